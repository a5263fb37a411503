"""Which words of a page belong to the head's or foot's two columns, and in what order everything is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from campaigns.plan_reader.blocks import Table
from campaigns.plan_reader.sources.pdf_lines import Line, Word, group_words, make_line
from campaigns.plan_reader.wording import clean, fold, is_upper

Box = tuple[float, float, float, float]
EDGE = 62.0  # points from the top or bottom where page numbers stand
RECIPIENTS = re.compile(r"nơi nhận\b")
APPENDIX = re.compile(r"phụ lục|danh mục|biểu ")


@dataclass(frozen=True, slots=True)
class PageText:
    number: int
    width: float
    height: float
    words: list[Word]
    tables: list[tuple[Box, Table]]
    has_images: bool


def divide(pages: Sequence[PageText]) -> Iterator[Line | Table]:
    """Lines and tables in reading order, columns of head and foot one after the other."""
    in_foot = False
    for page in pages:
        head_end = _head_end(page) if page is pages[0] else 0.0
        foot_start = 0.0 if in_foot and not _is_appendix(page) else _foot_start(page)
        in_foot = foot_start < page.height
        yield from _columns(page, 0, head_end)
        yield from _body(page, head_end, foot_start)
        yield from _columns(page, foot_start, page.height)


def _text(words: Sequence[Word]) -> str:
    return clean(" ".join(word["text"] for word in sorted(words, key=lambda w: w["x0"])))


def _head_end(page: PageText) -> float:
    """The top of the line KẾ HOẠCH on the first page, when two columns stand above it."""
    for line in group_words(page.words):
        if fold(_text(line)).startswith(("kế hoạch", "chương trình", "phương án", "đề án")) and is_upper(
            _text(line)[:8]
        ):
            return float(min(word["top"] for word in line)) - 1
    return 0.0


def _foot_start(page: PageText) -> float:
    """The top of "Nơi nhận", or of the signature's first line when that stands higher."""
    lines = list(group_words(page.words))
    for index, line in enumerate(lines):
        ordered = sorted(line, key=lambda w: w["x0"])
        if not any(RECIPIENTS.match(fold(_text(ordered[i:]))) for i in _segment_starts(ordered)):
            continue
        top = min(word["top"] for word in line)
        for above in reversed(lines[max(0, index - 4) : index]):
            if min(word["x0"] for word in above) < page.width * 0.42 or not is_upper(_text(above)):
                break
            top = min(word["top"] for word in above)
        return float(top) - 1
    return page.height


def _segment_starts(ordered: Sequence[Word]) -> list[int]:
    return [0, *(i for i in range(1, len(ordered)) if ordered[i]["x0"] - ordered[i - 1]["x1"] > 15)]


def _is_appendix(page: PageText) -> bool:
    """Whether a page behind the foot begins something new."""
    if page.tables:
        return True
    first = next(iter(group_words([w for w in page.words if w["top"] > EDGE] or page.words)), [])
    return bool(APPENDIX.match(fold(_text(first))))


def _columns(page: PageText, top: float, bottom: float) -> Iterator[Line | Table]:
    words = [word for word in page.words if top <= word["top"] < bottom]
    if not words:
        return
    gutter = _gutter(words, page.width)
    for column, side in enumerate(([w for w in words if w["x0"] < gutter], [w for w in words if w["x0"] >= gutter])):
        for line in group_words(side):
            yield make_line(line, page.number, column, _at_edge(page, line))
    yield from (table for box, table in page.tables if top <= box[1] < bottom)


def _gutter(words: Sequence[Word], width: float) -> float:
    """The place between 35 % and 62 % of the width where fewest words are cut and the nearest word is farthest."""

    def cost(x: float) -> tuple[int, float]:
        cut = sum(word["x0"] < x < word["x1"] for word in words)
        near = sum(word["x0"] - 6 < x < word["x1"] + 6 for word in words)
        return cut, near

    return min((width * percent / 200 for percent in range(70, 125)), key=cost)


def _body(page: PageText, top: float, bottom: float) -> Iterator[Line | Table]:
    """Lines and tables between head and foot from top to bottom."""
    pieces: list[tuple[float, Line | Table]] = [(box[1], table) for box, table in page.tables if top <= box[1] < bottom]
    for line in group_words([word for word in page.words if top <= word["top"] < bottom]):
        pieces.append((min(word["top"] for word in line), make_line(line, page.number, None, _at_edge(page, line))))
    yield from (piece for _top, piece in sorted(pieces, key=lambda pair: pair[0]))


def _at_edge(page: PageText, line: Sequence[Word]) -> bool:
    return bool(min(w["top"] for w in line) < EDGE or max(w["bottom"] for w in line) > page.height - EDGE)
