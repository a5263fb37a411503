"""What happens to a task, each one act: lock, right, state table, change, history, then messages.

A second press finds the task one step further and is refused with a sentence; nothing happens twice. `seen` is the
mark of the page the person acted on (`seen_mark`); an older one raises Outdated: nobody decides unread.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from campaigns import events, messages, permissions
from campaigns.models import (
    ExtensionRequest,
    Indicator,
    Plan,
    PlanItem,
    ProgressEntry,
    Task,
    TaskIndicator,
    TaskUnit,
)  # fmt: skip
from campaigns.states import ExtensionState, Field, Rhythm, TaskMove, TaskState
from directives.models import Directive
from documents.models import Document
from documents.states import IN_FORCE
from notifications.send import read_by_acting, send, send_all
from units.models import Appointment, Unit
from units.permissions import NotAllowed, Outdated


def seen_mark(task: Task, last: int | None = None) -> str:
    """What a page showed of a task: its state, officer and the last entry. One query, none when `last` is known."""
    if last is None:
        last = task.entries.order_by("-id").values_list("pk", flat=True).first()
    return f"{task.state}-{task.officer_id or 0}-{last or 0}"


def begin(task: Task, move: TaskMove, *, by: Appointment, at: datetime, seen: str | None = None) -> Task:
    """Lock the row, refuse the move unless post, state and the page's mark allow it, count what was told as read."""
    locked = Task.objects.lock(task.pk)
    permissions.check_move(by, locked, move, at=at)
    check_seen(locked, seen)
    read_by_acting(by=by, url=reverse("tasks:detail", args=[locked.pk]), at=at)
    return locked


def check_seen(locked: Task, seen: str | None) -> None:
    """Raise Outdated when the page showed an older state."""
    if seen is not None and seen != seen_mark(locked):
        raise Outdated(_("Nhiệm vụ vừa thay đổi sau khi bạn mở trang. Hãy xem phần mới rồi gửi lại; chữ đã gõ còn đủ."))


def need_reason(reason: str) -> str:
    if not reason.strip():
        raise NotAllowed(_("Hãy ghi lý do."))
    return reason.strip()


# --- giving out -------------------------------------------------------------------------------------------------------


@transaction.atomic
def assign_plan(*, document: Document, by: Appointment, at: datetime) -> list[Task]:
    """Give out the tasks of a plan that is issued; runs in the transaction of the issue.

    The order is the signer's: `assigned_by` is who signed, the history says who issued. Each unit gets one message.
    """
    tasks = list(
        Task.objects.select_for_update(of=("self",))
        .filter(plan__document=document, state=TaskState.PLANNED)
        .select_related("lead_unit", "plan__document")
        .order_by("id")
    )
    for task in tasks:
        task.move(TaskMove.ASSIGN)
        task.assigned_at, task.assigned_by = at, document.signed_by or by
        log.record(events.TASK_ASSIGNED, task, by=by, at=at, unit=task.lead_unit.name)
    Task.objects.bulk_update(tasks, ["state", "assigned_at", "assigned_by"], batch_size=500)
    _tell_units(tasks, by=by, at=at)
    return tasks


def _tell_units(tasks: list[Task], *, by: Appointment, at: datetime) -> None:
    """One message for each unit that leads, one for each that helps."""
    on = timezone.localdate(at)
    leads: dict[Unit, list[Task]] = defaultdict(list)
    helps: dict[Unit, list[Task]] = defaultdict(list)
    by_id = {task.pk: task for task in tasks}
    for task in tasks:
        leads[task.lead_unit].append(task)
    for part in TaskUnit.objects.filter(task__in=by_id).select_related("unit"):
        helps[part.unit].append(by_id[part.task_id])
    send_all((messages.TasksAssigned(rows, unit, by, on=on) for unit, rows in leads.items()), at=at)
    send_all((messages.HelpAsked(rows, unit, by, on=on) for unit, rows in helps.items()), at=at)


