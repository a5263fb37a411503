"""The open tasks of a unit that ended go to another: first what will move, then all of it in one act."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.forms.handover import HandoverForm
from campaigns.workflow import handover as verbs
from campaigns.workflow.handover import Move
from units.permissions import NotAllowed, has_permission
from units.web import Request


def handover(request: Request) -> HttpResponse:
    """The form; sent, the preview below it; with `agreed` the act itself."""
    post = request.post
    if not has_permission(post, "campaigns.task.hand_over"):
        raise PermissionDenied
    form = HandoverForm(request.POST or None, organisation=post.organisation)
    moves: list[Move] | None = None
    if request.method == "POST" and form.is_valid():
        units, now = {name: form.cleaned_data[name] for name in ("unit", "successor")}, timezone.now()
        try:
            if "agreed" in request.POST:
                moved = verbs.unit_tasks(**units, reason=form.cleaned_data["reason"], by=post, at=now)
                words = _("Đã chuyển %(count)s nhiệm vụ cho %(unit)s.")
                messages.success(request, words % {"count": len(moved), "unit": units["successor"].name})
                return redirect("tasks:handover")
            moves = verbs.preview(**units, by=post, at=now)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
    is_admin = has_permission(post, "units.people.manage")
    return render(request, "campaigns/task_handover.html", {"form": form, "moves": moves, "is_admin": is_admin})
