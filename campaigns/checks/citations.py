"""Rules about documents mentioned in bases and text, compared with the register (`facts`: column `cited`)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.checks.bases import IN_FORCE
from campaigns.checks.reading import Passage, Reading, named
from campaigns.checks.rule import Found, rule
from directives.citations import Citation
from directives.identity import code_key
from directives.queries import Fault

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


@rule("cite_ended", IN_FORCE)
def mentions_hold(plan: Reading) -> Iterator[Found]:
    """A document mentioned in the text that no longer holds or is dated after the plan; of bases other rules speak."""
    bases = {base.directive_id for base in plan.bases}
    for row in plan.plan.mentions:
        found = plan.unfit.get(row.directive_id)
        if found is None or row.directive_id in bases:
            continue
        place = f"item-{row.item_id}" if row.item_id else "passages"
        given = {"code": found.directive.mention, "newer": named(found)}
        if found.has_ended and found.newer:
            yield Found(place, _("%(code)s nêu trong văn bản đã được thay thế bằng %(newer)s.") % given)
        elif found.has_ended:
            yield Found(place, _("%(code)s nêu trong văn bản không còn hiệu lực.") % given)
        elif found.fault == Fault.LATER:
            yield Found(place, _("%(code)s nêu trong văn bản ghi ngày sau ngày của kế hoạch.") % given)


@rule("cite_first", MENTION)
def first_mentions_are_full(plan: Reading) -> Iterator[Found]:
    """The first time a document is named its day stands there; a law is named by its name alone."""
    seen: set[str] = set()
    for passage, citation, key in _coded(plan):
        if key not in seen and citation.date is None and citation.kind not in ("L", "PL", "HP"):
            message = _("%(code)s được nêu lần đầu ở %(where)s mà chưa ghi ngày, cơ quan ban hành.")
            yield Found(passage.place, message % {"code": citation.short_form(), "where": passage.name}, citation.text)
        seen.add(key)


@rule("cite_again", MENTION)
def later_mentions_are_short(plan: Reading) -> Iterator[Found]:
    """A document named in full once is named by kind and code from then on."""
    full: set[tuple[str, date]] = set()
    for passage, citation, key in _coded(plan):
        if citation.date is None:
            continue
        if (key, citation.date) in full:
            message = _("%(code)s đã nêu đủ ở trên; ở %(where)s chỉ cần ghi tên loại và số, ký hiệu.")
            yield Found(passage.place, message % {"code": citation.short_form(), "where": passage.name}, citation.text)
        full.add((key, citation.date))
