"""The open tasks of a post's scope in numbers; each number links to the list that it counts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from campaigns import rhythm, workdays
from campaigns.filters import OPEN_STATES, WAITING
from campaigns.models import Task
from campaigns.models.task import TaskQuerySet
from campaigns.queries import (
    NOT_ACCEPTED,
    NOT_REPORTED,
    DeadlineCounts,
    UnitTasks,
    by_unit,
    not_accepted,
    not_reported,
    red_spots,
    total,
)
from campaigns.states import DeadlineClass, TaskState
from portal.dashboard.todo import task_list
from units.models import Appointment
from units.permissions import has_permission
from units.roles import Role


@dataclass(frozen=True)
class Deadlines:
    """The open tasks of the post's scope by deadline class; each number links to the list that it counts."""

    title: str
    open: int
    segments: list[dict[str, Any]]  # as components/deadline_bar.html takes them
    numbers: list[dict[str, Any]]  # as components/stats.html takes them


@dataclass(frozen=True)
class Counted:
    """Whose open tasks a home page counts (the words, the filter of the list's address), and what they come to."""

    title: str
    address: dict[str, int]
    units: list[UnitTasks]
    shows_units: bool  # to who leads or compiles

    def sum(self, name: str) -> int:
        """All units together in what the field `name` of `UnitTasks` counts."""
        return sum(getattr(row, name) for row in self.units)


SEES_UNITS = (Role.DIRECTOR, Role.DEPUTY, Role.CHIEF, Role.OFFICE)
TONES = {
    DeadlineClass.OVERDUE: "overdue",
    DeadlineClass.DUE_TODAY: "today",
    DeadlineClass.DUE_SOON: "soon",
}


def _scope(by: Appointment) -> tuple[str, dict[str, int], TaskQuerySet] | None:
    """The words, the address's filter and the tasks a home page counts; None for posts without tasks."""
    if not has_permission(by, "campaigns.task.read"):
        return None
    tasks = Task.objects.visible_to(by).open()
    if has_permission(by, "campaigns.task.assign") or by.role in (Role.DIRECTOR, Role.DEPUTY, Role.CLERK):
        return _("Nhiệm vụ của cơ quan theo hạn"), {}, tasks
    if by.role == Role.UNIT_HEAD:
        return _("Nhiệm vụ đơn vị chủ trì theo hạn"), {"unit": by.unit_id}, tasks.led_by(by.unit_id)
    return _("Nhiệm vụ của tôi theo hạn"), {"officer": by.pk}, tasks.of_officer(by)


def count(by: Appointment, on: date) -> Counted | None:
    """What the post's open tasks come to, unit by unit; None for posts without tasks. Two queries (calendar, counts).

    For heads of units, one more asks which rhythms there are.
    """
    scope = _scope(by)
    if scope is None:
        return None
    title, address, tasks = scope
    calendar, more = workdays.load(), {}
    sees_units = by.role in SEES_UNITS
    if sees_units:
        more = {"not_accepted": NOT_ACCEPTED, "not_reported": NOT_REPORTED}
    if by.role in (Role.UNIT_HEAD, Role.CHIEF):
        more["missed"] = rhythm.is_late(tasks.led_by(by.unit_id), on, calendar)
    return Counted(title, address, by_unit(tasks, on, calendar, more, names=sees_units), sees_units)


def deadlines(counted: Counted, waits: int) -> Deadlines:
    """Open tasks by deadline class and by what they need, each number linked to its list. No query."""
    counts = total(counted.units)
    segments, numbers = _segments(counts, counted.address), _numbers(counted, counts.open, waits)
    return Deadlines(counted.title, counts.open, segments, numbers)


def _segments(counts: DeadlineCounts, address: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "state": kind.value,
            "tone": TONES.get(kind, "quiet"),
            "label": kind.label,
            "count": count,
            "url": task_list(**address, due=kind.value),
        }
        for kind, count in counts.items()
        if count
    ]


def _numbers(counted: Counted, open_: int, waits: int) -> list[dict[str, Any]]:
    address = counted.address
    rows = [
        (_("đang mở"), open_, task_list(**address, state=OPEN_STATES)),
        (_("đến hạn trong 7 ngày tới"), counted.sum("week"), task_list(**address, state=OPEN_STATES, period="7d")),
        (_("chờ tôi xử lý"), waits, task_list(state=WAITING)),
    ]
    if counted.shows_units:
        unanswered, silent = counted.sum("not_accepted"), counted.sum("not_reported")
        rows += [
            (_("đơn vị chưa nhận"), unanswered, task_list(state=TaskState.ASSIGNED.value)),
            (_("đã nhận, chưa báo cáo"), silent, task_list(state=TaskState.ACCEPTED.value)),
        ]
    return [{"label": label, "value": value, "url": url} for label, value, url in rows]


@dataclass(frozen=True)
class Spot:
    """What needs a look in a unit, with the number that is a link."""

    unit: str
    count: int
    words: str
    url: str
    tone: str


def spots(counted: Counted) -> list[Spot]:
    """Late units, the worst first, and units that have not answered or not reported. No query.

    None for posts that are not shown units.
    """
    if not counted.shows_units:
        return []
    late = red_spots(counted.units)
    found = [_spot(row, row.counts.overdue, _("quá hạn"), "overdue", due=DeadlineClass.OVERDUE.value) for row in late]
    for row in not_accepted(counted.units):
        found.append(_spot(row, row.not_accepted, _("chưa nhận"), "soon", state=TaskState.ASSIGNED.value))
    for row in not_reported(counted.units):
        found.append(_spot(row, row.not_reported, _("chưa báo cáo"), "quiet", state=TaskState.ACCEPTED.value))
    worst = {row.name: place for place, row in enumerate(late)}
    return sorted(found, key=lambda spot: (worst.get(spot.unit, len(worst)), spot.unit))


def _spot(row: UnitTasks, count: int, words: str, tone: str, **query: str) -> Spot:
    return Spot(row.name, count, words, task_list(unit=row.unit_id, **query), tone)
