"""Lists of tasks and the page of one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns import deadlines, filters, rhythm, workdays
from campaigns.deadlines import DueState
from campaigns.forms.tasks import SupplementForm
from campaigns.models import Plan, Task
from campaigns.rhythm import RhythmState
from campaigns.views import task_page
from campaigns.workdays import WorkingCalendar
from campaigns.workflow import tasks
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.reading import with_columns
from units.roles import Role
from units.web import Request

PAGE = 50


@dataclass(frozen=True)
class Row:
    """A task of a list with its deadline, and what it owes when it is reported on in a rhythm."""

    task: Task
    due: DueState
    rhythm: RhythmState | None = None


def _rows(found: Iterable[Task], on: date, calendar: WorkingCalendar) -> Iterator[Row]:
    return (Row(task, deadlines.due_state(task, on, calendar)) for task in found)


def _with_names(found: Any) -> Any:
    return with_columns(
        found, "lead_unit__name", "lead_unit__short_name", "lead_unit__position", "officer__user__full_name",
        "plan__document__title",
    )  # fmt: skip


def _reader(request: Request) -> Appointment:
    """The post, if it may read its organisation's tasks at all."""
    post = request.post
    if not has_permission(post, "campaigns.task.read"):
        raise Http404
    return post


@require_safe
def task_list(request: Request) -> HttpResponse:
    """One page of tasks by the filter of the address; the count is of all pages."""
    post = _reader(request)
    chosen, on, calendar = filters.TaskFilter.read(request.GET), timezone.localdate(), workdays.load()
    matching = chosen.apply(Task.objects.visible_to(post), on, calendar)
    after = request.GET.get("after", "")
    found = list(_with_names(chosen.ordered(chosen.after(matching, after)))[: PAGE + 1])
    owed = rhythm.states(found[:PAGE], on, calendar)
    context = {
        "rows": [replace(row, rhythm=owed.get(row.task.pk)) for row in _rows(found[:PAGE], on, calendar)],
        "total": matching.count(),
        "filters": filters.controls(chosen, post),
        "is_filtered": chosen != filters.TaskFilter(sort=chosen.sort),
        "is_text_too_short": chosen.is_text_too_short,
        "least_letters": filters.LEAST_LETTERS,
        "next_url": _address(request, after=chosen.cursor_of(found[PAGE - 1])) if len(found) > PAGE else "",
        "first_url": _address(request) if after else "",
        "tabs": _tabs(chosen, post),
        "can_remind": _may(post, "campaigns.task.accept", "campaigns.task.assign"),
        "can_accept": _may(post, "campaigns.task.accept"),
        "can_assign": _may(post, "campaigns.task.assign"),
        "export_query": request.GET.urlencode(),
    }
    return render(request, "campaigns/task_list.html", context)


def _address(request: Request, **values: str) -> str:
    """This list with other page values."""
    query = request.GET.copy()
    query.pop("after", None)
    query.update(values)
    return f"?{query.urlencode()}"


def _may(post: Appointment, *names: str) -> bool:
    return any(has_permission(post, name) for name in names)


def _tabs(chosen: filters.TaskFilter, post: Appointment) -> list[dict[str, Any]]:
    """The usual lists of a post as tabs."""
    base = reverse("tasks:list")
    views: list[tuple[str, str, dict[str, int]]] = []
    if _may(post, "campaigns.progress.report"):
        views.append((_("Tôi thực hiện"), f"{base}?officer={post.pk}", {"officer": post.pk}))
    if post.role not in (Role.DIRECTOR, Role.DEPUTY):
        views.append((_("Đơn vị tôi chủ trì"), f"{base}?unit={post.unit_id}", {"unit": post.unit_id}))
        views.append((_("Đơn vị tôi phối hợp"), f"{base}?help={post.unit_id}", {"help": post.unit_id}))
    views.append((_("Cả cơ quan"), base, {}))
    now = {name: getattr(chosen, name) for name in ("officer", "unit", "help") if getattr(chosen, name) is not None}
    return [{"label": label, "url": url, "active": now == values} for label, url, values in views]


# --- the same list as a file ------------------------------------------------------------------------------------------

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe_cell(value: object) -> str:
    """A CSV cell that no spreadsheet takes for a formula."""
    text = str(value)
    text = f"'{text}" if text.startswith(FORMULA) else text
    return '"{}"'.format(text.replace('"', '""'))


@require_safe
def export(request: Request) -> StreamingHttpResponse:
    """The whole filtered list, in its order and with its columns, as CSV for Excel."""
    post = _reader(request)
    chosen, on, calendar = filters.TaskFilter.read(request.GET), timezone.localdate(), workdays.load()
    found = _with_names(chosen.ordered(chosen.apply(Task.objects.visible_to(post), on, calendar)))
    lines = _csv(_rows(found.iterator(chunk_size=1000), on, calendar))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="nhiem-vu-{on:%Y%m%d}.csv"'
    return response


def _csv(rows: Iterable[Row]) -> Iterator[str]:
    head = (
        _("Nhiệm vụ"), _("Kế hoạch"), _("Đơn vị chủ trì"), _("Người thực hiện"), _("Hạn"), _("Tình trạng hạn"),
        _("Trạng thái"), _("Tiến độ (%)"),
    )  # fmt: skip
    yield "\ufeff" + ",".join(safe_cell(name) for name in head) + "\r\n"
    for row in rows:
        task = row.task
        cells = (
            task.text, task.plan.document.title, task.lead_unit.name, task.officer.person_name if task.officer else "",
            f"{task.due_on:%d/%m/%Y}" if task.due_on else "", row.due.words, task.get_state_display(), task.percent,
        )  # fmt: skip
        yield ",".join(safe_cell(cell) for cell in cells) + "\r\n"


# --- one task ---------------------------------------------------------------------------------------------------------


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    return task_page.show(request, task_page.load(request, pk))


def supplementary_new(request: Request, plan_pk: int) -> HttpResponse:
    """One more task under an issued plan."""
    post = _reader(request)
    if not has_permission(post, "campaigns.task.assign"):
        raise PermissionDenied
    plan = Plan.objects.visible_to(post).select_related("document__organisation").filter(pk=plan_pk).first()
    if plan is None:
        raise Http404
    now = timezone.now()
    form = SupplementForm(request.POST or None, plan=plan, on=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            task = tasks.supplement(plan=plan, what=form.supplement(), by=post, at=now)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã giao nhiệm vụ bổ sung cho %(unit)s.") % {"unit": task.lead_unit.name})
            return redirect("tasks:detail", task.pk)
    return render(request, "campaigns/task_supplement.html", {"form": form, "plan": plan})
