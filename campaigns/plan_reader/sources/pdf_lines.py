"""Lines of a PDF page → paragraphs, by indents, gaps and whether the next word would still have fitted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from campaigns.plan_reader.blocks import Box, Paragraph
from campaigns.plan_reader.markers import find_marker
from campaigns.plan_reader.wording import clean, is_rule, is_upper, starts_lower

Word = dict[str, Any]
# A symbol or a span of dates broken at its dash or stroke: "09-CTr/TĐTN-" + "SKHCN".
CUT = re.compile(r"(?:\A|\s)\S*[\d/]\S*[-/]\Z")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of one column; `first_word` is the width of its first word, `at_edge` near the page's top or bottom."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    page: int
    size: float
    bold: bool
    first_word: float
    column: int | None = None
    at_edge: bool = False


def make_line(words: Sequence[Word], page: int, column: int | None = None, at_edge: bool = False) -> Line:
    words = sorted(words, key=lambda word: word["x0"])
    return Line(
        text=clean(" ".join(word["text"] for word in words)),
        x0=words[0]["x0"],
        x1=words[-1]["x1"],
        top=min(word["top"] for word in words),
        bottom=max(word["bottom"] for word in words),
        page=page,
        size=words[0]["size"],
        bold=all("bold" in word["fontname"].lower() for word in words),
        first_word=words[0]["x1"] - words[0]["x0"],
        column=column,
        at_edge=at_edge,
    )


def group_words(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words of one line together, from top to bottom: their baselines differ by less than a third of their height."""
    line: list[Word] = []
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        if line and word["bottom"] - line[0]["bottom"] > (word["bottom"] - word["top"]) / 3:
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """Reads: lines of one column. Writes: paragraphs."""
    area = _Area.of(lines)
    current: list[Line] = []
    for line in lines:
        if current and area.begins(current, line):
            yield area.paragraph(current)
            current = []
        current.append(line)
    if current:
        yield area.paragraph(current)


@dataclass(frozen=True, slots=True)
class _Area:
    """The margins, the usual distance of lines, and the indent of first lines when the others stand at the left."""

    left: float
    right: float
    pitch: float
    indent: float | None

    @classmethod
    def of(cls, lines: Sequence[Line]) -> _Area:
        distances = Counter(
            round(b.top - a.top) for a, b in pairwise(lines) if a.page == b.page and 4 < b.top - a.top < 60
        )
        usual = min((d for d, n in distances.items() if n >= max(distances.values()) / 3), default=18)
        left = min(line.x0 for line in lines)
        wrapped = Counter(
            round(a.x0) for a, b in pairwise(lines) if 10 < a.x0 - left < 90 and b.x0 - left < 2 and not a.bold
        )
        indent, times = wrapped.most_common(1)[0] if wrapped else (0, 0)
        return cls(left, max(line.x1 for line in lines), float(usual), float(indent) if times > 2 else None)

    def begins(self, current: Sequence[Line], line: Line) -> bool:
        """Whether `line` begins a new paragraph after the lines of `current`."""
        before = current[-1]
        if is_rule(before.text) or is_rule(line.text):
            return True
        if line.column is not None:
            return not self._wrapped_in_column(before, line)
        goes_on = starts_lower(line.text) and not find_marker(line.text)  # "b) …" is no rest of a sentence
        space = before.size * 0.3
        fitted = before.x1 + space + line.first_word < self.right - 2
        if before.bold != line.bold and (fitted or find_marker(line.text)):
            return True
        if self._centred(before) and self._centred(line) and before.bold == line.bold:
            return before.page != line.page or line.top - before.top > self.pitch * 1.6
        if fitted:
            return not (goes_on and before.page != line.page)
        if self._at_indent(line) and not goes_on:
            return True
        indented = line.x0 - self.left > 10
        if before.page != line.page:
            return indented and not goes_on
        if indented and line.x0 - before.x0 > 8:
            return True
        if find_marker(line.text) and (line.x0 - current[0].x0 > -3 or before.text.endswith((".", ";", ":"))):
            return True
        return line.top - before.top > self.pitch * 1.25 and (
            line.x0 - before.x0 > -4 or before.text.endswith((".", ";", ":"))
        )

    def _wrapped_in_column(self, before: Line, line: Line) -> bool:
        """In a head or foot: the rest of an entry that begins with a dash."""
        if find_marker(line.text) or is_upper(line.text) or not starts_lower(line.text):
            return False
        return before.x1 + line.first_word + 3 > self.right - 12 and line.bold == before.bold

    def _at_indent(self, line: Line) -> bool:
        return self.indent is not None and abs(line.x0 - self.indent) < 1.5

    def _centred(self, line: Line) -> bool:
        """As far from both margins; a line that begins where paragraphs begin only happens to be as long."""
        if not line.bold and self._at_indent(line):
            return False
        return abs((line.x0 - self.left) - (self.right - line.x1)) < 12 and line.x0 - self.left > 20

    def paragraph(self, lines: Sequence[Line]) -> Paragraph:
        text = ""
        for line in lines:
            text += line.text if not text or CUT.search(text[-60:]) else f" {line.text}"
        wide = all(self._centred(line) or line.x1 - line.x0 > 0.9 * (self.right - self.left) for line in lines)
        centred = wide and any(self._centred(line) for line in lines)
        boxes = tuple(Box(line.page, line.x0, line.top, line.x1, line.bottom) for line in lines)
        bold = all(line.bold for line in lines)
        return Paragraph(clean(text), bold=bold, centred=centred, column=lines[0].column, boxes=boxes)
