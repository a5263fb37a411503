"""One assignment in prose → who leads, who cooperates."""

from __future__ import annotations

import re
from dataclasses import dataclass

from campaigns.plan_reader.unit_names import UNIT_START, starts_with_unit, take_unit, take_units

# Words in front of the unit that is given the work.
GIVES = re.compile(
    r"(?:(?:giao|phân công|ủy quyền|uỷ quyền)(?:\s+(?:nhiệm vụ\s+)?cho)?|(?:kính\s+)?đề nghị|yêu cầu|mời|"
    r"đối với|trách nhiệm của|nhiệm vụ của)\s*:?\s+",
    re.I,
)
COOPERATES = re.compile(
    r"(?:phối(?:,)?\s+(?:kết\s+)?hợp|hiệp đồng|liên hệ|kết hợp)(?:\s+(?:chặt chẽ|thực hiện|"
    r"tổ chức))*\s*(?:(?:,\s*|\s+)(?:với|cùng với|cùng))?\s+(?=\S)"
    r"|\bcùng(?:\s+với)?\s+(?=(?:các\s+)?[A-ZĐ])|với sự (?:phối hợp|tham gia|hỗ trợ) của\s+|"
    r"có sự (?:phối hợp|tham gia) của\s+",
    re.I,
)
# "…; Văn phòng chủ trì, Công đoàn phối hợp" and "do Văn phòng chủ trì".
LEADS_LATER = re.compile(
    r"(?:\bdo\s|\bgiao\s|[(;,.])\s*(?P<unit>[^(;:.]{3,120}?)\s+(?:làm\s+)?(?:chủ trì|là đơn vị chủ trì|"
    r"đầu mối|thực hiện\s*\)|phụ trách)",
    re.I,
)
HELPS_LATER = re.compile(
    r"chủ trì\s*[,;–-]\s*(?P<units>[^(;:.]{3,200}?)\s+(?:cùng\s+)?phối hợp(?!\s+(?:\w+\s+){0,2}với)"
    rf"|[,;(]\s*(?P<last>{UNIT_START.pattern}[^(;:.]{{1,200}}?)\s+(?:cùng\s+)?phối hợp(?:\s+thực hiện)?\s*(?=[.;)]|\Z)",
    re.I,
)
LEAD_LABEL = re.compile(
    r"(?:đơn vị|cơ quan|bộ phận|phòng|người|tổ chức)?\s*(?:chủ trì|thực hiện|phụ trách|chịu trách nhiệm|"
    r"tham mưu)(?:\s+(?:thực hiện|chính|tham mưu))?\s*:\s*(?P<units>[^;.()]{2,200})",
    re.I,
)
HELP_LABEL = re.compile(
    r"(?:các\s+)?(?:đơn vị|cơ quan|bộ phận|phòng|tổ chức)?\s*phối hợp(?:\s+thực hiện)?\s*:\s*(?P<units>[^;.()]{2,250})",
    re.I,
)
LONGEST_LIST = 800  # characters of a list of units; the rest of the sentence need not be copied
_BY = re.compile(r"(?:do|giao|và|,|;)\s+", re.I)


@dataclass(frozen=True, slots=True)
class Assignment:
    lead: str | None = None
    cooperating: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.lead is not None


def read_assignment(text: str, under: str | None = None) -> Assignment:
    """Who leads and who cooperates in one sentence. `under` is the unit named by the heading above it, if any."""
    labelled = _labelled(text)
    if labelled:
        return labelled
    lead, rest = _lead_in_front(text)
    if lead is None:
        lead = under or _lead_later(text)
        rest = text
    if lead is None:
        return Assignment()
    return Assignment(lead, _without(lead, _cooperating(rest)))


def _labelled(text: str) -> Assignment:
    """ "Đơn vị chủ trì: A; đơn vị phối hợp: B, C"."""
    leads = LEAD_LABEL.search(text)
    if not leads or not starts_with_unit(leads["units"].strip()):
        return Assignment()
    helps = HELP_LABEL.search(text)
    names = (
        leads["units"] if not helps or helps.start() > leads.end() else leads["units"][: helps.start() - leads.end()]
    )
    return Assignment(names.strip(" ,"), take_units(helps["units"])[0] if helps else ())


def _lead_in_front(text: str) -> tuple[str | None, str]:
    """The unit at the beginning, with or without "Giao", and what follows it."""
    given = GIVES.match(text)
    rest = text[given.end() :] if given else text
    name, after = take_unit(rest)
    if not name or (after.startswith((";", ".")) and not given):
        return None, text
    return name, after


def _lead_later(text: str) -> str | None:
    for match in LEADS_LATER.finditer(text):
        unit = (
            _BY.sub("", match["unit"].strip(), count=1) if _BY.match(match["unit"].strip()) else match["unit"].strip()
        )
        if starts_with_unit(unit):
            return unit.strip(" ,")
    return None


def _cooperating(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for match in COOPERATES.finditer(text):
        units, _rest = take_units(text[match.end() : match.end() + LONGEST_LIST])
        found.extend(unit for unit in units if unit not in found)
    helps = HELPS_LATER.search(text)
    named = (helps["units"] or helps["last"]) if helps else ""
    if starts_with_unit(named):
        found.extend(unit for unit in take_units(f"{named} phối hợp")[0] if unit not in found)
    return tuple(found)


def _without(lead: str, units: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(unit for unit in units if unit.lower() != lead.lower())


def heading_unit(text: str) -> str | None:
    """The unit a heading names: "Văn phòng Sở", "Giao Phòng A:", "Đối với các trường học"; else None."""
    given = GIVES.match(text)
    name = (text[given.end() :] if given else text).strip().rstrip(" :.")
    if not starts_with_unit(name) or len(name) > 160:
        return None
    taken, rest = take_unit(name)
    return None if taken and rest else name
