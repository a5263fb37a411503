"""Numbers without gaps and without doubles, also when fifty clerks press at once, one dies, or the year turns."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from unittest import mock

import psycopg2.extensions
import pytest
from django.db import DatabaseError, IntegrityError, InternalError, close_old_connections, connection, transaction
from django.utils import timezone

from documents import archive, keys, numbering, verification, workflow
from documents.findings import Verdict
from documents.models import Document, HouseRules, NumberEntry, Numbering, NumberSeries, NumberUse
from documents.numbering import PaperFile, UsedNumber
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, give_keys, make_house, make_plan, shown, sign
from units.permissions import NotAllowed

NOW = timezone.now
TODAY = timezone.localdate
PAPER = PaperFile(kind="KH", symbol="KH-SKHTN", reason="Văn bản mật, soạn trên giấy")


def take(document: Document, house: House, on: date, at: datetime | None = None) -> tuple[str, int, int]:
    """What a file gets on a day: kind and year of the run, and the number."""
    entry = numbering.take(document, on=on, by=house.clerk, at=at or NOW())
    return entry.series.kind, entry.series.year, entry.number


def test_small_numbers_are_padded() -> None:
    assert [numbering.padded(n) for n in (1, 9, 10, 123)] == ["01", "09", "10", "123"]


def several(house: House, count: int) -> list[Document]:
    return [make_plan(house).document for _index in range(count)]


def test_each_year_and_kind_has_its_own_run(house: House) -> None:
    first, second, report, later = several(house, 4)
    report.kind = "BC"

    given = [
        take(row, house, day)
        for row, day in (
            (first, date(2026, 1, 5)), (second, date(2026, 1, 5)), (report, date(2026, 1, 5)),
            (later, date(2027, 1, 4)),
        )
    ]  # fmt: skip

    assert given == [("KH", 2026, 1), ("KH", 2026, 2), ("BC", 2026, 1), ("KH", 2027, 1)]


def test_one_run_for_all_kinds_where_the_house_says_so(house: House) -> None:
    HouseRules.objects.create(organisation=house.organisation, numbering=Numbering.ONE_SERIES)
    plan, report = several(house, 2)
    report.kind = "BC"

    assert [take(row, house, date(2026, 1, 5)) for row in (plan, report)] == [("", 2026, 1), ("", 2026, 2)]


def test_a_party_body_numbers_through_its_term(house: House) -> None:
    HouseRules.objects.create(organisation=house.organisation, term_starts_on=date(2025, 8, 20))
    before, first, next_year = several(house, 3)

    given = [
        take(row, house, day)
        for row, day in ((before, date(2024, 8, 19)), (first, date(2025, 12, 31)), (next_year, date(2026, 1, 1)))
    ]

    assert given == [("KH", 2024, 1), ("KH", 2025, 1), ("KH", 2025, 2)]


def test_a_number_that_was_rolled_back_is_given_again(house: House) -> None:
    document = bring_to(make_plan(house), S.SIGNED, house)
    with mock.patch("documents.workflow.archive.keep", side_effect=OSError("disk full")):
        with pytest.raises(OSError, match="disk full"):
            workflow.number(document=document, on=TODAY(), by=house.clerk, at=NOW())

    document = workflow.number(document=document, on=TODAY(), by=house.clerk, at=NOW())

    assert document.code == "01/KH-SKHTN"


def test_upcoming_takes_nothing(house: House) -> None:
    document = bring_to(make_plan(house), S.NUMBERED, house)

    assert numbering.upcoming(document, on=TODAY()) == "02/KH-SKHTN"
    assert NumberSeries.objects.get().last_number == 1


# --- the turn of the year, in the office's own time ------------------------------------------------------------------
LAST_SECOND = datetime.fromisoformat("2026-12-31T23:59:59+07:00")
FIRST_SECOND = datetime.fromisoformat("2027-01-01T00:00:00+07:00")


def signed_at(house: House, at: datetime) -> Document:
    with mock.patch("django.utils.timezone.now", return_value=at):
        return bring_to(make_plan(house), S.SIGNED, house)


def test_the_last_second_of_the_year_is_the_old_years(house: House) -> None:
    before, after = signed_at(house, LAST_SECOND), signed_at(house, LAST_SECOND)

    old = workflow.number(document=before, on=timezone.localdate(LAST_SECOND), by=house.clerk, at=LAST_SECOND)
    new = workflow.number(document=after, on=timezone.localdate(FIRST_SECOND), by=house.clerk, at=FIRST_SECOND)

    assert (old.code, old.issued_on, old.series.year) == ("01/KH-SKHTN", date(2026, 12, 31), 2026)
    assert (new.code, new.issued_on, new.series.year) == ("01/KH-SKHTN", date(2027, 1, 1), 2027)


def test_at_the_last_second_the_new_year_is_still_the_future(house: House) -> None:
    document = signed_at(house, LAST_SECOND)

    with pytest.raises(NotAllowed, match="tương lai"):
        workflow.number(document=document, on=date(2027, 1, 1), by=house.clerk, at=LAST_SECOND)


def test_what_was_signed_in_the_old_year_may_still_get_its_number_after_midnight(house: House) -> None:
    document = signed_at(house, LAST_SECOND)

    done = workflow.number(document=document, on=date(2026, 12, 31), by=house.clerk, at=FIRST_SECOND)

    assert (done.series.year, done.number) == (2026, 1)


# --- paper files of the same run --------------------------------------------------------------------------------------
def reserve(house: House, count: int = 1, paper: PaperFile = PAPER) -> list[NumberEntry]:
    return numbering.reserve(
        organisation=house.organisation, paper=paper, on=TODAY(), count=count, by=house.clerk, at=NOW()
    )


def test_paper_files_take_numbers_of_the_same_run(house: House) -> None:
    first = bring_to(make_plan(house), S.NUMBERED, house)
    block = reserve(house, 3)
    after = bring_to(make_plan(house), S.NUMBERED, house)

    assert [first.number, *(entry.number for entry in block), after.number] == [1, 2, 3, 4, 5]
    assert [entry.code for entry in block] == ["02/KH-SKHTN", "03/KH-SKHTN", "04/KH-SKHTN"]


def test_a_released_number_is_never_given_again(house: House) -> None:
    (entry,) = reserve(house)

    numbering.release(entry=entry, reason="Không ban hành nữa", by=house.clerk, at=NOW())

    assert bring_to(make_plan(house), S.NUMBERED, house).number == 2
    entry.refresh_from_db()
    assert (entry.use, entry.reason) == (NumberUse.UNUSED, "Không ban hành nữa")


def test_a_number_is_released_once_and_with_a_reason(house: House) -> None:
    (entry,) = reserve(house)

    with pytest.raises(NotAllowed, match="lý do"):
        numbering.release(entry=entry, reason=" ", by=house.clerk, at=NOW())
    numbering.release(entry=entry, reason="Nhầm", by=house.clerk, at=NOW())
    with pytest.raises(NotAllowed, match="văn bản giấy"):
        numbering.release(entry=entry, reason="Nhầm", by=house.clerk, at=NOW())


def test_the_number_of_a_file_of_the_portal_is_not_released_by_hand(house: House) -> None:
    document = bring_to(make_plan(house), S.NUMBERED, house)

    with pytest.raises(NotAllowed):
        numbering.release(entry=document.number_entries.get(), reason="x", by=house.clerk, at=NOW())


@pytest.mark.parametrize("count", [0, -1, 51])
def test_a_block_has_bounds(house: House, count: int) -> None:
    with pytest.raises(NotAllowed, match="từ 1 đến 50"):
        reserve(house, count)


def test_only_the_clerk_reserves_and_says_why(house: House) -> None:
    with pytest.raises(NotAllowed, match="lý do"):
        reserve(house, paper=PaperFile(kind="KH", symbol="KH-SKHTN", reason=""))
    with pytest.raises(NotAllowed):
        numbering.reserve(organisation=house.organisation, paper=PAPER, on=TODAY(), by=house.office, at=NOW())
    assert not NumberEntry.objects.exists()


def test_a_failing_history_gives_no_number(house: House) -> None:
    (entry,) = reserve(house)
    acts: list[Callable[[], object]] = [
        lambda: reserve(house),
        lambda: numbering.release(entry=entry, reason="x", by=house.clerk, at=NOW()),
        lambda: numbering.describe(entry=entry, paper=PAPER, by=house.clerk, at=NOW()),
    ]
    stored = list(NumberEntry.objects.values()), list(NumberSeries.objects.values())
    for act in acts:
        with mock.patch("audit.log.Event.objects.create", side_effect=DatabaseError("full")):
            with pytest.raises(DatabaseError, match="full"):
                act()

    assert (list(NumberEntry.objects.values()), list(NumberSeries.objects.values())) == stored


# --- numbers used before the portal -----------------------------------------------------------------------------------
def go_on(house: House, last: int, used: list[UsedNumber] | None = None) -> NumberSeries:
    return numbering.continue_after(
        organisation=house.organisation, kind="KH", symbol="KH-SKHTN", last=last, on=TODAY(), used=used or [],
        by=house.clerk, at=NOW(),
    )  # fmt: skip


def test_the_run_goes_on_after_the_last_number_on_paper(house: House) -> None:
    go_on(house, 127, [UsedNumber(127, TODAY(), "Kế hoạch cũ"), UsedNumber(3, TODAY())])

    assert bring_to(make_plan(house), S.NUMBERED, house).code == "128/KH-SKHTN"
    assert set(NumberEntry.objects.values_list("number", "use")) == {
        (3, "before"), (127, "before"), (128, "document")
    }  # fmt: skip


@pytest.mark.parametrize(
    ("last", "used", "words"),
    [
        (0, [], "từ 1"),
        (5, [UsedNumber(6, date(2026, 1, 1))], "không nằm trong"),
        (5, [UsedNumber(2, date(2020, 1, 1))], "không thuộc dãy số"),
    ],
)
def test_a_wrong_list_is_refused_whole(house: House, last: int, used: list[UsedNumber], words: str) -> None:
    with pytest.raises(NotAllowed, match=words):
        go_on(house, last, used)
    assert not NumberEntry.objects.exists()


def test_the_same_number_twice_in_the_list_is_named(house: House) -> None:
    with pytest.raises(NotAllowed, match="Số 04 có hai lần"):
        go_on(house, 5, [UsedNumber(4, TODAY()), UsedNumber(4, TODAY())])


def test_a_run_that_has_begun_takes_no_earlier_numbers(house: House) -> None:
    bring_to(make_plan(house), S.NUMBERED, house)

    with pytest.raises(NotAllowed, match="đã có số"):
        go_on(house, 127)


# --- the number before the signature ----------------------------------------------------------------------------------
@pytest.fixture
def number_first(house: House) -> House:
    HouseRules.objects.create(organisation=house.organisation, number_before_signature=True)
    return house


def test_number_and_date_stand_in_the_file_that_both_sign(number_first: House) -> None:
    house = number_first
    document = bring_to(make_plan(house), S.CHECKED, house)
    assert (document.code, document.issued_on) == ("01/KH-SKHTN", TODAY())

    signed = sign(document, house)
    assert signed.state == S.NUMBERED
    issued = workflow.issue(document=signed, by=house.clerk, at=NOW())

    data = {kept.stage: archive.read(kept) for kept in issued.renditions.all()}
    assert data["issued"].startswith(data["presented"])
    assert verification.examine(data["issued"]).verdict == Verdict.GENUINE
    assert NumberEntry.objects.get().use == NumberUse.DOCUMENT


@pytest.mark.parametrize("way", ["returned", "edited"])
def test_a_reserved_number_that_is_not_used_stays_in_the_register(number_first: House, way: str) -> None:
    house = number_first
    document = bring_to(make_plan(house), S.CHECKED, house)
    if way == "returned":
        workflow.return_for_changes(document=document, reason="Thiếu căn cứ", by=house.director, at=NOW())
    else:
        workflow.edit(document=document, what="đầu văn bản", by=house.office, at=NOW())

    document.refresh_from_db()
    assert (document.number, document.code, document.numbered_at) == (None, "", None)
    line = NumberEntry.objects.get()
    assert (line.code, line.use, line.title) == ("01/KH-SKHTN", NumberUse.UNUSED, document.title)
    assert ("Thiếu căn cứ" if way == "returned" else "đầu văn bản") in line.reason

    document = workflow.propose(document=document, by=house.office, at=NOW())
    document = workflow.confirm(document=document, by=house.head, at=NOW())
    document = workflow.check(document=document, by=house.chief, at=NOW())
    assert document.code == "02/KH-SKHTN"


def test_a_file_dated_yesterday_is_not_signed_today(number_first: House) -> None:
    house = number_first
    document = bring_to(make_plan(house), S.CHECKED, house)
    tomorrow = NOW() + timedelta(days=1)
    key = keys.with_key(keys.officer_credential(house.director, at=NOW()))

    with pytest.raises(NotAllowed, match="Hãy trả lại"):
        workflow.sign(document=document, shown=shown(document), way=key, by=house.director, at=tomorrow)


def test_a_failing_render_reserves_nothing(number_first: House) -> None:
    house = number_first
    document = bring_to(make_plan(house), S.SUBMITTED, house)
    with mock.patch("documents.workflow.press.render", side_effect=OSError("full")):
        with pytest.raises(OSError, match="full"):
            workflow.check(document=document, by=house.chief, at=NOW())

    assert not NumberEntry.objects.exists()


# --- what the database itself refuses ---------------------------------------------------------------------------------
def test_database_refuses_the_same_number_twice(house: House) -> None:
    first = bring_to(make_plan(house), S.NUMBERED, house)
    second = bring_to(make_plan(house), S.SIGNED, house)

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=second.pk).update(
            series=first.series, number=first.number, code=first.code, issued_on=first.issued_on, state=S.NUMBERED,
            numbered_at=NOW(), numbered_by=house.clerk,
        )  # fmt: skip


@pytest.mark.parametrize(
    "change", ["number = 7", "code = '07/X'", "\"on\" = '2020-01-01'", "use = 'paper'", "given_by_id = NULL"]
)
def test_database_refuses_to_change_a_line(house: House, change: str) -> None:
    bring_to(make_plan(house), S.NUMBERED, house)

    with pytest.raises((DatabaseError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE documents_numberentry SET {change}")


def test_database_refuses_a_gap_a_missing_line_and_a_lost_one(house: House) -> None:
    bring_to(make_plan(house), S.NUMBERED, house)
    line = NumberEntry.objects.get()

    with pytest.raises(DatabaseError), transaction.atomic():
        NumberEntry.objects.filter(pk=line.pk).delete()
    line.pk, line.number, line.document, line.use, line.reason = None, 3, None, NumberUse.PAPER, "x"
    with pytest.raises(DatabaseError, match="2 is the next"), transaction.atomic():
        line.save(force_insert=True)
    NumberSeries.objects.update(last_number=9)
    with pytest.raises(DatabaseError, match="without a line"), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# --- many at once -----------------------------------------------------------------------------------------------------
@pytest.fixture
def live_house(transactional_db: None) -> Iterator[House]:
    made = make_house()
    give_keys(made)
    yield made
    mock.patch.stopall()


def at_once(acts: list[Callable[[], object]]) -> list[Exception]:
    """Run all acts at the same moment, each on a connection of its own; what they raised."""
    start, errors = threading.Barrier(len(acts)), []

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=60)
            act()
        except Exception as error:  # noqa: BLE001 (the test looks at what came out)
            errors.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return errors


def test_two_browsers_number_the_same_files_at_once(live_house: House) -> None:
    house = live_house
    documents = [bring_to(make_plan(house), S.SIGNED, house) for _index in range(4)]

    errors = at_once(
        [
            lambda document=document: workflow.number(document=document, on=TODAY(), by=house.clerk, at=NOW())
            for document in documents * 2
        ]
    )

    assert sorted(Document.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert [type(error).__name__ for error in errors] == ["NotAllowed"] * 4


def test_fifty_clients_at_once_leave_no_gap_and_no_double(live_house: House) -> None:
    house = live_house

    errors = at_once([lambda: reserve(house)] * 50)

    assert errors == []
    assert list(NumberEntry.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 51))
    assert NumberSeries.objects.get().last_number == 50


def address() -> str:
    """How another process finds the test's database."""
    wanted = connection.get_connection_params()
    names = {"dbname": "dbname", "user": "user", "password": "password", "host": "host", "port": "port"}
    return psycopg2.extensions.make_dsn(**{name: wanted[key] for key, name in names.items() if wanted.get(key)})


KILLED = """
import os, sys
import psycopg2
connection = psycopg2.connect(sys.argv[1])
cursor = connection.cursor()
cursor.execute("UPDATE documents_numberseries SET last_number = last_number + 1")
print("holds the lock", flush=True)
sys.stdin.read()
"""


def test_a_process_killed_in_its_transaction_takes_no_number_along(live_house: House) -> None:
    house = live_house
    reserve(house)
    program = [sys.executable, "-c", KILLED, address()]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "holds the lock\n"
        waiting = threading.Thread(target=lambda: at_once([lambda: reserve(house)]))
        waiting.start()
        waiting.join(timeout=0.5)
        assert waiting.is_alive()  # the other clerk waits for the lock

        os.kill(child.pid, signal.SIGKILL)
        child.wait(timeout=20)
    waiting.join(timeout=30)

    assert list(NumberEntry.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
