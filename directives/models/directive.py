"""The register of directives: what came in, under which number, with which files."""

from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, ExtractYear
from django.utils.translation import gettext_lazy as _

from directives.citations import BY_NAME, first_mention, later_mention
from directives.citations.reading import plain
from directives.models.note import DirectiveNote
from directives.models.vocabulary import DirectiveKind
from units.folding import folded
from units.models import Appointment, Unit


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


ENDED = (Validity.REPLACED, Validity.EXPIRED, Validity.WITHDRAWN)


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, by: Appointment) -> "DirectiveQuerySet":
        """The register of the post's own organisation."""
        return self.filter(organisation_id=by.organisation_id)

    def with_code(self, code_key: str) -> "DirectiveQuerySet":
        return self.filter(code_key=code_key)

    def for_list(self) -> "DirectiveQuerySet":
        """The latest received or entered first."""
        return self.select_related("kind").order_by("-came_on", "-id")

    def kept(self) -> "DirectiveQuerySet":
        """Without entries that were taken back."""
        return self.exclude(validity=Validity.WITHDRAWN)

    def incoming(self, organisation: Unit, year: int) -> "DirectiveQuerySet":
        """The register of incoming documents of a year by its numbers, taken-back entries too: no gap is left."""
        of_year = self.alias(in_year=ExtractYear("received_on")).filter(in_year=Value(year))  # as the index has it
        return of_year.filter(organisation=organisation, received_number__isnull=False).order_by("received_number")

    def without_note(self) -> "DirectiveQuerySet":
        """Came in, and no director has said yet what is to be done (NĐ 30/2020 Điều 23)."""
        return self.kept().filter(received_number__isnull=False, notes__isnull=True)

    def with_note(self, **note: object) -> "DirectiveQuerySet":
        """Directives that have a note like this."""
        return self.filter(pk__in=DirectiveNote.objects.filter(**note).values("directive_id"))

    def not_in_force_on(self, day: date) -> "DirectiveQuerySet":
        """What no longer holds on `day`, as `Directive.is_valid_on` says it."""
        gone = Q(validity__in=ENDED) & (Q(valid_until__isnull=True) | Q(valid_until__lte=day))
        return self.filter(gone | Q(valid_until__lte=day))

    def questionable_on(self, day: date) -> "DirectiveQuerySet":
        """What a document of `day` cannot simply rest on: of these `queries.standings` says what is wrong."""
        unfit = Q(dated_on__gt=day) | Q(valid_from__gt=day) | Q(validity=Validity.AMENDED)
        return self.not_in_force_on(day) | self.filter(unfit)

    def dated_after(self, day: date) -> "DirectiveQuerySet":
        return self.filter(dated_on__gt=day)

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
    came_on = models.DateField()  # received, or else entered: the order of the list
    same_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="duplicates")
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
            models.Index(fields=["organisation", "-came_on", "-id"], name="directive_came"),
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
                F("organisation"),
                ExtractYear("received_on"),
                F("received_number"),
                name="directive_received_number_once",
            ),
            models.CheckConstraint(
                condition=Q(same_as__isnull=True) | Q(validity="withdrawn"), name="directive_duplicate_is_withdrawn"
            ),
        ]

    def __str__(self) -> str:
        return self.mention

    @property
    def mention(self) -> str:
        """Kind and code, as at every later mention in a text; laws by name (NĐ 30/2020, Phụ lục I, II.6.b)."""
        return later_mention(self.kind.abbreviation, self.code or None, self.subject, self._kind_word)

    @property
    def first_mention(self) -> str:
        """Kind, code, day, issuer and subject, as at the first mention in a text; laws by name (the same rule)."""
        kind = self.kind.abbreviation
        return first_mention(kind, self.code or None, self.dated_on, self.issuer, self.subject, self._kind_word)

    @property
    def validity_words(self) -> str:
        return str(Validity(self.validity).label)

    @property
    def _kind_word(self) -> str | None:
        """What the register calls the kind, which may be one it has learned; an order "…/L-CTN" is a Lệnh."""
        return None if self.kind.abbreviation in BY_NAME else self.kind.name

    @property
    def label(self) -> str:
        """The mention with its day and issuer, for choosing among documents of one code."""
        day = f"{self.dated_on:%d/%m/%Y}" if self.dated_on else ""
        return " · ".join(part for part in (self.mention, day, self.issuer) if part)

    def is_valid_on(self, day: date) -> bool:
        """Does it hold on `day`, as far as the register knows?"""
        if self.validity in ENDED:
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


class Distinction(models.Model):
    """Somebody looked at two entries of one code and said that they are different documents."""

    one = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="distinction_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="distinction_smaller_first"),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} ≠ {self.other_id}"


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
