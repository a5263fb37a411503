"""The deadline class of a task: computed from state, day and calendar, never stored. Pure.

`Task.objects.of_class` asks the same question of the database; `tests/campaigns/test_deadlines.py` holds both together.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.states import OPEN, DeadlineClass, Rhythm, TaskState
from campaigns.workdays import WorkingCalendar

SOON = 3
"""Working days before the due date from which a task counts as due soon."""


class HasDeadline(Protocol):
    """What is read of a task."""

    state: str
    rhythm: str
    due_on: date | None
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
    if state is TaskState.DONE:
        kind = DeadlineClass.DONE_LATE if late else DeadlineClass.DONE_IN_TIME
        return DueState(kind, max(days, 0), max(working, 0))
    if late:
        return DueState(DeadlineClass.OVERDUE, days, working, shown_as=DeadlineClass.DONE_LATE)
    if due_on < on:
        return DueState(DeadlineClass.NOT_DUE, shown_as=DeadlineClass.DONE_IN_TIME)
    ahead = _running(due_on, on, calendar)
    return DueState(ahead.kind, ahead.days, ahead.working_days, shown_as=DeadlineClass.DONE_IN_TIME)


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

BEFORE = (7, 3, 1)
"""Working days before the due date at which a task is called to mind."""

EVERY = 3
"""An overdue task is called to mind again each so many working days."""

ESCALATION = ((7, 3), (3, 2), (1, 1))
"""(working days overdue, level): the unit's head is told from the first, the office from the third, the director from
the seventh working day on."""


@dataclass(frozen=True)
class Stage:
    """Where a due date stands: the kind of reminder, the day this stage began, and who has to know (level)."""

    kind: str
    began_on: date
    level: int


def stage(due_on: date, on: date, calendar: WorkingCalendar) -> Stage | None:
    """The stage of a due date on day `on`; None while it is far away.

    A stage is named by the day it began, not by the day of asking: asking again, or late, names the same stage, and
    what passed unasked is not made up for. So a pass may be repeated or missed without telling anybody twice.
    """
    if due_on < on:
        return _overdue_stage(due_on, on, calendar)
    if due_on == on:
        return Stage("due_today", on, 0)
    left = calendar.count(on, due_on)
    reached = [days for days in BEFORE if left <= days]
    if not reached:
        return None
    return Stage("due_soon", calendar.add(calendar.last_working(due_on), -min(reached)), 0)


def _overdue_stage(due_on: date, on: date, calendar: WorkingCalendar) -> Stage:
    late = calendar.count(due_on, on)
    level = next((level for days, level in ESCALATION if late >= days), 1)
    told = late - late % EVERY
    if told == 0:
        return Stage("overdue", due_on + timedelta(days=1), level)
    return Stage("overdue", calendar.add(due_on, told), level)
