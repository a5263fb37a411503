"""Between KẾ HOẠCH and the first section: title, legal bases, opening."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from campaigns.plan_reader.blocks import Block, Paragraph, Table
from campaigns.plan_reader.draft import Base, Passage, Problem
from campaigns.plan_reader.markers import Rank, find_marker
from campaigns.plan_reader.stages.mending import ENDED, mend
from campaigns.plan_reader.stages.regions import KIND_LINE
from campaigns.plan_reader.wording import LEAD, is_rule, is_upper, one_line, starts_lower
from directives.citations import parse

OPENING = re.compile(r"(?:như sau|với (?:các|những) nội dung[^.]*|sau đây|cụ thể)\s*[:.]\s*\Z", re.I)
ENCLOSED = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo", re.I)


@dataclass(frozen=True, slots=True)
class Preamble:
    title: Passage | None
    bases: tuple[Base, ...]
    opening: Passage | None
    body: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()


def read_preamble(kind: Paragraph | None, blocks: Sequence[Block]) -> Preamble:
    """Reads: the line KẾ HOẠCH and the blocks below it. Writes: title, bases, opening; `body` is what is left."""
    title, used = _read_title(kind, blocks)
    rest = mend(b for b in blocks[used:] if not (isinstance(b, Paragraph) and is_rule(b.text)))
    border = _first_section(rest)
    bases: list[Base] = []
    opening: list[Paragraph] = []
    problems: list[Problem] = []
    for block in _spread_lead(rest[:border]):
        if isinstance(block, Table):
            border = rest.index(block)
            break
        _sort(block, bases, opening, problems)
    passage = _passage(opening)
    return Preamble(title, tuple(bases), passage, rest[border:], (*problems, *_missing(title, bases)))


def _read_title(kind: Paragraph | None, blocks: Sequence[Block]) -> tuple[Passage | None, int]:
    """The title's lines: from KẾ HOẠCH on, until a rule, a basis, a section, or a paragraph that looks otherwise."""
    lines: list[Paragraph] = []
    if kind is not None and (word := KIND_LINE.match(kind.text)):
        rest = one_line(word["rest"])
        if rest and not is_rule(rest):
            lines.append(replace(kind, text=rest))
    used = 0
    for block in blocks:
        if not isinstance(block, Paragraph) or (lines and not _title_goes_on(lines[-1], block)):
            break
        if not lines and (find_marker(block.text) or _is_basis(block.text)) and not _looks_titled(block):
            break
        if not is_rule(block.text) and not ENCLOSED.match(block.text):
            lines.append(block)
        elif lines or ENCLOSED.match(block.text):
            break
        used += 1
    return _passage(lines), used


def _looks_titled(block: Paragraph) -> bool:
    """A title may begin "Thực hiện Nghị quyết …": it then stands centred or bold, or ends without a stop."""
    if block.centred or block.bold or not block.text.endswith((";", ".", ",")):
        return True
    if block.text.endswith(","):  # the first line of a wrapped title
        return len(block.text) < 110 and not ENDED.search(block.text) and not _is_whole_basis(block.text)
    return block.text.endswith(".") and len(block.text) < 150 and not parse(block.text)


def _is_whole_basis(text: str) -> bool:
    """ "Thực hiện Kế hoạch số 12/KH-UBND ngày 02/3/2026 của Ủy ban nhân dân tỉnh,": document, date and issuer."""
    return any(citation.date and citation.issuer for citation in parse(text))


def _title_goes_on(before: Paragraph, after: Paragraph) -> bool:
    text = after.text
    if is_rule(text) or not text or OPENING.search(text) or before.text.endswith((".", ";")):
        return False
    if ENCLOSED.match(text) or ((marker := find_marker(text)) and marker.rank <= Rank.NUMBER):
        return False
    if before.centred or before.bold:
        return (after.centred and before.centred) or (after.bold and before.bold)
    if _is_basis(text) and not starts_lower(text) and not is_upper(text):
        return False
    if before.text.endswith(",") or (is_upper(before.text) and is_upper(text)):
        return not text.endswith(";") and len(text) < 200
    return (
        starts_lower(text)
        or text.startswith("(")
        or (len(text) < 110 and not ENDED.search(text) and not text.endswith(","))
    )


def _is_basis(text: str) -> bool:
    return bool(LEAD.match(text))


def _first_section(blocks: Sequence[Block]) -> int:
    """The first block with a marker of an outline (a "- Căn cứ …" is none)."""
    for index, block in enumerate(blocks):
        if isinstance(block, Table):
            continue
        marker = find_marker(block.text)
        if (
            marker
            and not _is_basis(marker.rest)
            and (marker.rank <= Rank.LETTER or (index and _ended_opening(blocks[index - 1])))
        ):
            return index
        if index and _ended_opening(blocks[index - 1]):
            return index
    return len(blocks)


def _ended_opening(block: Block) -> bool:
    return isinstance(block, Paragraph) and bool(OPENING.search(block.text))


LEAD_ALONE = re.compile(
    rf"{LEAD.pattern}(?:\s+(?:các|những)\s+(?:văn bản|căn cứ)(?:\s+sau(?:\s+đây)?)?)?\s*:\s*\Z", re.I
)


def _spread_lead(blocks: Sequence[Block]) -> Iterator[Block]:
    """ "Căn cứ:" above a list is the lead word of each of its entries."""
    lead = ""
    for block in blocks:
        if not isinstance(block, Paragraph):
            lead = ""
        elif match := LEAD_ALONE.match(block.text):
            lead = match["lead"]
            continue
        elif lead and (marker := find_marker(block.text)) and marker.rank is Rank.SYMBOL and not _is_basis(marker.rest):
            yield replace(block, text=f"{lead} {marker.rest}")
            continue
        else:
            lead = ""
        yield block


def _sort(block: Paragraph, bases: list[Base], opening: list[Paragraph], problems: list[Problem]) -> None:
    """A paragraph is a basis, the opening, or both ("Thực hiện Kế hoạch số …, Sở … ban hành Kế hoạch như sau:")."""
    if ENCLOSED.match(block.text):
        problems.append(
            Problem("enclosed_with", _("Kế hoạch ban hành kèm theo văn bản khác: “%s”.") % block.text, block.place)
        )
        return
    is_opening = bool(OPENING.search(block.text))
    match = LEAD.match(block.text)
    if match and not (is_opening and opening):
        found = parse(block.text)
        if found or not is_opening:
            bases.append(Base(match["lead"], block.text, found[0] if found else None, block.place))
            if not found:
                message = _("Căn cứ không nêu số, ký hiệu văn bản: “%s”.") % block.text
                problems.append(Problem("base_without_citation", message, block.place))
        if not is_opening:
            return
    opening.append(block)


def _passage(paragraphs: Sequence[Paragraph]) -> Passage | None:
    if not paragraphs:
        return None
    text = " ".join(one_line(p.text) for p in paragraphs)
    return Passage(text, paragraphs[0].place.through(paragraphs[-1].place))


def _missing(title: Passage | None, bases: Sequence[Base]) -> list[Problem]:
    problems = []
    if title is None:
        problems.append(Problem("missing_title", _("Không thấy tên kế hoạch dưới chữ KẾ HOẠCH.")))
    if not bases:
        problems.append(Problem("missing_bases", _("Không thấy căn cứ nào.")))
    return problems
