"""Deadlines as people write them → a date. Pure; the plan reader and the task form both use it.

"trước ngày 20/10/2026", "chậm nhất ngày 14 tháng 10", "trong tháng mười", "quý IV/2026", "từ 22/9 đến hết 17/10",
"hằng tháng trước ngày 25", "thường xuyên", "sau khi có hướng dẫn".
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline. `date` is the day named, `last_day` the last day that is still in time ("trước ngày 20" → 20 and 19).

    `recurring` is true for a rhythm ("hằng tháng", "thường xuyên"), which has no date. `wording` is what was written.
    """

    date: datetime.date | None = None
    wording: str | None = None
    recurring: bool = False
    last_day: datetime.date | None = None


NO_DUE = Due()


def find_due(text: str, year: int | None) -> Due:
    """The deadline inside a sentence. Dates without a word such as "trước" or "xong" before them are no deadlines.

    `year` completes dates without one; without it such dates stay unknown. Several deadlines: the last one counts.
    """
    return _choose(text, year, least=1)


def read_due(wording: str, year: int | None) -> Due:
    """The deadline in a cell or a field that holds nothing else, so that "20/10" or "Tháng 10" is enough.

    The whole text is kept as the wording, also when no day can be told from it.
    """
    wording = " ".join(wording.split())
    if not wording.strip(" -–.…/"):
        return NO_DUE
    due = _choose(_SHORT.sub(_spelt_out, wording), year, least=0)
    return Due(due.date, wording, due.recurring, due.last_day)


# What only a cell abbreviates so far: "TX", "2026".
_SHORT = re.compile(r"\A(?:(?P<often>TX)\.?|(?P<year>20\d\d))\Z")


def _spelt_out(match: re.Match[str]) -> str:
    return "thường xuyên" if match["often"] else f"năm {match['year']}"


# --- moments: days, months, quarters, years -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Moment:
    """A stretch of days named in the text at [start, end)."""

    start: int
    end: int
    first: date
    last: date
    is_year: bool = False
    is_part: bool = False  # "đầu tháng 10": a deadline without any word before it
    is_doubtful: bool = False  # "30-9" may be anything unless "trước", "hết" … stand before it


_MONTH_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
_MONTH = r"(?:\d{1,2}(?!\d)|giêng|mười\s+một|mười\s+hai|mười|một|hai|ba|tư|năm(?!\s*\d)|sáu|bảy|bẩy|tám|chín|chạp)"
_YEAR = r"(?:\s*(?:[/.\-–]|,?\s*năm)\s*(?P<year>\d{4})(?!\d))?"
_QUARTER = r"(?:IV|I{1,3}|[1-4]|một|hai|ba|tư|bốn)\b"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4}
_AND = r"\s*(?:[-–,;]|và|đến|tới)\s*"

_DAY_NUMERIC = re.compile(
    r"(?<![\d/.,])(?:\d{1,2}\s*(?:[-–,]|và|đến|tới)\s*(?:ngày\s+)?)?(?P<day>\d{1,2})\s?/\s?(?P<month>\d{1,2})(?:\s?/\s?(?P<year>\d{4}|\d{2}))?(?![\d/])"
)
_DAY_DASHED = re.compile(r"(?<![\d/.,\-–])(?P<day>\d{1,2})-(?P<month>\d{1,2})(?P<year>)(?![\d/.\-–])")
_DAY_DOTTED = re.compile(
    r"(?<![\d/.,\-])(?P<day>\d{1,2})(?P<sign>[.\-])(?P<month>\d{1,2})(?P=sign)(?P<year>\d{4})(?!\d)"
)
_DAY_WORDED = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})\s+tháng\s+(?P<month>{_MONTH}){_YEAR}", re.I)
_MONTHS = re.compile(rf"tháng\s+(?:{_MONTH}{_AND}(?:tháng\s+)?){{0,11}}(?P<month>{_MONTH}){_YEAR}", re.I)
_PART_OF_MONTH = re.compile(
    rf"(?P<part>đầu|giữa|cuối|thượng\s+tuần|trung\s+tuần|hạ\s+tuần|tuần\s+(?:thứ\s+)?(?:\w+))(?:\s*,?\s+(?:của\s+)?tháng\s+|(?<=\d)\s?/\s?(?:tháng\s+)?)"
    rf"(?P<month>{_MONTH}){_YEAR}",
    re.I,
)
_MONTH_SHORT = re.compile(
    rf"(?-i:\bT)\.?\s?(?P<month>\d{{1,2}}(?!\d)){_YEAR}|(?<![\d/.,\-–])(?P<month2>\d{{1,2}})/(?P<year2>20\d\d)(?![\d/\-–])",
    re.I,
)
_QUARTERS_NAMED = re.compile(rf"quý\s+(?:{_QUARTER}{_AND}(?:quý\s+)?){{0,3}}(?P<quarter>{_QUARTER}){_YEAR}", re.I)
_MONTHS_OF_YEAR = re.compile(
    r"(?P<count>6|9|sáu|chín)\s+tháng(?:\s+(?P<part>đầu|cuối))?\s+(?:của\s+)?năm(?:\s+(?P<year>\d{4}))?", re.I
)
_END_OF_YEAR = re.compile(r"(?:cuối|hết)\s+năm(?:\s+(?P<year>\d{4}))?(?!\s+học)", re.I)
_WHOLE_YEAR = re.compile(r"năm\s+(?P<year>\d{4})(?!\s*[-–]\s*\d)", re.I)


