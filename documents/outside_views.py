"""The page behind the link of a recipient outside. No log-in: whoever has the link is the recipient.

Links that are unknown, expired or revoked get one and the same answer. Guessing is hopeless (256 bits), yet both kinds
of asking have a pace: misses for each address on the network, openings for each link.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from documents import after_issue, archive, outside, pace, verifying
from documents.attachment_views import file_of
from documents.models import OutsideLink, Rendition
from documents.outside_forms import ReceiptForm
from documents.states import DocumentState
from documents.views import file_answer
from units.permissions import NotAllowed
from units.web import address_of, unlisted

MOST_MISSES = 30
MOST_OPENINGS = 60


def _found(request: HttpRequest, secret: str) -> OutsideLink | HttpResponse:
    """The link, or the answer to give instead of its page."""
    link = outside.find(secret, at=timezone.now())
    if link is None:
        is_busy = pace.is_too_often(f"outside-miss:{address_of(request)}", most=MOST_MISSES)
        return _refusal(request, 429 if is_busy else 404)
    if pace.is_too_often(f"outside:{link.pk}", most=MOST_OPENINGS):
        return _refusal(request, 429)
    return link


def _refusal(request: HttpRequest, status: int) -> HttpResponse:
    return unlisted(render(request, "documents/outside_closed.html", {"is_busy": status == 429}, status=status))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, secret: str) -> HttpResponse:
    """What was sent, whether it is genuine, the file, and the receipt."""
    link = _found(request, secret)
    if isinstance(link, HttpResponse):
        return link
    form = ReceiptForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _confirm(request, link, form.cleaned_data["name"])
        return redirect(outside.PAGE, secret)
    if request.method == "GET":
        link = outside.note_opening(link=link, at=timezone.now())
    answer = render(request, "documents/outside.html", _page(link, secret, form), status=422 if form.errors else 200)
    return unlisted(answer)


def _confirm(request: HttpRequest, link: OutsideLink, name: str) -> None:
    """A receipt, or that the copies of a recalled file are deleted."""
    is_deletion = link.recipient.document.state == DocumentState.RECALLED
    try:
        if is_deletion:
            outside.confirm_deletion(link=link, name=name, at=timezone.now())
        else:
            outside.receive(link=link, name=name, at=timezone.now())
    except NotAllowed as error:
        messages.info(request, str(error))
    else:
        words = _("Đã xác nhận xóa văn bản bị thu hồi.") if is_deletion else _("Đã xác nhận nhận văn bản.")
        messages.success(request, words)


def _page(link: OutsideLink, secret: str, form: ReceiptForm) -> dict[str, Any]:
    document = link.recipient.document
    is_recalled = document.state == DocumentState.RECALLED
    return {
        "link": link,
        "document": document,
        "label": document.definition.label,
        "secret": secret,
        "form": form,
        "is_recalled": is_recalled,
        "corrected_by": after_issue.corrected_outside(link, at=timezone.now()),
        "asks": link.deleted_at is None if is_recalled else link.received_at is None,
        "attachments": [] if is_recalled else list(document.attachments.filter(signed_at__isnull=False)),
        "found": None if is_recalled else verifying.examine(_bytes(link))[0],
    }


def _bytes(link: OutsideLink) -> bytes:
    kept = archive.latest(link.recipient.document, Rendition.Stage.ISSUED)
    assert kept is not None  # a published file has its issued bytes
    return archive.read(kept)


@login_not_required
@require_GET
def file(request: HttpRequest, secret: str) -> HttpResponse:
    """The issued bytes; not those of a recalled file."""
    link = _found(request, secret)
    if isinstance(link, HttpResponse):
        return link
    if link.recipient.document.state == DocumentState.RECALLED:
        return redirect(outside.PAGE, secret)
    outside.note_opening(link=link, at=timezone.now(), is_download=True)
    return unlisted(file_answer(_bytes(link), link.recipient.document, download=True))


@login_not_required
@require_GET
def attachment(request: HttpRequest, secret: str, pk: int) -> HttpResponse:
    """An appendix that was issued as a file of its own; not that of a recalled file."""
    link = _found(request, secret)
    if isinstance(link, HttpResponse):
        return link
    if link.recipient.document.state == DocumentState.RECALLED:
        return redirect(outside.PAGE, secret)
    found = get_object_or_404(link.recipient.document.attachments.filter(signed_at__isnull=False), pk=pk)
    outside.note_opening(link=link, at=timezone.now(), is_download=True)
    return unlisted(file_of(found))
