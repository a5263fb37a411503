"""Lists of tasks and the page of one."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from campaigns import columns, deadlines, exports, filters, pictures, queries, rhythm, workdays
from campaigns.columns import Row
from campaigns.forms.saved_views import ChangeViewForm, SaveViewForm
from campaigns.forms.tasks import SupplementForm
from campaigns.models import Plan, SavedView, Task
from campaigns.models.task import TaskQuerySet
from campaigns.states import DeadlineClass
from campaigns.views import task_page
from campaigns.workdays import WorkingCalendar
from campaigns.workflow import tasks
from campaigns.workflow.saved_views import kept_query
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.reading import with_columns
from units.roles import Role
from units.web import Request

PAGE = 50
COLUMNS_COOKIE = "task_columns"
PICTURES = [
    ("", gettext_lazy("Bảng"), "menu"),
    ("board", gettext_lazy("Cột theo trạng thái"), "columns"),
    ("calendar", gettext_lazy("Lịch tháng"), "calendar"),
    ("timeline", gettext_lazy("Dòng thời gian"), "density"),
    ("load", gettext_lazy("Khối lượng theo đơn vị"), "bar-chart"),
]


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


def _columns(request: Request) -> tuple[str, ...]:
    """Those of the address, else those chosen last in this browser, else the usual ones."""
    return columns.read(request.GET.getlist("cols") or request.COOKIES.get(COLUMNS_COOKIE, "").split("."))


@require_safe
def task_list(request: Request) -> HttpResponse:
    """The tasks by the filter of the address, as a table or as one of the pictures; the count is of all of them."""
    post = _reader(request)
    saved = list(SavedView.objects.of(post))
    if not request.GET and (first := _default(saved)):
        return redirect(f"{request.path}?{first.query}")
    chosen, on, calendar = filters.TaskFilter.read(request.GET), timezone.localdate(), workdays.load()
    matching = chosen.apply(post, on, calendar)
    shown = filters.controls(chosen, post, on)
    picture = request.GET.get("as", "")
    context = {
        "filters": shown,
        "filter_words": filters.words(shown),
        "is_filtered": chosen != filters.TaskFilter(sort=chosen.sort),
        "is_text_too_short": chosen.is_text_too_short,
        "least_letters": filters.LEAST_LETTERS,
        "all_url": f"{request.path}?state=",
        "export_query": request.GET.urlencode(),
        "pictures": [
            {"label": label, "icon": icon, "url": _address(request, **{"as": key}), "active": key == picture}
            for key, label, icon in PICTURES
        ],
        **_views(request, chosen, saved, post),
    }
    if picture in PARTS and (total := matching.count()):
        context |= {"total": total, "picture": picture, **PARTS[picture](request, matching, on, calendar)}
    else:
        context |= _table(request, chosen, matching, on, calendar)
    response = render(request, "campaigns/task_list.html", context)
    if "cols" in request.GET:
        response.set_cookie(COLUMNS_COOKIE, ".".join(_columns(request)), max_age=365 * 86400, samesite="Lax",
                            secure=request.is_secure(), httponly=True)  # fmt: skip
    return response


def _default(saved: list[SavedView]) -> SavedView | None:
    """What opens first: the person's own choice before the unit's."""
    marked = [view for view in saved if view.is_default and view.query]
    return next((view for view in marked if view.user_id), next(iter(marked), None))


def _table(
    request: Request, chosen: filters.TaskFilter, matching: TaskQuerySet, on: date, calendar: WorkingCalendar
) -> dict[str, Any]:
    after = request.GET.get("after", "")
    found = chosen.page(_with_names(matching), after, PAGE + 1)
    is_whole = not after and len(found) <= PAGE  # nothing left to count
    owed = rhythm.states(found[:PAGE], on, calendar)
    keys, post = _columns(request), request.post
    return {
        "total": len(found) if is_whole else matching.count(),
        "rows": [replace(row, rhythm=owed.get(row.task.pk)) for row in _rows(found[:PAGE], on, calendar)],
        "next_url": _address(request, after=chosen.cursor_of(found[PAGE - 1])) if len(found) > PAGE else "",
        "first_url": _address(request) if after else "",
        "shown": {column.key: str(column.label) for column in columns.CHOICES if column.key in keys},
        "columns": [(column.key, column.label, column.key in keys) for column in columns.CHOICES],
        "kept": [pair for pair in _pairs(request) if pair[0] != "cols"],
        "can_remind": _may(post, "campaigns.task.accept", "campaigns.task.assign"),
        "can_accept": _may(post, "campaigns.task.accept"),
        "can_assign": _may(post, "campaigns.task.assign"),
    }


def _board(request: Request, matching: TaskQuerySet, on: date, calendar: WorkingCalendar) -> dict[str, Any]:
    lanes = pictures.board(matching, request.post, on, calendar, timezone.now())
    return {"lanes": [(lane, _address(request, state=lane.state.value, **{"as": ""})) for lane in lanes]}


def _calendar(request: Request, matching: TaskQuerySet, on: date, calendar: WorkingCalendar) -> dict[str, Any]:
    month = pictures.month(matching, request.GET.get("month", ""), on, calendar)
    return {
        "month": month,
        "previous_url": _address(request, month=month.previous),
        "following_url": _address(request, month=month.following),
        "day_url": _address(request, **{"as": "", "month": "", "period": ""}) + "&period=",
    }


def _timeline(request: Request, matching: TaskQuerySet, on: date, calendar: WorkingCalendar) -> dict[str, Any]:
    drawn = pictures.timeline(matching, on, calendar)
    return {"timeline": drawn, "legend": _legend((bar.tone, str(bar.row.due.kind.label)) for bar in drawn.bars)}


def _load(request: Request, matching: TaskQuerySet, on: date, calendar: WorkingCalendar) -> dict[str, Any]:
    """The numbers link to the list that they count."""
    loads = pictures.loads(queries.load_by_unit(matching, on, calendar))
    table = _address(request, **{"as": ""})
    for load in loads:
        for part in load.parts:
            part["label"] = DeadlineClass(part["kind"]).label
            part["url"] = _address(request, unit=str(load.unit_id), due=part["kind"].value, **{"as": ""})
    return {
        "loads": [(load, f"{table}&unit={load.unit_id}") for load in loads],
        "load_height": len(loads) * pictures.LOAD_LINE + 8,
        "legend": _legend((part["tone"], str(part["label"])) for load in loads for part in load.parts),
    }


def _legend(drawn: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Each colour with the words of all it stands for."""
    found: dict[str, dict[str, None]] = {}
    for tone, label in drawn:
        found.setdefault(tone, {})[label] = None
    return [(tone, ", ".join(labels)) for tone, labels in found.items()]