def _month_number(text: str) -> int:
    return int(text) if text.isdigit() else _MONTH_WORDS[" ".join(text.lower().split())]


def _year_of(match: re.Match[str], year: int | None) -> int | None:
    written = match["year"] or match.groupdict().get("year2")
    if not written:
        return year
    return int(written) + (2000 if len(written) == 2 else 0)


def _span(
    match: re.Match[str], first: tuple[int, int, int], last: tuple[int, int, int], **kind: bool
) -> _Moment | None:
    """The moment from `first` to `last`, or None when one of them is no real day."""
    try:
        return _Moment(match.start(), match.end(), date(*first), date(*last), **kind)
    except ValueError:
        return None


def _day(match: re.Match[str], year: int) -> _Moment | None:
    day = (year, _month_number(match["month"]), int(match["day"]))
    return _span(match, day, day)


def _day_dashed(match: re.Match[str], year: int) -> _Moment | None:
    moment = _day(match, year)
    return replace(moment, is_doubtful=True) if moment else None


def _month_short(match: re.Match[str], year: int) -> _Moment | None:
    month = int(match["month"] or match["month2"])
    if not 1 <= month <= 12:
        return None
    return _span(match, (year, month, 1), (year, month, calendar.monthrange(year, month)[1]))


def _month(match: re.Match[str], year: int) -> _Moment | None:
    month = _month_number(match["month"])
    if not 1 <= month <= 12:
        return None
    return _span(match, (year, month, 1), (year, month, calendar.monthrange(year, month)[1]))


_PARTS = {"đầu": 10, "thượng tuần": 10, "giữa": 20, "trung tuần": 20, "cuối": 31, "hạ tuần": 31}
_WEEKS = {"đầu": 7, "nhất": 7, "một": 7, "1": 7, "hai": 14, "2": 14, "ba": 21, "3": 21, "tư": 28, "4": 28, "cuối": 31}


def _part_of_month(match: re.Match[str], year: int) -> _Moment | None:
    part = " ".join(match["part"].lower().split())
    day = _PARTS.get(part) or _WEEKS.get(part.split()[-1])
    month = _month_number(match["month"])
    if day is None or not 1 <= month <= 12:
        return None
    return _span(match, (year, month, 1), (year, month, min(day, calendar.monthrange(year, month)[1])), is_part=True)


def _quarter(match: re.Match[str], year: int) -> _Moment | None:
    text = match["quarter"].lower()
    last = 3 * (int(text) if text.isdigit() else _QUARTERS[text])
    return _span(match, (year, last - 2, 1), (year, last, calendar.monthrange(year, last)[1]))


def _months_of_year(match: re.Match[str], year: int) -> _Moment | None:
    if (match["part"] or "").lower() == "cuối":
        return _span(match, (year, 7, 1), (year, 12, 31))
    return _span(match, (year, 1, 1), (year, 6, 30) if match["count"] in ("6", "sáu") else (year, 9, 30))


def _year(match: re.Match[str], year: int) -> _Moment | None:
    return _span(match, (year, 1, 1), (year, 12, 31), is_year=True)


def _end_of_year(match: re.Match[str], year: int) -> _Moment | None:
    return _span(match, (year, 1, 1), (year, 12, 31))


_MOMENTS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], int], _Moment | None]], ...] = (
    (_PART_OF_MONTH, _part_of_month),
    (_DAY_WORDED, _day),
    (_DAY_DOTTED, _day),
    (_DAY_NUMERIC, _day),
    (_DAY_DASHED, _day_dashed),
    (_MONTHS_OF_YEAR, _months_of_year),
    (_MONTHS, _month),
    (_QUARTERS_NAMED, _quarter),
    (_MONTH_SHORT, _month_short),
    (_END_OF_YEAR, _end_of_year),
    (_WHOLE_YEAR, _year),
)


