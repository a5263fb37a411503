"""What came in to a post's unit, whether a PDF is genuine, how far a job is."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents import after_issue, deliveries, jobs, verifying
from documents.forms import VerifyForm
from documents.models import Document, Job
from documents.states import DocumentState
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request

ROWS = 50


@require_GET
def received(request: Request) -> HttpResponse:
    """What was issued to the post's unit."""
    rows = deliveries.received_by(request.post)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "documents/received.html", {"page": page})


def received_detail(request: Request, pk: int) -> HttpResponse:
    """One received file; a POST confirms receipt, or that the copies of a recalled file are deleted."""
    document = get_object_or_404(
        Document.objects.received_by(request.post).select_related("organisation", "replaced_by"), pk=pk
    )
    at = timezone.now()
    if request.method == "POST":
        try:
            if "deleted" in request.POST:
                deliveries.confirm_deletion(document=document, by=request.post, at=at)
                messages.success(request, _("Đã xác nhận xóa văn bản bị thu hồi."))
            else:
                deliveries.acknowledge(document=document, by=request.post, at=at)
                messages.success(request, _("Đã xác nhận nhận văn bản."))
        except NotAllowed as error:
            messages.info(request, str(error))
        return redirect("documents:received_detail", pk)
    deliveries.note_opening(document=document, by=request.post, at=at)
    line = deliveries.line_for(document, request.post)
    can_acknowledge = line.acknowledged_at is None and has_permission(request.post, "documents.receive")
    can_confirm = document.state == DocumentState.RECALLED and has_permission(request.post, "documents.receive")
    page = {
        "document": document, "line": line, "can_acknowledge": can_acknowledge, "can_confirm": can_confirm,
        "corrected_by": after_issue.corrected_by(document),
        "attachments": list(document.attachments.all()),
    }  # fmt: skip
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
    corrected_by = after_issue.corrected_by(document) if document is not None else []
    page = {"form": form, "found": found, "document": document, "name": name, "corrected_by": corrected_by}
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
    """Stop a piece of work that the post asked for itself, and go back to where it can be begun again."""
    found = get_object_or_404(Job, pk=pk, requested_by=request.post)
    if jobs.cancel(job=found, at=timezone.now()):
        messages.success(request, _("Đã dừng công việc. Không có gì bị thay đổi."))
    else:
        messages.info(request, _("Công việc đã kết thúc trước khi dừng."))
    return redirect(jobs.page_of(found) or "home")
