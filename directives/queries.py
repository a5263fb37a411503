"""What the pages of the register ask. Higher apps add what rests on a directive through `register_dependents`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, TextChoices, When
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directives.citations import identity_key
from directives.identity import NAMED_BY, folded, may_be_one
from directives.models import (
    Directive,
    DirectiveFile,
    DirectiveKind,
    DirectiveNote,
    DirectiveQuerySet,
    DirectiveRelation,
    Distinction,
    Requirement,
    Validity,
)
from units.models import Appointment, Unit
from units.reading import only_columns

SHORTEST = 3
"""Letters from which on a text is searched for."""


@dataclass(frozen=True)
class Dependent:
    """A row that rests on a directive; its page is `url_name` with `pk`."""

    title: str
    url_name: str
    pk: int
    state: str
    state_label: str
    note: str = ""
    percent: int | None = None
    due_on: date | None = None
    due_kind: str = ""
    due_days: int = 0
    due_working_days: int = 0
    due_wording: str = ""


@dataclass(frozen=True)
class DependentGroup:
    """Rows of one kind, and how many there are in all."""

    title: "str | Promise"
    total: int
    rows: tuple[Dependent, ...]

    @property
    def has_progress(self) -> bool:
        """Are these things to be done, with a share done and a day?"""
        return any(row.percent is not None for row in self.rows)


Dependents = Callable[[Directive, Appointment, date], list[DependentGroup]]
_dependents: list[Dependents] = []


def register_dependents(function: Dependents) -> Dependents:
    """Let a higher app say what rests on a directive. `function(directive, by, on)` returns only what `by` may read."""
    if function not in _dependents:
        _dependents.append(function)
    return function


def dependents_of(directive: Directive, by: Appointment, on: date) -> list[DependentGroup]:
    """All that rests on the directive and that `by` may read."""
    return [group for function in _dependents for group in function(directive, by, on)]


class Work(TextChoices):
    """What the director's notes have made of a document."""

    UNNOTED = "unnoted", _("đến, chưa có ý kiến chỉ đạo")
    MINE = "mine", _("giao đơn vị tôi, chưa xong")
    OPEN = "open", _("đã giao, chưa xong")
    LATE = "late", _("quá hạn")
    DONE = "done", _("đã xong")


@dataclass(frozen=True)
class Filters:
    """What the list is cut by; empty means all."""

    text: str = ""
    kind: str = ""
    issuer: str = ""
    validity: str = ""
    urgency: str = ""
    work: str = ""
    year: int | None = None


def directives_for(by: Appointment, filters: Filters, on: date) -> QuerySet[Directive]:
    """The register of the post's organisation: the very code that was typed first, then the newest.

    Withdrawn entries only when asked for. Each row has `rank`, the first part of its place in the list.
    """
    found = Directive.objects.visible_to(by).for_list()
    if len(filters.text) >= SHORTEST:
        rank = Case(When(code_key=identity_key(filters.text), then=0), default=1, output_field=IntegerField())
        found = found.containing(filters.text).annotate(rank=rank).order_by("rank", "-came_on", "-id")
    if filters.kind:
        found = found.filter(kind__abbreviation=filters.kind)
    for word in folded(filters.issuer).split():
        found = found.filter(issuer_key__contains=word)
    if filters.year:
        found = found.filter(dated_on__year=filters.year)
    if filters.urgency:
        found = found.filter(urgency=filters.urgency)
    found = _in_work(found, filters.work, by, on)
    return found.filter(validity=filters.validity) if filters.validity else found.kept()


def _in_work(found: DirectiveQuerySet, work: str, by: Appointment, on: date) -> DirectiveQuerySet:
    if not work:
        return found
    notes = DirectiveNote.objects
    given = {
        Work.MINE: notes.open().filter(Q(lead_unit=by.unit_id) | Q(cooperating_units=by.unit_id)),
        Work.OPEN: notes.open(),
        Work.LATE: notes.late(on),
        Work.DONE: notes.filter(done_at__isnull=False),
    }
    if work == Work.UNNOTED:
        return found.without_note()
    return found.filter(pk__in=given[Work(work)].values("directive_id"))


