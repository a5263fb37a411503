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
from documents.layout import (
    Appendix,
    Block,
    Figure,
    Head,
    Heading,
    Kind,
    LayoutProfile,
    OfficialText,
    Paragraph,
    Table,
)
from documents.printed_lookup import shown_lookup
from documents.printed_style import css_numbers
from documents.printed_tables import shown_table

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
KIND_WORDS = {Kind.PLAN: "Kế hoạch", Kind.REPORT: "Báo cáo", Kind.LETTER: "Công văn"}
LINES_BESIDE_SIGNER = 28
RECIPIENTS_SHARE = 0.46
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
    return render_template("print/page.css", {"profile": css_numbers(profile), "font_styles": FONT_STYLES})


FONT_STYLES = (
    ("Regular", "400", "normal"),
    ("Bold", "700", "normal"),
    ("Italic", "400", "italic"),
    ("BoldItalic", "700", "italic"),
)


def number_line(text: OfficialText) -> str:
    """The number line of the document as it stands now."""
    profile = text.profile
    return words.number_line(
        text.head.number, text.head.symbol, label=profile.number_label, joiner=profile.number_joiner
    )


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


@dataclass(frozen=True, slots=True)
class HeadColumns:
    """Widths of the two columns of a row of the head, in millimetres."""

    left: str
    right: str


def _columns(total: float, right: float) -> HeadColumns:
    return HeadColumns(left=f"{total - right:.2f}", right=f"{right:.2f}")


def _head_columns(profile: LayoutProfile, head: Head | None = None) -> HeadColumns:
    """The right column takes the national name on one line; agency names wrap in what is left. Where that keeps
    their words whole or saves a line, the right column is no wider than the national name."""
    total = profile.text_width_mm
    needed = words.width_mm(profile.national_name, profile.sizes.national_name, "Bold") + 1.5
    usual = max(needed, total * profile.head_share)
    choices = (usual, needed) if head is not None else (usual,)
    return _columns(total, min(choices, key=lambda right: _broken(profile, head, total - right)))


def _broken(profile: LayoutProfile, head: Head | None, left: float) -> tuple[int, int]:
    """How often the names of the head are torn in a column of this width, and how many lines they take."""
    names = _agencies(profile, head, left) if head is not None else ()
    return sum(map(words.torn, names)), sum(map(len, names))


