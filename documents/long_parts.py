"""One stretch of a long document, printed by a worker process that lives on (`render_pool`).

A stretch that is followed by more rows of its table holds the first of those rows too: it must begin a page of its own,
which is then left out. So every stretch but the last ends with a full page.
"""

from __future__ import annotations

import gc
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure.boxes import TableRowGroupBox

from documents import pdf, printing
from documents.layout import ND30_13, OfficialText, Place

MAIN = -1


@dataclass(frozen=True, slots=True)
class Part:
    """`text` holds only what this stretch prints. `section` is MAIN or the appendix's index. `first_page` is 0 for the
    stretch that opens the section, which counts its own pages. With `has_more` the last page is looked at and left
    out."""

    text: OfficialText
    section: int
    first_page: int
    has_more: bool
    has_open_lines: bool

    @property
    def flags(self) -> dict[str, Any]:
        """What the print template leaves out."""
        appendix = "" if self.section == MAIN else f"phuluc{self.section}"
        return {
            "appendix": appendix,
            "page": appendix or "rest",
            "is_continued": self.first_page > 0,
            "first_page": self.first_page,
            "has_more": self.has_more,
        }


@dataclass(frozen=True, slots=True)
class Printed:
    """A stretch as PDF. `rows_left` are the rows of the last table that stood on the page left out."""

    bytes: bytes
    pages: int
    places: dict[str, Place]
    rows_left: int


def print_part(part: Part) -> Printed:
    """Lay the stretch out, leave its last page out if more follows, and write it."""
    with pdf.without_collecting():
        printed = _print(part)
    gc.collect()
    return printed


def _print(part: Part) -> Printed:
    html = printing.part_html(part.text, part.flags, has_open_lines=part.has_open_lines)
    document = pdf.laid_out(html, part.text.profile)
    rows_left = 0
    if part.has_more:
        rows_left = _rows_of_last_table(document.pages[-1])
        document = document.copy(document.pages[:-1])
    return Printed(pdf.written(document), len(document.pages), pdf.anchors(document), rows_left)


def _rows_of_last_table(page: Any) -> int:
    bodies = [
        box for box in page._page_box.descendants() if isinstance(box, TableRowGroupBox) and box.element_tag == "tbody"
    ]
    return len(bodies[-1].children) if bodies else 0


def warm_up() -> None:
    """Fonts and style sheet before the first stretch is asked for."""
    pdf.warm_up(ND30_13)
