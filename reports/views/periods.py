"""Pages of reporting periods: load, check, one call, redirect."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents import jobs
from documents.models import Job, JobState
from documents.register_views import job_context
from reports import contributions, queries, rollup, workflow
from reports.forms import OpenPeriodForm
from reports.models import Contribution, ContributionState, Period, Report
from reports.periods import MONTHS, Span, month_of
from reports.rollup import Term
from reports.types import COMPILE
from reports.views.common import contribution_of, number_in, period_of, reader
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.reading import only_columns
from units.web import Request

SHOWN_IN_MATRIX = 6


@require_GET
def period_list(request: Request) -> HttpResponse:
    """All periods and reports of the organisation, with the matrix of the last six periods."""
    by = reader(request)
    periods = only_columns(
        Period.objects.visible_to(by), "year", "month", "starts_on", "ends_on", "due_on", "closed_at",
        "profile__name", "profile__kind",
    )  # fmt: skip
    page = Paginator(periods, 24).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    reports = only_columns(
        Report.objects.visible_to(by).filter(period__in=shown), "period_id", "edition", "document__code",
        "document__state",
    )  # fmt: skip
    latest = {report.period_id: report for report in reports.order_by("edition")}
    parts: dict[int, Contribution] = {}
    context: dict[str, Any] = {"page": page, "may_open": has_permission(by, "reports.period.open")}
    if has_permission(by, "reports.report.compile") or by.unit_id == by.organisation_id:
        context |= _matrix(shown[:SHOWN_IN_MATRIX], may_remind=context["may_open"])
    else:
        parts = {each.period_id: each for each in queries.contributions_for(by).filter(period__in=shown)}
    today = timezone.localdate()
    context["rows"] = [(period, latest.get(period.pk), _state(parts.get(period.pk), period, today)) for period in shown]
    return render(request, "reports/period_list.html", context | {"has_parts": bool(parts), "parts": parts})


def _state(part: Contribution | None, period: Period, today: Any) -> tuple[str, Contribution] | None:
    return (queries.cell_state(part, period, today), part) if part else None


def _matrix(periods: list[Period], *, may_remind: bool) -> dict[str, Any]:
    """The matrix component's arguments, the newest period first; a press opens a part, one that is late is reminded."""
    open_periods = {period.pk for period in periods if period.closed_at is None}

    def cell(found: queries.Cell, period: Period) -> dict[str, Any]:
        if found.contribution_id is None:
            return {"state": found.state, "label": _("chưa mở cho đơn vị này")}
        if found.state == "overdue" and may_remind and period.pk in open_periods:
            url = reverse("reports:remind_unit", args=[found.contribution_id])
            return {"state": found.state, "label": _("quá hạn gửi, bấm để nhắc"), "action": url}
        words = {"confirmed": _("đã gửi"), "drafting": _("đang soạn"), "overdue": _("quá hạn gửi")}
        words["returned"] = _("bị trả lại")
        url = reverse("reports:contribution", args=[found.contribution_id])
        state = {"drafting": "in_progress", "missing": "no_due_date"}.get(found.state, found.state)
        return {"state": state, "label": words.get(found.state, ""), "url": url}

    found = queries.matrix(periods, timezone.localdate())
    rows = [
        {"label": unit.label, "cells": [cell(each, period) for each, period in zip(cells, periods, strict=True)]}
        for unit, cells in found
    ]
    late = {
        period
        for _unit, cells in found
        for each, period in zip(cells, periods, strict=True)
        if each.state == "overdue" and period.pk in open_periods and may_remind
    }
    return {
        "rates": queries.rates(periods, timezone.localdate()),
        "matrix_rows": rows,
        "matrix_periods": [period.label for period in periods],
        "late_periods": [period for period in periods if period in late],
    }


def open_period(request: Request) -> HttpResponse:
    """Choose a month and open it for the units."""
    by = reader(request)
    if not has_permission(by, "reports.period.open"):
        raise Http404
    year, month = month_of(timezone.localdate(), 15)
    form = OpenPeriodForm(request.POST or None, organisation=by.organisation, initial={"year": year, "month": month})
    if request.method == "POST" and form.is_valid():
        try:
            period = _opened(form.cleaned_data, by=by)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã mở kỳ báo cáo. Các đơn vị đã được báo."))
            return redirect("reports:period", period.pk)
    return render(request, "reports/open_period.html", {"form": form})


def _opened(given: dict[str, Any], *, by: Appointment) -> Period:
    """The period of the form: by its month, or by its days for what has no rhythm."""
    profile, at = given["profile"], timezone.now()
    if profile.kind in MONTHS:
        return workflow.open_period(profile=profile, year=given["year"], month=given["month"], by=by, at=at)
    days = Span(given["starts_on"], given["ends_on"])
    return workflow.open_once(profile=profile, days=days, by=by, at=at)


