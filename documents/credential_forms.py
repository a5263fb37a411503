"""The form for a new certificate."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents import credentials
from documents.credentials import NewCredential
from documents.models import WayOfSigning
from units.models import Appointment, Unit

LARGEST_FILE = 1024 * 1024


class HolderField(forms.ModelChoiceField):
    """A signing post; the empty choice is the organisation's seal."""

    def label_from_instance(self, obj: Appointment) -> str:
        return f"{obj.person_name} — {obj.title}"


class CredentialForm(forms.Form):
    """Holder, way, file, password, picture; the verb checks what is in them."""

    post = HolderField(
        label=_("Của ai"), queryset=Appointment.objects.none(), required=False,
        empty_label=_("Con dấu của cơ quan (văn thư sử dụng)"),
    )  # fmt: skip
    way = forms.TypedChoiceField(label=_("Cách ký"), coerce=WayOfSigning, choices=WayOfSigning.choices)
    file = forms.FileField(
        label=_("Tệp khóa hoặc chứng thư"),
        help_text=_("Tệp .p12, .pfx khi cổng giữ khóa; tệp chứng thư .cer, .crt, .pem với các cách còn lại."),
    )
    password = forms.CharField(
        label=_("Mật khẩu của tệp khóa"), required=False, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Chỉ với tệp .p12, .pfx. Cổng không giữ mật khẩu này: tệp được mã hóa lại."),
    )  # fmt: skip
    key_label = forms.CharField(
        label=_("Nhãn của khóa trong thiết bị"),
        max_length=100,
        required=False,
        help_text=_("Chỉ với HSM, token PKCS#11."),
    )
    picture = forms.FileField(
        label=_("Hình chữ ký hoặc hình dấu"), required=False,
        help_text=_("PNG nền trong suốt: chữ ký màu xanh, dấu màu đỏ (NĐ 30/2020, Phụ lục I, II.7, II.8)."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = self.fields["post"]
        assert isinstance(posts, forms.ModelChoiceField)
        posts.queryset = credentials.signing_posts(organisation, on=timezone.localdate())

    def _small(self, name: str) -> Any:
        file = self.cleaned_data[name]
        if file is not None and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("Tệp lớn hơn 1 MB."))
        return file

    def clean_file(self) -> Any:
        return self._small("file")

    def clean_picture(self) -> Any:
        return self._small("picture")

    def entered(self) -> NewCredential:
        """What was entered, for the verb."""
        data = self.cleaned_data
        picture = data["picture"].read() if data["picture"] else None
        return NewCredential(
            post=data["post"], way=data["way"], file=data["file"].read(), password=data["password"],
            key_label=data["key_label"], picture=picture,
        )  # fmt: skip