def _moments(text: str, year: int | None) -> Iterator[_Moment]:
    """Every moment in the text; one that lies inside another ("tháng 10" in "20 tháng 10") is left out."""
    taken: list[tuple[int, int]] = []
    for pattern, resolve in _MOMENTS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            taken.append(match.span())
            its_year = _year_of(match, year) or _year_after(text, match.end())
            moment = resolve(match, its_year) if its_year else None
            if moment:
                yield moment


_LATER_YEAR = re.compile(r"[^.;\d]{0,12}\d{1,2}\s*(?:/|\s+tháng\s+)\s*\d{1,2}\s*(?:/|\s+năm\s+)\s*(?P<year>\d{4})")


def _year_after(text: str, position: int) -> int | None:
    """The year of the other end of a range: "từ 22/9 đến 17/10/2025"."""
    match = _LATER_YEAR.match(text, position)
    return int(match["year"]) if match else None


# --- words before and after a moment ---------------------------------------------------------------------------------

_FILL = (
    r"(?:\s*(?:là|vào|dịp|ngày|mùng|mồng|\d{1,2}/\d{1,2}(?:/\d{4})?\s*(?:và|,)|\d{1,2}\s+ngày|cuối|khoảng|lúc|thời\s+điểm|(?:thứ\s+\w+|chủ\s+nhật),?|\d{1,2}\s*(?:giờ|"
    r"h)\s*(?:\d{2})?(?:\s*phút)?,?|[:,(]))*\s*\Z"
)
_STRONG = re.compile(
    r"(?P<lead>trước|(?:chậm|muộn|trễ)\s+nhất|không\s+(?:quá|muộn\s+hơn|chậm\s+hơn|trễ\s+hơn)|(?:đến|tới)\s+hết|hết|xong(?:\s+trong)?|"
    r"hoàn\s+(?:thành|tất)(?:\s+trong)?|(?:thời\s+)?hạn(?:\s+(?:cuối|chót|hoàn\s+thành|báo\s+cáo|gửi|nộp))*)" + _FILL,
    re.I,
)
_WEAK = re.compile(
    r"(?P<lead>trong|vào|đến|tới|thời\s+gian(?:\s+(?:thực\s+hiện|hoàn\s+thành|tổ\s+chức|dự\s+kiến))*)" + _FILL, re.I
)
_BEFORE = re.compile(r"\btrước\b", re.I)
_BRACKETED = re.compile(r"\(\s*(?:trong\s+)?\Z", re.I), re.compile(r"\s*\)\s*[.;,]?\s*\Z")
_FROM = re.compile(r"\btừ" + _FILL, re.I)
_TO = re.compile(r"\s(?:đến|tới|[-–])\s|\d[-–]\d", re.I)
_RANGE = re.compile(r"\btừ\s[^.;]{1,60}\Z", re.I)
_EACH_YEAR = re.compile(r"\s*(?:hằng|hàng|mỗi)\s+năm", re.I)


@dataclass(frozen=True, slots=True)
class _Candidate:
    strength: int
    due: Due


def _candidate(text: str, moment: _Moment) -> _Candidate | None:
    """The moment as a deadline with the words in front of it, or None when those say it is something else."""
    before = text[max(0, moment.start - 70) : moment.start]
    lead = _STRONG.search(before) or _WEAK.search(before)
    opening = _FROM.search(before)
    if (opening and not _TO.search(text[moment.start : moment.end])) or _EACH_YEAR.match(text, moment.end):
        return None
    if moment.is_year and lead and lead["lead"].lower() in ("đến", "tới"):
        return None
    start = moment.start - len(before) + opening.start() if opening else moment.start
    strength = 1 if opening or moment.is_part or _closes_the_sentence(text, moment) else 0
    if lead:
        strength = 2 if lead.re is _STRONG else 1
        start = moment.start - len(before) + lead.start()
        opened = _RANGE.search(before[: lead.start()]) if lead["lead"].lower().startswith(("đến", "tới")) else None
        start = moment.start - len(before) + opened.start() if opened else start
    if moment.is_doubtful and strength < 2:
        return None
    strictly_before = bool(lead and _BEFORE.match(lead["lead"]))
    wording = " ".join(text[start : moment.end].split())
    return _Candidate(strength, _due(moment, strictly_before, wording))


