"""Forms of a letter of correction: the words around it, and what is put right."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from documents import permissions
from documents.correction_text import Passage
from documents.heading import signer_label
from documents.models import Correction
from units.fields import offer
from units.models import Appointment

MOST = 30


def one_line(text: str) -> str:
    """Words of a paragraph: it holds no line breaks."""
    return " ".join(text.split())


class SignerField(forms.ModelChoiceField):
    """A post with its person and the form in which it signs."""

    def label_from_instance(self, obj: Appointment) -> str:
        return signer_label(obj)


class LetterForm(forms.Form):
    """Opening, closing, signer; and the version that the page showed."""

    signer = SignerField(
        label=lazy("Người ký"), queryset=Appointment.objects.none(), required=False, empty_label=lazy("Chọn người ký")
    )
    opening = forms.CharField(label=lazy("Đoạn mở đầu"), max_length=3000, widget=forms.Textarea({"rows": 4}))
    closing = forms.CharField(
        label=lazy("Đoạn kết"), max_length=3000, required=False, widget=forms.Textarea({"rows": 3})
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, correction: Correction, **kwargs: Any) -> None:
        document = correction.document
        kwargs.setdefault("initial", {
            "signer": document.signer_id, "opening": correction.opening, "closing": correction.closing,
            "version": document.version,
        })  # fmt: skip
        super().__init__(*args, **kwargs)
        on = timezone.localdate()
        posts = permissions.signers(document.organisation, document.kind, on=on, council=document.council)
        offer(self, "signer", posts)

    def clean_opening(self) -> str:
        return one_line(self.cleaned_data["opening"])

    def clean_closing(self) -> str:
        return one_line(self.cleaned_data["closing"])


class PassageForm(forms.Form):
    """One place in the file. A row that is left empty counts for nothing."""

    place = forms.CharField(
        label=lazy("Ở đâu"), max_length=200, required=False, help_text=lazy("Ví dụ: mục II.3, trang 2.")
    )
    wrong = forms.CharField(
        label=lazy("Đã in là"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )
    right = forms.CharField(
        label=lazy("Nay sửa là"), max_length=2000, required=False, widget=forms.Textarea({"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        data = {name: one_line(self.cleaned_data.get(name, "")) for name in ("place", "wrong", "right")}
        if any(data.values()):
            for name, words in data.items():
                if not words and name not in self.errors:
                    self.add_error(name, _("Hãy ghi ô này, hoặc xóa hết chữ của cả chỗ này để bỏ."))
            if data["wrong"] and data["wrong"] == data["right"]:
                self.add_error("right", _("Chữ sửa lại giống hệt chữ đã in."))
        return data


_PassageFormSet = forms.formset_factory(PassageForm, extra=2, max_num=MOST, absolute_max=MOST, validate_max=True)


class PassagesForm(_PassageFormSet):  # type: ignore[valid-type,misc]  # the factory makes the class
    """What is put right, in order."""

    def __init__(self, *args: Any, correction: Correction, **kwargs: Any) -> None:
        super().__init__(*args, initial=list(correction.passages), prefix="passages", **kwargs)

    def passages(self) -> list[Passage]:
        rows = [form.cleaned_data for form in self.forms]
        return [Passage(**row) for row in rows if row and any(row.values())]
