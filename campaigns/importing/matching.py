"""A fresh reading → a draft: units, signer and recipients matched to the portal's. Pure: rows and values in."""

import re
from bisect import bisect_right
from typing import Any

from campaigns.due_wording import find_due
from campaigns.importing.draft import Draft, Row, make_row, style_of, units_of
from campaigns.models import ItemStyle
from campaigns.plan_reader.stages.assignments import read_assignment
from campaigns.states import ExtensionDecider, Rhythm
from campaigns.unit_matching import expand, guess, recipient_unit
from units.models import Appointment, Unit
from units.roles import Role

RHYTHM_WORDS = ((Rhythm.WEEKLY, r"tuần"), (Rhythm.QUARTERLY, r"quý"), (Rhythm.MONTHLY, r"tháng"))


def from_reading(
    found: dict[str, Any], *, organisation: Unit, units: list[Unit], everyone: list[Unit], signers: list[Appointment],
    drafting_unit: int | None, year: int,
) -> Draft:  # fmt: skip
    """The draft of a fresh reading, with units and signer matched to the portal's."""
    draft: Draft = {"next": 1, "seen": [], "heading": found["heading"], "signer": found["signer"]}
    draft["problems"] = found["problems"]
    draft["names"] = _names(found["tasks"], units)
    draft["passages"] = [
        {"key": name, "v": 0, "gone": False, **found[name]} for name in ("opening", "closing")
    ]  # fmt: skip
    draft["items"] = [make_row(draft, "items", _item(row)) for row in found["items"]]
    draft["bases"] = [make_row(draft, "bases", row) for row in found["bases"]]
    draft["tasks"] = [make_row(draft, "tasks", _task(draft, row)) for row in found["tasks"]]
    draft["recipients"] = [
        make_row(draft, "recipients", row | {"unit": recipient_unit(row["text"], everyone, organisation)})
        for row in found["recipients"]
    ]
    draft["head"] = [
        {
            "key": "head", "v": 0, "gone": False, "title": found["title"]["text"],
            "symbol": _symbol(found["heading"]["symbol"], organisation), "year": str(found["heading"]["year"] or year),
            "drafting_unit": drafting_unit, "signer": _signer(found["signer"], signers), "campaign": None,
            "prints_tasks": any(task["item"] is None for task in draft["tasks"]),
            "extension_decider": str(ExtensionDecider.OFFICE),
            "first": found["title"]["first"], "last": found["title"]["last"],
        }
    ]  # fmt: skip
    return draft


def _symbol(typed: str | None, organisation: Unit) -> str:
    """The symbol as typed when it is this organisation's, else the one a plan of the organisation has."""
    bare = (typed or "").strip("/ ")
    return bare if bare and bare.upper().endswith(organisation.symbol.upper()) else f"KH-{organisation.symbol}"


def _item(row: dict[str, Any]) -> Row:
    is_section = row["heading"] and row["marker"]
    style = ItemStyle.SECTION if is_section else ItemStyle.PARAGRAPH if row["heading"] else style_of(row["marker"])
    return {"style": str(style), "depth": row["depth"], "text": row["text"], "first": row["first"], "last": row["last"]}


def _names(tasks: list[dict[str, Any]], units: list[Unit]) -> list[Row]:
    """Every name of a unit in the tasks, once, in order, with the units it stands for."""
    leads = [task["lead_name"] for task in tasks if task["lead_name"]]
    names = dict.fromkeys([*leads, *(name for task in tasks for name in task["cooperating_names"])])
    return [meaning_of(name, units) for name in names]


def _task(draft: Draft, row: dict[str, Any]) -> Row:
    """One task: its units as the names say, its last good day, the item it came from (None: from a table)."""
    lead, helpers = units_of(draft, row["lead_name"], row["cooperating_names"])
    day = "" if row["recurring"] else "/".join(reversed(row["last_day"].split("-")))
    return {
        "text": row["text"], "lead_name": row["lead_name"], "lead_unit": lead,
        "cooperating_names": row["cooperating_names"], "cooperating": helpers, "due": day,
        "rhythm": rhythm_of(row["recurring"], row["due_wording"]), "due_wording": row["due_wording"],
        "expected_product": row["product"], "item": _source_item(row, draft["items"]), "first": row["first"],
        "last": row["last"],
    }  # fmt: skip


def rhythm_of(recurring: bool, wording: str) -> str:
    """How often a recurring task asks for an entry, by its words."""
    if not recurring:
        return str(Rhythm.ONCE)
    return str(next((rhythm for rhythm, sign in RHYTHM_WORDS if re.search(sign, wording.lower())), Rhythm.REGULAR))


def _source_item(task: dict[str, Any], items: list[Row]) -> str | None:
    """The deepest item that holds the lines the task was read from and its words. Items stand in the text's order."""
    start = bisect_right(items, task["first"], key=lambda item: int(item["first"]))
    for place in range(start - 1, -1, -1):
        item = items[place]
        if task["first"] <= item["last"] and (task["text"][:40] in item["text"] or item["text"] in task["text"]):
            return str(item["key"])
    return None


def _signer(read: dict[str, Any], posts: list[Appointment]) -> int | None:
    """The post that signs: by name, else the director's own when nobody signs for another."""
    name = (read["name"] or "").lower()
    named = [post for post in posts if name and post.user.full_name.lower() == name]
    wanted = Role.DEPUTY if (read["authority"] or "").startswith("KT") else Role.DIRECTOR
    return next((post.pk for post in (*named, *(post for post in posts if post.role == wanted))), None)


def meaning_of(name: str, units: list[Unit]) -> Row:
    found = guess(name, units)
    if found.is_everyone:
        meant = [unit.pk for unit in expand(name, units)]
    else:
        meant = [found.unit.pk] if found.unit is not None else []
    return {
        "name": name, "units": meant, "confidence": found.confidence, "collective": found.is_everyone, "chosen": False,
    }  # fmt: skip


def read_task(text: str, year: int | None, units: list[Unit]) -> Row:
    """What the reader finds in the words of an item that somebody calls a task."""
    assignment, due = read_assignment(text), find_due(text, year)
    lead, helpers = assignment.lead or "", list(assignment.cooperating)
    day = due.last_day or due.date
    return {
        "lead_name": lead, "cooperating_names": helpers, "due_wording": due.wording or "",
        "due": f"{day:%d/%m/%Y}" if day and not due.recurring else "",
        "rhythm": rhythm_of(due.recurring, due.wording or ""),
        "meanings": {name: meaning_of(name, units) for name in (lead, *helpers) if name},
    }  # fmt: skip
