"""Which days a reporting month covers, and until when units confirm. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Span:
    """Days of a period, both included."""

    starts_on: date
    ends_on: date

    def contains(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


def month_span(year: int, month: int, first_day: int) -> Span:
    """The days of a reporting month: from `first_day` of the month before to the day before it (NĐ 09/2019 Điều 12).

    `first_day` 1 means the calendar month. ValueError for a day that not every month has.
    """
    if not 1 <= first_day <= 28:
        raise ValueError(f"no month starts on day {first_day}")
    if first_day == 1:
        return Span(date(year, month, 1), date(*next_month(year, month), 1) - timedelta(days=1))
    before = date(year, month, 1) - timedelta(days=1)
    return Span(date(before.year, before.month, first_day), date(year, month, first_day) - timedelta(days=1))


def next_month(year: int, month: int) -> tuple[int, int]:
    """(year, month) that follows."""
    return year + month // 12, month % 12 + 1


def month_of(day: date, first_day: int) -> tuple[int, int]:
    """(year, month) of the reporting month that `day` belongs to."""
    if first_day == 1 or day.day < first_day:
        return day.year, day.month
    return next_month(day.year, day.month)