def _agencies(profile: LayoutProfile, head: Head, left: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lines of the body above and of the one that issues, in a column of this width."""
    room, size = left - 1, profile.sizes.agency
    parent = words.upper(head.parent_body)
    if words.width_mm(parent, size) > room:
        parent = words.shortened_parent(parent)
    issuing = words.balanced(words.upper(head.issuing_body), room, size, "Bold")
    return words.balanced(parent, room, size), issuing


def head_widths(profile: LayoutProfile) -> tuple[float, float]:
    """The two columns of the head in mm."""
    columns = _head_columns(profile)
    return float(columns.left), float(columns.right)


def _date_columns(text: OfficialText) -> HeadColumns:
    """As the head, unless a long place name needs more room for the date."""
    profile = text.profile
    plain = float(_head_columns(profile, text.head).right)
    needed = words.width_mm(date_line(text), profile.sizes.place_date, "Italic") + 2
    return _columns(profile.text_width_mm, max(plain, needed))


def _rule(line: str, size: float, style: str) -> str:
    """Length in mm of the rule under a line: between a third and a half of it (Phụ lục I, II.2.b and II.5.a)."""
    return f"{words.width_mm(line, size, style) * RULE_SHARE:.2f}"


def head_parts(text: OfficialText, *, has_open_lines: bool = False, is_one_table: bool = False) -> dict[str, Any]:
    """What stands above the title. In `is_one_table` the agencies keep to the column of the number below them."""
    profile, head = text.profile, text.head
    columns = _date_columns(text) if is_one_table else _head_columns(profile, head)
    parent, issuing = _agencies(profile, head, float(columns.left))
    shown_date = date_line(text)
    return {
        "columns": columns,
        "parent": parent,
        "issuing": issuing,
        "issuing_rule": _rule(issuing[-1] if issuing else "", profile.sizes.agency, "Bold"),
        "agency_mark": profile.agency_mark,
        "national_name": profile.national_name,
        "motto": profile.motto,
        "motto_rule": f"{motto_rule_mm(profile):.2f}",
        "date_columns": _date_columns(text),
        "number_line": "" if has_open_lines else number_line(text),
        "date_line": "" if has_open_lines else shown_date,
        "urgency": str(text.urgency),
        "circulation": words.upper(text.circulation),
    }


def motto_rule_mm(profile: LayoutProfile) -> float:
    """The rule under the right head is as long as the line above it (Phụ lục I, II.1)."""
    if profile.motto:
        return words.width_mm(profile.motto, profile.sizes.motto, "Bold")
    return words.width_mm(profile.national_name, profile.sizes.national_name, "Bold")


def title_parts(text: OfficialText) -> dict[str, Any]:
    """Kind and trích yếu, or the subject line of a công văn which stands under its number."""
    profile = text.profile
    if text.kind is Kind.LETTER:
        room = float(_date_columns(text).left) - 4
        shown, style = (
            words.letter_subject(text.title, profile.subject_lead),
            "Italic" if profile.is_party else "Regular",
        )
        return {"is_letter": True, "subject": words.fitted(shown, room, profile.sizes.letter_subject, style)}
    lines = words.fitted(text.title, TITLE_WIDTH_MM, profile.sizes.title, "Bold")
    rule = _rule(lines[-1] if lines else "", profile.sizes.title, "Bold")
    return {"kind": str(text.kind), "lines": lines, "rule": rule, "mark": profile.title_mark}


def heading_words(block: Heading) -> str:
    """The words of a heading; level I and parts in capitals (Phụ lục I, II.6.d)."""
    return words.upper(block.text) if block.level <= 1 else words.nfc(block.text)


def _with_marker(marker: str | None, text: str, profile: LayoutProfile) -> str:
    return f"{words.marker(marker, profile.marks)} {text}" if marker else text


def _heading(block: Heading, profile: LayoutProfile) -> dict[str, Any]:
    joined = _with_marker(block.marker, heading_words(block), profile)
    return {"type": "heading", "level": block.level, "text": marked(joined)}


def _paragraph(block: Paragraph, profile: LayoutProfile) -> dict[str, Any]:
    joined = _with_marker(block.marker, block.text, profile)
    return {"type": "paragraph", "text": marked(joined), "length": len(joined)}


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
            return _heading(block, profile)
        case Paragraph():
            return _paragraph(block, profile)
        case Table():
            return shown_table(block, room, profile.sizes.table)
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
        text.recipients,
        drafting_unit=text.drafting_unit,
        has_addressees=bool(text.addressees),
        party_body=text.head.issuing_body if text.profile.is_party else "",
    )


def recipients_beside_signer(text: OfficialText) -> int:
    """How many recipients stand beside the signer; a longer list goes on below, so that the foot stays on its page."""
    profile = text.profile
    room, printed = profile.text_width_mm * RECIPIENTS_SHARE - 5, 0
    for index, line in enumerate(recipients(text)):
        printed += len(words.fitted(f"- {line}", room, profile.sizes.recipients))
        if printed > LINES_BESIDE_SIGNER:
            return index
    return len(text.recipients) + 2


def bases(text: OfficialText) -> tuple[str, ...]:
    """The căn cứ as they are printed: closed as a list, with dashes in the Party's layout (HD 05-HD/VPTW)."""
    return tuple(f"- {line}" if text.profile.is_party else line for line in words.closed_list(text.bases))


@dataclass(frozen=True, slots=True)
class SignerLine:
    """A line above the signature."""

    text: str
    is_bold: bool
    is_authority: bool


def signer_lines(text: OfficialText) -> tuple[SignerLine, ...]:
    """Lines of authority and position above the signature, in capitals, long ones balanced."""
    profile, authority = text.profile, text.signer.authority
    if profile.is_party:
        deputies = profile.deputies_sign_for_committees
        authority = words.party_authority(authority, deputies_sign_for_committees=deputies)
    room = profile.text_width_mm * 0.54 - 2
    typed = [*((line, True, True) for line in authority), (text.signer.position, profile.is_position_bold, False)]
    return tuple(
        SignerLine(line, is_bold, is_authority)
        for shown, is_bold, is_authority in typed
        for line in words.balanced(words.upper(shown), room, profile.sizes.body, "Bold")
    )


def signer_name(text: OfficialText) -> tuple[str, ...]:
    """The signer's name, on one line wherever it fits."""
    profile = text.profile
    return words.balanced(text.signer.name, profile.text_width_mm * 0.54 - 2, profile.sizes.body, "Bold")


def attached_to(text: OfficialText) -> str:
    """Such as "(Kèm theo Kế hoạch số 05/KH-SKHCN ngày … của Sở …)", under an appendix's title (Phụ lục I, III.1)."""
    head = text.head
    number = words.running_number(head.number) if head.number else "…"
    day = words.day_words(head.date) if head.date else "ngày … tháng … năm …"
    code = text.profile.code(number, words.nfc(head.symbol).replace(" ", ""))
    return f"(Kèm theo {KIND_WORDS[text.kind]} số {code} {day} của {words.nfc(head.issuing_body)})"


def appendix_label(index: int, count: int) -> str:
    """Such as "Phụ lục", or "Phụ lục II" when there are several."""
    return "Phụ lục" if count == 1 else f"Phụ lục {words.roman(index + 1)}"


def appendix_width_mm(profile: LayoutProfile, appendix: Appendix) -> float:
    """Width of the text on the appendix's pages."""
    return (297 if appendix.is_landscape else 210) - profile.margins.left - profile.margins.right


def appendix_title(profile: LayoutProfile, appendix: Appendix) -> tuple[str, ...]:
    """Lines of the appendix's title in capitals (Phụ lục I, III.1.c)."""
    room = appendix_width_mm(profile, appendix) - 25
    return words.fitted(words.upper(appendix.title), room, profile.sizes.body, "Bold")


def _appendix(text: OfficialText, appendix: Appendix, index: int) -> dict[str, Any]:
    room = appendix_width_mm(text.profile, appendix)
    return {
        "page": f"phuluc{index}",
        "is_landscape": appendix.is_landscape,
        "label": appendix_label(index, len(text.appendices)),
        "title": appendix_title(text.profile, appendix),
        "attached_to": attached_to(text),
        "blocks": [_block(block, text.profile, room) for block in appendix.blocks],
    }


def _context(text: OfficialText, *, has_open_lines: bool) -> dict[str, Any]:
    lines, beside = recipients(text), recipients_beside_signer(text)
    return {
        "document_title": document_title(text),
        "author": words.nfc(text.head.issuing_body),
        "head": head_parts(text, has_open_lines=has_open_lines),
        "title": title_parts(text),
        "addressees": words.closed_list(text.addressees),
        "addressee_indent": f"{words.width_mm('Kính gửi', text.profile.sizes.body):.2f}",
        "addressee_hang": f"{words.width_mm('Kính gửi: ', text.profile.sizes.body):.2f}",
        "bases": [marked(line) for line in bases(text)],
        "opening": marked(text.opening),
        "blocks": _body(text),
        "recipients": lines[:beside],
        "more_recipients": lines[beside:],
        "signer_lines": signer_lines(text),
        "signer_name": signer_name(text),
        "drafter_mark": words.nfc(text.drafter_mark).upper(),
        "contact": words.nfc(text.contact),
        "lookup": shown_lookup(text.lookup) if text.lookup is not None else None,
        "appendices": [_appendix(text, each, index) for index, each in enumerate(text.appendices)],
    }
