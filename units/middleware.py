"""Which post the person of this request acts in."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from units.models import Appointment

SESSION_KEY = "post"


def current_posts(request: HttpRequest) -> list[Appointment]:
    """The posts the person holds today, read once per request."""
    if not hasattr(request, "_posts"):  # an attribute of ours: Django's request does not declare it
        known = getattr(request.user, "posts_today", None)  # read with the person, but not at the log-in itself
        request._posts = known or _posts_of(request.user.pk or 0)  # type: ignore[attr-defined]
    found: list[Appointment] = request._posts  # type: ignore[attr-defined]
    return found


def _posts_of(user_id: int) -> list[Appointment]:
    return list(Appointment.objects.filter(user_id=user_id).current(timezone.localdate()).with_people().order_by("id"))


def _open_to_lent_passwords() -> tuple[str, ...]:
    return (reverse("units:own_password"), reverse("logout"), reverse("set_language"))


def _choose(request: HttpRequest) -> Appointment | None:
    posts = current_posts(request)
    wanted = request.session.get(SESSION_KEY)
    return next((post for post in posts if post.pk == wanted), posts[0] if posts else None)


class PostMiddleware:
    """Sets `request.post`; a person who holds no post today sees one page that says so."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # What `units.web.Request` declares, put on Django's own request.
        request.post = SimpleLazyObject(lambda: _choose(request)) if request.user.is_authenticated else None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        if getattr(request.user, "must_change_password", False) and request.path not in _open_to_lent_passwords():
            messages.info(request, _("Mật khẩu này do người khác đặt. Hãy chọn mật khẩu của bạn để làm việc tiếp."))
            return redirect("units:own_password")
        if getattr(view, "needs_post", True) and not current_posts(request):
            return render(request, "units/no_post.html", status=403)
        return None
