"""Tables drawn with lines on a PDF page → tables with merged cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pdfplumber

from campaigns.plan_reader.blocks import Box as PageBox
from campaigns.plan_reader.blocks import Cell, Paragraph, Row, Table
from campaigns.plan_reader.sources.pdf_lines import Word, group_words
from campaigns.plan_reader.wording import clean, fold

Box = tuple[float, float, float, float]
# "15/11/202 6": a date too long for its narrow cell.
BROKEN_YEAR = re.compile(r"(?P<day>\b\d{1,2}/\d{1,2}/)(?P<first>\d{0,3}) (?P<rest>\d{1,4})\b(?!/)")


def _whole_year(match: re.Match[str]) -> str:
    year = match["first"] + match["rest"]
    return match["day"] + year if len(year) == 4 else match.group()


def read_tables(page: pdfplumber.page.Page, words: Sequence[Word]) -> list[tuple[Box, Table]]:
    """Every drawn table of at least two columns, with its box. Reads: the page's lines and words."""
    tables = []
    for found in page.find_tables():
        rows = [_row(found, index, words) for index in range(len(found.rows))]
        if rows and max(len(row.cells) for row in rows) > 1 and any(row.text.strip(" |") for row in rows):
            tables.append((found.bbox, Table(tuple(rows))))
    return tables


def _row(found: pdfplumber.table.Table, index: int, words: Sequence[Word]) -> Row:
    """One row. A place without a cell of its own belongs to the cell on its left (span) or above (continued)."""
    cells: list[Cell] = []
    row = found.rows[index]
    for column, box in enumerate(row.cells):
        if box is not None:
            cells.append(_cell(box, words))
        elif cells and _reaches(row.cells, column, found, index):
            cells[-1] = replace(cells[-1], span=cells[-1].span + 1)
        else:
            cells.append(Cell(continued=True))
    return Row(tuple(cells), boxes=(PageBox(found.page.page_number, *row.bbox),))


def _reaches(boxes: Sequence[Box | None], column: int, found: pdfplumber.table.Table, index: int) -> bool:
    """Whether the nearest cell on the left of this row is so wide that it covers `column`."""
    left = next((box for box in reversed(boxes[:column]) if box), None)
    boxed = (row.cells[column] for row in found.rows if column < len(row.cells))
    start = next((box[0] for box in boxed if box), None)
    return left is not None and start is not None and left[2] > start + 1


def _cell(box: Box, words: Sequence[Word]) -> Cell:
    inside = [
        w
        for w in words
        if box[0] - 1 <= (w["x0"] + w["x1"]) / 2 <= box[2] + 1
        and box[1] - 1 <= (w["top"] + w["bottom"]) / 2 <= box[3] + 1
    ]
    lines = [sorted(line, key=lambda w: w["x0"]) for line in group_words(inside)]
    text = " ".join(word["text"] for line in lines for word in line)
    for dash in (" - ", " + "):  # entries of a list in a cell
        text = text.replace(f";{dash}", f";\n{dash.strip()} ")
    if not text:
        return Cell()
    text = BROKEN_YEAR.sub(_whole_year, text)
    return Cell((Paragraph(clean(text), bold=all("bold" in w["fontname"].lower() for w in inside)),))


def same_table(above: Table, below: Table) -> bool:
    """Whether `below`, at the top of the next page, continues `above`: as many columns in both."""
    return _width(above) == _width(below)


def _width(table: Table) -> int:
    return max(sum(cell.span for cell in row.cells) for row in table.rows)


def stitched(above: Table, below: Table) -> Table:
    """Both as one table; a repeated head is dropped, and a row cut by the page is put together."""
    rows = list(above.rows)
    rest = list(below.rows)
    if rest and fold(rest[0].text) == fold(rows[0].text):
        rest = rest[1:]
    if rest and _is_cut(rows[-1], rest[0]):
        rows[-1] = _joined(rows[-1], rest[0])
        rest = rest[1:]
    return Table((*rows, *rest))


def _is_cut(last: Row, first: Row) -> bool:
    """The rest of a row has no number of its own and as many cells."""
    return (
        len(last.cells) == len(first.cells)
        and not first.cells[0].text
        and bool(last.cells[0].text)
        and any(c.text for c in first.cells)
    )


def _joined(last: Row, first: Row) -> Row:
    cells = []
    for upper, lower in zip(last.cells, first.cells, strict=True):
        text = f"{upper.text} {lower.text}".strip()
        cells.append(replace(upper, paragraphs=(Paragraph(text, bold=upper.bold),) if text else ()))
    return Row(tuple(cells), boxes=last.boxes + first.boxes)
