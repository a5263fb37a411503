"""The page of a file's separate attachments, and their bytes."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from documents import archive, attachments, permissions
from documents.forms import AttachmentForm
from documents.models import Attachment
from documents.states import DocumentMove
from documents.views import is_inside, own, page_of, readable
from units.permissions import NotAllowed
from units.web import Request


def listing(request: Request, pk: int) -> HttpResponse:
    """The separate files of a document; a POST adds one. A refused file leaves the others as they are."""
    document = own(request, pk)
    form = AttachmentForm(request.POST, request.FILES) if request.method == "POST" else AttachmentForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            attachments.attach(document=document, name=file.name, data=file.read(), by=request.post, at=timezone.now())
        except NotAllowed as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("Đã thêm tệp kèm theo."))
            return redirect("documents:attachments", pk)
    page = {
        "document": document, "form": form, "attachments": list(document.attachments.all()),
        "can_change": permissions.can_move(request.post, document, DocumentMove.EDIT, at=timezone.now()),
        "back_url": page_of(document),
    }  # fmt: skip
    return render(request, "documents/attachments.html", page, status=422 if form.errors else 200)


@require_POST
def remove(request: Request, pk: int, attachment: int) -> HttpResponse:
    """Take a separate file away."""
    found = get_object_or_404(Attachment.objects.select_related("document"), pk=attachment, document=own(request, pk))
    try:
        attachments.detach(attachment=found, by=request.post, at=timezone.now())
    except NotAllowed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Đã bỏ tệp kèm theo."))
    return redirect("documents:attachments", pk)


@require_GET
def file(request: Request, pk: int, attachment: int) -> HttpResponse:
    """The bytes: signed ones once the document is issued; nothing before that for those who only receive."""
    document = readable(request, pk)
    found = get_object_or_404(Attachment, pk=attachment, document=document)
    if found.signed_at is None and not is_inside(request, document):
        raise Http404
    return file_of(found)


def file_of(attachment: Attachment) -> HttpResponse:
    """Its bytes as a download: the signed ones once there are."""
    answer = HttpResponse(archive.read(attachments.shown(attachment)), content_type="application/pdf")
    name = re.sub(r"[^\w.-]+", "-", attachment.name)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer
