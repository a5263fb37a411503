"""What the import page shows: the source on the left, the draft's rows on the right, joined by keys. Pure."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from campaigns.importing.draft import Draft, Row, kept, rows
from campaigns.models import ItemStyle, PlanImport, PlanItem
from campaigns.outline import flat
from campaigns.unit_matching import SURE

Keys = dict[int, list[tuple[str, str]]]


# --- right: rows ------------------------------------------------------------------------------------------------------
@dataclass
class Shown:
    """A row with what the page adds: the marker of an item, its tasks, how sure a name is, what is asked of it."""

    row: Row
    part: str
    marker: str = ""
    tasks: list["Shown"] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    due_error: str = ""
    lead: Row | None = None
    helpers: list[tuple[int, str]] = field(default_factory=list)
    unit_name: str = ""

    @property
    def depth(self) -> int:
        return min(int(self.row.get("depth", 0)), 6)

    @property
    def sureness(self) -> tuple[str, str]:
        """Tone and words of the name that leads; nothing when the text names nobody."""
        return sureness(self.lead) if self.lead else ("", "")

    @property
    def can_spread(self) -> bool:
        """Does a collective lead, of which each unit may get a task of its own?"""
        return bool(self.lead and self.lead["collective"] and len(self.lead["units"]) > 1)

    @property
    def lines(self) -> int:
        """How high its field begins, where the browser cannot fit it to the words."""
        return max(1, min(12, len(self.row.get("text", "")) // 70 + 1))


def shown_rows(
    draft: Draft, notes: dict[str, list[str]], due_errors: dict[str, str], units: dict[int, str]
) -> dict[str, list[Shown]]:
    """The rows of every part; tasks stand below their item, those of tables in `tasks`. `units`: names by number."""
    found: dict[str, list[Shown]] = defaultdict(list)
    for part, row in rows(draft):
        key = row["key"]
        found[part].append(Shown(row, part, notes=notes.get(key, []), due_error=due_errors.get(key, "")))
    for each, marker in zip(found["items"], _markers(found["items"]), strict=True):
        each.marker = marker
    places = {each.row["key"]: each for each in found["items"] if not each.row["gone"]}
    for each in found["recipients"]:
        each.unit_name = units.get(each.row["unit"] or 0, "")
    names = {row["name"]: row for row in draft["names"]}
    tasks, found["tasks"] = found["tasks"], []
    for task in tasks:
        task.lead = names.get(task.row["lead_name"])
        task.unit_name = units.get(task.row["lead_unit"] or 0, "")
        task.helpers = [(pk, units[pk]) for pk in task.row["cooperating"] if pk in units]
        item = places.get(task.row["item"])
        if item is not None:
            item.tasks.append(task)
        elif not (task.row["gone"] and "with" in task.row):  # left out with its item, and taken back with it
            found["tasks"].append(task)
    return found


STRETCH = 30
"""Rows, their tasks counted, that are drawn together; what nobody looks at yet is drawn when it is scrolled to."""


@dataclass(frozen=True)
class Stretch:
    """Rows that stand one below another. One that is not drawn is an empty place that knows its keys."""

    rows: list[Shown]
    is_drawn: bool

    @property
    def keys(self) -> list[str]:
        return [each.row["key"] for top in self.rows for each in (top, *top.tasks)]

    @property
    def last(self) -> str:
        return str(self.rows[-1].row["key"])

    @property
    def count(self) -> int:
        return len(self.keys)


def stretches(rows_: list[Shown], wanted: str) -> list[Stretch]:
    """The rows of a part in stretches: the first is drawn, and the one in which the key `wanted` stands."""
    cut: list[list[Shown]] = []
    size = STRETCH
    for each in rows_:
        if size >= STRETCH:
            cut.append([])
            size = 0
        cut[-1].append(each)
        size += 1 + len(each.tasks)
    found = [Stretch(part, is_drawn=number == 0) for number, part in enumerate(cut)]
    return [Stretch(part.rows, part.is_drawn or wanted in part.keys) for part in found] if wanted else found


def between(rows_: list[Shown], first: str, last: str) -> list[Shown]:
    """The rows from one key to another, as the draft has them now; none when either is gone."""
    keys = [each.row["key"] for each in rows_]
    return rows_[keys.index(first) : keys.index(last) + 1] if first in keys and last in keys else []


def _markers(items: list[Shown]) -> list[str]:
    """I. 1. a) - of each row as the plan will have them; none for rows that were left out."""
    above: list[tuple[int, PlanItem]] = []
    made: dict[int, PlanItem] = {}
    for number, each in enumerate(items, start=1):
        if each.row["gone"]:
            continue
        while above and above[-1][0] >= each.row["depth"]:
            above.pop()
        parent = above[-1][1] if above else None
        is_deep = parent is not None and each.row["style"] == ItemStyle.SECTION
        style = ItemStyle.PARAGRAPH if is_deep else each.row["style"]
        made[number] = PlanItem(pk=number, parent_id=parent.pk if parent else None, position=number, style=style)
        above.append((each.row["depth"], made[number]))
    markers = {node.item.pk: node.marker for node in flat(made.values())}
    return [markers.get(number, "") for number in range(1, len(items) + 1)]


def sureness(row: Row) -> tuple[str, str]:
    """Tone and words of how sure a name's meaning is."""
    if row["chosen"]:
        return "done", _("đã chọn")
    if not row["units"]:
        return "overdue", _("chưa rõ")
    return ("done", _("khớp")) if row["confidence"] >= SURE else ("soon", _("cần xem lại"))


