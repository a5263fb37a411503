"""Official text to a Word file: the same words in the same layout, with real styles, to be worked on outside.

Charts, which are drawings of the portal, are replaced by their words: Word has no use for the SVG.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph

from documents import printing
from documents import typography as words
from documents.layout import Align, Block, Figure, Heading, Kind, LayoutProfile, OfficialText, Paragraph, Table

FONT = "Times New Roman"
ALIGNMENTS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}
URGENT_RED = RGBColor(0xE3, 0x06, 0x13)
BLACK = RGBColor(0, 0, 0)


def render_docx(text: OfficialText) -> bytes:
    """The document as DOCX. Number and date stand in it as they are now, blank or given."""
    document = docx.Document()
    _set_styles(document, text.profile)
    _set_page(document.sections[0], text.profile, is_landscape=False)
    properties = document.core_properties
    properties.title, properties.author = printing.document_title(text)[:255], words.nfc(text.head.issuing_body)[:255]
    properties.language = "vi-VN"
    _add_head(document, text)
    _add_title(document, text)
    _add_body(document, text)
    _add_foot(document, text)
    for index, _appendix in enumerate(text.appendices):
        _add_appendix(document, text, index)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def _set_font(style: ParagraphStyle, size: float, *, is_bold: bool = False, is_italic: bool = False) -> None:
    """The style in black Times New Roman; the theme's fonts would win over it, so their names are taken out."""
    font = style.font
    font.name, font.size, font.bold, font.italic = FONT, Pt(size), is_bold, is_italic
    font.color.rgb = BLACK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{name}"), FONT)
        fonts.attrib.pop(qn(f"w:{name}Theme"), None)
    fonts.attrib.pop(qn("w:cstheme"), None)


def _set_styles(document: Document, profile: LayoutProfile) -> None:
    """Normal for everything, Body Text for the body, Heading 1–3 for "I.", "1." and "a)"."""
    styles, size = document.styles, profile.sizes.body
    normal = styles["Normal"]
    _set_font(normal, size)
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    normal.paragraph_format.line_spacing = 1
    for name, is_bold in (("Body Text", False), ("Heading 1", True), ("Heading 2", True), ("Heading 3", False)):
        style = styles[name]
        _set_font(style, size, is_bold=is_bold)
        shape = style.paragraph_format
        shape.first_line_indent = Mm(profile.indent_mm)
        shape.space_before, shape.space_after = Pt(0), Pt(profile.paragraph_gap_pt)
        shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.MULTIPLE, profile.line_spacing
        shape.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        shape.widow_control, shape.keep_with_next = True, name.startswith("Heading")


def _set_page(section: Section, profile: LayoutProfile, *, is_landscape: bool) -> None:
    """A4 with the profile's margins; the page number centred in the top margin, not on the first page."""
    width, height = (Mm(297), Mm(210)) if is_landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    margins = profile.margins
    section.top_margin, section.bottom_margin = Mm(margins.top), Mm(margins.bottom)
    section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
    section.header_distance = Mm(10)
    section.different_first_page_header_footer = True
    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _restart_pages(section: Section) -> None:
    """Appendices count their pages from 1."""
    numbering = OxmlElement("w:pgNumType")
    numbering.set(qn("w:start"), "1")
    section._sectPr.append(numbering)


def _shown(text: str) -> str:
    """The text with non-breaking spaces where no line may end."""
    return "".join(
        piece.text.replace(" ", words.NBSP) if piece.is_kept else piece.text for piece in words.pieces(words.nfc(text))
    )


