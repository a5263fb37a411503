"""Sections and items of a draft: a tree in which each stands at a place of its own.

The stored text never carries its marker; the style says which marker is counted when the plan is shown, and follows the
place an item is moved to: below a section come 1. 2. 3., below those a) b) c), below those dashes.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from campaigns import outline
from campaigns.models import ItemStyle, Plan, PlanItem
from campaigns.plan_content import Removed, item_content
from campaigns.workflow.plan_writing import begin, cite_item, last_position, reposition
from units.models import Appointment
from units.permissions import NotAllowed

DEEPEST = 6


def _siblings(plan: Plan, parent_id: int | None) -> list[PlanItem]:
    return list(plan.items.filter(parent_id=parent_id).order_by("position", "id"))


def _index(rows: list[PlanItem], pk: int) -> int:
    return next(index for index, row in enumerate(rows) if row.pk == pk)


@transaction.atomic
def add_item(
    *, plan: Plan, style: ItemStyle, text: str, by: Appointment, at: datetime, parent: PlanItem | None = None,
    after: PlanItem | None = None, before: PlanItem | None = None,
) -> PlanItem:  # fmt: skip
    """A new section or item: last below `parent`, or right behind `after`, or right in front of `before`."""
    begin(plan, _("thêm nội dung"), part="items", by=by, at=at)
    beside = after or before
    parent_id = beside.parent_id if beside else parent.pk if parent else None
    style = ItemStyle.PARAGRAPH if style == ItemStyle.SECTION and parent_id else style
    if beside is not None:
        beside.refresh_from_db(fields=["position"])
        position = beside.position + (1 if after else 0)
        plan.items.filter(parent_id=parent_id, position__gte=position).update(position=F("position") + 1)
    else:
        position = last_position(plan.items.filter(parent_id=parent_id)) + 1
    bare = outline.without_marker(style, text)
    item = PlanItem.objects.create(plan=plan, parent_id=parent_id, position=position, style=style, text=bare)
    cite_item(item, by=by, at=at)
    return item


@transaction.atomic
def edit_item(
    *, item: PlanItem, style: ItemStyle, text: str, by: Appointment, at: datetime, version: int | None = None
) -> PlanItem:
    begin(item.plan, _("sửa nội dung"), part=f"item:{item.pk}", version=version, by=by, at=at)
    if style == ItemStyle.SECTION and item.parent_id is not None:
        raise NotAllowed(_("Mục I, II, III chỉ đứng ở cấp ngoài cùng."))
    item.style, item.text = style, outline.without_marker(style, text)
    item.save(update_fields=["style", "text"])
    cite_item(item, by=by, at=at)
    return item


@transaction.atomic
def move_item(*, item: PlanItem, up: bool, by: Appointment, at: datetime) -> PlanItem:
    """Change places with the neighbour above or below; at the end of its list nothing changes."""
    begin(item.plan, _("chuyển chỗ"), part="order", by=by, at=at)
    rows = _siblings(item.plan, item.parent_id)
    index = _index(rows, item.pk)
    other = index - 1 if up else index + 1
    if 0 <= other < len(rows):
        rows[index], rows[other] = rows[other], rows[index]
    reposition(rows)
    item.refresh_from_db()
    return item


@transaction.atomic
def nest_item(*, item: PlanItem, deeper: bool, by: Appointment, at: datetime) -> PlanItem:
    """Put an item below the one above it, or one level up, behind its parent. What is below it comes along."""
    plan = item.plan
    begin(plan, _("đổi cấp"), part="order", by=by, at=at)
    rows = _siblings(plan, item.parent_id)
    index = _index(rows, item.pk)
    if deeper and index > 0:
        return _put(item, parent=rows[index - 1], before=None)
    if not deeper and item.parent is not None:
        around = _siblings(plan, item.parent.parent_id)
        place = _index(around, item.parent.pk) + 1
        return _put(item, parent=item.parent.parent, before=around[place] if place < len(around) else None)
    return item


@transaction.atomic
def place_item(
    *, item: PlanItem, parent: PlanItem | None, before: PlanItem | None, by: Appointment, at: datetime
) -> PlanItem:
    """Put an item (with what is below it) below `parent`, in front of `before`, or last there."""
    begin(item.plan, _("chuyển chỗ"), part="order", by=by, at=at)
    if before is not None and before.parent_id != (parent.pk if parent else None):
        raise NotAllowed(_("Chỗ này vừa được người khác chuyển đi. Hãy thử lại."))
    if before is not None and before.pk == item.pk:
        return item
    return _put(item, parent=parent, before=before)


def _put(item: PlanItem, *, parent: PlanItem | None, before: PlanItem | None) -> PlanItem:
    """Move within the tree. NotAllowed into what is below the item itself, or too deep."""
    parents = {row.pk: row.parent_id for row in item.plan.items.all()}
    above, depth = parent.pk if parent else None, 0
    while above is not None:
        if above == item.pk:
            raise NotAllowed(_("Không chuyển một mục vào bên trong chính nó."))
        above, depth = parents[above], depth + 1
    if depth + _height(parents, item.pk) > DEEPEST:
        raise NotAllowed(_("Đã đến cấp sâu nhất."))
    rows = [row for row in _siblings(item.plan, parent.pk if parent else None) if row.pk != item.pk]
    item.style = _style_at(item, parent, rows)
    item.parent = parent
    rows.insert(_index(rows, before.pk) if before else len(rows), item)
    item.save(update_fields=["parent", "style"])
    reposition(rows)
    return item


def _height(parents: dict[int, int | None], pk: int) -> int:
    below = [child for child, above in parents.items() if above == pk]
    return 1 + max((_height(parents, child) for child in below), default=-1)


NEXT_STYLES = {
    ItemStyle.SECTION: ItemStyle.NUMBER,
    ItemStyle.NUMBER: ItemStyle.LETTER,
    ItemStyle.DECIMAL: ItemStyle.LETTER,
    ItemStyle.LETTER: ItemStyle.DASH,
}
UNCHANGED = (ItemStyle.PARAGRAPH, ItemStyle.DASH)


def _style_at(item: PlanItem, parent: PlanItem | None, siblings: list[PlanItem]) -> ItemStyle:
    """The style at the new place: that of the items already there, else the next below the parent's."""
    own = ItemStyle(item.style)
    if item.parent_id == (parent.pk if parent else None) or own in UNCHANGED:
        return own
    beside = next((ItemStyle(row.style) for row in siblings if row.style not in UNCHANGED), None)
    if beside is not None:
        return beside
    if parent is None:
        return own
    return NEXT_STYLES.get(ItemStyle(parent.style), ItemStyle.NUMBER if own == ItemStyle.SECTION else own)


@transaction.atomic
def remove_item(*, item: PlanItem, by: Appointment, at: datetime, version: int | None = None) -> Removed:
    """Take an item out with everything below it; tasks that carried it out stay in the plan."""
    plan = item.plan
    begin(plan, _("bỏ nội dung"), part=f"item:{item.pk}", version=version, removes=True, by=by, at=at)
    node = next(node for node in outline.flat(plan.items.all()) if node.item.pk == item.pk)
    gone = tuple(item_content(below.item) for below in node.walk())
    links = plan.tasks.filter(item__in=[row.pk for row in gone]).values_list("pk", "item_id")
    removed = Removed(position=node.item.position, items=gone, links=tuple((task, of) for task, of in links if of))
    item.delete()
    return removed