@require_GET
def period_detail(request: Request, pk: int) -> HttpResponse:
    """One period: who has sent, what is missing, and the report."""
    by, period, today = request.post, period_of(request, pk), timezone.localdate()
    rows = list(queries.contributions_for(by).filter(period=period).order_by("unit__position", "id"))
    reports = list(Report.objects.visible_to(by).select_related("document").filter(period=period).order_by("-edition"))
    job = Job.objects.filter(kind=COMPILE, payload__period=period.pk).order_by("-id").first()
    is_open, may_compile = period.closed_at is None, has_permission(by, "reports.report.compile")
    context = {
        "period": period,
        "rows": [(row, queries.cell_state(row, period, today)) for row in rows],
        "late": [row for row in rows if row.state != ContributionState.CONFIRMED],
        "reports": reports,
        "is_running": today <= period.ends_on,
        "may_compile": may_compile and is_open,
        "may_remind": has_permission(by, "reports.period.open") and is_open,
        "next_edition": _last_edition(period) + 1,
    }
    if period.profile.is_rollup:
        context |= _bodies(period)
    if job is not None and job.state != JobState.DONE and may_compile:
        context |= _job_context(job, by)
    return render(request, "reports/period_detail.html", context)


def _bodies(period: Period) -> dict[str, Any]:
    """The organisations whose reports a roll-up is made of."""
    found = rollup.bodies(period.profile.organisation, Term(period.profile.kind, period.year, period.month))
    return {"bodies": found, "missing": [body for body in found if body.report_id is None]}


def _last_edition(period: Period) -> int:
    """The last edition, put away ones included; 0 before the first."""
    return Report.objects.filter(period=period).order_by("-edition").values_list("edition", flat=True).first() or 0


@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    """Remind all units that have not sent their part."""
    return _remind(request, period_of(request, pk))


@require_POST
def remind_unit(request: Request, pk: int) -> HttpResponse:
    """Remind one unit, from its cell of the matrix."""
    found = contribution_of(request, pk)
    return _remind(request, found.period, found)


def _remind(request: Request, period: Period, contribution: Contribution | None = None) -> HttpResponse:
    try:
        told = contributions.remind(period=period, by=request.post, at=timezone.now(), contribution=contribution)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        if told:
            messages.success(request, _("Đã nhắc %(count)s đơn vị.") % {"count": told})
        else:
            messages.info(request, _("Hôm nay đã nhắc các đơn vị chưa gửi."))
    return redirect("reports:period", period.pk)


@require_POST
def compile_report(request: Request, pk: int) -> HttpResponse:
    """Queue the compilation of the edition that the page offered. Pressing twice is one job, one report."""
    period = period_of(request, pk)
    edition = number_in(request, "edition")
    if not has_permission(request.post, "reports.report.compile"):
        messages.error(request, _("Chức vụ của bạn không tổng hợp báo cáo."))
    elif period.closed_at is not None:
        messages.error(request, _("Kỳ báo cáo đã kết thúc."))
    elif edition > _last_edition(period) + 1 or edition < 1:
        messages.error(request, _("Trang đã cũ. Hãy xem lại rồi bấm Tổng hợp."))
    elif edition == _last_edition(period) + 1:
        jobs.queue(
            kind=COMPILE,
            key=f"{period.pk}:{edition}",
            payload={"period": period.pk, "by": request.post.pk, "edition": edition},
            by=request.post,
            at=timezone.now(),
        )
    else:
        messages.info(request, _("Báo cáo lần %(edition)s đã tổng hợp xong.") % {"edition": edition})
    return redirect("reports:period", pk)


@require_GET
def job(request: Request, pk: int) -> HttpResponse:
    """The progress line of a compilation, asked for by the page until it ends; then the page goes to the report."""
    found = get_object_or_404(Job, pk=pk, kind=COMPILE)
    period_of(request, found.payload["period"])
    response = render(request, "reports/_job.html", _job_context(found, request.post))
    if found.state == JobState.DONE:
        response["HX-Redirect"] = reverse("reports:detail", args=[found.result["report"]])
    return response


def _job_context(found: Job, by: Appointment) -> dict[str, Any]:
    retry_url = reverse("reports:compile", args=[found.payload["period"]])
    return {
        **job_context(found, by),
        "poll_url": reverse("reports:job", args=[found.pk]),
        "done_url": reverse("reports:detail", args=[found.result["report"]]) if "report" in found.result else "",
        "retry_url": f"{retry_url}?edition={found.payload.get('edition', 0)}",
    }
