"""What every source (text, Word, PDF) is turned into before anything is recognised: paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from campaigns.plan_reader.wording import fold


@dataclass(frozen=True, slots=True)
class Place:
    """Lines `first` to `last` (counted from 0, both included) of the source text."""

    first: int
    last: int

    def through(self, other: Place) -> Place:
        """The smallest place that holds both."""
        return Place(min(self.first, other.first), max(self.last, other.last))

    def as_list(self) -> list[int]:
        """First and last line as a person counts them."""
        return [self.first + 1, self.last + 1]

    def __str__(self) -> str:
        """As a person counts lines: "12" or "12–14"."""
        return str(self.first + 1) if self.first == self.last else f"{self.first + 1}–{self.last + 1}"


NOWHERE = Place(0, 0)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on page `page` (from 1) of a PDF, in points from the top left."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. `text` is NFC and keeps soft line breaks as "\\n"; a number that Word makes is already in front.

    `column` is 0 or 1 for text of a head or foot set in two columns; `level` the heading style's level, 0 for none;
    `boxes` where it stands on the pages of a PDF.
    """

    text: str
    place: Place = NOWHERE
    bold: bool = False
    centred: bool = False
    level: int = 0
    column: int | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; `span` columns wide; `continued` when it is the lower part of a cell merged over several rows."""

    paragraphs: tuple[Paragraph, ...] = ()
    span: int = 1
    continued: bool = False

    @property
    def text(self) -> str:
        return "\n".join(p.text for p in self.paragraphs if p.text)

    @property
    def bold(self) -> bool:
        return bool(self.paragraphs) and all(p.bold for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    place: Place = NOWHERE
    boxes: tuple[Box, ...] = ()

    @property
    def text(self) -> str:
        return " | ".join(" ".join(c.text.split()) for c in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    rows: tuple[Row, ...]
    place: Place = NOWHERE

    def paragraphs(self) -> Iterator[tuple[int, Paragraph]]:
        """Every paragraph with the number of the column it stands in, row by row."""
        for row in self.rows:
            for column, cell in enumerate(row.cells):
                for paragraph in cell.paragraphs:
                    yield column, paragraph

    @property
    def is_layout(self) -> bool:
        """Whether the table only sets a head or a foot in columns."""
        if len(self.rows) > 8 or max((len(row.cells) for row in self.rows), default=0) > 3:
            return False
        folded = " \n".join(fold(p.text) for _, p in self.paragraphs())
        return bool(_LAYOUT_SIGNS.search(folded))


_LAYOUT_SIGNS = re.compile(
    r"cộng hòa xã hội chủ nghĩa|đảng cộng sản việt nam|độc lập-tự do|nơi nhận|đoàn tncs hồ chí minh|"
    r"^số\s*:?\s*\d*[ .…]*[-/]\s*[a-zđ]|^[^,|]{2,40},\s*ngày[\s.…\d]*tháng[\s.…\d]*năm|"
    r"^(?:tm|kt|tl|tuq|t/m|k/t|t/l)[./ ] ?(?:chủ tịch|giám đốc|ủy ban|trưởng|đảng ủy|ban |chi ủy|hiệu trưởng)",
    re.M,
)

Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Source:
    """A file as text: blocks in reading order, each with its place in `text`; `footnotes` are kept apart.

    `boxes`: number of a line → where it stands on the pages (PDF only).
    """

    blocks: tuple[Block, ...]
    text: str
    footnotes: tuple[Paragraph, ...] = ()
    remarks: tuple[tuple[str, str], ...] = field(default=())
    boxes: tuple[tuple[int, tuple[Box, ...]], ...] = ()


def as_source(
    blocks: Iterable[Block], footnotes: Iterable[Paragraph] = (), remarks: Iterable[tuple[str, str]] = ()
) -> Source:
    """Give every block its place: a line for each line of a paragraph, one line for each row of a data table."""
    lines: list[str] = []
    placed: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            placed.append(_place_paragraph(block, lines))
        elif block.is_layout:
            placed.extend(_unfold(block, lines))
        else:
            placed.append(_place_table(block, lines))
    notes = tuple(_place_paragraph(note, lines) for note in footnotes)
    return Source(tuple(placed), "\n".join(lines), notes, tuple(remarks), tuple(_boxes(placed)))


def _boxes(blocks: Iterable[Block]) -> Iterator[tuple[int, tuple[Box, ...]]]:
    for block in blocks:
        for part in block.rows if isinstance(block, Table) else (block,):
            if part.boxes:
                yield part.place.first, part.boxes


def _place_paragraph(paragraph: Paragraph, lines: list[str]) -> Paragraph:
    first = len(lines)
    lines.extend(paragraph.text.split("\n"))
    return replace(paragraph, place=Place(first, len(lines) - 1))


def _unfold(table: Table, lines: list[str]) -> Iterator[Paragraph]:
    """The paragraphs of a layout table, column after column, as left (0) and right (1)."""
    cells: dict[int, list[Paragraph]] = {}
    for column, paragraph in table.paragraphs():
        cells.setdefault(column, []).append(paragraph)
    for column in sorted(cells):
        for paragraph in cells[column]:
            yield _place_paragraph(replace(paragraph, column=min(column, 1)), lines)


def _place_table(table: Table, lines: list[str]) -> Table:
    first = len(lines)
    rows = []
    for row in table.rows:
        rows.append(replace(row, place=Place(len(lines), len(lines))))
        lines.append(row.text)
    return replace(table, rows=tuple(rows), place=Place(first, max(first, len(lines) - 1)))
