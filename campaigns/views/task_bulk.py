"""One act on several chosen tasks: first what will happen, then all of it in one transaction, then half a minute to
take it back."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from campaigns.forms.tasks import AcceptForm, AssignForm, BulkForm, ChangeDayForm
from campaigns.models import UNDO_FOR, Task, TaskBatch
from campaigns.workflow import bulk as verbs
from campaigns.workflow.bulk import Choice
from campaigns.workflow.tasks import seen_mark
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request

Act = TaskBatch.Act


@dataclass(frozen=True)
class Row:
    """A chosen task with the mark of what the page shows; `refusal` says why the act does not touch it."""

    task: Task
    refusal: str
    seen: str


def _rows(chosen: list[Task], act: str, post: Appointment) -> list[Row]:
    rows = []
    for task in chosen:
        seen = seen_mark(task, task.last_entry or 0)  # type: ignore[attr-defined]
        try:
            verbs.check(act, task, by=post, at=timezone.now())
        except NotAllowed as refusal:
            rows.append(Row(task, str(refusal), seen))
        else:
            rows.append(Row(task, "", seen))
    return rows


def _reader(request: Request) -> Appointment:
    if not has_permission(request.post, "campaigns.task.read"):
        raise Http404
    return request.post


def _form(act: str, sent: Any, post: Appointment) -> forms.Form:
    """What the act asks for besides the tasks."""
    if act == Act.ACCEPT:
        return AcceptForm(sent, unit=post.unit, on=timezone.localdate())
    if act == Act.ASSIGN:
        return AssignForm(sent, organisation=post.organisation)
    return ChangeDayForm(sent) if act == Act.CHANGE_DAY else forms.Form(sent)


def _choice(form: forms.Form, sent: Any, rows: list[Row]) -> Choice:
    asked = ("officer", "lead_unit", "due_on", "reason")
    values = {name: form.cleaned_data[name] for name in asked if name in form.fields}
    shown = {row.task.pk: sent.get(f"seen-{row.task.pk}", "") for row in rows}
    return Choice(**values, seen={pk: mark for pk, mark in shown.items() if mark})


@require_POST
def bulk(request: Request) -> HttpResponse:
    """Step one shows what will happen to which task; with `agreed` it happens, one event per task."""
    post = _reader(request)
    chooser = BulkForm(request.POST)
    if not chooser.is_valid():
        messages.error(request, _("Hãy chọn nhiệm vụ và việc cần làm."))
        return redirect("tasks:list")
    act, is_agreed = chooser.cleaned_data["act"], chooser.cleaned_data["agreed"]
    chosen = Task.objects.visible_to(post).filter(pk__in=chooser.cleaned_data["selected"]).for_bulk()
    rows = _rows(list(chosen), act, post)
    doable = [row for row in rows if not row.refusal]
    form = _form(act, request.POST if is_agreed else None, post)
    problem = ""
    if is_agreed and doable and form.is_valid():
        choice = _choice(form, request.POST, doable)
        try:
            batch = verbs.run(act=act, chosen=[row.task for row in doable], choice=choice, by=post, at=timezone.now())
        except NotAllowed as refusal:
            problem = str(refusal)
        else:
            return redirect("tasks:batch", batch.pk)
    context = {"rows": rows, "doable": doable, "act": Act(act), "form": form, "problem": problem}
    return render(request, "campaigns/task_bulk.html", context)


@require_safe
def batch(request: Request, pk: int) -> HttpResponse:
    """What was done, with the button that takes it back while there is time."""
    post = _reader(request)
    found = get_object_or_404(TaskBatch.objects.filter(made_by=post), pk=pk)
    done = Task.objects.filter(pk__in=[row["task"] for row in found.rows]).for_bulk()
    left = UNDO_FOR - (timezone.now() - found.made_at)
    context = {
        "batch": found, "tasks": done, "can_undo": found.is_open_at(timezone.now()),
        "left": max(int(left.total_seconds()), 0), "left_ms": max(int(left.total_seconds() * 1000), 0),
    }  # fmt: skip
    return render(request, "campaigns/task_batch.html", context)


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    found = get_object_or_404(TaskBatch.objects.filter(made_by=_reader(request)), pk=pk)
    try:
        verbs.undo(batch=found, by=request.post, at=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        count = len(found.rows)
        words = ngettext("Đã hoàn tác với %(count)s nhiệm vụ.", "Đã hoàn tác với %(count)s nhiệm vụ.", count)
        messages.success(request, words % {"count": count})
    return redirect("tasks:batch", pk)
