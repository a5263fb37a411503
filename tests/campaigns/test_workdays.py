"""The working calendar against days checked by hand, and what must hold for any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns import workdays
from campaigns.models import CalendarDay
from campaigns.workdays import WorkingCalendar

USUAL = WorkingCalendar()
DAYS = st.dates(date(2022, 12, 1), date(2028, 1, 31))

BY_HAND = [
    (date(2023, 1, 2), False, "nghỉ bù Tết Dương lịch rơi vào Chủ nhật"),
    (date(2023, 1, 19), True, "ngày cuối trước Tết Quý Mão"),
    (date(2023, 1, 20), False, "29 Tết Quý Mão"),
    (date(2023, 1, 26), False, "mùng năm"),
    (date(2023, 1, 27), True, "ngày làm việc đầu năm"),
    (date(2023, 5, 2), False, "nghỉ bù Giỗ Tổ"),
    (date(2023, 5, 3), False, "nghỉ bù 30/4"),
    (date(2023, 5, 4), True, "sau kỳ nghỉ"),
    (date(2023, 9, 1), False, "ngày liền kề Quốc khánh"),
    (date(2023, 9, 4), False, "nghỉ bù Quốc khánh"),
    (date(2024, 2, 8), False, "29 Tết Giáp Thìn"),
    (date(2024, 2, 14), False, "mùng năm"),
    (date(2024, 2, 15), True, "sau Tết"),
    (date(2024, 4, 18), False, "Giỗ Tổ"),
    (date(2024, 4, 29), False, "hoán đổi với 04/5"),
    (date(2024, 5, 4), True, "thứ Bảy làm bù"),
    (date(2024, 9, 3), False, "ngày liền kề Quốc khánh"),
    (date(2025, 1, 24), True, "ngày cuối trước Tết Ất Tỵ"),
    (date(2025, 1, 27), False, "28 Tết, trong kỳ nghỉ"),
    (date(2025, 1, 31), False, "mùng ba"),
    (date(2025, 2, 3), True, "sau Tết"),
    (date(2025, 4, 26), True, "thứ Bảy làm bù"),
    (date(2025, 5, 2), False, "hoán đổi với 26/4"),
    (date(2026, 1, 2), False, "hoán đổi với 10/01"),
    (date(2026, 1, 10), True, "thứ Bảy làm bù"),
    (date(2026, 2, 13), True, "ngày cuối trước Tết Bính Ngọ"),
    (date(2026, 2, 16), False, "giao thừa"),
    (date(2026, 2, 20), False, "mùng bốn"),
    (date(2026, 2, 23), True, "sau kỳ nghỉ chín ngày"),
    (date(2026, 4, 27), False, "nghỉ bù Giỗ Tổ rơi vào Chủ nhật"),
    (date(2026, 8, 22), True, "thứ Bảy làm bù"),
    (date(2026, 8, 31), False, "hoán đổi với 22/8"),
    (date(2026, 11, 24), False, "Ngày Văn hóa Việt Nam"),
    (date(2026, 10, 20), True, "thứ Ba thường"),
    (date(2026, 10, 24), False, "thứ Bảy thường"),
    (date(2027, 2, 3), True, "trước Tết Đinh Mùi"),
    (date(2027, 2, 8), False, "mùng ba"),
    (date(2027, 2, 11), True, "sau Tết"),
    (date(2027, 5, 3), False, "nghỉ bù 01/5"),
    (date(2027, 9, 3), False, "ngày liền kề Quốc khánh"),
]


@pytest.mark.parametrize(("day", "works", "why"), BY_HAND, ids=[f"{row[0]:%Y-%m-%d}" for row in BY_HAND])
def test_days_checked_by_hand(day: date, works: bool, why: str) -> None:
    assert USUAL.is_working(day) is works, why


@pytest.mark.parametrize(
    ("after", "until", "days"),
    [
        (date(2026, 10, 20), date(2026, 10, 23), 3),  # Tuesday → Friday
        (date(2026, 10, 23), date(2026, 10, 26), 1),  # over a weekend
        (date(2026, 2, 13), date(2026, 2, 23), 1),  # over Tết
        (date(2026, 2, 13), date(2026, 2, 22), 0),
        (date(2026, 8, 20), date(2026, 9, 3), 8),  # a working Saturday, a swapped Monday, two days of Quốc khánh
        (date(2025, 12, 31), date(2026, 1, 12), 7),  # 05–09, the Saturday of the 10th, the 12th
        (date(2026, 10, 26), date(2026, 10, 23), -1),
        (date(2026, 10, 23), date(2026, 10, 23), 0),
        (date(2023, 12, 29), date(2026, 1, 5), 502),
    ],
)
def test_counting_checked_by_hand(after: date, until: date, days: int) -> None:
    assert USUAL.count(after, until) == days


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 10, 1), 10, date(2026, 10, 12)),  # the 11th is a Sunday
        (date(2026, 10, 1), 12, date(2026, 10, 13)),
        (date(2026, 2, 10), 7, date(2026, 2, 23)),  # ends inside Tết
        (date(2026, 12, 29), 3, date(2027, 1, 4)),  # New Year is a Friday
    ],
)
def test_a_period_that_ends_on_a_day_off_moves_on(start: date, days: int, end: date) -> None:
    assert USUAL.next_working(start + timedelta(days=days)) == end


@given(DAYS, DAYS)
def test_counting_is_the_number_of_working_days_between(one: date, other: date) -> None:
    first, last = sorted((one, other))
    each = sum(USUAL.is_working(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    assert (USUAL.count(first, last), USUAL.count(last, first)) == (each, -each)


@given(DAYS, st.integers(-40, 40))
def test_adding_lands_on_a_working_day_that_far_away(day: date, days: int) -> None:
    there = USUAL.add(day, days)
    if days == 0:
        assert there == day
    else:
        assert USUAL.is_working(there)
        assert (there > day) is (days > 0)
    if days > 0:
        assert USUAL.count(day, there) == days
    if days < 0:
        assert USUAL.count(there - timedelta(days=1), day - timedelta(days=1)) == -days


@given(DAYS, st.dictionaries(DAYS, st.booleans(), max_size=6))
def test_the_administrators_word_is_the_last_one(day: date, overrides: dict[date, bool]) -> None:
    calendar = WorkingCalendar(overrides)
    assert calendar.is_working(day) is overrides.get(day, USUAL.is_working(day))


@pytest.mark.django_db
def test_the_administrators_days_are_read_in_one_query(django_assert_num_queries: object) -> None:
    CalendarDay.objects.create(day=date(2026, 10, 20), is_working=False, note="Nghỉ bão")
    CalendarDay.objects.create(day=date(2026, 10, 24), is_working=True, note="Làm bù", decision="Thông báo số 5")
    with django_assert_num_queries(1):  # type: ignore[operator]
        calendar = workdays.load()
    assert [calendar.is_working(date(2026, 10, day)) for day in (19, 20, 24)] == [True, False, True]
    assert workdays.is_working_day(date(2026, 10, 20)) is False
