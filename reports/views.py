"""Pages of periods, contributions and reports: load, check, one call, redirect."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from campaigns.models import ProgressFigure, Task
from documents import jobs
from documents.models import Job
from documents.states import PUBLISHED
from reports import contributions, queries, workflow
from reports.contributions import entries_of
from reports.forms import ContributionForms, OpenPeriodForm, ReasonForm, SectionForm
from reports.models import Contribution, ContributionState, Period, Report
from reports.periods import Span, month_of
from reports.types import COMPILE
from units.permissions import NotAllowed, has_permission

TASK_CLASSES = {
    "given": gettext_lazy("Được giao"),
    "done_in_time": gettext_lazy("Hoàn thành đúng hạn"),
    "done_extended": gettext_lazy("Hoàn thành đúng hạn sau gia hạn"),
    "done_late": gettext_lazy("Hoàn thành quá hạn"),
    "running": gettext_lazy("Đang thực hiện"),
    "overdue": gettext_lazy("Quá hạn chưa hoàn thành"),
}


def _reader(request: HttpRequest) -> Any:
    """The post, if it may read its organisation's reports at all."""
    if not has_permission(request.post, "reports.report.read"):
        raise Http404
    return request.post


def _period(request: HttpRequest, pk: int) -> Period:
    found = Period.objects.visible_to(_reader(request)).select_related("profile__organisation", "profile__recipient")
    return get_object_or_404(found, pk=pk)


def _report(request: HttpRequest, pk: int) -> Report:
    return get_object_or_404(Report.objects.visible_to(request.post).with_document(), pk=pk)


def _contribution(request: HttpRequest, pk: int) -> Contribution:
    return get_object_or_404(queries.contributions_for(request.post), pk=pk)


def _matrix(periods: list[Period], request: HttpRequest) -> dict[str, Any]:
    """The matrix component's arguments: a press opens the part, one that is missing too long is reminded from there."""
    rows = [
        {
            "label": unit.label,
            "cells": [
                {"state": cell.state, "label": "", "url": reverse("reports:contribution", args=[cell.contribution_id])}
                if cell.contribution_id
                else {"state": cell.state, "label": ""}
                for cell in cells
            ],
        }
        for unit, cells in queries.matrix(periods, timezone.localdate())
    ]
    return {"matrix_rows": rows, "matrix_periods": [f"{period.month:02d}/{period.year}" for period in periods]}


def period_list(request: HttpRequest) -> HttpResponse:
    """All periods and reports of the organisation, with the matrix of the last six periods."""
    by = _reader(request)
    periods = Period.objects.visible_to(by).select_related("profile")
    page = Paginator(periods, 24).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    reports = Report.objects.visible_to(by).with_document().filter(period__in=shown).order_by("period_id", "edition")
    by_period: dict[int, Report] = {report.period_id: report for report in reports}
    may_compile = has_permission(by, "reports.report.compile")
    context = {
        "page": page,
        "rows": [(period, by_period.get(period.pk)) for period in shown],
        "may_open": has_permission(by, "reports.period.open"),
        "today": timezone.localdate(),
    }
    if may_compile:
        context |= _matrix(list(reversed(shown[:6])), request)
    else:
        mine = queries.contributions_for(by).filter(period__in=shown)
        context["mine"] = {each.period_id: each for each in mine}
    return render(request, "reports/period_list.html", context)


def open_period(request: HttpRequest) -> HttpResponse:
    by = _reader(request)
    if not has_permission(by, "reports.period.open"):
        raise Http404
    today = timezone.localdate()
    year, month = month_of(today, 15)
    form = OpenPeriodForm(request.POST or None, organisation=by.organisation, initial={"year": year, "month": month})
    if request.method == "POST" and form.is_valid():
        try:
            period = workflow.open_period(**form.cleaned_data, by=by, at=timezone.now())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã mở kỳ báo cáo. Các đơn vị đã được báo."))
            return redirect("reports:period", period.pk)
    return render(request, "reports/open_period.html", {"form": form})


