"""Two versions of a plan side by side: what was added, taken out, moved, and which words changed. Pure."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from campaigns import outline
from campaigns.models import PlanItem
from campaigns.plan_content import ItemContent, PlanContent, TaskContent
from campaigns.states import ExtensionDecider, Rhythm

MOST_WORDS = 3000
"""Longer texts are shown as one taken out and one added: comparing them word by word takes too long."""
LEAST_ALIKE = 0.5
"""Texts less alike (spaces count) are another text, not a changed one."""
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Words of a line: "same", "added" or "removed"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """One paragraph or fact: "same", "added", "removed", "changed" or "moved" (its words may have changed too)."""

    kind: str
    pieces: tuple[Piece, ...]
    label: str = ""
    depth: int = 0


@dataclass(frozen=True)
class Group:
    title: str
    lines: tuple[Line, ...]

    @property
    def changed(self) -> int:
        return sum(line.kind != "same" for line in self.lines)


def words(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both texts in one run."""
    if before == after:
        return (Piece("same", after),) if after else ()
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if len(old) + len(new) > MOST_WORDS or matcher.ratio() < LEAST_ALIKE:
        return tuple(Piece(kind, text) for kind, text in (("removed", before), ("added", after)) if text)
    pieces: list[Piece] = []
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            pieces.append(Piece("same", "".join(new[k:m])))
            continue
        pieces += [Piece("removed", "".join(old[i:j]))] if j > i else []
        pieces += [Piece("added", "".join(new[k:m]))] if m > k else []
    return tuple(pieces)


def compare(before: PlanContent, after: PlanContent) -> list[Group]:
    """Everything both versions say, in the order of the plan; groups in which nothing changed have `changed` 0."""
    groups = [
        Group(_("Phần đầu"), _facts(_head(before), _head(after))),
        Group(_("Căn cứ"), _rows(before.bases, after.bases, lambda row: row.pk, lambda row: row.text)),
        Group(_("Đoạn mở đầu"), _facts([("", before.opening)], [("", after.opening)])),
        Group(_("Nội dung"), _items(before.items, after.items)),
        Group(_("Đoạn kết"), _facts([("", before.closing)], [("", after.closing)])),
        Group(_("Nhiệm vụ"), _rows(before.tasks, after.tasks, lambda row: row.pk, task_words)),
        Group(_("Nơi nhận"), _rows(before.recipients, after.recipients, lambda row: row.text, lambda row: row.text)),
    ]
    return [group for group in groups if group.lines]


def _head(content: PlanContent) -> list[tuple[str, str]]:
    return [
        (_("Trích yếu"), content.title),
        (_("Ký hiệu"), content.symbol),
        (_("Năm"), str(content.year)),
        (_("Đơn vị soạn thảo"), content.drafting_unit.name),
        (_("Ban hành nhân danh"), content.council.name if content.council else ""),
        (_("Người ký"), content.signer.name if content.signer else ""),
        (_("Đợt hoạt động"), content.campaign.name if content.campaign else ""),
        (_("In phụ lục phân công nhiệm vụ"), _("có") if content.prints_tasks else _("không")),
        (_("Ai quyết định gia hạn"), _decider(content)),
    ]


def _decider(content: PlanContent) -> str:
    """Who decides extensions; "" in versions that do not say it."""
    return str(ExtensionDecider(content.extension_decider).label) if content.extension_decider else ""


def _facts(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> tuple[Line, ...]:
    pairs = [(label, old, new) for (label, old), (_label, new) in zip(before, after, strict=True) if old or new]
    return tuple(Line(_kind(old, new), words(old, new), label) for label, old, new in pairs)


def _kind(before: str, after: str) -> str:
    if before == after:
        return "same"
    if not before:
        return "added"
    return "changed" if after else "removed"


# --- lists ------------------------------------------------------------------------------------------------------------
def _merged(old: Sequence[Any], new: Sequence[Any]) -> Iterator[tuple[Any, str]]:
    """The keys of both lists in one order, each once: "removed", "added", "moved" or "same"."""
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield from ((key, "same") for key in new[k:m])
            continue
        yield from ((key, "removed") for key in old[i:j] if key not in new)
        yield from ((key, "moved" if key in old else "added") for key in new[k:m])


def _rows(
    before: Iterable[Any], after: Iterable[Any], key: Callable[[Any], Any], text: Callable[[Any], str]
) -> tuple[Line, ...]:
    old, new = {key(row): text(row) for row in before}, {key(row): text(row) for row in after}
    return tuple(_line(old.get(each, ""), new.get(each, ""), place) for each, place in _merged([*old], [*new]))


def _line(before: str, after: str, place: str, **more: Any) -> Line:
    kind = "changed" if place == "same" and before != after else place
    return Line(kind, words(before, after), **more)


def _items(before: Sequence[ItemContent], after: Sequence[ItemContent]) -> tuple[Line, ...]:
    old, new = _nodes(before), _nodes(after)
    lines = []
    for pk, place in _merged([*old], [*new]):
        was, now = old.get(pk), new.get(pk)
        shown = now or was
        if shown is None:
            continue
        is_elsewhere = was and now and (was.item.parent_id, was.item.style) != (now.item.parent_id, now.item.style)
        line_place = "moved" if place == "same" and is_elsewhere else place
        texts = (was.item.text if was else "", now.item.text if now else "")
        lines.append(_line(*texts, line_place, label=shown.marker, depth=shown.depth))
    return tuple(lines)


def _nodes(items: Sequence[ItemContent]) -> dict[int, outline.Node]:
    rows = [
        PlanItem(pk=row.pk, parent_id=row.parent, position=position, style=row.style, text=row.text)
        for position, row in enumerate(items)
    ]
    return {node.item.pk: node for node in outline.flat(rows)}


# --- tasks ------------------------------------------------------------------------------------------------------------
def task_words(task: TaskContent) -> str:
    """All that a task says in one text."""
    parts = ", ".join(
        f"{part.unit.name} ({_day(part.due_on)})" if part.due_on else part.unit.name for part in task.parts
    )
    figures = ", ".join(f"{row.indicator.name} {row.target}".strip() for row in task.figures)
    rhythm = str(Rhythm(task.rhythm).label) if task.rhythm else ""
    due = ", ".join(text for text in (_day(task.due_on), rhythm, task.due_wording and f"“{task.due_wording}”") if text)
    facts = (
        (_("Chủ trì"), task.lead.name), (_("Phối hợp"), parts), (_("Thời hạn"), due), (_("Sản phẩm"), task.product),
        (_("Số liệu"), figures),
    )  # fmt: skip
    return "\n".join([task.text, *(f"{label}: {value}" for label, value in facts if value)])


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""