@transaction.atomic
def withdraw_plan(*, document: Document, by: Appointment, at: datetime) -> list[Task]:
    """Withdraw what is not done of a plan that is recalled or replaced, in that transaction (NĐ 30/2020 Điều 18.4)."""
    reason = _("Kế hoạch %(code)s không còn hiệu lực.") % {"code": document.code}
    tasks = list(
        Task.objects.select_for_update(of=("self",))
        .filter(plan__document=document)
        .exclude(state__in=[TaskState.DONE, TaskState.WITHDRAWN])
        .select_related("lead_unit", "officer__user", "officer__unit", "organisation")
        .order_by("id")
    )
    for task in tasks:
        _withdraw(task, reason, by=by, at=at)
    return tasks


@transaction.atomic
def assign(
    *, task: Task, by: Appointment, at: datetime, lead_unit: Unit | None = None, seen: str | None = None
) -> Task:
    """Give a task that came back out again, to the same unit or to another of the organisation."""
    task = begin(task, TaskMove.ASSIGN, by=by, at=at, seen=seen)
    if task.state == TaskState.PLANNED:
        raise NotAllowed(_("Nhiệm vụ được giao khi kế hoạch được ban hành."))
    if lead_unit is not None:
        _check_unit(lead_unit, task.organisation_id)
        task.cooperating.filter(unit=lead_unit).delete()
        task.lead_unit = lead_unit
    task.move(TaskMove.ASSIGN)
    task.officer, task.accepted_at, task.accepted_by = None, None, None
    task.assigned_at, task.assigned_by, task.reason = at, by, ""
    task.save()
    log.record(events.TASK_ASSIGNED, task, by=by, at=at, unit=task.lead_unit.name)
    send(messages.TasksAssigned([task], task.lead_unit, by, on=timezone.localdate(at)), at=at)
    return task


def _check_unit(unit: Unit, organisation_id: int) -> None:
    if unit.organisation_id != organisation_id or unit.dissolved_on is not None:
        raise NotAllowed(_("Không giao được cho %(unit)s.") % {"unit": unit.name})


@dataclass(frozen=True)
class Supplement:
    """A task ordered after the plan was issued. `cooperating` is (unit, own due day)."""

    text: str
    lead_unit: Unit
    due_on: date | None = None
    due_wording: str = ""
    rhythm: str = Rhythm.ONCE
    expected_product: str = ""
    field: str = Field.OTHER
    item: PlanItem | None = None
    directive: Directive | None = None
    cooperating: tuple[tuple[Unit, date | None], ...] = ()
    indicators: tuple[Indicator, ...] = ()


@transaction.atomic
def supplement(*, plan: Plan, what: Supplement, by: Appointment, at: datetime) -> Task:
    """Give out one more task under an issued plan; it is marked as supplementary, with who ordered it."""
    document = Document.objects.lock(plan.document_id)
    permissions.check_supplement(by, document.organisation, at=at)
    _check_supplement(document, what, timezone.localdate(at))
    task = Task.objects.create(
        organisation=document.organisation, plan=plan, item=what.item, directive=what.directive, text=what.text.strip(),
        position=plan.tasks.count() + 1, lead_unit=what.lead_unit, state=TaskState.ASSIGNED, rhythm=what.rhythm,
        due_on=what.due_on, original_due_on=what.due_on, due_wording=what.due_wording,
        expected_product=what.expected_product, field=what.field, is_supplementary=True, assigned_at=at, assigned_by=by,
    )  # fmt: skip
    TaskUnit.objects.bulk_create(TaskUnit(task=task, unit=unit, due_on=due_on) for unit, due_on in what.cooperating)
    TaskIndicator.objects.bulk_create(TaskIndicator(task=task, indicator=indicator) for indicator in what.indicators)
    log.record(events.TASK_SUPPLEMENTED, task, by=by, at=at, unit=what.lead_unit.name)
    _tell_units([task], by=by, at=at)
    return task


def _check_supplement(document: Document, what: Supplement, today: date) -> None:
    if document.state not in IN_FORCE:
        raise NotAllowed(_("Chỉ giao bổ sung theo kế hoạch đã ban hành."))
    if not what.text.strip():
        raise NotAllowed(_("Hãy ghi nội dung nhiệm vụ."))
    if what.due_on is None and what.rhythm == Rhythm.ONCE:
        raise NotAllowed(_("Hãy ghi hạn, hoặc chọn nhịp báo cáo."))
    if what.due_on is not None and what.due_on < today:
        raise NotAllowed(_("Hạn không được ở quá khứ."))
    if any(due_on is not None and due_on < today for _unit, due_on in what.cooperating):
        raise NotAllowed(_("Hạn phần phối hợp không được ở quá khứ."))
    for unit in (what.lead_unit, *(unit for unit, _due in what.cooperating)):
        _check_unit(unit, document.organisation_id)
    if what.lead_unit in {unit for unit, _due in what.cooperating}:
        raise NotAllowed(_("Đơn vị chủ trì không ghi thêm ở phối hợp."))


