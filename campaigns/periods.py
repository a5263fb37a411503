"""A stretch of days as an address names it: relative to today ("7d", "month" …) or by the calendar. Pure."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

NAMED = re.compile(
    r"""(?P<year> 20[0-9]{2})                  # 2026
        (?: -Q (?P<quarter> [1-4])             # 2026-Q4
          | -  (?P<month> [0-9]{2})            # 2026-11
               (?: - (?P<day> [0-9]{2}) )?     # 2026-11-27
        )?""",
    re.VERBOSE | re.ASCII,
)
OPTIONS: list[tuple[str, Any]] = [
    ("7d", lazy("7 ngày tới")),
    ("week", lazy("tuần này")),
    ("month", lazy("tháng này")),
    ("next-month", lazy("tháng sau")),
    ("quarter", lazy("quý này")),
    ("year", lazy("năm nay")),
]


@dataclass(frozen=True)
class Days:
    """From the first to the last day, both included."""

    first: date
    last: date


def month_of(year: int, month: int, length: int = 1) -> Days:
    """`length` months from this one on, within the year."""
    last = month + length - 1
    return Days(date(year, month, 1), date(year, last, monthrange(year, last)[1]))


def next_month(on: date) -> Days:
    return month_of(on.year + on.month // 12, on.month % 12 + 1)


def read(text: str, on: date) -> Days | None:
    """The days that `text` names on day `on`; None for what names none."""
    monday = on - timedelta(days=on.weekday())
    relative = {
        "7d": Days(on, on + timedelta(days=7)),
        "week": Days(monday, monday + timedelta(days=6)),
        "month": month_of(on.year, on.month),
        "next-month": next_month(on),
        "quarter": month_of(on.year, (on.month - 1) // 3 * 3 + 1, 3),
        "year": month_of(on.year, 1, 12),
    }
    return relative.get(text) or _named(text)


def _named(text: str) -> Days | None:
    found = NAMED.fullmatch(text)
    if found is None:
        return None
    year = int(found["year"])
    try:
        if found["day"]:
            return Days(date.fromisoformat(text), date.fromisoformat(text))
        if found["month"]:
            return month_of(year, int(found["month"]))
    except ValueError:  # the 31st of February, month 13
        return None
    return month_of(year, int(found["quarter"]) * 3 - 2, 3) if found["quarter"] else month_of(year, 1, 12)


def words(text: str) -> str:
    """How people say the period."""
    found = NAMED.fullmatch(text)
    if found is None:
        return str(dict(OPTIONS).get(text, text))
    if found["day"]:
        return f"{found['day']}/{found['month']}/{found['year']}"
    if found["month"]:
        return _("tháng %(month)s/%(year)s") % {"month": int(found["month"]), "year": found["year"]}
    if found["quarter"]:
        return _("quý %(quarter)s/%(year)s") % {"quarter": found["quarter"], "year": found["year"]}
    return _("năm %(year)s") % {"year": found["year"]}


def options(chosen: str) -> list[tuple[str, Any]]:
    """What a filter offers; a period chosen by a link stays among them."""
    return OPTIONS if not chosen or chosen in dict(OPTIONS) else [*OPTIONS, (chosen, words(chosen))]
