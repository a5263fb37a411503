"""Reports with long tables: cut where pages end, printed side by side, joined to the same pages as one print gives.

The opening of a section is printed with the first rows of its table; from the page it ends with, `row_heights` counts
where later pages begin. Stretches of whole pages follow from there at the same time. Each tells where its last page
really ended; the stretch after a wrong guess is printed again from the right row, so that no page is left half full.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace

from documents import joining, pdf, press, printed_tables, render_pool, row_heights
from documents.layout import Block, Column, OfficialText, Place, RenderedPdf, Table
from documents.long_parts import MAIN, Part, Printed
from documents.pdf import RenderingError
from documents.typography import POINTS_PER_MM

OPENING = 60  # rows printed with what stands before the table: more than a page
SHORTEST, LONGEST = 120, 400  # rows of a stretch, about: each costs a page more, but all processes are to end together
PAUSE = 0.5  # seconds between two reports on progress

Progress = Callable[[int], None]


def _is_long(block: Block) -> bool:
    return isinstance(block, Table) and len(block.rows) > press.LONG


def render(
    text: OfficialText,
    *,
    has_open_lines: bool = False,
    progress: Progress | None = None,
    pool: render_pool.Pool | None = None,
) -> RenderedPdf:
    """As `pdf.render`: the same bytes for the same text, however many processes print it.

    `progress` gets per cents now and then, in this thread; what it raises ends the printing, and so does a time limit.
    """
    pool = pool or render_pool.pool()
    pool.start()
    job = _Job(text, has_open_lines, pool, ThreadPoolExecutor(pool.size))
    sections = [MAIN, *range(len(text.appendices))]
    with ThreadPoolExecutor(len(sections)) as threads, job.threads:
        futures = [threads.submit(_Section(job, index).print) for index in sections]
        try:
            while wait(futures, timeout=PAUSE).not_done:
                if progress is not None:
                    progress(job.percent)
            printed = [part for future in futures for part in future.result()]
        except BaseException:
            job.is_over = True
            pool.stop()
            raise
    found: dict[str, Place] = {}
    first = 0
    for part in printed:
        found |= {name: replace(place, page=place.page + first) for name, place in part.places.items()}
        first += part.pages
    data = joining.joined([part.bytes for part in printed])
    return RenderedPdf(data, first, pdf.places_of(found, text.profile), text, has_open_lines)


@dataclass(slots=True)
class _Job:
    """What the sections of one document share."""

    text: OfficialText
    has_open_lines: bool
    pool: render_pool.Pool
    threads: ThreadPoolExecutor
    is_over: bool = False
    rows_done: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, part: Part) -> Future[Printed]:
        return self.threads.submit(self._ask, part)

    def _ask(self, part: Part) -> Printed:
        if self.is_over:
            raise RenderingError("the printing was given up")
        printed = self.pool.ask(part)
        with self._lock:
            self.rows_done += _rows(part.text)
        return printed

    @property
    def percent(self) -> int:
        return min(99, 100 * self.rows_done // max(1, _rows(self.text)))


def _rows(text: OfficialText) -> int:
    blocks = [*text.blocks, *(block for appendix in text.appendices for block in appendix.blocks)]
    return sum(len(block.rows) for block in blocks if isinstance(block, Table))


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Rows `first` to `until` of a table, beginning on page `page` of the section; `until` None is the closing stretch,
    which prints what stands after the table too."""

    first: int
    until: int | None
    page: int


