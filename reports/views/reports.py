"""Pages of a compiled report: its words, its figures down to their entries."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from campaigns.models import Task
from directives.recognition import recognise
from documents import after_issue, permissions, presentation
from documents.models import Document
from documents.states import BEFORE_SIGNATURE, DocumentMove
from reports import charts, drafting, outline, queries, words, workflow
from reports.compose import figures_of, marked
from reports.figures import percent
from reports.forms import SectionForm
from reports.models import Report
from reports.views.common import show_sources
from units.models import Appointment
from units.permissions import NotAllowed
from units.reading import only_columns
from units.web import Request

TASK_CLASSES = {
    "given": gettext_lazy("Được giao"),
    "done_in_time": gettext_lazy("Hoàn thành đúng hạn"),
    "done_extended": gettext_lazy("Hoàn thành đúng hạn sau gia hạn"),
    "done_late": gettext_lazy("Hoàn thành quá hạn"),
    "running": gettext_lazy("Đang thực hiện"),
    "overdue": gettext_lazy("Quá hạn chưa hoàn thành"),
}


REPORT_COLUMNS = (
    "report__edition", "report__figures", "report__sections", "report__drafted", "report__frozen_at",
    "report__period__month", "report__period__year", "report__period__starts_on", "report__period__ends_on",
    "report__period__profile__kind", "report__period__profile__is_rollup", "report__period__profile__organisation",
)  # fmt: skip


def _report(request: Request, pk: int) -> Report:
    """A report that the post may read, with the posts of every step of its file. One query."""
    visible = presentation.with_steps(Document.objects.visible_to(request.post), *REPORT_COLUMNS)
    found: Report = get_object_or_404(visible, report__pk=pk).report
    return found


def _own_report(request: Request, pk: int) -> Report:
    """A report of the post's own organisation: its inside is nobody else's."""
    report = _report(request, pk)
    if report.document.organisation_id != request.post.organisation_id:
        raise Http404
    return report


@require_GET
def detail(request: Request, pk: int) -> HttpResponse:
    """The report as it will read, its state and next step, and its figures that open their entries."""
    report, by, at = _report(request, pk), request.post, timezone.now()
    document = report.document
    if document.organisation_id != by.organisation_id:
        return redirect("documents:received_detail", document.pk)
    is_draft = document.state in BEFORE_SIGNATURE
    changed = workflow.changed_since(report)
    context = {
        "report": report,
        "document": document,
        "may_edit": permissions.can_move(by, document, DocumentMove.EDIT, at=at),
        "sections": [
            (
                marker, section, [_figure_row(each, changed) for each in figures_of(section, report.figures)],
                drafting.told_below(outline.fields_of(section) or [section["key"]], report.figures),
            )
            for marker, section in marked(report.sections)
        ],
        "chart": charts.tasks(report.figures),
        "units": [_unit_row(row) for row in report.figures["units"]],
        "total": _unit_row(_total(report.figures["units"])),
        "figures": [_figure_row(figure, changed) for figure in report.figures["figures"]],
        "changed": changed,
        "newer": _newer(report, changed),
        "compared": _compared(report, by),
        "is_draft": is_draft,
        "checks": _checks(document) if is_draft else [],
        "steps": presentation.steps(document),
        "choices": presentation.choices(document, by, at=at),
        "corrected_by": after_issue.corrected_by(document) if document.is_published else [],
        "recipients": document.recipients.all(),
        "history": presentation.history([document, report]),
        "citations": recognise([section["text"] for section in report.sections if section.get("text")], by=by),
    }
    return render(request, "reports/detail.html", context)


def _compared(report: Report, by: Appointment) -> dict[str, int]:
    """The earlier reports that figures are compared with and that the post may open: their figures open there."""
    ids = {name: report.figures.get(f"{name}_report") for name in ("previous", "last_year")}
    seen = set(Report.objects.visible_to(by).filter(pk__in=filter(None, ids.values())).values_list("pk", flat=True))
    return {name: pk for name, pk in ids.items() if pk in seen}


def _newer(report: Report, changed: dict[str, list[int]]) -> list[Report]:
    """Of a roll-up: the reports that came since its figures were frozen."""
    if not report.period.profile.is_rollup or not changed["added"]:
        return []
    came = only_columns(
        Report.objects.filter(pk__in=changed["added"]), "document__code", "document__issuing_body"
    )
    return list(came.order_by("document__organisation__position", "pk"))


def _checks(document: Document) -> list[dict[str, str]]:
    """What keeps the report from being proposed or should be looked at; one good word when nothing does."""
    found = [
        {"level": "error" if problem.blocking else "warning", "text": problem.message}
        for problem in document.definition.problems(document)
    ]
    return found or [{"level": "ok", "text": _("Không có chỗ nào cần xem lại.")}]


def _unit_row(row: dict[str, Any]) -> dict[str, Any]:
    done = sum(len(row[name]) for name in ("done_in_time", "done_extended", "done_late"))
    rate = percent(done, done + len(row["overdue"]))
    cells = [(name, len(row[name])) for name in TASK_CLASSES]
    return {"unit_id": row["unit_id"], "unit": row["unit"], "cells": cells, "rate": rate}


def _total(rows: list[dict[str, Any]]) -> dict[str, Any]:
    ids = {name: [task for row in rows for task in row[name]] for name in TASK_CLASSES}
    return {"unit_id": 0, "unit": _("Tổng số"), **ids}


def _figure_row(figure: dict[str, Any], changed: dict[str, list[int]]) -> dict[str, Any]:
    """A frozen figure with its decimals as numbers again, and whether its entries changed since."""
    values = {name: _decimal(figure[name]) for name in ("value", "previous", "last_year")}
    return figure | values | {"is_changed": figure["indicator_id"] in changed["indicators"]}


def _decimal(stored: str | None) -> Decimal | None:
    return None if stored is None else Decimal(stored)


def section(request: Request, pk: int, key: str) -> HttpResponse:
    """Rewrite the words of one section; what someone else wrote meanwhile is shown, what was typed stays."""
    report = _own_report(request, pk)
    found = _section(report, key)
    if found is None or found["source"] == outline.GROUP:
        raise Http404
    if request.method != "POST":
        try:
            permissions.check_move(request.post, report.document, DocumentMove.EDIT, at=timezone.now())
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect("reports:detail", pk)
    shown = {"text": found["text"], "before": found["text"], "page": uuid4().hex}
    form = SectionForm(request.POST or None, initial=shown)
    if request.method == "POST" and form.is_valid():
        try:
            workflow.edit_section(report=report, key=key, by=request.post, at=timezone.now(), **form.cleaned_data)
        except NotAllowed as refusal:
            form = _again(form, found["text"], str(refusal))
        else:
            messages.success(request, _("Đã lưu phần “%(heading)s”.") % {"heading": found["heading"]})
            return redirect(reverse("reports:detail", args=[pk]) + f"#{key}")
    drafted = next((each["text"] for each in report.drafted if each["key"] == key), "")
    context = {
        "report": report,
        "section": found,
        "drafted": drafted,
        "difference": words.difference(drafted, found["text"]),
        "form": form,
    }
    return render(request, "reports/section.html", context)


def _section(report: Report, key: str) -> dict[str, str] | None:
    return next((each for each in report.sections if each["key"] == key), None)


def _again(form: SectionForm, stored: str, refusal: str) -> SectionForm:
    """The form with what was typed, on top of what is stored by now: a second press is a decision."""
    form = SectionForm({"text": form.data.get("text", ""), "before": stored, "page": form.data.get("page", "")})
    form.add_error(None, refusal)
    return form


@require_POST
def autosave(request: Request, pk: int, key: str) -> HttpResponse:
    """Save a section while it is being written; 409 when it cannot be, and the page keeps what was typed."""
    report = _own_report(request, pk)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=409)
    try:
        workflow.edit_section(report=report, key=key, by=request.post, at=timezone.now(), **form.cleaned_data)
    except NotAllowed as refusal:
        return HttpResponse(str(refusal), status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


@require_POST
def retake(request: Request, pk: int, key: str) -> HttpResponse:
    """Take the drafted words of a section over again."""
    report = _own_report(request, pk)
    before = str(request.POST.get("before", "")).replace("\r\n", "\n").replace("\x00", "")
    try:
        workflow.retake_section(report=report, key=key, before=before, by=request.post, at=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã lấy lại bản soạn sẵn. Lời văn trước đó còn trong lịch sử."))
    return redirect(reverse("reports:detail", args=[pk]) + f"#{key}")


@require_GET
def compare(request: Request, pk: int) -> HttpResponse:
    """This edition beside the one before it: figures that differ, words that differ."""
    report = _own_report(request, pk)
    earlier = Report.objects.filter(period=report.period_id, edition__lt=report.edition).order_by("-edition").first()
    if earlier is None:
        raise Http404
    context = {
        "report": report,
        "earlier": earlier,
        "figures": words.changed_figures(earlier, report),
        "sections": words.changed_sections(earlier, report),
    }
    return render(request, "reports/compare.html", context)


@require_GET
def figure_sources(request: Request, pk: int, indicator: int) -> HttpResponse:
    """The entries a frozen figure came from."""
    report = _own_report(request, pk)
    return show_sources(request, queries.sources_of_report(report, indicator), report=report)


@require_GET
def task_sources(request: Request, pk: int, unit: int, name: str) -> HttpResponse:
    """The tasks that one cell of the table counts; unit 0 is its last line."""
    report = _own_report(request, pk)
    rows = report.figures["units"]
    row = next((each for each in (*rows, _total(rows)) if each["unit_id"] == unit), None)
    if row is None or name not in TASK_CLASSES:
        raise Http404
    tasks = Task.objects.visible_to(request.post).filter(pk__in=row[name]).for_list()
    template = "reports/_task_sources.html" if request.htmx else "reports/task_sources.html"
    title = f"{TASK_CLASSES[name]}: {row['unit']}"
    return render(request, template, {"title": title, "tasks": tasks, "report": report, "count": len(row[name])})
