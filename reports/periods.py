"""Which days a reporting period covers, what it is called, until when units confirm. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a report covers. The last two have no rhythm."""

    MONTH = "month", _("tháng")
    QUARTER = "quarter", _("quý")
    HALF = "half", _("6 tháng")
    NINE = "nine", _("9 tháng")
    YEAR = "year", _("năm")
    CAMPAIGN = "campaign", _("chiến dịch, tháng cao điểm")
    QUICK = "quick", _("báo cáo nhanh")


MONTHS = {Kind.MONTH: 1, Kind.QUARTER: 3, Kind.HALF: 6, Kind.NINE: 9, Kind.YEAR: 12}
"""How many months a regular period has."""

ENDS_IN: dict[Kind, tuple[int, ...]] = {
    Kind.MONTH: tuple(range(1, 13)),
    Kind.QUARTER: (3, 6, 9, 12),
    Kind.HALF: (6, 12),
    Kind.NINE: (9,),
    Kind.YEAR: (12,),
}
"""The months in which a regular period ends."""

QUARTERS = ("I", "II", "III", "IV")


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


def span(kind: Kind, year: int, month: int, first_day: int) -> Span:
    """The days of the regular period that ends in this month: its first month's first day to its last month's last.

    ValueError when no period of the kind ends in the month.
    """
    if month not in ENDS_IN.get(kind, ()):
        raise ValueError(f"no {kind} ends in month {month}")
    first = month_span(*months_before(year, month, MONTHS[kind] - 1), first_day)
    return Span(first.starts_on, month_span(year, month, first_day).ends_on)


def next_month(year: int, month: int) -> tuple[int, int]:
    """(year, month) that follows."""
    return months_before(year, month, -1)


def months_before(year: int, month: int, count: int) -> tuple[int, int]:
    """(year, month) that lies `count` months earlier."""
    total = year * 12 + month - 1 - count
    return total // 12, total % 12 + 1


def month_of(day: date, first_day: int) -> tuple[int, int]:
    """(year, month) of the reporting month that `day` belongs to."""
    if first_day == 1 or day.day < first_day:
        return day.year, day.month
    return next_month(day.year, day.month)


def ending(kind: Kind, day: date, first_day: int) -> tuple[int, int]:
    """(year, month) in which the regular period ends that `day` belongs to, or the next one that will begin."""
    year, month = month_of(day, first_day)
    while month not in ENDS_IN[kind]:
        year, month = next_month(year, month)
    return year, month


def next_day_of_month(after: date, day: int) -> date:
    """The first day on or after `after` that is the `day` of its month, or the month's last when it is shorter."""
    here = after.replace(day=min(day, monthrange(after.year, after.month)[1]))
    if here >= after:
        return here
    year, month = next_month(after.year, after.month)
    return date(year, month, min(day, monthrange(year, month)[1]))


def following_end(kind: Kind, year: int, month: int, first_day: int) -> date:
    """The last day of the period after this one; after what has no rhythm, of the next month."""
    ahead = {Kind.NINE: 3}.get(kind, MONTHS.get(kind, 1))
    return month_span(*months_before(year, month, -ahead), first_day).ends_on


def label(kind: Kind, year: int, month: int, ends_on: date) -> str:
    """A period on the screen, in the reader's language."""
    patterns = {
        Kind.MONTH: _("Tháng %(month)s/%(year)s"),
        Kind.QUARTER: _("Quý %(quarter)s/%(year)s"),
        Kind.HALF: _("6 tháng đầu năm %(year)s") if month == 6 else _("6 tháng cuối năm %(year)s"),
        Kind.NINE: _("9 tháng đầu năm %(year)s"),
        Kind.YEAR: _("Năm %(year)s"),
        Kind.CAMPAIGN: _("Chiến dịch đến %(day)s"),
        Kind.QUICK: _("Báo cáo nhanh %(day)s"),
    }
    quarter = QUARTERS[(month - 1) // 3]
    return patterns[kind] % {"month": month, "quarter": quarter, "year": year, "day": f"{ends_on:%d/%m/%Y}"}
