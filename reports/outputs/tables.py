"""The tables of a printed text with values instead of words: numbers as numbers, days as days.

Read from the official text itself, so that every file says what the printed report says.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from documents.layout import Block, Heading, OfficialText, Table

Value = str | Decimal | date | None
NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d*)(?:,\d+)?")
"""1.234.567,5 as Vietnamese offices write it; with a leading zero it is a code, not a number."""
DAY = re.compile(r"\d{2}/\d{2}/\d{4}")
NOTHING = ("", "-", "–")


@dataclass(frozen=True, slots=True)
class DataTable:
    """One table: `title` is its caption, or the heading or appendix it stands under. A group's name is one value."""

    title: str
    header: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[Value, ...], ...]
    bold_rows: frozenset[int]


def tables(text: OfficialText) -> list[DataTable]:
    """Every table of the text and its appendices, in their order."""
    found = list(_tables(text.blocks, text.title))
    for appendix in text.appendices:
        found += _tables(appendix.blocks, appendix.title)
    return found


def _tables(blocks: tuple[Block, ...], title: str) -> Iterator[DataTable]:
    for block in blocks:
        if isinstance(block, Heading):
            title = block.text
        elif isinstance(block, Table):
            yield _table(block, block.caption or title)


def _table(block: Table, title: str) -> DataTable:
    wanted = len(block.columns)
    whole = [row for row in block.rows if len(row) == wanted]
    readers = [_reader([row[index] for row in whole]) for index in range(wanted)]
    rows = tuple(
        tuple(read(cell) for read, cell in zip(readers, row, strict=True)) if len(row) == wanted else row
        for row in block.rows
    )
    return DataTable(title, block.header, tuple(column.width for column in block.columns), rows, block.bold_rows)


def _reader(cells: list[str]) -> Callable[[str], Value]:
    """How to read a column: all days, all numbers, or words as they are."""
    filled = [cell.strip() for cell in cells if cell.strip() not in NOTHING]
    if filled and all(DAY.fullmatch(cell) for cell in filled):
        return _day
    if filled and all(NUMBER.fullmatch(cell) for cell in filled):
        return _number
    return str


def _number(cell: str) -> Value:
    plain = cell.strip()
    return None if plain in NOTHING else Decimal(plain.replace(".", "").replace(",", "."))


def _day(cell: str) -> Value:
    plain = cell.strip()
    if plain in NOTHING:
        return None
    try:
        return datetime.strptime(plain, "%d/%m/%Y").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        return plain
