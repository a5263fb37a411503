"""Tasks on a home page that wait for the post: their next step, missing entries, requests for more time."""

from django.db.models import Count, F, Window
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.filters import ASKING, WAITING
from campaigns.models import ExtensionRequest, Task
from campaigns.states import ExtensionDecider, ExtensionState, TaskState
from portal.dashboard.todo import MOST, Todo, rest, task_list
from units.models import Appointment
from units.permissions import has_permission
from units.reading import only_columns
from units.roles import Role


def tasks_waiting(by: Appointment) -> tuple[list[Todo], int]:
    """Tasks whose next step is the post's own, the soonest first, and how many there are in all.

    One query, none for posts that read no tasks.
    """
    if not has_permission(by, "campaigns.task.read"):
        return [], 0
    counted = Task.objects.visible_to(by).waiting_for(by).annotate(of=Window(Count("pk")))
    shown = only_columns(counted, "text", "state", "due_on", "due_wording", "lead_unit__name", "lead_unit__short_name")
    found = list(shown.order_by(F("due_on").asc(nulls_last=True), "id")[:MOST])
    total = found[0].of if found else 0
    todos = [_task_todo(task) for task in found]
    if total > len(found):
        todos.append(rest(total - len(found), task_list(state=WAITING)))
    return todos, total


def _task_todo(task: Task) -> Todo:
    words, action, icon = {
        TaskState.ASSIGNED: (_("Nhiệm vụ mới giao"), _("Nhận việc"), "send"),
        TaskState.AWAITING: (_("Chờ bạn xác nhận kết quả"), _("Xác nhận"), "hourglass"),
        TaskState.HANDED_BACK: (_("Đơn vị trả lại nhiệm vụ"), _("Giao lại"), "returned"),
        TaskState.ACCEPTED: (_("Bạn được phân công"), _("Báo cáo tiến độ"), "working"),
        TaskState.REDO: (_("Phải làm lại"), _("Báo cáo tiến độ"), "repeat"),
    }[TaskState(task.state)]
    due = _("hạn %(day)s") % {"day": f"{task.due_on:%d/%m/%Y}"} if task.due_on else task.due_wording
    return Todo(
        text=f"{words}: {task.text}",
        url=reverse("tasks:detail", args=[task.pk]),
        action=action,
        tone="overdue" if task.state in (TaskState.HANDED_BACK, TaskState.REDO) else "soon",
        icon=icon,
        note=" · ".join(part for part in (task.lead_unit.label, due) if part),
    )


def entries_missed(by: Appointment, count: int) -> list[Todo]:
    """What is said of `count` rhythm tasks of the post's unit whose last period passed without an entry. No query."""
    if not count:
        return []
    words = ngettext(
        "%(count)s nhiệm vụ thường xuyên thiếu báo cáo kỳ vừa qua",
        "%(count)s nhiệm vụ thường xuyên thiếu báo cáo kỳ vừa qua", count,
    ) % {"count": count}  # fmt: skip
    return [Todo(words, task_list(unit=by.unit_id, missed=1), _("Xem"), tone="overdue", icon="repeat")]


def extensions_waiting(by: Appointment) -> list[Todo]:
    """Requests for more time that the post may decide. One query, none for others."""
    if not has_permission(by, "campaigns.extension.decide"):
        return []
    asked = ExtensionRequest.objects.filter(state=ExtensionState.ASKED, task__organisation_id=by.organisation_id)
    if by.role != Role.DIRECTOR:
        asked = asked.exclude(task__plan__extension_decider=ExtensionDecider.DIRECTOR)
    counted = asked.annotate(of=Window(Count("pk"))).order_by("id")
    shown = only_columns(
        counted, "proposed_on", "reason", "task__text", "task__lead_unit__name", "task__lead_unit__short_name"
    )
    found = list(shown[:MOST])
    todos = [_extension_todo(request) for request in found]
    more = (found[0].of if found else 0) - len(found)
    return [*todos, rest(more, task_list(state=ASKING))] if more else todos


def _extension_todo(request: ExtensionRequest) -> Todo:
    words = _("%(unit)s xin gia hạn đến %(day)s: %(task)s")
    task, day = request.task, f"{request.proposed_on:%d/%m/%Y}"
    return Todo(
        text=words % {"unit": task.lead_unit.label, "day": day, "task": task.text},
        url=reverse("tasks:detail", args=[task.pk]),
        action=_("Quyết định"),
        icon="clock",
        note=request.reason,
    )
