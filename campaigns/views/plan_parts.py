"""The parts of a plan that are written in place: which form each has, and which verb takes it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404
from django.utils.translation import gettext as _

from campaigns.forms.plan_tasks import TaskForm
from campaigns.forms.plans import BaseForm, HeadForm, ItemForm, PassagesForm, RecipientsForm, line_units
from campaigns.models import ItemStyle, Plan, PlanBase, PlanItem, Task
from campaigns.workflow import plan_bases, plan_items, plans, recipient_lists
from documents.models import OutsideAddress
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
    """A part of a plan: its form (bound to `data` or showing what is stored) and what saves it.

    `save` returns the name under which the part is written from then on: a new one has a row afterwards.
    """

    name: str
    title: str
    form: Callable[[Any], forms.Form]
    save: Callable[[forms.Form, Writer], str]
    template: str = "campaigns/_plan_fields.html"
    more: Callable[[], dict[str, Any]] = dict  # what else its template shows

    @property
    def is_new(self) -> bool:
        return self.name.endswith("-new")


def find(plan: Plan, name: str, below: dict[str, str]) -> Part:
    """The part called `name`: "head", "item-12", "base-new" …; Http404 for none of this plan."""
    kind, _sign, key = name.partition("-")
    if kind in SINGLE and not key:
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
    document = plan.document

    def save(form: forms.Form, writer: Writer) -> str:
        plans.edit_head(plan=plan, **form.cleaned_data, **_words(writer))
        return "head"

    def form(data: Any) -> HeadForm:
        return HeadForm(
            data, initial=HeadForm.initial_of(plan), organisation=document.organisation, on=document.day
        )  # fmt: skip

    return Part("head", _("Phần đầu"), form, save)


def _passages(plan: Plan) -> Part:
    initial = {"opening": plan.opening, "closing": plan.closing}

    def save(form: forms.Form, writer: Writer) -> str:
        plans.edit_passages(plan=plan, **form.cleaned_data, **_words(writer))
        return "passages"

    return Part("passages", _("Đoạn mở đầu và đoạn kết"), lambda data: PassagesForm(data, initial=initial), save)


def _recipients(plan: Plan) -> Part:
    lines = "\n".join(line.text for line in plan.document.recipients.all())

    def save(form: forms.Form, writer: Writer) -> str:
        assert isinstance(form, RecipientsForm)
        plans.set_recipients(plan=plan, lines=form.rows(plan.document.organisation), **_words(writer))
        return "recipients"

    return Part(
        "recipients", _("Nơi nhận"), lambda data: RecipientsForm(data, initial={"lines": lines}), save,
        template="campaigns/_plan_fields_recipients.html",
        more=lambda: recipient_choices(plan),
    )  # fmt: skip


def recipient_choices(plan: Plan) -> dict[str, Any]:
    """The kept lists, and everybody on the portal or in the address book who may be named."""
    organisation = plan.document.organisation
    names = [unit.name for unit in line_units(organisation) if unit.pk != organisation.pk]
    names += OutsideAddress.objects.of(organisation).values_list("name", flat=True)
    return {"kept_lists": recipient_lists.usable(organisation), "unit_names": names}


SINGLE: dict[str, Callable[[Plan], Part]] = {"head": _head, "passages": _passages, "recipients": _recipients}


# --- bases, items, tasks ----------------------------------------------------------------------------------------------
def _row(rows: Any, pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def base_of(plan: Plan, pk: int) -> PlanBase:
    base: PlanBase = _row(plan.bases.select_related("directive__kind"), pk)
    base.plan = plan
    return base


def item_of(plan: Plan, pk: int) -> PlanItem:
    item: PlanItem = _row(plan.items, pk)
    item.plan = plan
    return item


def task_of(plan: Plan, pk: int) -> Task:
    rows = plan.tasks.select_related("lead_unit").prefetch_related("cooperating__unit", "indicators__indicator")
    task: Task = _row(rows, pk)
    task.plan = plan
    return task


def _base(plan: Plan, pk: int) -> Part:
    base = base_of(plan, pk)

    def save(form: forms.Form, writer: Writer) -> str:
        plans.edit_base(base=base, **form.cleaned_data, **_words(writer))
        return f"base-{pk}"

    return Part(
        f"base-{pk}", _("Căn cứ"), lambda data: BaseForm(data, initial={"text": base.text}), save,
        template="campaigns/_plan_fields_base.html",
        more=lambda: {"sentence": plan_bases.sentence_of(base), "base": base},
    )  # fmt: skip


def _item(plan: Plan, pk: int) -> Part:
    item = item_of(plan, pk)
    initial = {"style": item.style, "text": item.text}

    def save(form: forms.Form, writer: Writer) -> str:
        style, text = ItemStyle(form.cleaned_data["style"]), form.cleaned_data["text"]
        plans.edit_item(item=item, style=style, text=text, **_words(writer))
        return f"item-{pk}"

    return Part(f"item-{pk}", _("Nội dung"), lambda data: ItemForm(data, initial=initial), save)


def _task_form(plan: Plan, initial: dict[str, Any]) -> Callable[[Any], TaskForm]:
    return lambda data: TaskForm(data, initial=initial, organisation=plan.document.organisation, plan=plan)


def _task(plan: Plan, pk: int) -> Part:
    task = task_of(plan, pk)

    def save(form: forms.Form, writer: Writer) -> str:
        assert isinstance(form, TaskForm)
        plans.edit_task(task=task, content=form.content(), **_words(writer))
        return f"task-{pk}"

    form = _task_form(plan, TaskForm.initial_of(task))
    return Part(f"task-{pk}", _("Nhiệm vụ"), form, save, template="campaigns/_plan_fields_task.html")


MANY: dict[str, Callable[[Plan, int], Part]] = {"base": _base, "item": _item, "task": _task}


# --- new ones ---------------------------------------------------------------------------------------------------------
def _new_base(plan: Plan, below: dict[str, str]) -> Part:
    def save(form: forms.Form, writer: Writer) -> str:
        return f"base-{plans.add_base(plan=plan, **form.cleaned_data, **_new(writer)).pk}"

    return Part(
        "base-new", _("Thêm căn cứ"), lambda data: BaseForm(data, initial={"text": "Căn cứ "}), save,
        template="campaigns/_plan_fields_base.html",
        more=lambda: {"leads": plan_bases.LEADS},
    )  # fmt: skip


def item_in(plan: Plan, below: dict[str, str], name: str) -> PlanItem | None:
    """The item of the plan that the address names, if it names one."""
    pk = whole_number(below.get(name, ""))
    return None if pk is None else item_of(plan, pk)


def _new_item(plan: Plan, below: dict[str, str]) -> Part:
    after, before, parent = (item_in(plan, below, name) for name in ("sau", "truoc", "trong"))
    beside = after or before
    first = parent.children.order_by("position").first() if parent else None
    beneath = plan_items.NEXT_STYLES.get(ItemStyle(parent.style), ItemStyle.PARAGRAPH) if parent else ItemStyle.SECTION
    style = beside.style if beside else first.style if first else beneath

    def save(form: forms.Form, writer: Writer) -> str:
        style, text = ItemStyle(form.cleaned_data["style"]), form.cleaned_data["text"]
        places: dict[str, Any] = {"after": after, "before": before, "parent": parent}
        return f"item-{plans.add_item(plan=plan, style=style, text=text, **places, **_new(writer)).pk}"

    return Part("item-new", _("Thêm nội dung"), lambda data: ItemForm(data, initial={"style": style}), save)


def _new_task(plan: Plan, below: dict[str, str]) -> Part:
    item = item_in(plan, below, "muc")
    initial = {"item": item.pk if item else None, "text": item.text if item else ""}

    def save(form: forms.Form, writer: Writer) -> str:
        assert isinstance(form, TaskForm)
        return f"task-{plans.add_task(plan=plan, content=form.content(), **_new(writer)).pk}"

    form = _task_form(plan, initial)
    return Part("task-new", _("Thêm nhiệm vụ"), form, save, template="campaigns/_plan_fields_task.html")


ADDED: dict[str, Callable[[Plan, dict[str, str]], Part]] = {"base": _new_base, "item": _new_item, "task": _new_task}
