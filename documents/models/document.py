"""Official files, their numbers, their bytes and who receives them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, FilteredRelation, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.constraints import paired
from documents.models.numbers import NumberSeries
from documents.models.outside import OutsideAddress
from documents.states import FROZEN, PUBLISHED, TRANSITIONS, DocumentMove, DocumentState
from units.folding import folded
from units.models import Appointment, Unit
from units.moves import target
from units.roles import Role

if TYPE_CHECKING:
    from documents.registry import DocumentType


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, by: Appointment) -> "DocumentQuerySet":
        """What the post may read: its own organisation's files, and what was issued to its unit.

        An administrator reads no draft by that role; a recipient only what was issued to it.
        """
        issued_to = Q(recipients__unit_id__in={by.unit_id, by.organisation_id}, state__in=PUBLISHED)
        if by.role in (Role.RECIPIENT, Role.ADMIN):
            return self.filter(issued_to).distinct()
        return self.filter(Q(organisation_id=by.organisation_id) & ~Q(state=DocumentState.DISCARDED))

    def with_letterhead(self, day: date) -> "DocumentQuerySet":
        """Files with the names of their organisation in force on `day`, in the same query (for drafts: `heading`)."""
        names = "organisation__names"
        holds = Q(**{f"{names}__starts_on__lte": day})
        holds &= Q(**{f"{names}__ends_on__isnull": True}) | Q(**{f"{names}__ends_on__gt": day})
        named: DocumentQuerySet = self.annotate(letterhead=FilteredRelation(names, condition=holds))
        return named.select_related("letterhead")  # type: ignore[misc]  # the plugin knows no filtered relations

    def lock(self, pk: int) -> "Document":
        """The row, locked until the transaction ends, with what a step reads."""
        return self.select_for_update(of=("self",)).select_related(
            "organisation", "council", "drafting_unit", "signer__user", "signer__unit", "created_by__user"
        ).get(pk=pk)  # fmt: skip

    def waiting_for(self, by: Appointment) -> "DocumentQuerySet":
        """Files whose next step is the post's own."""
        mine = Q()
        if by.role in (Role.UNIT_HEAD, Role.CHIEF):
            mine |= Q(state=DocumentState.PROPOSED, drafting_unit_id=by.unit_id)
        if by.role == Role.CHIEF:
            mine |= Q(state=DocumentState.SUBMITTED)
        if by.role in (Role.DIRECTOR, Role.DEPUTY, Role.CHIEF, Role.COUNCIL):
            mine |= Q(state=DocumentState.CHECKED, signer=by)
        if by.role == Role.CLERK:
            mine |= Q(state__in=[DocumentState.SIGNED, DocumentState.NUMBERED])
        if by.role == Role.OFFICE:
            mine |= Q(state=DocumentState.RETURNED)
        return self.filter(mine, organisation_id=by.organisation_id) if mine else self.none()

    def to_sign(self, by: Appointment) -> "DocumentQuerySet":
        """Files that wait for the post's signature, the longest waiting first."""
        mine = self.filter(state=DocumentState.CHECKED, signer=by, organisation_id=by.organisation_id)
        return mine.order_by("checked_at", "id")

    def received_by(self, by: Appointment) -> "DocumentQuerySet":
        """What was issued to the post's unit, by whichever organisation."""
        units = {by.unit_id, by.organisation_id}
        sent = Recipient.objects.filter(unit_id__in=units).values("document_id")
        return self.filter(pk__in=sent, state__in=PUBLISHED)

    def search_for(self, words: str) -> "DocumentQuerySet":
        """Files whose title or code holds the words, without regard to marks; exact codes too."""
        return self.filter(Q(search__contains=folded(words)) | Q(code__icontains=words))

    def published(self) -> "DocumentQuerySet":
        return self.filter(state__in=PUBLISHED)


