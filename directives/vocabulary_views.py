"""The page of kinds and symbols: what the register knows, what it has learned, and correcting it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directives import vocabulary
from directives.access import READ
from directives.forms import IssuerSymbolForm, KindForm, KindSymbolForm
from directives.models import DirectiveKind, IssuerSymbol, KindSymbol
from units.models import Appointment, Unit
from units.permissions import NotAllowed, has_permission
from units.web import Request


def _manager(request: Request) -> Appointment:
    if not has_permission(request.post, vocabulary.MANAGE):
        raise PermissionDenied
    return request.post


@require_safe
def kinds(request: Request) -> HttpResponse:
    """All kinds with their letters and how many documents each has, and whose the issuers' letters are."""
    by = _manager(request)
    own = Count("directive", filter=Q(directive__organisation=by.organisation), distinct=True)
    symbols = KindSymbol.objects.known_to(by.organisation)
    context = {
        "may_read": has_permission(by, READ),
        "may_keep_kinds": has_permission(by, vocabulary.KINDS, Unit.objects.keeper()),
        "kinds": DirectiveKind.objects.annotate(used=own).prefetch_related(Prefetch("symbols", symbols)),
        "issuers": IssuerSymbol.objects.filter(organisation=by.organisation),
    }
    return render(request, "directives/kinds.html", context)


def _save(request: Request, form: Any, save: Callable[[dict[str, Any]], Any], title: str) -> HttpResponse:
    """Show `form`, or save it and go back to the list."""
    if request.method == "POST" and form.is_valid():
        try:
            save(form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("directives:kinds")
    return render(request, "directives/kind_form.html", {"form": form, "title": title})


def kind(request: Request, pk: int | None = None) -> HttpResponse:
    by = _manager(request)
    if not has_permission(by, vocabulary.KINDS, Unit.objects.keeper()):
        raise PermissionDenied
    kept = get_object_or_404(DirectiveKind, pk=pk) if pk else None
    initial = {"name": kept.name, "abbreviation": kept.abbreviation} if kept else {}
    return _save(
        request, KindForm(request.POST or None, initial=initial),
        lambda data: vocabulary.save_kind(kind=kept, by=by, at=timezone.now(), **data),
        _("Sửa loại văn bản") if kept else _("Thêm loại văn bản"),
    )  # fmt: skip


def symbol(request: Request) -> HttpResponse:
    """Say which kind some letters name (?symbol= for a known one)."""
    by = _manager(request)
    mine = KindSymbol.objects.known_to(by.organisation).select_related("kind")
    known = mine.filter(key=request.GET.get("symbol", "").upper()[:20]).last()
    initial = {"symbol": known.symbol, "kind": known.kind.abbreviation} if known else {}
    return _save(
        request, KindSymbolForm(request.POST or None, initial=initial),
        lambda data: vocabulary.save_kind_symbol(by=by, at=timezone.now(), **data), _("Chữ chỉ loại văn bản"),
    )  # fmt: skip


def issuer(request: Request) -> HttpResponse:
    """Say whose some letters are (?symbol= for known ones)."""
    by = _manager(request)
    rows = IssuerSymbol.objects.filter(organisation=by.organisation)
    known = rows.filter(key=request.GET.get("symbol", "").upper()[:30]).first()
    initial = {"symbol": known.symbol, "issuer": known.issuer} if known else {}
    return _save(
        request, IssuerSymbolForm(request.POST or None, initial=initial),
        lambda data: vocabulary.save_issuer_symbol(by=by, at=timezone.now(), **data), _("Ký hiệu cơ quan"),
    )  # fmt: skip


@require_POST
def forget_symbol(request: Request, pk: int) -> HttpResponse:
    by = _manager(request)
    row = get_object_or_404(KindSymbol.objects.select_related("kind"), pk=pk, organisation=by.organisation)
    vocabulary.forget_kind_symbol(row=row, by=by, at=timezone.now())
    messages.success(request, _("Đã bỏ ký hiệu."))
    return redirect("directives:kinds")


@require_POST
def forget_issuer(request: Request, pk: int) -> HttpResponse:
    by = _manager(request)
    row = get_object_or_404(IssuerSymbol.objects.select_related("organisation"), pk=pk, organisation=by.organisation)
    vocabulary.forget_issuer_symbol(row=row, by=by, at=timezone.now())
    messages.success(request, _("Đã bỏ ký hiệu."))
    return redirect("directives:kinds")
