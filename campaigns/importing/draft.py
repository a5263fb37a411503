"""What was recognised, as rows that people correct. Pure: a draft (plain values, kept as JSON) in, changed in place.

A draft has lists of rows (PARTS). Each row has a `key`, `v` (raised by each change), the lines `first` to `last` it was
read from, `gone` when somebody left it out. `names` says which units each name in the text means.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from campaigns.models import ItemStyle
from campaigns.plan_reader.markers import find_marker
from campaigns.unit_matching import SURE

Draft = dict[str, Any]
Row = dict[str, Any]

PARTS = ("head", "passages", "bases", "items", "tasks", "recipients")
FIELDS: dict[str, tuple[str, ...]] = {
    "head": ("title", "symbol", "year", "drafting_unit", "signer", "campaign", "prints_tasks", "extension_decider"),
    "passages": ("text",),
    "bases": ("text",),
    "items": ("text", "style"),
    "tasks": ("text", "lead_unit", "cooperating", "due", "rhythm", "due_wording", "expected_product"),
    "recipients": ("text", "unit"),
}
PREFIX = {"bases": "b", "items": "i", "tasks": "t", "recipients": "r"}
DEEPEST = 8


# --- looking ----------------------------------------------------------------------------------------------------------
def rows(draft: Draft) -> Iterator[tuple[str, Row]]:
    """Every row with the part it belongs to."""
    for part in PARTS:
        for row in draft[part]:
            yield part, row


def find(draft: Draft, key: str) -> tuple[str, Row]:
    """The row of this key and its part. KeyError when there is none."""
    for part, row in rows(draft):
        if row["key"] == key:
            return part, row
    raise KeyError(key)


def kept(draft: Draft, part: str) -> list[Row]:
    """The rows of a part that were not left out."""
    return [row for row in draft[part] if not row["gone"]]


def meaning(draft: Draft, name: str) -> Row | None:
    return next((row for row in draft["names"] if row["name"] == name), None)


def units_of(draft: Draft, lead: str, helpers: list[str]) -> tuple[int | None, list[int]]:
    """Who leads and who helps, as far as the names are known. A guess below SURE is only shown, not taken to help."""
    meant = meaning(draft, lead) if lead else None
    first = meant["units"][0] if meant and meant["units"] and not meant["collective"] else None
    found: list[int] = []
    for name in helpers:
        row = meaning(draft, name)
        if row and (row["collective"] or row["chosen"] or row["confidence"] >= SURE):
            found += row["units"]
    return first, [pk for pk in dict.fromkeys(found) if pk != first]


def make_row(draft: Draft, part: str, values: Row) -> Row:
    key = f"{PREFIX[part]}{draft['next']}"
    draft["next"] += 1
    return {"key": key, "v": 0, "gone": False, **values}


def style_of(marker: str | None) -> ItemStyle:
    """How an item was marked in the source."""
    bare = (marker or "").strip(" .")
    if re.fullmatch(r"\d+", bare):
        return ItemStyle.NUMBER
    if re.fullmatch(r"\d+(\.\d+)+", bare):
        return ItemStyle.DECIMAL
    if re.fullmatch(r"\w{1,2}\)", bare):
        return ItemStyle.LETTER
    return ItemStyle.DASH if re.fullmatch(r"[-–—+*•]", bare) else ItemStyle.PARAGRAPH


# --- changing ---------------------------------------------------------------------------------------------------------
def edit(draft: Draft, key: str, values: dict[str, Any], who: str) -> Row:
    """Write fields of one row; a field that the part does not have is left out."""
    part, row = find(draft, key)
    row |= {name: value for name, value in values.items() if name in FIELDS[part]}
    if part == "items" and row["style"] == ItemStyle.SECTION:
        row["depth"] = 0
    _touch(row, who)
    return row


def _touch(row: Row, who: str) -> None:
    row["v"] += 1
    row["who"] = who


def _tree(draft: Draft, row: Row) -> list[Row]:
    """An item with everything below it."""
    below = [row]
    for other in draft["items"][draft["items"].index(row) + 1 :]:
        if other["depth"] <= row["depth"]:
            break
        below.append(other)
    return below


def remove(draft: Draft, key: str, **_: Any) -> str:
    """Leave a row out; with an item its tasks. It stays in the draft and can be taken back."""
    part, row = find(draft, key)
    if part in PREFIX:
        row["gone"] = True
        for task in draft["tasks"]:
            if task["item"] == key and not task["gone"]:
                task["gone"], task["with"] = True, key
    return key


def restore(draft: Draft, key: str, **_: Any) -> str:
    _part, row = find(draft, key)
    row["gone"] = False
    row.pop("with", None)
    for task in draft["tasks"]:
        if task.get("with") == key:
            task["gone"] = False
            del task["with"]
    return key


def split(draft: Draft, key: str, at: int, **_: Any) -> str:
    """Cut a row in two where the cursor stands; a marker that begins the second half becomes its style."""
    part, row = find(draft, key)
    first, second = row["text"][:at].rstrip(), row["text"][at:].lstrip()
    if part not in ("items", "bases", "recipients") or not first or not second:
        return key
    more = {name: value for name, value in row.items() if name not in ("key", "v", "who", "text")}
    marker = find_marker(second) if part == "items" else None
    if marker is not None:
        more["style"], second = str(style_of(marker.text)), marker.rest
    row["text"] = first
    made = make_row(draft, part, {**more, "text": second})
    draft[part].insert(draft[part].index(row) + 1, made)
    return str(made["key"])


def merge(draft: Draft, key: str, **_: Any) -> str:
    """Put a row's words behind those of the row above; its tasks go with them."""
    part, row = find(draft, key)
    above = draft[part][: draft[part].index(row)] if part in ("items", "bases", "recipients") else []
    before = next((other for other in reversed(above) if not other["gone"]), None)
    if before is None:
        return key
    before["text"] = f"{before['text'].rstrip()} {row['text'].lstrip()}".strip()
    lines = [value for value in (before["first"], row["first"]) if value >= 0]
    before["first"], before["last"] = min(lines, default=-1), max(before["last"], row["last"])
    draft[part].remove(row)
    for task in draft["tasks"]:
        if task["item"] == key:
            task["item"] = before["key"]
    return str(before["key"])


