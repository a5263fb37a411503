"""Long work: queue a row, let a worker claim it by lease, finish it once, take up what was left.

The broker only wakes a worker up. A lost queue, a killed worker or a broker that is down costs time, never the work:
`sweep` (beat, each 10 s) sends again what waits and what an expired lease left.
"""

import logging
import statistics
import threading
import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from documents import messages
from documents.models import Job, JobState
from notifications.queueing import wake
from notifications.send import send
from units.models import Appointment

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
HEARTBEAT = 5.0  # seconds between two prolongations of the lease
RESEND_AFTER = timedelta(seconds=15)
MOST_ATTEMPTS = 3
LIKE_BEFORE = 20  # finished works that an estimate is made from

Progress = Callable[[str, int], None]
Work = Callable[[Job, Progress], dict[str, Any]]
AGAIN = (JobState.FAILED, JobState.CANCELLED)
_kinds: dict[str, Work] = {}
_told: dict[str, tuple["str | Promise", Callable[[Job], str]]] = {}


class Refused(Exception):
    """The work cannot be done, now or later; the text is the sentence people read. It is not tried again."""


class LeaseLost(Exception):
    """Another worker holds the job by now: whatever this one did is rolled back."""


def declare(kind: str, work: Work, *, label: "str | Promise" = "", url: Callable[[Job], str] | None = None) -> None:
    """Make a kind of work known; called from the owning app's AppConfig.ready().

    With `label` and `url` whoever asked for the work is told when it ended, wherever that person is by then.
    """
    _kinds[kind] = work
    if url is not None:
        _told[kind] = (label, url)


def page_of(job: Job) -> str:
    """The address of the page that the work belongs to; empty when its kind names none."""
    _label, url = _told.get(job.kind, ("", None))
    return url(job) if url else ""


def queue(
    *, kind: str, key: str, payload: dict[str, Any], by: Appointment | None, at: datetime, size: int = 0
) -> Job:
    """The job of this kind and key; made and sent after commit unless it is there already.

    A job that failed or was cancelled is queued again: pressing the button once more is the way to retry. `size` tells
    an estimate which earlier works were alike.
    """
    if kind not in _kinds:
        raise ValueError(f"work of kind {kind} is not declared")
    with transaction.atomic():
        job, is_new = Job.objects.get_or_create(
            kind=kind, key=key, defaults={"payload": payload, "queued_at": at, "requested_by": by, "size": size}
        )
        if not is_new and job.state in AGAIN:
            Job.objects.filter(pk=job.pk, state__in=AGAIN).update(
                state=JobState.QUEUED, attempts=0, error="", finished_at=None, progress=0, stage="", queued_at=at,
                payload=payload, requested_by=by, size=size, token=None, lease_until=None,
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
        job.expected_seconds = expected_seconds(job)
        job.started_at, job.progress, job.stage, job.error = at, 0, "", ""
        job.save()
    return job


def expected_seconds(job: Job) -> int | None:
    """Median time of the last finished works of this kind and about this size; None when there were none."""
    alike = Job.objects.filter(kind=job.kind, state=JobState.DONE, started_at__isnull=False)
    if job.size:
        alike = alike.filter(size__gte=job.size // 2, size__lte=job.size * 2)
    times = alike.order_by("-finished_at").values_list("started_at", "finished_at")[:LIKE_BEFORE]
    seconds = [(end - start).total_seconds() for start, end in times if start and end]
    return max(1, round(statistics.median(seconds))) if seconds else None


def cancel(*, job: Job, at: datetime) -> bool:
    """Stop a job that waits or runs; False when it is over. A worker that does it loses its hold: at its next sign of
    progress, or at its end, what it did is rolled back."""
    open_still = Job.objects.filter(pk=job.pk, state__in=[JobState.QUEUED, JobState.RUNNING])
    return bool(open_still.update(state=JobState.CANCELLED, finished_at=at, lease_until=None, token=None))


class _Heartbeat:
    """Prolongs the lease from a thread of its own while the work runs; always stopped when the work ends.

    Inside the work's own transaction it shows the progress too: written there, nobody would see it, and the row would
    be locked until the end.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self.depth = len(connection.atomic_blocks)
        self.shown: dict[str, Any] = {}
        self.is_lost = False
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
                if not held.update(lease_until=timezone.now() + LEASE, **self.shown):
                    self.is_lost = Job.objects.filter(pk=self.job.pk).exists()
                    return
        finally:
            connection.close()  # this thread's own


    def tell(self, stage: str, percent: int) -> None:
        """Show how far the work is; LeaseLost when the job was cancelled or is somebody else's by now."""
        if self.is_lost:
            raise LeaseLost(self.job.pk)
        if len(connection.atomic_blocks) > self.depth:
            self.shown = {"stage": stage[:150], "progress": percent}
        else:
            self.shown = {}
            _tell(self.job, stage, percent)


def _tell(job: Job, stage: str, percent: int) -> None:
    """Show how far the work is; LeaseLost when the job is somebody else's by now."""
    held = Job.objects.filter(pk=job.pk, token=job.token, state=JobState.RUNNING)
    if not held.update(stage=stage[:150], progress=percent, lease_until=timezone.now() + LEASE):
        raise LeaseLost(job.pk)


def _fail(job: Job, error: str, *, at: datetime) -> None:
    """End the job with its sentence, unless another worker holds it by now."""
    held = Job.objects.filter(pk=job.pk, token=job.token).exclude(state__in=[JobState.DONE, JobState.CANCELLED])
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
        with _Heartbeat(job) as heartbeat:
            result = _kinds[job.kind](job, heartbeat.tell)
            finish(job, result)
    except Refused as refusal:
        _fail(job, str(refusal), at=timezone.now())
    except LeaseLost:
        log.warning("job %s was cancelled or taken over by another worker", job.pk)
    except Exception:
        log.exception("job %s failed at attempt %s", job.pk, job.attempts)
        if not connection.in_atomic_block:
            close_old_connections()  # a database that was restarted left this one dead
        if job.attempts >= MOST_ATTEMPTS:
            words = _("Lỗi trong khi xử lý; quản trị xem nhật ký, công việc số %(id)s.") % {"id": job.pk}
            _fail(job, words, at=timezone.now())
        else:
            held = Job.objects.filter(pk=job.pk, token=job.token, state=JobState.RUNNING)
            held.update(state=JobState.QUEUED, token=None, lease_until=None)
    job.refresh_from_db()
    _announce(job)
    return job


def _announce(job: Job) -> None:
    """Tell whoever asked for the work that it is done or has failed; once for each end."""
    if job.kind in _told and job.requested_by is not None and job.state in (JobState.DONE, JobState.FAILED):
        label, url = _told[job.kind]
        send(messages.JobEnded(job, str(label), url(job)), at=timezone.now())


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
