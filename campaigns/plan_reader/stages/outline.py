"""Sections and their nested items: I > 1 > 1.1 > a) > -, or Chương > Điều > 1 > a)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from campaigns.plan_reader.blocks import Block, Paragraph, Place, Table
from campaigns.plan_reader.draft import Item, Problem, Section
from campaigns.plan_reader.markers import Marker, Rank, find_marker
from campaigns.plan_reader.stages.task_tables import find_columns, row_text
from campaigns.plan_reader.wording import is_upper, one_line

UNFINISHED_SENTENCE = re.compile(r"[^.;!?…/]\Z")
# "I. Mục đích: Nâng cao nhận thức …": a heading with its text in one line.
RUN_IN = re.compile(r"(?P<heading>[^:.;]{3,70}):\s+(?P<text>\S.{60,})\Z", re.S)
LONGEST_HEADING = 160


@dataclass(slots=True)
class _Node:
    """An item under construction; `series` says which items are its siblings."""

    marker: str | None
    text: str
    place: Place
    rank: float
    series: object
    items: list[_Node] = field(default_factory=list)

    def frozen(self) -> Item:
        return Item(self.marker, self.text, tuple(node.frozen() for node in self.items), self.place)

    @property
    def is_heading(self) -> bool:
        """A short line without a full stop announces what follows, unless it says it ("Thời gian: ngày 5/10")."""
        if not UNFINISHED_SENTENCE.search(self.text) or len(self.text) > LONGEST_HEADING:
            return False
        return self.text.endswith(":") or (self.rank < Rank.SYMBOL and ": " not in self.text)


@dataclass(slots=True)
class _SectionNode:
    marker: str | None
    heading: str
    place: Place
    items: list[_Node] = field(default_factory=list)
    stack: list[_Node] = field(default_factory=list)

    def frozen(self) -> Section:
        return Section(self.marker, self.heading, tuple(node.frozen() for node in self.items), self.place)


@dataclass(frozen=True, slots=True)
class Outline:
    sections: tuple[Section, ...]
    task_tables: tuple[Table, ...]
    problems: tuple[Problem, ...]


UNMARKED = Rank.SYMBOL - 0.5


def read_outline(blocks: Sequence[Block]) -> Outline:
    """Reads: mended blocks from the first section to the last item. Writes: sections, task tables, problems."""
    is_section = _section_test(blocks)
    sections: list[_SectionNode] = []
    tables: list[Table] = []
    problems: list[Problem] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Table):
            if find_columns(block):
                tables.append(block)
            else:
                _keep_table(_current(sections, block.place), block, problems)
            continue
        marker = find_marker(block.text)
        if is_section(block, marker):
            sections.append(_section(block, marker))
        elif sections and _is_second_line(sections[-1], block, marker):
            sections[-1].heading = one_line(f"{sections[-1].heading} {block.text}")
            sections[-1].place = sections[-1].place.through(block.place)
        else:
            _add(_current(sections, block.place), block, marker, _next_marker(blocks, number))
    problems.extend(_check(sections))
    return Outline(tuple(s.frozen() for s in sections), tuple(tables), tuple(problems))


def _section_test(blocks: Sequence[Block]) -> Callable[[Paragraph, Marker | None], bool]:
    """A function (block, marker) → whether it opens a section: it has this plan's outermost kind of marker."""
    markers = [m for b in blocks if isinstance(b, Paragraph) and (m := find_marker(b.text))]
    outermost = min((m.rank for m in markers if m.rank <= Rank.NUMBER), default=None)
    ranks = {outermost}
    if any(m.rank is Rank.ROMAN for m in markers):
        ranks = {Rank.ROMAN, Rank.PART, Rank.CHAPTER}
        first = next(m.rank for m in markers if m.rank in (Rank.ROMAN, Rank.CAPITAL))
        ranks |= {Rank.CAPITAL} if first is Rank.CAPITAL else set()

    def is_section(block: Paragraph, marker: Marker | None) -> bool:
        if marker is None:
            return outermost is None and block.level in (1, 2)
        return marker.rank in ranks and (marker.rank is not Rank.ROMAN or not _is_letter_in_a_list(block, marker))

    return is_section


def _is_letter_in_a_list(block: Paragraph, marker: Marker) -> bool:
    """ "V." or "X." may be an initial: a real section heading starts with a capital."""
    return bool(marker.rest) and not marker.rest[0].isupper() and not block.bold


