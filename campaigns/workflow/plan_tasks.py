"""Tasks of a draft: who leads, who helps until when, what comes out. They are assigned when the plan is issued."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from campaigns import events
from campaigns.models import Plan, PlanItem, Task, TaskIndicator, TaskUnit
from campaigns.plan_content import Removed, task_content
from campaigns.states import TaskState
from campaigns.workflow.plan_text import TaskText
from campaigns.workflow.plan_writing import begin, last_position
from units.models import Appointment
from units.permissions import NotAllowed


def create_task(
    plan: Plan, content: TaskText, items: list[PlanItem], *, position: int, by: Appointment, at: datetime
) -> Task:
    """A planned task; `content.item` may be an index of `items`. Runs in the transaction of the verb."""
    item = items[content.item] if isinstance(content.item, int) else content.item
    task = Task(plan=plan, organisation=plan.document.organisation, position=position, state=TaskState.PLANNED)
    task.item = item
    _fill(task, content)
    log.record(events.TASK_PLANNED, task, by=by, at=at)
    return task


def _fill(task: Task, content: TaskText) -> None:
    """Write what a planned task says, with its cooperating units and figures."""
    if content.rhythm and content.due_on:
        raise NotAllowed(_("Nhiệm vụ thường xuyên không có hạn cuối: chọn hạn hoặc nhịp báo cáo."))
    days = dict(content.part_days)
    if content.due_on and any(day > content.due_on for day in days.values()):
        raise NotAllowed(_("Hạn phần phối hợp không được sau hạn của nhiệm vụ."))
    task.text, task.lead_unit, task.rhythm = content.text, content.lead_unit, content.rhythm
    task.due_on = task.original_due_on = content.due_on
    task.due_wording, task.expected_product, task.field = content.due_wording, content.expected_product, content.field
    task.save()
    task.cooperating.all().delete()
    TaskUnit.objects.bulk_create(
        TaskUnit(task=task, unit=unit, due_on=days.get(unit.pk))
        for unit in content.cooperating
        if unit.pk != content.lead_unit.pk
    )
    targets = dict(content.targets)
    task.indicators.all().delete()
    TaskIndicator.objects.bulk_create(
        TaskIndicator(task=task, indicator=row, target=targets.get(row.pk)) for row in content.indicators
    )


@transaction.atomic
def add_task(*, plan: Plan, content: TaskText, by: Appointment, at: datetime) -> Task:
    """Put a task into the draft; it is assigned when the plan is issued."""
    begin(plan, _("thêm nhiệm vụ"), part="tasks", by=by, at=at)
    return create_task(plan, content, [], position=last_position(plan.tasks) + 1, by=by, at=at)


@transaction.atomic
def edit_task(*, task: Task, content: TaskText, by: Appointment, at: datetime, version: int | None = None) -> Task:
    """Change a task that is still in the draft."""
    begin(task.plan, _("sửa nhiệm vụ"), part=f"task:{task.pk}", version=version, by=by, at=at)
    if task.state != TaskState.PLANNED:
        raise NotAllowed(_("Nhiệm vụ đã giao, không sửa trong kế hoạch nữa."))
    task.item = content.item if isinstance(content.item, PlanItem) else None
    _fill(task, content)
    log.record(events.TASK_CHANGED, task, by=by, at=at, what=_("nội dung, đơn vị, thời hạn"))
    return task


@transaction.atomic
def remove_task(*, task: Task, by: Appointment, at: datetime, version: int | None = None) -> Removed:
    begin(task.plan, _("bỏ nhiệm vụ"), part=f"task:{task.pk}", version=version, removes=True, by=by, at=at)
    if task.state != TaskState.PLANNED:
        raise NotAllowed(_("Nhiệm vụ đã giao, không bỏ trong kế hoạch nữa."))
    removed = Removed(position=task.position, task=task_content(task))
    task.delete()
    return removed
