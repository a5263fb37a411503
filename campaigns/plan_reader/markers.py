"""Markers in front of headings and items: "I.", "Chương I", "Điều 1.", "1.", "1.1.", "a)", "-", "+", "•"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from campaigns.plan_reader.wording import is_upper, roman_value


class Rank(IntEnum):
    """From the outside in. Symbols have no fixed order among themselves: whichever comes first is outside."""

    PART = 0
    CHAPTER = 1
    ROMAN = 2
    CAPITAL = 3
    ARTICLE = 4
    NUMBER = 5
    NUMBER_2 = 6
    NUMBER_3 = 7
    NUMBER_4 = 8
    NUMBER_PAREN = 9
    LETTER = 10
    SYMBOL = 11


@dataclass(frozen=True, slots=True)
class Marker:
    """`text` as shown ("1", "a)", "-"), `value` its place in the series (0 for symbols), `rest` the text after it."""

    rank: Rank
    text: str
    value: int
    rest: str

    @property
    def series(self) -> tuple[int, str]:
        """Items with the same series stand on one level."""
        return (self.rank, self.text if self.rank is Rank.SYMBOL else "")


_ORDINALS = {"nhất": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8}
_LETTERS = "abcdđeghiklmnopqrstuvxy"

_PART = re.compile(
    r"(?P<text>phần\s+(?:thứ\s+)?(?P<number>[IVX]+|\d+|nhất|hai|ba|tư|bốn|năm|sáu))\b[.:]?\s*(?P<rest>.*)\Z",
    re.I | re.S,
)
_CHAPTER = re.compile(
    r"(?P<text>(?:Chương|CHƯƠNG|Mục|MỤC)\s+(?P<number>[IVX]+|\d{1,2}))\b\s*(?P<sign>[.:\-–])?\s*(?P<rest>.*)\Z", re.S
)
_ARTICLE = re.compile(r"(?P<text>Điều\s+(?P<number>\d{1,3}))\s*[.:]\s*(?P<rest>.*)\Z", re.S)
_COMPOUND = re.compile(r"(?P<text>[IVX]{1,6}\.(?P<number>\d{1,2}))\s*[.)/:]?\s+(?P<rest>\D.*)\Z", re.S)
_ROMAN = re.compile(r"(?P<number>[IVX]{1,6})\s*(?:[.):]\s*[-–]?|[-–/](?=\s|[A-ZĐ]))\s*(?P<rest>.*)\Z", re.S)
_CAPITAL = re.compile(r"(?P<number>[A-HĐ])\s*[.)/\-–]\s+(?P<rest>.*)\Z", re.S)
_NUMBER = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,2}){0,3})(?P<sign>\s?[.:]\s?[-–]?|\s?[-–/](?=\s)|(?=\s[A-ZĐÀ-Ỹ][a-zà-ỹ]))\s*(?P<rest>\D.*|)\Z",
    re.S,
)
_NUMBER_PAREN = re.compile(r"(?P<text>\(?(?P<number>\d{1,2})\))\s*(?P<rest>.*)\Z", re.S)
_LETTER = re.compile(
    r"(?P<text>\(?(?P<number>[a-zđ])(?:\)|(?P<sign>[./](?=\s|[A-ZĐ])|\s?[-–](?=\s))))\s*(?P<rest>\D.*|)\Z", re.S
)
_SYMBOL = re.compile(
    r"(?P<text>[-–—−‐+•●▪■◦○∙·*★➢✓\uf0b7\uf0a7\uf0d8\uf02d]|o(?=\s))\s*(?P<rest>[^\s\d].*|\d.*)\Z", re.S
)


def find_marker(text: str) -> Marker | None:
    """The marker `text` starts with, or None. A date, an amount or "V/v" is no marker."""
    if not text:
        return None
    for reader in _READERS:
        marker = reader(text)
        if marker:
            return marker
    return None


def _number(text: str) -> int:
    return _ORDINALS.get(text.lower()) or roman_value(text.upper()) or (int(text) if text.isdigit() else 0)


def _part(text: str) -> Marker | None:
    match = _PART.match(text)
    return Marker(Rank.PART, match["text"], _number(match["number"]), match["rest"]) if match else None


def _chapter(text: str) -> Marker | None:
    match = _CHAPTER.match(text)
    if not match or (match["rest"] and not match["sign"] and not is_upper(match["rest"])):
        return None
    return Marker(Rank.CHAPTER, match["text"], _number(match["number"]), match["rest"])


def _article(text: str) -> Marker | None:
    match = _ARTICLE.match(text)
    return Marker(Rank.ARTICLE, match["text"], int(match["number"]), match["rest"]) if match else None


def _compound(text: str) -> Marker | None:
    match = _COMPOUND.match(text)
    return Marker(Rank.NUMBER, match["text"], int(match["number"]), match["rest"]) if match else None


def _roman(text: str) -> Marker | None:
    match = _ROMAN.match(text)
    value = roman_value(match["number"]) if match else None
    return Marker(Rank.ROMAN, match["number"], value, match["rest"]) if match and value else None


def _capital(text: str) -> Marker | None:
    match = _CAPITAL.match(text)
    return Marker(Rank.CAPITAL, match["number"], "ABCDĐEGH".find(match["number"]) + 1, match["rest"]) if match else None


def _arabic(text: str) -> Marker | None:
    match = _NUMBER.match(text)
    if not match:
        return None
    parts = match["number"].split(".")
    if len(parts) == 1 and not match["sign"].strip():
        return None
    rank = Rank(Rank.NUMBER + len(parts) - 1)
    return Marker(rank, match["number"], int(parts[-1]), match["rest"])


def _paren(text: str) -> Marker | None:
    match = _NUMBER_PAREN.match(text)
    return Marker(Rank.NUMBER_PAREN, match["text"], int(match["number"]), match["rest"]) if match else None


def _letter(text: str) -> Marker | None:
    match = _LETTER.match(text)
    if not match:
        return None
    shown = match["text"] if match["sign"] is None else match["number"]
    return Marker(Rank.LETTER, shown, _LETTERS.find(match["number"]) + 1, match["rest"])


def _symbol(text: str) -> Marker | None:
    match = _SYMBOL.match(text)
    if not match:
        return None
    return Marker(Rank.SYMBOL, _SYMBOL_SHOWN.get(match["text"], match["text"]), 0, match["rest"])


_SYMBOL_SHOWN = dict.fromkeys("–—−‐\uf02d", "-") | dict.fromkeys("●∙·\uf0b7\uf0a7\uf0d8", "•")
_READERS = (_part, _chapter, _article, _compound, _roman, _capital, _paren, _arabic, _letter, _symbol)