def period_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One period: who has sent, what is missing, and the report."""
    period = _period(request, pk)
    rows = list(queries.contributions_for(request.post).filter(period=period).order_by("unit__position", "id"))
    latest_job = Job.objects.filter(kind=COMPILE, payload__period=period.pk).order_by("-id").first()
    late = [row for row in rows if row.state != ContributionState.CONFIRMED]
    return render(
        request,
        "reports/period_detail.html",
        {
            "period": period,
            "rows": rows,
            "late": late,
            "today": timezone.localdate(),
            "is_past_due": timezone.localdate() > period.due_on,
            "reports": Report.objects.visible_to(request.post)
            .with_document()
            .filter(period=period)
            .order_by("-edition"),
            "job": latest_job,
            "may_compile": has_permission(request.post, "reports.report.compile"),
            "may_remind": has_permission(request.post, "reports.period.open"),
        },
    )


@require_POST
def remind(request: HttpRequest, pk: int) -> HttpResponse:
    period = _period(request, pk)
    try:
        count = contributions.remind(period=period, by=request.post, at=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã nhắc %(count)s đơn vị.") % {"count": count})
    return redirect("reports:period", pk)


@require_POST
def compile_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Queue the compilation; the page shows its progress. Pressing twice is one job."""
    period = _period(request, pk)
    if not has_permission(request.post, "reports.report.compile"):
        messages.error(request, _("Chức vụ của bạn không tổng hợp báo cáo."))
        return redirect("reports:period", pk)
    edition = Report.objects.filter(period=period).count() + 1
    jobs.queue(
        kind=COMPILE,
        key=f"{period.pk}:{edition}",
        payload={"period": period.pk, "by": request.post.pk},
        by=request.post,
        at=timezone.now(),
    )
    return redirect("reports:period", pk)


def job(request: HttpRequest, pk: int) -> HttpResponse:
    """The progress line of a compilation, asked for by the page until it ends."""
    found = get_object_or_404(Job, pk=pk, kind=COMPILE)
    _period(request, found.payload["period"])
    response = render(request, "reports/_job.html", {"job": found, "period_id": found.payload["period"]})
    if found.is_over:
        response["HX-Refresh"] = "true"
    return response