class Document(models.Model):
    """An official file: a plan or a report (`type` says which app composes it).

    Changed only by `documents.workflow`. Each step keeps when and by which post. What the file says of names
    (`issuing_body`, `place`, `signer_name` …) is text as it was presented for signature, never looked up again.
    """

    type = models.CharField(max_length=40)
    kind = models.CharField(_("loại văn bản"), max_length=10)
    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="documents")
    drafting_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="drafted_documents", verbose_name=_("đơn vị soạn thảo")
    )
    council = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="council_documents",
        verbose_name=_("ban hành nhân danh"),
    )  # fmt: skip
    title = models.TextField(_("trích yếu"))
    search = models.GeneratedField(
        expression=Func(F("title"), function="f_norm"), output_field=models.TextField(), db_persist=True
    )
    state = models.CharField(_("trạng thái"), max_length=12, choices=DocumentState.choices, default=DocumentState.DRAFT)
    version = models.PositiveIntegerField(default=1)
    profile = models.CharField(max_length=30, default="nd30-13")
    signer = models.ForeignKey(
        Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người ký")
    )

    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    checked_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    numbered_at = models.DateTimeField(null=True)
    numbered_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    issued_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    return_reason = models.TextField(blank=True)
    recalled_at = models.DateTimeField(null=True)
    recalled_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    recall_reason = models.TextField(blank=True)
    replaced_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, null=True, related_name="documents")
    number = models.PositiveIntegerField(null=True)
    symbol = models.CharField(_("ký hiệu"), max_length=40)
    code = models.CharField(_("số và ký hiệu"), max_length=60, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True)

    lookup_code = models.CharField(max_length=10, blank=True, default="", db_default="")  # printed (documents.lookup)

    parent_body = models.CharField(max_length=300, blank=True)
    issuing_body = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=100, blank=True)
    signer_authority = models.CharField(max_length=200, blank=True)
    signer_position = models.CharField(max_length=200, blank=True)
    signer_name = models.CharField(max_length=150, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("văn bản")
        verbose_name_plural = _("văn bản")
        indexes = [
            models.Index(fields=["organisation", "state", "-id"], name="document_state"),
            models.Index(fields=["organisation", "type", "-id"], name="document_type"),
            models.Index(fields=["organisation", "issued_on", "number"], name="document_register"),
            models.Index(fields=["signer", "state"], name="document_signer"),
            GinIndex(fields=["search"], name="document_search", opclasses=["gin_trgm_ops"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="document_number_once"),
            models.UniqueConstraint(
                fields=["lookup_code"], condition=~Q(lookup_code=""), name="document_lookup_code_once"
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True, series__isnull=True, issued_on__isnull=True, code="")
                | Q(number__isnull=False, series__isnull=False, issued_on__isnull=False) & ~Q(code=""),
                name="document_number_whole",
            ),
            *(
                paired(step, table="document")
                for step in ("proposed", "confirmed", "checked", "signed", "numbered", "issued", "returned", "recalled")
            ),
            models.CheckConstraint(
                condition=~Q(state__in=FROZEN) | Q(signed_at__isnull=False), name="document_frozen_is_signed"
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | Q(state__in=FROZEN), name="document_signed_is_frozen"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[DocumentState.NUMBERED, *PUBLISHED])
                | Q(number__isnull=False, numbered_at__isnull=False),
                name="document_numbered_has_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLISHED) | Q(issued_at__isnull=False), name="document_published_was_issued"
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.RETURNED) | ~Q(return_reason=""), name="document_return_has_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.RECALLED) | Q(recalled_at__isnull=False), name="document_recall_told"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code or self.symbol} {self.title}"

    @property
    def definition(self) -> "DocumentType":
        """What the owning app declared for this type of file."""
        from documents.registry import definition  # noqa: PLC0415 (the registry is filled while apps load)

        return definition(self.type)

    @property
    def is_frozen(self) -> bool:
        return self.state in FROZEN

    @property
    def is_published(self) -> bool:
        return self.state in PUBLISHED

    def allows(self, move: DocumentMove) -> bool:
        """Does the table allow `move` now? (Who may make it is another question: documents.permissions.)"""
        return target(TRANSITIONS, DocumentState(self.state), move) is not None

    def move(self, move: DocumentMove) -> None:
        """Go where the table says. The caller has asked `documents.permissions.check_move` and saves the row."""
        state = target(TRANSITIONS, DocumentState(self.state), move)
        if state is None:
            raise ValueError(f"{move} is not possible from {self.state}")
        self.state = state

    def stamp(self, step: str, by: Appointment | None, at: datetime | None) -> None:
        """Note (or, with None, forget) who made a step and when."""
        setattr(self, f"{step}_at", at)
        setattr(self, f"{step}_by", by)

    @property
    def day(self) -> date:
        """The day whose rules and names hold for the file: its date once numbered, today before."""
        return self.issued_on or timezone.localdate()


class Rendition(models.Model):
    """The bytes of a file at one step. Rows and bytes never change; the database refuses it (migration 0002)."""

    class Stage(models.TextChoices):
        PRESENTED = "presented", _("Bản trình ký")
        SIGNED = "signed", _("Bản đã ký")
        NUMBERED = "numbered", _("Bản đã cấp số")
        ISSUED = "issued", _("Bản ban hành")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="renditions")
    stage = models.CharField(max_length=12, choices=Stage.choices)
    version = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    file = models.CharField(max_length=200)  # path below MEDIA_ROOT
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["document", "stage", "-id"], name="rendition_stage")]
        constraints = [
            models.UniqueConstraint(fields=["document"], condition=Q(stage="issued"), name="rendition_issued_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.stage} {self.sha256[:12]}"


class Recipient(models.Model):
    """A line of "Nơi nhận", and what became of the copy sent there.

    It reaches a unit of the portal, or an address outside (what became of that lies in its links), or is only printed.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="recipients")
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=300)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="received_documents")
    outside = models.ForeignKey(
        OutsideAddress, on_delete=models.PROTECT, null=True, blank=True, related_name="received_documents"
    )
    delivered_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    deleted_at = models.DateTimeField(null=True)  # the copies of a recalled file, as the recipient confirmed
    deleted_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["unit", "document"], name="recipient_unit")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "position"],
                name="recipient_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | Q(outside__isnull=True), name="recipient_inside_or_outside"
            ),
            paired("acknowledged", table="recipient"),
            paired("deleted", table="recipient"),
        ]

    def __str__(self) -> str:
        return self.text
