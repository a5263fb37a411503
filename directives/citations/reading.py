"""The text as it is read: NFC, with look-alike characters made equal and a way back to the place in the source."""

import re
import unicodedata
from dataclasses import dataclass

_LOOKALIKES = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d", "-"),
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\x00", " "
    ),
    **dict.fromkeys("\u2044\u2215\uff0f", "/"),
    "\u00d0": "Đ",
    "\u0189": "Đ",
    "\u00f0": "đ",
    "\u0256": "đ",
    "\u2028": "\n",
    "\u2029": "\n",
    "\x0b": "\n",
    "\x0c": "\n",
    "\r": " ",
    "\x1c": " ",
    "\x1d": " ",
    "\x1e": " ",
    "\x1f": " ",
    "\x85": " ",
}
_EQUAL = str.maketrans(_LOOKALIKES)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_MARKS = re.compile("[\u0300-\u036f]{32,}")


def nfc(text: str) -> str:
    """`text` in NFC.

    Long runs of combining marks are put in canonical order first, else normalising takes quadratic time.
    """
    if unicodedata.is_normalized("NFC", text):
        return text
    ordered = _MARKS.sub(lambda run: "".join(sorted(run.group(), key=unicodedata.combining)), text)
    return unicodedata.normalize("NFC", ordered)


def plain(text: str) -> str:
    """`text` in NFC with Ð as Đ, every dash as "-", every space as " ", invisible characters gone."""
    return _INVISIBLE.sub("", nfc(text).translate(_EQUAL))


@dataclass(frozen=True, slots=True)
class Reading:
    """`source` is the NFC text, `text` the one read; `places[i]` is where `text[i]` stands in `source`.

    `is_plain`: the two are the same.
    """

    source: str
    text: str
    places: list[int] | None
    is_plain: bool

    def place(self, index: int) -> int:
        """Where in the source the read character `index` stands."""
        return index if self.places is None else self.places[index]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source's span of the read text[start:end] (not empty)."""
        if self.places is None:
            return start, end
        return self.place(start), self.place(end - 1) + 1

    def slice(self, start: int, end: int) -> str:
        """The source's words for the read text[start:end], in one line."""
        if start >= end:
            return ""
        first, last = self.span(start, end)
        words = self.source[first:last]
        if self.is_plain and "\n" not in words and "  " not in words:
            return words.strip()
        return " ".join(_INVISIBLE.sub("", words).split())


def read(text: str) -> Reading:
    """How `text` is read. One character for one, except that invisible ones are left out."""
    source = nfc(text)
    equal = source.translate(_EQUAL)
    if not _INVISIBLE.search(equal):
        return Reading(source, equal, None, equal == source)
    places = [index for index, character in enumerate(equal) if not _INVISIBLE.match(character)]
    return Reading(source, "".join(equal[index] for index in places), places, False)
