"""What a report of one period is made of, and how it is kept: frozen dataclasses, and their JSON. Pure."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reports.figures import percent
from reports.periods import Span


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
class Share:
    """What one unit says of an indicator: from its entries, as reported, and why when the two differ."""

    unit_id: int
    unit: str
    computed: Decimal
    value: Decimal
    reason: str
    sources: tuple[int, ...]  # progress entries
    report_id: int | None = None  # the report of an organisation below, whose id and name stand as the unit's


@dataclass(frozen=True)
class Figure:
    """One indicator of the whole organisation, with what stood there before and what it was made of.

    A ratio names its `parts` (numerator, denominator) and a balance its `flows` (in, out); any figure but a ratio is
    the sum of its `by_unit` values.
    """

    indicator_id: int
    code: str
    rollup: str
    group: str
    name: str
    measure: str
    value: Decimal
    previous: Decimal | None
    last_year: Decimal | None
    by_unit: tuple[Share, ...]
    parts: tuple[int, int] | None = None
    flows: tuple[int, int] | None = None

    @property
    def sources(self) -> tuple[int, ...]:
        """All progress entries behind the figure."""
        return tuple(sorted({source for share in self.by_unit for source in share.sources}))


@dataclass(frozen=True)
class Line:
    """A sentence of a unit for one section; `entry_id` is what it was drafted from.

    In a roll-up it is what the report of an organisation below says there, in lines of their own; `section` is a field
    of tasks, or the key of a section that an office writes.
    """

    section: str
    unit_id: int
    unit: str
    text: str
    entry_id: int | None
    report_id: int | None = None
    code: str = ""  # of that report


@dataclass(frozen=True)
class TaskNote:
    """A task named in the report: overdue at the end of the period, or due in the next one."""

    task_id: int
    unit: str
    text: str
    due_on: date
    reason: str


@dataclass(frozen=True)
class ModelNote:
    """A "Dân vận khéo" model kept up in the period, with the columns of its register (DOMAIN 3.5)."""

    model_id: int
    name: str
    area: str
    bearer: str
    unit: str
    place: str
    starts_on: date
    results: str
    registration: str
    recognition: str


@dataclass(frozen=True)
class Collected:
    """All that a report of one period is made of; figures are compared with those of two earlier reports (ids).

    `reports` are the ids of what a roll-up was made of.
    """

    span: Span
    units: tuple[UnitTasks, ...]
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    overdue: tuple[TaskNote, ...]
    upcoming: tuple[TaskNote, ...]
    models: tuple[ModelNote, ...]
    confirmed_units: tuple[str, ...]
    missing_units: tuple[str, ...]
    previous_report: int | None = None
    last_year_report: int | None = None
    reports: tuple[int, ...] = ()


def frozen(collected: Collected) -> dict[str, Any]:
    """The collected figures as JSON that a report keeps for ever: decimals as text, days as ISO dates."""
    return {
        "starts_on": collected.span.starts_on.isoformat(),
        "ends_on": collected.span.ends_on.isoformat(),
        "units": [
            {name: list(value) if isinstance(value, tuple) else value for name, value in vars(row).items()}
            for row in collected.units
        ],
        "figures": [_frozen_figure(each) for each in collected.figures],
        "lines": [dict(vars(line)) for line in collected.lines],
        "overdue": [vars(note) | {"due_on": note.due_on.isoformat()} for note in collected.overdue],
        "upcoming": [vars(note) | {"due_on": note.due_on.isoformat()} for note in collected.upcoming],
        "models": [vars(note) | {"starts_on": note.starts_on.isoformat()} for note in collected.models],
        "confirmed_units": list(collected.confirmed_units),
        "missing_units": list(collected.missing_units),
        "previous_report": collected.previous_report,
        "last_year_report": collected.last_year_report,
        "reports": list(collected.reports),
    }


def _frozen_figure(figure: Figure) -> dict[str, Any]:
    return {
        "indicator_id": figure.indicator_id,
        "code": figure.code,
        "rollup": figure.rollup,
        "group": figure.group,
        "name": figure.name,
        "measure": figure.measure,
        "value": str(figure.value),
        "previous": None if figure.previous is None else str(figure.previous),
        "last_year": None if figure.last_year is None else str(figure.last_year),
        "by_unit": [
            vars(share) | {"computed": str(share.computed), "value": str(share.value), "sources": list(share.sources)}
            for share in figure.by_unit
        ],
        "parts": list(figure.parts) if figure.parts else None,
        "flows": list(figure.flows) if figure.flows else None,
        "sources": list(figure.sources),
    }
