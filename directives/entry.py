"""Filling the form of a new entry: from a pasted sentence, from the head of a file, from what the register learned."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from directives import files, heads, vocabulary
from directives.citations import Citation, parse
from directives.heads import Head
from directives.identity import issuer_key
from directives.models import Directive
from units.models import Appointment

FIELDS = ("kind", "code", "dated_on", "issuer", "subject")


@dataclass(frozen=True)
class Suggestion:
    """What the sources say, as the form's texts."""

    values: dict[str, str] = field(default_factory=dict)
    citation: Citation | None = None
    more: tuple[Citation, ...] = ()
    head: Head | None = None  # of the file, when one was given


def suggest(by: Appointment, *, text: str, file: tuple[str, bytes] | None) -> Suggestion:
    """Read the sources: the sentence goes before the file. Four queries at most; changes nothing."""
    cited = parse(text) if text else []
    head = heads.read(files.media_type_of(*file), file[1]) if file else None
    values = _of_head(head) if head else {}
    if cited:
        values |= {name: value for name, value in _of_citation(cited[0]).items() if value}
    return Suggestion(_completed(values, by), cited[0] if cited else None, tuple(cited[1:]), head)


def _of_head(head: Head) -> dict[str, str]:
    day = f"{head.dated_on:%d/%m/%Y}" if head.dated_on else ""
    return {"kind": head.kind, "code": head.code, "dated_on": day, "issuer": head.issuer, "subject": head.subject}


def _of_citation(found: Citation) -> dict[str, str]:
    return {
        "kind": found.kind or "", "code": found.code or "", "dated_on": f"{found.date:%d/%m/%Y}" if found.date else "",
        "issuer": found.issuer or "", "subject": found.subject or "",
    }  # fmt: skip


def _completed(values: dict[str, str], by: Appointment) -> dict[str, str]:
    """What the code's letters tell besides, and the issuer in the words the register has used before."""
    code = values.get("code", "")
    if code and not values.get("kind"):
        kind = vocabulary.kind_of_code(code, by.organisation)
        values["kind"] = kind.abbreviation if kind else ""
    if code and not values.get("issuer"):
        values["issuer"] = vocabulary.issuer_of_code(code, by.organisation)
    elif values.get("issuer"):
        same = Directive.objects.visible_to(by).filter(issuer_key=issuer_key(values["issuer"])).order_by("-id")
        values["issuer"] = same.values_list("issuer", flat=True).first() or values["issuer"]
    return values


def merged(typed: Mapping[str, Any], found: Suggestion) -> dict[str, str]:
    """The form's values with the suggestion in: what somebody typed stays, what an earlier suggestion filled gives way.

    `filled` remembers what was suggested.
    """
    try:
        last = json.loads(typed.get("filled") or "{}")
    except ValueError:
        last = {}
    before = last if isinstance(last, dict) else {}
    values = {name: str(value) for name, value in typed.items()}
    for name in FIELDS:
        own = values.get(name, "")
        if not own or own == before.get(name):
            values[name] = found.values.get(name, "") or own
    taken = {name: found.values[name] for name in FIELDS if found.values.get(name) == values.get(name)}
    return values | {"filled": json.dumps(taken)}
