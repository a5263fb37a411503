"""Calendar feeds: the page where a person makes and revokes addresses, and what a calendar program reads."""

from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from campaigns import feeds
from campaigns.models import CalendarFeed, FeedScope, Plan
from campaigns.workflow import feeds as verbs
from documents.states import PUBLISHED
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request

SHOWN_ONCE = "calendar_address"


class FeedForm(forms.Form):
    """Which calendar; a plan is named only where it is one plan's."""

    scope = forms.ChoiceField(label=gettext_lazy("Lịch gồm"), choices=FeedScope.choices)

    def __init__(self, *args: Any, post: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Plan.objects.visible_to(post).filter(document__state__in=PUBLISHED)
        self.fields["plan"] = forms.ModelChoiceField(
            rows.select_related("document").order_by("-id"),
            label=_("Kế hoạch"),
            required=False,
            empty_label=_("Chọn kế hoạch"),
            help_text=_("chỉ cần khi chọn “nhiệm vụ của một kế hoạch”"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("scope") != FeedScope.PLAN:
            cleaned["plan"] = None
        elif not cleaned.get("plan") and "plan" not in self.errors:
            self.add_error("plan", _("Hãy chọn kế hoạch."))
        return cleaned


def _reader(request: Request) -> Appointment:
    if not has_permission(request.post, verbs.READ):
        raise Http404
    return request.post


def listing(request: Request) -> HttpResponse:
    """The post's addresses; a new one is shown on the page that follows, once."""
    post = _reader(request)
    form = FeedForm(request.POST or None, post=post)
    if request.method == "POST" and form.is_valid():
        scope, plan = FeedScope(form.cleaned_data["scope"]), form.cleaned_data["plan"]
        try:
            _feed, secret = verbs.create(scope=scope, plan=plan, by=post, at=timezone.now())
        except NotAllowed as error:
            form.add_error(None, str(error))
        else:
            request.session[SHOWN_ONCE] = secret
            return redirect("feeds:list")
    secret = request.session.pop(SHOWN_ONCE, "")
    rows = CalendarFeed.objects.filter(post=post, revoked_at=None).select_related("plan__document")
    address = request.build_absolute_uri(reverse("feeds:calendar", args=[secret])) if secret else ""
    page = {"form": form, "feeds": rows, "address": address}
    return render(request, "campaigns/feeds.html", page, status=422 if form.errors else 200)


@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    feed = get_object_or_404(CalendarFeed, pk=pk, post=_reader(request))
    verbs.revoke(feed=feed, by=request.post, at=timezone.now())
    messages.success(request, _("Đã thu hồi địa chỉ lịch. Phần mềm lịch dùng địa chỉ ấy không đọc được nữa."))
    return redirect("feeds:list")


@login_not_required
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar itself, by its secret address alone. An unknown, revoked or orphaned one is 404."""
    on = timezone.localdate()
    feed = feeds.find(secret, on)
    if feed is None:
        raise Http404
    with translation.override("vi"):
        data, changed = feeds.render(feed, on)
    etag = f'"{sha256(data).hexdigest()}"'
    found = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    answer = get_conditional_response(request, etag, int(changed.timestamp()), found) or found
    answer["ETag"], answer["Last-Modified"] = etag, http_date(changed.timestamp())
    answer["Cache-Control"], answer["X-Robots-Tag"] = "private, max-age=300", "noindex"
    answer["Content-Disposition"] = 'inline; filename="cao-diem.ics"'
    return answer
