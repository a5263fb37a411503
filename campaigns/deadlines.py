"""The deadline class of a task: computed from state, day and calendar, never stored. Pure.

`Task.objects.of_class` asks the same question of the database; `tests/campaigns/test_deadlines.py` holds both together.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.states import OPEN, DeadlineClass, Rhythm, TaskState
from campaigns.workdays import WorkingCalendar

if TYPE_CHECKING:
    from campaigns.models import TaskUnit

SOON = 3
"""Working days before the due date from which a task counts as due soon."""


class HasDeadline(Protocol):
    """What is read of a task."""

    state: str
    rhythm: str
    due_on: date | None
    original_due_on: date | None
    finished_on: date | None


@dataclass(frozen=True)
class DueState:
    """The class, and how far the due date is away (calendar and working days, without sign).

    `shown_as` differs from `kind` only while a result waits for confirmation: the class goes on counting the task
    as open, the cell says whether the result came in time.
    """

    kind: DeadlineClass
    days: int = 0
    working_days: int = 0
    shown_as: str = ""

    @property
    def words(self) -> str:
        """ "còn 3 ngày làm việc", "quá hạn 3 ngày làm việc", "hôm nay" …, in the reader's language."""
        return due_words(self.shown_as or self.kind, self.days, self.working_days)


def soon_until(on: date, calendar: WorkingCalendar) -> date:
    """The last due date that counts as due soon on `on`."""
    return calendar.add(on, SOON)


def due_state(task: HasDeadline, on: date, calendar: WorkingCalendar) -> DueState:
    """Where `task` stands against its due date on day `on`."""
    state = TaskState(task.state)
    if state is not TaskState.DONE and state not in OPEN:
        return DueState(DeadlineClass.NOT_COUNTED)
    if task.due_on is None:
        return _without_day(task, state)
    if state is TaskState.DONE or (state is TaskState.AWAITING and task.finished_on is not None):
        return _reported(task, state, task.due_on, on, calendar)
    return _running(task.due_on, on, calendar)


def _without_day(task: HasDeadline, state: TaskState) -> DueState:
    if state is TaskState.DONE:
        return DueState(DeadlineClass.DONE_NO_DUE_DATE)
    if task.rhythm != Rhythm.ONCE:
        return DueState(DeadlineClass.RECURRING)
    return DueState(DeadlineClass.NO_DUE_DATE)


def _reported(task: HasDeadline, state: TaskState, due_on: date, on: date, calendar: WorkingCalendar) -> DueState:
    """A reported result: the clock stopped on the day of the report, whoever confirms it and when."""
    finished_on = task.finished_on or due_on
    late = finished_on > due_on
    days, working = (finished_on - due_on).days, calendar.count(due_on, finished_on)
    in_time = _in_time(task, finished_on)
    if state is TaskState.DONE:
        kind = DeadlineClass.DONE_LATE if late else in_time
        return DueState(kind, max(days, 0), max(working, 0))
    if late:
        return DueState(DeadlineClass.OVERDUE, days, working, shown_as=DeadlineClass.DONE_LATE)
    if due_on < on:
        return DueState(DeadlineClass.NOT_DUE, shown_as=in_time)
    ahead = _running(due_on, on, calendar)
    return DueState(ahead.kind, ahead.days, ahead.working_days, shown_as=in_time)


def _in_time(task: HasDeadline, finished_on: date) -> DeadlineClass:
    """In time by the plan's own day, or only by the day of an extension: reports count both."""
    by_plan = task.original_due_on is None or finished_on <= task.original_due_on
    return DeadlineClass.DONE_IN_TIME if by_plan else DeadlineClass.DONE_EXTENDED


