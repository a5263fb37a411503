"""The parts of a plan that are written in place: which form each has, and which verb takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _

from campaigns.forms.plans import BaseForm, HeadForm, ItemForm, PassagesForm, RecipientsForm, TaskForm
from campaigns.models import ItemStyle, Plan, PlanBase, PlanItem, Task
from campaigns.workflow import plans
from units.models import Appointment
from units.web import whole_number


@dataclass(frozen=True)
class Writer:
    """Who writes, when, and which version of the document they saw."""

    by: Appointment
    at: datetime
    version: int | None


@dataclass(frozen=True)
class Part:
    """A part of a plan: its form (bound to `data` or showing what is stored) and what saves it."""

    name: str
    title: str
    form: Callable[[Any], forms.Form]
    save: Callable[[dict[str, Any], Writer], Any]
    current: str = ""  # what is stored now, for a writer who was overtaken


def find(plan: Plan, name: str, below: dict[str, str]) -> Part:
    """The part called `name`: "head", "item-12", "base-new" …; Http404 for none of this plan."""
    kind, _sign, key = name.partition("-")
    if kind in ("head", "passages", "recipients") and not key:
        return SINGLE[kind](plan)
    if kind not in MANY:
        raise Http404
    if key == "new":
        return ADDED[kind](plan, below)
    row = whole_number(key)
    if row is None:
        raise Http404
    return MANY[kind](plan, row)


def _words(writer: Writer) -> dict[str, Any]:
    return {"by": writer.by, "at": writer.at, "version": writer.version}


def _new(writer: Writer) -> dict[str, Any]:
    return {"by": writer.by, "at": writer.at}


# --- single parts -----------------------------------------------------------------------------------------------------
def _head(plan: Plan) -> Part:
    organisation = plan.document.organisation
    return Part(
        "head",
        _("Phần đầu"),
        lambda data: HeadForm(data, initial=HeadForm.initial_of(plan), organisation=organisation),
        lambda cleaned, writer: plans.edit_head(plan=plan, **cleaned, **_words(writer)),
        plan.document.title,
    )


def _passages(plan: Plan) -> Part:
    initial = {"opening": plan.opening, "closing": plan.closing}
    return Part(
        "passages",
        _("Đoạn mở đầu và đoạn kết"),
        lambda data: PassagesForm(data, initial=initial),
        lambda cleaned, writer: plans.edit_passages(plan=plan, **cleaned, **_words(writer)),
        f"{plan.opening}\n{plan.closing}",
    )


def _recipients(plan: Plan) -> Part:
    lines = "\n".join(line.text for line in plan.document.recipients.all())

    def save(cleaned: dict[str, Any], writer: Writer) -> None:
        form = RecipientsForm({"lines": cleaned["lines"]})
        form.full_clean()
        plans.set_recipients(plan=plan, lines=form.rows(plan.document.organisation), **_words(writer))

    return Part("recipients", _("Nơi nhận"), lambda data: RecipientsForm(data, initial={"lines": lines}), save, lines)


SINGLE: dict[str, Callable[[Plan], Part]] = {"head": _head, "passages": _passages, "recipients": _recipients}


# --- bases, items, tasks ----------------------------------------------------------------------------------------------
def _row(rows: Any, pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def base_of(plan: Plan, pk: int) -> PlanBase:
    base: PlanBase = _row(plan.bases, pk)
    base.plan = plan
    return base


def item_of(plan: Plan, pk: int) -> PlanItem:
    item: PlanItem = _row(plan.items, pk)
    item.plan = plan
    return item


def task_of(plan: Plan, pk: int) -> Task:
    task: Task = _row(plan.tasks.select_related("lead_unit").prefetch_related("cooperating", "indicators"), pk)
    task.plan = plan
    return task


def _base(plan: Plan, pk: int) -> Part:
    base = base_of(plan, pk)
    return Part(
        f"base-{pk}",
        _("Căn cứ"),
        lambda data: BaseForm(data, initial={"text": base.text}),
        lambda cleaned, writer: plans.edit_base(base=base, **cleaned, **_words(writer)),
        base.text,
    )


def _item(plan: Plan, pk: int) -> Part:
    item = item_of(plan, pk)
    return Part(
        f"item-{pk}",
        _("Nội dung"),
        lambda data: ItemForm(data, initial={"style": item.style, "text": item.text}),
        lambda cleaned, writer: plans.edit_item(
            item=item, style=ItemStyle(cleaned["style"]), text=cleaned["text"], **_words(writer)
        ),
        item.text,
    )


def _task_form(plan: Plan, initial: dict[str, Any]) -> Callable[[Any], TaskForm]:
    return lambda data: TaskForm(data, initial=initial, organisation=plan.document.organisation, plan=plan)


def _content(cleaned: dict[str, Any]) -> plans.TaskText:
    several = {name: tuple(cleaned[name]) for name in ("cooperating", "indicators")}
    return plans.TaskText(**cleaned | several)


def _task(plan: Plan, pk: int) -> Part:
    task = task_of(plan, pk)
    initial = {
        "text": task.text, "lead_unit": task.lead_unit_id, "due_on": task.due_on, "rhythm": task.rhythm,
        "due_wording": task.due_wording, "expected_product": task.expected_product, "item": task.item_id,
        "cooperating": [part.unit_id for part in task.cooperating.all()],
        "indicators": [row.indicator_id for row in task.indicators.all()],
    }  # fmt: skip
    return Part(
        f"task-{pk}",
        _("Nhiệm vụ"),
        _task_form(plan, initial),
        lambda cleaned, writer: plans.edit_task(task=task, content=_content(cleaned), **_words(writer)),
        f"{task.text} — {task.lead_unit.name}",
    )


MANY: dict[str, Callable[[Plan, int], Part]] = {"base": _base, "item": _item, "task": _task}


def _new_base(plan: Plan, below: dict[str, str]) -> Part:
    return Part(
        "base-new",
        _("Thêm căn cứ"),
        lambda data: BaseForm(data, initial={"text": "Căn cứ "}),
        lambda cleaned, writer: plans.add_base(plan=plan, **cleaned, **_new(writer)),
    )


def _item_in(plan: Plan, below: dict[str, str], name: str) -> PlanItem | None:
    """The item of the plan that the address names, if it names one."""
    pk = whole_number(below.get(name, ""))
    return None if pk is None else item_of(plan, pk)


def _new_item(plan: Plan, below: dict[str, str]) -> Part:
    after, parent = _item_in(plan, below, "sau"), _item_in(plan, below, "trong")
    style = after.style if after else ItemStyle.PARAGRAPH if parent else ItemStyle.SECTION
    return Part(
        "item-new",
        _("Thêm nội dung"),
        lambda data: ItemForm(data, initial={"style": style}),
        lambda cleaned, writer: plans.add_item(
            plan=plan,
            style=ItemStyle(cleaned["style"]),
            text=cleaned["text"],
            after=after,
            parent=parent,
            **_new(writer),
        ),
    )


def _new_task(plan: Plan, below: dict[str, str]) -> Part:
    item = _item_in(plan, below, "muc")
    initial = {"item": item.pk if item else None, "text": item.text if item else ""}
    return Part(
        "task-new",
        _("Thêm nhiệm vụ"),
        _task_form(plan, initial),
        lambda cleaned, writer: plans.add_task(plan=plan, content=_content(cleaned), **_new(writer)),
    )


ADDED: dict[str, Callable[[Plan, dict[str, str]], Part]] = {"base": _new_base, "item": _new_item, "task": _new_task}
