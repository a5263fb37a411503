"""Long work: queue a row, let a worker claim it by lease, finish it once, take up what was left.

The broker only wakes a worker up. A lost queue, a killed worker or a broker that is down costs time, never the work:
`sweep` (beat, each 10 s) sends again what waits and what an expired lease left.
"""

import logging
import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Job, JobState
from notifications.queueing import wake
from units.models import Appointment

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
HEARTBEAT = 10.0  # seconds between two prolongations of the lease
RESEND_AFTER = timedelta(seconds=15)
MOST_ATTEMPTS = 3

Progress = Callable[[str, int], None]
Work = Callable[[Job, Progress], dict[str, Any]]
_kinds: dict[str, Work] = {}


class Refused(Exception):
    """The work cannot be done, now or later; the text is the sentence people read. It is not tried again."""


class LeaseLost(Exception):
    """Another worker holds the job by now: whatever this one did is rolled back."""


def declare(kind: str, work: Work) -> None:
    """Make a kind of work known; called from the owning app's AppConfig.ready()."""
    _kinds[kind] = work


def queue(*, kind: str, key: str, payload: dict[str, Any], by: Appointment | None, at: datetime) -> Job:
    """The job of this kind and key; made and sent after commit unless it is there already.

    A job that failed is queued again: pressing the button once more is the way to retry.
    """
    if kind not in _kinds:
        raise ValueError(f"work of kind {kind} is not declared")
    with transaction.atomic():
        job, is_new = Job.objects.get_or_create(
            kind=kind, key=key, defaults={"payload": payload, "queued_at": at, "requested_by": by}
        )
        if not is_new and job.state == JobState.FAILED:
            Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
                state=JobState.QUEUED, attempts=0, error="", finished_at=None, progress=0, stage="", queued_at=at,
                payload=payload, requested_by=by,
            )  # fmt: skip
            job.refresh_from_db()
        transaction.on_commit(partial(_wake, job.pk))
    return job


def _wake(job_id: int) -> None:
    """Send the job's number to the workers. With a broker that is down the job waits for the sweeper."""
    from documents.tasks import run_job  # noqa: PLC0415 (tasks call this module)

    if wake(run_job, job_id=job_id):
        Job.objects.filter(pk=job_id).update(sent_at=timezone.now())


def claim(job_id: int, *, at: datetime) -> Job | None:
    """Take the job if it waits or its lease has run out; None when somebody else has it or it is over."""
    token = uuid.uuid4()
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, lease_until__lt=at)
    with transaction.atomic():
        job = Job.objects.select_for_update(skip_locked=True).filter(free, pk=job_id).first()
        if job is None:
            return None
        job.attempts += 1
        if job.attempts > MOST_ATTEMPTS:
            _fail(job, _("Đã thử %(count)s lần mà máy xử lý đều dừng giữa chừng.") % {"count": MOST_ATTEMPTS}, at=at)
            return None
        job.state, job.token, job.lease_until = JobState.RUNNING, token, at + LEASE
        job.started_at, job.progress, job.stage, job.error = at, 0, "", ""
        job.save()
    return job


class _Heartbeat:
    """Prolongs the lease from a thread of its own while the work runs; always stopped when the work ends."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self._beat, name=f"lease-{job.pk}", daemon=True)

    def __enter__(self) -> "_Heartbeat":
        self.thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stopped.set()
        self.thread.join(timeout=5)

    def _beat(self) -> None:
        try:
            while not self.stopped.wait(HEARTBEAT):
                held = Job.objects.filter(pk=self.job.pk, token=self.job.token, state=JobState.RUNNING)
                if not held.update(lease_until=timezone.now() + LEASE):
                    return
        finally:
            connection.close()  # this thread's own


def _tell(job: Job, stage: str, percent: int) -> None:
    """Show how far the work is; LeaseLost when the job is somebody else's by now."""
    held = Job.objects.filter(pk=job.pk, token=job.token, state=JobState.RUNNING)
    if not held.update(stage=stage[:150], progress=percent, lease_until=timezone.now() + LEASE):
        raise LeaseLost(job.pk)


def _fail(job: Job, error: str, *, at: datetime) -> None:
    """End the job with its sentence, unless another worker holds it by now."""
    held = Job.objects.filter(pk=job.pk, token=job.token).exclude(state=JobState.DONE)
    held.update(state=JobState.FAILED, error=error, finished_at=at, attempts=job.attempts)


def run(job_id: int) -> Job | None:
    """Do the job if it is free. The work's effect and its end are one transaction, bound to the lease's token.

    A `Refused` ends it with its sentence; any other error is logged, leaves the job to the sweeper, and fails it
    for good after three attempts.
    """
    job = claim(job_id, at=timezone.now())
    if job is None:
        return None
    try:
        with _Heartbeat(job):
            result = _kinds[job.kind](job, partial(_tell, job))
            finish(job, result)
    except Refused as refusal:
        _fail(job, str(refusal), at=timezone.now())
    except LeaseLost:
        log.warning("job %s was taken over by another worker", job.pk)
    except Exception:
        log.exception("job %s failed at attempt %s", job.pk, job.attempts)
        if not connection.in_atomic_block:
            close_old_connections()  # a database that was restarted left this one dead
        if job.attempts >= MOST_ATTEMPTS:
            words = _("Lỗi trong khi xử lý; quản trị xem nhật ký, công việc số %(id)s.") % {"id": job.pk}
            _fail(job, words, at=timezone.now())
        else:
            Job.objects.filter(pk=job.pk, token=job.token).update(state=JobState.QUEUED, token=None, lease_until=None)
    job.refresh_from_db()
    return job


def finish(job: Job, result: dict[str, Any]) -> None:
    """Mark the job done. Works call it inside their own transaction when effect and end must be one."""
    held = Job.objects.filter(pk=job.pk, token=job.token)
    done = held.filter(state=JobState.RUNNING).update(
        state=JobState.DONE, result=result, progress=100, finished_at=timezone.now(), error=""
    )
    if not done and not held.filter(state=JobState.DONE).exists():
        raise LeaseLost(job.pk)


def sweep(*, at: datetime) -> int:
    """Send again what waits longer than it should and what a dead worker left; how many were sent."""
    waiting = Q(state=JobState.QUEUED) & Q(queued_at__lt=at - RESEND_AFTER)
    waiting &= Q(sent_at__isnull=True) | Q(sent_at__lt=at - RESEND_AFTER)
    left = Q(state=JobState.RUNNING, lease_until__lt=at)
    with transaction.atomic():
        locked = Job.objects.select_for_update(skip_locked=True).filter(waiting | left)
        found = list(locked.values_list("pk", flat=True)[:200])
    for job_id in found:
        _wake(job_id)
    return len(found)