def _write(
    paragraph: WordParagraph,
    text: str,
    *,
    size: float | None = None,
    is_bold: bool | None = None,
    is_italic: bool | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> WordParagraph:
    """Add text to a paragraph in this shape."""
    run = paragraph.add_run(text)
    run.bold, run.italic = is_bold, is_italic
    if size is not None:
        run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align
    return paragraph


CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def _rule(paragraph: WordParagraph, length_mm: float, room_mm: float) -> None:
    """A line of this length, centred, drawn as the top border of an empty low paragraph."""
    side = Mm(max(0.0, (room_mm - length_mm) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.line_spacing = Pt(4)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    properties = paragraph._p.get_or_add_pPr()
    successors = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc")
    properties.insert_element_before(borders, *successors)


def _columns(document: Document, widths: Iterable[float], rows: int = 1) -> WordTable:
    """A table without borders whose columns have these widths in millimetres."""
    sizes = list(widths)
    table: WordTable = document.add_table(rows=rows, cols=len(sizes))
    _set_widths(table, sizes)
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    return table


def _set_widths(table: WordTable, widths: list[float]) -> None:
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for index, width in enumerate(widths):
        table.columns[index].width = Mm(width)
        for cell in table.columns[index].cells:
            cell.width = Mm(width)


def _lines(cell: _Cell, lines: Iterable[str], *, size: float, is_bold: bool = False, is_italic: bool = False) -> None:
    """Centred lines, each a paragraph of its own; the first takes the cell's own empty paragraph."""
    for line in lines:
        first = cell.paragraphs[0]
        paragraph = first if not first.runs and len(cell.paragraphs) == 1 else cell.add_paragraph()
        _write(paragraph, line, size=size, is_bold=is_bold, is_italic=is_italic, align=CENTRE)


def _add_head(document: Document, text: OfficialText) -> None:
    """Agencies left, national name and motto right; number and date on one line below (Phụ lục I, II.1–4)."""
    profile, sizes = text.profile, text.profile.sizes
    parts = printing.head_parts(text)
    widths = [float(parts["columns"].left), float(parts["columns"].right)]
    table = _columns(document, widths)
    left, right = table.rows[0].cells
    _lines(left, parts["parent"], size=sizes.agency)
    _lines(left, parts["issuing"], size=sizes.agency, is_bold=True)
    _rule(left.add_paragraph(), float(parts["issuing_rule"]), widths[0])
    _lines(right, [profile.national_name], size=sizes.national_name, is_bold=True)
    _lines(right, [profile.motto], size=sizes.motto, is_bold=True)
    _rule(right.add_paragraph(), words.width_mm(profile.motto, sizes.motto, "Bold"), widths[1])
    dated = [float(parts["date_columns"].left), float(parts["date_columns"].right)]
    left, right = _columns(document, dated).rows[0].cells
    _lines(left, [printing.number_line(text)], size=sizes.number)
    _lines(right, [printing.date_line(text)], size=sizes.place_date, is_italic=True)
    if text.kind is Kind.LETTER:
        subject = printing.title_parts(text)["subject"]
        _lines(left, subject, size=sizes.letter_subject)
        left.paragraphs[1].paragraph_format.space_before = Pt(6)
    if text.urgency:
        paragraph = _write(left.add_paragraph(), str(text.urgency), size=sizes.body, is_bold=True, align=CENTRE)
        paragraph.runs[0].font.color.rgb = URGENT_RED


def _add_title(document: Document, text: OfficialText) -> None:
    """Kind and trích yếu with the rule below, then Kính gửi (Phụ lục I, II.5 and II.9.a)."""
    profile, size = text.profile, text.profile.sizes.body
    if text.kind is not Kind.LETTER:
        parts = printing.title_parts(text)
        first = _write(document.add_paragraph(), parts["kind"], size=size, is_bold=True, align=CENTRE)
        first.paragraph_format.space_before = Pt(16)
        for line in parts["lines"]:
            _write(document.add_paragraph(), line, size=size, is_bold=True, align=CENTRE)
        _rule(document.add_paragraph(), float(parts["rule"]), profile.text_width_mm)
    addressees = words.closed_list(text.addressees)
    start = document.add_paragraph()
    start.paragraph_format.space_after = Pt(profile.paragraph_gap_pt)
    if len(addressees) == 1:
        _write(start, f"Kính gửi: {addressees[0]}", align=CENTRE)
    elif addressees:
        _write(start, "Kính gửi:").paragraph_format.left_indent = Mm(20)
        for line in addressees:
            item = _write(document.add_paragraph(), f"- {line}")
            item.paragraph_format.left_indent = Mm(20 + words.width_mm("Kính gửi", size))


def _add_body(document: Document, text: OfficialText) -> None:
    for line in words.closed_list(text.bases):
        _write(document.add_paragraph(style="Body Text"), _shown(line), is_italic=True)
    if text.opening:
        document.add_paragraph(_shown(text.opening), style="Body Text")
    for block in printing.body_blocks(text):
        _add_block(document, block, text.profile, text.profile.text_width_mm)


def _add_block(document: Document, block: Block, profile: LayoutProfile, room: float) -> None:
    """One block in its style."""
    match block:
        case Heading():
            _add_heading(document, block)
        case Paragraph():
            joined = f"{words.nfc(block.marker)} {block.text}" if block.marker else block.text
            document.add_paragraph(_shown(joined), style="Body Text")
        case Table():
            _add_table(document, block, profile, room)
        case Figure():
            shown = words.nfc(f"{block.caption} ({block.alt})" if block.caption else block.alt)
            _write(document.add_paragraph(), shown, is_italic=True, align=CENTRE)


def _add_heading(document: Document, block: Heading) -> None:
    shown = words.upper(block.text) if block.level <= 1 else block.text
    joined = f"{words.nfc(block.marker)} {shown}" if block.marker else shown
    paragraph = document.add_paragraph(_shown(joined), style=f"Heading {min(max(block.level, 1), 3)}")
    if block.level == 0:
        paragraph.alignment, paragraph.paragraph_format.first_line_indent = CENTRE, Mm(0)


def _add_table(document: Document, block: Table, profile: LayoutProfile, room: float) -> None:
    """A table with borders, its head row repeated on each page and no row torn by a page's end."""
    size = profile.sizes.table
    if block.caption:
        caption = _write(document.add_paragraph(), words.nfc(block.caption), size=size, is_italic=True, align=CENTRE)
        caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    for cell, shown in zip(table.rows[0].cells, block.header, strict=True):
        _lines(cell, words.lines_nfc(shown), size=size, is_bold=True)
    _mark_row(table.rows[0], "w:tblHeader")
    for index, row in enumerate(block.rows):
        added = table.add_row()
        _mark_row(added, "w:cantSplit")
        if len(row) < len(block.columns):
            added.cells[0].merge(added.cells[-1])
        is_bold = index in block.bold_rows or len(row) < len(block.columns)
        for cell, shown, column in zip(added.cells, row, block.columns, strict=False):
            for line in words.lines_nfc(shown):
                paragraph = cell.paragraphs[0] if not cell.paragraphs[0].runs else cell.add_paragraph()
                align = WD_ALIGN_PARAGRAPH.LEFT if len(row) < len(block.columns) else ALIGNMENTS[column.align]
                _write(paragraph, line, size=size, is_bold=is_bold, align=align)
    _set_widths(table, printing.column_widths(block, room, size))
    document.add_paragraph().paragraph_format.line_spacing = Pt(6)


def _mark_row(row: _Row, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _add_foot(document: Document, text: OfficialText) -> None:
    """Recipients left, signer right, never torn apart and never without text above (Phụ lục I, II.7 and II.9.b)."""
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    sizes, width = text.profile.sizes, text.profile.text_width_mm
    table = _columns(document, [width * 0.46, width * 0.54])
    _mark_row(table.rows[0], "w:cantSplit")
    left, right = table.rows[0].cells
    _write(left.paragraphs[0], "Nơi nhận:", size=sizes.recipients_head, is_bold=True, is_italic=True)
    for line in printing.recipients(text):
        _write(left.add_paragraph(), f"- {line}", size=sizes.recipients)
    _lines(right, (line.text for line in printing.signer_lines(text)), size=sizes.body, is_bold=True)
    name = right.add_paragraph()
    name.paragraph_format.space_before = Mm(printing.signature_gap_mm(text.profile))
    _write(name, " ".join(printing.signer_name(text)), size=sizes.body, is_bold=True, align=CENTRE)


def _add_appendix(document: Document, text: OfficialText, index: int) -> None:
    """An appendix as a section of its own with its own page numbers (Phụ lục I, III)."""
    appendix, profile = text.appendices[index], text.profile
    section = document.add_section(WD_SECTION.NEW_PAGE)
    _set_page(section, profile, is_landscape=appendix.is_landscape)
    _restart_pages(section)
    room = (297 if appendix.is_landscape else 210) - profile.margins.left - profile.margins.right
    label = printing.appendix_label(index, len(text.appendices))
    _write(document.add_paragraph(), label, size=profile.sizes.appendix, is_bold=True, align=CENTRE)
    for line in words.balanced(words.upper(appendix.title), room - 25, profile.sizes.body, "Bold"):
        _write(document.add_paragraph(), line, is_bold=True, align=CENTRE)
    attached = _write(document.add_paragraph(), printing.attached_to(text), is_italic=True, align=CENTRE)
    attached.paragraph_format.space_after = Pt(12)
    for block in appendix.blocks:
        _add_block(document, block, profile, room)
