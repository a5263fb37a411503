"""Official text to the HTML that is printed: every rule of the layout that is a matter of words or of measuring.

Pure: dataclasses in, a string out. `documents.pdf` turns the string into a file. The templates are rendered by an
engine of their own, so that the page does not depend on the reader's language, on the request or on context processors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from documents import typography as words
from documents.layout import Appendix, Block, Figure, Heading, Kind, LayoutProfile, OfficialText, Paragraph, Table

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
KIND_WORDS = {Kind.PLAN: "Kế hoạch", Kind.REPORT: "Báo cáo", Kind.LETTER: "Công văn"}
RECIPIENTS_BESIDE_SIGNER = 28
TITLE_WIDTH_MM = 140
RULE_SHARE = 0.42
ONE_LINE_CHARACTERS = 110
FOREIGN_SVG = re.compile(r"<script|<image|<foreignobject|href|url\(|@import", re.IGNORECASE)


@cache
def _engine() -> Engine:
    """The engine of the print templates: escaping on, nothing else in it."""
    return Engine(dirs=[str(TEMPLATES)], autoescape=True, debug=False)


def render_template(name: str, context: dict[str, Any]) -> str:
    """The print template `name` with this context."""
    return _engine().get_template(name).render(Context(context, use_l10n=False))


def html(text: OfficialText, *, has_open_lines: bool = False) -> str:
    """The whole document as HTML without its style sheet.

    With `has_open_lines` the number line and the date line keep their places but not their words: fields show them.
    """
    return render_template("print/official_text.html", _context(text, has_open_lines=has_open_lines))


def part_html(text: OfficialText, part: Mapping[str, Any], *, has_open_lines: bool = False) -> str:
    """A stretch of a long document, for `documents.long_parts`: what `part` leaves out stands in other stretches."""
    context = _context(text, has_open_lines=has_open_lines)
    return render_template("print/official_text.html", context | {"part": part})


def style_sheet(profile: LayoutProfile) -> str:
    """The style sheet of a layout profile."""
    return render_template("print/page.css", {"profile": _css_numbers(profile), "font_styles": FONT_STYLES})


FONT_STYLES = (
    ("Regular", "400", "normal"),
    ("Bold", "700", "normal"),
    ("Italic", "400", "italic"),
    ("BoldItalic", "700", "italic"),
)


def number_line(text: OfficialText) -> str:
    """The number line of the document as it stands now."""
    return words.number_line(text.head.number, text.head.symbol)


def date_line(text: OfficialText) -> str:
    """The line of place and date as it stands now."""
    head = text.head
    return words.date_line(head.place, head.date, month=head.month, year=head.year)


def document_title(text: OfficialText) -> str:
    """Title of the file: kind and trích yếu."""
    return f"{KIND_WORDS[text.kind]}: {words.nfc(text.title)}"


def marked(text: str) -> SafeString:
    """The text escaped, with the stretches that must stay on one line marked."""
    parts = []
    for piece in words.pieces(words.nfc(text)):
        shown = escape(piece.text)
        parts.append(f'<span class="k">{shown}</span>' if piece.is_kept else str(shown))
    return mark_safe("".join(parts))


def _css_numbers(profile: LayoutProfile) -> dict[str, Any]:
    """The profile's figures as text, so that no locale can put a comma into them."""
    sizes = profile.sizes
    names = ("national_name", "motto", "place_date", "body", "number", "agency", "recipients_head", "recipients")
    shown = {name: f"{getattr(sizes, name):g}" for name in (*names, "letter_subject", "appendix", "table")}
    margins = profile.margins
    shown |= {f"margin_{side}": f"{getattr(margins, side):g}" for side in ("top", "right", "bottom", "left")}
    shown |= {
        "indent": f"{profile.indent_mm:g}",
        "gap": f"{profile.paragraph_gap_pt:g}",
        "line": f"{profile.line_spacing * 1.15:.4g}",
        "gap_height": f"{signature_gap_mm(profile):g}",
    }
    return shown


def signature_gap_mm(profile: LayoutProfile) -> float:
    """Room between the position and the name of the signer."""
    return profile.signature_mm[1] + 6


@dataclass(frozen=True, slots=True)
class HeadColumns:
    """Widths of the two columns of a row of the head, in millimetres."""

    left: str
    right: str


def _columns(total: float, right: float) -> HeadColumns:
    return HeadColumns(left=f"{total - right:.2f}", right=f"{right:.2f}")


def _head_columns(profile: LayoutProfile) -> HeadColumns:
    """The right column takes the national name on one line and no more; agency names wrap in what is left."""
    needed = words.width_mm(profile.national_name, profile.sizes.national_name, "Bold")
    return _columns(profile.text_width_mm, max(needed + 1.5, profile.text_width_mm * 0.56))


def _date_columns(profile: LayoutProfile, line: str) -> HeadColumns:
    """As the head, unless a long place name needs more room for the date."""
    plain = float(_head_columns(profile).right)
    needed = words.width_mm(line, profile.sizes.place_date, "Italic") + 2
    return _columns(profile.text_width_mm, max(plain, needed))