def after(found: QuerySet[Directive], cursor: str) -> QuerySet[Directive]:
    """The rows behind the one that `cursor` names ("1_2026-11-27_15"); all of them for an unreadable cursor."""
    rank, _sep, rest = cursor.partition("_")
    day, _sep, pk = rest.partition("_")
    try:
        came_on = date.fromisoformat(day)
    except ValueError:
        return found
    if rank not in ("0", "1") or not pk.isascii() or not pk.isdigit() or len(pk) > 15:
        return found
    behind = Q(came_on__lt=came_on) | Q(came_on=came_on, pk__lt=int(pk))
    if "rank" not in found.query.annotations:
        return found.filter(behind)
    return found.filter(Q(rank__gt=int(rank)) | Q(rank=int(rank)) & behind)


def cursor_of(row: Directive) -> str:
    return f"{getattr(row, 'rank', 1)}_{row.came_on:%Y-%m-%d}_{row.pk}"


def kinds_in_use(by: Appointment) -> list[DirectiveKind]:
    used = Directive.objects.visible_to(by).values("kind_id")
    return list(DirectiveKind.objects.filter(pk__in=used))


def years_in_use(by: Appointment) -> list[int]:
    """Years of issue, the latest first."""
    return [day.year for day in Directive.objects.visible_to(by).dates("dated_on", "year", order="DESC")]


def with_open_notes(found: QuerySet[Directive]) -> QuerySet[Directive]:
    """Each row with `open_notes`, what is given to a unit and not done, the most pressing first. One query more."""
    notes = only_columns(
        DirectiveNote.objects.open(), "directive_id", "due_on", "lead_unit__name", "lead_unit__short_name"
    ).order_by(F("due_on").asc(nulls_last=True), "id")
    return found.prefetch_related(Prefetch("notes", queryset=notes, to_attr="open_notes"))


# --- how one stands to others -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Related:
    """A relation as read from one of its two ends."""

    pk: int
    kind: str
    words: "str | Promise"
    directive: Directive
    is_forward: bool


BACKWARDS = {
    DirectiveRelation.Kind.IMPLEMENTS: _("được thực hiện bởi"),
    DirectiveRelation.Kind.AMENDS: _("được sửa đổi, bổ sung bởi"),
    DirectiveRelation.Kind.REPLACES: _("bị thay thế bởi"),
    DirectiveRelation.Kind.MENTIONS: _("được nhắc đến trong"),
}


def relations_of(directive: Directive) -> list[Related]:
    """The relations of a directive, both ways: what it points to first. One query."""
    rows = DirectiveRelation.objects.filter(Q(source=directive) | Q(target=directive)).order_by("id")
    ends = [f"{end}__{column}" for end in ("source", "target") for column in NAMED_BY]
    both = list(only_columns(rows, "kind", *ends))
    there = [
        Related(row.pk, row.kind, DirectiveRelation.Kind(row.kind).label, row.target, True)
        for row in both
        if row.source_id == directive.pk
    ]
    return there + [
        Related(row.pk, row.kind, BACKWARDS[DirectiveRelation.Kind(row.kind)], row.source, False)
        for row in both
        if row.target_id == directive.pk
    ]


class Fault(TextChoices):
    """Why a document should not rest on a directive as it stands."""

    REPLACED = "replaced", _("đã bị thay thế")
    EXPIRED = "expired", _("không còn hiệu lực")
    LATER = "later", _("ban hành sau")
    NOT_YET = "not_yet", _("chưa có hiệu lực")
    AMENDED = "amended", _("đã được sửa đổi, bổ sung")


@dataclass(frozen=True)
class Standing:
    """A directive on which a document of some day cannot simply rest, and what stands in its place or changes it."""

    directive: Directive
    fault: Fault
    newer: tuple[Directive, ...] = ()

    @property
    def has_ended(self) -> bool:
        """Does the directive no longer hold?"""
        return self.fault in (Fault.REPLACED, Fault.EXPIRED)


