"""All tables of a report as one workbook: a sheet each, nothing in it is a formula."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO
from textwrap import wrap
from typing import Any

import xlsxwriter

from documents.layout import OfficialText
from reports.outputs.tables import DataTable, Value, tables

FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST_CELL = 32_767
LONGEST_NAME = 31
LONGEST_LINE = 240  # of what stands above a printed page
WHOLE_WIDTH = 120  # characters of all columns of a sheet together
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(text: OfficialText) -> bytes:
    """The workbook; with no table in the text one sheet says so. The same text gives the same values."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"title": text.title, "author": text.head.issuing_body})
    look = _look(book)
    found = tables(text)
    names: set[str] = set()
    for index, table in enumerate(found, start=1):
        _sheet(book.add_worksheet(_name(table.title, index, names)), table, look)
    if not found:
        book.add_worksheet().write_string(0, 0, "Báo cáo không có bảng số liệu.")
    book.close()
    return target.getvalue()


def _look(book: xlsxwriter.Workbook) -> dict[str, Any]:
    cell = {"border": 1, "valign": "top", "text_wrap": True, "font_name": "Times New Roman", "font_size": 12}
    head = {"bold": True, "align": "center", "valign": "vcenter", "bg_color": "#E8EEF5"}
    found = {"head": book.add_format(cell | head)}
    for weight, more in (("", {}), ("bold", {"bold": True})):
        found[f"text{weight}"] = book.add_format(cell | more)
        found[f"whole{weight}"] = book.add_format(cell | more | {"num_format": "#,##0"})
        found[f"share{weight}"] = book.add_format(cell | more | {"num_format": "#,##0.##"})
        found[f"day{weight}"] = book.add_format(cell | more | {"num_format": "dd/mm/yyyy"})
    return found


def _name(title: str, index: int, taken: set[str]) -> str:
    """A name that spreadsheets take: at most 31 characters in whole words, none of theirs, each once."""
    plain = " ".join(FORBIDDEN.sub(" ", title).split()) or "Bảng"
    name = wrap(f"{index}. {plain}", LONGEST_NAME)[0].rstrip(" ,;")
    taken.add(name)
    return name


def _sheet(sheet: Any, table: DataTable, look: dict[str, Any]) -> None:
    total = sum(table.widths)
    for column, (head, width) in enumerate(zip(table.header, table.widths, strict=True)):
        sheet.set_column(column, column, max(8, round(width / total * WHOLE_WIDTH)))
        sheet.write_string(0, column, head, look["head"])
    last = len(table.header) - 1
    for line, row in enumerate(table.rows, start=1):
        weight = "bold" if line - 1 in table.bold_rows or len(row) <= last else ""
        if len(row) <= last:
            sheet.merge_range(line, 0, line, last, "", look["textbold"])
        for column, value in enumerate(row):
            _write(sheet, line, column, value, look, weight)
    has_sum = len(table.rows) - 1 in table.bold_rows  # it stays below when the rows are sorted
    sheet.autofilter(0, 0, max(1, len(table.rows) - has_sum), last)
    _page(sheet, table.title)


def _page(sheet: Any, title: str) -> None:
    """On the screen the head stays; on A4 it stands on every page, below the table's name, above the page's number."""
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_header("&C" + CONTROLS.sub("", title).replace("&", "&&")[:LONGEST_LINE])
    sheet.set_footer("&R&P/&N")


def _write(sheet: Any, line: int, column: int, value: Value, look: dict[str, Any], weight: str) -> None:
    if isinstance(value, Decimal):
        style = "whole" if value == value.to_integral_value() else "share"
        sheet.write_number(line, column, value, look[f"{style}{weight}"])
    elif isinstance(value, date):
        sheet.write_datetime(line, column, value, look[f"day{weight}"])
    elif value:
        sheet.write_string(line, column, CONTROLS.sub("", value)[:LONGEST_CELL], look[f"text{weight}"])
    else:
        sheet.write_blank(line, column, None, look[f"text{weight}"])