def part_state(part: "TaskUnit", on: date, calendar: WorkingCalendar) -> DueState:
    """Where a cooperating unit stands with its own part, by its own day or else the task's; late on its own."""
    due_on = part.due_on or part.task.due_on
    if part.done_at is not None:
        if due_on is None:
            return DueState(DeadlineClass.DONE_NO_DUE_DATE)
        done_on = timezone.localdate(part.done_at)
        kind = DeadlineClass.DONE_LATE if done_on > due_on else DeadlineClass.DONE_IN_TIME
        return DueState(kind, max((done_on - due_on).days, 0), max(calendar.count(due_on, done_on), 0))
    if not part.task.is_open:
        return DueState(DeadlineClass.NOT_COUNTED)
    if due_on is None:
        return _without_day(part.task, TaskState(part.task.state))
    return _running(due_on, on, calendar)


def _running(due_on: date, on: date, calendar: WorkingCalendar) -> DueState:
    days, working = abs((due_on - on).days), abs(calendar.count(on, due_on))
    if due_on < on:
        kind = DeadlineClass.OVERDUE
    elif due_on == on:
        kind = DeadlineClass.DUE_TODAY
    elif due_on <= soon_until(on, calendar):
        kind = DeadlineClass.DUE_SOON
    else:
        kind = DeadlineClass.NOT_DUE
    return DueState(kind, days, working)


def due_words(kind: str, days: int = 0, working_days: int = 0) -> str:
    """The words of a deadline class: working days where there is at least one, else calendar days, else its name."""
    if kind == DeadlineClass.NOT_COUNTED:
        return ""
    if kind == DeadlineClass.DUE_TODAY:
        return _("hôm nay")
    counted = _count(days, working_days)
    if kind == DeadlineClass.OVERDUE and counted:
        return _("quá hạn %(days)s") % {"days": counted}
    if kind == DeadlineClass.DONE_LATE and counted:
        return _("xong muộn %(days)s") % {"days": counted}
    if kind in (DeadlineClass.DUE_SOON, DeadlineClass.NOT_DUE) and counted:
        return _("còn %(days)s") % {"days": counted}
    return str(DeadlineClass(kind).label).lower()


def _count(days: int, working_days: int) -> str:
    if working_days:
        return ngettext("%(n)d ngày làm việc", "%(n)d ngày làm việc", working_days) % {"n": working_days}
    return ngettext("%(n)d ngày", "%(n)d ngày", days) % {"n": days} if days else ""


# --- the stages at which people are told ----------------------------------------------------------------------------



@dataclass(frozen=True)
class Rules:
    """When people are told, all in working days; an installation sets them (settings.DEADLINE_…)."""

    before: tuple[int, ...] = (7, 3, 1)
    """So long before the due date a task is called to mind."""
    every: int = 3
    """An overdue task is called to mind again each so many days."""
    escalation: tuple[int, int, int] = (1, 3, 7)
    """Overdue for so long: the unit's head is told, then the office, then the director."""

    def level(self, late: int) -> int:
        """0 the officer, 1 the unit's head, 2 the office, 3 the director."""
        return max(sum(late >= days for days in self.escalation), 1)


USUAL = Rules()


@dataclass(frozen=True)
class Stage:
    """Where a due date stands: the kind of reminder, the day this stage began, and who has to know (level)."""

    kind: str
    began_on: date
    level: int


def stage(due_on: date, on: date, calendar: WorkingCalendar, rules: Rules = USUAL) -> Stage | None:
    """The stage of a due date on day `on`; None while it is far away.

    A stage is named by the day it began, not by the day of asking: asking again, or late, names the same stage, and
    what passed unasked is not made up for. So a pass may be repeated or missed without telling anybody twice.
    """
    if due_on < on:
        return _overdue_stage(due_on, on, calendar, rules)
    if due_on == on:
        return Stage("due_today", on, 0)
    left = calendar.count(on, due_on)
    reached = [days for days in rules.before if left <= days]
    if not reached:
        return None
    return Stage("due_soon", calendar.add(calendar.last_working(due_on), -min(reached)), 0)


def _overdue_stage(due_on: date, on: date, calendar: WorkingCalendar, rules: Rules) -> Stage:
    late = calendar.count(due_on, on)
    level = rules.level(late)
    told = late - late % rules.every
    if told == 0:
        return Stage("overdue", due_on + timedelta(days=1), level)
    return Stage("overdue", calendar.add(due_on, told), level)
