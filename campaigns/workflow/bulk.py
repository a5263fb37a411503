"""One act on many tasks: all of it or nothing, one event a task, and for half a minute it can be taken back."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from audit.models import Event
from campaigns import events, messages, permissions
from campaigns.models import ExtensionRequest, Task, TaskBatch, TaskUnit
from campaigns.states import ExtensionState, TaskMove
from campaigns.workflow import extensions, tasks
from notifications.send import send_all
from units.models import Appointment, Unit
from units.permissions import NotAllowed

Act = TaskBatch.Act
CHANGES = (
    "lead_unit_id", "officer_id", "state", "due_on", "percent", "reason", "assigned_at", "assigned_by_id",
    "accepted_at", "accepted_by_id", "done_at", "done_by_id",
)  # fmt: skip
"""The columns that these acts write; what undo puts back."""
PART = ("unit_id", "due_on", "done_at", "done_by_id")


@dataclass(frozen=True)
class Choice:
    """What the act needs to know; `seen` is the mark of each task as the preview showed it."""

    officer: Appointment | None = None
    lead_unit: Unit | None = None
    due_on: date | None = None
    reason: str = ""
    seen: dict[int, str] = field(default_factory=dict)


def check(act: str, task: Task, *, by: Appointment, at: datetime) -> None:
    """Raise NotAllowed with the sentence why this task is left out."""
    moves = {Act.ACCEPT: TaskMove.ACCEPT, Act.ASSIGN: TaskMove.ASSIGN, Act.CONFIRM: TaskMove.CONFIRM}
    if act == Act.REMIND:
        permissions.check_remind(by, task, at=at)
    elif act == Act.CHANGE_DAY:
        permissions.check_change_day(by, task, at=at)
    else:
        permissions.check_move(by, task, moves[Act(act)], at=at)


def _accept(task: Task, choice: Choice, who: dict[str, Any]) -> None:
    if choice.officer is None:
        raise NotAllowed(_("Hãy chọn người thực hiện."))
    tasks.accept(task=task, officer=choice.officer, seen=choice.seen.get(task.pk), **who)


def _change_day(task: Task, choice: Choice, who: dict[str, Any]) -> None:
    if choice.due_on is None:
        raise NotAllowed(_("Hãy ghi hạn mới."))
    extensions.change_day(task=task, due_on=choice.due_on, reason=choice.reason, seen=choice.seen.get(task.pk), **who)


VERBS: dict[str, Callable[[Task, Choice, dict[str, Any]], Any]] = {
    Act.ACCEPT: _accept,
    Act.ASSIGN: lambda task, choice, who: tasks.assign(
        task=task, lead_unit=choice.lead_unit, seen=choice.seen.get(task.pk), **who
    ),
    Act.CHANGE_DAY: _change_day,
    Act.CONFIRM: lambda task, choice, who: tasks.confirm(task=task, seen=choice.seen.get(task.pk), **who),
    Act.REMIND: lambda task, _choice, who: tasks.remind(tasks=[task], **who),
}


@transaction.atomic
def run(*, act: str, chosen: Sequence[Task], choice: Choice, by: Appointment, at: datetime) -> TaskBatch:
    """The act on each task by its own verb. The first refusal undoes all of it and says which task it was."""
    rows = []
    for task in sorted(chosen, key=lambda task: task.pk):
        before = _before(Task.objects.lock(task.pk))
        try:
            VERBS[act](task, choice, {"by": by, "at": at})
        except NotAllowed as refusal:
            raise NotAllowed(f"{task}: {refusal}") from refusal
        rows.append(before | {"event": _last_event(task.pk)})
    return TaskBatch.objects.create(
        organisation_id=by.organisation_id, act=act, made_at=at, made_by=by,
        rows=json.loads(json.dumps(rows, default=str)),
    )  # fmt: skip


def _before(task: Task) -> dict[str, Any]:
    """What undo needs: columns, entries that may get confirmed, requests that may be closed, parts that may go."""
    open_entries = task.entries.filter(confirmed_at__isnull=True, withdrawn_at__isnull=True)
    return {
        "task": task.pk,
        "columns": {name: getattr(task, name) for name in CHANGES},
        "entries": list(open_entries.values_list("pk", flat=True)),
        "requests": list(task.extensions.filter(state=ExtensionState.ASKED).values_list("pk", flat=True)),
        "parts": list(task.cooperating.values(*PART)),
    }


def _last_event(pk: int) -> int | None:
    return Event.objects.about(Task(pk=pk)).values_list("pk", flat=True).last()


@transaction.atomic
def undo(*, batch: TaskBatch, by: Appointment, at: datetime) -> TaskBatch:
    """Put every task back as it was, with one event each; refused as a whole when one of them changed meanwhile."""
    batch = TaskBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if batch.made_by_id != by.pk or not by.holds_on(timezone.localdate(at)):
        raise NotAllowed(_("Chỉ người đã làm mới hoàn tác được."))
    if not batch.is_open_at(at):
        raise NotAllowed(_("Đã quá 30 giây hoặc đã hoàn tác, không hoàn tác được nữa."))
    told = []
    for row in batch.rows:
        task = Task.objects.lock(row["task"])
        if _last_event(task.pk) != row["event"]:
            raise NotAllowed(_("“%(task)s” đã thay đổi sau đó nên không hoàn tác được.") % {"task": task})
        _put_back(task, row)
        log.record(events.TASK_UNDONE, task, by=by, at=at, act=str(Act(batch.act).label))
        told.append(Task.objects.select_related("lead_unit", "officer__user", "officer__unit").get(pk=task.pk))
    batch.undone_at, batch.undone_by = at, by
    batch.save(update_fields=["undone_at", "undone_by"])
    on, words = timezone.localdate(at), str(Act(batch.act).label)
    send_all((messages.ActUndone(task, by, on=on, act=words) for task in told), at=at)
    return batch


def _put_back(task: Task, row: dict[str, Any]) -> None:
    columns = [(column.attname, column) for column in Task._meta.concrete_fields if column.attname in CHANGES]
    for name, column in columns:
        value = row["columns"][name]
        setattr(task, name, column.to_python(value) if name == column.name else value)
    task.save(update_fields=[column.name for _name, column in columns])
    task.entries.filter(pk__in=row["entries"]).update(confirmed_at=None, confirmed_by=None)
    ExtensionRequest.objects.filter(pk__in=row["requests"]).update(
        state=ExtensionState.ASKED, answer="", decided_at=None, decided_by=None
    )
    have = set(task.cooperating.values_list("unit_id", flat=True))
    TaskUnit.objects.bulk_create(TaskUnit(task=task, **part) for part in row["parts"] if part["unit_id"] not in have)