def indent(draft: Draft, key: str, **_: Any) -> str:
    """One level deeper, with everything below; only below a row that is not shallower by more than a level."""
    part, row = find(draft, key)
    place = draft["items"].index(row) if part == "items" else 0
    if place and row["style"] != ItemStyle.SECTION and row["depth"] <= draft["items"][place - 1]["depth"]:
        for each in _tree(draft, row):
            each["depth"] = min(each["depth"] + 1, DEEPEST)
    return key


def outdent(draft: Draft, key: str, **_: Any) -> str:
    part, row = find(draft, key)
    if part == "items" and row["depth"] > 0:
        for each in _tree(draft, row):
            each["depth"] -= 1
    return key


def move(draft: Draft, key: str, steps: int) -> str:
    """Change places with the neighbour of the same level, items with everything below them."""
    part, row = find(draft, key)
    if part not in PREFIX:
        return key
    rows_ = draft[part]
    block = _tree(draft, row) if part == "items" else [row]
    start = rows_.index(row)
    if steps < 0:
        others = [i for i in range(start) if part != "items" or rows_[i]["depth"] <= row["depth"]]
        if not others or (part == "items" and rows_[others[-1]]["depth"] < row["depth"]):
            return key
        target = others[-1]
    else:
        after = start + len(block)
        if after >= len(rows_) or (part == "items" and rows_[after]["depth"] < row["depth"]):
            return key
        target = start + (len(_tree(draft, rows_[after])) if part == "items" else 1)
    del rows_[start : start + len(block)]
    rows_[target:target] = block
    return key


