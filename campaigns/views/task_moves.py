"""The acts on one task: check, one verb, back to its page. A refusal shows the page again with what was typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from campaigns.forms.tasks import AcceptForm, AssignForm, DecideForm, ExtensionForm, ReasonForm, ReportForm, SeenForm
from campaigns.models import ExtensionRequest, ProgressEntry, Task, TaskUnit
from campaigns.states import STEPS, TaskMove
from campaigns.views import task_page
from campaigns.workflow import extensions, progress, tasks
from units.permissions import NotAllowed, has_permission
from units.web import Request

Verb = Callable[..., Any]


def _begin(request: Request, pk: int, permission: str) -> Task:
    """The task, 404 when it is foreign; 403 for a post that never holds the right."""
    task = task_page.load(request, pk)
    if not has_permission(request.post, permission):
        raise PermissionDenied
    return task


def _do(
    request: Request, task: Task, act: str, form: forms.Form, verb: Callable[[], Any], said: "str | Promise"
) -> HttpResponse:
    """Run the verb when the form is right; else, or when it is refused, show the page with the form as it was sent."""
    if form.is_valid():
        try:
            verb()
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, str(said))
            return redirect("tasks:detail", task.pk)
    task = task_page.load(request, task.pk)
    return task_page.show(request, task, act=act, form=form)


def _who(request: Request) -> dict[str, Any]:
    return {"by": request.post, "at": timezone.now()}


@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    task = _begin(request, pk, STEPS[TaskMove.ACCEPT].permission)
    form = AcceptForm(request.POST, unit=task.lead_unit, on=timezone.localdate())

    def verb() -> None:
        tasks.accept(task=task, officer=form.cleaned_data["officer"], seen=form.seen_mark, **_who(request))

    return _do(request, task, "accept", form, verb, _("Đã phân công người thực hiện."))


@require_POST
def assign(request: Request, pk: int) -> HttpResponse:
    task = _begin(request, pk, STEPS[TaskMove.ASSIGN].permission)
    form = AssignForm(request.POST, organisation=task.organisation)

    def verb() -> None:
        tasks.assign(task=task, lead_unit=form.cleaned_data["lead_unit"], seen=form.seen_mark, **_who(request))

    return _do(request, task, "assign", form, verb, _("Đã giao lại nhiệm vụ."))


REASONED: dict[str, tuple[TaskMove, Verb, Promise]] = {
    "hand_back": (TaskMove.HAND_BACK, tasks.hand_back, gettext_lazy("Đã trả lại nhiệm vụ cho Văn phòng.")),
    "redo": (TaskMove.REDO, tasks.redo, gettext_lazy("Đã yêu cầu làm lại.")),
    "pause": (TaskMove.PAUSE, tasks.pause, gettext_lazy("Đã tạm dừng nhiệm vụ.")),
    "withdraw": (TaskMove.WITHDRAW, tasks.withdraw, gettext_lazy("Đã thu hồi nhiệm vụ.")),
}
PLAIN: dict[str, tuple[TaskMove, Verb, Promise]] = {
    "confirm": (TaskMove.CONFIRM, tasks.confirm, gettext_lazy("Đã xác nhận hoàn thành.")),
    "resume": (TaskMove.RESUME, tasks.resume, gettext_lazy("Nhiệm vụ được làm tiếp.")),
}


@require_POST
def reasoned(request: Request, pk: int, act: str) -> HttpResponse:
    """An act that needs a reason."""
    move, verb, said = REASONED[act]
    task = _begin(request, pk, STEPS[move].permission)
    form = ReasonForm(request.POST)

    def run() -> None:
        verb(task=task, reason=form.cleaned_data["reason"], seen=form.seen_mark, **_who(request))

    return _do(request, task, act, form, run, said)


@require_POST
def plain(request: Request, pk: int, act: str) -> HttpResponse:
    """An act of one press."""
    move, verb, said = PLAIN[act]
    task = _begin(request, pk, STEPS[move].permission)
    form = SeenForm(request.POST)
    return _do(request, task, act, form, lambda: verb(task=task, seen=form.seen_mark, **_who(request)), said)


@require_POST
def report(request: Request, pk: int) -> HttpResponse:
    """A progress entry, or (button "finish") the result."""
    task = _begin(request, pk, STEPS[TaskMove.REPORT].permission)
    is_result = "finish" in request.POST
    data = request.POST.copy()
    if is_result:
        data["percent"] = "100"
    form = ReportForm(data, request.FILES, task=task)

    def verb() -> None:
        values: dict[str, Any] = {
            "task": task, "text": form.cleaned_data["text"], "figures": form.figures, "evidence": form.was_kept,
            "happened_on": form.cleaned_data["happened_on"], "seen": form.seen_mark, **_who(request),
        }  # fmt: skip
        if is_result:
            progress.finish(**values)
        else:
            progress.report(percent=form.cleaned_data["percent"], **values)

    said = _("Đã gửi kết quả, chờ trưởng đơn vị xác nhận.") if is_result else _("Đã ghi tiến độ.")
    return _do(request, task, "report", form, verb, said)


@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    task = task_page.load(request, pk)
    form = SeenForm(request.POST)
    return _do(request, task, "remind", form, lambda: tasks.remind(tasks=[task], **_who(request)), _("Đã nhắc."))


@require_POST
def ask_extension(request: Request, pk: int) -> HttpResponse:
    task = _begin(request, pk, "campaigns.extension.request")
    form = ExtensionForm(request.POST)
    said = _("Đã gửi đề nghị gia hạn.")
    return _do(
        request, task, "ask", form, lambda: extensions.ask(task=task, **form.cleaned_data, **_who(request)), said
    )


@require_POST
def decide_extension(request: Request, pk: int) -> HttpResponse:
    """Buttons "grant" and "refuse"."""
    row = ExtensionRequest.objects.filter(pk=pk).first()
    if row is None:
        raise Http404
    task = _begin(request, row.task_id, "campaigns.extension.decide")
    form = DecideForm(request.POST)

    def verb() -> None:
        values = form.cleaned_data
        if "grant" in request.POST:
            extensions.grant(request=row, granted_on=values["granted_on"], answer=values["answer"], **_who(request))
        else:
            extensions.refuse(request=row, answer=values["answer"], **_who(request))

    said = _("Đã đồng ý gia hạn.") if "grant" in request.POST else _("Đã trả lời không đồng ý gia hạn.")
    return _do(request, task, "decide", form, verb, said)


@require_POST
def part_done(request: Request, pk: int) -> HttpResponse:
    part = TaskUnit.objects.select_related("unit").filter(pk=pk).first()
    if part is None:
        raise Http404
    task = _begin(request, part.task_id, "campaigns.task.confirm")
    form = SeenForm(request.POST)
    said = _("Đã xác nhận xong phần phối hợp.")
    return _do(request, task, "part_done", form, lambda: tasks.part_done(part=part, **_who(request)), said)


def _entry(pk: int) -> ProgressEntry:
    entry = ProgressEntry.objects.filter(pk=pk).first()
    if entry is None:
        raise Http404
    return entry


@require_POST
def confirm_entry(request: Request, pk: int) -> HttpResponse:
    entry = _entry(pk)
    task = _begin(request, entry.task_id, "campaigns.task.confirm")
    form = SeenForm(request.POST)
    said = _("Đã xác nhận; mục này được tính vào báo cáo.")
    return _do(request, task, "confirm_entry", form, lambda: progress.confirm_entry(entry=entry, **_who(request)), said)


@require_POST
def withdraw_entry(request: Request, pk: int) -> HttpResponse:
    entry = _entry(pk)
    task = _begin(request, entry.task_id, "campaigns.progress.report")
    form = ReasonForm(request.POST)

    def verb() -> None:
        progress.withdraw_entry(entry=entry, reason=form.cleaned_data["reason"], **_who(request))

    return _do(request, task, f"withdraw_entry_{entry.pk}", form, verb, _("Đã rút mục tiến độ."))
