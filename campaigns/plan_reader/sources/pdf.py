"""PDF files with a text layer: words with their places → lines → paragraphs; columns of head and foot; drawn tables."""

from __future__ import annotations

import io
import logging
import re
import time
import zlib
from collections.abc import Iterator, Sequence
from itertools import pairwise

import pdfplumber
from django.utils.translation import gettext as _

from campaigns.plan_reader.blocks import Block, Source, Table, as_source
from campaigns.plan_reader.draft import Unreadable
from campaigns.plan_reader.sources.pdf_columns import PageText, divide
from campaigns.plan_reader.sources.pdf_lines import Line, paragraphs
from campaigns.plan_reader.sources.pdf_tables import read_tables, same_table, stitched

MOST_PAGES = 120
MOST_SECONDS = 8.0
LARGEST_STREAM = 80_000_000
LARGEST_TOTAL = 250_000_000
STREAM = re.compile(rb"(?<!end)stream\r?\n")
TWICE_PACKED = re.compile(rb"/FlateDecode\s*/FlateDecode")

logging.getLogger("pdfminer").setLevel(logging.ERROR)


def load(data: bytes) -> Source:
    """Reads: bytes of a PDF. Writes: a source. Raises Unreadable for scans, passwords, bombs and broken files."""
    _check_streams(data)
    try:
        pages = _pages(data)
    except Unreadable:
        raise
    except Exception as error:  # pdfminer meets broken files with errors of every class
        raise Unreadable(_broken(error)) from error
    if not any(page.words or page.tables for page in pages):
        raise Unreadable(_("Tệp PDF là bản quét, không có lớp chữ; cần nhận dạng chữ (OCR) trước khi đọc."))
    empty = [str(page.number) for page in pages if not page.words and not page.tables and page.has_images]
    remarks = (
        [("page_without_text", _("Trang %s chỉ có hình ảnh, cần nhận dạng chữ (OCR).") % ", ".join(empty))]
        if empty
        else []
    )
    return as_source(_blocks(pages), remarks=remarks)


def _broken(error: Exception) -> str:
    causes = f"{type(error).__name__} {error!r} {error.__cause__!r} {error.__context__!r}"
    if "Password" in causes or "Encryption" in causes:
        return _("Tệp PDF có mật khẩu; hãy bỏ mật khẩu rồi tải lại.")
    return _("Tệp PDF bị hỏng, không đọc được.")


def _check_streams(data: bytes) -> None:
    """Unpack every stream into nothing, with a limit, before the parser does it without one."""
    if TWICE_PACKED.search(data):
        raise Unreadable(_("Tệp PDF nén nhiều lớp bất thường; không đọc để bảo đảm an toàn."))
    total = 0
    for match in STREAM.finditer(data):
        total += _unpacked_size(data, match.end(), min(LARGEST_STREAM, LARGEST_TOTAL - total))
        if total >= LARGEST_TOTAL or total < 0:
            raise Unreadable(_("Tệp PDF chứa dữ liệu lớn bất thường khi giải nén; không đọc để bảo đảm an toàn."))


def _unpacked_size(data: bytes, start: int, limit: int) -> int:
    """The size of one stream unpacked; more than any allowed total when it passes `limit`."""
    if data[start : start + 1] not in (b"x", b"H", b"h", b"8", b"X"):
        return 0
    unpacker = zlib.decompressobj()
    size = 0
    piece = data[start : start + 65536]
    try:
        while piece:
            size += len(unpacker.decompress(piece, 1_000_000))
            if size > limit:
                return LARGEST_TOTAL
            if unpacker.eof:
                break
            start += 0 if unpacker.unconsumed_tail else 65536
            piece = unpacker.unconsumed_tail or data[start : start + 65536]
    except zlib.error:
        return size
    return size


def _pages(data: bytes) -> list[PageText]:
    """Words and tables of every page, within a number of pages and seconds."""
    deadline = time.monotonic() + MOST_SECONDS
    pages = []
    with pdfplumber.open(io.BytesIO(data)) as document:
        if len(document.pages) > MOST_PAGES:
            raise Unreadable(_("Tệp PDF có %d trang, quá dài để là một kế hoạch.") % len(document.pages))
        for page in document.pages:
            if time.monotonic() > deadline:
                raise Unreadable(_("Tệp PDF quá phức tạp, đọc quá lâu; hãy dùng tệp .docx."))
            pages.append(_page(page))
            page.close()
    return pages


def _page(page: pdfplumber.page.Page) -> PageText:
    words = page.extract_words(x_tolerance=1.5, y_tolerance=2, keep_blank_chars=False, extra_attrs=["fontname", "size"])
    tables = read_tables(page, words) if len(page.edges) > 5 else []
    free = [word for word in words if not any(_inside(word, box) for box, _table in tables)]
    return PageText(page.page_number, float(page.width), float(page.height), free, tables, bool(page.images))


def _inside(word: dict, box: tuple[float, float, float, float]) -> bool:
    middle = (word["top"] + word["bottom"]) / 2
    return bool(box[1] <= middle <= box[3] and box[0] - 1 <= word["x0"] and word["x1"] <= box[2] + 1)


def _blocks(pages: Sequence[PageText]) -> Iterator[Block]:
    """Everything in reading order; a table that goes on over the page is one table."""
    open_table: Table | None = None
    for part in _parts(_without_running_heads(list(divide(pages)))):
        if isinstance(part, Table):
            if open_table is not None and same_table(open_table, part):
                open_table = stitched(open_table, part)
                continue
            if open_table is not None:
                yield open_table
            open_table = part
            continue
        if open_table is not None:
            yield open_table
            open_table = None
        yield from paragraphs(part)
    if open_table is not None:
        yield open_table


def _parts(pieces: Sequence[Line | Table]) -> Iterator[list[Line] | Table]:
    """Runs of lines of one column, and tables."""
    run: list[Line] = []
    for piece in pieces:
        if isinstance(piece, Table) or (run and run[-1].column != piece.column):
            if run:
                yield run
            run = []
        if isinstance(piece, Table):
            yield piece
        else:
            run.append(piece)
    if run:
        yield run


PAGE_NUMBER = re.compile(r"(?:[-–]\s*)?(?:trang\s*)?\d{1,3}(?:\s*/\s*\d{1,3})?(?:\s*[-–])?", re.I)


def _without_running_heads(pieces: list[Line | Table]) -> list[Line | Table]:
    """Leave out page numbers at the edge of a page and lines that stand at the same edge of several pages."""
    edges: dict[str, set[int]] = {}
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    for line in lines:
        if line.at_edge:
            edges.setdefault(re.sub(r"\d+", "#", line.text), set()).add(line.page)
    repeated = {text for text, on in edges.items() if len(on) > 1 and any(b - a == 1 for a, b in pairwise(sorted(on)))}

    def runs_along(piece: Line | Table) -> bool:
        if isinstance(piece, Table) or not piece.at_edge or piece.column is not None:
            return False
        return bool(PAGE_NUMBER.fullmatch(piece.text)) or re.sub(r"\d+", "#", piece.text) in repeated

    return [piece for piece in pieces if not runs_along(piece)]