def contribution(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit's part: drafted from progress, edited and saved by its head."""
    found = _contribution(request, pk)
    may_write = (
        has_permission(request.post, contributions.WRITE, found.unit)
        and found.state != ContributionState.CONFIRMED
        and found.period.closed_at is None
    )
    refusal = ""
    if request.method == "POST":
        forms = ContributionForms(found, request.POST)
        if forms.is_valid():
            try:
                contributions.save(
                    contribution=found,
                    version=int(request.POST.get("version") or 0),
                    lines=forms.line_inputs(),
                    figures=forms.figure_inputs(),
                    by=request.post,
                    at=timezone.now(),
                )
            except NotAllowed as error:
                refusal = str(error)
            else:
                messages.success(request, _("Đã lưu phần báo cáo."))
                return redirect("reports:contribution", pk)
        else:
            refusal = _("Có ô chưa đúng, xem chỗ báo lỗi bên dưới.")
    else:
        if may_write:
            found = contributions.fill(contribution=found, by=None, at=timezone.now())
            found = _contribution(request, pk)
        forms = ContributionForms(found)
    return render(
        request,
        "reports/contribution.html",
        {
            "contribution": found,
            "forms": forms,
            "may_write": may_write,
            "refusal": refusal,
            "may_return": has_permission(request.post, "reports.contribution.return", found.unit)
            and found.state == ContributionState.CONFIRMED
            and found.period.closed_at is None,
            "reason_form": ReasonForm(),
            "lines": found.lines.select_related("entry__task"),
        },
    )


@require_POST
def confirm_contribution(request: HttpRequest, pk: int) -> HttpResponse:
    found = _contribution(request, pk)
    try:
        contributions.confirm(
            contribution=found, version=int(request.POST.get("version") or 0), by=request.post, at=timezone.now()
        )
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã gửi phần báo cáo cho Văn phòng."))
    return redirect("reports:contribution", pk)


@require_POST
def return_contribution(request: HttpRequest, pk: int) -> HttpResponse:
    found = _contribution(request, pk)
    try:
        contributions.return_for_changes(
            contribution=found, reason=request.POST.get("reason", ""), by=request.post, at=timezone.now()
        )
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã trả lại phần báo cáo cho đơn vị."))
    return redirect("reports:contribution", pk)


def contribution_sources(request: HttpRequest, pk: int, indicator: int) -> HttpResponse:
    """The entries behind a computed figure of one unit."""
    found = _contribution(request, pk)
    figure = get_object_or_404(found.figures.select_related("indicator"), indicator_id=indicator)
    inside = entries_of(found.unit_id, Span(found.period.starts_on, found.period.ends_on))
    wanted = ProgressFigure.objects.filter(entry__in=inside, indicator_id=indicator).values_list("entry_id", flat=True)
    return _sources(
        request,
        title=figure.indicator.name,
        total=figure.computed,
        measure=figure.indicator.measure,
        ids=list(wanted),
        indicator=indicator,
    )


def _sources(
    request: HttpRequest, *, title: str, total: Any, measure: str, ids: list[int], indicator: int
) -> HttpResponse:
    template = "reports/_sources.html" if request.htmx else "reports/sources.html"
    rows = [
        (entry, next((each.value for each in entry.figures.all() if each.indicator_id == indicator), None))
        for entry in queries.entries(ids)
    ]
    return render(request, template, {"title": title, "total": total, "measure": measure, "rows": rows})


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The report as it will read, its state and next step, and its figures that open their entries."""
    report = _report(request, pk)
    if report.document.organisation_id != request.post.organisation_id:
        return redirect("documents:received_detail", report.document_id)
    may_edit = has_permission(request.post, "documents.draft") and not report.document.is_frozen
    return render(
        request,
        "reports/detail.html",
        {
            "report": report,
            "document": report.document,
            "may_edit": may_edit,
            "units": [_unit_row(row) for row in report.figures["units"]],
            "figures": [_figure_row(figure) for figure in report.figures["figures"]],
            "changed": workflow.changed_since(report) if report.document.state not in PUBLISHED else None,
        },
    )


def _unit_row(row: dict[str, Any]) -> dict[str, Any]:
    return {"unit_id": row["unit_id"], "unit": row["unit"], "cells": [(name, len(row[name])) for name in TASK_CLASSES]}


def _figure_row(figure: dict[str, Any]) -> dict[str, Any]:
    """A frozen figure with its decimals as numbers again."""
    numbers = {name: _decimal(figure[name]) for name in ("value", "previous", "last_year")}
    return figure | numbers


def _decimal(stored: str | None) -> Decimal | None:
    return None if stored is None else Decimal(stored).normalize()


def section(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Rewrite the words of one section; what someone else wrote meanwhile is shown, what was typed stays."""
    report = _report(request, pk)
    found = next((each for each in report.sections if each["key"] == key), None)
    if found is None or not has_permission(request.post, "documents.draft", report.document.organisation):
        raise Http404
    drafted = next((each["text"] for each in report.drafted if each["key"] == key), "")
    form = SectionForm(request.POST or None, initial={"text": found["text"], "before": found["text"]})
    if request.method == "POST" and form.is_valid():
        try:
            workflow.edit_section(report=report, key=key, by=request.post, at=timezone.now(), **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            form.data = form.data.copy()
            form.data["before"] = _report(request, pk).sections[[s["key"] for s in report.sections].index(key)]["text"]
        else:
            messages.success(request, _("Đã lưu phần “%(heading)s”.") % {"heading": found["heading"]})
            return redirect(reverse("reports:detail", args=[pk]) + f"#{key}")
    return render(
        request,
        "reports/section.html",
        {
            "report": report,
            "section": found,
            "drafted": drafted,
            "form": form,
            "current": found["text"],
        },
    )


def figure_sources(request: HttpRequest, pk: int, indicator: int) -> HttpResponse:
    """The entries a frozen figure came from."""
    report = _report(request, pk)
    figure = queries.frozen_figure(report, indicator)
    if figure is None or report.document.organisation_id != request.post.organisation_id:
        raise Http404
    return _sources(
        request,
        title=figure["name"],
        total=_decimal(figure["value"]),
        measure=figure["measure"],
        ids=figure["sources"],
        indicator=indicator,
    )


def task_sources(request: HttpRequest, pk: int, unit: int, name: str) -> HttpResponse:
    """The tasks that one cell of the table counts."""
    report = _report(request, pk)
    row = next((each for each in report.figures["units"] if each["unit_id"] == unit), None)
    if row is None or name not in TASK_CLASSES or report.document.organisation_id != request.post.organisation_id:
        raise Http404
    tasks = Task.objects.visible_to(request.post).filter(pk__in=row[name]).for_list()
    template = "reports/_task_sources.html" if request.htmx else "reports/task_sources.html"
    return render(
        request, template, {"title": f"{TASK_CLASSES[name]}: {row['unit']}", "tasks": tasks, "report": report}
    )