# --- left: the source -------------------------------------------------------------------------------------------------
@dataclass
class Piece:
    """A stretch of a line with the keys of the rows read from it."""

    text: str
    keys: str = ""


@dataclass
class Region:
    """A paragraph on a page of a PDF: its words, its boxes and the keys of the rows read from it."""

    text: str
    line: int
    keys: str
    boxes: list[tuple[float, float, float, float]]


def source_lines(source: PlanImport) -> list[tuple[int, list[Piece]]]:
    """Every line of the source, cut where one row's words end and another's begin."""
    keys = _keys(source.draft)
    return [(number, _pieces(line, keys.get(number, []))) for number, line in enumerate(source.source_text.split("\n"))]


def source_pages(source: PlanImport) -> list[dict[str, Any]]:
    """The pages of a PDF with their regions."""
    keys, lines = _keys(source.draft), source.source_text.split("\n")
    pages = []
    for number, page in enumerate(source.pages, start=1):
        regions: dict[int, Region] = {}
        for line, x0, top, x1, bottom in page["boxes"]:
            linked = " ".join(key for key, _text in keys.get(line, []))
            text = lines[line] if line < len(lines) else ""
            region = regions.setdefault(line, Region(text, line, linked, []))
            region.boxes.append((x0, top, round(x1 - x0, 1), round(bottom - top, 1)))
        pages.append(page | {"number": number, "regions": list(regions.values())})
    return pages


def _keys(draft: Draft) -> Keys:
    """Line → the rows read from it, with their words. A row with rows of its own below keeps only its first line."""
    found: Keys = defaultdict(list)
    for part in ("head", "passages", "bases", "items", "tasks", "recipients"):
        for row in kept(draft, part):
            if row["first"] < 0:
                continue
            last = row["last"] if part != "items" else min(row["last"], row["first"] + row["text"].count("\n"))
            for line in range(row["first"], last + 1):
                found[line].append((row["key"], str(row.get("text", row.get("title", "")))))
    return found


def _pieces(line: str, linked: list[tuple[str, str]]) -> list[Piece]:
    """The whole line for rows that hold all of it; for several sentences of one line, each its own stretch."""
    if not linked:
        return [Piece(line)]
    spans = [(*_span(line, text), key) for key, text in linked]
    cuts = sorted({0, len(line), *(edge for start, end, _key in spans for edge in (start, end))})
    pieces = []
    for start, end in pairwise(cuts):
        keys = [key for first, last, key in spans if first <= start and end <= last]
        pieces.append(Piece(line[start:end], " ".join(keys)))
    return pieces or [Piece(line, " ".join(key for _text, key in linked))]


def _span(line: str, text: str) -> tuple[int, int]:
    """Where a row's words stand in a line; the whole line when they are not found there as they are."""
    words = [re.escape(word) for word in text.split()]
    if not words or len(text) * 1.15 > len(line):
        return 0, len(line)
    found = re.search(r"\s+".join(words), line)
    return found.span() if found else (0, len(line))
