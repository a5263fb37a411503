"""What a Word template may name: the words of an official text as they are printed, block by block with their style.

Names in the template: `parent_lines issuing_lines number_line date_line subject_lines urgency circulation is_letter
kind title_lines addressee_lead addressees bases opening blocks recipients more_recipients authority_lines
position_lines signer_name drafter_mark appendices` (each with `label title_lines attached_to blocks`); a block has
`style text table`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.html import escape
from markupsafe import Markup

from documents import printing
from documents import typography as words
from documents.layout import Appendix, Block, Figure, Heading, Kind, LayoutProfile, OfficialText, Paragraph, Table
from documents.printed_tables import column_widths

FOLDER = Path(__file__).resolve().parent / "word"


class TemplateRefused(Exception):
    """The template cannot be used; the text says why, in the words of the library."""


@lru_cache(maxsize=8)
def standard(key: str) -> bytes:
    """The template that comes with the portal for this profile."""
    return (FOLDER / f"{key}.docx").read_bytes()


STYLES = {"Bảng": "Bang", "Ngắt phần": "NgatPhan", "Tên bảng": "TenBang", "Căn cứ": "CanCu"}
"""Styles that the code itself names, by their ids in the file."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of Word's list: its format and how the number is shown."""

    format: str
    text: str
    mark: int | None = None

    def shown(self, marks: tuple[str, str]) -> str:
        """The text of the level with the marks of the profile: "%1." or "%1-"."""
        return self.text if self.mark is None else f"{self.text}{marks[self.mark]}"


LEVELS = (
    Level("upperRoman", "%1", 0),
    Level("decimal", "%2", 1),
    Level("decimal", "%2.%3."),
    Level("lowerLetter", "%4)"),
)
ITEM_STYLES = ("Heading 1", "Khoản", "Mục nhỏ", "Điểm")


@dataclass(slots=True)
class Counters:
    """Counts as Word will: what it would print is compared with what the text says, so the two never differ."""

    marks: tuple[str, str]
    counts: list[int] = field(default_factory=lambda: [0] * len(LEVELS))

    def takes(self, marker: str) -> int | None:
        """The level on which Word numbers this marker by itself; None when it has to be typed."""
        for level, each in enumerate(LEVELS):
            trial = [*self.counts[:level], self.counts[level] + 1, *[0] * (len(LEVELS) - level - 1)]
            if _shown(each.shown(self.marks), trial) == marker:
                self.counts = trial
                return level
        return None


def _shown(text: str, counts: list[int]) -> str:
    """ "%1." with the numbers of the levels."""
    return re.sub(r"%(\d)", lambda found: _number(int(found[1]) - 1, counts), text)


