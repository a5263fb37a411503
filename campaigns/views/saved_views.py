"""Lists kept under names: save, rename, delete; each leads back to a list."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.forms.saved_views import ChangeViewForm, SaveViewForm
from campaigns.models import SavedView
from campaigns.workflow import saved_views
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request


def _reader(request: Request) -> Appointment:
    if not has_permission(request.post, "campaigns.task.read"):
        raise Http404
    return request.post


def _own(request: Request, pk: int) -> SavedView:
    view = SavedView.objects.of(_reader(request)).filter(pk=pk).first()
    if view is None:
        raise Http404
    return view


def _list(query: str) -> HttpResponse:
    return redirect(f"{reverse('tasks:list')}?{query or 'state='}")


@require_POST
def save(request: Request) -> HttpResponse:
    post = _reader(request)
    form = SaveViewForm(request.POST, prefix="save")
    if not form.is_valid():
        messages.error(request, _("Cách xem cần một tên, tối đa 60 chữ."))
        return _list(saved_views.kept_query(request.POST.get("save-query", "")))
    try:
        view = saved_views.save(**form.cleaned_data, by=post)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return _list(saved_views.kept_query(form.cleaned_data["query"]))
    messages.success(request, _("Đã lưu cách xem “%(name)s”.") % {"name": view.name})
    return _list(view.query)


@require_POST
def change(request: Request, pk: int) -> HttpResponse:
    view = _own(request, pk)
    form = ChangeViewForm(request.POST, prefix="change")
    if not form.is_valid():
        messages.error(request, _("Cách xem cần một tên, tối đa 60 chữ."))
        return _list(view.query)
    try:
        saved_views.change(view=view, **form.cleaned_data)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã đổi cách xem “%(name)s”.") % {"name": view.name})
    return _list(view.query)


@require_POST
def delete(request: Request, pk: int) -> HttpResponse:
    view = _own(request, pk)
    saved_views.delete(view=view)
    messages.success(request, _("Đã xóa cách xem “%(name)s”.") % {"name": view.name})
    return _list(view.query)