def add(draft: Draft, key: str, **_: Any) -> str:
    """A new empty row behind `key`, or at the end of the part that `key` names."""
    if key in PREFIX:
        part, place, like = key, len(draft[key]), None
    else:
        part, like = find(draft, key)
        place = draft[part].index(like) + 1
    if part not in PREFIX:
        return key
    made = make_row(draft, part, {"first": -1, "last": -1} | _empty(part, like))
    draft[part].insert(place, made)
    return str(made["key"])


def _empty(part: str, like: Row | None) -> Row:
    if part == "items":
        style = like["style"] if like and like["style"] != ItemStyle.SECTION else str(ItemStyle.NUMBER)
        return {"text": "", "style": style, "depth": max(1, like["depth"]) if like else 0}
    if part == "tasks":
        return {
            "text": "", "lead_name": "", "lead_unit": None, "cooperating_names": [], "cooperating": [], "due": "",
            "rhythm": "", "due_wording": "", "expected_product": "", "item": None,
        }  # fmt: skip
    return {"text": "", "unit": None} if part == "recipients" else {"text": ""}


def spread(draft: Draft, key: str, **_: Any) -> str:
    """A task that a collective leads becomes one task of each of its units."""
    part, row = find(draft, key)
    meant = meaning(draft, row.get("lead_name", "")) if part == "tasks" else None
    if meant is None or len(meant["units"]) < 2:
        return key
    place = draft["tasks"].index(row)
    copies = [
        make_row(draft, "tasks", {n: v for n, v in row.items() if n not in ("key", "v")}) for _ in meant["units"][1:]
    ]
    draft["tasks"][place + 1 : place + 1] = copies
    for task, unit in zip((row, *copies), meant["units"], strict=True):
        task["lead_unit"] = unit
        task["cooperating"] = [pk for pk in row["cooperating"] if pk not in meant["units"]]
    return key


def mark_task(draft: Draft, key: str, found: Row) -> str:
    """Say that an item is a task, with what the reader finds in its words (`found`: names, day)."""
    _part, item = find(draft, key)
    for name in (found["lead_name"], *found["cooperating_names"]):
        if name and meaning(draft, name) is None:
            draft["names"].append(found["meanings"][name])
    lead, helpers = units_of(draft, found["lead_name"], found["cooperating_names"])
    made = make_row(
        draft, "tasks",
        {
            "text": item["text"], "lead_name": found["lead_name"], "lead_unit": lead,
            "cooperating_names": found["cooperating_names"], "cooperating": helpers, "due": found["due"],
            "rhythm": found["rhythm"], "due_wording": found["due_wording"], "expected_product": "", "item": key,
            "first": item["first"], "last": item["last"],
        },
    )  # fmt: skip
    draft["tasks"].append(made)
    return str(made["key"])


def choose_units(draft: Draft, name: str, units: list[int], who: str) -> int:
    """Say which units a name means, everywhere it stands; how many tasks that changed. KeyError: no such name."""
    row = meaning(draft, name)
    if row is None:
        raise KeyError(name)
    before, row["units"] = set(row["units"]), list(dict.fromkeys(units))
    row |= {"chosen": True, "confidence": 1.0, "collective": row["collective"] or len(units) > 1}
    changed = 0
    for task in draft["tasks"]:
        leads, helps = task["lead_name"] == name, name in task["cooperating_names"]
        if leads:
            task["lead_unit"] = units[0] if len(units) == 1 else None
        if helps:
            others = [pk for pk in task["cooperating"] if pk not in before]
            task["cooperating"] = list(dict.fromkeys([*others, *units]))
        if leads or helps:
            task["cooperating"] = [pk for pk in task["cooperating"] if pk != task["lead_unit"]]
            _touch(task, who)
            changed += 1
    return changed


MOVES: dict[str, Callable[..., str]] = {
    "remove": remove, "restore": restore, "split": split, "merge": merge, "indent": indent, "outdent": outdent,
    "up": lambda draft, key, **_: move(draft, key, -1), "down": lambda draft, key, **_: move(draft, key, 1),
    "add": add, "spread": spread,
}  # fmt: skip
