"""The filtered tasks as a board, a month, a timeline and the load of each unit: queries → dataclasses for templates."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from campaigns import deadlines, periods, permissions
from campaigns.columns import Row
from campaigns.models import Task
from campaigns.models.task import TaskQuerySet
from campaigns.queries import UnitTasks
from campaigns.states import TRANSITIONS, DeadlineClass, TaskState
from campaigns.workdays import WorkingCalendar
from units.models import Appointment
from units.reading import with_columns

LANES = (
    TaskState.ASSIGNED, TaskState.ACCEPTED, TaskState.IN_PROGRESS, TaskState.AWAITING, TaskState.REDO,
    TaskState.HANDED_BACK, TaskState.PAUSED, TaskState.DONE,
)  # fmt: skip
MOST_CARDS, MOST_A_DAY, MOST_BARS = 20, 4, 80
TONES = {
    DeadlineClass.OVERDUE: "overdue", DeadlineClass.DUE_TODAY: "today", DeadlineClass.DUE_SOON: "soon",
    DeadlineClass.DONE_IN_TIME: "done", DeadlineClass.DONE_EXTENDED: "done", DeadlineClass.DONE_LATE: "done",
    DeadlineClass.DONE_NO_DUE_DATE: "done",
}  # fmt: skip
NAMES = ("lead_unit__name", "lead_unit__short_name", "lead_unit__organisation", "officer__user__full_name")


def tone_of(kind: DeadlineClass) -> str:
    return TONES.get(kind, "quiet")


def _first_of(tasks: TaskQuerySet, by: str, most: int) -> QuerySet[Any]:
    """The first `most` tasks of each value of `by`, each knowing how many there are of it (`of`). One query."""
    order = [F("due_on").asc(nulls_last=True), F("id").asc()]
    numbered = tasks.annotate(
        place=Window(RowNumber(), partition_by=[F(by)], order_by=order), of=Window(Count("pk"), partition_by=[F(by)])
    )
    return with_columns(numbered.filter(place__lte=most), *NAMES).order_by(by, *order)


# --- board ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Card:
    """A task on the board and where its reader may bring it."""

    row: Row
    targets: list[TaskState]


@dataclass
class Lane:
    """A state with its first tasks."""

    state: TaskState
    total: int = 0
    cards: list[Card] = field(default_factory=list)

    @property
    def rest(self) -> int:
        return self.total - len(self.cards)


def board(tasks: TaskQuerySet, by: Appointment, on: date, calendar: WorkingCalendar, at: datetime) -> list[Lane]:
    """The lanes in the order of a task's life. One query."""
    lanes = {state: Lane(state) for state in LANES}
    organisation = by.organisation
    for task in _first_of(tasks.filter(state__in=LANES), "state", MOST_CARDS):
        task.organisation = organisation  # what visible_to asked for, without a query a row
        lane = lanes[TaskState(task.state)]
        lane.total = task.of
        lane.cards.append(Card(Row(task, deadlines.due_state(task, on, calendar)), _targets(task, by, at)))
    return [*lanes.values()]


def _targets(task: Task, by: Appointment, at: datetime) -> list[TaskState]:
    moves = permissions.moves_of(by, task, at=at)
    reached = [TRANSITIONS[TaskState(task.state), move] for move in moves]
    return [state for state in LANES if state in reached and state != task.state]


# --- month ------------------------------------------------------------------------------------------------------------


@dataclass
class Day:
    """A day of the month's sheet."""

    day: date
    is_working: bool
    is_in_month: bool
    is_today: bool
    total: int = 0
    rows: list[Row] = field(default_factory=list)

    @property
    def rest(self) -> int:
        return self.total - len(self.rows)


@dataclass(frozen=True)
class Month:
    """Weeks from Monday to Sunday that cover a month, and the months beside it as addresses name them."""

    first: date
    weeks: list[list[Day]]
    previous: str
    following: str