class _Section:
    """The main text or one appendix: its pages count from 1."""

    def __init__(self, job: _Job, index: int) -> None:
        self.job, self.index = job, index
        appendix = None if index == MAIN else job.text.appendices[index]
        self.blocks: tuple[Block, ...] = job.text.blocks if appendix is None else appendix.blocks
        is_landscape = appendix is not None and appendix.is_landscape
        margins = job.text.profile.margins
        width, height = (297, 210) if is_landscape else (210, 297)
        self.room_mm = width - margins.left - margins.right
        self.page_pt = (height - margins.top - margins.bottom) * POINTS_PER_MM
        self.page = 0  # the page on which the next stretch begins; 0 before the opening

    def print(self) -> list[Printed]:
        """The stretches of the section in their order."""
        printed: list[Printed] = []
        before: tuple[Block, ...] = ()
        rest = self.blocks
        while True:
            place = next((index for index, block in enumerate(rest) if _is_long(block)), None)
            if place is None:
                return [*printed, self._ask((*before, *rest), self.page, has_more=False).result()]
            table = self._with_fixed_widths(rest[place])
            opening = (*before, *rest[:place], _rows_of(table, 0, OPENING))
            first = self._ask(opening, self.page, has_more=True).result()
            printed.append(first)
            self.page = max(1, self.page) + first.pages
            rest = rest[place + 1 :]
            stretches, start = self._table(table, OPENING - first.rows_left)
            printed += stretches
            before = (_rows_of(table, start, None),)

    def _with_fixed_widths(self, block: Block) -> Table:
        """The table with the column widths of the whole, whichever rows are printed."""
        assert isinstance(block, Table)
        widths = printed_tables.column_widths(block, self.room_mm, self.job.text.profile.sizes.table)
        columns = tuple(Column(width, each.align) for width, each in zip(widths, block.columns, strict=True))
        return replace(block, columns=columns)

    def _table(self, table: Table, first: int) -> tuple[list[Printed], int]:
        """The whole pages of the table from row `first` on, and the row at which the closing stretch begins."""
        planned = self._planned(table, first)
        futures = [self._stretch(table, each) for each in planned]
        printed: list[Printed] = []
        row, page = first, self.page
        for each, future in zip(planned, futures, strict=True):
            if (each.first, each.page) != (row, page):
                each = replace(each, first=row, page=page)
                future = self._stretch(table, each)
            part = future.result()
            printed.append(part)
            row, page = _end(table, each) - part.rows_left, page + part.pages
        self.page = page
        return printed, row

    def _planned(self, table: Table, first: int) -> list[_Stretch]:
        """Stretches of whole pages, as `row_heights` counts them. What is left after them is the closing stretch's."""
        total = sum(column.width for column in table.columns)
        widths = [column.width / total * self.room_mm for column in table.columns]
        measures = row_heights.measure(table, widths, self.job.text.profile)
        starts = row_heights.page_starts(table, measures, first=first, page=self.page_pt)
        stretch = max(SHORTEST, min(LONGEST, len(table.rows) // 12))
        found, begun = [], 0
        for index, row in enumerate(starts):
            if row - starts[begun] >= stretch or (row == starts[-1] and index > begun):
                found.append(_Stretch(starts[begun], row, self.page + begun))
                begun = index
        return found

    def _stretch(self, table: Table, stretch: _Stretch) -> Future[Printed]:
        return self._ask((_rows_of(table, stretch.first, _end(table, stretch)),), stretch.page, has_more=True)

    def _ask(self, blocks: Sequence[Block], page: int, *, has_more: bool) -> Future[Printed]:
        job, text = self.job, self.job.text
        if self.index == MAIN:
            text = replace(text, blocks=tuple(blocks), closing="" if has_more else text.closing, appendices=())
        else:
            shown = [replace(each, blocks=()) for each in text.appendices]
            shown[self.index] = replace(shown[self.index], blocks=tuple(blocks))
            text = replace(text, blocks=(), closing="", appendices=tuple(shown))
        return job.ask(Part(text, self.index, page, has_more, job.has_open_lines))


def _end(table: Table, stretch: _Stretch) -> int:
    """The row after the last one printed with the stretch: the next stretch's first rows up to one that is no group's
    name, because such a name never ends a page."""
    end = stretch.until or 0
    while end < len(table.rows) and len(table.rows[end]) == 1:
        end += 1
    return min(end + 1, len(table.rows))


def _rows_of(table: Table, first: int, until: int | None) -> Table:
    """The rows from `first` to before `until`; the caption stands over the first ones only."""
    rows = table.rows[first:until]
    bold = frozenset(index - first for index in table.bold_rows if first <= index < first + len(rows))
    return replace(table, rows=rows, bold_rows=bold, caption="" if first else table.caption)
