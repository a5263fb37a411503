"""The register of directives: what came in, what it asks for, and how one rests on another."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, ExtractYear
from django.utils.translation import gettext_lazy as _

from audit.constraints import paired
from directives.citations import BY_NAME, first_mention, later_mention
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


class KindSymbolQuerySet(models.QuerySet["KindSymbol"]):
    def known_to(self, organisation: "Unit | int") -> "KindSymbolQuerySet":
        """What is true everywhere and what this organisation learned; its own word comes last and so counts."""
        mine = Q(organisation__isnull=True) | Q(organisation=organisation)
        return self.filter(mine).order_by(F("organisation").asc(nulls_first=True), "symbol")


class KindSymbol(models.Model):
    """Letters that symbols use for a kind: "QCPH" is a Quy chế.

    Without an organisation they mean this everywhere (NĐ 30/2020, Quy định 399-QĐ/TW). What an organisation's entries
    teach, or its people write, holds in its own register only and comes before the former.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.ForeignKey(DirectiveKind, on_delete=models.CASCADE, related_name="symbols", verbose_name=_("loại"))
    symbol = models.CharField(_("chữ trong ký hiệu"), max_length=20)
    key = models.CharField(max_length=20)  # the symbol in capitals
    is_learned = models.BooleanField(default=False)  # from an entry, not written by somebody on purpose

    objects = KindSymbolQuerySet.as_manager()

    class Meta:
        ordering = ["symbol"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="kind_symbol_once", nulls_distinct=False),
            models.CheckConstraint(
                condition=Q(is_learned=False) | Q(organisation__isnull=False), name="kind_symbol_learned_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.symbol


class IssuerSymbol(models.Model):
    """Whose letters these are, in one organisation's register: "ĐUK" is the "Đảng ủy Khối các cơ quan tỉnh".

    Each agency's head gives symbols (NĐ 30/2020 Phụ lục III), so the list is open: the last entry teaches.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    symbol = models.CharField(_("ký hiệu"), max_length=30)
    key = models.CharField(max_length=30)  # the symbol in capitals
    issuer = models.CharField(_("cơ quan ban hành"), max_length=300)
    is_learned = models.BooleanField(default=False)

    class Meta:
        ordering = ["symbol"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="issuer_symbol_once")]

    def __str__(self) -> str:
        return f"{self.symbol}: {self.issuer}"


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
        return first_mention(
            kind, self.code or None, self.dated_on, self.issuer, self.subject, self._kind_word
        )

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


class Requirement(models.Model):
    """One thing that a directive asks for, with its day."""

    directive = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="requirements")
    text = models.TextField(_("yêu cầu"))
    due_on = models.DateField(_("thời hạn"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [paired("done", table="requirement")]

    def __str__(self) -> str:
        return self.text[:80]


class RelationQuerySet(models.QuerySet["DirectiveRelation"]):
    def between(self, one: Directive, other: Directive) -> "RelationQuerySet":
        """Both ways."""
        return self.filter(Q(source=one, target=other) | Q(source=other, target=one))

    def reached_from(self, pk: int, kind: str) -> set[int]:
        """What a directive replaces (amends, …) directly or through others. One query; circles end."""
        with connection.cursor() as cursor:
            cursor.execute(REACHED, {"pk": pk, "kind": kind})
            return {row[0] for row in cursor.fetchall()}

    def last_successors(self, pks: Iterable[int]) -> dict[int, list[int]]:
        """For each directive that was replaced: the ids at the end of its chain of replacements. One query."""
        ends: dict[int, list[int]] = {}
        with connection.cursor() as cursor:
            cursor.execute(SUCCESSORS, {"pks": list(pks)})
            for origin, end in cursor.fetchall():
                ends.setdefault(origin, []).append(end)
        return ends


REACHED = """
WITH RECURSIVE reached(id) AS (
    SELECT target_id FROM directives_directiverelation WHERE source_id = %(pk)s AND kind = %(kind)s
    UNION
    SELECT r.target_id FROM directives_directiverelation r JOIN reached ON r.source_id = reached.id
    WHERE r.kind = %(kind)s
) SELECT id FROM reached
"""
SUCCESSORS = """
WITH RECURSIVE newer(source_id, target_id) AS (
    SELECT r.source_id, r.target_id FROM directives_directiverelation r
    JOIN directives_directive d ON d.id = r.source_id WHERE r.kind = 'replaces' AND d.validity <> 'withdrawn'
), chain(origin, id) AS (
    SELECT target_id, source_id FROM newer WHERE target_id = ANY(%(pks)s)
    UNION
    SELECT chain.origin, newer.source_id FROM chain JOIN newer ON newer.target_id = chain.id
) SELECT origin, id FROM chain
WHERE NOT EXISTS (SELECT 1 FROM newer WHERE newer.target_id = chain.id) ORDER BY origin, id
"""


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

    objects = RelationQuerySet.as_manager()

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


class NoteQuerySet(models.QuerySet["DirectiveNote"]):
    def open(self) -> "NoteQuerySet":
        """Given to a unit and not carried out yet."""
        return self.filter(lead_unit__isnull=False, done_at__isnull=True)

    def led_by(self, unit_id: int) -> "NoteQuerySet":
        return self.filter(lead_unit_id=unit_id)

    def late(self, on: date) -> "NoteQuerySet":
        return self.open().filter(due_on__lt=on)


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
    accepted_at = models.DateTimeField(null=True, blank=True)  # the lead unit has it: the register's "ký nhận"
    accepted_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    result = models.TextField(_("kết quả"), blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [paired("accepted", table="note"), paired("done", table="note")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_open(self) -> bool:
        """Given to a unit and not carried out yet."""
        return self.lead_unit_id is not None and self.done_at is None