def _rule(line: str, size: float, style: str) -> str:
    """Length in mm of the rule under a line: between a third and a half of it (Phụ lục I, II.2.b and II.5.a)."""
    return f"{words.width_mm(line, size, style) * RULE_SHARE:.2f}"


def head_parts(text: OfficialText, *, has_open_lines: bool = False) -> dict[str, Any]:
    """What stands above the title."""
    profile, head = text.profile, text.head
    size = profile.sizes.agency
    columns = _head_columns(profile)
    room = float(columns.left) - 1
    issuing = words.balanced(words.upper(head.issuing_body), room, size, "Bold")
    parent = words.upper(head.parent_body)
    if words.width_mm(parent, size) > room:
        parent = words.shortened_parent(parent)
    shown_date = date_line(text)
    return {
        "columns": columns,
        "parent": words.balanced(parent, room, size),
        "issuing": issuing,
        "issuing_rule": _rule(issuing[-1] if issuing else "", size, "Bold"),
        "national_name": profile.national_name,
        "motto": profile.motto,
        "motto_rule": f"{words.width_mm(profile.motto, profile.sizes.motto, 'Bold'):.2f}",
        "date_columns": _date_columns(profile, shown_date),
        "number_line": "" if has_open_lines else number_line(text),
        "date_line": "" if has_open_lines else shown_date,
        "urgency": str(text.urgency),
    }


def title_parts(text: OfficialText) -> dict[str, Any]:
    """Kind and trích yếu, or the subject line of a công văn which stands under its number."""
    profile = text.profile
    if text.kind is Kind.LETTER:
        room = float(_head_columns(profile).left) - 4
        subject = words.balanced(words.letter_subject(text.title), room, profile.sizes.letter_subject)
        return {"is_letter": True, "subject": subject}
    lines = words.balanced(text.title, TITLE_WIDTH_MM, profile.sizes.body, "Bold")
    rule = _rule(lines[-1] if lines else "", profile.sizes.body, "Bold")
    return {"kind": str(text.kind), "lines": lines, "rule": rule}


def _addressees(text: OfficialText) -> tuple[str, ...]:
    """Kính gửi: one on the line itself, several as a list."""
    return words.closed_list(text.addressees)


def _heading(block: Heading) -> dict[str, Any]:
    shown = words.upper(block.text) if block.level <= 1 else block.text
    joined = f"{words.nfc(block.marker)} {shown}" if block.marker else shown
    return {"type": "heading", "level": block.level, "text": marked(joined)}


def _paragraph(block: Paragraph) -> dict[str, Any]:
    joined = f"{words.nfc(block.marker)} {block.text}" if block.marker else block.text
    return {"type": "paragraph", "text": marked(joined), "length": len(joined)}


def _needed_mm(block: Table, column: int, size: float) -> float:
    """Width of the longest word in a column with its padding: no word of a table is torn apart."""
    heads = [word for line in words.lines_nfc(block.header[column]) for word in line.split(" ")]
    cells = {word for row in block.rows if len(row) > 1 for word in row[column].split()}
    widest = sorted(cells, key=len)[-3:]
    return max(words.width_mm(word, size, "Bold") for word in [*heads, *widest, ""]) + 3.5


def column_widths(block: Table, room: float, size: float) -> list[float]:
    """The columns' widths in mm: their shares of `room`, but none narrower than its longest word."""
    total = sum(column.width for column in block.columns)
    needed = [_needed_mm(block, index, size) for index in range(len(block.columns))]
    widths = [column.width / total * room for column in block.columns]
    for _ in range(len(widths)):
        narrow = {index for index, width in enumerate(widths) if width <= needed[index]}
        rest = sum(column.width for index, column in enumerate(block.columns) if index not in narrow)
        left = room - sum(needed[index] for index in narrow)
        if not rest or left <= 0:
            break
        shares = [column.width / rest * left for column in block.columns]
        widths = [needed[index] if index in narrow else share for index, share in enumerate(shares)]
    return widths


def _table(block: Table, room: float, size: float) -> dict[str, Any]:
    widths = column_widths(block, room, size)
    aligns = [str(column.align) for column in block.columns]
    rows = []
    for index, row in enumerate(block.rows):
        cells = [{"lines": words.lines_nfc(cell), "align": align} for cell, align in zip(row, aligns, strict=False)]
        rows.append({"cells": cells, "is_bold": index in block.bold_rows, "is_group": len(row) < len(aligns)})
    return {
        "type": "table",
        "caption": words.nfc(block.caption),
        "widths": [f"{width / sum(widths) * 100:.3f}" for width in widths],
        "header": [words.lines_nfc(cell) for cell in block.header],
        "rows": rows,
        "span": len(aligns),
    }