# --- the unit's answer ------------------------------------------------------------------------------------------------


@transaction.atomic
def accept(*, task: Task, officer: Appointment, by: Appointment, at: datetime, seen: str | None = None) -> Task:
    """Take the task for the unit and name who does it; on an accepted task, name somebody else."""
    task = begin(task, TaskMove.ACCEPT, by=by, at=at, seen=seen)
    permissions.check_officer(officer, task.lead_unit, at=at)
    before = task.officer
    if before is not None and before.pk == officer.pk:
        raise NotAllowed(_("%(person)s đang thực hiện nhiệm vụ này.") % {"person": officer.person_name})
    task.move(TaskMove.ACCEPT)
    task.officer = officer
    if task.accepted_at is None:
        task.accepted_at, task.accepted_by = at, by
    task.save()
    on = timezone.localdate(at)
    if before is None:
        log.record(events.TASK_ACCEPTED, task, by=by, at=at, officer=officer.person_name)
        send(messages.TaskAccepted(task, by, on=on), at=at)
    else:
        log.record(events.OFFICER_CHANGED, task, by=by, at=at, before=before.person_name, after=officer.person_name)
    send(messages.OfficerNamed(task, by, on=on), at=at)
    return task


@transaction.atomic
def hand_back(*, task: Task, reason: str, by: Appointment, at: datetime, seen: str | None = None) -> Task:
    """Give a new task back to the office with a reason."""
    reason = need_reason(reason)
    task = begin(task, TaskMove.HAND_BACK, by=by, at=at, seen=seen)
    task.move(TaskMove.HAND_BACK)
    task.reason = reason
    task.save()
    log.record(events.TASK_HANDED_BACK, task, by=by, at=at, reason=reason)
    send(messages.TaskHandedBack(task, by, on=timezone.localdate(at)), at=at)
    return task


@transaction.atomic
def confirm(*, task: Task, by: Appointment, at: datetime, seen: str | None = None) -> Task:
    """The head answers for the result: the task is done, and all its open entries count from now on."""
    task = begin(task, TaskMove.CONFIRM, by=by, at=at, seen=seen)
    task.move(TaskMove.CONFIRM)
    task.done_at, task.done_by, task.percent, task.reason = at, by, 100, ""
    task.save()
    _open_entries(task).update(confirmed_at=at, confirmed_by=by)
    log.record(events.TASK_CONFIRMED, task, by=by, at=at)
    _close_requests(task, _("Nhiệm vụ đã hoàn thành."), by=by, at=at)
    send(messages.TaskConfirmed(task, by, on=timezone.localdate(at)), at=at)
    return task


def _open_entries(task: Task) -> QuerySet[ProgressEntry]:
    return task.entries.filter(confirmed_at__isnull=True, withdrawn_at__isnull=True)


@transaction.atomic
def redo(*, task: Task, reason: str, by: Appointment, at: datetime, seen: str | None = None) -> Task:
    """Ask for the work to be done again: the refused result is taken back with the reason, so that it never counts."""
    reason = need_reason(reason)
    task = begin(task, TaskMove.REDO, by=by, at=at, seen=seen)
    task.move(TaskMove.REDO)
    refused = _open_entries(task).filter(kind=ProgressEntry.Kind.RESULT)
    refused.update(withdrawn_at=at, withdrawn_by=by, withdrawal_reason=reason)
    task.reason, task.finished_on, task.percent = reason, None, last_percent(task)
    task.save()
    log.record(events.TASK_REDO, task, by=by, at=at, reason=reason)
    send(messages.TaskToRedo(task, by, on=timezone.localdate(at)), at=at)
    return task


def last_percent(task: Task) -> int:
    """How far the task is by its last entry that stands."""
    standing = task.entries.filter(withdrawn_at__isnull=True, unit_id=task.lead_unit_id).order_by("-id")
    return standing.values_list("percent", flat=True).first() or 0


