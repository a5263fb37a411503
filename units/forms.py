from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class LoginForm(AuthenticationForm):
    """Log-in; the refusal is the same for an unknown name, a wrong password and a closed account."""

    error_messages = {
        "invalid_login": _("Tên đăng nhập hoặc mật khẩu không đúng. Chú ý chữ hoa và chữ thường."),
        "inactive": _("Tên đăng nhập hoặc mật khẩu không đúng. Chú ý chữ hoa và chữ thường."),
    }

    def clean(self) -> dict[str, Any]:
        """A name longer than any is nobody's: Django tells only the browser, and the list of tries has no room."""
        if len(self.cleaned_data.get("username") or "") > (self.username_field.max_length or 0):
            raise self.get_invalid_login_error()
        return super().clean()


class PasswordForm(forms.Form):
    """The person's own password once more, before an act that cannot be taken back (ký, đóng dấu)."""

    password = forms.CharField(
        label=_("Mật khẩu của bạn"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "form-control"}),
        help_text=_("Nhập lại để xác nhận chính bạn đang thực hiện."),
    )

    def __init__(self, *args: Any, user: Any, request: HttpRequest | None = None, **kwargs: Any) -> None:
        self.user, self.request = user, request
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Asked like a log-in, so that wrong tries count towards the same lock (AXES_FAILURE_LIMIT)."""
        password: str = self.cleaned_data["password"]
        found = authenticate(self.request, username=self.user.get_username(), password=password)
        if found is None or found.pk != self.user.pk:
            raise forms.ValidationError(
                _("Mật khẩu không đúng, văn bản chưa được ký. Sai nhiều lần thì tài khoản bị khóa tạm thời.")
            )
        return password
