"""Counts for home pages. Every number is the length of a list that `campaigns.filters` can show; tests compare."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from django.db.models import Count, F, Min, Q

from campaigns import periods
from campaigns.deadlines import soon_until
from campaigns.models import Task
from campaigns.models.task import IN_ORIGINAL_TIME, TaskQuerySet
from campaigns.states import OPEN, DeadlineClass, Rhythm, TaskState
from campaigns.workdays import WorkingCalendar
from units.models import Appointment


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


def _of_open(on: date, until: date) -> dict[str, Q]:
    """`TaskQuerySet.of_class` as conditions for one counting query among open tasks: all of it stands in an index."""
    in_time = Q(state=TaskState.AWAITING, finished_on__lte=F("due_on"))
    return {
        "overdue": Q(due_on__lt=on) & ~in_time,
        "due_today": Q(due_on=on),
        "due_soon": Q(due_on__gt=on, due_on__lte=until),
        "not_due": Q(due_on__gt=until) | Q(due_on__lt=on) & in_time,
        "recurring": Q(due_on__isnull=True) & ~Q(rhythm=Rhythm.ONCE),
        "no_due_date": Q(due_on__isnull=True, rhythm=Rhythm.ONCE),
    }


def _of_all(on: date, until: date) -> dict[str, Q]:
    """The same among tasks in any state."""
    is_done = Q(state=TaskState.DONE)
    return {name: Q(state__in=OPEN) & condition for name, condition in _of_open(on, until).items()} | {
        "done_in_time": is_done & Q(finished_on__lte=F("due_on")) & IN_ORIGINAL_TIME,
        "done_extended": is_done & Q(finished_on__lte=F("due_on")) & ~IN_ORIGINAL_TIME,
        "done_late": is_done & Q(finished_on__gt=F("due_on")),
        "done_no_due_date": is_done & Q(due_on__isnull=True),
    }


@dataclass(frozen=True)
class UnitTasks:
    """A unit with its tasks by deadline class, and how many it has not answered to, or not reported on yet."""

    unit_id: int
    name: str
    counts: DeadlineCounts
    not_accepted: int = 0
    not_reported: int = 0
    week: int = 0


def _week(on: date) -> Q:
    """Of open tasks: due today or within the seven days after: `periods.read("7d", on)`."""
    days = periods.read("7d", on)
    assert days is not None
    return Q(due_on__gte=days.first, due_on__lte=days.last)


def _by_unit(tasks: TaskQuerySet, wanted: dict[str, Q], **more: Any) -> list[UnitTasks]:
    counted = {name: Count("pk", filter=condition) for name, condition in wanted.items()}
    rows: Any = (
        tasks.values("lead_unit_id")  # and not by name as well: all tasks would be sorted by it
        .annotate(name=Min("lead_unit__name"), place=Min("lead_unit__position"), **more, **counted)
        .order_by("place", "lead_unit_id")
    )
    return [
        UnitTasks(
            row["lead_unit_id"],
            row["name"],
            DeadlineCounts(**{name: row[name] for name in wanted}),
            **{name: row[name] for name in more},
        )
        for row in rows
    ]


def by_unit(by: Appointment, on: date, calendar: WorkingCalendar) -> list[UnitTasks]:
    """The open tasks of the post's organisation, unit by unit in their order. One query."""
    return _by_unit(
        # said of the units too, so that only theirs are read for the names
        Task.objects.visible_to(by).open().filter(lead_unit__organisation_id=by.organisation_id),
        _of_open(on, soon_until(on, calendar)),
        not_accepted=Count("pk", filter=Q(state=TaskState.ASSIGNED)),
        not_reported=Count("pk", filter=Q(state=TaskState.ACCEPTED)),
        week=Count("pk", filter=_week(on)),
    )


def load_by_unit(tasks: TaskQuerySet, on: date, calendar: WorkingCalendar) -> list[UnitTasks]:
    """The given tasks, unit by unit, done ones too. One query."""
    return _by_unit(tasks.order_by(), _of_all(on, soon_until(on, calendar)))


def open_counts(tasks: TaskQuerySet, on: date, calendar: WorkingCalendar) -> tuple[DeadlineCounts, int]:
    """The open ones of `tasks` by deadline class, and those due within seven days. One query."""
    conditions = _of_open(on, soon_until(on, calendar)) | {"week": _week(on)}
    counted = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    found = tasks.open().order_by().aggregate(**counted)
    week = found.pop("week")
    return DeadlineCounts(**found), week


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
