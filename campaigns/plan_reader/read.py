"""From a file's bytes to a draft: source → stages → draft."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from campaigns.plan_reader.blocks import Block, Paragraph, Source, Table
from campaigns.plan_reader.draft import Heading, Item, Passage, PlanDraft, Problem, Section, Unreadable
from campaigns.plan_reader.sources import load
from campaigns.plan_reader.stages.foot import read_foot, take_closing
from campaigns.plan_reader.stages.heading import read_heading
from campaigns.plan_reader.stages.mending import mend
from campaigns.plan_reader.stages.outline import read_outline
from campaigns.plan_reader.stages.preamble import read_preamble
from campaigns.plan_reader.stages.regions import Regions, split
from campaigns.plan_reader.stages.tasks import read_tasks
from campaigns.plan_reader.wording import is_rule, one_line
from directives.citations import Citation, parse


def read(data: bytes, filename: str) -> PlanDraft:
    """The plan in `data`; `filename` tells the kind of file. Raises Unreadable with one Vietnamese sentence."""
    return recognise(load(data, filename))


def recognise(source: Source) -> PlanDraft:
    """Run the stages over a source. Raises Unreadable when nothing in it looks like a plan."""
    regions = split(source.blocks)
    heading, head_problems = read_heading(regions.head)
    preamble = read_preamble(regions.kind, regions.body)
    body, closing = take_closing(preamble.body)
    outline = read_outline(body)
    appendix = read_outline(mend(b for b in regions.appendix if not _is_rule(b)))
    recipients, signer, foot_problems = read_foot(regions.foot)
    year = _year(heading, preamble.title)
    tasks, task_problems = read_tasks(outline.sections, (*outline.task_tables, *appendix.task_tables), year)
    _check_is_plan(regions, outline.sections, bool(recipients))
    problems = (
        *preamble.problems,
        *outline.problems,
        *_appendix_problems(appendix.sections),
        *foot_problems,
        *task_problems,
    )
    return PlanDraft(
        heading=heading,
        title=preamble.title,
        bases=preamble.bases,
        opening=preamble.opening,
        sections=(*outline.sections, *_appendix_sections(appendix.sections)),
        citations=tuple(_citations(regions)),
        tasks=tasks,
        closing=closing,
        recipients=recipients,
        signer=signer,
        problems=(*head_problems, *problems, *_source_problems(source)),
        source_text=source.text,
        boxes=source.boxes,
    )


def _is_rule(block: Block) -> bool:
    return isinstance(block, Paragraph) and is_rule(block.text)


_PLAN_YEAR = re.compile(r"\bnăm\s+(?P<year>20\d\d)(?!\s*[-–]\s*20)")


def _year(heading: Heading, title: Passage | None) -> int | None:
    """The year that completes "20/10": the title's ("… năm 2027", signed in December 2026), else the date's."""
    named = [int(match["year"]) for match in _PLAN_YEAR.finditer(title.text if title else "")]
    if heading.year is None:
        return max(named, default=None)
    return heading.year + 1 if heading.year + 1 in named else heading.year


def _check_is_plan(regions: Regions, sections: Sequence[Section], has_recipients: bool) -> None:
    headings = [section for section in sections if section.marker]
    if regions.kind is None and not has_recipients and len(headings) < 2:
        raise Unreadable(_("Không nhận ra kế hoạch trong tệp: không thấy chữ “KẾ HOẠCH”, các mục hay nơi nhận."))


def _citations(regions: Regions) -> Iterator[Citation]:
    """Every mention from the title to the closing and in the appendices, in order."""
    kind = [regions.kind] if regions.kind else []
    for block in (*kind, *mend(b for b in regions.body if not _is_rule(b)), *regions.appendix):
        for text in _texts(block):
            yield from parse(text)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield from (one_line(cell.text) for row in block.rows for cell in row.cells if cell.text and not cell.continued)
    else:
        yield one_line(block.text)


def _appendix_sections(sections: Iterable[Section]) -> Iterator[Section]:
    """Text of appendices is kept under "Phụ lục"; their task tables are tasks already."""
    items = tuple(item for section in sections for item in _with_heading(section))
    if items:
        yield Section(None, _("Phụ lục"), items, items[0].place)


def _with_heading(section: Section) -> Iterator[Item]:
    if section.heading:
        yield Item(section.marker, section.heading, section.items, section.place)
    else:
        yield from section.items


def _appendix_problems(sections: Sequence[Section]) -> Iterator[Problem]:
    for section in sections[:1]:
        yield Problem(
            "appendix",
            _("Có phụ lục từ dòng %s; phần chữ của phụ lục được giữ lại ở cuối.") % section.place,
            section.place,
        )


def _source_problems(source: Source) -> Iterator[Problem]:
    """Footnotes are not part of any paragraph: they are kept here whole; then what the source itself remarked."""
    for note in source.footnotes:
        yield Problem("footnote", _("Chú thích ở chân trang: “%s”.") % one_line(note.text), note.place)
    for code, message in source.remarks:
        yield Problem(code, message)
