"""What was done: entries with text, percent, figures and evidence. They are never edited; a wrong one is withdrawn."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from campaigns import events, messages, permissions
from campaigns.evidence import MOST_FILES, Kept
from campaigns.models import Evidence, Indicator, ProgressEntry, ProgressFigure, Task
from campaigns.states import TaskMove
from campaigns.workflow.tasks import begin, last_percent, need_reason
from notifications.send import send
from units.models import Appointment
from units.permissions import NotAllowed

Figures = Mapping[Indicator, Decimal]


@transaction.atomic
def report(
    *, task: Task, text: str, percent: int, by: Appointment, at: datetime, figures: Figures | None = None,
    evidence: Sequence[Kept] = (), happened_on: date | None = None, seen: str | None = None,
) -> ProgressEntry:  # fmt: skip
    """Say how far the task is. The heads of the unit are told; the entry counts once one of them confirms it."""
    task = begin(task, TaskMove.REPORT, by=by, at=at, seen=seen)
    task.move(TaskMove.REPORT)
    entry = _write(task, ProgressEntry.Kind.PROGRESS, text, percent, figures or {}, evidence, happened_on, by=by, at=at)
    task.percent, task.reason = percent, ""
    task.save()
    log.record(events.PROGRESS_REPORTED, task, by=by, at=at, percent=percent, entry=entry.pk)
    send(messages.ProgressReported(task, by, on=timezone.localdate(at), entry=entry), at=at)
    return entry


@transaction.atomic
def finish(
    *, task: Task, text: str, by: Appointment, at: datetime, figures: Figures | None = None,
    evidence: Sequence[Kept] = (), happened_on: date | None = None, seen: str | None = None,
) -> ProgressEntry:  # fmt: skip
    """Report the result; it waits for the head's confirmation. The day of the report decides if it came in time."""
    task = begin(task, TaskMove.FINISH, by=by, at=at, seen=seen)
    task.move(TaskMove.FINISH)
    entry = _write(task, ProgressEntry.Kind.RESULT, text, 100, figures or {}, evidence, happened_on, by=by, at=at)
    task.percent, task.reason, task.finished_on = 100, "", timezone.localdate(at)
    task.save()
    log.record(events.TASK_FINISHED, task, by=by, at=at, entry=entry.pk)
    send(messages.TaskToConfirm(task, by, on=timezone.localdate(at), entry=entry), at=at)
    return entry


def _write(
    task: Task, kind: str, text: str, percent: int, figures: Figures, evidence: Sequence[Kept],
    happened_on: date | None, *, by: Appointment, at: datetime,
) -> ProgressEntry:  # fmt: skip
    today = timezone.localdate(at)
    happened_on = happened_on or today
    _check_entry(task, text, percent, figures, evidence, happened_on, today)
    entry = ProgressEntry.objects.create(
        task=task, unit=task.lead_unit, kind=kind, text=text.strip(), percent=percent, happened_on=happened_on,
        reported_at=at, reported_by=by,
    )  # fmt: skip
    ProgressFigure.objects.bulk_create(
        ProgressFigure(entry=entry, indicator=indicator, value=value) for indicator, value in figures.items()
    )
    Evidence.objects.bulk_create(
        Evidence(
            entry=entry, name=kept.name, media_type=kept.media_type, size=kept.size, sha256=kept.sha256, file=kept.file,
            thumbnail=kept.thumbnail,
        )
        for kept in evidence
    )  # fmt: skip
    return entry


def _check_entry(
    task: Task, text: str, percent: int, figures: Figures, evidence: Sequence[Kept], happened_on: date, today: date
) -> None:
    if not text.strip():
        raise NotAllowed(_("Hãy ghi kết quả hoặc tiến độ."))
    if not 0 <= percent <= 100:
        raise NotAllowed(_("Tiến độ là số từ 0 đến 100."))
    if happened_on > today:
        raise NotAllowed(_("Ngày thực hiện không được ở tương lai."))
    if len(evidence) > MOST_FILES:
        raise NotAllowed(_("Mỗi lần báo cáo kèm nhiều nhất %(count)s tệp.") % {"count": MOST_FILES})
    asked = set(task.indicators.values_list("indicator_id", flat=True))
    if any(indicator.pk not in asked for indicator in figures):
        raise NotAllowed(_("Có chỉ tiêu không thuộc nhiệm vụ này."))
    if any(value < 0 for value in figures.values()):
        raise NotAllowed(_("Số liệu không được âm."))


def _lock(entry: ProgressEntry) -> ProgressEntry:
    """The entry with its task, both locked: the task first, as every verb does."""
    task = Task.objects.lock(entry.task_id)
    locked = ProgressEntry.objects.select_for_update(of=("self",)).select_related("unit").get(pk=entry.pk)
    locked.task = task
    return locked


@transaction.atomic
def confirm_entry(*, entry: ProgressEntry, by: Appointment, at: datetime) -> ProgressEntry:
    """The head stands for one entry: from now on its figures count in reports."""
    entry = _lock(entry)
    permissions.check_confirm_entry(by, entry, at=at)
    entry.confirmed_at, entry.confirmed_by = at, by
    entry.save(update_fields=["confirmed_at", "confirmed_by"])
    log.record(events.PROGRESS_CONFIRMED, entry.task, by=by, at=at, entry=entry.pk)
    return entry


@transaction.atomic
def withdraw_entry(*, entry: ProgressEntry, reason: str, by: Appointment, at: datetime) -> ProgressEntry:
    """Take a wrong entry back with a reason; it stays readable and counts no more. Frozen reports keep its figures."""
    reason = need_reason(reason)
    entry = _lock(entry)
    permissions.check_withdraw_entry(by, entry, at=at)
    entry.withdrawn_at, entry.withdrawn_by, entry.withdrawal_reason = at, by, reason
    entry.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    task = entry.task
    if task.finished_on is None:
        task.percent = last_percent(task)
        task.save(update_fields=["percent"])
    log.record(events.PROGRESS_WITHDRAWN, task, by=by, at=at, reason=reason, entry=entry.pk)
    send(messages.EntryWithdrawn(task, by, on=timezone.localdate(at), entry=entry), at=at)
    return entry
