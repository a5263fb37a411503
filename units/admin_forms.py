"""Forms of the administrator's pages. They validate; the verbs of accounts, appointments and register change."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from units.fields import DayField, UnitField, UnitsField, offer
from units.models import Succession, Unit, UnitKind, User
from units.roles import PURPOSES, Authority, Role


def no_later_than_today(day: date) -> None:
    """The tree shows today's names and units; what is not yet in force is entered on its day."""
    if day > timezone.localdate():
        raise forms.ValidationError(_("Ngày này chưa đến. Hãy ghi khi quyết định có hiệu lực."))


class PostForm(forms.Form):
    """A post in one of the organisation's working units."""

    unit = UnitField(label=_("Đơn vị"), queryset=Unit.objects.none(), empty_label=_("Chọn đơn vị"))
    role = forms.TypedChoiceField(label=_("Vai trò"), coerce=Role, choices=Role.choices)
    title = forms.CharField(
        label=_("Chức danh"), max_length=150, help_text=_("Ghi như dưới chữ ký, ví dụ: Phó Trưởng phòng.")
    )
    authority = forms.ChoiceField(
        label=_("Quyền ký"), choices=Authority.choices, required=False, help_text=_("Chỉ chọn với người ký văn bản.")
    )
    stands_for = forms.CharField(
        label=_("Ký cho chức vụ"), max_length=150, required=False, help_text=_("Ví dụ: GIÁM ĐỐC, khi ký thay.")
    )
    mandate = forms.CharField(
        label=_("Căn cứ"), max_length=300, required=False, help_text=_("Số, ngày của quyết định.")
    )
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(
        label=_("Đến ngày"), required=False, help_text=_("Ngày đầu tiên không còn giữ chức vụ; để trống nếu chưa định.")
    )

    def __init__(self, *args: Any, organisation: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", Unit.objects.working().filter(organisation=organisation))
        self.fields["starts_on"].initial = timezone.localdate
        purposes = ((role.label, PURPOSES[role]) for role in Role)
        self.fields["role"].help_text = format_html_join(mark_safe("<br>"), "<strong>{}:</strong> {}", purposes)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        starts, ends = data.get("starts_on"), data.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _("Ngày thôi giữ chức vụ phải sau ngày bắt đầu."))
        if data.get("authority") in {Authority.FOR_HEAD, Authority.BY_ORDER, Authority.BY_MANDATE} and not data.get(
            "stands_for"
        ):
            self.add_error("stands_for", _("Ký thay, thừa lệnh hoặc thừa ủy quyền phải ghi ký cho chức vụ nào."))
        return data


class NewPersonForm(PostForm):
    """An account and its first post together: an account without a post belongs to nobody's list."""

    field_order = ("username", "full_name", "email", "password")
    username = forms.CharField(
        label=_("Tên đăng nhập"), max_length=150, validators=User._meta.get_field("username").validators
    )
    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    password = forms.CharField(
        label=_("Mật khẩu ban đầu"), required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Để trống thì cổng tạo liên kết để người đó tự đặt mật khẩu."),
    )  # fmt: skip

    def clean_username(self) -> str:
        username = str(User.normalize_username(self.cleaned_data["username"]))
        if User.objects.filter(username=username).exists():
            raise forms.ValidationError(_("Tên đăng nhập này đã có. Hãy chọn tên khác."))
        return username

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password


class PersonForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ("full_name", "email")


class ReliefForm(forms.Form):
    ends_on = DayField(label=_("Thôi giữ chức vụ từ ngày"), help_text=_("Ngày đầu tiên không còn giữ chức vụ."))


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("Mật khẩu mới"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, self.user)
        return password


class NewUnitForm(forms.Form):
    parent = UnitField(label=_("Trực thuộc"), queryset=Unit.objects.none(), empty_label=None)
    kind = forms.TypedChoiceField(
        label=_("Loại"), coerce=UnitKind, choices=[pair for pair in UnitKind.choices if pair[0] != "organisation"]
    )
    name = forms.CharField(label=_("Tên đầy đủ"), max_length=300)
    short_name = forms.CharField(label=_("Tên gọi tắt"), max_length=100, required=False)
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=30, required=False, help_text=_("Ví dụ: VP, TCCB."))
    position = forms.IntegerField(label=_("Thứ tự"), min_value=0, max_value=9999, initial=0)
    starts_on = DayField(label=_("Thành lập ngày"), validators=[no_later_than_today])

    def __init__(self, *args: Any, organisation: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", Unit.objects.working().filter(organisation=organisation))


class RenameForm(forms.Form):
    name = forms.CharField(label=_("Tên mới"), max_length=300)
    starts_on = DayField(label=_("Có hiệu lực từ ngày"), validators=[no_later_than_today])
    legal_basis = forms.CharField(
        label=_("Căn cứ"), max_length=500, help_text=_("Số, ngày, cơ quan ban hành quyết định.")
    )


class DissolveForm(forms.Form):
    kind = forms.TypedChoiceField(
        label=_("Hình thức"),
        coerce=Succession.Kind,
        choices=[pair for pair in Succession.Kind.choices if pair[0] != "renamed"],
    )
    successors = UnitsField(
        label=_("Đơn vị tiếp nhận nhiệm vụ"), queryset=Unit.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    on = DayField(label=_("Từ ngày"), validators=[no_later_than_today])
    legal_basis = forms.CharField(
        label=_("Căn cứ"), max_length=500, help_text=_("Số, ngày, cơ quan ban hành quyết định.")
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Unit.objects.working().filter(organisation=unit.organisation_id).exclude(pk=unit.pk)
        offer(self, "successors", others)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") in {"merged", "split", "transferred"} and not data.get("successors"):
            self.add_error("successors", _("Hãy chọn đơn vị tiếp nhận nhiệm vụ."))
        return data
