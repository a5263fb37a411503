"""Plain text: lines → paragraphs, columns and tables typed with spaces, tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from campaigns.plan_reader.blocks import Block, Cell, Paragraph, Row, Source, Table, as_source
from campaigns.plan_reader.markers import find_marker
from campaigns.plan_reader.sources.encodings import decode
from campaigns.plan_reader.sources.typed_columns import TypedColumns
from campaigns.plan_reader.wording import clean, fold, starts_lower

BARS = re.compile(r"\s*\|\s*")
BAR_RULE = re.compile(r"[\s|+:=-]+\Z")
# A text whose lines are all shorter than this was wrapped by hand or by a mail program.
WRAPPED_AT_MOST = 110


def load(data: bytes) -> Source:
    """Reads: bytes of a text file. Writes: a source; a remark when the text was in an old encoding."""
    decoded = decode(data)
    remarks = []
    if decoded.legacy:
        message = _("Tệp dùng bảng mã cũ %s, đã chuyển sang Unicode; hãy xem lại dấu và chữ hoa.") % decoded.legacy
        remarks.append(("legacy_encoding", message))
    lines = decoded.text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    return as_source(_blocks(lines), remarks=remarks)


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Tables of bars or tabs as tables, the rest as paragraphs; a wrapped text is put together again."""
    width = _wrap_width(lines)
    columns = TypedColumns()
    group: list[str] = []
    for line in [*lines, ""]:
        if group and _is_row(line) != _is_row(group[0]):
            yield from _group(group, width, columns)
            group = []
        if line.strip():
            group.append(line)
        else:
            yield from _group(group, width, columns)
            group = []


def _is_row(line: str) -> bool:
    return line.count("|") >= 2 or (line.count("\t") >= 2 and len([c for c in line.split("\t") if c.strip()]) >= 3)


def _group(lines: Sequence[str], width: int | None, columns: TypedColumns) -> Iterator[Block]:
    """Lines without a blank line between them."""
    if len(lines) > 1 and all(_is_row(line) for line in lines):
        yield Table(tuple(_row(line) for line in lines if not BAR_RULE.fullmatch(line)))
        return
    current = ""
    for line in lines:
        sides = columns.split(line)
        if sides is None and current and width and _is_rest(current, clean(line), width):
            current = f"{current} {clean(line)}"
            continue
        yield from _paragraph(current)
        current = "" if sides else clean(line)
        for column, side in enumerate(sides or ()):
            if side:
                yield Paragraph(side, column=column)
    yield from _paragraph(current)


def _paragraph(text: str) -> Iterator[Paragraph]:
    if text:
        yield Paragraph(text)


def _row(line: str) -> Row:
    parts = BARS.split(line.strip().strip("|")) if "|" in line else line.split("\t")
    return Row(tuple(Cell((Paragraph(clean(part)),) if part.strip() else ()) for part in parts))


def _wrap_width(lines: Sequence[str]) -> int | None:
    """The width at which the lines were broken, or None for a text with a line for each paragraph."""
    longest = max((len(line.rstrip()) for line in lines), default=0)
    long_lines = sum(len(line.rstrip()) > longest * 0.8 for line in lines)
    return longest if 50 < longest <= WRAPPED_AT_MOST and long_lines >= 5 else None


def _is_rest(before: str, line: str, width: int) -> bool:
    """A line is the rest of the one above when its first word would not have fitted there any more."""
    if find_marker(line) or fold(line).startswith("nơi nhận"):
        return False
    last = before if len(before) <= width else before[-(len(before) % width or width) :]
    if starts_lower(line) and not before.endswith((".", ";", ":")):
        return True
    return len(last) + 1 + len(line.split(" ", 1)[0]) > width - 4
