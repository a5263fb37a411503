"""A report with long tables: its files come from a worker, and a process that dies over it leaves one whole report."""

import threading
from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from documents import jobs, long_files, press, render_pool
from documents.models import Job, JobState
from reports import types, workflow
from reports.models import Report
from tests.factories.plans import make_house
from tests.factories.reports import moment

pytestmark = pytest.mark.django_db
AT = moment(date(2024, 3, 18))
ROWS = 75


@pytest.fixture
def overdue(reporting, monkeypatch):
    """Overdue tasks, a few more than a long table has rows."""
    monkeypatch.setattr(press, "LONG", 70)
    for _ in range(ROWS):
        reporting.task(reporting.house.department, given=date(2024, 1, 10), due=date(2024, 2, 20))
    return reporting


@pytest.fixture
def report(overdue) -> Report:
    period = overdue.open(2024, 3, at=AT)
    return overdue.compile(period, at=AT)


def address(report: Report, ending: str) -> str:
    if ending == "pdf":
        return reverse("documents:pdf", args=[report.document_id])
    return reverse("reports:file", args=[report.pk, ending])


BEGINS = {"pdf": b"%PDF", "docx": b"PK", "xlsx": b"PK"}


@pytest.mark.parametrize("ending", BEGINS)
def test_a_worker_makes_the_file_and_the_page_waits(client, overdue, report, ending, monkeypatch):
    client.force_login(overdue.house.office.user)
    with monkeypatch.context() as patch:
        patch.setattr(press, "render", None)  # the web process prints nothing
        patch.setattr(press, "render_word", None)
        answers = [client.get(address(report, ending)) for _press in range(2)]
        assert [answer.templates[0].name for answer in answers] == ["documents/long_file.html"] * 2
    job = Job.objects.get(kind=long_files.KIND)
    waiting = client.get(reverse("documents:long_file", args=[job.pk]))
    assert "HX-Redirect" not in waiting
    assert jobs.run(job.pk).state == JobState.DONE
    over = client.get(reverse("documents:long_file", args=[job.pk]))
    assert over["HX-Redirect"] == address(report, ending)
    with monkeypatch.context() as patch:
        patch.setattr(press, "render", None)
        assert client.get(address(report, ending)).content.startswith(BEGINS[ending])


def test_another_text_is_another_file(client, overdue, report):
    client.force_login(overdue.house.office.user)
    client.get(address(report, "pdf"))
    jobs.run(Job.objects.get(kind=long_files.KIND).pk)
    workflow.edit_section(report=report, key="strengths", text="Tốt.", before="", by=overdue.house.office, at=AT)
    assert client.get(address(report, "pdf")).templates[0].name == "documents/long_file.html"
    assert Job.objects.filter(kind=long_files.KIND).count() == 2


def test_a_file_that_was_cleared_away_is_made_again(client, overdue, report, settings, tmp_path):
    client.force_login(overdue.house.office.user)
    client.get(address(report, "pdf"))
    jobs.run(Job.objects.get(kind=long_files.KIND).pk)
    settings.MEDIA_ROOT = tmp_path / "empty"
    client.get(address(report, "pdf"))
    assert jobs.run(Job.objects.get(kind=long_files.KIND).pk).state == JobState.DONE
    assert client.get(address(report, "pdf")).content.startswith(b"%PDF")


def test_the_waiting_page_is_for_readers_of_the_report(client, overdue, report):
    client.force_login(overdue.house.office.user)
    client.get(address(report, "pdf"))
    job = Job.objects.get(kind=long_files.KIND)
    client.force_login(make_house().office.user)
    assert client.get(reverse("documents:long_file", args=[job.pk])).status_code == 404


def test_a_printing_process_killed_half_way_leaves_one_whole_report(overdue, monkeypatch):
    """The child dies over a stretch: nothing of the report is kept; the next attempt makes it, with every row."""
    period = overdue.open(2024, 3, at=AT)
    payload = {"period": period.pk, "by": overdue.house.office.pk, "edition": 1}
    queued = jobs.queue(
        kind=types.COMPILE, key=f"{period.pk}:1", payload=payload, by=overdue.house.office, at=timezone.now()
    )
    ask, killed = render_pool._Worker.ask, []

    def kill_first(worker, part):
        if not killed:
            worker.start()
            killed.append(worker.process.pid)
            threading.Timer(0.1, worker.process.kill).start()
        return ask(worker, part)

    monkeypatch.setattr(render_pool._Worker, "ask", kill_first)
    first = jobs.run(queued.pk)
    assert (killed != [], first.state, Report.objects.count()) == (True, JobState.QUEUED, 0)
    job = jobs.run(queued.pk)
    assert (job.state, Report.objects.count()) == (JobState.DONE, 1)
    document = Report.objects.get().document
    made = PdfReader(BytesIO(long_files.ready(document, types.compose(document), "pdf")))
    text = " ".join(" ".join(page.extract_text().split()) for page in made.pages)
    assert [number for number in range(ROWS) if f"Nhiệm vụ {number}" not in text] == []
