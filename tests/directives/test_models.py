from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from directives.models import Directive, Validity
from tests.factories.directives import make_directive
from tests.factories.plans import House, make_house

DAY = date(2026, 1, 1)


def test_visible_to_is_the_own_organisation(house: House) -> None:
    mine = make_directive(house.clerk)
    make_directive(make_house("Sở khác", "SK").clerk)

    for post in house.posts.values():
        assert list(Directive.objects.visible_to(post)) == [mine]


def test_for_list_latest_received_or_entered_first(house: House) -> None:
    old = make_directive(house.clerk, code="1-A/B")
    entered_today = make_directive(house.clerk, code="2-A/B")
    Directive.objects.filter(pk=old.pk).update(received_number=1, received_on=date(2024, 5, 1))

    assert list(Directive.objects.for_list()) == [entered_today, old]


@pytest.mark.parametrize(
    "text",
    [
        "365-CV/ĐUK", "365 - cv/duk", "365\u2011CV/ÐUK", "dang uy khoi", "Đảng uỷ Khối", "cao điểm DÂN VẬN",
        "dan van 365", "THANG CAO DIEM",
    ],
)  # fmt: skip
def test_containing_finds_without_marks_and_in_any_order(house: House, text: str) -> None:
    found = make_directive(house.clerk)
    make_directive(house.clerk, code="12-KH/TU", issuer="Tỉnh ủy", subject="Phát triển đảng viên")

    assert list(Directive.objects.containing(text)) == [found]


def test_containing_takes_signs_as_they_are(house: House) -> None:
    make_directive(house.clerk)
    assert [list(Directive.objects.containing(text)) for text in ("100%", "_", "\\", "'; --")] == [[], [], [], []]


@pytest.mark.parametrize(
    ("validity", "until", "holds"),
    [
        (Validity.IN_FORCE, None, True),
        (Validity.IN_FORCE, date(2026, 1, 2), True),
        (Validity.IN_FORCE, DAY, False),
        (Validity.AMENDED, None, True),
        (Validity.REPLACED, None, False),
        (Validity.REPLACED, date(2026, 1, 2), True),
        (Validity.EXPIRED, DAY, False),
        (Validity.WITHDRAWN, None, False),
    ],
)
def test_is_valid_on(validity: Validity, until: date | None, holds: bool) -> None:
    assert Directive(validity=validity, valid_until=until).is_valid_on(DAY) is holds


def test_mention_and_label(house: House) -> None:
    directive = make_directive(house.clerk)

    assert directive.mention == "Công văn số 365-CV/ĐUK"
    assert directive.label == "Công văn số 365-CV/ĐUK · 19/09/2023 · Đảng ủy Khối các cơ quan tỉnh"


@pytest.mark.parametrize("changes", [{"received_number": 3}, {"received_number": -1, "received_on": DAY}])
def test_the_database_refuses_a_number_without_a_day(house: House, changes: dict[str, Any]) -> None:
    directive = make_directive(house.clerk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Directive.objects.filter(pk=directive.pk).update(**changes)


def test_the_database_refuses_a_number_given_twice(house: House) -> None:
    for code in ("1-A/B", "2-A/B"):
        make_directive(house.clerk, code=code)
    with pytest.raises(IntegrityError), transaction.atomic():
        Directive.objects.update(received_number=1, received_on=DAY)
