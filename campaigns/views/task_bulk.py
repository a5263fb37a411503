"""One act on several chosen tasks: first what will happen, then all of it in one transaction."""

from dataclasses import dataclass

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns import permissions
from campaigns.forms.tasks import AcceptForm, BulkForm
from campaigns.models import Task
from campaigns.states import TaskMove
from campaigns.workflow import tasks
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request


@dataclass(frozen=True)
class Row:
    """A chosen task; `refusal` says why the act does not touch it."""

    task: Task
    refusal: str


def _rows(chosen: list[Task], act: str, post: Appointment) -> list[Row]:
    rows = []
    for task in chosen:
        try:
            if act == "remind":
                permissions.check_remind(post, task, at=timezone.now())
            else:
                permissions.check_move(post, task, TaskMove.ACCEPT, at=timezone.now())
        except NotAllowed as refusal:
            rows.append(Row(task, str(refusal)))
        else:
            rows.append(Row(task, ""))
    return rows


@require_POST
def bulk(request: Request) -> HttpResponse:
    """Step one shows what will happen to which task; with `agreed` it happens, one event per task."""
    post = request.post
    if not has_permission(post, "campaigns.task.read"):
        raise Http404
    form = BulkForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Hãy chọn nhiệm vụ và việc cần làm."))
        return redirect("tasks:list")
    act = form.cleaned_data["act"]
    chosen = list(
        Task.objects.visible_to(post)
        .filter(pk__in=form.cleaned_data["selected"])
        .select_related("lead_unit", "organisation", "officer__user", "plan__document")
        .order_by("id")
    )
    rows = _rows(chosen, act, post)
    doable = [row.task for row in rows if not row.refusal]
    sent = request.POST if form.cleaned_data["agreed"] else None
    officers = AcceptForm(sent, unit=post.unit, on=timezone.localdate())
    problem = ""
    if form.cleaned_data["agreed"] and doable and (act == "remind" or officers.is_valid()):
        try:
            _do(act, doable, officers, post)
        except NotAllowed as refusal:
            problem = str(refusal)
        else:
            messages.success(request, _("Đã xong với %(count)s nhiệm vụ.") % {"count": len(doable)})
            return redirect("tasks:list")
    context = {"rows": rows, "doable": doable, "act": act, "form": officers, "problem": problem}
    return render(request, "campaigns/task_bulk.html", context)


@transaction.atomic
def _do(act: str, doable: list[Task], officers: AcceptForm, post: Appointment) -> None:
    now = timezone.now()
    if act == "remind":
        tasks.remind(tasks=doable, by=post, at=now)
        return
    for task in doable:
        tasks.accept(task=task, officer=officers.cleaned_data["officer"], by=post, at=now)
