"""A report's files to take along."""

import re

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from documents import long_files
from documents.views import wait_for
from reports.compose import compose
from reports.models import Report
from reports.outputs import files
from units.web import Request

ON_THE_PAGE = ("docx", "xlsx", "json", "xml")  # the PDF, with its signatures, is the official file's own


@require_GET
def report_file(request: Request, pk: int, ending: str) -> HttpResponse:
    """The report of the post's own organisation as Word file, workbook, JSON or header data."""
    if ending not in ON_THE_PAGE:
        raise Http404
    found = Report.objects.visible_to(request.post).with_document()
    report = get_object_or_404(found, pk=pk, document__organisation_id=request.post.organisation_id)
    name = re.sub(r"[^\w.-]+", "-", f"BC-{report.document.code or report.pk}")
    made = None
    if ending in files.HEAVY and long_files.is_long(text := compose(report.document)):
        made = long_files.ready(report.document, text, ending)
        if made is None:
            return wait_for(request, report.document, text, ending)
    answer = HttpResponse(made or files.make(report, ending), content_type=files.KINDS[ending][0])
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{ending}") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer
