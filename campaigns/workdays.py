"""Vietnam's working calendar: Monday to Friday without public holidays, with swapped days, and an administrator's word.

Holidays come from the `holidays` package (Bộ luật Lao động 2019 Điều 112, lunar days, days in lieu). What it lacks
stands in SWAPS; `CalendarDay` rows overrule both, because each year's Tết and swaps are decided by the Government.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import holidays
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.models import CalendarDay

SWAPS: dict[date, bool] = {
    date(2026, 1, 2): False,  # the day after the New Year of 2026, off for civil servants …
    date(2026, 1, 10): True,  # … and worked on this Saturday instead
}
"""Government swaps that the package does not know; True is a working day."""

ONE_DAY = timedelta(days=1)


@cache
def _usual_year(year: int) -> tuple[date, ...]:
    """The working days of a year before anybody's word."""
    country = holidays.country_holidays("VN", years=year)
    working_saturdays = set(country.weekend_workdays)
    days = (date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days))
    return tuple(
        day for day in days if SWAPS.get(day, day in working_saturdays or (day.weekday() < 5 and day not in country))
    )


@dataclass(frozen=True)
class KnownDay:
    """A day that differs from its weekday by law or by the Government's swaps, before anybody's word."""

    day: date
    is_working: bool
    name: str


def known_days(year: int) -> list[KnownDay]:
    """Public holidays and swapped days of a year, in order and in the reader's language: below the administrator's."""
    language = "vi" if (get_language() or "vi").startswith("vi") else "en_US"
    country = holidays.country_holidays("VN", years=year, language=language)
    found = {day: KnownDay(day, False, name) for day, name in country.items() if day.weekday() < 5}
    found |= {day: KnownDay(day, True, _("ngày làm bù")) for day in country.weekend_workdays if day.year == year}
    for day, works in SWAPS.items():
        if day.year == year:
            found[day] = KnownDay(day, works, _("ngày làm bù") if works else _("ngày nghỉ hoán đổi"))
    return sorted(found.values(), key=lambda known: known.day)


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days with `overrides` (day → is it worked?). Pure and cheap to ask: each year is counted once."""

    overrides: Mapping[date, bool] = field(default_factory=dict)
    _years: dict[int, tuple[date, ...]] = field(default_factory=dict, repr=False, compare=False)

    def _year(self, year: int) -> tuple[date, ...]:
        if year not in self._years:
            usual = _usual_year(year)
            changed = {day: works for day, works in self.overrides.items() if day.year == year}
            if changed:
                days = ({*usual} | {day for day, works in changed.items() if works}) - {
                    day for day, works in changed.items() if not works
                }
                usual = tuple(sorted(days))
            self._years[year] = usual
        return self._years[year]

    def is_working(self, day: date) -> bool:
        days = self._year(day.year)
        place = bisect_left(days, day)
        return place < len(days) and days[place] == day

    def count(self, after: date, until: date) -> int:
        """Working days in (after, until]: the first day is not counted, the last one is (BLDS 2015 Điều 147, 148).

        Negative when `until` is before `after`.
        """
        if until < after:
            return -self.count(until, after)
        if after.year == until.year:
            days = self._year(after.year)
            return bisect_right(days, until) - bisect_right(days, after)
        first, last = self._year(after.year), self._year(until.year)
        between = sum(len(self._year(year)) for year in range(after.year + 1, until.year))
        return len(first) - bisect_right(first, after) + between + bisect_right(last, until)

    def next_working(self, day: date) -> date:
        """`day` itself when it is worked, else the next day that is: where a period ending on a day off ends."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def last_working(self, day: date) -> date:
        """`day` itself when it is worked, else the last day before it that is."""
        return self.add(self.next_working(day), -1) if not self.is_working(day) else day

    def add(self, day: date, working_days: int) -> date:
        """The day `working_days` working days after `day` (before it when negative); `day` itself for 0."""
        if working_days == 0:
            return day
        year, days = day.year, self._year(day.year)
        start = bisect_right(days, day) - 1 if working_days > 0 else bisect_left(days, day)
        place = start + working_days
        while place >= len(self._year(year)):
            place -= len(self._year(year))
            year += 1
        while place < 0:
            year -= 1
            place += len(self._year(year))
        return self._year(year)[place]


def load() -> WorkingCalendar:
    """The calendar with the administrator's days. One query."""
    return WorkingCalendar(dict(CalendarDay.objects.values_list("day", "is_working")))


def is_working_day(day: date) -> bool:
    """Is `day` worked, by the administrator's word too? One query. Named by settings.WORKING_DAY."""
    return load().is_working(day)
