"""Pages of letters of correction."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents import corrections, permissions, presentation
from documents.correction_forms import LetterForm, PassagesForm
from documents.models import Correction
from documents.states import BEFORE_SIGNATURE, DocumentMove
from documents.views import own
from units.permissions import NotAllowed
from units.web import Request


def _letter(request: Request, pk: int) -> Correction:
    """A letter of the post's own organisation; 404 for every other."""
    document = own(request, pk)
    found = get_object_or_404(Correction.objects.select_related("corrects"), document=document)
    found.document = document
    return found


@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """A new letter about the file; a second press leads to the one that is being written."""
    corrects = own(request, pk)
    opened = corrections.open_draft(corrects)
    if opened is not None:
        return redirect("documents:correction", opened.document_id)
    try:
        made = corrections.draft(corrects=corrects, by=request.post, at=timezone.now())
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("documents:after_issue", pk) if corrects.is_published else redirect("documents:detail", pk)
    return redirect("documents:correction_edit", made.document_id)


@require_GET
def detail(request: Request, pk: int) -> HttpResponse:
    """The letter as it will read, its steps, and what it corrects."""
    correction, at = _letter(request, pk), timezone.now()
    document = correction.document
    is_draft = document.state in BEFORE_SIGNATURE
    page = {
        "correction": correction,
        "document": document,
        "can_edit": permissions.can_move(request.post, document, DocumentMove.EDIT, at=at),
        "choices": presentation.choices(document, request.post, at=at),
        "steps": presentation.steps(document),
        "checks": [
            {"level": "error" if each.blocking else "warning", "text": each.message}
            for each in (corrections.problems(document) if is_draft else [])
        ],
        "recipients": document.recipients.all(),
        "history": presentation.history([document]),
    }
    return render(request, "documents/correction.html", page)


def edit(request: Request, pk: int) -> HttpResponse:
    """Write the letter."""
    correction = _letter(request, pk)
    if not permissions.can_move(request.post, correction.document, DocumentMove.EDIT, at=timezone.now()):
        messages.error(request, _("Văn bản này không sửa được nữa, hoặc chức vụ của bạn không soạn thảo."))
        return redirect("documents:correction", pk)
    form = LetterForm(request.POST or None, correction=correction)
    rows = PassagesForm(request.POST or None, correction=correction)
    is_good = request.method == "POST" and form.is_valid() & rows.is_valid()
    if is_good:
        try:
            corrections.edit(
                correction=correction, passages=rows.passages(), by=request.post, at=timezone.now(),
                **form.cleaned_data,
            )  # fmt: skip
        except NotAllowed as error:
            form.add_error(None, str(error))
            is_good = False
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("documents:correction_edit" if "more" in request.POST else "documents:correction", pk)
    page = {"correction": correction, "document": correction.document, "form": form, "rows": rows}
    status = 422 if request.method == "POST" and not is_good else 200
    return render(request, "documents/correction_edit.html", page, status=status)
