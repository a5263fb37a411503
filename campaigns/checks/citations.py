"""Rules about documents mentioned in bases and text, compared with the register (`facts`: column `cited`)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.checks.reading import Passage, Reading
from campaigns.checks.rule import Found, rule
from directives.citations import Citation
from directives.identity import code_key

MENTION = gettext_lazy("NĐ 30/2020/NĐ-CP, Phụ lục I, II.6.b: dẫn lần đầu ghi đủ số, ngày, cơ quan, trích yếu")
REGISTER = gettext_lazy("NĐ 30/2020/NĐ-CP, Điều 12.1: số, ngày của văn bản viện dẫn đúng với sổ văn bản")


@lru_cache(maxsize=4096)
def _key(kind: str, code: str) -> str:
    return code_key(kind, code, None)


def _registered(plan: Reading) -> dict[str, set[date | None]]:
    """What the register holds of each code that the plan mentions: the days of its documents."""
    known: dict[str, set[date | None]] = defaultdict(set)
    for row in (*plan.bases, *plan.plan.items.all()):
        for entry in getattr(row, "cited", ()):
            known[entry["key"]].add(date.fromisoformat(entry["day"]) if entry["day"] else None)
    return known


def _coded(plan: Reading) -> Iterator[tuple[Passage, Citation, str]]:
    for passage, citation in plan.citations():
        if citation.code and citation.symbol:
            yield passage, citation, _key(citation.kind or "CV", citation.code)


@rule("cite_date", REGISTER)
def days_agree_with_the_register(plan: Reading) -> Iterator[Found]:
    """Another day of the same year under one code: one of the two is wrong (numbers begin anew each year)."""
    known = _registered(plan)
    for passage, citation, key in _coded(plan):
        if citation.date is None:
            continue
        others = {day for day in known[key] if day and day.year == citation.date.year} - {citation.date}
        if others:
            given = {"code": citation.short_form(), "day": f"{citation.date:%d/%m/%Y}"}
            given["other"] = f"{min(others):%d/%m/%Y}"
            message = _("%(code)s ghi ngày %(day)s, trong sổ có ngày %(other)s.") % given
            yield Found(passage.place, message, citation.text)


@rule("cite_unknown", REGISTER)
def mentions_are_registered(plan: Reading) -> Iterator[Found]:
    known = _registered(plan)
    for passage, citation, key in _coded(plan):
        if key not in known and passage.place != "passages":
            message = _("%(code)s nêu ở %(where)s chưa có trong sổ văn bản.")
            yield Found(passage.place, message % {"code": citation.short_form(), "where": passage.name}, citation.text)


@rule("cite_first", MENTION)
def first_mentions_are_full(plan: Reading) -> Iterator[Found]:
    """The first time a document is named its day stands there; a law is named by its name alone."""
    seen: set[str] = set()
    for passage, citation, key in _coded(plan):
        if key not in seen and citation.date is None and citation.kind not in ("L", "PL", "HP"):
            message = _("%(code)s được nêu lần đầu ở %(where)s mà chưa ghi ngày, cơ quan ban hành.")
            yield Found(passage.place, message % {"code": citation.short_form(), "where": passage.name}, citation.text)
        seen.add(key)
