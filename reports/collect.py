"""Everything a report says in figures, read in a constant number of queries into frozen dataclasses."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q, QuerySet

from campaigns.models import Indicator, ProgressFigure, Rollup, Task
from campaigns.states import TaskState
from reports.models import Contribution, ContributionFigure, ContributionLine, ContributionState, Period, Report
from reports.periods import Span
from units.models import Unit


@dataclass(frozen=True)
class UnitTasks:
    """Tasks of one unit as they stood at the end of the period, each class with the ids it counts (DOMAIN 4.1)."""

    unit_id: int
    unit: str
    given: tuple[int, ...]
    done_in_time: tuple[int, ...]
    done_extended: tuple[int, ...]
    done_late: tuple[int, ...]
    running: tuple[int, ...]
    overdue: tuple[int, ...]

    @property
    def rate(self) -> Decimal | None:
        """Completed ÷ (completed + not completed and overdue), in per cent; None when neither is there."""
        done = len(self.done_in_time) + len(self.done_extended) + len(self.done_late)
        return percent(done, done + len(self.overdue))


@dataclass(frozen=True)
class Figure:
    """One indicator of the whole organisation, with what stood there before and the entries behind it."""

    indicator_id: int
    group: str
    name: str
    measure: str
    value: Decimal
    previous: Decimal | None
    last_year: Decimal | None
    by_unit: tuple[tuple[int, str, Decimal], ...]
    sources: tuple[int, ...]  # progress entries


@dataclass(frozen=True)
class Line:
    """A sentence of a unit for one section; `entry_id` is what it was drafted from."""

    section: str
    unit_id: int
    unit: str
    text: str
    entry_id: int | None


@dataclass(frozen=True)
class TaskNote:
    """A task named in the report: overdue at the end of the period, or due in the next one."""

    task_id: int
    unit: str
    text: str
    due_on: date
    reason: str


@dataclass(frozen=True)
class Collected:
    """All that a report of one period is made of."""

    span: Span
    units: tuple[UnitTasks, ...]
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    overdue: tuple[TaskNote, ...]
    upcoming: tuple[TaskNote, ...]
    confirmed_units: tuple[str, ...]
    missing_units: tuple[str, ...]


def percent(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """`part` of `whole` in per cent with two decimals; None for an empty whole."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.01")) if whole else None


def concerned(organisation: Unit, span: Span) -> QuerySet[Task]:
    """Tasks given by the end of the period and not finished before it began."""
    return (
        Task.objects.filter(organisation=organisation, assigned_at__date__lte=span.ends_on)
        .exclude(state__in=[TaskState.PLANNED, TaskState.WITHDRAWN])
        .exclude(state=TaskState.DONE, finished_on__lt=span.starts_on)
    )


def done_by(day: date) -> Q:
    """Finished, as confirmed later or not, by the end of `day`."""
    return Q(state=TaskState.DONE, finished_on__lte=day)


def task_classes(span: Span) -> dict[str, Q]:
    """The classes of tasks at the end of the period; every concerned task is in `given` and in exactly one other.

    A task is late or overdue when its due day lies wholly behind: due on the last day and not done is overdue after it.
    """
    done, end = done_by(span.ends_on), span.ends_on
    in_time = Q(due_on__isnull=True) | Q(finished_on__lte=F("due_on"))
    extended = Q(due_on__isnull=False) & ~Q(due_on=F("original_due_on")) & Q(finished_on__gt=F("original_due_on"))
    return {
        "done_in_time": done & in_time & ~(extended & Q(finished_on__lte=F("due_on"))),
        "done_extended": done & extended & Q(finished_on__lte=F("due_on")),
        "done_late": done & Q(due_on__isnull=False, finished_on__gt=F("due_on")),
        "overdue": ~done & Q(due_on__lte=end),
        "running": ~done & (Q(due_on__isnull=True) | Q(due_on__gt=end)),
    }


def tasks_by_unit(organisation: Unit, span: Span) -> tuple[UnitTasks, ...]:
    """One row a unit that leads a concerned task; one query."""
    ids = {name: ArrayAgg("id", filter=which, default=[], order_by="id") for name, which in task_classes(span).items()}
    rows = (
        concerned(organisation, span)
        .values("lead_unit_id", "lead_unit__name")
        .annotate(given=ArrayAgg("id", order_by="id"), **ids)
        .order_by("lead_unit__position", "lead_unit_id")
    )
    return tuple(
        UnitTasks(
            unit_id=row["lead_unit_id"],
            unit=row["lead_unit__name"],
            **{name: tuple(row[name]) for name in ("given", *ids)},
        )
        for row in rows
    )


def entry_figures(organisation: Unit, span: Span) -> QuerySet[ProgressFigure]:
    """Figures of confirmed entries of the period."""
    return ProgressFigure.objects.filter(
        entry__unit__organisation=organisation,
        entry__happened_on__range=(span.starts_on, span.ends_on),
        entry__confirmed_at__isnull=False,
        entry__withdrawn_at__isnull=True,
    )


def rolled_up(indicator: Indicator, parts: list[Decimal], values: dict[int, Decimal]) -> Decimal:
    """Units' figures as one: a sum; stocks of the units add up too; a ratio is recomputed from its parts."""
    if indicator.rollup == Rollup.RATIO:
        part = values.get(indicator.numerator_id or 0, Decimal(0))
        return percent(part, values.get(indicator.denominator_id or 0, Decimal(0))) or Decimal(0)
    return sum(parts, Decimal(0))


