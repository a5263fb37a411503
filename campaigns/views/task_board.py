"""Moving a card of the board: the verbs decide, and say why not."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns import permissions
from campaigns.models import Task
from campaigns.states import TRANSITIONS, TaskMove, TaskState
from campaigns.views import task_page
from campaigns.workflow import tasks
from units.permissions import NotAllowed
from units.web import Request

PLAIN = {TaskMove.CONFIRM: tasks.confirm, TaskMove.RESUME: tasks.resume}
"""Moves of one press; all others ask for a reason, a person or a report, on the task's own page."""


def _move_between(task: Task, target: str) -> TaskMove:
    """The move that leads there; of several the first of the table."""
    for (state, move), reached in TRANSITIONS.items():
        if state == task.state and reached == target and state != target:
            return move
    words = _("Từ “%(from)s” không chuyển thẳng sang “%(to)s” được.")
    named = TaskState(target).label if target in TaskState.values else target
    raise NotAllowed(words % {"from": task.get_state_display(), "to": named})


@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """Bring the task to the state `to`; back to the board, or on to the task's page where more has to be said."""
    task, now = task_page.load(request, pk), timezone.now()
    back = f"{reverse('tasks:list')}?{request.POST.get('query', '') or 'as=board'}"
    try:
        step = _move_between(task, request.POST.get("to", ""))
        permissions.check_move(request.post, task, step, at=now)
        if step not in PLAIN:
            messages.info(request, _("“%(move)s” cần ghi thêm; hãy làm ngay tại đây.") % {"move": step.label})
            return redirect("tasks:detail", task.pk)
        PLAIN[step](task=task, by=request.post, at=now)
    except NotAllowed as refusal:
        messages.error(request, f"{task}: {refusal}")
    else:
        reached = TRANSITIONS[TaskState(task.state), step].label
        messages.success(request, _("“%(task)s” đã sang “%(state)s”.") % {"task": task, "state": reached})
    return redirect(back)
