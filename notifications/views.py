from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from notifications import preferences as ways
from notifications import queries
from notifications.forms import PreferencesForm
from notifications.models import Message
from notifications.reasons import Reason
from units.middleware import SESSION_KEY, current_posts
from units.permissions import has_permission
from units.web import Request


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _reason(text: str) -> Reason | None:
    return Reason(text) if text in Reason.values else None


def _back(request: Request) -> HttpResponse:
    """To the list as the person had filtered it."""
    kept = {name: request.POST[name] for name in ("reason", "unread") if request.POST.get(name)}
    address = reverse("notifications:list")
    return redirect(f"{address}?{urlencode(kept)}" if kept else address)


@require_safe
def message_list(request: Request) -> HttpResponse:
    """What the person was told, newest first; by reason, all or unread."""
    chosen = _reason(request.GET.get("reason", ""))
    only_unread = request.GET.get("unread") == "1"
    before = _number(request.GET.get("before", ""))
    page = queries.page_of(request.user, reason=chosen, only_unread=only_unread, before=before)
    unread = queries.unread_by_reason(request.user)
    words = {
        entry.value: f"{entry.label} ({unread[entry.value]})" if entry.value in unread else entry.label
        for entry in Reason
    }
    filters = [
        {"name": "unread", "label": _("Xem"), "value": "1" if only_unread else "", "options": [("1", _("chưa đọc"))]},
        {"name": "reason", "label": _("Lý do"), "value": chosen or "", "options": list(words.items())},
    ]
    context = {
        "page": page,
        "filters": filters,
        "unread": sum(unread.values()),
        "unread_shown": unread.get(chosen, 0) if chosen else sum(unread.values()),
        "chosen": chosen,
        "only_unread": only_unread,
        "first": before is None,
        "can_subscribe": has_permission(request.post, "campaigns.task.read"),
    }
    return render(request, "notifications/list.html", context)


@require_safe
def message_open(request: Request, pk: int) -> HttpResponse:
    """Mark the message read and go to its page, in the post it was sent to while that post is held."""
    message = get_object_or_404(Message, pk=pk, user_id=request.user.pk)
    Message.objects.filter(pk=message.pk).mark_read(timezone.now())
    if message.post_id != request.post.pk and message.post_id in {post.pk for post in current_posts(request)}:
        request.session[SESSION_KEY] = message.post_id
        messages.info(request, _("Bạn đang làm việc với tư cách %(post)s.") % {"post": message.post_title})
    return redirect(message.url)


@require_POST
def read(request: Request, pk: int) -> HttpResponse:
    """Mark one message read without opening it."""
    message = get_object_or_404(Message, pk=pk, user_id=request.user.pk)
    Message.objects.filter(pk=message.pk).mark_read(timezone.now())
    return _back(request)


@require_POST
def read_all(request: Request) -> HttpResponse:
    """Mark everything read that the page could show, of the chosen reason; what arrives meanwhile stays unread."""
    mine = Message.objects.filter(user_id=request.user.pk)
    if reason := _reason(request.POST.get("reason", "")):
        mine = mine.because(reason)
    newest = _number(request.POST.get("newest", ""))
    count = (mine if newest is None else mine.filter(pk__lte=newest)).mark_read(timezone.now())
    text = ngettext("Đã đánh dấu %(n)d thông báo là đã đọc.", "Đã đánh dấu %(n)d thông báo là đã đọc.", count)
    messages.success(request, text % {"n": count})
    return _back(request)


def preferences(request: Request) -> HttpResponse:
    """How the person is told, reason by reason."""
    form = PreferencesForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        ways.choose(user=request.user, choices=form.choices)
        messages.success(request, _("Đã lưu lựa chọn nhận thông báo."))
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences.html", {"form": form})