def frozen_values(period: Period, *, months_back: int) -> dict[int, Decimal]:
    """Figures of the report that many months earlier in the same profile; nothing when there was none."""
    total = period.year * 12 + period.month - 1 - months_back
    report = (
        Report.objects.filter(period__profile=period.profile_id, period__year=total // 12, period__month=total % 12 + 1)
        .order_by("-edition")
        .first()
    )
    if report is None:
        return {}
    return {figure["indicator_id"]: Decimal(figure["value"]) for figure in report.figures["figures"]}


def _figures(period: Period, span: Span) -> tuple[Figure, ...]:
    reported = ContributionFigure.objects.filter(
        contribution__period=period, contribution__state=ContributionState.CONFIRMED
    ).select_related("indicator", "contribution__unit")
    by_indicator: dict[int, list[ContributionFigure]] = {}
    indicators: dict[int, Indicator] = {}
    for figure in reported:
        indicators[figure.indicator_id] = figure.indicator
        by_indicator.setdefault(figure.indicator_id, []).append(figure)
    sources: dict[int, list[int]] = {}
    for indicator_id, entry_id in entry_figures(period.profile.organisation, span).values_list(
        "indicator_id", "entry_id"
    ):
        sources.setdefault(indicator_id, []).append(entry_id)
    sums = {key: sum((each.value for each in rows), Decimal(0)) for key, rows in by_indicator.items()}
    previous, last_year = frozen_values(period, months_back=1), frozen_values(period, months_back=12)
    return tuple(
        Figure(
            indicator_id=key,
            group=indicator.group,
            name=indicator.name,
            measure=indicator.measure,
            value=rolled_up(indicator, [each.value for each in by_indicator[key]], sums),
            previous=previous.get(key),
            last_year=last_year.get(key),
            by_unit=tuple(
                (row.contribution.unit_id, row.contribution.unit.name, row.value) for row in by_indicator[key]
            ),
            sources=tuple(sorted(sources.get(key, []))),
        )
        for key, indicator in sorted(indicators.items(), key=lambda pair: (pair[1].position, pair[0]))
    )


def _lines(period: Period) -> tuple[Line, ...]:
    rows = (
        ContributionLine.objects.filter(contribution__period=period, contribution__state=ContributionState.CONFIRMED)
        .select_related("contribution__unit")
        .order_by("section", "contribution__unit__position", "contribution_id", "position", "id")
    )
    return tuple(
        Line(row.section, row.contribution.unit_id, row.contribution.unit.name, row.text, row.entry_id) for row in rows
    )


def _notes(tasks: QuerySet[Task]) -> tuple[TaskNote, ...]:
    rows = tasks.order_by("due_on", "id").values_list("id", "lead_unit__name", "text", "due_on", "reason")
    return tuple(TaskNote(*row) for row in rows)


def collect(period: Period) -> Collected:
    """Read all figures, lines and task lists of `period`. Ten queries, whatever the size."""
    organisation, span = period.profile.organisation, Span(period.starts_on, period.ends_on)
    overdue = concerned(organisation, span).filter(task_classes(span)["overdue"])
    next_end = span.ends_on + timedelta(days=31)
    upcoming = concerned(organisation, span).filter(
        ~done_by(span.ends_on), due_on__gt=span.ends_on, due_on__lte=next_end
    )
    contributions = list(
        Contribution.objects.filter(period=period).order_by("unit__position", "id").values_list("unit__name", "state")
    )
    return Collected(
        span=span,
        units=tasks_by_unit(organisation, span),
        figures=_figures(period, span),
        lines=_lines(period),
        overdue=_notes(overdue),
        upcoming=_notes(upcoming),
        confirmed_units=tuple(name for name, state in contributions if state == ContributionState.CONFIRMED),
        missing_units=tuple(name for name, state in contributions if state != ContributionState.CONFIRMED),
    )


def frozen(collected: Collected) -> dict[str, Any]:
    """The collected figures as JSON that a report keeps for ever: decimals as text, days as ISO dates."""
    return {
        "starts_on": collected.span.starts_on.isoformat(),
        "ends_on": collected.span.ends_on.isoformat(),
        "units": [
            {name: list(value) if isinstance(value, tuple) else value for name, value in vars(row).items()}
            for row in collected.units
        ],
        "figures": [
            {
                "indicator_id": each.indicator_id,
                "group": each.group,
                "name": each.name,
                "measure": each.measure,
                "value": str(each.value),
                "previous": None if each.previous is None else str(each.previous),
                "last_year": None if each.last_year is None else str(each.last_year),
                "by_unit": [[unit_id, unit, str(value)] for unit_id, unit, value in each.by_unit],
                "sources": list(each.sources),
            }
            for each in collected.figures
        ],
        "lines": [vars(line) | {} for line in collected.lines],
        "overdue": [vars(note) | {"due_on": note.due_on.isoformat()} for note in collected.overdue],
        "upcoming": [vars(note) | {"due_on": note.due_on.isoformat()} for note in collected.upcoming],
        "confirmed_units": list(collected.confirmed_units),
        "missing_units": list(collected.missing_units),
    }