def _figure(block: Figure) -> dict[str, Any]:
    """The chart itself is ours (never a user's) and goes in as it is."""
    if not block.svg.lstrip().startswith("<svg") or FOREIGN_SVG.search(block.svg):
        raise ValueError("a figure must be a plain SVG drawing")
    return {
        "type": "figure",
        "svg": mark_safe(block.svg),
        "alt": block.alt,
        "caption": words.nfc(block.caption),
        "width": f"{block.width_mm:g}",
    }


def _block(block: Block, profile: LayoutProfile, room: float) -> dict[str, Any]:
    """One block for the template; `room` is the width of the text in mm."""
    match block:
        case Heading():
            return _heading(block)
        case Paragraph():
            return _paragraph(block)
        case Table():
            return _table(block, room, profile.sizes.table)
        case Figure():
            return _figure(block)


def body_blocks(text: OfficialText) -> tuple[Block, ...]:
    """The blocks with the closing paragraph, the last paragraph closed with "./."."""
    blocks = list(text.blocks)
    if text.closing:
        blocks.append(Paragraph(text.closing))
    if blocks and isinstance(last := blocks[-1], Paragraph):
        blocks[-1] = Paragraph(words.with_end_mark(last.text, text.profile.end_mark), last.marker, last.level)
    return tuple(blocks)


def _body(text: OfficialText) -> list[dict[str, Any]]:
    """The blocks for the template. A last paragraph of one line is tied to what stands before it, so that the signature
    never stands on a page with less than two lines of text."""
    profile = text.profile
    blocks = [_block(block, profile, profile.text_width_mm) for block in body_blocks(text)]
    if len(blocks) > 1 and blocks[-1]["type"] == "paragraph" and blocks[-1]["length"] < ONE_LINE_CHARACTERS:
        blocks[-1]["is_tied"] = True
    return blocks


def recipients(text: OfficialText) -> tuple[str, ...]:
    """The lines of Nơi nhận as they are printed, without dashes."""
    return words.recipient_lines(
        text.recipients, drafting_unit=text.drafting_unit, has_addressees=bool(text.addressees)
    )


def signer_lines(text: OfficialText) -> tuple[str, ...]:
    """Lines of authority and position above the signature, in capitals, long ones balanced."""
    room = text.profile.text_width_mm * 0.54 - 2
    shown: list[str] = []
    for line in (*text.signer.authority, text.signer.position):
        shown.extend(words.balanced(words.upper(line), room, text.profile.sizes.body, "Bold"))
    return tuple(shown)


def attached_to(text: OfficialText) -> str:
    """Such as "(Kèm theo Kế hoạch số 05/KH-SKHCN ngày … của Sở …)", under an appendix's title (Phụ lục I, III.1)."""
    head = text.head
    number = words.running_number(head.number) if head.number else "…"
    day = words.day_words(head.date) if head.date else "ngày … tháng … năm …"
    symbol = words.nfc(head.symbol).replace(" ", "")
    return f"(Kèm theo {KIND_WORDS[text.kind]} số {number}/{symbol} {day} của {words.nfc(head.issuing_body)})"


def appendix_label(index: int, count: int) -> str:
    """Such as "Phụ lục", or "Phụ lục II" when there are several."""
    return "Phụ lục" if count == 1 else f"Phụ lục {words.roman(index + 1)}"


def _appendix(text: OfficialText, appendix: Appendix, index: int) -> dict[str, Any]:
    page_width = 297 if appendix.is_landscape else 210
    room = page_width - text.profile.margins.left - text.profile.margins.right
    return {
        "page": f"phuluc{index}",
        "is_landscape": appendix.is_landscape,
        "label": appendix_label(index, len(text.appendices)),
        "title": words.balanced(words.upper(appendix.title), room - 25, text.profile.sizes.body, "Bold"),
        "attached_to": attached_to(text),
        "blocks": [_block(block, text.profile, room) for block in appendix.blocks],
    }


def _context(text: OfficialText, *, has_open_lines: bool) -> dict[str, Any]:
    lines = recipients(text)
    addressees = _addressees(text)
    return {
        "document_title": document_title(text),
        "author": words.nfc(text.head.issuing_body),
        "head": head_parts(text, has_open_lines=has_open_lines),
        "title": title_parts(text),
        "addressees": addressees,
        "addressee_indent": f"{words.width_mm('Kính gửi', text.profile.sizes.body):.2f}",
        "addressee_hang": f"{words.width_mm('Kính gửi: ', text.profile.sizes.body):.2f}",
        "bases": [marked(line) for line in words.closed_list(text.bases)],
        "opening": marked(text.opening),
        "blocks": _body(text),
        "recipients": lines[:RECIPIENTS_BESIDE_SIGNER],
        "more_recipients": lines[RECIPIENTS_BESIDE_SIGNER:],
        "signer_lines": signer_lines(text),
        "signer_name": words.nfc(text.signer.name),
        "appendices": [_appendix(text, each, index) for index, each in enumerate(text.appendices)],
    }
