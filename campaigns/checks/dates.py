"""Rules about days typed in the text."""

from collections.abc import Iterator
from datetime import date
from re import Match

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.checks import mending, words
from campaigns.checks.reading import Passage, Reading, citations_in
from campaigns.checks.rule import Found, rule

DAYS = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.4: thời gian ghi đúng, đủ ngày tháng năm")
PADDED = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.3.a, II.4: số nhỏ hơn 10, tháng 1, 2 ghi thêm số 0 phía trước")


def _real(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


@rule("unpadded", PADDED, fixable=True)
def numbers_are_padded(plan: Reading) -> Iterator[Found]:
    for passage in plan.everything:
        mended = mending.pad(passage.text)
        if mended != passage.text:
            given = {"where": passage.name, "text": _around(passage.text, mended)}
            message = _("Số nhỏ hơn 10 phải thêm số 0 phía trước: “%(text)s” (%(where)s).") % given
            yield Found(passage.place, message, passage.text)


def _around(text: str, mended: str) -> str:
    """Some words around the first place where two texts differ."""
    place = next((i for i, (a, b) in enumerate(zip(text, mended, strict=False)) if a != b), 0)
    start = text.rfind(" ", 0, max(0, place - 5)) + 1
    return text[start : place + 14].strip()


def _weekday(match: Match[str]) -> int:
    return words.WEEKDAYS[match["name"].lower()] if match["name"] else 6


@rule("weekday", DAYS)
def weekdays_are_right(plan: Reading) -> Iterator[Found]:
    for passage in plan.everything:
        for match in words.WEEKDAY_AND_DAY.finditer(passage.text):
            day = _real(match["year"] or str(plan.plan.year), match["month"], match["day"])
            if day and day.weekday() != _weekday(match):
                given = {"text": match.group(), "right": words.WEEKDAY_NAMES[day.weekday()], "where": passage.name}
                message = _("“%(text)s” (%(where)s): ngày đó là %(right)s.") % given
                yield Found(passage.place, message, match.group())


@rule("day_impossible", DAYS)
def days_exist(plan: Reading) -> Iterator[Found]:
    for passage in plan.everything:
        for match in words.FULL_DAY.finditer(passage.text):
            if _real(match["year"], match["month"] or match["worded"], match["day"]) is None:
                given = {"text": match.group(), "where": passage.name}
                message = _("Không có ngày “%(text)s” (%(where)s).") % given
                yield Found(passage.place, message, match.group())


def _own_days(passage: Passage) -> Iterator[tuple[Match[str], date]]:
    """Days of the plan's own in a passage: not those of the documents it mentions."""
    taken = [(citation.start, citation.end) for citation in citations_in(passage.text)]
    for match in words.FULL_DAY.finditer(passage.text):
        day = _real(match["year"], match["month"] or match["worded"], match["day"])
        if day and not any(start <= match.start() < end for start, end in taken):
            yield match, day


@rule("year_out", DAYS)
def years_are_the_plans(plan: Reading) -> Iterator[Found]:
    """A day far after the plan's year, or a past one where a deadline or a beginning is given, is a slip."""
    year = plan.plan.year
    for passage in plan.body:
        for match, day in _own_days(passage):
            leads = words.TIME_LEAD.search(passage.text, max(0, match.start() - 40), match.start())
            if day.year > year + 1 or (leads and day.year < year - 1):
                given = {"text": match.group(), "year": year, "where": passage.name}
                message = _("“%(text)s” (%(where)s) xa năm %(year)s của kế hoạch; có thể gõ nhầm năm.") % given
                yield Found(passage.place, message, match.group())
