"""Days of a reporting month: both sides of the 14th/15th, year change, leap February, calendar months."""

from datetime import date

import pytest

from reports.periods import Span, month_of, month_span, next_month


@pytest.mark.parametrize(
    ("month", "first_day", "starts_on", "ends_on"),
    [
        ((2026, 10), 15, date(2026, 9, 15), date(2026, 10, 14)),
        ((2026, 1), 15, date(2025, 12, 15), date(2026, 1, 14)),
        ((2024, 3), 15, date(2024, 2, 15), date(2024, 3, 14)),
        ((2024, 2), 1, date(2024, 2, 1), date(2024, 2, 29)),
        ((2026, 2), 1, date(2026, 2, 1), date(2026, 2, 28)),
        ((2026, 12), 1, date(2026, 12, 1), date(2026, 12, 31)),
        ((2024, 3), 28, date(2024, 2, 28), date(2024, 3, 27)),
    ],
)
def test_month_span(month, first_day, starts_on, ends_on):
    assert month_span(*month, first_day) == Span(starts_on, ends_on)


@pytest.mark.parametrize("first_day", [0, 29, -1])
def test_month_span_refuses_a_day_not_every_month_has(first_day):
    with pytest.raises(ValueError, match="no month starts"):
        month_span(2026, 10, first_day)


@pytest.mark.parametrize(
    ("day", "first_day", "month"),
    [
        (date(2026, 10, 14), 15, (2026, 10)),
        (date(2026, 10, 15), 15, (2026, 11)),
        (date(2026, 12, 14), 15, (2026, 12)),
        (date(2026, 12, 15), 15, (2027, 1)),
        (date(2026, 12, 31), 1, (2026, 12)),
    ],
)
def test_month_of(day, first_day, month):
    assert month_of(day, first_day) == month
    assert month_span(*month, first_day).contains(day)


@pytest.mark.parametrize("first_day", [1, 15, 28])
def test_months_follow_each_other_without_gap(first_day):
    month = (2023, 11)
    for _ in range(18):
        following = next_month(*month)
        ends_on = month_span(*month, first_day).ends_on
        assert (month_span(*following, first_day).starts_on - ends_on).days == 1
        month = following
