"""Pages of registers: what went out, what came in to a post's unit, whether a PDF is genuine, how far a job is."""

import csv
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from documents import deliveries, jobs, verifying
from documents.forms import VerifyForm
from documents.models import Document, Job
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request, whole_number

ROWS = 50


def _year(request: Request) -> int:
    year = whole_number(request.GET.get("nam", ""))
    return year if year is not None and 2000 <= year <= 2100 else timezone.localdate().year


@require_GET
def register(request: Request) -> HttpResponse:
    """The outgoing register of a year: filtered, printed, or as CSV (NĐ 30/2020 Điều 16)."""
    post = request.post
    if not has_permission(post, "documents.register.read"):
        raise Http404
    year, kind = _year(request), request.GET.get("loai", "")
    everything = Document.objects.register(post.organisation, year)
    rows = everything.filter(kind=kind) if kind else everything
    words = request.GET.get("q", "").strip()
    if len(words) >= 3:
        rows = rows.search_for(words)
    rows = rows.select_related("drafting_unit").prefetch_related("recipients")
    if "csv" in request.GET:
        return _register_csv(rows, year)
    kinds = [(value, value) for value in everything.order_by("kind").values_list("kind", flat=True).distinct()]
    years = [(value, str(value)) for value in range(timezone.localdate().year, timezone.localdate().year - 6, -1)]
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    filters = [
        {"name": "nam", "label": _("Năm"), "value": year, "options": years, "any": _("năm nay")},
        {"name": "loai", "label": _("Loại"), "value": kind, "options": kinds},
        {"name": "q", "label": _("Trích yếu, số"), "value": words, "kind": "search"},
    ]
    return render(request, "documents/register.html", {"page": page, "filters": filters, "year": year})


def _register_csv(rows: Any, year: int) -> HttpResponse:
    """The fields of the register (NĐ 30/2020, Phụ lục IV.B.I) as CSV with a byte order mark for spreadsheets."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="so-van-ban-di-{year}.csv"'
    writer = csv.writer(answer)
    writer.writerow([str(head) for head in REGISTER_HEADS])
    for row in rows:
        writer.writerow([f"'{cell}" if cell[:1] in FORMULA else cell for cell in _register_cells(row)])
    return answer


REGISTER_HEADS = (
    lazy("Số, ký hiệu"),
    lazy("Ngày tháng"),
    lazy("Loại"),
    lazy("Trích yếu"),
    lazy("Người ký"),
    lazy("Nơi nhận"),
    lazy("Đơn vị soạn thảo"),
    lazy("Trạng thái"),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so would be run by a spreadsheet."""


def _register_cells(row: Document) -> list[str]:
    sent_to = "; ".join(line.text for line in row.recipients.all())
    words = [row.kind, row.title, row.signer_name, sent_to, row.drafting_unit.name, row.get_state_display()]
    return [row.code, f"{row.issued_on:%d/%m/%Y}", *words]


@require_GET
def received(request: Request) -> HttpResponse:
    """What was issued to the post's unit."""
    rows = deliveries.received_by(request.post)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "documents/received.html", {"page": page})


def received_detail(request: Request, pk: int) -> HttpResponse:
    """One received file; a POST confirms receipt."""
    document = get_object_or_404(
        Document.objects.received_by(request.post).select_related("organisation", "replaced_by"), pk=pk
    )
    at = timezone.now()
    if request.method == "POST":
        try:
            deliveries.acknowledge(document=document, by=request.post, at=at)
            messages.success(request, _("Đã xác nhận nhận văn bản."))
        except NotAllowed as error:
            messages.info(request, str(error))
        return redirect("documents:received_detail", pk)
    deliveries.note_opening(document=document, by=request.post, at=at)
    line = deliveries.line_for(document, request.post)
    can_acknowledge = line.acknowledged_at is None and has_permission(request.post, "documents.receive")
    page = {"document": document, "line": line, "can_acknowledge": can_acknowledge}
    return render(request, "documents/received_detail.html", page)


def verify(request: Request) -> HttpResponse:
    """Is a PDF genuine? Its bytes are examined and forgotten."""
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    found, document, name = None, None, ""
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        name = file.name
        found, document = verifying.examine(file.read())
        if document is not None and not _may_see(request.post, document):
            document = None
    page = {"form": form, "found": found, "document": document, "name": name}
    return render(request, "documents/verify.html", page, status=422 if form.errors else 200)


def _may_see(post: Appointment, document: Document) -> bool:
    return Document.objects.visible_to(post).filter(pk=document.pk).exists()


def job_context(found: Job, by: Appointment) -> dict[str, Any]:
    """What the component of a running job shows: whoever asked for it may stop it."""
    may_cancel = found.requested_by_id == by.pk and not found.is_over
    return {
        "job": found,
        "poll_url": reverse("documents:job", args=[found.pk]),
        "cancel_url": reverse("documents:cancel_job", args=[found.pk]) if may_cancel else "",
        "seconds_left": found.seconds_left(timezone.now()),
    }


@require_GET
def job(request: Request, pk: int) -> HttpResponse:
    """How far a piece of work is, as the part of a page that asks again until it is over."""
    found = get_object_or_404(
        Job.objects.filter(
            Q(requested_by__unit__organisation_id=request.post.organisation_id)
            | Q(requested_by__unit_id=request.post.unit_id)
        ),
        pk=pk,
    )
    return render(request, "documents/_job.html", job_context(found, request.post))


@require_POST
def cancel_job(request: Request, pk: int) -> HttpResponse:
    """Stop a piece of work that the post asked for itself."""
    found = get_object_or_404(Job, pk=pk, requested_by=request.post)
    if jobs.cancel(job=found, at=timezone.now()):
        messages.success(request, _("Đã dừng công việc. Không có gì bị thay đổi."))
    else:
        messages.info(request, _("Công việc đã kết thúc trước khi dừng."))
    return redirect("home")
