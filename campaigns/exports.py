"""A list of tasks as a file: CSV as a stream of lines, or a workbook with real numbers and days."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

import xlsxwriter

from campaigns.columns import Column, Row, Value

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MOST_ROWS = 50_000
"""Rows of a workbook: more takes a browser's patience and a spreadsheet's memory; CSV has no limit."""


def safe_cell(value: object) -> str:
    """A CSV cell that no spreadsheet takes for a formula."""
    text = str(value)
    text = f"'{text}" if text.startswith(FORMULA) else text
    return '"{}"'.format(text.replace('"', '""'))


def _said(value: Value) -> str:
    if value is None:
        return ""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def csv(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[str]:
    """The lines, the first one with the mark by which Excel knows UTF-8."""
    yield "\ufeff" + ",".join(safe_cell(column.label) for column in columns) + "\r\n"
    for row in rows:
        yield ",".join(safe_cell(_said(column.value(row))) for column in columns) + "\r\n"


@dataclass(frozen=True)
class Heading:
    """What a printed sheet says above and below the table."""

    title: str
    filter: str
    day: date


def workbook(rows: Iterable[Row], columns: Sequence[Column], heading: Heading) -> IO[bytes]:
    """A workbook in a temporary file that goes when it is closed. Rows are written as they come, memory stays flat."""
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the answer closes it when it is sent
    # text never becomes a formula or a link, whatever it begins with
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet(heading.title[:31])
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        wrapped, plain = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"valign": "top"})
        day = book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, str(column.label), head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                _write(sheet, last, place, column.value(row), {"text": wrapped, "day": day, "number": plain})
        _on_paper(sheet, heading, last, len(columns))
    file.seek(0)
    return file


def _write(sheet: Any, line: int, place: int, value: Value, formats: dict[str, Any]) -> None:
    if isinstance(value, date):
        sheet.write_datetime(line, place, value, formats["day"])
    elif isinstance(value, int):
        sheet.write_number(line, place, value, formats["number"])
    elif value:
        sheet.write_string(line, place, value, formats["text"])


def _on_paper(sheet: Any, heading: Heading, last: int, width: int) -> None:
    """A4 across, the head on every sheet, title and filter above, day and page numbers below."""
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, width - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    above = f"{heading.title}\n{heading.filter}".replace("&", "&&")[:200]
    sheet.set_header(f"&L{above}")
    sheet.set_footer(f"&L{heading.day:%d/%m/%Y}&R&P / &N")
