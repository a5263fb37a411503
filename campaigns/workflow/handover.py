"""Open tasks of a unit that is dissolved, or of a person who leaves, go over to others in one act with history.

Nobody takes tasks along: what a relieved officer had open lies on the desk of the unit's head from that day.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
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
from units.permissions import NotAllowed, has_permission

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
    _check_successor(unit, successor)
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


def _check_successor(unit: Unit, successor: Unit) -> None:
    is_other = successor.organisation_id == unit.organisation_id and successor.pk != unit.pk
    if not is_other or successor.dissolved_on is not None:
        raise NotAllowed(_("Không chuyển được cho %(unit)s.") % {"unit": successor.name})


@dataclass(frozen=True)
class Move:
    """What a hand-over would do with one task."""

    task: Task
    is_part: bool
    officer: Appointment | None = None


def preview(*, unit: Unit, successor: Unit, by: Appointment, at: datetime) -> list[Move]:
    """What `unit_tasks` would move and who would get it. Raises NotAllowed where that would."""
    permissions.check_unit_handover(by, unit, at=at)
    _check_successor(unit, successor)
    on = timezone.localdate(at)
    running = Task.objects.exclude(state__in=ENDED).select_related("plan__document", "officer__user").order_by("id")
    heirs: dict[int, Appointment] = {}
    found = []
    for task in running.filter(lead_unit=unit):
        if task.officer is not None and task.officer.pk not in heirs:
            heirs[task.officer.pk] = _new_officer(task.officer, successor, on)
        found.append(Move(task, is_part=False, officer=heirs.get(task.officer_id or 0)))
    parts = running.filter(cooperating__unit=unit, cooperating__done_at__isnull=True)
    return found + [Move(task, is_part=True) for task in parts]


def units_with_tasks(organisation: Unit) -> QuerySet[Unit]:
    """Units that still lead or help with running tasks; dissolved ones first."""
    running = Task.objects.filter(organisation=organisation).exclude(state__in=ENDED)
    parts = TaskUnit.objects.filter(task__in=running, done_at__isnull=True)
    holding = Q(pk__in=running.values("lead_unit_id")) | Q(pk__in=parts.values("unit_id"))
    return Unit.objects.filter(holding).order_by(F("dissolved_on").desc(nulls_last=True), "position", "id")


@transaction.atomic
def return_leavers(*, on: date, by: Appointment | None, at: datetime, post: Appointment | None = None) -> list[Task]:
    """Put the running tasks of officers whose post has ended (of `post` only) on their head's desk; the head is told.

    Who holds another post in the same unit keeps them. Where a unit has no head, the tasks wait: reminders go to who
    stands in, and the next pass tries again. `by` None means the daily pass.
    """
    gone = _locked().filter(officer__ends_on__lte=on)
    returned: dict[Unit, list[Task]] = defaultdict(list)
    for task in gone.filter(officer=post) if post is not None else gone:
        if task.officer is None:
            continue
        heir = _heir(task.officer, task.lead_unit, on)
        if heir is None:
            continue
        before, task.officer = task.officer.person_name, heir
        task.save(update_fields=["officer"])
        log.record(events.OFFICER_CHANGED, task, by=by, at=at, before=before, after=heir.person_name)
        returned[task.lead_unit].append(task)
    for unit, rows in returned.items():
        send(messages.TasksReturned(rows, unit, on=on), at=at)
    return [task for rows in returned.values() for task in rows]


def _heir(officer: Appointment, unit: Unit, on: date) -> Appointment | None:
    """The same person in another post of the unit, else the unit's head, else nobody."""
    posts = Appointment.objects.current(on).with_people().filter(user_id=officer.user_id, unit=unit).order_by("id")
    able = [post for post in posts if has_permission(post, "campaigns.progress.report", unit)]
    return next(iter(able or holders("campaigns.task.accept", unit=unit, on=on)), None)


def _new_officer(officer: Appointment, successor: Unit, on: date) -> Appointment:
    """The same person in the new unit, else its head."""
    heir = _heir(officer, successor, on)
    if heir is None:
        raise NotAllowed(_("%(unit)s chưa có trưởng đơn vị để nhận nhiệm vụ.") % {"unit": successor.name})
    return heir


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
