"""Parts that die under a running portal: work is done once, pages answer, nothing that was saved is lost."""

import email
import signal
import threading
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from portal.demo import portal_programs
from portal.local import make_folder
from tests.e2e.installation import Installation, Person, wait_for

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


def write_note(director: Person, directive: int, text: str, **fields: str) -> bool:
    """The director's note on a directive; whether the portal said that it is kept."""
    return "Đã ghi ý kiến chỉ đạo." in director.post(f"/van-ban-chi-dao/{directive}/y-kien/", text=text, **fields)


def directive_and_unit(installation: Installation) -> tuple[int, int]:
    """A directive of the director's organisation and a unit whose head is told of a note."""
    directive, organisation = installation.ask("SELECT ARRAY[id, organisation_id] FROM directives_directive LIMIT 1")
    head = "SELECT u.id FROM units_unit u JOIN units_appointment a ON a.unit_id = u.id WHERE a.role = 'unit_head'"
    return directive, installation.ask(f"{head} AND u.organisation_id = %s ORDER BY 1 LIMIT 1", organisation)


def test_a_frozen_redis_holds_no_page_up(installation: Installation) -> None:
    """Given a Redis that takes connections and never answers; then what tells people or queues work is answered."""
    office, director = installation.person("vanphong"), installation.person("giamdoc")
    directive, unit = directive_and_unit(installation)
    director.get(f"/van-ban-chi-dao/{directive}/y-kien/")
    redis = installation.services.processes["redis"]
    redis.send_signal(signal.SIGSTOP)
    try:
        assert write_note(director, directive, "Khẩn trương triển khai.", lead_unit=str(unit))
        compile_report(installation, office)
        assert max(director.seconds, office.seconds) <= LONGEST_PAGE
        assert installation.ask(RUNNING) == "queued"
    finally:
        redis.send_signal(signal.SIGCONT)
    wait_for(lambda: installation.ask(RUNNING) == "done", LONGEST_TAKEOVER)


def test_a_database_restarted_under_traffic_keeps_every_change_it_confirmed(installation: Installation) -> None:
    """Given people who write all the time, when PostgreSQL dies and returns, then what was confirmed is there once."""
    directive, _unit = directive_and_unit(installation)
    directors = [installation.person("giamdoc") for _ in range(2)]
    kept: list[str] = []
    failed: list[str] = []
    over = threading.Event()

    def write(number: int, director: Person) -> None:
        director.get(f"/van-ban-chi-dao/{directive}/y-kien/")
        count = 0
        while not over.is_set():
            count += 1
            text = f"Ý kiến {number}.{count}."
            try:
                (kept if write_note(director, directive, text) else failed).append(text)
            except OSError:
                failed.append(text)
                over.wait(0.2)

    writers = [threading.Thread(target=write, args=each) for each in enumerate(directors)]
    for writer in writers:
        writer.start()
    wait_for(lambda: len(kept) >= 4, 30)
    installation.stop_server("postgres")
    installation.start_server("postgres")
    before = len(kept)
    wait_for(lambda: len(kept) >= before + 4, 30)
    over.set()
    for writer in writers:
        writer.join()
    stored = "SELECT array_agg(text) FROM directives_directivenote WHERE text LIKE 'Ý kiến %%.%%.'"
    found = installation.ask(stored)
    assert len(found) == len(set(found))
    assert set(kept) <= set(found) <= {*kept, *failed}


def test_two_beats_and_two_workers_do_nothing_twice(installation: Installation, tmp_path: Path) -> None:
    """Given a second beat and a second worker by mistake, when work waited for Redis, then each piece is done once."""
    office, director = installation.person("vanphong"), installation.person("giamdoc")
    directive, unit = directive_and_unit(installation)
    director.get(f"/van-ban-chi-dao/{directive}/y-kien/")
    make_folder(tmp_path)
    seconds = [each for each in portal_programs(tmp_path, installation.env, installation.door) if each.name != "web"]
    before = installation.ask("SELECT count(*) FROM reports_report")
    installation.stop_server("redis")
    compile_report(installation, office)
    assert write_note(director, directive, "Báo cáo kết quả trong tuần.", lead_unit=str(unit))
    try:
        for each in seconds:
            each.launch()
        installation.start_server("redis")
        wait_for(lambda: installation.ask(RUNNING) == "done", LONGEST_TAKEOVER)
    finally:
        for each in seconds:
            each.stop()
    assert installation.ask("SELECT count(*) FROM reports_report") == before + 1
    assert installation.ask("SELECT attempts FROM documents_job ORDER BY id DESC LIMIT 1") == 1
    mail = Path(installation.env["EMAIL_FILE_PATH"])
    letters = [email.message_from_bytes(path.read_bytes()) for path in mail.iterdir()]
    known = [letter["Message-ID"] for letter in letters]
    assert len(known) == len(set(known))
