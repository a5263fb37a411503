"""Pages of the import: upload or paste, wait for the reader, correct what was recognised, make the plan."""

from itertools import chain, repeat
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaigns import importing
from campaigns.forms.plans import ImportForms, UploadForm
from campaigns.models import PlanImport
from campaigns.workflow import plans
from directives.citations import parse
from directives.register import match
from documents.models import JobState
from units.models import Unit
from units.permissions import NotAllowed, has_permission
from units.web import Request


def _writer(request: Request) -> Any:
    if not has_permission(request.post, plans.EDIT):
        raise Http404
    return request.post


def _source(request: Request, pk: int) -> PlanImport:
    rows = PlanImport.objects.select_related("job", "plan__document", "organisation", "created_by__user")
    return get_object_or_404(rows, pk=pk, organisation_id=_writer(request).organisation_id)


def upload(request: Request) -> HttpResponse:
    """Take a file or pasted text; the reading is a worker's."""
    post = _writer(request)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid():
        data, name = form.source()
        source = importing.start(data=data, name=name, by=post, at=timezone.now())
        return redirect("plans:import_detail", source.pk)
    recent = PlanImport.objects.filter(organisation_id=post.organisation_id).select_related("plan__document", "job")[:5]
    page = {"form": form, "recent": recent}
    return render(request, "campaigns/plan_import.html", page, status=422 if form.errors else 200)


def import_detail(request: Request, pk: int) -> HttpResponse:
    """Source left, recognised right; one press makes the plan."""
    source = _source(request, pk)
    page: dict[str, Any] = {"source": source, "earlier": _earlier(source)}
    page["poll_url"] = reverse("plans:import_progress", args=[pk])
    if source.job is None or source.job.state != JobState.DONE or source.plan_id is not None:
        return render(request, "campaigns/plan_import_wait.html", page)
    forms = ImportForms(source.draft, source.organisation, request.POST or None, source.created_by.unit_id)
    if request.method == "POST" and forms.is_valid():
        try:
            plan = plans.from_import(source=source, content=forms.content(), by=request.post, at=timezone.now())
        except NotAllowed as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Đã lập kế hoạch từ tệp %(name)s.") % {"name": source.name})
            return redirect("plans:detail", plan.pk)
    page |= _recognised_page(source, forms)
    return render(request, "campaigns/plan_import_detail.html", page, status=422 if forms.errors else 200)


def _recognised_page(source: PlanImport, forms: ImportForms) -> dict[str, Any]:
    """The forms beside what was read, both joined by keys; rows that were added by hand have no source."""
    draft: dict[str, list[dict[str, Any]]] = source.draft
    rows: dict[str, list[dict[str, Any]]] = {
        name: [
            {"form": form, "read": read, "link": f"{name}-{index}" if read else ""}
            for index, (form, read) in enumerate(zip(formset.forms, chain(draft[name], repeat({})), strict=False))
        ]
        for name, formset in (("bases", forms.bases), ("items", forms.items), ("tasks", forms.tasks))
    }
    for row in rows["bases"]:
        row |= _cited(row["read"].get("text", ""), source.organisation)
    problems = [
        {"level": "warning", "text": row["message"], "url": f"#dong-{row['first']}"} for row in draft["problems"]
    ]
    return rows | {"forms": forms, "lines": _source_lines(source), "problems": problems}


def _cited(text: str, organisation: Unit) -> dict[str, Any]:
    """Whether the register knows what a base names; None when it names nothing."""
    citation = next(iter(parse(text)), None)
    if citation is None:
        return {"known": None, "code": ""}
    found = match(
        organisation=organisation, kind=citation.kind or "", code=citation.code, subject=citation.subject,
        dated_on=citation.date, issuer=citation.issuer,
    )  # fmt: skip
    return {"known": found.directive is not None, "code": citation.code or ""}


def _source_lines(source: PlanImport) -> list[tuple[int, str, str]]:
    """Number, words and key of each line of the source."""
    keys: dict[int, str] = {}
    for name in ("items", "bases", "tasks"):
        for index, row in enumerate(source.draft[name]):
            for line in range(row["first"], row["last"] + 1):
                keys[line] = f"{name}-{index}"
    return [(number, line, keys.get(number, "")) for number, line in enumerate(source.source_text.split("\n"))]


def _earlier(source: PlanImport) -> PlanImport | None:
    """Another import of the same bytes that became a plan."""
    same = PlanImport.objects.filter(organisation_id=source.organisation_id, sha256=source.sha256).exclude(pk=source.pk)
    return same.filter(plan__isnull=False).select_related("plan__document").first()


@require_GET
def progress(request: Request, pk: int) -> HttpResponse:
    """How far the reading is; sends the page on when it is over."""
    source = _source(request, pk)
    answer = render(
        request,
        "campaigns/_plan_import_job.html",
        {"source": source, "poll_url": reverse("plans:import_progress", args=[pk])},
    )
    if source.job is not None and source.job.is_over:
        answer["HX-Refresh"] = "true"
    return answer


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take the whole import back while its plan is a draft."""
    source = _source(request, pk)
    try:
        plans.undo_import(source=source, by=request.post, at=timezone.now())
    except NotAllowed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã hủy kế hoạch nhập từ tệp; có thể lập lại."))
    return redirect("plans:import_detail", pk)
