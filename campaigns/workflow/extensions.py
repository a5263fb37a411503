"""A later day: asked before the due date is over with a reason, decided by the office or the director; or ordered.

The original day stays for ever.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from campaigns import events, messages, permissions
from campaigns.models import ExtensionRequest, Task
from campaigns.states import ExtensionState
from campaigns.workflow.tasks import check_seen, need_reason
from notifications.send import send
from units.models import Appointment
from units.permissions import NotAllowed


@transaction.atomic
def ask(*, task: Task, proposed_on: date, reason: str, by: Appointment, at: datetime) -> ExtensionRequest:
    """Ask for a later day; one request at a time. Who decides by the plan is told."""
    reason = need_reason(reason)
    task = Task.objects.lock(task.pk)
    permissions.check_ask_extension(by, task, at=at)
    if task.due_on is None or proposed_on <= task.due_on:
        raise NotAllowed(_("Hạn đề nghị phải sau hạn đang tính."))
    request = ExtensionRequest.objects.create(
        task=task, due_before=task.due_on, proposed_on=proposed_on, reason=reason, asked_at=at, asked_by=by
    )
    log.record(events.EXTENSION_ASKED, task, by=by, at=at, proposed_on=f"{proposed_on:%d/%m/%Y}", reason=reason)
    send(messages.ExtensionAsked(request, by, on=timezone.localdate(at)), at=at)
    return request


def _begin(request: ExtensionRequest, *, by: Appointment, at: datetime) -> ExtensionRequest:
    task = Task.objects.lock(request.task_id)
    locked = (
        ExtensionRequest.objects.select_for_update(of=("self",))
        .select_related("asked_by__user", "asked_by__unit")
        .get(pk=request.pk)
    )
    locked.task = task
    permissions.check_decide_extension(by, locked, at=at)
    return locked


@transaction.atomic
def grant(
    *, request: ExtensionRequest, by: Appointment, at: datetime, granted_on: date | None = None, answer: str = ""
) -> ExtensionRequest:
    """Move the due date to the proposed day, or to another one after the present due date."""
    request = _begin(request, by=by, at=at)
    task, day = request.task, granted_on or request.proposed_on
    if task.due_on is None or day <= task.due_on:
        raise NotAllowed(_("Hạn mới phải sau hạn đang tính."))
    request.state, request.granted_on, request.answer = ExtensionState.GRANTED, day, answer.strip()
    request.decided_at, request.decided_by = at, by
    request.save()
    task.due_on = day
    task.save(update_fields=["due_on"])
    log.record(events.EXTENSION_GRANTED, task, by=by, at=at, granted_on=f"{day:%d/%m/%Y}", answer=request.answer)
    send(messages.ExtensionDecided(request, by, on=timezone.localdate(at)), at=at)
    return request


@transaction.atomic
def change_day(
    *, task: Task, due_on: date, reason: str, by: Appointment, at: datetime, seen: str | None = None
) -> Task:
    """Order another day without a request; the original day stays. Heads and officer are told."""
    reason = need_reason(reason)
    task = Task.objects.lock(task.pk)
    permissions.check_change_day(by, task, at=at)
    check_seen(task, seen)
    before = task.due_on
    if before is None or due_on == before:
        raise NotAllowed(_("Hạn mới trùng hạn đang tính."))
    if due_on < timezone.localdate(at):
        raise NotAllowed(_("Hạn không được ở quá khứ."))
    task.due_on = due_on
    task.save(update_fields=["due_on"])
    log.record(
        events.TASK_DAY_CHANGED, task, by=by, at=at,
        before=f"{before:%d/%m/%Y}", after=f"{due_on:%d/%m/%Y}", reason=reason,
    )  # fmt: skip
    send(messages.DayChanged(task, by, on=timezone.localdate(at)), at=at)
    return task


@transaction.atomic
def refuse(*, request: ExtensionRequest, answer: str, by: Appointment, at: datetime) -> ExtensionRequest:
    """Keep the due date, with a reason."""
    answer = need_reason(answer)
    request = _begin(request, by=by, at=at)
    request.state, request.answer = ExtensionState.REFUSED, answer
    request.decided_at, request.decided_by = at, by
    request.save()
    log.record(events.EXTENSION_REFUSED, request.task, by=by, at=at, answer=answer)
    send(messages.ExtensionDecided(request, by, on=timezone.localdate(at)), at=at)
    return request