def _number(level: int, counts: list[int]) -> str:
    count = counts[level]
    match LEVELS[level].format:
        case "upperRoman":
            return words.roman(count) if count else "0"
        case "lowerLetter":
            return "abcdefghijklmnopqrstuvwxyz"[(count - 1) % 26] * ((count - 1) // 26 + 1)
    return str(count)


def kept(text: str) -> str:
    """The text with non-breaking spaces where no line may end."""
    parts = (
        piece.text.replace(" ", words.NBSP) if piece.is_kept else piece.text for piece in words.pieces(words.nfc(text))
    )
    return "".join(parts)


def context(text: OfficialText) -> dict[str, Any]:
    """Everything that a template may name."""
    head, title, recipients = (
        printing.head_parts(text, is_one_table=True),
        printing.title_parts(text),
        printing.recipients(text),
    )
    addressees, signers = words.closed_list(text.addressees), printing.signer_lines(text)
    beside = printing.recipients_beside_signer(text)
    counters = Counters(text.profile.marks)
    return {
        "parent_lines": head["parent"],
        "issuing_lines": head["issuing"],
        "number_line": printing.number_line(text),
        "date_line": printing.date_line(text),
        "subject_lines": title.get("subject", ()),
        "urgency": str(text.urgency),
        "circulation": head["circulation"],
        "is_letter": text.kind is Kind.LETTER,
        "kind": str(text.kind),
        "title_lines": title.get("lines", ()),
        "addressee_lead": f"Kính gửi: {addressees[0]}" if len(addressees) == 1 else "Kính gửi:" if addressees else "",
        "addressees": addressees if len(addressees) > 1 else (),
        "bases": [kept(line) for line in printing.bases(text)],
        "opening": kept(text.opening),
        "blocks": _blocks(printing.body_blocks(text), text.profile, text.profile.text_width_mm, counters),
        "recipients": recipients[:beside],
        "more_recipients": recipients[beside:],
        "authority_lines": [line.text for line in signers if line.is_authority],
        "position_lines": [line.text for line in signers if not line.is_authority],
        "signer_name": " ".join(printing.signer_name(text)),
        "drafter_mark": words.upper(text.drafter_mark),
        "appendices": [_appendix(text, each, index, counters) for index, each in enumerate(text.appendices)],
    }


def _appendix(text: OfficialText, appendix: Appendix, index: int, counters: Counters) -> dict[str, Any]:
    room = printing.appendix_width_mm(text.profile, appendix)
    return {
        "label": printing.appendix_label(index, len(text.appendices)),
        "title_lines": printing.appendix_title(text.profile, appendix),
        "attached_to": printing.attached_to(text),
        "blocks": _blocks(appendix.blocks, text.profile, room, counters),
    }


def _blocks(blocks: tuple[Block, ...], profile: LayoutProfile, room: float, counters: Counters) -> list[dict[str, Any]]:
    shown: list[dict[str, Any]] = []
    for block in blocks:
        match block:
            case Heading():
                shown.append(_heading(block, counters))
            case Paragraph():
                shown.append(_paragraph(block, counters))
            case Table():
                if block.caption:
                    shown.append({"style": "Tên bảng", "text": words.nfc(block.caption)})
                shown.append({"style": "Bảng", "table": Markup(table_xml(block, profile, room))})
            case Figure():
                said = words.nfc(f"{block.caption} ({block.alt})" if block.caption else block.alt)
                shown.append({"style": "Tên bảng", "text": said})
    return shown


def _heading(block: Heading, counters: Counters) -> dict[str, Any]:
    marker, said = words.marker(block.marker, counters.marks), kept(printing.heading_words(block))
    if block.level == 0:
        return {"style": "Phần", "text": f"{marker} {said}" if marker else said}
    style = "Heading 1" if block.level == 1 else "Heading 2"
    level = counters.takes(marker) if marker else None
    if level == block.level - 1 and level < 2:
        return {"style": style, "text": said}
    return {"style": f"{style} typed", "text": f"{marker} {said}" if marker else said}


def _paragraph(block: Paragraph, counters: Counters) -> dict[str, Any]:
    marker, said = words.marker(block.marker, counters.marks) if block.marker else "", kept(block.text)
    if marker == "-":
        return {"style": "Gạch đầu dòng", "text": said}
    level = counters.takes(marker) if marker else None
    if level:
        return {"style": ITEM_STYLES[level], "text": said}
    return {"style": "Body Text", "text": f"{marker} {said}" if marker else said}


def table_xml(block: Table, profile: LayoutProfile, room: float) -> str:
    """A table with borders in WordprocessingML, its head row repeated on each page, no row torn by a page's end."""
    widths = [round(width * 56.6929) for width in column_widths(block, room, profile.sizes.table)]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    aligns = [str(column.align) for column in block.columns]
    rows = [_row(block.header, widths, ["center"] * len(widths), is_bold=True, is_head=True)]
    for index, row in enumerate(block.rows):
        is_group = len(row) < len(widths)
        is_bold = is_group or index in block.bold_rows
        rows.append(_row(row, [sum(widths)] if is_group else widths, ["left"] if is_group else aligns, is_bold=is_bold,
                         span=len(widths) if is_group else 1))  # fmt: skip
    edges = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for edge in edges)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{borders}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/>'
        f'<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )


def _row(
    cells: tuple[str, ...], widths: list[int], aligns: list[str], *, is_bold: bool, is_head: bool = False, span: int = 1
) -> str:
    marks = "<w:cantSplit/><w:tblHeader/>" if is_head else "<w:cantSplit/>"
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shown = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}</w:tcPr>{_cell(cell, align, is_bold=is_bold)}</w:tc>'
        for cell, width, align in zip(cells, widths, aligns, strict=False)
    )
    return f"<w:tr><w:trPr>{marks}</w:trPr>{shown}</w:tr>"


def _cell(text: str, align: str, *, is_bold: bool) -> str:
    bold = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    return "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{STYLES["Bảng"]}"/><w:jc w:val="{align}"/></w:pPr>'
        f'<w:r>{bold}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for line in words.lines_nfc(text)
    )
