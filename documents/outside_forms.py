"""Forms of recipients outside: the address book, a corrected address, a receipt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.models import OutsideKind

ONE_LINE = r"^[^\r\n]*\w[^\r\n]*$"


class EmailForm(forms.Form):
    """Where the links go."""

    email = forms.EmailField(
        label=_("Thư điện tử"), help_text=_("Địa chỉ chính thức của nơi nhận, ví dụ vanthu@bao.songmai.vn.")
    )


class AddressForm(EmailForm):
    """An entry of the address book."""

    name = forms.RegexField(
        label=_("Tên in ở Nơi nhận"), regex=ONE_LINE, max_length=300,
        help_text=_("Dòng nơi nhận ghi đúng tên này thì văn bản được gửi đến đây; chữ trong ngoặc đơn được bỏ qua."),
        error_messages={"invalid": _("Tên nơi nhận phải có chữ và nằm trên một dòng.")},
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Loại"), choices=OutsideKind.choices, initial=OutsideKind.STATE)
    field_order = ("name", "email", "kind")


class ReceiptForm(forms.Form):
    """Who confirms for the recipient."""

    name = forms.RegexField(
        label=_("Họ và tên người nhận"), regex=ONE_LINE, max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"invalid": _("Hãy ghi họ và tên trên một dòng.")},
    )  # fmt: skip
