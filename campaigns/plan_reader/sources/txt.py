"""Plain text: lines → paragraphs, columns and tables typed with spaces, tabs or bars."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from campaigns.plan_reader.blocks import Block, Cell, Paragraph, Row, Source, Table, as_source
from campaigns.plan_reader.markers import find_marker
from campaigns.plan_reader.sources.encodings import decode
from campaigns.plan_reader.sources.typed_columns import TypedColumns
from campaigns.plan_reader.wording import LEAD, clean, fold, starts_lower

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
    wrap = _Wrap.of(lines)
    columns = TypedColumns()
    group: list[str] = []
    for line in [*lines, ""]:
        if group and _is_row(line) != _is_row(group[0]):
            yield from _group(group, wrap, columns)
            group = []
        if line.strip():
            group.append(line)
        else:
            yield from _group(group, wrap, columns)
            group = []


def _is_row(line: str) -> bool:
    return line.count("|") >= 2 or (line.count("\t") >= 2 and len([c for c in line.split("\t") if c.strip()]) >= 3)


def _group(lines: Sequence[str], wrap: _Wrap | None, columns: TypedColumns) -> Iterator[Block]:
    """Lines without a blank line between them."""
    if len(lines) > 1 and all(_is_row(line) for line in lines):
        yield Table(tuple(_row(line) for line in lines if not BAR_RULE.fullmatch(line)))
        return
    current = last = ""
    for line in lines:
        sides = columns.split(line)
        if sides is None and current and wrap and wrap.is_rest(current, last, line):
            current = f"{current} {clean(line)}"
            last = line
            continue
        last = line
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


@dataclass(frozen=True, slots=True)
class _Wrap:
    """How lines were broken by hand or by a mail program; `indented`: first lines of paragraphs stand inwards."""

    width: int
    indented: bool

    @classmethod
    def of(cls, lines: Sequence[str]) -> _Wrap | None:
        """None for a text with a line for each paragraph."""
        longest = max((len(line.rstrip()) for line in lines), default=0)
        long_lines = sum(len(line.rstrip()) > longest * 0.8 for line in lines)
        if not 50 < longest <= WRAPPED_AT_MOST or long_lines < 5:
            return None
        begun = sum(2 <= _indent(a) <= 16 and bool(b.strip()) and not _indent(b) for a, b in pairwise(lines))
        return cls(longest, begun > 2)

    def is_rest(self, before: str, last: str, line: str) -> bool:
        """Whether `line` is the rest of the paragraph `before`, whose last line is `last`.

        It is when its first word would not have fitted there any more, unless it looks like a beginning.
        """
        text = clean(line)
        if find_marker(text) or fold(text).startswith("nơi nhận") or (self.indented and _indent(line) > 1):
            return False
        if before.endswith((";", ".", ",", ":")) and LEAD.match(text) and text[0].isupper():
            return False
        if starts_lower(text) and not before.endswith((".", ";", ":")):
            return True
        return len(last.rstrip()) + 1 + len(text.split(" ", 1)[0]) > self.width - 4


def _indent(line: str) -> int:
    return len(line.expandtabs(8)) - len(line.expandtabs(8).lstrip())
