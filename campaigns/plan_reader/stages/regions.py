"""Cut the blocks into head, body, foot and appendices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from campaigns.plan_reader.blocks import Block, Paragraph, Table
from campaigns.plan_reader.markers import find_marker
from campaigns.plan_reader.wording import fold, is_upper

KIND_LINE = re.compile(
    r"(?P<kind>kế hoạch|chương trình hành động|chương trình|phương án|đề án|kịch bản)\s*(?P<rest>.*)\Z", re.I | re.S
)
RECIPIENTS = re.compile(r"\s*nơi nhận\s*(?::|\Z)", re.I)
AUTHORITY = re.compile(
    r"\s*(?P<authority>TM|KT|TL|TUQ|TUN|T/M|K/T|T/L|T\.M|K\.T|Q)(?P<sign>\.|\s|/)\s*(?P<rest>.*)\Z", re.S
)
POSITION = re.compile(
    r"\s*(?:quyền\s+|q\.\s*)?(?:phó\s+)?(?:tổng\s+)?(?:chủ tịch|giám đốc|trưởng (?:ban|phòng|đoàn|"
    r"ban quản lý|trạm|đài|khoa|thôn|tiểu ban)|"
    r"hiệu trưởng|hiệu phó|chánh văn phòng|chánh thanh tra|bí thư|cục trưởng|chi cục trưởng|viện trưởng|"
    r"vụ trưởng|bộ trưởng|"
    r"thứ trưởng|tổ trưởng|đội trưởng|chủ nhiệm|thủ trưởng|chỉ huy trưởng|chính ủy|chánh án|tổng biên tập|"
    r"chỉ huy|phó văn phòng|"
    r"phó chánh văn phòng|ủy viên|thường trực|người đứng đầu)\b",
    re.I,
)
APPENDIX = re.compile(r"\s*(?:phụ lục|phụ biểu|biểu|danh mục|bảng phân công|lịch|mẫu)\b", re.I)


@dataclass(frozen=True, slots=True)
class Regions:
    """`kind` is the line KẾ HOẠCH; `body` runs from the title to the closing, both included."""

    head: tuple[Paragraph, ...]
    kind: Paragraph | None
    body: tuple[Block, ...]
    foot: tuple[Paragraph, ...]
    appendix: tuple[Block, ...]


def split(blocks: Sequence[Block]) -> Regions:
    """Reads: all blocks. Writes: the four regions and the line that names the kind of document."""
    title = _find_kind(blocks)
    start = _end_of_head(blocks) if title is None else title + 1
    foot = _find_foot(blocks, start)
    appendix = _find_appendix(blocks, foot)
    head = tuple(b for b in blocks[: start if title is None else title] if isinstance(b, Paragraph))
    kind = blocks[title] if title is not None else None
    body, stray = list(blocks[start:foot]), [b for b in blocks[foot:appendix] if not isinstance(b, Paragraph)]
    return Regions(
        head=head,
        kind=kind if isinstance(kind, Paragraph) else None,
        body=tuple(body),
        foot=tuple(b for b in blocks[foot:appendix] if isinstance(b, Paragraph)),
        appendix=(*stray, *blocks[appendix:]),
    )


def _find_kind(blocks: Sequence[Block]) -> int | None:
    """The first paragraph, near the start, that is "KẾ HOẠCH" alone or begins with it in capitals."""
    for index, block in enumerate(blocks[:60]):
        if isinstance(block, Paragraph) and (match := KIND_LINE.match(block.text)):
            first_line = block.text.split("\n")[0]
            if fold(first_line) == fold(match["kind"]) or is_upper(match["kind"]):
                return index
    return None


def _end_of_head(blocks: Sequence[Block]) -> int:
    """Without the line KẾ HOẠCH the head ends with the last line of its columns, its number or its date."""
    end = 0
    for index, block in enumerate(blocks[:25]):
        if isinstance(block, Paragraph) and (block.column is not None or HEAD_LINE.match(block.text)):
            end = index + 1
    return end


HEAD_LINE = re.compile(
    r"\s*(?:số\s*:|số\s+\S*[-/]KH|cộng h[òo][àa]? xã hội|độc lập\s*[-–]|đảng cộng sản việt nam\Z|"
    r"[^,;]{2,40},\s*ngày\b.{0,20}tháng)",
    re.I,
)


def _find_foot(blocks: Sequence[Block], start: int) -> int:
    """Where recipients and signature begin; without "Nơi nhận" the signature alone, else the end of the file."""
    found = [
        index
        for index, block in enumerate(blocks[start:], start)
        if isinstance(block, Paragraph) and RECIPIENTS.match(block.text)
    ]
    if not found:
        return _find_signature(blocks, start)
    return _signature_above(blocks, start, found[0])


LONGEST_SIGNATURE = 8


def _signature_above(blocks: Sequence[Block], start: int, first: int) -> int:
    """Where the foot begins when the signature stands above "Nơi nhận": at its first post, only short lines after."""
    begin = first
    for index in range(first - 1, max(start, first - LONGEST_SIGNATURE) - 1, -1):
        block = blocks[index]
        if _belongs_to_signature(block) or _is_post_alone(block):
            begin = index
        elif not _is_short_line(block):
            break
    return begin


def _is_short_line(block: Block) -> bool:
    """A name, "(đã ký)" or a typed rule: neither a sentence nor an item."""
    if not isinstance(block, Paragraph) or find_marker(block.text):
        return False
    return len(block.text) < 50 and not block.text.rstrip().endswith((".", ";", ":", ",", "/"))


def _is_post_alone(block: Block) -> bool:
    """ "Chánh Thanh tra", "Hiệu trưởng" in small letters and with nothing after the post's own words."""
    return _is_short_line(block) and isinstance(block, Paragraph) and bool(POSITION.match(block.text))


def _belongs_to_signature(block: Block) -> bool:
    if not isinstance(block, Paragraph):
        return False
    if block.column is not None:
        return True
    if find_marker(block.text) or len(block.text) > 70:
        return False
    return is_upper(block.text) and bool(AUTHORITY.match(block.text) or POSITION.match(block.text))


def _find_signature(blocks: Sequence[Block], start: int) -> int:
    """The first of the lines of a signature among the last paragraphs."""
    for index in range(max(start, len(blocks) - 15), len(blocks)):
        if _belongs_to_signature(blocks[index]):
            return index
    return len(blocks)


def _find_appendix(blocks: Sequence[Block], foot: int) -> int:
    """The first table or heading of an appendix behind the foot."""
    for index in range(foot, len(blocks)):
        block = blocks[index]
        if isinstance(block, Table):
            return index
        if (
            index > foot + 1
            and block.column is None
            and APPENDIX.match(block.text)
            and is_upper(block.text.split("\n")[0][:12])
        ):
            return index
    return len(blocks)
