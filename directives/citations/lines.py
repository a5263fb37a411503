"""Stage 0 of the reader: lines that a page's width broke are one. Reads the text; writes one of the same length."""

import re
from itertools import pairwise

from . import words
from .tail import ORGANISATION

# A line end inside a sentence: the next line goes on in lower case, with a day or with a bracket.
_BROKEN = re.compile(r"(?<=[^\s.;:!?/])[ \t]*\n(?=[ \t]*(?P<next>[^\W\d_A-ZĐ]|\d{1,2}[/-]\d|\())")
# A line end inside a code: "473/TTr -⏎NN&PTNT".
_BROKEN_CODE = re.compile(r"(?:(?<=[A-Za-zđĐ\d][-/])|(?<=[A-Za-zđĐ\d][ ][-/]))\n(?=[A-ZĐ]{2})")
_BASE = re.compile(rf"[-–+*•\s\d.a-zđ)]{{0,6}}(?:{words.BASE_LEADS})\b", re.IGNORECASE)
_CLOSED = re.compile(r"[.;:!?/,”\"]\s*$|^\s*$")
_OPEN = re.compile(r"\b(?:của|về|việc|và|với|tại|số|do|các|theo|cho|giữa|bởi)\s*$")
_NEW = re.compile(
    rf"""
    \s* (?: [-–+*•] | \d+ [.)/] | [a-zđ] [.)] | [IVX]+ [.)\s]
          | (?: Điều | Chương | Phần | Mục | Kính | Nơi | {words.BASE_LEADS_UPPER} ) \b
          | {ORGANISATION} (?= (?: (?! \svề\s ) [^,;.\n] ){{0,140}} \s (?:{words.MAIN_VERBS}) \b )
    )
    """,
    re.VERBOSE,
)


def unwrapped(text: str) -> str:
    """Line ends inside a sentence as spaces.

    A line that goes on in lower case is no new paragraph; in a basis ("Căn cứ …") neither is one that begins with a
    name, unless the line before it was closed or something new begins: a marker, a heading, the main clause.
    """
    text = _BROKEN.sub(_blank, _BROKEN_CODE.sub(" ", text))
    lines = text.split("\n")
    joined = [lines[0]]
    in_base = bool(_BASE.match(lines[0]))
    for before, line in pairwise(lines):
        goes_on = in_base and not _CLOSED.search(before[-3:]) and (
            bool(_OPEN.search(before[-8:])) or not _begins_anew(line)
        )
        in_base = goes_on or bool(_BASE.match(line))
        joined += [" " if goes_on else "\n", line]
    return "".join(joined)


def _blank(match: re.Match[str]) -> str:
    """Spaces for a line end before anything but a capital."""
    return match.group() if match["next"][0].isupper() else " " * len(match.group())


def _begins_anew(line: str) -> bool:
    """Whether the line is empty, a heading in capitals, or begins as a new paragraph does."""
    return not line.strip() or line.lstrip()[:6].isupper() or bool(_NEW.match(line))
