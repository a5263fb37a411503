"""Numbers without gaps and without doubles, also when two clerks press at once."""

import threading
from collections.abc import Iterator
from datetime import date
from unittest import mock

import pytest
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.utils import timezone

from documents import numbering, workflow
from documents.models import Document, NumberSeries
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, give_keys, make_house, make_plan


def test_small_numbers_are_padded() -> None:
    assert [numbering.padded(n) for n in (1, 9, 10, 123)] == ["01", "09", "10", "123"]


def test_each_year_and_kind_has_its_own_run(house: House) -> None:
    document = make_plan(house).document
    report = make_plan(house).document
    report.kind = "BC"
    given = []
    with transaction.atomic():
        for row, day in (
            (document, date(2026, 1, 5)),
            (document, date(2026, 1, 5)),
            (report, date(2026, 1, 5)),
            (document, date(2027, 1, 4)),
        ):
            series, number = numbering.next_number(row, on=day)
            given.append((series.kind, series.year, number))

    assert given == [("KH", 2026, 1), ("KH", 2026, 2), ("BC", 2026, 1), ("KH", 2027, 1)]


def test_a_number_that_was_rolled_back_is_given_again(house: House) -> None:
    document = bring_to(make_plan(house), S.SIGNED, house)
    with mock.patch("documents.workflow.archive.keep", side_effect=OSError("disk full")):
        with pytest.raises(OSError, match="disk full"):
            workflow.number(document=document, on=timezone.localdate(), by=house.clerk, at=timezone.now())

    document = workflow.number(document=document, on=timezone.localdate(), by=house.clerk, at=timezone.now())

    assert document.code == "01/KH-SKHTN"


def test_database_refuses_the_same_number_twice(house: House) -> None:
    first = bring_to(make_plan(house), S.NUMBERED, house)
    second = bring_to(make_plan(house), S.SIGNED, house)

    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=second.pk).update(
            series=first.series, number=first.number, code=first.code, issued_on=first.issued_on, state=S.NUMBERED,
            numbered_at=timezone.now(), numbered_by=house.clerk,
        )  # fmt: skip


def test_upcoming_takes_nothing(house: House) -> None:
    document = bring_to(make_plan(house), S.NUMBERED, house)

    assert numbering.upcoming(document, on=timezone.localdate()) == "02/KH-SKHTN"
    assert NumberSeries.objects.get().last_number == 1


@pytest.fixture
def live_house(transactional_db: None) -> Iterator[House]:
    made = make_house()
    give_keys(made)
    yield made
    mock.patch.stopall()


def test_clerks_at_once_get_numbers_without_gap_or_double(live_house: House) -> None:
    house = live_house
    documents = [bring_to(make_plan(house), S.SIGNED, house) for _index in range(4)]
    start = threading.Barrier(len(documents) * 2)
    errors: list[Exception] = []

    def press(document: Document) -> None:
        try:
            start.wait(timeout=20)
            workflow.number(document=document, on=timezone.localdate(), by=house.clerk, at=timezone.now())
        except Exception as error:  # noqa: BLE001 (the test looks at what came out)
            errors.append(error)
        finally:
            close_old_connections()
            connection.close()

    # each file is pressed twice at the same moment
    threads = [threading.Thread(target=press, args=(document,)) for document in documents * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert sorted(Document.objects.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert {type(error).__name__ for error in errors} == {"NotAllowed"}
    assert len(errors) == 4
