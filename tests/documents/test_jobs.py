"""Job rows: claimed once, held by lease, taken up when left, ended once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from documents import jobs, tasks
from documents.models import Job, JobState
from notifications import queueing
from notifications.models import Message

pytestmark = pytest.mark.django_db
S = JobState


@pytest.fixture
def kind(monkeypatch):
    """A kind of work that tests steer by `kind.work`."""

    class Kind:
        name = "test.work"
        calls: list[int] = []

        def work(self, job, progress):
            self.calls.append(job.attempts)
            progress("nửa đường", 50)
            return {"answer": 42}

    made = Kind()
    made.calls = []
    monkeypatch.setitem(jobs._kinds, made.name, lambda job, progress: made.work(job, progress))
    return made


def queue(kind, key="1", **payload) -> Job:
    return jobs.queue(kind=kind.name, key=key, payload=payload, by=None, at=timezone.now())


def expire(job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_queue_twice_is_one_job(kind):
    assert queue(kind, text="a") == queue(kind, text="b")
    assert Job.objects.get().payload == {"text": "a"}


def test_queue_refuses_a_kind_that_nobody_declared():
    with pytest.raises(ValueError, match="not declared"):
        jobs.queue(kind="nobody", key="1", payload={}, by=None, at=timezone.now())


def test_run_does_the_work_once(kind):
    job = jobs.run(queue(kind).pk)
    assert (job.state, job.result, job.stage) == (S.DONE, {"answer": 42}, "nửa đường")
    assert (job.progress, job.attempts) == (100, 1)
    assert jobs.run(job.pk) is None
    assert kind.calls == [1]


def test_claim_is_for_one_until_the_lease_is_over(kind):
    job, now = queue(kind), timezone.now()
    first = jobs.claim(job.pk, at=now)
    assert first is not None
    assert jobs.claim(job.pk, at=now + jobs.LEASE) is None
    second = jobs.claim(job.pk, at=now + jobs.LEASE + timedelta(seconds=1))
    assert second is not None
    assert (second.attempts, second.token != first.token) == (2, True)


def test_progress_prolongs_the_lease(kind):
    job = jobs.claim(queue(kind).pk, at=timezone.now() - timedelta(seconds=20))
    before = job.lease_until
    jobs._tell(job, "đang làm", 30)
    job.refresh_from_db()
    assert (job.stage, job.progress, job.lease_until > before) == ("đang làm", 30, True)


def test_who_lost_the_lease_may_neither_tell_nor_finish(kind):
    job = queue(kind)
    first = jobs.claim(job.pk, at=timezone.now() - timedelta(minutes=1))
    second = jobs.claim(job.pk, at=timezone.now())
    with pytest.raises(jobs.LeaseLost):
        jobs._tell(first, "muộn", 90)
    with pytest.raises(jobs.LeaseLost):
        jobs.finish(first, {"answer": 1})
    jobs.finish(second, {"answer": 2})
    jobs.finish(second, {"answer": 2})
    job.refresh_from_db()
    assert (job.state, job.result) == (S.DONE, {"answer": 2})


def test_who_lost_the_lease_may_not_fail_the_job_either(kind):
    def refused_too_late(job, progress):
        Job.objects.filter(pk=job.pk).update(token="00000000-0000-0000-0000-000000000001")
        raise jobs.Refused("không được")

    kind.work = refused_too_late
    job = jobs.run(queue(kind).pk)
    assert (job.state, job.error) == (S.RUNNING, "")


def test_refused_ends_at_once_with_its_sentence_and_is_queued_again_by_a_press(kind):
    def refused(job, progress):
        raise jobs.Refused("Kỳ đã kết thúc.")

    kind.work = refused
    job = jobs.run(queue(kind).pk)
    assert (job.state, job.error, job.attempts) == (S.FAILED, "Kỳ đã kết thúc.", 1)
    again = queue(kind, text="mới")
    assert (again.pk, again.state, again.attempts, again.error) == (job.pk, S.QUEUED, 0, "")
    assert again.payload == {"text": "mới"}


def test_three_errors_fail_the_job_for_good(kind, caplog):
    def broken(job, progress):
        kind.calls.append(job.attempts)
        raise ZeroDivisionError

    kind.work = broken
    job = queue(kind)
    states = [jobs.run(job.pk).state for _ in range(3)]
    job.refresh_from_db()
    assert (states, kind.calls) == ([S.QUEUED, S.QUEUED, S.FAILED], [1, 2, 3])
    assert job.error.startswith("Lỗi trong khi xử lý")
    assert jobs.run(job.pk) is None
    assert len(caplog.records) == 3


def test_three_dead_workers_fail_the_job_for_good(kind):
    job = queue(kind)
    for _ in range(3):
        assert jobs.claim(job.pk, at=timezone.now()) is not None
        expire(job)
    assert jobs.claim(job.pk, at=timezone.now()) is None
    job.refresh_from_db()
    assert (job.state, job.error) == (S.FAILED, "Đã thử 3 lần mà máy xử lý đều dừng giữa chừng.")


def test_sweep_sends_what_waits_and_what_was_left(kind, monkeypatch):
    sent = []
    monkeypatch.setattr(jobs, "_wake", sent.append)
    now, past = timezone.now(), timezone.now() - timedelta(minutes=1)
    waiting, fresh, running, left, over = (queue(kind, key) for key in "abcde")
    Job.objects.filter(pk=waiting.pk).update(queued_at=past, sent_at=None)
    for job in (running, left):
        jobs.claim(job.pk, at=now)
    expire(left)
    jobs.run(over.pk)
    assert jobs.sweep(at=now) == 2
    assert sorted(sent) == sorted([waiting.pk, left.pk])
    Job.objects.filter(pk=waiting.pk).update(sent_at=now)
    expire(left), jobs.run(left.pk)
    assert jobs.sweep(at=now) == 0
    assert fresh.state == S.QUEUED


def test_broker_that_is_down_costs_time_not_the_job(kind, commits, monkeypatch, caplog):
    def down(**options):
        raise OperationalError("no broker")

    with monkeypatch.context() as patch:
        patch.setattr(queueing, "_quiet_until", 0.0)
        patch.setattr(tasks.run_job, "apply_async", down)
        with commits():
            job = queue(kind)
    job.refresh_from_db()
    assert (job.state, job.sent_at) == (S.QUEUED, None)
    assert ["no broker" in record.getMessage() for record in caplog.records] == [True]
    monkeypatch.setattr(queueing, "_quiet_until", 0.0)  # the broker is back
    assert jobs.sweep(at=timezone.now() + jobs.RESEND_AFTER * 2) == 1
    job.refresh_from_db()
    assert job.sent_at is not None


def test_tasks_call_the_jobs(kind):
    job = queue(kind)
    tasks.run_job(job_id=job.pk)
    assert tasks.sweep_jobs() == 0
    job.refresh_from_db()
    assert job.state == S.DONE


@pytest.mark.django_db(transaction=True)
def test_heartbeat_holds_the_lease_while_the_work_runs(kind, monkeypatch):
    monkeypatch.setattr(jobs, "HEARTBEAT", 0.05)
    beaten = threading.Event()
    job = queue(kind)
    held = jobs.claim(job.pk, at=timezone.now() - timedelta(seconds=25))
    before = held.lease_until
    with jobs._Heartbeat(held):
        for _ in range(100):
            held.refresh_from_db()
            if held.lease_until > before:
                beaten.set()
                break
            threading.Event().wait(0.05)
    assert beaten.is_set()
    assert not [thread for thread in threading.enumerate() if thread.name == f"lease-{job.pk}"]
    connection.close()


# --- stopping, estimates ----------------------------------------------------------------------------------------------
def test_cancelled_while_it_waits_is_never_done_and_a_press_queues_it_again(kind):
    job = queue(kind)
    assert jobs.cancel(job=job, at=timezone.now()) is True
    assert jobs.run(job.pk) is None
    assert (kind.calls, jobs.cancel(job=job, at=timezone.now())) == ([], False)
    assert (queue(kind).state, jobs.run(job.pk).state) == (S.QUEUED, S.DONE)


def test_cancelled_while_it_runs_stops_at_the_next_sign_of_progress(kind):
    after = []

    def stopped(job, progress):
        jobs.cancel(job=job, at=timezone.now())
        progress("tiếp", 60)
        after.append("went on")

    kind.work = stopped
    job = jobs.run(queue(kind).pk)
    assert (job.state, job.progress, after) == (S.CANCELLED, 0, [])


def test_cancelled_at_the_very_end_is_not_done_nor_failed(kind):
    def too_late(job, progress):
        jobs.cancel(job=job, at=timezone.now())
        raise ZeroDivisionError

    kind.work = too_late
    assert jobs.run(queue(kind).pk).state == S.CANCELLED


def test_progress_inside_the_works_transaction_does_not_lock_the_row(kind):
    def inside(job, progress):
        with transaction.atomic():
            progress("trong giao dịch", 70)
            job.refresh_from_db()
            return {"seen": job.progress}

    kind.work = inside
    assert jobs.run(queue(kind).pk).result == {"seen": 0}


def test_estimate_is_the_median_of_like_work_and_honest_when_there_is_none(kind):
    now = timezone.now()
    assert jobs.expected_seconds(queue(kind)) is None
    for key, size, seconds in (("a", 100, 10), ("b", 120, 20), ("c", 90, 30), ("d", 5000, 300)):
        job = jobs.queue(kind=kind.name, key=key, payload={}, by=None, at=now, size=size)
        start = now - timedelta(seconds=seconds)
        Job.objects.filter(pk=job.pk).update(state=S.DONE, started_at=start, finished_at=now)
    job = jobs.queue(kind=kind.name, key="new", payload={}, by=None, at=now, size=110)
    job = jobs.claim(job.pk, at=now)
    assert (job.expected_seconds, job.seconds_left(now + timedelta(seconds=5))) == (20, 15)
    assert job.seconds_left(now + timedelta(seconds=25)) is None


@pytest.mark.parametrize(("fails", "subject"), [(False, "Đã xong: Việc thử"), (True, "Không thành: Việc thử")])
def test_whoever_asked_is_told_once_how_it_ended(kind, house, monkeypatch, fails, subject):
    def refused(job, progress):
        raise jobs.Refused("Thiếu số liệu.")

    if fails:
        kind.work = refused
    monkeypatch.setitem(jobs._told, kind.name, ("Việc thử", lambda job: "/bao-cao/"))
    job = jobs.queue(kind=kind.name, key="1", payload={}, by=house.office, at=timezone.now())
    for _ in range(2):
        jobs.run(job.pk)
    told = Message.objects.filter(name="documents_job_ended")
    assert [(each.user_id, each.subject, each.url) for each in told] == [(house.office.user_id, subject, "/bao-cao/")]
    assert ("Thiếu số liệu." in told[0].body) is fails
