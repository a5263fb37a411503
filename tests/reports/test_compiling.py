"""The compile job: whatever happens to a worker, one report, whole."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from documents import jobs, long_files, pdf
from documents.archive import sha256
from documents.models import Job, JobState
from documents.states import DocumentState
from reports import types
from reports.compose import compose
from reports.models import Report
from tests.factories.reports import moment

pytestmark = pytest.mark.django_db
AT = moment(date(2024, 3, 18))


@pytest.fixture
def queued(reporting) -> Job:
    """A compilation of an opened period that no worker has seen yet."""
    period = reporting.open(2024, 3, at=AT)
    reporting.send(period, at=AT)
    payload = {"period": period.pk, "by": reporting.house.office.pk, "edition": 1}
    return jobs.queue(
        kind=types.COMPILE, key=f"{period.pk}:1", payload=payload, by=reporting.house.office, at=timezone.now()
    )


def test_job_makes_the_report_and_its_first_pdf(queued):
    job = jobs.run(queued.pk)
    report = Report.objects.get()
    kept = long_files.ready(report.document, compose(report.document), "pdf")
    assert (job.state, job.result["report"], job.progress) == (JobState.DONE, report.pk, 100)
    assert (kept[:8], sha256(kept)) == (b"%PDF-1.7", job.result["sha256"])


def test_job_that_runs_again_after_its_end_does_nothing(queued):
    jobs.run(queued.pk)
    assert jobs.run(queued.pk) is None
    assert Report.objects.count() == 1


def test_worker_killed_in_the_middle_leaves_nothing_and_the_next_makes_one(queued, monkeypatch):
    """The process dies while it renders: its transaction is gone, its lease runs out."""

    class Killed(BaseException):
        pass

    def killed(*args, **kwargs):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(pdf, "render", killed)
        with pytest.raises(Killed):
            jobs.run(queued.pk)
    queued.refresh_from_db()
    assert (queued.state, Report.objects.count()) == (JobState.RUNNING, 0)
    assert jobs.run(queued.pk) is None  # the lease still holds
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert jobs.run(queued.pk).state == JobState.DONE
    assert list(Report.objects.values_list("edition", "document__state")) == [(1, DocumentState.DRAFT)]


def test_worker_that_lost_its_lease_is_rolled_back(queued, monkeypatch):
    """While the first one renders, its lease runs out and a second one does the whole work."""
    render, seen = pdf.render, []

    def slow(text, **options):
        if not seen:
            seen.append(1)
            Job.objects.update(token="00000000-0000-0000-0000-000000000001")
        return render(text, **options)

    monkeypatch.setattr(pdf, "render", slow)
    job = jobs.run(queued.pk)
    assert (job.state, Report.objects.count()) == (JobState.RUNNING, 0)
    Job.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert jobs.run(queued.pk).state == JobState.DONE
    assert list(Report.objects.values_list("edition", "document__state")) == [(1, DocumentState.DRAFT)]


def test_refusal_ends_the_job_with_its_sentence(reporting, queued):
    reporting.compile(Report._meta.get_field("period").related_model.objects.get(), at=AT)
    job = jobs.run(queued.pk)
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert job.error == "Người khác vừa tổng hợp báo cáo của kỳ này. Hãy xem bản đó trước."
    assert Report.objects.count() == 1


def test_who_lost_the_account_or_the_post_meanwhile_compiles_nothing(reporting, queued):
    office = reporting.house.office
    office.user.is_active = False
    office.user.save()
    assert jobs.run(queued.pk).state == JobState.FAILED

    office.user.is_active = True
    office.user.save()
    office.ends_on = timezone.localdate()
    office.save()
    again = jobs.queue(kind=types.COMPILE, key=queued.key, payload=queued.payload, by=office, at=timezone.now())
    assert jobs.run(again.pk).error == f"Chức vụ “{office.post_title}” không còn hiệu lực."
    assert Report.objects.count() == 0
