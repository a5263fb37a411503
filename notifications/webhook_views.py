"""The administrator's pages of connected systems."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from notifications import offers, webhooks
from notifications.models import Delivery, Webhook
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request, whole_number

PAGE = 30
SHOWN_ONCE = "webhook_secret"


class WebhookForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Tên hệ thống"), max_length=100)
    url = forms.CharField(
        label=gettext_lazy("Địa chỉ nhận"), max_length=500, help_text=gettext_lazy("ví dụ https://truc.tinh.gov.vn/nhan")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(name, offers.title_of(name)) for name in offers.offered()]
        self.fields["events"] = forms.MultipleChoiceField(
            label=_("Sự kiện"), choices=choices, widget=forms.CheckboxSelectMultiple
        )


def _manager(request: Request) -> Appointment:
    if not has_permission(request.post, webhooks.PERMISSION):
        raise PermissionDenied
    return request.post


def _own(request: Request, pk: int) -> Webhook:
    return get_object_or_404(Webhook, pk=pk, organisation=_manager(request).organisation)


@require_safe
def listing(request: Request) -> HttpResponse:
    rows = Webhook.objects.filter(organisation=_manager(request).organisation)
    return render(request, "notifications/webhooks.html", {"rows": rows})


def create(request: Request) -> HttpResponse:
    """Connect a system; its secret is shown on the page that follows, once."""
    by = _manager(request)
    form = WebhookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            webhook, secret = webhooks.create(**form.cleaned_data, by=by, at=timezone.now())
        except NotAllowed as error:
            form.add_error("url", str(error))
        else:
            request.session[SHOWN_ONCE] = [webhook.pk, secret]
            return redirect("notifications:webhook", webhook.pk)
    return render(request, "notifications/webhook_form.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """The log of one system, newest first, in pages."""
    webhook = _own(request, pk)
    rows = webhook.deliveries.order_by("-id")
    before = whole_number(request.GET.get("before", ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    shown = request.session.get(SHOWN_ONCE, [0, ""])
    secret = request.session.pop(SHOWN_ONCE)[1] if shown[0] == pk else ""
    page = {
        "webhook": webhook,
        "secret": secret,
        "deliveries": [{"row": each, "title": offers.title_of(each.event)} for each in found[:PAGE]],
        "before": found[PAGE - 1].pk if len(found) > PAGE else None,
        "first": before is None,
        "events": [offers.title_of(name) for name in webhook.events],
    }
    return render(request, "notifications/webhook.html", page)


@require_POST
def ping(request: Request, pk: int) -> HttpResponse:
    webhooks.ping(webhook=_own(request, pk), by=request.post, at=timezone.now())
    messages.success(request, _("Đã xếp hàng một tin thử. Tải lại trang để xem kết quả."))
    return redirect("notifications:webhook", pk)


@require_POST
def switch(request: Request, pk: int) -> HttpResponse:
    """On when it is off, off when it is on; a second press of the same page changes nothing."""
    webhook = _own(request, pk)
    on = request.POST.get("on", "0") == "1"
    webhooks.switch(webhook=webhook, on=on, by=request.post, at=timezone.now())
    return redirect("notifications:webhook", pk)


@require_POST
def resend(request: Request, pk: int) -> HttpResponse:
    rows = Delivery.objects.filter(webhook__organisation=_manager(request).organisation)
    delivery = get_object_or_404(rows, pk=pk)
    webhooks.send_again(delivery=delivery, by=request.post, at=timezone.now())
    messages.success(request, _("Đã xếp hàng gửi lại."))
    return redirect("notifications:webhook", delivery.webhook_id)
