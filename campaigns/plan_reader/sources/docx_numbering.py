"""The numbers Word makes by itself ("I.", "1.1.", "a)", "-"): numbering.xml, styles and counters."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from campaigns.plan_reader.sources.docx_package import value, w

LEVELS = 9
SYMBOLS = {
    "\uf0b7": "•",
    "\uf0a7": "•",
    "\uf0d8": "•",
    "\uf0fc": "•",
    "\uf02d": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "·": "•",
    "●": "•",
}
_ROMAN = (("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1))


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: format, text such as "%1.%2.", first value, after which level it begins anew."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    levels: dict[int, Level]
    counters: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts as Word does: lists made from one definition count on together, a start override begins anew once."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, _List] = {}
        self._lists: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._begun: set[tuple[str, int]] = set()
        self._by_style: dict[str, str] = {}
        if root is not None:
            self._read(root)

    def _read(self, root: etree._Element) -> None:
        links: dict[str, str] = {}
        for element in root.findall(w("abstractNum")):
            number = element.get(w("abstractNumId"), "")
            self._abstract[number] = _List(
                {int(level.get(w("ilvl"), "0")): _level(level) for level in element.findall(w("lvl"))}
            )
            if (style := value(element.find(w("styleLink")))) is not None:
                self._by_style[style] = number
            if (link := value(element.find(w("numStyleLink")))) is not None:
                links[number] = link
        for number, link in links.items():
            if link in self._by_style:
                self._abstract[number] = self._abstract[self._by_style[link]]
        for element in root.findall(w("num")):
            self._read_list(element)

    def _read_list(self, element: etree._Element) -> None:
        levels: dict[int, Level] = {}
        starts: dict[int, int] = {}
        for override in element.findall(w("lvlOverride")):
            depth = int(override.get(w("ilvl"), "0"))
            if (start := value(override.find(w("startOverride")))) is not None:
                starts[depth] = _integer(start, 1)
            if (level := override.find(w("lvl"))) is not None:
                levels[depth] = _level(level)
        abstract = value(element.find(w("abstractNumId")), "") or ""
        self._lists[element.get(w("numId"), "")] = (abstract, levels, starts)

    def next(self, list_id: str, depth: int) -> str:
        """The text in front of the next paragraph of this list and level, "" when it has none. Counts on."""
        if list_id not in self._lists or not 0 <= depth < LEVELS:
            return ""
        abstract_id, overrides, starts = self._lists[list_id]
        abstract = self._abstract.get(abstract_id)
        if abstract is None:
            return ""
        levels = abstract.levels | overrides
        level = levels.get(depth, Level())
        if depth in starts and (list_id, depth) not in self._begun:
            self._begun.add((list_id, depth))
            abstract.counters[depth] = starts[depth] - 1
        elif depth not in abstract.counters:
            abstract.counters[depth] = level.start - 1
        abstract.counters[depth] += 1
        _restart_inner(abstract.counters, levels, depth)
        return _render(level, levels, abstract.counters)


def _restart_inner(counters: dict[int, int], levels: dict[int, Level], depth: int) -> None:
    """Inner levels begin anew, unless the list says after which level they do (0: never)."""
    for inner in [d for d in counters if d > depth]:
        restart = levels.get(inner, Level()).restart
        if restart is None or depth < restart:
            del counters[inner]


def _level(element: etree._Element) -> Level:
    restart = value(element.find(w("lvlRestart")))
    return Level(
        format=value(element.find(w("numFmt")), "decimal") or "decimal",
        text=value(element.find(w("lvlText")), "") or "",
        start=_integer(value(element.find(w("start"))), 1),
        restart=_integer(restart, 0) if restart is not None else None,
        legal=element.find(w("isLgl")) is not None,
    )


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.lstrip("-").isdigit() else default


def _render(level: Level, levels: dict[int, Level], counters: dict[int, int]) -> str:
    if level.format == "none" and "%" not in level.text:
        return level.text.strip()
    if level.format == "bullet":
        return SYMBOLS.get(level.text.strip(), level.text.strip() or "-")

    def number(match: re.Match[str]) -> str:
        depth = int(match.group(1)) - 1
        its = levels.get(depth, Level())
        style = "decimal" if level.legal and its.format != "bullet" else its.format
        return _written(counters.get(depth, its.start), style)

    return re.sub(r"%([1-9])", number, level.text).strip()


def _written(number: int, style: str) -> str:
    if number < 1 or style == "none":
        return "" if style == "none" else str(number)
    if style == "decimalZero":
        return f"{number:02d}"
    if style in ("upperRoman", "lowerRoman"):
        return _roman(number).upper() if style == "upperRoman" else _roman(number)
    if style in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if style == "upperLetter" else letter
    return str(number)


def _roman(number: int) -> str:
    out = ""
    for sign, worth in _ROMAN:
        while number >= worth:
            out, number = out + sign, number - worth
    return out
