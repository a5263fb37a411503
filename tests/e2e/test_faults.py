"""Parts that die under a running portal: work is done once, pages answer, nothing that was saved is lost."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.e2e.installation import Installation, wait_for

RUNNING = "SELECT state FROM documents_job WHERE kind LIKE 'reports.%%' ORDER BY id DESC LIMIT 1"
REPORTS = "SELECT count(*) FROM reports_report WHERE period_id = %s"
LONGEST_TAKEOVER = 45
LONGEST_PAGE = 3


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with TemporaryDirectory(prefix="cao-diem-installation-") as folder:  # where root's servers can reach it
        made = Installation(Path(folder))
        yield made
        made.stop()


def compile_report(installation: Installation, person: Any) -> int:
    """Press “Tổng hợp báo cáo” on the running period; its id."""
    period = int(installation.ask("SELECT max(id) FROM reports_period"))
    page = person.get(f"/bao-cao/ky/{period}/")
    edition = page.split('name="edition" value="')[1].split('"')[0]
    person.post(f"/bao-cao/ky/{period}/tong-hop/", edition=edition)
    return period


def test_a_killed_worker_leaves_its_work_to_the_next_which_does_it_once(installation: Installation) -> None:
    office = installation.person("vanphong")
    hand_on_table = installation.connect()
    with hand_on_table.cursor() as cursor:
        cursor.execute("LOCK TABLE reports_report IN EXCLUSIVE MODE")  # holds the worker in the middle of its work
        period = compile_report(installation, office)
        wait_for(lambda: installation.ask(RUNNING) == "running", 20)
        installation.kill("worker-pdf")
    hand_on_table.rollback()
    hand_on_table.close()
    installation.start("worker-pdf")
    took = wait_for(lambda: installation.ask(RUNNING) == "done", LONGEST_TAKEOVER)
    assert took <= LONGEST_TAKEOVER
    assert installation.ask(REPORTS, period) == 1
    report = installation.ask("SELECT id FROM reports_report WHERE period_id = %s", period)
    assert f"/bao-cao/{report}/" in office.get(f"/bao-cao/ky/{period}/")


def test_without_redis_pages_answer_and_work_waits_for_it(installation: Installation) -> None:
    office = installation.person("vanphong")
    installation.stop_server("redis")
    times = []
    for path in ("/", "/ke-hoach/", "/nhiem-vu/", "/bao-cao/"):
        office.get(path)
        times.append(office.seconds)
    before = installation.ask("SELECT count(*) FROM reports_report")
    compile_report(installation, office)
    times.append(office.seconds)
    assert max(times) <= LONGEST_PAGE
    assert installation.ask(RUNNING) == "queued"
    installation.start_server("redis")
    wait_for(lambda: installation.ask(RUNNING) == "done", LONGEST_TAKEOVER)
    assert installation.ask("SELECT count(*) FROM reports_report") == before + 1


def test_a_restarted_database_has_lost_nothing(installation: Installation) -> None:
    clerk = installation.person("vanthu")
    signed = installation.ask("SELECT id FROM documents_document WHERE state = 'signed' ORDER BY id LIMIT 1")
    clerk.get(f"/van-ban/{signed}/cap-so/")
    today = installation.ask("SELECT to_char(now() AT TIME ZONE 'Asia/Ho_Chi_Minh', 'DD/MM/YYYY')")
    clerk.post(f"/van-ban/{signed}/cap-so/", on=today)
    code = installation.ask("SELECT code FROM documents_document WHERE id = %s AND state = 'numbered'", signed)
    installation.stop_server("postgres")
    installation.start_server("postgres")
    assert code in clerk.get(f"/van-ban/{signed}/")
    assert clerk.seconds <= LONGEST_PAGE
    assert "Việc của tôi" in installation.person("vanphong").get("/")
    before = installation.ask("SELECT count(*) FROM reports_report")
    compile_report(installation, installation.person("vanphong"))
    wait_for(lambda: installation.ask("SELECT count(*) FROM reports_report") == before + 1, LONGEST_TAKEOVER)
