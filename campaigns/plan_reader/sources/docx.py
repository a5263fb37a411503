"""Word files: paragraphs with the numbers Word makes, tables, text boxes, footnotes; tracked changes as accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from lxml import etree

from campaigns.plan_reader.blocks import Block, Cell, Paragraph, Row, Source, Table, as_source
from campaigns.plan_reader.sources.docx_numbering import Numbering
from campaigns.plan_reader.sources.docx_package import DOCUMENT, Package, value, w
from campaigns.plan_reader.sources.docx_styles import Look, Styles
from campaigns.plan_reader.sources.encodings import from_tcvn3, from_vni
from campaigns.plan_reader.sources.typed_columns import TypedColumns
from campaigns.plan_reader.wording import clean

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Text of these is not part of the paragraph: removed by a tracked change, field codes, properties.
_SKIPPED = {
    w(n)
    for n in (
        "del",
        "moveFrom",
        "instrText",
        "delText",
        "pPr",
        "rPr",
        "sectPr",
        "tblPr",
        "tblGrid",
        "footnoteReference",
        "endnoteReference",
    )
}
_BREAKS = {w("br"): "\n", w("cr"): "\n", w("tab"): "\t", w("noBreakHyphen"): "-", w("ptab"): "\t"}
DEEPEST_TABLE = 4


def load(data: bytes) -> Source:
    """Reads: bytes of a .docx. Writes: a source; footnotes apart; a remark when old fonts were converted."""
    package = Package(data)
    reader = _Reader(Styles(package.part("word/styles.xml")), Numbering(package.part("word/numbering.xml")))
    document = package.part(DOCUMENT)
    body = document.find(w("body")) if document is not None else None
    blocks = list(reader.blocks(body)) if body is not None else []
    notes = [note for name in ("footnotes", "endnotes") for note in reader.notes(package.part(f"word/{name}.xml"))]
    remarks = []
    if reader.legacy:
        remarks.append(
            (
                "legacy_encoding",
                _("Văn bản dùng phông chữ cũ (TCVN3, VNI), đã chuyển sang Unicode; hãy xem lại dấu và chữ hoa."),
            )
        )
    return as_source(blocks, notes, remarks)


@dataclass(slots=True)
class _Run:
    """A piece of text and how it looks."""

    text: str
    look: Look


class _Reader:
    """Walks the document in reading order; numbering counts along."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self.styles = styles
        self.numbering = numbering
        self.legacy = False
        self._columns = TypedColumns()
        self._open: Paragraph | None = None  # a paragraph whose end mark was deleted: the next one continues it

    def blocks(self, parent: etree._Element, depth: int = 0) -> Iterator[Block]:
        """Paragraphs and tables of a body or a cell; text boxes follow the paragraph they hang on."""
        for element in parent:
            if element.tag == w("p"):
                yield from self._paragraphs(element)
            elif element.tag == w("tbl"):
                yield from self._table(element, depth)
            elif element.tag not in _SKIPPED and isinstance(element.tag, str):
                yield from self.blocks(_chosen(element), depth)

    def _paragraphs(self, element: etree._Element) -> Iterator[Paragraph]:
        runs: list[_Run] = []
        boxes: list[etree._Element] = []
        style = self.styles.paragraph(element)
        self._collect(element, style, runs, boxes)
        raw = "".join(run.text for run in runs)
        text = clean(raw).strip()
        paragraph = Paragraph(text, bold=_all_bold(runs), centred=style.centred, level=style.level)
        if self._open is not None:
            paragraph, self._open = replace(self._open, text=f"{self._open.text} {text}".strip()), None
        if _end_mark_deleted(element):
            self._open = paragraph
        elif paragraph.text:
            yield from self._in_columns(self._numbered(paragraph, style), raw)
        for box in boxes:
            yield from (block for block in self.blocks(box) if isinstance(block, Paragraph))

    def _in_columns(self, paragraph: Paragraph, raw: str) -> Iterator[Paragraph]:
        """A paragraph, or the sides of its lines when they were typed with tabs between them."""
        sides = [self._columns.split(line) for line in raw.split("\n")]
        if not all(sides):
            yield paragraph
            return
        for column in (0, 1):
            text = "\n".join(side[column] for side in sides if side and side[column])
            if text:
                yield replace(paragraph, text=text, column=column)

    def _numbered(self, paragraph: Paragraph, style: Look) -> Paragraph:
        number = self.numbering.next(style.list_id, style.list_level) if style.list_id else ""
        return replace(paragraph, text=f"{number} {paragraph.text}") if number else paragraph

    def _collect(self, element: etree._Element, look: Look, runs: list[_Run], boxes: list[etree._Element]) -> None:
        """Gather the text of a paragraph, leaving out deleted text and field codes; text boxes are put aside."""
        for child in element:
            if child.tag in _SKIPPED:
                continue
            if child.tag == w("r"):
                self._collect(child, self.styles.run(child, look), runs, boxes)
            elif child.tag == w("t"):
                runs.append(_Run(self._decoded(child.text or "", look), look))
            elif child.tag in _BREAKS:
                runs.append(_Run(" " if child.get(w("type")) in ("page", "column") else _BREAKS[child.tag], look))
            elif child.tag == w("sym"):
                runs.append(_Run("•", look))
            elif child.tag == w("txbxContent"):
                boxes.append(child)
            elif isinstance(child.tag, str):
                self._collect(_chosen(child), look, runs, boxes)

    def _decoded(self, text: str, look: Look) -> str:
        """Text in a font of before Unicode: ".VnTime" is TCVN3 (capitals in ".VnTimeH"), "VNI-Times" is VNI."""
        font = look.font.lower()
        if not font.startswith((".vn", "vni-")) or (text.isascii() and not font.endswith("h")):
            return text
        self.legacy = True
        converted = from_vni(text) if font.startswith("vni-") else from_tcvn3(text)
        return converted.upper() if font.startswith(".vn") and font.endswith("h") else converted

    def _table(self, element: etree._Element, depth: int) -> Iterator[Block]:
        """A table; one nested deeper than anybody would is read as plain paragraphs."""
        rows = [
            self._row(row, depth)
            for row in element.iter(w("tr"))
            if _table_of(row) is element and not _row_deleted(row)
        ]
        if len(rows) == 1 and len(rows[0].cells) == 1:
            yield from rows[0].cells[0].paragraphs
        elif rows:
            yield Table(tuple(rows))

    def _row(self, element: etree._Element, depth: int) -> Row:
        cells = [self._cell(cell, depth) for cell in element.iter(w("tc")) if _row_of(cell) is element]
        before = _number(element.find(f"{w('trPr')}/{w('gridBefore')}"), 0)
        return Row((*(Cell() for _ in range(before)), *cells))

    def _cell(self, element: etree._Element, depth: int) -> Cell:
        properties = element.find(w("tcPr"))
        span = _number(properties.find(w("gridSpan")), 1) if properties is not None else 1
        merge = properties.find(w("vMerge")) if properties is not None else None
        continued = merge is not None and value(merge, "continue") == "continue"
        paragraphs: list[Paragraph] = []
        for block in self.blocks(element, depth + 1) if depth < DEEPEST_TABLE else ():
            if isinstance(block, Paragraph):
                paragraphs.append(block)
            else:
                paragraphs.extend(paragraph for _column, paragraph in block.paragraphs())
        return Cell(tuple(paragraphs), max(1, min(span, 63)), continued)

    def notes(self, root: etree._Element | None) -> Iterator[Paragraph]:
        """The texts of footnotes; separators have a type and are none."""
        for note in root if root is not None else ():
            if note.get(w("type")) in (None, "normal"):
                text = " ".join(block.text for block in self.blocks(note) if isinstance(block, Paragraph))
                if text:
                    yield Paragraph(text)


def _chosen(element: etree._Element) -> etree._Element:
    """Of alternatives for old and new programs, the first; so that a text box is not read twice."""
    if element.tag == f"{_COMPATIBILITY}AlternateContent":
        choice = element.find(f"{_COMPATIBILITY}Choice")
        return choice if choice is not None else element
    return element


def _all_bold(runs: list[_Run]) -> bool:
    written = [run for run in runs if run.text.strip()]
    return bool(written) and all(run.look.bold for run in written)


def _end_mark_deleted(element: etree._Element) -> bool:
    return element.find(f"{w('pPr')}/{w('rPr')}/{w('del')}") is not None


def _row_deleted(element: etree._Element) -> bool:
    return element.find(f"{w('trPr')}/{w('del')}") is not None


def _table_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(w("tbl")), None)


def _row_of(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(w("tr")), None)


def _number(element: etree._Element | None, default: int) -> int:
    text = value(element)
    return int(text) if text and text.isdigit() else default
