"""The way back to an old version of a plan, and of a part that was taken out."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from audit import log
from campaigns import events, plan_content
from campaigns.models import Plan, PlanBase, PlanItem, PlanVersion, Task, TaskIndicator, TaskUnit
from campaigns.plan_content import BaseContent, ItemContent, PlanContent, Removed, TaskContent
from campaigns.states import TaskState
from campaigns.workflow.plan_writing import begin, cite, cite_item, cite_passages
from documents import deliveries
from documents.models import Document
from units.models import Appointment
from units.permissions import NotAllowed


@transaction.atomic
def restore(*, version: PlanVersion, by: Appointment, at: datetime, seen: int | None = None) -> PlanVersion:
    """Write an old version into the plan again, as a new version; the text until now is kept as one too.

    `seen` is the document's version that the reader compared with: NotAllowed when somebody has written since.
    """
    plan = version.plan
    if version.content is None:
        raise NotAllowed(_("Đây là bản đang soạn, không cần lấy lại."))
    if seen is not None and seen != Document.objects.lock(plan.document_id).version:
        raise NotAllowed(_("Kế hoạch vừa có người sửa. Hãy xem lại so sánh rồi lấy lại bản cũ."))
    begin(plan, _("lấy lại bản cũ"), part="restore", by=by, at=at, restored_from=version.number)
    _write(plan, plan_content.from_dict(version.content), by=by, at=at)
    log.record(events.VERSION_RESTORED, plan, by=by, at=at, number=version.number)
    return plan.versions.get(content__isnull=True)


def _write(plan: Plan, content: PlanContent, *, by: Appointment, at: datetime) -> None:
    document = plan.document
    document.title, document.symbol = content.title, content.symbol
    document.drafting_unit_id = content.drafting_unit.pk
    document.signer_id = content.signer.pk if content.signer else None
    document.council_id = content.council.pk if content.council else None
    document.save()
    plan.campaign_id = content.campaign.pk if content.campaign else None
    plan.year, plan.prints_tasks = content.year, content.prints_tasks
    plan.extension_decider = content.extension_decider or plan.extension_decider
    plan.opening, plan.closing = content.opening, content.closing
    plan.save()
    deliveries.set_recipients(document, [(line.text, line.unit) for line in content.recipients])
    _write_bases(plan, content, by=by, at=at)
    _write_items(plan, content, by=by, at=at)
    _write_tasks(plan, content)
    cite_passages(plan, by=by, at=at)


def _write_bases(plan: Plan, content: PlanContent, *, by: Appointment, at: datetime) -> None:
    plan.bases.exclude(pk__in=[row.pk for row in content.bases]).delete()
    for position, row in enumerate(content.bases, start=1):
        _write_base(plan, row, position, by=by, at=at)


def _write_base(plan: Plan, row: BaseContent, position: int, *, by: Appointment, at: datetime) -> None:
    base = PlanBase(pk=row.pk, plan=plan, position=position, text=row.text, directive_id=row.directive)
    base.save()
    base.citations.all().delete()
    cite(plan, row.text, base=base, by=by, at=at)


def _write_items(plan: Plan, content: PlanContent, *, by: Appointment, at: datetime) -> None:
    """Parents come first, so that each finds the row it stands below."""
    before = {item.pk: item.text for item in plan.items.all()}
    for row, position in zip(content.items, _positions(content.items), strict=True):
        item = _write_item(plan, row, position)
        if before.get(row.pk) != row.text:
            cite_item(item, by=by, at=at)
    plan.items.exclude(pk__in=[row.pk for row in content.items]).delete()


def _positions(items: tuple[ItemContent, ...]) -> Iterator[int]:
    """The place of each item in its list."""
    counts: Counter[int | None] = Counter()
    for row in items:
        counts[row.parent] += 1
        yield counts[row.parent]


def _write_item(plan: Plan, row: ItemContent, position: int) -> PlanItem:
    item = PlanItem(pk=row.pk, plan=plan, parent_id=row.parent, position=position, style=row.style, text=row.text)
    item.save()
    return item


def _write_tasks(plan: Plan, content: PlanContent) -> None:
    planned = plan.tasks.filter(state=TaskState.PLANNED)
    planned.exclude(pk__in=[row.pk for row in content.tasks]).delete()
    for position, row in enumerate(content.tasks, start=1):
        _write_task(plan, row, position)


def _write_task(plan: Plan, row: TaskContent, position: int) -> Task:
    """A planned task as it was, with its parts and figures."""
    due_on = date.fromisoformat(row.due_on) if row.due_on else None
    values: dict[str, Any] = {
        "organisation": plan.document.organisation, "plan": plan, "item_id": row.item, "position": position,
        "state": TaskState.PLANNED, "text": row.text, "lead_unit_id": row.lead.pk, "due_on": due_on,
        "original_due_on": due_on, "rhythm": row.rhythm, "due_wording": row.due_wording,
        "expected_product": row.product, "field": row.field,
    }  # fmt: skip
    task, _is_new = Task.objects.update_or_create(pk=row.pk, defaults=values)
    task.cooperating.all().delete()
    TaskUnit.objects.bulk_create(
        TaskUnit(
            task=task, unit_id=part.unit.pk, due_on=date.fromisoformat(part.due_on) if part.due_on else None
        )
        for part in row.parts
    )  # fmt: skip
    task.indicators.all().delete()
    TaskIndicator.objects.bulk_create(
        TaskIndicator(
            task=task, indicator_id=figure.indicator.pk, target=Decimal(figure.target) if figure.target else None
        )
        for figure in row.figures
    )  # fmt: skip
    return task


# --- undoing a removal ------------------------------------------------------------------------------------------------
@transaction.atomic
def put_back(*, plan: Plan, removed: Removed, by: Appointment, at: datetime) -> None:
    """Undo a removal: the same rows at the same place. NotAllowed when it is back already or its parent is gone."""
    begin(plan, _("lấy lại phần vừa bỏ"), part="order", by=by, at=at)
    if removed.base is not None:
        _refuse_twice(plan.bases.filter(pk=removed.base.pk).exists())
        _make_room(plan.bases.all(), removed.position)
        _write_base(plan, removed.base, removed.position, by=by, at=at)
    if removed.task is not None:
        _refuse_twice(Task.objects.filter(pk=removed.task.pk).exists())
        has_item = plan.items.filter(pk=removed.task.item or 0).exists()
        _write_task(plan, removed.task if has_item else replace(removed.task, item=None), removed.position)
    if removed.items:
        _put_items_back(plan, removed, by=by, at=at)


def _refuse_twice(is_there: bool) -> None:
    if is_there:
        raise NotAllowed(_("Phần này đã được lấy lại rồi."))


def _make_room(rows: QuerySet[Any], position: int) -> None:
    rows.filter(position__gte=position).update(position=F("position") + 1)


def _put_items_back(plan: Plan, removed: Removed, *, by: Appointment, at: datetime) -> None:
    top, *below = removed.items
    _refuse_twice(plan.items.filter(pk=top.pk).exists())
    if top.parent is not None and not plan.items.filter(pk=top.parent).exists():
        raise NotAllowed(_("Mục chứa phần này không còn nữa; hãy lấy lại từ các phiên bản."))
    _make_room(plan.items.filter(parent_id=top.parent), removed.position)
    cite_item(_write_item(plan, top, removed.position), by=by, at=at)
    for row, position in zip(below, _positions(tuple(below)), strict=True):
        cite_item(_write_item(plan, row, position), by=by, at=at)
    for task, item in removed.links:
        plan.tasks.filter(pk=task, item=None).update(item_id=item)
