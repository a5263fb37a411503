"""The plan as recognised: frozen values, each with its place in the source text, and the JSON of `read_plan`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from campaigns.due_wording import Due
from campaigns.plan_reader.blocks import NOWHERE, Box, Place
from directives.citations import Citation


class Unreadable(Exception):
    """The file cannot be read as a plan; the message is one Vietnamese sentence for the person who gave it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should look at. `code` is stable, `message` is Vietnamese."""

    code: str
    message: str
    place: Place = NOWHERE

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "lines": self.place.as_list()}


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of the first page. Blanks ("Số: /KH-…", "ngày   tháng 10") are None."""

    parent_body: str | None = None
    issuing_body: str | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    day: int | None = None
    month: int | None = None
    year: int | None = None
    source: Place = NOWHERE

    def as_dict(self) -> dict[str, Any]:
        names = ("parent_body", "issuing_body", "number", "symbol", "place", "day", "month", "year")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Base:
    """One legal basis: its lead words ("Căn cứ"), its whole text, and the first document it names."""

    lead: str
    text: str
    citation: Citation | None
    place: Place = NOWHERE

    def as_dict(self) -> dict[str, Any]:
        return {
            "lead": self.lead, "text": self.text, "citation": self.citation.as_dict() if self.citation else None,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph of a section; `marker` as typed without its full stop ("1", "1.1", "a)", "-"), None without one."""

    marker: str | None
    text: str
    items: tuple[Item, ...] = ()
    place: Place = NOWHERE

    def as_dict(self) -> dict[str, Any]:
        return {"marker": self.marker, "text": self.text, "items": [item.as_dict() for item in self.items]}

    def walk(self) -> Iterator[Item]:
        """This item and everything below it, in reading order."""
        yield self
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True, slots=True)
class Section:
    marker: str | None
    heading: str
    items: tuple[Item, ...] = ()
    place: Place = NOWHERE

    def as_dict(self) -> dict[str, Any]:
        return {"marker": self.marker, "heading": self.heading, "items": [item.as_dict() for item in self.items]}

    def walk(self) -> Iterator[Item]:
        for item in self.items:
            yield from item.walk()


@dataclass(frozen=True, slots=True)
class Task:
    """An assignment: who leads, who cooperates, until when (`due` keeps the wording and the last good day too).

    From a table also the `product`, the `group` row above and, with their heads, the cells of other columns.
    """

    marker: str | None
    text: str
    lead_unit: str | None
    cooperating_units: tuple[str, ...] = ()
    due: Due = field(default_factory=Due)
    place: Place = NOWHERE
    product: str | None = None
    group: str | None = None
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def recurring(self) -> bool:
        return self.due.recurring

    def as_dict(self) -> dict[str, Any]:
        return {
            "marker": self.marker,
            "text": self.text,
            "lead_unit": self.lead_unit,
            "cooperating_units": list(self.cooperating_units),
            "due": {"date": self.due.date.isoformat() if self.due.date else None, "wording": self.due.wording},
            "recurring": self.recurring,
            "product": self.product,
            "group": self.group,
            "notes": [{"column": column, "text": text} for column, text in self.notes],
        }


@dataclass(frozen=True, slots=True)
class Signer:
    """`lines` are the words as typed ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", …)."""

    authority: str | None = None
    position: str | None = None
    name: str | None = None
    place: Place = NOWHERE
    lines: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "authority": self.authority, "position": self.position, "name": self.name, "lines": list(self.lines),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Recipient:
    text: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of prose with its place: title, opening, closing."""

    text: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """Everything recognised in one file. `source_text` is what the places count lines in; `boxes` see `Source`."""

    heading: Heading
    title: Passage | None
    bases: tuple[Base, ...]
    opening: Passage | None
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    tasks: tuple[Task, ...]
    closing: Passage | None
    recipients: tuple[Recipient, ...]
    signer: Signer
    problems: tuple[Problem, ...]
    source_text: str = ""
    boxes: tuple[tuple[int, tuple[Box, ...]], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `manage.py read_plan`."""
        return {
            "heading": self.heading.as_dict(),
            "title": self.title.text if self.title else None,
            "bases": [base.as_dict() for base in self.bases],
            "opening": self.opening.text if self.opening else None,
            "sections": [section.as_dict() for section in self.sections],
            "citations": [citation.as_dict() for citation in self.citations],
            "tasks": [task.as_dict() for task in self.tasks],
            "closing": self.closing.text if self.closing else None,
            "recipients": [recipient.text for recipient in self.recipients],
            "signer": self.signer.as_dict(),
            "problems": [problem.as_dict() for problem in self.problems],
        }
