"""After the issue: who received and opened a file, and the links of recipients outside; the address book."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_POST

from documents import addresses, after_issue, corrections, outside, permissions
from documents.models import Correction, Document, OutsideAddress, Recipient
from documents.outside_forms import AddressForm, EmailForm
from documents.states import BEFORE_SIGNATURE, IN_FORCE, DocumentMove, DocumentState
from documents.views import own, page_of
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request

ROWS = 50
ACTS = {
    "gui-lai": (outside.resend, lazy("Đã xếp thư gửi lại.")),
    "thu-hoi": (outside.revoke, lazy("Đã thu hồi liên kết.")),
    "lien-ket-moi": (outside.renew, lazy("Đã gửi liên kết mới; liên kết trước không mở được nữa.")),
}


def _published(request: Request, pk: int) -> Document:
    """A file of the post's own organisation that has been issued; 404 for every other."""
    document = own(request, pk)
    if not document.is_published:
        raise Http404
    return document


@require_GET
def after(request: Request, pk: int) -> HttpResponse:
    """What became of the copies of an issued file, and the three ways to put it right (NĐ 30/2020 Điều 18)."""
    document = _published(request, pk)
    by, at = request.post, timezone.now()
    letters = Correction.objects.filter(corrects=document).exclude(document__state=DocumentState.DISCARDED)
    found = list(letters.select_related("document").order_by("id"))
    is_open = any(each.document.state in BEFORE_SIGNATURE for each in found)
    may_draft = document.state in IN_FORCE and has_permission(by, corrections.DRAFT, document.organisation)
    page = {
        "document": document,
        "copies": after_issue.copies(document, at=at),
        "letters": found,
        "may_send": has_permission(by, outside.PERMISSION, document.organisation),
        "may_correct": may_draft and not is_open,
        "may_replace": permissions.can_move(by, document, DocumentMove.REPLACE, at=at),
        "may_recall": permissions.can_move(by, document, DocumentMove.RECALL, at=at),
        "back_url": page_of(document),
    }
    return render(request, "documents/after_issue.html", page)


def _line(request: Request, pk: int, line: int) -> Recipient:
    """A line of the file that goes outside, for a clerk; 404 for others."""
    document = _published(request, pk)
    if not has_permission(request.post, outside.PERMISSION, document.organisation):
        raise Http404
    return get_object_or_404(document.recipients.select_related("outside", "document"), pk=line, outside__isnull=False)


@require_POST
def act(request: Request, pk: int, line: int, act: str) -> HttpResponse:
    """Send again, revoke, or send another link."""
    found = _line(request, pk, line)
    if act not in ACTS:
        raise Http404
    verb, words = ACTS[act]
    try:
        verb(line=found, by=request.post, at=timezone.now())
    except NotAllowed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(words))
    return redirect("documents:after_issue", pk)


def correct(request: Request, pk: int, line: int) -> HttpResponse:
    """The right e-mail of a recipient."""
    found = _line(request, pk, line)
    assert found.outside is not None
    form = EmailForm(request.POST or None, initial={"email": found.outside.email})
    if request.method == "POST" and form.is_valid():
        try:
            outside.correct_address(
                line=found, email=form.cleaned_data["email"], by=request.post, at=timezone.now()
            )  # fmt: skip
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã sửa địa chỉ và gửi liên kết mới."))
            return redirect("documents:after_issue", pk)
    lead = _("Sổ địa chỉ được sửa theo; liên kết đã gửi đến địa chỉ cũ không mở được nữa.")
    words = {"title": _("Sửa địa chỉ của %(place)s") % {"place": found.text}, "lead": lead, "submit": _("Sửa và gửi")}
    return _form_page(request, form, reverse("documents:after_issue", args=[pk]), words, document=found.document)


# --- address book -----------------------------------------------------------------------------------------------------
def _keeper(request: Request) -> Appointment:
    if not has_permission(request.post, addresses.PERMISSION):
        raise PermissionDenied
    return request.post


@require_GET
def book(request: Request) -> HttpResponse:
    """The address book, by name; `?q=` finds parts of names and addresses."""
    by, asked = _keeper(request), request.GET.get("q", "").strip()
    rows = OutsideAddress.objects.of(by.organisation)
    if asked:
        rows = rows.containing(asked)
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    filters = [{"name": "q", "label": _("Tên, thư điện tử"), "value": asked, "kind": "search"}]
    return render(request, "documents/addresses.html", {"page": page, "filters": filters, "is_filtered": bool(asked)})


def _form_page(request: Request, form: Any, back_url: str, words: dict[str, str], **more: Any) -> HttpResponse:
    page = {"form": form, "back_url": back_url, **words, **more}
    return render(request, "documents/outside_form.html", page, status=422 if form.errors else 200)


def address(request: Request, pk: int | None = None) -> HttpResponse:
    """A new entry, or one that is changed."""
    by = _keeper(request)
    entry = get_object_or_404(OutsideAddress.objects.of(by.organisation), pk=pk) if pk is not None else None
    initial = {"name": entry.name, "email": entry.email, "kind": entry.kind} if entry else None
    form = AddressForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            addresses.keep(
                organisation=by.organisation, address=entry, by=by, at=timezone.now(), **form.cleaned_data
            )  # fmt: skip
        except NotAllowed as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Đã lưu nơi nhận vào sổ địa chỉ."))
            return redirect("documents:addresses")
    title = _("Nơi nhận ngoài cổng") if entry else _("Thêm nơi nhận ngoài cổng")
    words = {"title": title, "lead": _("Khi ban hành, nơi nhận này được gửi thư có liên kết riêng."),
             "submit": _("Lưu")}  # fmt: skip
    return _form_page(request, form, reverse("documents:addresses"), words, entry=entry)


@require_POST
def end_address(request: Request, pk: int) -> HttpResponse:
    """Take an entry out of the book."""
    by = _keeper(request)
    entry = get_object_or_404(OutsideAddress.objects.of(by.organisation), pk=pk)
    addresses.end(address=entry, by=by, at=timezone.now())
    messages.success(request, _("Đã bỏ nơi nhận khỏi sổ địa chỉ."))
    return redirect("documents:addresses")
