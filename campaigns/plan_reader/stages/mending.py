"""Put together again what typing, lines and pages broke apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from campaigns.plan_reader.blocks import Block, Paragraph, Place
from campaigns.plan_reader.markers import find_marker
from campaigns.plan_reader.wording import LEAD, clean, fold, is_rule, is_upper, one_line, starts_lower

PAGE_NUMBER = re.compile(r"(?:[-–—]\s*)?(?:(?:trang|tr\.)\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*[-–—])?", re.IGNORECASE)
ENDED = re.compile(r"[.;:!?…/][”\"’)\]]*\Z")
# A paragraph that ends so cannot be finished.
HANGING = re.compile(
    r"(?:,|\(|\b(?:và|của|các|với|cho|về|theo|tại|trong|ngày|số|hoặc|là|do|từ|đến|bằng|những|được|để|thuộc))\Z",
    re.IGNORECASE,
)


def mend(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Reads: blocks of the body. Writes: blocks without page numbers, soft breaks or paragraphs cut in two."""
    mended: list[Block] = []
    for block in blocks:
        if not isinstance(block, Paragraph):
            mended.append(block)
            continue
        for piece in split_soft_breaks(block):
            if is_page_number(piece.text):
                continue
            before = mended[-1] if mended else None
            if isinstance(before, Paragraph) and continues(before, piece):
                mended[-1] = join(before, piece)
            else:
                mended.append(piece)
    return tuple(mended)


def is_page_number(text: str) -> bool:
    return len(text) < 14 and bool(PAGE_NUMBER.fullmatch(text.strip()))


def split_soft_breaks(paragraph: Paragraph) -> Iterator[Paragraph]:
    """A line after a soft break is its own paragraph when it has a marker or the line before is finished."""
    lines = clean(paragraph.text).split("\n")
    current: Paragraph | None = None
    for number, line in enumerate(lines):
        if not line:
            continue
        place = Place(paragraph.place.first + number, paragraph.place.first + number)
        piece = replace(paragraph, text=line, place=place)
        if current is None:
            current = piece
        elif find_marker(line) or (ENDED.search(current.text) and not starts_lower(line)):
            yield current
            current = piece
        else:
            current = join(current, piece)
    if current is not None:
        yield current


def continues(before: Paragraph, after: Paragraph) -> bool:
    """Whether `after` is the rest of `before`, cut off by a page or by an Enter in mid-sentence."""
    if before.column != after.column or is_rule(before.text) or is_rule(after.text):
        return False
    if ENDED.search(before.text) or find_marker(after.text) or is_heading_line(before):
        return False
    if starts_lower(after.text):
        return len(before.text) > 40
    if before.text.endswith(",") and LEAD.match(before.text):
        return False  # the last basis ends with a comma before the opening
    return bool(HANGING.search(before.text)) and not is_upper(after.text)


def is_heading_line(paragraph: Paragraph) -> bool:
    """A heading stands alone even when the next paragraph starts with a small letter."""
    return is_upper(paragraph.text) or bool(paragraph.level) or fold(paragraph.text) == "kế hoạch"


def join(before: Paragraph, after: Paragraph) -> Paragraph:
    return replace(
        before,
        text=one_line(f"{before.text} {after.text}"),
        place=before.place.through(after.place),
        bold=before.bold and after.bold,
    )
