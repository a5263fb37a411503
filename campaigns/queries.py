"""Counts for home pages. Every number is the length of a list that `campaigns.filters` can show; tests compare."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Q

from campaigns import periods
from campaigns.deadlines import soon_until
from campaigns.models.task import IN_ORIGINAL_TIME, REPORTED_IN_TIME, TaskQuerySet
from campaigns.states import OPEN, DeadlineClass, Rhythm, TaskState
from campaigns.workdays import WorkingCalendar


@dataclass(frozen=True)
class DeadlineCounts:
    """How many tasks stand in each deadline class; the fields are named as `DeadlineClass`."""

    overdue: int = 0
    due_today: int = 0
    due_soon: int = 0
    not_due: int = 0
    recurring: int = 0
    no_due_date: int = 0
    done_in_time: int = 0
    done_extended: int = 0
    done_late: int = 0
    done_no_due_date: int = 0

    @property
    def open(self) -> int:
        return self.overdue + self.due_today + self.due_soon + self.not_due + self.recurring + self.no_due_date

    @property
    def done(self) -> int:
        return self.done_in_time + self.done_extended + self.done_late + self.done_no_due_date

    def items(self) -> list[tuple[DeadlineClass, int]]:
        """(class, count) in the order in which people care."""
        return [(DeadlineClass(row.name), getattr(self, row.name)) for row in fields(self)]


def _open_conditions(on: date, until: date) -> dict[str, Q]:
    """`TaskQuerySet.of_class` as conditions for counting open tasks; what meets none of them is not due."""
    return {
        "overdue": Q(due_on__lt=on) & ~REPORTED_IN_TIME,
        "due_today": Q(due_on=on),
        "due_soon": Q(due_on__gt=on, due_on__lte=until),
        "recurring": Q(due_on__isnull=True) & ~Q(rhythm=Rhythm.ONCE),
        "no_due_date": Q(due_on__isnull=True, rhythm=Rhythm.ONCE),
    }


def _open_counts(on: date, calendar: WorkingCalendar) -> dict[str, Count]:
    """What one query counts of open tasks: all, the classes, and those due today or within the seven days after."""
    days = periods.read("7d", on)
    assert days is not None
    wanted = _open_conditions(on, soon_until(on, calendar)) | {"week": Q(due_on__range=(days.first, days.last))}
    return {"open": Count("pk"), **{name: Count("pk", filter=condition) for name, condition in wanted.items()}}


def _as_counts(found: dict[str, Any]) -> DeadlineCounts:
    """What was counted by `_open_counts`, by class."""
    counts = DeadlineCounts(**{name: found[name] for name in OPEN_CLASSES})
    return replace(counts, not_due=found["open"] - counts.open)


OPEN_CLASSES = ("overdue", "due_today", "due_soon", "recurring", "no_due_date")


def _conditions(on: date, until: date) -> dict[str, Q]:
    """`TaskQuerySet.of_class` as conditions for counting open and done tasks together."""
    is_open, is_done = Q(state__in=OPEN), Q(state=TaskState.DONE)
    return {
        **{name: is_open & condition for name, condition in _open_conditions(on, until).items()},
        "not_due": is_open & (Q(due_on__gt=until) | Q(due_on__lt=on) & REPORTED_IN_TIME),
        "done_in_time": is_done & Q(finished_on__lte=F("due_on")) & IN_ORIGINAL_TIME,
        "done_extended": is_done & Q(finished_on__lte=F("due_on")) & ~IN_ORIGINAL_TIME,
        "done_late": is_done & Q(finished_on__gt=F("due_on")),
        "done_no_due_date": is_done & Q(due_on__isnull=True),
    }


@dataclass(frozen=True)
class UnitTasks:
    """A unit with its tasks by deadline class, and how many it has not answered to, or not reported on yet.

    `week` are due within seven days, `missed` are rhythm tasks without an entry for the last period.
    """

    unit_id: int
    name: str
    counts: DeadlineCounts
    not_accepted: int = 0
    not_reported: int = 0
    week: int = 0
    missed: int = 0


def _by_unit(tasks: TaskQuerySet, wanted: dict[str, Count]) -> Any:
    """The counts as rows, unit by unit in their order. One query."""
    units = tasks.order_by().values("lead_unit_id")  # and not by name as well: all tasks would be sorted by it
    named = units.annotate(name=Min("lead_unit__name"), place=Min("lead_unit__position"), **wanted)
    return named.order_by("place", "lead_unit_id")


def by_unit(
    tasks: TaskQuerySet, on: date, calendar: WorkingCalendar, more: dict[str, Q] | None = None, *, names: bool = True
) -> list[UnitTasks]:
    """The open ones of `tasks`, unit by unit in their order; `more` counts what other fields of `UnitTasks` say.

    One query; without `names`, in no order, the index alone answers it.
    """
    more = more or {}
    wanted = _open_counts(on, calendar) | {name: Count("pk", filter=condition) for name, condition in more.items()}
    found = tasks.open()
    rows: Any = _by_unit(found, wanted) if names else found.order_by().values("lead_unit_id").annotate(**wanted)
    return [
        UnitTasks(
            row["lead_unit_id"], row.get("name", ""), _as_counts(row), week=row["week"],
            **{name: row[name] for name in more},
        )
        for row in rows
    ]  # fmt: skip


NOT_ACCEPTED, NOT_REPORTED = Q(state=TaskState.ASSIGNED), Q(state=TaskState.ACCEPTED)


def load_by_unit(tasks: TaskQuerySet, on: date, calendar: WorkingCalendar) -> list[UnitTasks]:
    """The given tasks, unit by unit, done ones too. One query."""
    conditions = _conditions(on, soon_until(on, calendar))
    wanted = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    return [
        UnitTasks(row["lead_unit_id"], row["name"], DeadlineCounts(**{name: row[name] for name in wanted}))
        for row in _by_unit(tasks, wanted)
    ]


def total(units: list[UnitTasks]) -> DeadlineCounts:
    """The tasks of all these units together."""
    return DeadlineCounts(*(sum(getattr(row.counts, each.name) for row in units) for each in fields(DeadlineCounts)))


def red_spots(units: list[UnitTasks]) -> list[UnitTasks]:
    """Those with tasks that are late, the worst first."""
    return sorted((row for row in units if row.counts.overdue), key=lambda row: -row.counts.overdue)


def not_reported(units: list[UnitTasks]) -> list[UnitTasks]:
    """Those that have taken tasks and said nothing about them yet."""
    return sorted((row for row in units if row.not_reported), key=lambda row: -row.not_reported)


def not_accepted(units: list[UnitTasks]) -> list[UnitTasks]:
    """Those that have not answered to tasks given to them, the slowest first."""
    return sorted((row for row in units if row.not_accepted), key=lambda row: -row.not_accepted)
