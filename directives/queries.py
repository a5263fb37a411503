"""What the pages of the register ask. Higher apps add what rests on a directive through `register_dependents`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Q, QuerySet, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directives.citations import identity_key
from directives.identity import folded
from directives.models import CAME_ON, Directive, DirectiveKind, DirectiveNote, DirectiveRelation, Validity
from units.models import Appointment

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


@dataclass(frozen=True)
class Filters:
    """What the list is cut by; empty means all."""

    text: str = ""
    kind: str = ""
    issuer: str = ""
    validity: str = ""
    year: int | None = None


def directives_for(by: Appointment, filters: Filters) -> QuerySet[Directive]:
    """The register of the post's organisation: the very code that was typed first, then the newest.

    Withdrawn entries only when asked for.
    """
    found = Directive.objects.visible_to(by).for_list()
    if len(filters.text) >= SHORTEST:
        is_exact = Case(When(code_key=identity_key(filters.text), then=0), default=1)
        found = found.containing(filters.text).order_by(is_exact, CAME_ON.desc(), "-id")
    if filters.kind:
        found = found.filter(kind__abbreviation=filters.kind)
    for word in folded(filters.issuer).split():
        found = found.filter(issuer_key__contains=word)
    if filters.year:
        found = found.filter(dated_on__year=filters.year)
    if filters.validity:
        return found.filter(validity=filters.validity)
    return found.exclude(validity=Validity.WITHDRAWN)


def kinds_in_use(by: Appointment) -> list[DirectiveKind]:
    used = Directive.objects.visible_to(by).values("kind_id")
    return list(DirectiveKind.objects.filter(pk__in=used))


def years_in_use(by: Appointment) -> list[int]:
    """Years of issue, the latest first."""
    return [day.year for day in Directive.objects.visible_to(by).dates("dated_on", "year", order="DESC")]


@dataclass(frozen=True)
class Related:
    """A relation as read from one of its two ends."""

    words: "str | Promise"
    directive: Directive


BACKWARDS = {
    DirectiveRelation.Kind.IMPLEMENTS: _("được thực hiện bởi"),
    DirectiveRelation.Kind.AMENDS: _("được sửa đổi, bổ sung bởi"),
    DirectiveRelation.Kind.REPLACES: _("bị thay thế bởi"),
    DirectiveRelation.Kind.MENTIONS: _("được nhắc đến trong"),
}


def relations_of(directive: Directive) -> list[Related]:
    """The relations of a directive, both ways: what it points to first. One query."""
    rows = DirectiveRelation.objects.filter(Q(source=directive) | Q(target=directive)).order_by("id")
    both = list(rows.select_related("source__kind", "target__kind"))
    return [
        Related(DirectiveRelation.Kind(row.kind).label, row.target) for row in both if row.source_id == directive.pk
    ] + [
        Related(BACKWARDS[DirectiveRelation.Kind(row.kind)], row.source)
        for row in both
        if row.target_id == directive.pk
    ]


def successors(relations: list[Related]) -> list[Directive]:
    """The documents that replace the one whose relations these are."""
    return [row.directive for row in relations if row.words is BACKWARDS[DirectiveRelation.Kind.REPLACES]]


def namesakes(directive: Directive) -> list[Directive]:
    """Other entries of the same code: another year or body, or a doubt."""
    others = Directive.objects.filter(organisation_id=directive.organisation_id, code_key=directive.code_key)
    kept = others.exclude(pk=directive.pk).exclude(validity=Validity.WITHDRAWN)
    return list(kept.select_related("kind").order_by("id")) if directive.code else []


def notes_of(directive: Directive) -> list[DirectiveNote]:
    """The notes with their units and writers, the oldest first."""
    notes = directive.notes.select_related("lead_unit", "noted_by__user", "noted_by__unit")
    return list(notes.prefetch_related("cooperating_units"))