def standings(directives: Iterable[Directive], day: date) -> list[Standing]:
    """What is wrong with resting on these directives on `day`; chains of replacements end at the last successor.

    No query when all hold as they are, else three at most.
    """
    faults = {row.pk: (row, fault) for row in directives if (fault := _fault(row, day))}
    replaced = [pk for pk, (_row, fault) in faults.items() if fault in (Fault.REPLACED, Fault.EXPIRED)]
    amended = [pk for pk, (_row, fault) in faults.items() if fault == Fault.AMENDED]
    newer = DirectiveRelation.objects.last_successors(replaced) if replaced else {}
    if amended:
        amends = DirectiveRelation.objects.filter(target__in=amended, kind=DirectiveRelation.Kind.AMENDS)
        for target, source in amends.order_by("id").values_list("target_id", "source_id"):
            newer.setdefault(target, []).append(source)
    ids = {pk for ends in newer.values() for pk in ends}
    known = Directive.objects.select_related("kind").in_bulk(ids) if ids else {}
    return [Standing(row, fault, tuple(known[pk] for pk in newer.get(row.pk, []))) for row, fault in faults.values()]


def _fault(directive: Directive, day: date) -> Fault | None:
    if not directive.is_valid_on(day):
        return Fault.REPLACED if directive.validity == Validity.REPLACED else Fault.EXPIRED
    if directive.dated_on and directive.dated_on > day:
        return Fault.LATER
    if directive.valid_from and directive.valid_from > day:
        return Fault.NOT_YET
    return Fault.AMENDED if directive.validity == Validity.AMENDED else None


def doubts_of(directive: Directive) -> list[Directive]:
    """Other entries of the same code that may be the same document, and of which nobody said that they are another."""
    if not directive.code or not getattr(directive, "has_namesake", True):
        return []
    others = Directive.objects.filter(organisation_id=directive.organisation_id, code_key=directive.code_key).kept()
    settled = Distinction.objects.filter(Q(one=directive) | Q(other=directive))
    apart = settled.values("one_id").union(settled.values("other_id"))
    kept = others.exclude(pk=directive.pk).exclude(pk__in=apart).select_related("kind").order_by("id")
    return [row for row in kept if may_be_one(row.code, row.dated_on, directive.dated_on)]


# --- what hangs on one ------------------------------------------------------------------------------------------------
def whole(found: QuerySet[Directive]) -> QuerySet[Directive]:
    """Each row with its files, requirements and whether another entry has its code, in the row's own query."""
    mine = {"directive": OuterRef("pk")}
    kept = DirectiveFile.objects.filter(**mine).values(
        json=JSONObject(pk="pk", name="name", media_type="media_type", size="size", sha256="sha256")
    )
    asked = Requirement.objects.filter(**mine).values(
        json=JSONObject(pk="pk", text="text", due_on="due_on", done_at="done_at")
    )
    namesakes = Directive.objects.filter(organisation=OuterRef("organisation"), code_key=OuterRef("code_key"))
    return found.annotate(
        files_json=ArraySubquery(kept.order_by("id")),
        requirements_json=ArraySubquery(asked.order_by("id")),
        has_namesake=Exists(namesakes.kept().exclude(pk=OuterRef("pk"))),
    )


def files_of(directive: Directive) -> list[DirectiveFile]:
    """The files of a `whole` row. No query."""
    return [DirectiveFile(**row) for row in getattr(directive, "files_json", [])]


def requirements_of(directive: Directive) -> list[Requirement]:
    """The requirements of a `whole` row. No query."""
    return [
        Requirement(
            pk=row["pk"], text=row["text"], due_on=row["due_on"] and date.fromisoformat(row["due_on"]),
            done_at=row["done_at"] and datetime.fromisoformat(row["done_at"]),
        )
        for row in getattr(directive, "requirements_json", [])
    ]  # fmt: skip


def notes_of(directive: Directive) -> list[DirectiveNote]:
    """The notes with their units and writers, the oldest first; `helpers` names the cooperating units. One query."""
    notes = only_columns(
        directive.notes.all(), "directive_id", "text", "due_on", "noted_at", "accepted_at", "done_at", "result",
        "lead_unit__name", "lead_unit__organisation_id", "noted_by__title", "noted_by__unit__name",
        "noted_by__user__full_name", "accepted_by__user__full_name", "done_by__user__full_name",
    )  # fmt: skip
    names = Unit.objects.filter(pk__in=DirectiveNote.cooperating_units.through.objects.filter(
        directivenote=OuterRef(OuterRef("pk"))).values("unit_id"))  # fmt: skip
    return list(notes.annotate(helpers=ArraySubquery(names.order_by("position", "id").values("name"))))
