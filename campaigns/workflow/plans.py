"""Plans are made and written here; the steps after that are `documents.workflow`'s.

Every change of the text is one verb: it locks the document, sends it back to draft when it was submitted, and notes who
wrote which part. `version` is the document's version that the writer saw.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from audit import log
from campaigns import events
from campaigns.models import (
    Campaign,
    Indicator,
    ItemCitation,
    ItemStyle,
    Plan,
    PlanBase,
    PlanItem,
    Task,
    TaskIndicator,
    TaskUnit,
)  # fmt: skip
from campaigns.states import Field, Rhythm, TaskState
from directives.citations import parse
from directives.register import record_citation
from documents import deliveries
from documents import workflow as documents
from documents.models import Document
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed

TYPE = "campaigns.plan"
EDIT = "campaigns.plan.edit"


@dataclass(frozen=True)
class ItemText:
    """A paragraph of a new plan; `depth` 0 is the top, each deeper one stands below the last shallower one."""

    style: ItemStyle
    text: str
    depth: int = 0


@dataclass(frozen=True)
class TaskText:
    """What a task of a draft says. `item` is the index of the item it carries out (new plans) or its row."""

    text: str
    lead_unit: Unit
    cooperating: tuple[Unit, ...] = ()
    due_on: date | None = None
    rhythm: str = Rhythm.ONCE
    due_wording: str = ""
    field: str = Field.OTHER
    expected_product: str = ""
    indicators: tuple[Indicator, ...] = ()
    item: int | PlanItem | None = None


@dataclass(frozen=True)
class PlanText:
    """Everything a new plan says."""

    title: str
    symbol: str
    drafting_unit: Unit
    year: int
    signer: Appointment | None = None
    campaign: Campaign | None = None
    opening: str = ""
    closing: str = ""
    prints_tasks: bool = True
    bases: tuple[str, ...] = ()
    items: tuple[ItemText, ...] = ()
    tasks: tuple[TaskText, ...] = ()
    recipients: tuple[tuple[str, int | None], ...] = field(default=())


# --- making -----------------------------------------------------------------------------------------------------------
@transaction.atomic
def create_draft(*, content: PlanText, by: Appointment, at: datetime, copied_from: Plan | None = None) -> Plan:
    """A new plan with all that `content` says. Directives it cites are entered into the register, each once."""
    permissions.check(by, EDIT, at=at, unit=content.drafting_unit)
    document = documents.create(
        type=TYPE, organisation=by.organisation, drafting_unit=content.drafting_unit, title=content.title,
        symbol=content.symbol, signer=content.signer, by=by, at=at,
    )  # fmt: skip
    plan = Plan.objects.create(
        document=document, campaign=content.campaign, opening=content.opening, closing=content.closing,
        year=content.year, prints_tasks=content.prints_tasks, copied_from=copied_from,
    )  # fmt: skip
    log.record(events.PLAN_CREATED, plan, by=by, at=at)
    for text in (content.title, content.opening, content.closing):
        _cite(plan, text, by=by, at=at)
    for position, text in enumerate(content.bases, start=1):
        base = PlanBase.objects.create(plan=plan, position=position, text=text)
        _rest_on(base, by=by, at=at)
    items = _create_items(plan, content.items, by=by, at=at)
    for position, task in enumerate(content.tasks, start=1):
        _create_task(plan, task, items, position=position, by=by, at=at)
    deliveries.set_recipients(document, list(content.recipients))
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
        _cite(plan, row.text, item=item, by=by, at=at)
        above.append((row.depth, item))
        created.append(item)
    return created


# --- citations --------------------------------------------------------------------------------------------------------
def _cite(
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


def _rest_on(base: PlanBase, *, by: Appointment, at: datetime) -> None:
    """Link a base with the first directive it names."""
    base.citations.all().delete()
    found = _cite(base.plan, base.text, base=base, by=by, at=at)
    base.directive_id = found[0] if found else None
    base.save(update_fields=["directive"])


# --- head, opening, closing, recipients -------------------------------------------------------------------------------
def _begin(plan: Plan, what: str, *, part: str, version: int | None, by: Appointment, at: datetime) -> Document:
    permissions.check(by, EDIT, at=at, unit=plan.document.organisation)
    plan.document = documents.edit(document=plan.document, what=what, part=part, version=version, by=by, at=at)
    return plan.document


@transaction.atomic
def edit_head(
    *, plan: Plan, title: str, symbol: str, drafting_unit: Unit, signer: Appointment | None, campaign: Campaign | None,
    year: int, prints_tasks: bool, by: Appointment, at: datetime, version: int | None = None,
) -> Plan:  # fmt: skip
    """Change title, symbol, drafting unit, signer and campaign."""
    document = _begin(plan, _("phần đầu"), part="head", version=version, by=by, at=at)
    document.title, document.symbol, document.drafting_unit, document.signer = title, symbol, drafting_unit, signer
    document.save()
    plan.campaign, plan.year, plan.prints_tasks = campaign, year, prints_tasks
    plan.save()
    _cite_passages(plan, by=by, at=at)
    return plan


@transaction.atomic
def edit_passages(
    *, plan: Plan, opening: str, closing: str, by: Appointment, at: datetime, version: int | None = None
) -> Plan:
    """Change the opening and the closing paragraph."""
    _begin(plan, _("đoạn mở đầu, đoạn kết"), part="passages", version=version, by=by, at=at)
    plan.opening, plan.closing = opening, closing
    plan.save()
    _cite_passages(plan, by=by, at=at)
    return plan


def _cite_passages(plan: Plan, *, by: Appointment, at: datetime) -> None:
    plan.citations.filter(item=None, base=None).delete()
    for text in (plan.document.title, plan.opening, plan.closing):
        _cite(plan, text, by=by, at=at)


@transaction.atomic
def set_recipients(
    *, plan: Plan, lines: list[tuple[str, int | None]], by: Appointment, at: datetime, version: int | None = None
) -> Plan:
    """Replace "Nơi nhận"."""
    document = _begin(plan, _("nơi nhận"), part="recipients", version=version, by=by, at=at)
    deliveries.set_recipients(document, lines)
    return plan


# --- legal bases ------------------------------------------------------------------------------------------------------
def _last(rows: Any) -> int:
    return rows.aggregate(last=Max("position"))["last"] or 0


@transaction.atomic
def add_base(*, plan: Plan, text: str, by: Appointment, at: datetime) -> PlanBase:
    """A new legal basis at the end."""
    _begin(plan, _("thêm căn cứ"), part="bases", version=None, by=by, at=at)
    base = PlanBase.objects.create(plan=plan, position=_last(plan.bases) + 1, text=text)
    _rest_on(base, by=by, at=at)
    return base


@transaction.atomic
def edit_base(*, base: PlanBase, text: str, by: Appointment, at: datetime, version: int | None = None) -> PlanBase:
    _begin(base.plan, _("sửa căn cứ"), part=f"base:{base.pk}", version=version, by=by, at=at)
    base.text = text
    base.save(update_fields=["text"])
    _rest_on(base, by=by, at=at)
    return base


@transaction.atomic
def remove_base(*, base: PlanBase, by: Appointment, at: datetime, version: int | None = None) -> None:
    _begin(base.plan, _("bỏ căn cứ"), part=f"base:{base.pk}", version=version, by=by, at=at)
    base.delete()


# --- items ------------------------------------------------------------------------------------------------------------
def _siblings(plan: Plan, parent_id: int | None) -> list[PlanItem]:
    return list(plan.items.filter(parent_id=parent_id).order_by("position", "id"))


def _reposition(rows: list[Any]) -> None:
    """Write 1, 2, 3 … into rows of one list, only where it changes."""
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])


@transaction.atomic
def add_item(
    *, plan: Plan, style: ItemStyle, text: str, by: Appointment, at: datetime, parent: PlanItem | None = None,
    after: PlanItem | None = None,
) -> PlanItem:  # fmt: skip
    """A new section or item: last below `parent`, or right behind `after`."""
    _begin(plan, _("thêm nội dung"), part="items", version=None, by=by, at=at)
    parent_id = after.parent_id if after else parent.pk if parent else None
    style = ItemStyle.PARAGRAPH if style == ItemStyle.SECTION and parent_id else style
    if after is not None:
        plan.items.filter(parent_id=parent_id, position__gt=after.position).update(position=F("position") + 1)
        position = after.position + 1
    else:
        position = _last(plan.items.filter(parent_id=parent_id)) + 1
    item = PlanItem.objects.create(plan=plan, parent_id=parent_id, position=position, style=style, text=text)
    _cite(plan, text, item=item, by=by, at=at)
    return item


@transaction.atomic
def edit_item(
    *, item: PlanItem, style: ItemStyle, text: str, by: Appointment, at: datetime, version: int | None = None
) -> PlanItem:
    _begin(item.plan, _("sửa nội dung"), part=f"item:{item.pk}", version=version, by=by, at=at)
    if style == ItemStyle.SECTION and item.parent_id is not None:
        raise NotAllowed(_("Mục I, II, III chỉ đứng ở cấp ngoài cùng."))
    item.style, item.text = style, text
    item.save(update_fields=["style", "text"])
    item.citations.all().delete()
    _cite(item.plan, text, item=item, by=by, at=at)
    return item


@transaction.atomic
def move_item(*, item: PlanItem, up: bool, by: Appointment, at: datetime) -> PlanItem:
    """Change places with the neighbour above or below; at the end of its list nothing changes."""
    _begin(item.plan, _("chuyển chỗ"), part="order", version=None, by=by, at=at)
    rows = _siblings(item.plan, item.parent_id)
    index = next(i for i, row in enumerate(rows) if row.pk == item.pk)
    other = index - 1 if up else index + 1
    if 0 <= other < len(rows):
        rows[index], rows[other] = rows[other], rows[index]
    _reposition(rows)
    item.refresh_from_db()
    return item


@transaction.atomic
def nest_item(*, item: PlanItem, deeper: bool, by: Appointment, at: datetime) -> PlanItem:
    """Put an item below the one above it, or one level up, behind its parent. Sections stay on top."""
    _begin(item.plan, _("đổi cấp"), part="order", version=None, by=by, at=at)
    if item.style == ItemStyle.SECTION:
        raise NotAllowed(_("Mục I, II, III chỉ đứng ở cấp ngoài cùng; hãy đổi kiểu trước."))
    rows = _siblings(item.plan, item.parent_id)
    index = next(i for i, row in enumerate(rows) if row.pk == item.pk)
    if deeper and index > 0:
        item.parent = rows[index - 1]
        item.position = _last(item.plan.items.filter(parent=item.parent)) + 1
    elif not deeper and item.parent is not None:
        around = _siblings(item.plan, item.parent.parent_id)
        place = next(i for i, row in enumerate(around) if row.pk == item.parent_id) + 1
        item.parent_id = item.parent.parent_id
        around.insert(place, item)
        item.save(update_fields=["parent"])
        _reposition(around)
    item.save(update_fields=["parent", "position"])
    return item


@transaction.atomic
def remove_item(*, item: PlanItem, by: Appointment, at: datetime, version: int | None = None) -> None:
    """Take an item out with everything below it; tasks that carried it out stay in the plan."""
    _begin(item.plan, _("bỏ nội dung"), part=f"item:{item.pk}", version=version, by=by, at=at)
    item.delete()


# --- tasks of the draft -----------------------------------------------------------------------------------------------
def _create_task(
    plan: Plan, content: TaskText, items: list[PlanItem], *, position: int, by: Appointment, at: datetime
) -> Task:
    item = items[content.item] if isinstance(content.item, int) else content.item
    task = Task(plan=plan, organisation=plan.document.organisation, position=position, state=TaskState.PLANNED)
    task.item = item
    _fill_task(task, content)
    log.record(events.TASK_PLANNED, task, by=by, at=at)
    return task


def _fill_task(task: Task, content: TaskText) -> None:
    """Write what a planned task says, with its cooperating units and figures."""
    if content.rhythm and content.due_on:
        raise NotAllowed(_("Nhiệm vụ thường xuyên không có hạn cuối: chọn hạn hoặc nhịp báo cáo."))
    task.text, task.lead_unit, task.rhythm = content.text, content.lead_unit, content.rhythm
    task.due_on = task.original_due_on = content.due_on
    task.due_wording, task.expected_product, task.field = content.due_wording, content.expected_product, content.field
    task.save()
    task.cooperating.all().delete()
    TaskUnit.objects.bulk_create(
        TaskUnit(task=task, unit=unit) for unit in content.cooperating if unit.pk != content.lead_unit.pk
    )
    task.indicators.all().delete()
    TaskIndicator.objects.bulk_create(TaskIndicator(task=task, indicator=row) for row in content.indicators)


@transaction.atomic
def add_task(*, plan: Plan, content: TaskText, by: Appointment, at: datetime) -> Task:
    """Put a task into the draft; it is assigned when the plan is issued."""
    _begin(plan, _("thêm nhiệm vụ"), part="tasks", version=None, by=by, at=at)
    return _create_task(plan, content, [], position=_last(plan.tasks) + 1, by=by, at=at)


@transaction.atomic
def edit_task(*, task: Task, content: TaskText, by: Appointment, at: datetime, version: int | None = None) -> Task:
    """Change a task that is still in the draft."""
    _begin(task.plan, _("sửa nhiệm vụ"), part=f"task:{task.pk}", version=version, by=by, at=at)
    if task.state != TaskState.PLANNED:
        raise NotAllowed(_("Nhiệm vụ đã giao, không sửa trong kế hoạch nữa."))
    task.item = content.item if isinstance(content.item, PlanItem) else None
    _fill_task(task, content)
    log.record(events.TASK_CHANGED, task, by=by, at=at, what=_("nội dung, đơn vị, thời hạn"))
    return task


@transaction.atomic
def remove_task(*, task: Task, by: Appointment, at: datetime, version: int | None = None) -> None:
    _begin(task.plan, _("bỏ nhiệm vụ"), part=f"task:{task.pk}", version=version, by=by, at=at)
    if task.state != TaskState.PLANNED:
        raise NotAllowed(_("Nhiệm vụ đã giao, không bỏ trong kế hoạch nữa."))
    task.delete()
