"""How high the rows of a printed table will be, counted before the page is laid out.

A long table is printed in parts at the same time; a part must end where a page ends. So the lines of each cell are
counted from the font's own widths. `long_pdf` checks each guess against the laid-out page: a wrong one costs time,
never a crooked page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from documents import typography as words
from documents.layout import CELL_BORDER_PT, CELL_PADDING_PT, TABLE_LINE, LayoutProfile, Table

PIECES = re.compile(r"[^\s\-–—/]+(?:/(?=\d)[^\s\-–—/]*)*[-–—/]*|[-–—/]+")
"""A line may end after a space, after a hyphen or dash, and after a slash that no digit follows (as Pango breaks)."""


@dataclass(frozen=True, slots=True)
class Measures:
    """A table's widths in millimetres and the heights of its rows in points; `head` is that of the repeated head."""

    widths: tuple[float, ...]
    rows: tuple[float, ...]
    head: float


@lru_cache(maxsize=60_000)
def _width(text: str, style: str) -> float:
    """Width of a word at 1 pt, in points."""
    return words.width_mm.__wrapped__(text, 1.0, style) * words.POINTS_PER_MM


@lru_cache(maxsize=60_000)
def _units(line: str, style: str) -> tuple[tuple[float, bool], ...]:
    """The unbreakable pieces of a line: width at 1 pt, and whether a space stands before."""
    found = []
    for index, word in enumerate(line.split(" ")):
        for place, piece in enumerate(PIECES.findall(word)):
            found.append((_width(piece, style), index > 0 and place == 0))
    return tuple(found)


def lines_of(line: str, room: float, size: float, style: str) -> int:
    """How many lines a line of a cell takes in `room` points."""
    space = _width(" ", style) * size
    count, used = 1, 0.0
    for unit, is_spaced in _units(line, style):
        width = unit * size
        gap = space if is_spaced else 0.0
        if used and used + gap + width > room:
            count, used = count + 1, width
        else:
            used += gap + width
    return count


def _cell_lines(cell: str, room: float, size: float, style: str) -> int:
    return sum(lines_of(line, room, size, style) for line in words.lines_nfc(cell))


def row_height(lines: int, size: float) -> float:
    """Height in points of a row whose highest cell has so many lines."""
    return lines * size * TABLE_LINE + 2 * CELL_PADDING_PT[0] + CELL_BORDER_PT


def measure(block: Table, widths: Sequence[float], profile: LayoutProfile) -> Measures:
    """Heights of the head and of every row of a table whose columns are `widths` millimetres wide."""
    size = profile.sizes.table
    taken = 2 * CELL_PADDING_PT[1] + CELL_BORDER_PT
    rooms = [width * words.POINTS_PER_MM - taken for width in widths]
    whole = sum(widths) * words.POINTS_PER_MM - taken

    def lines(row: tuple[str, ...], style: str) -> int:
        if len(row) == 1 and len(rooms) > 1:
            return _cell_lines(row[0], whole, size, "Bold")
        return max(_cell_lines(cell, room, size, style) for cell, room in zip(row, rooms, strict=True))

    heights = [
        row_height(lines(row, "Bold" if index in block.bold_rows else "Regular"), size)
        for index, row in enumerate(block.rows)
    ]
    return Measures(tuple(widths), tuple(heights), row_height(lines(block.header, "Bold"), size))


def page_starts(block: Table, measures: Measures, *, first: int, page: float) -> list[int]:
    """The rows that begin a page of `page` points of height, from row `first` on, which begins one.

    A group's name never ends a page.
    """
    starts, used = [first], measures.head
    is_group = [len(row) == 1 and len(block.columns) > 1 for row in block.rows]
    index = first
    while index < len(block.rows):
        height = measures.rows[index]
        if used + height <= page or index == starts[-1]:
            used, index = used + height, index + 1
            continue
        while index - 1 > starts[-1] and is_group[index - 1]:
            index -= 1
        starts.append(index)
        used = measures.head
    return starts