def _section(block: Paragraph, marker: Marker | None) -> _SectionNode:
    text = one_line(marker.rest if marker else block.text)
    run_in = RUN_IN.match(text)
    heading = run_in["heading"] if run_in else text.rstrip(" .:")
    section = _SectionNode(marker.text if marker else None, heading, block.place)
    if run_in:
        _push(section, _Node(None, run_in["text"], block.place, UNMARKED, None))
    return section


def _is_second_line(section: _SectionNode, block: Paragraph, marker: Marker | None) -> bool:
    """The second line of a heading in capitals, or the name under "Chương I"."""
    if marker or section.items:
        return False
    return not section.heading or (is_upper(section.heading) and is_upper(block.text))


def _current(sections: list[_SectionNode], place: Place) -> _SectionNode:
    """The open section; text before the first heading gets one without a name."""
    if not sections:
        sections.append(_SectionNode(None, "", place))
    return sections[-1]


def _next_marker(blocks: Sequence[Block], number: int) -> Marker | None:
    after = blocks[number + 1] if number + 1 < len(blocks) else None
    return find_marker(after.text) if isinstance(after, Paragraph) else None


def _add(section: _SectionNode, block: Paragraph, marker: Marker | None, following: Marker | None) -> None:
    """Put a paragraph under the right parent."""
    if marker is None:
        _close_for_unmarked(section)
        node = _Node(None, one_line(block.text), block.place, UNMARKED, None)
    else:
        _close_for(section, marker)
        node = _Node(marker.text, one_line(marker.rest), block.place, marker.rank, marker.series)
    _push(section, node)
    if marker is None and not _announces(node, following):
        section.stack.pop()


def _announces(node: _Node, following: Marker | None) -> bool:
    """Whether an unmarked paragraph is the heading of the list below it."""
    if following is None or following.rank < Rank.LETTER:
        return False
    return node.text.endswith(":") or (following.rank is Rank.SYMBOL and node.is_heading)


def _close_for(section: _SectionNode, marker: Marker) -> None:
    """Close what cannot contain `marker`: down to its last sibling, else everything of the same or an inner rank."""
    stack = section.stack
    siblings = [depth for depth, node in enumerate(stack) if node.series == marker.series]
    if siblings:
        del stack[siblings[-1] :]
    else:
        while stack and stack[-1].rank >= marker.rank and not _symbols_nest(stack[-1], marker):
            stack.pop()


def _symbols_nest(node: _Node, marker: Marker) -> bool:
    """ "*" above "-" or "-" above "+": the symbol met first is outside; "+" never is."""
    return marker.rank is Rank.SYMBOL and node.rank == Rank.SYMBOL and node.marker != "+"


def _close_for_unmarked(section: _SectionNode) -> None:
    """A paragraph without a marker belongs to the innermost open heading."""
    while section.stack and not section.stack[-1].is_heading:
        section.stack.pop()
    if section.stack and section.stack[-1].marker is None:
        section.stack.pop()


def _push(section: _SectionNode, node: _Node) -> None:
    (section.stack[-1].items if section.stack else section.items).append(node)
    section.stack.append(node)


def _keep_table(section: _SectionNode, table: Table, problems: list[Problem]) -> None:
    """A table that is no task table is kept row by row."""
    _close_for_unmarked(section)
    for row in table.rows:
        text = row_text(row)
        if text:
            _push(section, _Node(None, text, row.place, UNMARKED, None))
            section.stack.pop()
    problems.append(
        Problem(
            "table_kept_as_text",
            _("Bảng ở dòng %s không phải bảng phân công; giữ lại từng hàng như một mục.") % table.place,
            table.place,
        )
    )


def _check(sections: Sequence[_SectionNode]) -> Iterator[Problem]:
    """Gaps a person should see: no sections, text before the first one, numbers left out or used twice."""
    if not sections:
        yield Problem("missing_sections", _("Không thấy mục nào (I, II, III…)."))
    for section in sections:
        if section.marker is None and not section.heading and section.items:
            message = (
                _("Phần chữ từ dòng %s không thuộc mục nào; giữ lại như một mục không tên.") % section.items[0].place
            )
            yield Problem("text_outside_sections", message, section.items[0].place)
    values = [
        (s, m.value) for s in sections if s.marker and (m := find_marker(f"{s.marker}. A")) and m.rank is Rank.ROMAN
    ]
    for (_before, value), (section, following) in pairwise(values):
        if following not in (value + 1, 1):
            message = _("Số thứ tự mục không liên tục: “%s” đứng sau mục thứ %d.") % (section.marker, value)
            yield Problem("section_number", message, section.place)
