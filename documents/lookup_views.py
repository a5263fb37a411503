"""What anybody learns of an issued document from the short code at its foot, without a log-in: nothing that is not
printed on it, its state, and whether a file in hand is that document."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from documents import after_issue, archive, lookup, pace, verifying
from documents.forms import VerifyForm
from documents.models import Document, Rendition
from units.web import address_of, unlisted

MISSES = 30  # a minute
FILES = 20


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return unlisted(render(request, template, context, status=status))


@login_not_required
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Type the code; a right one leads to its page."""
    typed = request.GET.get("ma", "").strip()
    code = lookup.read_code(typed)
    if code is not None:
        return redirect("lookup:document", code)
    problem = _("Mã này không đúng. Mã có 10 chữ và số; hãy xem lại từng ký tự.") if typed else ""
    return _answer(request, "documents/lookup.html", {"typed": typed, "problem": problem}, 404 if problem else 200)


@login_not_required
def document(request: HttpRequest, code: str) -> HttpResponse:
    """The document of a code; a POST holds a file in hand against it."""
    read = lookup.read_code(code)
    if read is not None and read != code:
        return redirect("lookup:document", read)
    found = Document.objects.published().filter(lookup_code=read or "-").select_related("replaced_by").first()
    if found is None:
        return _missing(request, code)
    if request.method == "POST" and pace.is_too_often(f"lookup-file:{address_of(request)}", most=FILES):
        return _too_often(request, code)
    form = VerifyForm(request.POST, request.FILES) if request.method == "POST" else VerifyForm()
    page: dict[str, Any] = {"document": found, "form": form, "code": lookup.printed(found.lookup_code)}
    page["corrected_by"] = after_issue.corrected_for_anybody(found)
    page["issued"] = archive.latest(found, Rendition.Stage.ISSUED)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        page |= {"name": file.name, "found": verifying.examine_against(found, file.read())}
    return _answer(request, "documents/lookup_document.html", page, 422 if form.errors else 200)


def _missing(request: HttpRequest, code: str) -> HttpResponse:
    """No such code, or of a document that is not issued: the same answer."""
    if pace.is_too_often(f"lookup:{address_of(request)}", most=MISSES):
        return _too_often(request, code)
    problem = _("Không có văn bản nào đã ban hành mang mã này. Văn bản in mã này có thể là giả.")
    return _answer(request, "documents/lookup.html", {"typed": code[:40], "problem": problem}, 404)


def _too_often(request: HttpRequest, code: str) -> HttpResponse:
    problem = _("Tra cứu quá nhiều lần. Hãy thử lại sau một phút.")
    return _answer(request, "documents/lookup.html", {"typed": code[:40], "problem": problem}, 429)
