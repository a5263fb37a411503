# ruff: noqa: E501 (sentences of plans and lines of XML stay whole)
"""Invented plans with what a reader should recognise in them. People, places and bodies do not exist.

A spec is written once and gives both the file (`plan_files.py`) and the truth (`truth()`): items are `(marker, text)` or
`(marker, text, [items])`; a bare string is a paragraph without a marker. Tasks are made with `task()`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Item = str | tuple


@dataclass
class Spec:
    name: str
    kind: str  # docx, docx-auto, pdf, txt, utf16, wrapped
    head: tuple[list[str], list[str]]
    parent: str | None
    issuer: str | None
    number: str | None
    symbol: str | None
    place: str
    date: tuple[int | None, int | None, int | None]
    title: str
    bases: list[tuple[str, str, str | None]]  # lead, whole paragraph, code of its first reference
    opening: str
    sections: list[tuple[str, str, list[Item]]]
    tasks: list[dict[str, Any]]
    closing: str
    recipients: list[str]
    signature: list[str]
    authority: str | None
    position: str
    signer: str
    tables: dict[int, list[list[str]]] = field(
        default_factory=dict
    )  # number of the section → rows; "^" merged up, "<" merged left
    appendix: tuple[str, list[list[str]]] | None = None
    options: frozenset[str] = frozenset()


def task(
    marker: str | None,
    text: str,
    lead: str | None,
    coop: tuple[str, ...] = (),
    due: str | None = None,
    recurring: bool = False,
) -> dict[str, Any]:
    return {
        "marker": marker, "text": text, "lead_unit": lead, "cooperating_units": list(coop),
        "due": {"date": due, "wording": None}, "recurring": recurring,
    }  # fmt: skip


def _items(items: list[Item]) -> list[dict[str, Any]]:
    out = []
    for item in items:
        marker, text, *below = (None, item) if isinstance(item, str) else item
        out.append({"marker": marker, "text": text, "items": _items(below[0]) if below else []})
    return out


def truth(spec: Spec) -> dict[str, Any]:
    """What `read_plan` should give, without citations (they have their own tests)."""
    day, month, year = spec.date
    return {
        "heading": {
            "parent_body": spec.parent, "issuing_body": spec.issuer, "number": spec.number, "symbol": spec.symbol,
            "place": spec.place, "day": day, "month": month, "year": year,
        },
        "title": spec.title,
        "bases": [{"lead": lead, "code": code} for lead, _text, code in spec.bases],
        "opening": spec.opening,
        "sections": [{"marker": m, "heading": h, "items": _items(items)} for m, h, items in spec.sections],
        "tasks": spec.tasks,
        "closing": spec.closing,
        "recipients": spec.recipients,
        "signer": {"authority": spec.authority, "position": spec.position, "name": spec.signer},
    }  # fmt: skip


STATE = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
PARTY = ["ĐẢNG CỘNG SẢN VIỆT NAM"]
