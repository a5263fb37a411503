"""Preview on the page, command and worker give the same bytes for the same document."""

import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents import archive, jobs
from documents.models import HouseRules, JobState
from reports.types import COMPILE
from tests.factories.plans import House, make_house, make_plan
from tests.factories.reports import make_reporting


@pytest.fixture
def house(db: None) -> House:
    return make_house()


@pytest.mark.parametrize(("layout", "size"), [("state", 13), ("state", 14), ("party", 13)])
def test_plan_on_its_page_and_by_command(client: Client, house: House, tmp_path: Path, layout: str, size: int) -> None:
    HouseRules.objects.create(organisation=house.organisation, layout=layout, type_size=size)
    plan = make_plan(house)
    client.force_login(house.office.user)
    shown = client.get(reverse("documents:pdf", args=[plan.document_id])).content
    call_command("render_plan", str(plan.pk), output=tmp_path / "plan.pdf", stdout=StringIO())
    assert shown.startswith(b"%PDF")
    assert (tmp_path / "plan.pdf").read_bytes() == shown


def test_report_by_worker_on_its_page_and_by_command(client: Client, house: House, tmp_path: Path) -> None:
    reporting = make_reporting(house)
    period = reporting.open(2026, 11)
    payload = {"period": period.pk, "by": house.office.pk}
    job = jobs.queue(kind=COMPILE, key=f"{period.pk}-1", payload=payload, by=house.office, at=timezone.now())
    done = jobs.run(job.pk)
    assert done is not None
    client.force_login(house.office.user)
    document = period.reports.get().document
    shown = client.get(reverse("documents:pdf", args=[document.pk])).content
    call_command("render_report", str(done.result["report"]), output=tmp_path / "report.pdf", stdout=StringIO())
    assert done.result["sha256"] == archive.sha256(shown)
    assert (tmp_path / "report.pdf").read_bytes() == shown


def test_a_preview_does_not_wait_for_what_the_workers_have_to_do(client: Client, house: House) -> None:
    """Long reports are made by the workers, from their own queue; a preview is made by the page itself."""
    reporting = make_reporting(house)
    period = reporting.open(2026, 11)
    payload = {"period": period.pk, "by": house.office.pk}
    job = jobs.queue(kind=COMPILE, key=f"{period.pk}-1", payload=payload, by=house.office, at=timezone.now())
    assert jobs.claim(job.pk, at=timezone.now()) is not None  # a worker has it, and is not ready
    plan = make_plan(house)
    client.force_login(house.office.user)
    began = time.monotonic()
    shown = client.get(reverse("documents:pdf", args=[plan.document_id]))
    assert shown.content.startswith(b"%PDF")
    assert time.monotonic() - began < 10
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
