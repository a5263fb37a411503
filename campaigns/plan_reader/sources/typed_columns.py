"""Heads and feet whose two columns are typed in one line, with tabs or spaces between them."""

from __future__ import annotations

import re

from campaigns.plan_reader.markers import find_marker
from campaigns.plan_reader.wording import clean, fold, is_upper, unspaced

GAP = re.compile(r"\s*\t\s*|(?<=\S) {3,}(?=\S)")
LONGEST_SIDE = 70
KIND = re.compile(r"(?:kế hoạch|chương trình|phương án|đề án|kịch bản)\b")
# A blank left for a pen is no gap between columns: "Số:      /KH-…", "ngày     tháng     năm".
BLANK = re.compile(r"(?:\bsố\s*:?|\bngày|\btháng(?:\s*\d+)?|\bnăm|\blưu\s*:)\Z", re.I)
AFTER_BLANK = re.compile(r"(?:ngày|tháng|năm)\b", re.I)


class TypedColumns:
    """Knows, fed line after line, whether it is in the head or the foot: only there a gap divides columns."""

    def __init__(self) -> None:
        self._open = True

    def split(self, raw: str) -> tuple[str, str] | None:
        """The two sides of a line, the left one empty when the line begins far to the right; None for other lines."""
        if clean(raw) == unspaced(raw.strip()) != raw.strip():
            self._open = False  # "K Ế  H O Ạ C H"
        folded = fold(raw)
        if KIND.match(folded) and is_upper(clean(raw)[:8]):
            self._open = False
        elif folded.startswith("nơi nhận"):
            self._open = True
        return _sides(raw) if self._open else None


def _sides(raw: str) -> tuple[str, str] | None:
    pieces = [clean(piece) for piece in _gaps(raw.strip(" "))]
    if len(pieces) > 2 or not pieces or max(map(len, pieces)) > LONGEST_SIDE:
        return None
    if len(pieces) == 1:
        return ("", pieces[0]) if _is_far_right(raw) and not find_marker(pieces[0]) else None
    marker = find_marker(f"{pieces[0]} X")
    return None if marker and marker.rest == "X" else (pieces[0], pieces[1])


def _gaps(text: str) -> list[str]:
    """Cut at every gap that is no blank to be filled in by hand."""
    pieces: list[str] = []
    for piece in GAP.split(text):
        if pieces and (BLANK.search(pieces[-1]) or (pieces[-1].endswith(",") and AFTER_BLANK.match(piece))):
            pieces[-1] = f"{pieces[-1]} {piece}"
        elif piece.strip():
            pieces.append(piece)
    return pieces


def _is_far_right(raw: str) -> bool:
    indent = raw[: len(raw) - len(raw.lstrip())]
    return indent.count("\t") >= 4 or len(indent.expandtabs(8)) >= 30
