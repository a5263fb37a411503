from typing import cast

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import PasswordChangeForm, SetPasswordForm
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audit import log
from units import accounts, events
from units.middleware import SESSION_KEY, current_posts
from units.models import User
from units.web import Request


@require_safe
@never_cache
@login_not_required
def session(request: HttpRequest) -> HttpResponse:
    """Whose session the browser holds, in which post, and the token its forms need: pages that stood open ask."""
    post = getattr(request, "post", None)
    user = request.user.get_username()
    return JsonResponse({"user": user, "post": str(post.pk) if post else "", "token": get_token(request)})


@require_POST
def act_as(request: HttpRequest) -> HttpResponse:
    """Go on in another post of one's own."""
    wanted = request.POST.get("post", "")
    if wanted not in {str(post.pk) for post in current_posts(request)}:
        raise Http404
    request.session[SESSION_KEY] = int(wanted)
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "home"
    return redirect(target)


@method_decorator(login_not_required, name="dispatch")
class ChoosePassword(auth_views.PasswordResetConfirmView):
    """The first password of a new account, by the link the administrator handed over."""

    template_name = "units/choose_password.html"
    success_url = reverse_lazy("login")

    @transaction.atomic
    def form_valid(self, form: SetPasswordForm) -> HttpResponse:
        response = super().form_valid(form)
        user = cast(User, self.user)  # Django shows this form only for a known account
        accounts.chosen(user)
        log.record(events.PASSWORD_SET, user, by=None, at=timezone.now(), username=user.username)
        return response


class ChangePassword(auth_views.PasswordChangeView):
    """One's own password, by the old one; other browsers of the person are logged out."""

    template_name = "units/own_password.html"
    success_url = reverse_lazy("home")

    @transaction.atomic
    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        response = super().form_valid(form)
        request = cast(Request, self.request)
        accounts.chosen(request.user)
        log.record(
            events.PASSWORD_CHANGED, request.user, by=request.post, at=timezone.now(), username=request.user.username
        )
        messages.success(request, _("Đã đổi mật khẩu. Từ nay dùng mật khẩu mới để đăng nhập và ký."))
        return response
