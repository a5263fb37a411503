"""Pages of the import: upload or paste, wait for the reader, correct what was recognised, make the plan."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import F, Q
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaigns.forms.imports import PASTED, UploadForm
from campaigns.importing import sources
from campaigns.importing.sources import picture_path
from campaigns.models import PlanImport
from campaigns.views.import_rows import recognised, source_of, writer
from campaigns.workflow import imports
from documents.models import JobState
from documents.states import DocumentState
from units.permissions import NotAllowed
from units.web import Request

DEFERRED = ("source_text", "draft", "pages")
MOST_CHANGES = 200


def upload(request: Request) -> HttpResponse:
    """Take a file or pasted text; the reading is a worker's."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    by = writer(request)
    if request.method == "POST" and form.is_valid():
        data, name = form.source()
        source = sources.start(data=data, name=name, by=by, at=timezone.now())
        return redirect("plans:import_detail", source.pk)
    return upload_page(request, form, status=422 if form.errors else 200)


def upload_page(
    request: Request, form: UploadForm, *, failed: PlanImport | None = None, status: int = 200
) -> HttpResponse:
    """The form with the latest imports; `failed`: the one that could not be read, with its reason."""
    recent = PlanImport.objects.filter(organisation_id=request.post.organisation_id).defer(*DEFERRED)
    recent = recent.select_related("plan__document", "job", "created_by__user")[:6]
    page = {"form": form, "recent": recent, "failed": failed}
    return render(request, "campaigns/plan_import.html", page, status=status)


def import_detail(request: Request, pk: int) -> HttpResponse:
    """Source left, recognised right; one press makes the plan."""
    source = source_of(request, pk)
    page: dict[str, Any] = {"source": source, "earlier": earlier(source)}
    if source.job is not None and source.job.state == JobState.FAILED:
        return upload_page(request, UploadForm(initial={"text": _pasted(source)}), failed=source)
    if source.job is None or source.job.state != JobState.DONE or source.plan_id is not None:
        page["poll_url"] = reverse("plans:import_progress", args=[pk])
        return render(request, "campaigns/plan_import_wait.html", page)
    status = 200
    if request.method == "POST":
        try:
            plan = imports.from_import(source=source, by=request.post, at=timezone.now())
        except NotAllowed as error:
            messages.error(request, str(error))
            status = 422
        else:
            messages.success(request, _("Đã tạo kế hoạch từ tệp %(name)s.") % {"name": source.name})
            return redirect("plans:detail", plan.pk)
    return render(request, "campaigns/plan_import_detail.html", page | recognised(request, source), status=status)


def _pasted(source: PlanImport) -> str:
    """The text that was pasted, to be corrected and sent again; nothing for a file."""
    if source.name != PASTED:
        return ""
    return (Path(settings.MEDIA_ROOT) / source.file).read_bytes().decode("utf-8", "replace")


def earlier(source: PlanImport) -> PlanImport | None:
    """An earlier import of the same bytes, or of the same words in another file; one that is a plan first."""
    same = Q(sha256=source.sha256)
    if source.text_sha256:
        same |= Q(text_sha256=source.text_sha256)
    others = PlanImport.objects.filter(same, organisation_id=source.organisation_id, pk__lt=source.pk)
    others = others.exclude(job__state=JobState.FAILED).exclude(plan__document__state=DocumentState.DISCARDED)
    found = others.select_related("plan__document", "created_by__user").defer(*DEFERRED)
    return found.order_by(F("plan").asc(nulls_last=True), "-id").first()


@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """How far the reading is; sends the page on when it is over."""
    source = source_of(request, pk)
    page = {"source": source, "poll_url": reverse("plans:import_progress", args=[pk])}
    answer = render(request, "campaigns/_plan_import_job.html", page)
    if source.job is not None and source.job.is_over:
        answer["HX-Refresh"] = "true"
    return answer


@require_GET
def changes(request: Request, pk: int) -> HttpResponse:
    """Who corrected what, the newest first: in the side panel, or as a page."""
    source = source_of(request, pk)
    rows = source.changes.select_related("by__user", "by__unit")[:MOST_CHANGES]
    template = "campaigns/_import_changes.html" if request.htmx else "campaigns/plan_import_changes.html"
    return render(request, template, {"source": source, "changes": rows})


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take the whole import back while its plan is a draft."""
    source = source_of(request, pk)
    try:
        imports.undo_import(source=source, by=request.post, at=timezone.now())
    except NotAllowed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã hủy kế hoạch nhập từ tệp; có thể tạo lại."))
    return redirect("plans:import_detail", pk)


@require_GET
def page_picture(request: Request, pk: int, number: int) -> FileResponse:
    """The picture of one page of an imported PDF."""
    source = source_of(request, pk)
    if not 1 <= number <= len(source.pages):
        raise Http404
    path = Path(settings.MEDIA_ROOT) / picture_path(source.pages[number - 1]["sha256"])
    answer = FileResponse(path.open("rb"), content_type="image/png")
    answer["Cache-Control"] = "private, max-age=86400, immutable"
    return answer