def _closes_the_sentence(text: str, moment: _Moment) -> bool:
    """A month or a quarter alone in the last brackets: "Thành lập đoàn kiểm tra (tháng 7/2026)."."""
    before, after = _BRACKETED
    is_long = moment.first != moment.last and not moment.is_year
    return is_long and bool(before.search(text[: moment.start]) and after.match(text, moment.end))


def _due(moment: _Moment, strictly_before: bool, wording: str) -> Due:
    """ "trước ngày d" names d and ends the day before; "trước tháng m" ends with the month before."""
    if not strictly_before:
        return Due(moment.last, wording, last_day=moment.last)
    eve = moment.first - timedelta(days=1)
    return Due(moment.first if moment.first == moment.last else eve, wording, last_day=eve)


# --- rhythms and conditions ------------------------------------------------------------------------------------------

_RHYTHM = re.compile(
    r"(?:(?:trước|vào|chậm\s+nhất)\s+(?:ngày|thứ)\s+\w+\s+)?(?:hằng|hàng|mỗi|từng)\s+(?:ngày|tuần|tháng|quý)\b"
    r"(?:\s*,?\s*(?:trước|vào|chậm\s+nhất)\s+(?:ngày|thứ)\s+\w+)?"
    r"|(?:trước|vào|chậm\s+nhất)\s+ngày\s+\d+\s+(?:của\s+)?(?:tháng|quý)\s+(?:cuối|đầu|sau|kế\s+tiếp|tiếp\s+theo|liền\s+kề)"
    r"|(?:định\s+kỳ|trước\s+ngày\s+[\d/]+)\s+(?:hằng|hàng|mỗi)\s+năm|định\s+kỳ(?:\s+(?:\w+\s+)?\d+\s+tháng)?"
    r"|(?P<often>thường\s+xuyên)|liên\s+tục|quanh\s+năm|cả\s+năm|suốt\s+(?:cả\s+)?(?:năm|thời\s+gian|quá\s+trình|đợt|chiến\s+dịch|tháng|mùa|kỳ|chương\s+trình)"
    r"|\d+\s+(?:lần|buổi|kỳ|tin|bài|cuộc)\s*/\s*(?:ngày|tuần|tháng|quý|năm)|\d+\s+(?:ngày|tuần|tháng|quý|năm)\s*/\s*(?:01\s+|1\s+)?lần"
    r"|(?:một|1|01)\s+(?:tuần|tháng|quý)\s+(?:ít\s+nhất\s+)?\d+\s+(?:lần|buổi)|(?:hằng|hàng)\s+năm(?=\s*\Z)",
    re.I,
)
# "chi thường xuyên" is money, "giáo dục thường xuyên" a kind of school.
_NOT_OFTEN = re.compile(r"(?:chi|kinh\s+phí|ngân\s+sách|nguồn|giáo\s+dục|dự\s+toán|không|Thường\s+trực)\s+\Z", re.I)
_CONDITION = re.compile(
    r"(?:ngay\s+)?sau\s+khi\b[^.;,]{0,80}|trong\s+(?:vòng|thời\s+hạn)\s+\d+\s+(?:ngày|giờ|tuần|tháng)(?:\s+làm\s+việc)?[^.;,]{0,60}"
    r"|khi\s+có\s+(?:yêu\s+cầu|phát\s+sinh|hướng\s+dẫn)|đột\s+xuất|theo\s+(?:quy\s+định|tiến\s+độ|kế\s+hoạch)(?=\s*\Z)",
    re.I,
)


def _rhythm(text: str) -> str | None:
    for match in _RHYTHM.finditer(text):
        if not (match["often"] and _NOT_OFTEN.search(text[max(0, match.start() - 20) : match.start()])):
            return " ".join(match.group().split())
    return None


def _choose(text: str, year: int | None, least: int) -> Due:
    """The strongest candidate, the latest among equals; then a rhythm; then a condition."""
    found = [c for m in _moments(text, year) if (c := _candidate(text, m)) and c.strength >= least]
    rhythm = _rhythm(text)
    if rhythm and not any(c.strength == 2 for c in found):
        found = [c for c in found if c.due.date and (c.due.date.month, c.due.date.day) != (12, 31)]
    if found:
        strongest = max(c.strength for c in found)
        return max((c.due for c in found if c.strength == strongest), key=lambda due: due.date or date.min)
    if rhythm:
        return Due(None, rhythm, recurring=True)
    condition = _CONDITION.search(text)
    return Due(None, " ".join(condition.group().split())) if condition else NO_DUE