def month(tasks: TaskQuerySet, named: str, on: date, calendar: WorkingCalendar) -> Month:
    """The tasks by due date in the month that `named` ("2026-11") names, else in today's. One query."""
    days = periods.read(named, on) if len(named) == len("2026-11") else None
    first = (days or periods.month_of(on.year, on.month)).first
    following = periods.next_month(first).first
    start = first - timedelta(days=first.weekday())
    count = -(-(following - start).days // 7) * 7
    sheet = {
        day: Day(day, calendar.is_working(day), day.month == first.month, day == on)
        for day in (start + timedelta(days=n) for n in range(count))
    }
    due = tasks.filter(due_on__gte=start, due_on__lt=start + timedelta(days=count))
    for task in _first_of(due, "due_on", MOST_A_DAY):
        square = sheet[task.due_on or on]
        square.total = task.of
        square.rows.append(Row(task, deadlines.due_state(task, on, calendar)))
    squares = list(sheet.values())
    weeks = [squares[n : n + 7] for n in range(0, count, 7)]
    return Month(first, weeks, f"{first - timedelta(days=1):%Y-%m}", f"{following:%Y-%m}")


# --- timeline ---------------------------------------------------------------------------------------------------------

LABEL, WIDTH, LINE, HEAD = 330, 1200, 26, 30
"""Of the drawing: width of the names, whole width, height of a line, height of the scale."""


@dataclass(frozen=True)
class Bar:
    """A task from the day it was given to its due date; `extra` is what extensions added."""

    row: Row
    tone: str
    label: str
    x: float
    width: float
    extra: float
    y: int

    @property
    def extra_x(self) -> float:
        """Where the day that the plan gave stands."""
        return self.x + self.width - self.extra


@dataclass(frozen=True)
class Timeline:
    """Everything at its place in a drawing of `WIDTH` × `height`."""

    bars: list[Bar]
    ticks: list[tuple[float, date]]
    today: float
    height: int
    label: int = LABEL
    width: int = WIDTH


def timeline(tasks: TaskQuerySet, on: date, calendar: WorkingCalendar) -> Timeline:
    """The first tasks with a due date, in its order. One query."""
    found = list(with_columns(tasks.filter(due_on__isnull=False).order_by("due_on", "id"), *NAMES)[:MOST_BARS])
    begins = [_begin(task, on) for task in found]
    first = max(min([*begins, on]), on - timedelta(days=365)).replace(day=1)
    ends = [task.due_on for task in found if task.due_on]
    last = min(max([*ends, on + timedelta(days=30)]), on + timedelta(days=730))
    scale = (WIDTH - LABEL - 10) / max((last - first).days, 1)

    def place(day: date) -> float:
        return round(LABEL + min(max((day - first).days, 0), (last - first).days) * scale, 1)

    bars = []
    for number, (task, begin) in enumerate(zip(found, begins, strict=True)):
        due = deadlines.due_state(task, on, calendar)
        end, promised = task.due_on or on, task.original_due_on or task.due_on or on
        x, right = place(begin), place(end)
        extra = max(right - max(place(promised), x), 0.0) if promised < end else 0.0
        label = task.text if len(task.text) <= 44 else f"{task.text[:43].rstrip()}…"
        bars.append(
            Bar(Row(task, due), tone_of(due.kind), label, x, max(right - x, 4.0), round(extra, 1), HEAD + number * LINE)
        )
    return Timeline(bars, _ticks(first, last, place), place(on), HEAD + len(bars) * LINE + 6)


def _begin(task: Task, on: date) -> date:
    given = timezone.localdate(task.assigned_at) if task.assigned_at else on
    return min(given, task.due_on or given)


def _ticks(first: date, last: date, place: Callable[[date], float]) -> list[tuple[float, date]]:
    """The first days of months, at most about a dozen."""
    days, day = [], first
    while day <= last:
        days.append(day)
        day = periods.next_month(day).first
    step = max(1, -(-len(days) // 12))
    return [(place(day), day) for day in days[::step]]


# --- load -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Load:
    """A unit's tasks as a stacked bar in a drawing; each part is a number of the filtered list."""

    unit_id: int
    name: str
    total: int
    y: int
    parts: list[dict[str, Any]]

    @property
    def end(self) -> float:
        """Where the bar ends and its number stands."""
        return max((part["x"] + part["width"] for part in self.parts), default=float(LOAD_LABEL)) + 8


LOAD_LABEL, LOAD_WIDTH, LOAD_LINE = 330, 1200, 30


def loads(units: Iterable[UnitTasks]) -> list[Load]:
    """The units, the fullest one as wide as the drawing. No query."""
    rows = [(unit, [(kind, count) for kind, count in unit.counts.items() if count]) for unit in units]
    most = max((sum(count for _kind, count in parts) for _unit, parts in rows), default=1)
    scale = (LOAD_WIDTH - LOAD_LABEL - 70) / max(most, 1)
    found = []
    for number, (unit, counted) in enumerate(rows):
        x, parts = float(LOAD_LABEL), []
        for kind, count in counted:
            width = count * scale
            parts.append({"kind": kind, "tone": tone_of(kind), "count": count, "x": round(x, 1),
                          "width": round(max(width - 1, 1), 1)})  # fmt: skip
            x += width
        found.append(Load(unit.unit_id, unit.name, sum(count for _k, count in counted), number * LOAD_LINE + 6, parts))
    return found
