"""Forms of the life of an official file."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from documents.models import Document
from documents.states import IN_FORCE
from units.fields import DayField
from units.forms import PasswordForm

LARGEST = 25 * 1024 * 1024


class PdfField(forms.FileField):
    """An uploaded PDF of at most LARGEST bytes."""

    widget = forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file.size > LARGEST:
            raise forms.ValidationError(_("Tệp lớn hơn 25 MB."))
        return file


class ReasonForm(forms.Form):
    """Why a file is returned or recalled; the drafter or every recipient reads it."""

    reason = forms.CharField(
        label=_("Lý do"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Nêu rõ chỗ cần sửa.")
    )


class HandBackForm(ReasonForm):
    """The reason, about the version of this SHA-256."""

    shown = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)
    usual = (
        _("Chưa nêu đủ căn cứ."), _("Thời hạn chưa phù hợp."), _("Phân công chưa rõ đơn vị chủ trì."),
        _("Sửa lỗi câu chữ, thể thức."),
    )  # fmt: skip

    def __init__(self, *args: Any, kept: str, **kwargs: Any) -> None:
        """`kept` names the place in this browser where the reason stays until it is sent."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs |= {"data-keep": kept, "id": "return-reason"}


class SuccessorField(forms.ModelChoiceField):
    """An issued file, as the register names it."""

    def label_from_instance(self, obj: Document) -> str:
        return f"{obj.code} — {obj.title}"


class ReplaceForm(forms.Form):
    """The issued file that takes the place of another: of the same organisation and kind, and not older."""

    successor = SuccessorField(
        label=_("Văn bản thay thế"), queryset=Document.objects.none(), empty_label=_("Chọn văn bản")
    )

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = (
            Document.objects.filter(
                organisation=document.organisation,
                kind=document.kind,
                state__in=IN_FORCE,
                issued_at__gte=document.issued_at,
            )
            .exclude(pk=document.pk)
            .order_by("-issued_at")
            if document.issued_at
            else Document.objects.none()
        )


class NumberForm(forms.Form):
    """The date of the file; the number follows from the register."""

    on = DayField(label=_("Ngày ban hành"), help_text=_("Không sớm hơn ngày của số vừa cấp."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)


class SignForm(PasswordForm):
    """The SHA-256 of the shown bytes, and the signer's own password."""

    shown = forms.CharField(widget=forms.HiddenInput, min_length=64, max_length=64)


class SignedFileForm(forms.Form):
    """The file that was downloaded and has been signed with other software."""

    file = PdfField(
        label=_("Tệp đã ký"),
        help_text=_("Chính tệp PDF vừa tải về, sau khi ký vào ô ký có sẵn. Tối đa 25 MB."),
    )


class AttachmentForm(forms.Form):
    """A separate appendix."""

    file = PdfField(
        label=_("Thêm tệp PDF"),
        help_text=_("Tối đa 25 MB. Tệp chưa ký, không đặt mật khẩu."),
    )


class VerifyForm(forms.Form):
    """A PDF to examine."""

    file = PdfField(
        label=_("Tệp PDF"),
        help_text=_("Tối đa 25 MB. Tệp không được lưu lại."),
    )
