"""The register of directives: what came in, what it asks for, and how one rests on another."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Concat, ExtractYear, TruncDate
from django.utils.translation import gettext_lazy as _

from directives.citations.reading import plain
from units.folding import folded
from units.models import Appointment, Unit


class DirectiveKind(models.Model):
    """A kind of document with its official abbreviation (NĐ 30/2020 Phụ lục III; Quy định 399-QĐ/TW); grows."""

    abbreviation = models.CharField(_("chữ viết tắt"), max_length=15, unique=True)
    name = models.CharField(_("tên loại"), max_length=100)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Urgency(models.TextChoices):
    NORMAL = "normal", _("Thường")
    URGENT = "urgent", _("Khẩn")
    VERY_URGENT = "very_urgent", _("Thượng khẩn")
    FLASH = "flash", _("Hỏa tốc")


class Validity(models.TextChoices):
    IN_FORCE = "in_force", _("Còn hiệu lực")
    AMENDED = "amended", _("Đã được sửa đổi, bổ sung")
    REPLACED = "replaced", _("Đã bị thay thế")
    EXPIRED = "expired", _("Hết hiệu lực")
    WITHDRAWN = "withdrawn", _("Đã rút khỏi sổ")


CAME_ON = Coalesce(F("received_on"), TruncDate("recorded_at"))
"""The day a document came: received, or else entered."""


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, by: Appointment) -> "DirectiveQuerySet":
        """The register of the post's own organisation."""
        return self.filter(organisation_id=by.organisation_id)

    def with_code(self, code_key: str) -> "DirectiveQuerySet":
        return self.filter(code_key=code_key)

    def for_list(self) -> "DirectiveQuerySet":
        """The latest received or entered first."""
        return self.select_related("kind").order_by(CAME_ON.desc(), "-id")

    def containing(self, text: str) -> "DirectiveQuerySet":
        """Every word of `text` stands in code, issuer or subject, however marks, dashes and spaces are typed."""
        found = self
        for word in plain(text).split():
            found = found.filter(search__contains=folded(word))
        return found


class Directive(models.Model):
    """One document that others rest on. Identity is issuer, code and day (DOMAIN 0.2); `code_key` is the code folded.

    Changed only by `directives.register`.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="directives")
    kind = models.ForeignKey(DirectiveKind, on_delete=models.PROTECT, verbose_name=_("loại"))
    number = models.CharField(_("số"), max_length=15, blank=True)
    symbol = models.CharField(_("ký hiệu"), max_length=60, blank=True)
    code = models.CharField(_("số và ký hiệu"), max_length=80, blank=True)
    code_key = models.CharField(max_length=300)
    dated_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=300, blank=True)
    issuer_key = models.CharField(max_length=300, blank=True)
    issuer_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    subject = models.TextField(_("trích yếu"), blank=True)
    urgency = models.CharField(_("độ khẩn"), max_length=12, choices=Urgency.choices, default=Urgency.NORMAL)
    validity = models.CharField(_("hiệu lực"), max_length=12, choices=Validity.choices, default=Validity.IN_FORCE)
    valid_from = models.DateField(_("có hiệu lực từ"), null=True, blank=True)
    valid_until = models.DateField(_("hết hiệu lực từ"), null=True, blank=True)
    received_number = models.PositiveIntegerField(_("số đến"), null=True, blank=True)
    received_on = models.DateField(_("ngày đến"), null=True, blank=True)
    answer_due_on = models.DateField(_("hạn phải thực hiện"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    search = models.GeneratedField(
        expression=Func(
            Concat(F("code"), Value(" "), F("issuer"), Value(" "), F("subject"), output_field=models.TextField()),
            function="f_norm",
        ),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản chỉ đạo")
        verbose_name_plural = _("văn bản chỉ đạo")
        indexes = [
            models.Index(fields=["organisation", "-received_on", "-id"], name="directive_list"),
            models.Index(fields=["organisation", "code_key"], name="directive_code"),
            GinIndex(fields=["search"], name="directive_search", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "code_key", "dated_on", "issuer_key"],
                name="directive_once",
                nulls_distinct=False,
                condition=~Q(validity="withdrawn"),
                violation_error_message=_("Văn bản này đã có trong sổ."),
            ),
            models.CheckConstraint(
                condition=Q(received_number__isnull=True) | Q(received_on__isnull=False),
                name="directive_received_whole",
            ),
            models.UniqueConstraint(
                F("organisation"), ExtractYear("received_on"), F("received_number"),
                name="directive_received_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.mention

    @property
    def mention(self) -> str:
        """Kind and code, as a later mention in a text (NĐ 30/2020, Phụ lục I, II.6.b)."""
        return f"{self.kind.name} số {self.code}" if self.code else f"{self.kind.name} {self.subject}"

    @property
    def label(self) -> str:
        """The mention with its day and issuer, for choosing among documents of one code."""
        day = f"{self.dated_on:%d/%m/%Y}" if self.dated_on else ""
        return " · ".join(part for part in (self.mention, day, self.issuer) if part)

    def is_valid_on(self, day: date) -> bool:
        """Does it hold on `day`, as far as the register knows?"""
        if self.validity in (Validity.REPLACED, Validity.EXPIRED, Validity.WITHDRAWN):
            return self.valid_until is not None and day < self.valid_until
        return self.valid_until is None or day < self.valid_until


class ReceivedSeries(models.Model):
    """The run of numbers "đến" of one organisation and year: continuous, without gaps (NĐ 30/2020 Điều 22)."""

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="received_series_once")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}: {self.last_number}"


class DirectiveRelation(models.Model):
    """`source` implements, amends, replaces or mentions `target`."""

    class Kind(models.TextChoices):
        IMPLEMENTS = "implements", _("thực hiện")
        AMENDS = "amends", _("sửa đổi, bổ sung")
        REPLACES = "replaces", _("thay thế")
        MENTIONS = "mentions", _("nhắc đến")

    source = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="points_to")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    target = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="pointed_at_by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "target"], name="directive_relation_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="directive_relation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"


class DirectiveFile(models.Model):
    """A scan or file of a directive, kept byte for byte."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200)  # path below MEDIA_ROOT
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["directive", "sha256"], name="directive_file_once")]

    def __str__(self) -> str:
        return self.name


class DirectiveNote(models.Model):
    """The director's note on a directive: who leads, who helps, until when (NĐ 30/2020 Điều 23.2)."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("ý kiến chỉ đạo"))
    lead_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị chủ trì")
    )
    cooperating_units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("đơn vị phối hợp"))
    due_on = models.DateField(_("thời hạn"), null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:80]
