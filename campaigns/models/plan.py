"""Campaigns and their plans: head, legal bases, a tree of sections and items."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.states import ExtensionDecider
from directives.models import Directive
from directives.queries import Standing
from documents.models import Document, Job
from documents.states import DocumentState
from units.models import Appointment, Unit


class Campaign(models.Model):
    """An effort with a beginning and an end, such as the mass-mobilization peak month of a year."""

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="campaigns")
    name = models.CharField(_("tên đợt"), max_length=300)
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"))

    class Meta:
        verbose_name = _("đợt hoạt động")
        verbose_name_plural = _("đợt hoạt động")
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="campaign_ends_after_start"),
            models.UniqueConstraint(fields=["organisation", "name"], name="campaign_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, by: Appointment) -> "PlanQuerySet":
        """Plans whose document the post may read (one rule: Document.objects.visible_to)."""
        return self.filter(document__in=Document.objects.visible_to(by))

    def with_document(self) -> "PlanQuerySet":
        return self.select_related(
            "document__organisation", "document__council", "document__drafting_unit",
            "document__signer__user", "document__signer__unit",
            "document__created_by__user", "document__created_by__unit", "campaign",
        )  # fmt: skip

    def live(self) -> "PlanQuerySet":
        return self.exclude(document__state=DocumentState.DISCARDED)


class Plan(models.Model):
    """A plan: what `document` (its official file) says. Its state, number and signatures are the document's."""

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="plan")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    opening = models.TextField(_("đoạn mở đầu"), blank=True)
    closing = models.TextField(_("đoạn kết"), blank=True)
    year = models.PositiveIntegerField(_("năm"))
    prints_tasks = models.BooleanField(
        _("in phụ lục phân công nhiệm vụ"),
        default=True,
        help_text=_("bảng đơn vị chủ trì, phối hợp, thời hạn, sản phẩm"),
    )
    kept_findings = models.JSONField(default=dict, blank=True)
    """Findings of the checks that somebody saw and kept as they are: key → {reason, by, at} (`workflow.findings`)."""
    extension_decider = models.CharField(
        _("ai quyết định gia hạn"), max_length=10, choices=ExtensionDecider.choices, default=ExtensionDecider.OFFICE
    )
    copied_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="copies")

    unfit: dict[int, Standing]
    mentions: "list[ItemCitation]"
    """Not stored: what `checks.facts.prepare` found of documents that the plan cannot simply rest on."""

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("kế hoạch")
        verbose_name_plural = _("kế hoạch")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.document.title


class PlanBase(models.Model):
    """A legal basis: one paragraph "Căn cứ …" or "Thực hiện …", with the directive it rests on."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="bases")
    position = models.PositiveIntegerField()
    text = models.TextField(_("căn cứ"))
    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_bases")

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["plan", "position"], name="plan_base_order")]

    def __str__(self) -> str:
        return self.text[:80]


class ItemStyle(models.TextChoices):
    """How an item is marked; the marker itself is counted when the plan is shown (NĐ 30/2020, Phụ lục I, II.6)."""

    SECTION = "section", _("I, II, III (mục)")
    NUMBER = "number", _("1, 2, 3")
    DECIMAL = "decimal", _("1.1, 1.2")
    LETTER = "letter", _("a), b), c)")
    DASH = "dash", _("gạch đầu dòng")
    PARAGRAPH = "paragraph", _("đoạn văn")


class PlanItem(models.Model):
    """A section or an item; items nest. A task points to the item it carries out."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField()
    style = models.CharField(_("kiểu"), max_length=10, choices=ItemStyle.choices, default=ItemStyle.PARAGRAPH)
    text = models.TextField(_("nội dung"))

    class Meta:
        ordering = ["position", "id"]
        indexes = [models.Index(fields=["plan", "parent", "position"], name="plan_item_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(style="section", parent__isnull=True) | ~Q(style="section"), name="plan_section_on_top"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ItemCitation(models.Model):
    """A directive that a plan's text mentions, wherever it stands."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="citations")
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, null=True, blank=True, related_name="citations")
    base = models.ForeignKey(PlanBase, on_delete=models.CASCADE, null=True, blank=True, related_name="citations")
    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="citations")

    class Meta:
        indexes = [models.Index(fields=["directive", "plan"], name="citation_directive")]

    def __str__(self) -> str:
        return f"{self.plan_id} → {self.directive_id}"


class PlanImport(models.Model):
    """An uploaded or pasted source and what was recognised in it, until it becomes a plan.

    `draft` is what was recognised with what people corrected (`campaigns.importing.draft`). `sha256` and `text_sha256`
    notice the same file, and the same words in another file. `pages`: for each page of a PDF its picture's SHA-256, its
    size in points and where the lines of `source_text` stand. `registered`: directives that came into the register
    through this import; undoing it withdraws those that nothing else uses.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("tên tệp"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    file = models.CharField(max_length=200)  # path below MEDIA_ROOT
    source_text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    pages = models.JSONField(default=list)
    draft = models.JSONField(default=dict)
    registered = models.ManyToManyField(Directive, related_name="+", blank=True)
    job = models.ForeignKey(Job, on_delete=models.PROTECT, null=True, related_name="+")
    plan = models.OneToOneField(Plan, on_delete=models.SET_NULL, null=True, blank=True, related_name="imported_from")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["organisation", "sha256"], name="plan_import_same"),
            models.Index(fields=["organisation", "text_sha256"], name="plan_import_same_text"),
        ]

    def __str__(self) -> str:
        return self.name


class ImportChange(models.Model):
    """Somebody corrected one field of an import, or moved, cut, joined or left out a row (`field` is then the act)."""

    LABELS = {
        "text": _("nội dung"), "title": _("trích yếu"), "symbol": _("ký hiệu"), "year": _("năm"),
        "drafting_unit": _("đơn vị soạn thảo"), "signer": _("người ký"), "campaign": _("đợt hoạt động"),
        "prints_tasks": _("in phụ lục phân công nhiệm vụ"), "extension_decider": _("ai quyết định gia hạn"),
        "style": _("kiểu"), "lead_unit": _("chủ trì"), "cooperating": _("phối hợp"), "due": _("hạn"),
        "rhythm": _("nhịp báo cáo"), "due_wording": _("hạn như ghi trong văn bản"),
        "expected_product": _("sản phẩm cần có"), "unit": _("nhận trên hệ thống"), "meaning": _("là đơn vị"),
        "remove": _("bỏ ra"), "restore": _("lấy lại"), "split": _("tách làm hai"), "merge": _("gộp vào đoạn trên"),
        "indent": _("vào một cấp"), "outdent": _("ra một cấp"), "up": _("chuyển lên"), "down": _("chuyển xuống"),
        "add": _("thêm"), "spread": _("chia cho từng đơn vị"), "task": _("thành nhiệm vụ"),
    }  # fmt: skip

    source = models.ForeignKey(PlanImport, on_delete=models.CASCADE, related_name="changes")
    key = models.CharField(max_length=20, blank=True)
    field = models.CharField(max_length=20)
    place = models.CharField(max_length=80, blank=True)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["source", "-at"], name="import_change_newest"),
            models.Index(fields=["source", "key", "field", "-id"], name="import_change_of_field"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.key} {self.field}"

    @property
    def label(self) -> str:
        return str(self.LABELS.get(self.field, self.field))