PARTS = {"board": _board, "calendar": _calendar, "timeline": _timeline, "load": _load}


def _pairs(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name in request.GET for value in request.GET.getlist(name) if name != "after"]


def _address(request: Request, **values: str) -> str:
    """This list with other values; empty ones fall away, but the address is never bare (that opens the default)."""
    query = request.GET.copy()
    query.pop("after", None)
    for name, value in values.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"?{query.urlencode() or 'state='}"


def _may(post: Appointment, *names: str) -> bool:
    return any(has_permission(post, name) for name in names)


def _views(
    request: Request, chosen: filters.TaskFilter, saved: list[SavedView], post: Appointment
) -> dict[str, Any]:
    """Tabs (usual lists, then kept ones), and the kept one that is open."""
    now = kept_query(request.GET.urlencode())
    current = next((view for view in saved if view.query == now), None) if now else None
    kept = [{"label": view.name, "url": f"?{view.query or 'state='}", "active": view == current} for view in saved]
    return {
        "tabs": [*_tabs(chosen, post, is_kept=current is not None), *kept],
        "current_view": current,
        "save_form": SaveViewForm(initial={"query": now}, prefix="save"),
        "change_form": current and ChangeViewForm(
            initial={"name": current.name, "is_default": current.is_default}, prefix="change"
        ),
    }


def _tabs(chosen: filters.TaskFilter, post: Appointment, *, is_kept: bool) -> list[dict[str, Any]]:
    """The usual lists of a post as tabs."""
    base = reverse("tasks:list")
    views: list[tuple[str, str, dict[str, int]]] = []
    if _may(post, "campaigns.progress.report"):
        views.append((_("Tôi thực hiện"), f"{base}?officer={post.pk}", {"officer": post.pk}))
    if post.role not in (Role.DIRECTOR, Role.DEPUTY):
        views.append((_("Đơn vị tôi chủ trì"), f"{base}?unit={post.unit_id}", {"unit": post.unit_id}))
        views.append((_("Đơn vị tôi phối hợp"), f"{base}?help={post.unit_id}", {"help": post.unit_id}))
    views.append((_("Cả cơ quan"), f"{base}?state=", {}))
    now = {name: getattr(chosen, name) for name in ("officer", "unit", "help") if getattr(chosen, name) is not None}
    return [{"label": label, "url": url, "active": not is_kept and now == values} for label, url, values in views]


# --- the same list as a file ------------------------------------------------------------------------------------------


@require_safe
def export(request: Request) -> HttpResponseBase:
    """The whole filtered list, in its order and with its columns, as CSV or (`format=xlsx`) as a workbook."""
    post = _reader(request)
    chosen, on, calendar = filters.TaskFilter.read(request.GET), timezone.localdate(), workdays.load()
    matching = chosen.apply(post, on, calendar)
    rows = _rows(_with_names(chosen.ordered(matching)).iterator(chunk_size=1000), on, calendar)
    shown, name = columns.of_file(_columns(request)), f"nhiem-vu-{on:%Y%m%d}"
    if request.GET.get("format") != "xlsx":
        response = StreamingHttpResponse(exports.csv(rows, shown), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return response
    if matching.count() > exports.MOST_ROWS:
        words = _("Tệp Excel chứa tối đa %(count)s dòng. Hãy lọc bớt hoặc tải CSV.")
        messages.error(request, words % {"count": f"{exports.MOST_ROWS:,}".replace(",", ".")})
        return redirect(reverse("tasks:list") + _address(request, format=""))
    heading = exports.Heading(_("Nhiệm vụ"), filters.words(filters.controls(chosen, post, on)), on)
    return FileResponse(exports.workbook(rows, shown, heading), as_attachment=True, filename=f"{name}.xlsx")


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
