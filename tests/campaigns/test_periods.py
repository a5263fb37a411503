"""Stretches of days as addresses name them."""

from datetime import date

import pytest

from campaigns.periods import Days, options, read, words

ON = date(2026, 11, 27)  # a Friday


@pytest.mark.parametrize(
    ("text", "first", "last", "said"),
    [
        ("7d", date(2026, 11, 27), date(2026, 12, 4), "7 ngày tới"),
        ("week", date(2026, 11, 23), date(2026, 11, 29), "tuần này"),
        ("month", date(2026, 11, 1), date(2026, 11, 30), "tháng này"),
        ("next-month", date(2026, 12, 1), date(2026, 12, 31), "tháng sau"),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31), "quý này"),
        ("year", date(2026, 1, 1), date(2026, 12, 31), "năm nay"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31), "quý 1/2026"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "tháng 2/2028"),
        ("2026-11-05", date(2026, 11, 5), date(2026, 11, 5), "05/11/2026"),
    ],
)
def test_a_period_names_days(text: str, first: date, last: date, said: str) -> None:
    assert read(text, ON) == Days(first, last)
    assert words(text) == said
    assert text in dict(options(text))


@pytest.mark.parametrize(
    "text", ["", "x", "2026-13", "2026-00", "2026-02-30", "2026-Q5", "26", "1999", "2026-1", "٢٠٢٦", "2026 ", "-7d"]
)
def test_what_names_no_period(text: str) -> None:
    assert read(text, ON) is None


def test_next_month_crosses_the_year() -> None:
    assert read("next-month", date(2026, 12, 31)) == Days(date(2027, 1, 1), date(2027, 1, 31))
