"""What every verb on a draft's text begins with, and the citations that a text leaves behind."""

from datetime import datetime
from typing import Any

from django.db.models import Max

from campaigns.models import ItemCitation, Plan, PlanBase, PlanItem
from campaigns.workflow import plan_versions
from directives.citations import parse
from directives.register import record_citation
from documents import workflow as documents
from documents.models import Document
from units import permissions
from units.models import Appointment

EDIT = "campaigns.plan.edit"


def begin(
    plan: Plan, what: str, *, part: str, by: Appointment, at: datetime, version: int | None = None,
    removes: bool = False, restored_from: int | None = None,
) -> Document:  # fmt: skip
    """Right, lock, back to draft, history; and the version that this writing belongs to. First in the transaction."""
    permissions.check(by, EDIT, at=at, unit=plan.document.organisation)
    state = Document.objects.lock(plan.document_id).state
    plan.document = documents.edit(document=plan.document, what=what, part=part, version=version, by=by, at=at)
    plan_versions.note_writing(plan, part=part, state=state, removes=removes, restored_from=restored_from, by=by, at=at)
    return plan.document


def cite(
    plan: Plan, text: str, *, by: Appointment, at: datetime, item: PlanItem | None = None, base: PlanBase | None = None
) -> list[int]:
    """Note the directives that a text mentions; unknown ones are entered into the register. Ids in order."""
    found: list[int] = []
    for citation in parse(text):
        directive = record_citation(citation, organisation=plan.document.organisation, by=by, at=at)
        if directive.pk not in found:
            found.append(directive.pk)
    ItemCitation.objects.bulk_create(
        ItemCitation(plan=plan, item=item, base=base, directive_id=directive) for directive in found
    )
    return found


def cite_passages(plan: Plan, *, by: Appointment, at: datetime) -> None:
    plan.citations.filter(item=None, base=None).delete()
    for text in (plan.document.title, plan.opening, plan.closing):
        cite(plan, text, by=by, at=at)


def cite_item(item: PlanItem, *, by: Appointment, at: datetime) -> None:
    item.citations.all().delete()
    cite(item.plan, item.text, item=item, by=by, at=at)


def last_position(rows: Any) -> int:
    return rows.aggregate(last=Max("position"))["last"] or 0


def reposition(rows: list[Any]) -> None:
    """Write 1, 2, 3 … into rows of one list, only where it changes."""
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