# --- the office stops and goes on -------------------------------------------------------------------------------------


@transaction.atomic
def pause(*, task: Task, reason: str, by: Appointment, at: datetime, seen: str | None = None) -> Task:
    """Stop for a while: the deadline does not count."""
    reason = need_reason(reason)
    task = begin(task, TaskMove.PAUSE, by=by, at=at, seen=seen)
    task.move(TaskMove.PAUSE)
    task.reason = reason
    task.save()
    log.record(events.TASK_PAUSED, task, by=by, at=at, reason=reason)
    send(messages.TaskStopped(task, by, on=timezone.localdate(at)), at=at)
    return task


@transaction.atomic
def resume(*, task: Task, by: Appointment, at: datetime, seen: str | None = None) -> Task:
    """Go on after a pause; the due date is the one before, an extension is asked for if it no longer fits."""
    task = begin(task, TaskMove.RESUME, by=by, at=at, seen=seen)
    task.move(TaskMove.RESUME)
    task.reason = ""
    task.save()
    log.record(events.TASK_RESUMED, task, by=by, at=at)
    send(messages.TaskStopped(task, by, on=timezone.localdate(at)), at=at)
    return task


@transaction.atomic
def withdraw(*, task: Task, reason: str, by: Appointment, at: datetime, seen: str | None = None) -> Task:
    """Take the task back for good. Entries that were confirmed go on counting in reports."""
    reason = need_reason(reason)
    task = begin(task, TaskMove.WITHDRAW, by=by, at=at, seen=seen)
    if task.state == TaskState.PLANNED:
        raise NotAllowed(_("Nhiệm vụ còn trong dự thảo: hãy sửa kế hoạch."))
    _withdraw(task, reason, by=by, at=at)
    return task


def _withdraw(task: Task, reason: str, *, by: Appointment, at: datetime) -> None:
    task.move(TaskMove.WITHDRAW)
    task.reason = reason
    task.save()
    log.record(events.TASK_WITHDRAWN, task, by=by, at=at, reason=reason)
    _close_requests(task, _("Nhiệm vụ đã thu hồi."), by=by, at=at)
    send(messages.TaskStopped(task, by, on=timezone.localdate(at)), at=at)


def _close_requests(task: Task, answer: str, *, by: Appointment, at: datetime) -> None:
    """A request that nobody has to decide any more is refused with the reason."""
    waiting = ExtensionRequest.objects.filter(task=task, state=ExtensionState.ASKED)
    if waiting.update(state=ExtensionState.REFUSED, answer=answer, decided_at=at, decided_by=by):
        log.record(events.EXTENSION_REFUSED, task, by=by, at=at, answer=answer)


# --- units that help, and calls to mind -------------------------------------------------------------------------------


@transaction.atomic
def part_done(*, part: TaskUnit, by: Appointment, at: datetime) -> TaskUnit:
    """The head of a cooperating unit closes the unit's own part; the task itself goes on."""
    task = Task.objects.lock(part.task_id)
    part = TaskUnit.objects.select_for_update(of=("self",)).select_related("unit").get(pk=part.pk)
    part.task = task
    permissions.check_part(by, part, at=at)
    part.done_at, part.done_by = at, by
    part.save(update_fields=["done_at", "done_by"])
    log.record(events.PART_DONE, task, by=by, at=at, unit=part.unit.name)
    send(messages.PartDone(task, by, on=timezone.localdate(at), unit=part.unit), at=at)
    return part


@transaction.atomic
def remind(*, tasks: Iterable[Task], by: Appointment, at: datetime) -> list[Task]:
    """Call tasks to mind: the officer, or the heads while nobody is named. One event per task, one message a day."""
    on = timezone.localdate(at)
    reminded = []
    for task in tasks:
        locked = Task.objects.lock(task.pk)
        permissions.check_remind(by, locked, at=at)
        is_officers = locked.officer is not None and locked.state != TaskState.AWAITING
        whom = locked.officer.person_name if is_officers and locked.officer else locked.lead_unit.name
        log.record(events.TASK_REMINDED, locked, by=by, at=at, whom=whom)
        reminded.append(locked)
    send_all((messages.TaskReminder(task, by, on=on) for task in reminded), at=at)
    return reminded
