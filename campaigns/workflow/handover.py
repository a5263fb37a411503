"""Open tasks of a unit that is dissolved, or of a person who leaves, go over to others in one act with history."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from campaigns import events, messages, permissions
from campaigns.models import Task, TaskUnit
from campaigns.models.task import TaskQuerySet
from campaigns.states import TaskState
from campaigns.workflow.tasks import need_reason
from notifications.audiences import holders
from notifications.send import send
from units.models import Appointment, Unit
from units.permissions import NotAllowed

ENDED = (TaskState.PLANNED, TaskState.DONE, TaskState.WITHDRAWN)
"""Drafts are changed by their drafters, what is over stays with who did it."""


def _locked() -> TaskQuerySet:
    return (
        Task.objects.select_for_update(of=("self",))
        .exclude(state__in=ENDED)
        .select_related("lead_unit", "organisation", "plan__document", "officer__user", "officer__unit")
        .order_by("id")
    )


@transaction.atomic
def unit_tasks(*, unit: Unit, successor: Unit, reason: str, by: Appointment, at: datetime) -> list[Task]:
    """Hand all running tasks that `unit` leads or helps with over to `successor`; states and days stay.

    Each officer keeps the task if he has a post in the successor today, else its head takes it. Entries written so far
    stay the old unit's.
    """
    reason, on = need_reason(reason), timezone.localdate(at)
    permissions.check_unit_handover(by, unit, at=at)
    is_other = successor.organisation_id == unit.organisation_id and successor.pk != unit.pk
    if not is_other or successor.dissolved_on is not None:
        raise NotAllowed(_("Không chuyển được cho %(unit)s.") % {"unit": successor.name})
    moved = list(_locked().filter(lead_unit=unit))
    for task in moved:
        if task.officer is not None:
            task.officer = _new_officer(task.officer, successor, on)
        task.lead_unit = successor
        task.save(update_fields=["lead_unit", "officer"])
        TaskUnit.objects.filter(task=task, unit=successor).delete()
        _note(task, unit.name, successor.name, reason, by=by, at=at)
    moved_parts = _hand_over_parts(unit, successor, reason, by=by, at=at)
    if moved:
        send(messages.TasksHandedOver(moved, successor, by, on=on), at=at)
    return moved + moved_parts


def _new_officer(officer: Appointment, successor: Unit, on: date) -> Appointment:
    """The same person in the new unit, else its head."""
    again = (
        Appointment.objects.current(on)
        .with_people()
        .filter(user_id=officer.user_id, unit=successor)
        .order_by("id")
        .first()
    )
    heads = [] if again else holders("campaigns.task.accept", unit=successor, on=on)
    if again is None and not heads:
        raise NotAllowed(_("%(unit)s chưa có trưởng đơn vị để nhận nhiệm vụ.") % {"unit": successor.name})
    return again or heads[0]


def _hand_over_parts(unit: Unit, successor: Unit, reason: str, *, by: Appointment, at: datetime) -> list[Task]:
    """Open cooperations; where the successor takes part already, the old part falls away."""
    tasks = list(_locked().filter(cooperating__unit=unit, cooperating__done_at__isnull=True))
    for task in tasks:
        part = TaskUnit.objects.get(task=task, unit=unit)
        if task.lead_unit_id == successor.pk or TaskUnit.objects.filter(task=task, unit=successor).exists():
            part.delete()
        else:
            part.unit = successor
            part.save(update_fields=["unit"])
        _note(task, unit.name, successor.name, reason, by=by, at=at)
    return tasks


@transaction.atomic
def person_tasks(
    *, officer: Appointment, successor: Appointment, reason: str, by: Appointment, at: datetime
) -> list[Task]:
    """Hand all running tasks of a person over to another of the same unit: who leaves takes no task along."""
    reason, on = need_reason(reason), timezone.localdate(at)
    permissions.check_handover(by, officer.unit, at=at)
    permissions.check_officer(successor, officer.unit, at=at)
    if successor.pk == officer.pk:
        raise NotAllowed(_("Hãy chọn người khác."))
    moved = list(_locked().filter(officer=officer))
    for task in moved:
        task.officer = successor
        task.save(update_fields=["officer"])
        _note(task, officer.person_name, successor.person_name, reason, by=by, at=at)
    if moved:
        send(messages.TasksHandedOver(moved, officer.unit, by, on=on), at=at)
    return moved


def _note(task: Task, before: str, after: str, reason: str, *, by: Appointment, at: datetime) -> None:
    log.record(events.TASK_HANDED_OVER, task, by=by, at=at, before=before, after=after, reason=reason)
