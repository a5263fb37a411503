"""What differs between two texts of a report, word by word, and between two editions of one. Pure."""

import re
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any

from reports.models import Report

MOST_WORDS = 6000
"""Longer texts are shown one after the other: comparing word by word costs the square of their length."""


@dataclass(frozen=True)
class Piece:
    """Some words: kept, added or removed."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The words of both texts in order; nothing for equal ones."""
    if before == after:
        return []
    old, new = (re.findall(r"\s+|[^\s]+", text) for text in (before, after))
    if len(old) + len(new) > MOST_WORDS:
        return [Piece(kind, text) for kind, text in (("removed", before), ("added", after)) if text]
    found: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Piece("kept", "".join(old[i:j])))
            continue
        found += [
            Piece(kind, text) for kind, text in (("removed", "".join(old[i:j])), ("added", "".join(new[k:m]))) if text
        ]
    return found


@dataclass(frozen=True)
class ChangedFigure:
    """A figure that two editions state differently; None where an edition has none."""

    name: str
    measure: str
    before: Decimal | None
    after: Decimal | None


def changed_figures(earlier: Report, later: Report) -> list[ChangedFigure]:
    """Figures that differ, in the order of the later edition, then those that are gone."""
    old = {figure["indicator_id"]: figure for figure in earlier.figures["figures"]}
    new = {figure["indicator_id"]: figure for figure in later.figures["figures"]}
    found = []
    for key in [*new, *(key for key in old if key not in new)]:
        before, after = _value(old.get(key)), _value(new.get(key))
        if before != after:
            named = new.get(key) or old[key]
            found.append(ChangedFigure(named["name"], named["measure"], before, after))
    return found


def _value(figure: dict[str, Any] | None) -> Decimal | None:
    return Decimal(figure["value"]) if figure else None


def changed_sections(earlier: Report, later: Report) -> list[tuple[str, list[Piece]]]:
    """Heading and difference of every section whose words differ."""
    old = {section["key"]: section["text"] for section in earlier.sections}
    found = [
        (section["heading"], difference(old.get(section["key"], ""), section["text"])) for section in later.sections
    ]
    return [(heading, pieces) for heading, pieces in found if pieces]
