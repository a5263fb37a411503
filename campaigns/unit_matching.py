"""Names of units as texts write them → units of the portal, with how sure that is. Pure: rows in, rows out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

from directives.register import folded
from units.models import Unit

SURE = 0.85
"""From this confidence on a match is taken without asking; below it a person looks."""
LEAST = 0.6
_COLLECTIVE = re.compile(
    r"^(?:(?:thu truong|truong|lanh dao|nguoi dung dau|cong chuc vien chuc|can bo cong chuc vien chuc) )?(?:tat ca )?"
    r"(?:cac|nhung|toan the|moi|tung) (?:phong|don vi|ban|co quan|chi bo|bo phan|to chuc|trung tam|chi cuc)"
)
_EVERYBODY = re.compile(r"\b(?:don vi|co quan|to chuc|ban|bo phan|chi bo)\b")
_KINDS = ("phong", "trung tam", "chi cuc")


@dataclass(frozen=True)
class Guess:
    """The unit a name stands for. `is_everyone`: the name means all units of the organisation."""

    unit: Unit | None
    confidence: float
    is_everyone: bool = False


def _names(unit: Unit) -> list[str]:
    return [folded(name) for name in (unit.name, unit.short_name, unit.symbol) if name]


def _initials(name: str) -> str:
    """ "phong quan ly khoa hoc" → "phong qlkh", as people shorten it."""
    kind, *rest = name.split()
    return f"{kind} {''.join(word[0] for word in rest)}" if len(rest) > 1 else ""


def _likeness(wanted: str, unit: Unit) -> float:
    best = 0.0
    short = _initials(folded(unit.name))
    if short and wanted.replace(" ", "") == short.replace(" ", ""):
        return 0.9
    for name in _names(unit):
        if wanted == name:
            return 1.0
        if len(name) > 4 and re.search(rf"\b{re.escape(name)}\b", wanted):
            best = max(best, 0.9)
        elif len(wanted) > 4 and re.search(rf"\b{re.escape(wanted)}\b", name):
            best = max(best, 0.86)
        else:
            best = max(best, SequenceMatcher(None, wanted, name).ratio() * 0.9)
    return best


def guess(name: str, units: Iterable[Unit]) -> Guess:
    """The likeliest of `units` for a name; no unit when nothing comes near."""
    wanted = folded(name)
    if not wanted:
        return Guess(None, 0.0)
    if _COLLECTIVE.match(wanted):
        return Guess(None, 0.95, is_everyone=True)
    rated = sorted(((_likeness(wanted, unit), -unit.pk, unit) for unit in units), key=lambda row: row[:2], reverse=True)
    if not rated or rated[0][0] < LEAST:
        return Guess(None, 0.0)
    return Guess(rated[0][2], round(rated[0][0], 2))


def expand(name: str, units: Iterable[Unit]) -> list[Unit]:
    """The units a collective name means: "các phòng chuyên môn" the phòng, "…, đơn vị thuộc Sở" all of them."""
    wanted = folded(name)
    kinds = tuple(kind for kind in _KINDS if re.search(rf"\b{kind}\b", wanted))
    everybody = list(units)
    if not kinds or _EVERYBODY.search(wanted):
        return everybody
    return [unit for unit in everybody if folded(unit.name).startswith(kinds)] or everybody


def recipient_unit(text: str, units: list[Unit], organisation: Unit) -> int | None:
    """The unit a line of "Nơi nhận" means; a collective ("Các phòng, đơn vị thuộc Sở") is the whole organisation."""
    if re.match(r"[-\s]*lưu\b", text, re.IGNORECASE):
        return None
    found = guess(re.sub(r"\(.*?\)|[.;]\s*$", "", text), units)
    if found.is_everyone:
        return organisation.pk
    return found.unit.pk if found.unit is not None and found.confidence >= SURE else None
