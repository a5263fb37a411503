"""Tasks of an issued plan at every step, made by the real verbs; the plan's file itself is only a row."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from campaigns.models import Indicator, Plan, Task, TaskIndicator, TaskUnit
from campaigns.states import TaskState
from campaigns.workflow import progress, tasks
from documents.models import Document, NumberSeries
from documents.states import DocumentState
from tests.factories.plans import House, make_house
from tests.factories.units import AppointmentFactory
from units.models import Appointment, Unit

S = TaskState
_numbers = count(1)


def moment(day: date, hour: int = 9) -> datetime:
    """A moment of a day in the office's time zone."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def make_issued_plan(house: House, title: str = "Tháng cao điểm dân vận") -> Plan:
    """An issued plan without tasks."""
    number, now = next(_numbers), timezone.now()
    series, _made = NumberSeries.objects.get_or_create(organisation=house.organisation, kind="KH", year=2026)
    stamps: dict[str, Any] = {
        f"{step}_{end}": value
        for step in ("signed", "numbered", "issued")
        for end, value in (("at", now), ("by", house.director))
    }
    document = Document.objects.create(
        type="campaigns.plan", kind="KH", organisation=house.organisation, drafting_unit=house.office_unit, title=title,
        symbol="KH-SKHTN", signer=house.director, created_at=now, created_by=house.office,
    )  # fmt: skip
    plan = Plan.objects.create(document=document, year=2026)
    Document.objects.filter(pk=document.pk).update(
        state=DocumentState.ISSUED, series=series, number=number, code=f"{number:02}/KH-SKHTN",
        issued_on=timezone.localdate(now), **stamps,
    )  # fmt: skip
    return Plan.objects.select_related("document").get(pk=plan.pk)


def make_planned(house: House, plan: Plan | None = None, **changes: Any) -> Task:
    """A task of the department as it stands in the plan; `due_on` in 30 days unless said otherwise."""
    due_on = changes.pop("due_on", None if changes.get("rhythm") else timezone.localdate() + timedelta(days=30))
    values = {
        "organisation": house.organisation, "plan": plan or make_issued_plan(house), "lead_unit": house.department,
        "text": "Tổ chức hội nghị quán triệt", "due_on": due_on, "original_due_on": due_on,
    }  # fmt: skip
    return Task.objects.create(**values | changes)


def assigned(task: Task, house: House, at: datetime) -> Task:
    tasks.assign_plan(document=task.plan.document, by=house.clerk, at=at)
    task.refresh_from_db()
    return task


ROADS: dict[TaskState, tuple[TaskState, Callable[[Task, House, datetime], Any]]] = {
    S.ASSIGNED: (S.PLANNED, assigned),
    S.ACCEPTED: (
        S.ASSIGNED,
        lambda task, house, at: tasks.accept(task=task, officer=house.officer, by=house.head, at=at),
    ),
    S.IN_PROGRESS: (
        S.ACCEPTED,
        lambda task, house, at: progress.report(task=task, text="Đã mời đại biểu", percent=40, by=house.officer, at=at),
    ),
    S.AWAITING: (
        S.IN_PROGRESS,
        lambda task, house, at: progress.finish(task=task, text="Đã tổ chức, 120 người dự", by=house.officer, at=at),
    ),
    S.DONE: (S.AWAITING, lambda task, house, at: tasks.confirm(task=task, by=house.head, at=at)),
    S.REDO: (S.AWAITING, lambda task, house, at: tasks.redo(task=task, reason="Thiếu ảnh", by=house.head, at=at)),
    S.HANDED_BACK: (
        S.ASSIGNED,
        lambda task, house, at: tasks.hand_back(task=task, reason="Không đúng chức năng", by=house.head, at=at),
    ),
    S.PAUSED: (
        S.IN_PROGRESS,
        lambda task, house, at: tasks.pause(task=task, reason="Chờ hướng dẫn", by=house.office, at=at),
    ),
    S.WITHDRAWN: (
        S.ASSIGNED,
        lambda task, house, at: tasks.withdraw(task=task, reason="Không làm nữa", by=house.office, at=at),
    ),
}
"""State → (the state before it, the act that leads there)."""


def bring_to(state: TaskState, house: House, *, at: datetime | None = None, **changes: Any) -> Task:
    """A task that went the real way to `state`."""
    at = at or timezone.now()
    if state == S.PLANNED:
        return make_planned(house, **changes)
    before, act = ROADS[state]
    task = bring_to(before, house, at=at, **changes)
    act(task, house, at)
    return Task.objects.get(pk=task.pk)


def help_of(task: Task, unit: Unit, due_on: date | None = None) -> TaskUnit:
    return TaskUnit.objects.create(task=task, unit=unit, due_on=due_on)


def ask_for(task: Task, code: str = "nguoi-du", name: str = "Số người dự") -> Indicator:
    """The task asks for figures of an indicator."""
    indicator, _made = Indicator.objects.get_or_create(
        code=code, defaults={"group": "Tuyên truyền", "name": name, "measure": "người"}
    )
    TaskIndicator.objects.create(task=task, indicator=indicator)
    return indicator


@dataclass
class TaskHouse:
    """A house with more people: a second officer of the department, and somebody of another house."""

    house: House
    colleague: Appointment
    stranger: Appointment


def make_task_house() -> TaskHouse:
    house = make_house()
    return TaskHouse(house, AppointmentFactory(unit=house.department), AppointmentFactory(unit_head=True))
