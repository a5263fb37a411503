"""The administrator's pages of certificates: who signs with what, and since when."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from documents import credentials, presentation
from documents.credential_forms import CredentialForm
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request


def _manager(request: Request) -> Appointment:
    """The post of this request, if it may manage its organisation's settings."""
    if not has_permission(request.post, credentials.PERMISSION):
        raise PermissionDenied
    return request.post


@require_safe
def listing(request: Request) -> HttpResponse:
    """All certificates, those in use first."""
    by = _manager(request)
    today = timezone.localdate()
    rows = [
        {"credential": each, "holder": presentation.holder_of(each), "is_used": each.starts_on <= today < each.ends_on}
        for each in credentials.of_organisation(by.organisation)
    ]
    rows.sort(key=lambda row: not row["is_used"])
    return render(request, "documents/credentials.html", {"rows": rows})


def create(request: Request) -> HttpResponse:
    """Register a certificate."""
    by = _manager(request)
    form = CredentialForm(request.POST or None, request.FILES or None, organisation=by.organisation)
    if request.method == "POST" and form.is_valid():
        try:
            credentials.register(organisation=by.organisation, new=form.entered(), by=by, at=timezone.now())
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Đã đăng ký chứng thư số."))
            return redirect("documents:credentials")
    return render(request, "documents/credential_form.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Stop using a certificate from today."""
    by = _manager(request)
    credential = get_object_or_404(credentials.of_organisation(by.organisation), pk=pk)
    try:
        credentials.end(credential=credential, by=by, at=timezone.now())
    except NotAllowed as error:
        messages.info(request, str(error))
    else:
        messages.success(request, _("Đã thôi dùng chứng thư. Văn bản đã ký bằng chứng thư ấy vẫn còn giá trị."))
    return redirect("documents:credentials")
