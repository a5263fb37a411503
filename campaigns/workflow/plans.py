"""Plans are made and written here; the steps after that are `documents.workflow`'s.

Every change of the text is one verb: it locks the document, sends it back to draft when it was submitted, and notes who
wrote which part. `version` is the document's version that the writer saw.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from campaigns import events
from campaigns.models import Campaign, ItemStyle, Plan, PlanBase, PlanItem
from campaigns.workflow import plan_versions
from campaigns.workflow.plan_bases import add_base, edit_base, move_base, remove_base, rest_on
from campaigns.workflow.plan_items import add_item, edit_item, move_item, nest_item, place_item, remove_item
from campaigns.workflow.plan_restore import put_back, restore
from campaigns.workflow.plan_tasks import add_task, create_task, edit_task, remove_task
from campaigns.workflow.plan_text import ItemText, PlanText, TaskText
from campaigns.workflow.plan_writing import EDIT, begin, cite, cite_passages
from documents import deliveries
from documents import workflow as documents
from units import permissions
from units.models import Appointment, Unit

__all__ = [
    "EDIT", "TYPE", "ItemText", "PlanText", "TaskText", "add_base", "add_item", "add_task", "create_draft", "edit_base",
    "edit_head", "edit_item", "edit_passages", "edit_task", "move_base", "move_item", "nest_item",
    "place_item", "put_back", "remove_base", "remove_item", "remove_task", "restore", "set_recipients",
]  # fmt: skip

TYPE = "campaigns.plan"


# --- making -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def create_draft(*, content: PlanText, by: Appointment, at: datetime, copied_from: Plan | None = None) -> Plan:
    """A new plan with all that `content` says. Directives it cites are entered into the register, each once."""
    permissions.check(by, EDIT, at=at, unit=content.drafting_unit)
    document = documents.create(
        type=TYPE, organisation=by.organisation, drafting_unit=content.drafting_unit, title=content.title,
        symbol=content.symbol, council=content.council, signer=content.signer, by=by, at=at,
    )  # fmt: skip
    plan = Plan.objects.create(
        document=document, campaign=content.campaign, opening=content.opening, closing=content.closing,
        year=content.year, prints_tasks=content.prints_tasks,
        extension_decider=content.extension_decider, copied_from=copied_from,
    )  # fmt: skip
    log.record(events.PLAN_CREATED, plan, by=by, at=at)
    for text in (content.title, content.opening, content.closing):
        cite(plan, text, by=by, at=at)
    for position, text in enumerate(content.bases, start=1):
        base = PlanBase.objects.create(plan=plan, position=position, text=text)
        rest_on(base, by=by, at=at)
    items = _create_items(plan, content.items, by=by, at=at)
    for position, task in enumerate(content.tasks, start=1):
        create_task(plan, task, items, position=position, by=by, at=at)
    deliveries.set_recipients(document, list(content.recipients))
    plan_versions.start(plan, by=by, at=at)
    return plan


def _create_items(plan: Plan, texts: tuple[ItemText, ...], *, by: Appointment, at: datetime) -> list[PlanItem]:
    above: list[tuple[int, PlanItem]] = []
    created = []
    for position, row in enumerate(texts, start=1):
        while above and above[-1][0] >= row.depth:
            above.pop()
        parent = above[-1][1] if above else None
        style = ItemStyle.PARAGRAPH if parent is not None and row.style == ItemStyle.SECTION else row.style
        item = PlanItem.objects.create(plan=plan, parent=parent, position=position, style=style, text=row.text)
        cite(plan, row.text, item=item, by=by, at=at)
        above.append((row.depth, item))
        created.append(item)
    return created




# --- head, opening, closing, recipients -------------------------------------------------------------------------------
@transaction.atomic
def edit_head(
    *, plan: Plan, title: str, symbol: str, drafting_unit: Unit, signer: Appointment | None, campaign: Campaign | None,
    year: int, prints_tasks: bool, by: Appointment, at: datetime, extension_decider: str = "",
    council: Unit | None = None, version: int | None = None,
) -> Plan:  # fmt: skip
    """Change title, symbol, drafting unit, council, signer and campaign.

    Who decides extensions stays when it is not said.
    """
    document = begin(plan, _("phần đầu"), part="head", version=version, by=by, at=at)
    document.title, document.symbol, document.drafting_unit, document.signer = title, symbol, drafting_unit, signer
    document.council = council
    document.save()
    plan.campaign, plan.year, plan.prints_tasks = campaign, year, prints_tasks
    plan.extension_decider = extension_decider or plan.extension_decider
    plan.save()
    cite_passages(plan, by=by, at=at)
    return plan


@transaction.atomic
def edit_passages(
    *, plan: Plan, opening: str, closing: str, by: Appointment, at: datetime, version: int | None = None
) -> Plan:
    """Change the opening and the closing paragraph."""
    begin(plan, _("đoạn mở đầu, đoạn kết"), part="passages", version=version, by=by, at=at)
    plan.opening, plan.closing = opening, closing
    plan.save()
    cite_passages(plan, by=by, at=at)
    return plan


@transaction.atomic
def set_recipients(
    *, plan: Plan, lines: list[tuple[str, int | None]], by: Appointment, at: datetime, version: int | None = None
) -> Plan:
    """Replace "Nơi nhận"."""
    document = begin(plan, _("nơi nhận"), part="recipients", version=version, by=by, at=at)
    deliveries.set_recipients(document, lines)
    return plan
