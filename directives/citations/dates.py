"""Dates of documents as they stand in text (Decree 30/2020, Annex I.II.4)."""

import datetime as dt
import re

# The day itself, real or left blank: "26/9/2023", "01-10-1997", "04 tháng 4 năm 2014",
# "… tháng 5 năm 2025", "   /3/2024".
DAY = r"""
    (?: (?P<d>\d{1,2}) [ ]? [/.-] [ ]? (?P<m>\d{1,2}) [ ]? [/.-] [ ]? (?P<y>\d{4}|\d{2}) (?!\d)
      | (?P<d2>\d{1,2}) \s* tháng \s* (?P<m2>\d{1,2}) \s* ,? \s* (?:năm)? \s* (?P<y2>\d{4}) (?!\d)
      | [.…_\s]* \d{0,2} [.…_\s]* (?:/|tháng) [.…_\s]* \d{0,2} [.…_\s]* (?:/|năm) [.…_\s]* (?:\d{2,4})?
    )
"""


def to_date(match: re.Match[str]) -> dt.date | None:
    """The day a match of DAY names; None when it is blank or no real day. Two-digit years are this century."""
    groups = match.groupdict()
    day, month, year = (groups.get(a) or groups.get(b) for a, b in (("d", "d2"), ("m", "m2"), ("y", "y2")))
    if not (day and month and year):
        return None
    try:
        return dt.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None
