"""A text of one year said of another: days, months, quarters, years, weekdays and anniversaries. Pure.

What belongs to another time stays: the documents that the text mentions, periods such as "giai đoạn 2021-2025", the
first year of an anniversary. A year just before the plan's is offered but not taken by itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from campaigns.copying import words
from directives.citations import Citation, parse

LEAD = 260
TAIL = 600
"""How far before and behind its code a mention may reach."""


@dataclass(frozen=True)
class Swap:
    """A stretch of the text [start, end) and what it becomes. `is_sure`: taken unless somebody says no."""

    start: int
    end: int
    old: str
    new: str
    is_sure: bool = True
    day: date | None = None


@dataclass(frozen=True)
class Shifted:
    """The text of the new year with its sure swaps made; `all_of_it` has the doubtful ones too."""

    text: str
    all_of_it: str
    swaps: tuple[Swap, ...]


def move(day: date, years: int) -> date:
    """The same day in another year; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def shift(text: str, *, year: int, years: int, names: Iterable[tuple[str, str]] = ()) -> Shifted:
    """The text of a plan of `year` moved by `years`, with old `names` of units in their new form."""
    taken = [span for citation in parse(text) for span in _whole(text, citation)]
    taken += [match.span() for match in words.LONG_PERIOD.finditer(text)]
    found: list[Swap] = []
    for reading in (_days, _weekdays, _school_years, _years, _anniversaries):
        for swap in reading(text, year, years):
            if not any(start < swap.end and swap.start < end for start, end in taken):
                taken.append((swap.start, swap.end))
                if swap.new != swap.old:
                    found.append(swap)
    found += _renamed(text, names, taken)
    found.sort(key=lambda swap: swap.start)
    return Shifted(_made(text, [row for row in found if row.is_sure]), _made(text, found), tuple(found))


def _whole(text: str, citation: Citation) -> Iterator[tuple[int, int]]:
    """The stretches of a mention: kind and code, and the day, issuer and subject that stand with it."""
    yield citation.start, citation.end
    for match in words.DAY.finditer(text, max(0, citation.start - LEAD), citation.end + TAIL):
        day = _real(*_written(match))
        if day is not None and day == citation.date:
            yield match.span()
    for part in (citation.issuer, citation.subject):
        start = text.find(part, citation.end, citation.end + TAIL) if part else -1
        if part and start >= 0:
            yield start, start + len(part)


def _written(match: re.Match[str]) -> tuple[int, str, str]:
    return int(match["year"] or match["worded_year"]), match["month"] or match["worded_month"], match["day"]


def _made(text: str, swaps: Iterable[Swap]) -> str:
    parts, position = [], 0
    for swap in swaps:
        parts += [text[position : swap.start], swap.new]
        position = swap.end
    return "".join([*parts, text[position:]])


def _is_near(found: int, year: int) -> bool:
    return year - 1 <= found <= year + 1


def _real(year: int, month: str, day: str) -> date | None:
    try:
        return date(year, int(month), int(day))
    except ValueError:
        return None


def _days(text: str, year: int, years: int) -> Iterator[Swap]:
    """ "thứ Hai, ngày 20/10/2025", "ngày 05 tháng 02 năm 2025"."""
    for match in words.DAY.finditer(text):
        old = _real(*_written(match))
        if old is None or not _is_near(old.year, year):
            continue
        written = match["year"] or match["worded_year"]
        new = move(old, years)
        shown = match.group()
        if new.day != old.day:
            shown = re.sub(rf"\b{match['day']}(?=\s?/|\s+tháng)", str(new.day), shown, count=1)
        shown = shown[: -len(written)] + str(new.year)
        if match["weekday"]:
            shown = _weekday(match["weekday"], new) + shown[len(match["weekday"]) :]
        yield Swap(match.start(), match.end(), match.group(), shown, old.year >= year, new)


def _weekday(typed: str, day: date) -> str:
    name = words.WEEKDAY_NAMES[day.weekday()]
    return name[0].upper() + name[1:] if typed[0].isupper() else name


def _weekdays(text: str, year: int, years: int) -> Iterator[Swap]:
    """ "thứ Hai, ngày 20/10" without a year: the same day falls on another weekday."""
    for match in words.WEEKDAY_SHORT.finditer(text):
        old = _real(year, match["month"], match["day"])
        if old is not None:
            shown = _weekday(match["weekday"], move(old, years)) + match.group()[len(match["weekday"]) :]
            yield Swap(match.start(), match.end(), match.group(), shown, True, move(old, years))


def _school_years(text: str, year: int, years: int) -> Iterator[Swap]:
    for match in words.YEARS.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        if _is_near(first, year):
            shown = f"{match['lead']}{first + years}{match['sign']}{last + years}"
            yield Swap(match.start(), match.end(), match.group(), shown)


def _years(text: str, year: int, years: int) -> Iterator[Swap]:
    """ "năm 2025", "tháng 10/2025", "quý IV/2025"; a bare "2025" may be a count of something."""
    for match in words.YEAR.finditer(text):
        old = int(match["year"])
        if _is_near(old, year):
            is_sure = old >= year and bool(match["lead"].strip())
            yield Swap(match.start(), match.end(), match.group(), f"{match['lead']}{old + years}", is_sure)


def _anniversaries(text: str, _year: int, years: int) -> Iterator[Swap]:
    """ "kỷ niệm 93 năm", "95 năm Ngày thành lập": one more each year."""
    for match in words.ANNIVERSARY.finditer(text):
        lead, tail = match["lead"] or "", match["tail"] or ""
        is_kept = lead.lower().startswith("k")
        if is_kept or tail:
            shown = f"{lead}{int(match['count']) + years}{tail}"
            yield Swap(match.start(), match.end(), match.group(), shown, is_kept or bool(tail))


def _renamed(text: str, names: Iterable[tuple[str, str]], taken: list[tuple[int, int]]) -> list[Swap]:
    """Old names of units, the longest first; not inside the documents that the text mentions."""
    found = []
    for old, new in sorted(names, key=lambda pair: -len(pair[0])):
        for start in _places(text, old):
            end = start + len(old)
            if text.startswith(new, start) or any(first < end and start < last for first, last in taken):
                continue
            taken.append((start, end))
            found.append(Swap(start, end, old, new))
    return found


def _places(text: str, word: str) -> Iterator[int]:
    """Where the words stand by themselves."""
    is_letter: Callable[[str], bool] = str.isalpha
    start = text.find(word)
    while start >= 0:
        end = start + len(word)
        if not is_letter(text[start - 1 : start]) and not is_letter(text[end : end + 1]):
            yield start
        start = text.find(word, start + 1)
