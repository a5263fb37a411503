"""What people type into the register; forms check, the verbs of `directives.register` save."""

import re
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directives import files, vocabulary
from directives.citations import normalise_code
from directives.citations.reading import plain
from directives.identity import code_key
from directives.models import Directive, DirectiveKind, DirectiveRelation, Urgency, Validity
from directives.widgets import CitedTextarea
from units.fields import UnitField, UnitsField, offer
from units.models import Appointment, Unit
from units.permissions import NotAllowed

# A secrecy stamp in capitals: "MẬT", "TỐI MẬT", "TUYỆT MẬT"; not the words bảo mật, bí mật, mật khẩu in capitals.
STAMP = re.compile(r"(?<!\w)(?<!BẢO )(?<!BÍ )MẬT(?!\w)(?! KHẨU| MÃ| VỤ)")
SECRET = _(
    "Nội dung bí mật nhà nước không được soạn, lưu, gửi trên hệ thống nối mạng (Luật Bảo vệ bí mật nhà nước). "
    "Hãy đăng ký văn bản này vào sổ văn bản mật bằng giấy."
)
DATE = {"data-date": "", "placeholder": "20/10/2026", "inputmode": "numeric", "class": "input-narrow"}
LONGEST_TEXT = 4000


def refuse_secret(text: str) -> None:
    if STAMP.search(plain(text)):
        raise forms.ValidationError(SECRET)


class DayField(forms.DateField):
    """A day as dd/mm/yyyy."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs=dict(DATE)), **kwargs)


class KindField(forms.ModelChoiceField):
    def label_from_instance(self, kind: DirectiveKind) -> str:
        return f"{kind.name} ({kind.abbreviation})"


class DirectiveForm(forms.Form):
    """What the register says of a document."""

    kind = KindField(
        DirectiveKind.objects.all(), label=_("Loại văn bản"), to_field_name="abbreviation", required=False,
        empty_label=_("Theo ký hiệu"),
        error_messages={"required": _("Hãy chọn loại văn bản; ký hiệu không cho biết loại.")},
    )  # fmt: skip
    code = forms.CharField(
        label=_("Số và ký hiệu"), max_length=80, required=False, validators=[refuse_secret],
        help_text=_("Ví dụ: 365-CV/ĐUK, 05/KH-UBND, 30/2020/NĐ-CP. Để trống với luật dẫn theo tên."),
    )  # fmt: skip
    dated_on = DayField(label=_("Ngày ban hành"), required=False)
    issuer = forms.CharField(
        label=_("Cơ quan ban hành"), max_length=300, required=False, validators=[refuse_secret],
        help_text=_("Ghi như trên văn bản."),
    )  # fmt: skip
    subject = forms.CharField(
        label=_("Trích yếu"), max_length=2000, required=False, widget=CitedTextarea(attrs={"rows": 2}),
        validators=[refuse_secret],
    )  # fmt: skip
    urgency = forms.ChoiceField(label=_("Độ khẩn"), choices=Urgency.choices, initial=Urgency.NORMAL)
    secrecy = forms.ChoiceField(
        label=_("Độ mật"), required=False,
        choices=[("", _("Không mật")), ("secret", _("Mật")), ("top", _("Tối mật")), ("highest", _("Tuyệt mật"))],
    )  # fmt: skip
    answer_due_on = DayField(
        label=_("Hạn phải thực hiện"), required=False, help_text=_("Hạn trả lời, báo cáo ghi trong văn bản, nếu có.")
    )
    anyway = forms.BooleanField(label=_("Đây là văn bản khác, vẫn vào sổ"), required=False, widget=forms.HiddenInput)

    ROWS: tuple[tuple[str, ...], ...] = (
        ("kind", "code"), ("dated_on", "issuer"), ("subject",), ("urgency", "secrecy"), ("answer_due_on",), ("anyway",),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation

    @property
    def helper(self) -> FormHelper:
        """Two fields in a row where they belong together."""
        helper = FormHelper()
        helper.form_tag, helper.disable_csrf = False, True
        helper.layout = Layout(*(Div(*row, css_class="halves") if len(row) > 1 else row[0] for row in self.ROWS))
        return helper

    def clean_secrecy(self) -> str:
        if self.cleaned_data["secrecy"]:
            raise forms.ValidationError(SECRET)
        return ""

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        return normalise_code(code) if code else ""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "kind" in data and data["kind"] is None:
            data["kind"] = vocabulary.kind_of_code(data.get("code", ""), self.organisation)
            if data["kind"] is None:
                self.add_error("kind", self.fields["kind"].error_messages["required"])
        if "code" in data and "subject" in data and not data["code"] and not data["subject"]:
            self.add_error("code", _("Hãy ghi số và ký hiệu, hoặc tên văn bản ở ô trích yếu."))
        return data

    def ask_anyway(self) -> None:
        """Show the box by which a person says that it is another document."""
        self.fields["anyway"].widget = forms.CheckboxInput()

    def content(self) -> dict[str, Any]:
        """The fields that the verbs take."""
        left_out = {"secrecy", "anyway", "received_on", "file", "text", "filled"}
        return {name: value for name, value in self.cleaned_data.items() if name not in left_out}


class UploadField(forms.FileField):
    """A PDF, picture or Word file; `clean` gives (name, bytes) or None."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.ClearableFileInput(attrs={"accept": files.ACCEPT})
        words = _("PDF, ảnh JPG, PNG hoặc Word (.docx), không quá 20 MB.")
        super().__init__(widget=widget, help_text=words, allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> tuple[str, bytes] | None:
        upload: UploadedFile | None = super().clean(data, initial)
        if not upload:
            return None
        name = files.plain_name(str(upload.name))
        try:
            content = upload.read(files.MOST_BYTES + 1)
            files.media_type_of(name, content)
        except NotAllowed as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return name, content


class NewDirectiveForm(DirectiveForm):
    """A new entry: filled from a sentence or from the head of its file, with its number "đến"."""

    text = forms.CharField(
        label=_("Câu dẫn văn bản"), max_length=LONGEST_TEXT, required=False, validators=[refuse_secret],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: Công văn số 365-CV/ĐUK ngày 19/9/2023 của Đảng ủy Khối về việc …"),
    )  # fmt: skip
    filled = forms.CharField(required=False, widget=forms.HiddenInput)
    received_on = DayField(
        label=_("Ngày đến"), required=False,
        help_text=_("Số đến được cấp tự động, liên tục trong năm. Để trống nếu văn bản không gửi đến cơ quan."),
    )  # fmt: skip
    file = UploadField(label=_("Tệp văn bản"), required=False)
    ROWS = (
        ("kind", "code"), ("dated_on", "issuer"), ("subject",), ("received_on", "answer_due_on"),
        ("urgency", "secrecy"), ("anyway",), ("filled",),
    )  # fmt: skip

    @staticmethod
    def initial_of_query(query: QueryDict) -> dict[str, Any]:
        """The fields as the address fills them (a citation that the register lacks); else today's arrival.

        What is only cited did not arrive, so it takes no number "đến" unless its day is written.
        """
        names = ("kind", "code", "dated_on", "issuer", "subject")
        given = {name: str(query[name]).replace("\x00", "")[:2000] for name in names if name in query}
        return given or {"received_on": f"{timezone.localdate():%d/%m/%Y}"}


class EditDirectiveForm(DirectiveForm):
    valid_from = DayField(label=_("Có hiệu lực từ"), required=False)
    ROWS = (
        ("kind", "code"), ("dated_on", "issuer"), ("subject",), ("valid_from", "answer_due_on"), ("urgency", "secrecy"),
        ("anyway",),
    )  # fmt: skip

    @staticmethod
    def initial_from(directive: Directive) -> dict[str, Any]:
        names = ("code", "dated_on", "issuer", "subject", "urgency", "answer_due_on", "valid_from")
        return {"kind": directive.kind.abbreviation} | {name: getattr(directive, name) for name in names}


class ReceiveForm(forms.Form):
    on = DayField(label=_("Ngày đến"), initial=timezone.localdate)


class ValidityForm(forms.Form):
    """Whether the document holds, and until when."""

    validity = forms.ChoiceField(label=_("Hiệu lực"), choices=Validity.choices)
    until = DayField(
        label=_("Hết hiệu lực từ ngày"), required=False, help_text=_("Ngày đầu tiên văn bản không còn hiệu lực.")
    )


class NoteForm(forms.Form):
    """The director's note (NĐ 30/2020 Điều 23.2)."""

    text = forms.CharField(
        label=_("Ý kiến chỉ đạo"), max_length=2000, widget=CitedTextarea(attrs={"rows": 3}), validators=[refuse_secret]
    )
    lead_unit = UnitField(
        Unit.objects.none(), label=_("Đơn vị chủ trì"), required=False, empty_label=_("Chưa giao đơn vị")
    )
    cooperating_units = UnitsField(
        Unit.objects.none(), label=_("Đơn vị phối hợp"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = DayField(label=_("Thời hạn"), required=False)

    def __init__(self, *args: Any, by: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.working().inside(by.organisation)
        offer(self, "lead_unit", units)
        offer(self, "cooperating_units", units)


class FinishForm(forms.Form):
    """How the lead unit carried out what the note gave it."""

    result = forms.CharField(
        label=_("Kết quả thực hiện"), max_length=2000, widget=CitedTextarea(attrs={"rows": 3}),
        validators=[refuse_secret], help_text=_("Đã làm gì, bằng văn bản nào, ngày nào."),
    )  # fmt: skip


class ReopenForm(forms.Form):
    reason = forms.CharField(
        label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), validators=[refuse_secret]
    )


class RequirementForm(forms.Form):
    """One thing the document asks for."""

    text = forms.CharField(
        label=_("Yêu cầu"), max_length=2000, required=False, widget=CitedTextarea(attrs={"rows": 2}),
        validators=[refuse_secret],
        help_text=_("Ví dụ: Gửi báo cáo kết quả về Ban Dân vận Tỉnh ủy. Xóa hết chữ để bỏ yêu cầu."),
    )  # fmt: skip
    due_on = DayField(label=_("Thời hạn"), required=False)
    is_done = forms.BooleanField(label=_("Đã thực hiện xong"), required=False)


class KindForm(forms.Form):
    """A kind of document."""

    name = forms.CharField(label=_("Tên loại"), max_length=100)
    abbreviation = forms.CharField(label=_("Chữ viết tắt"), max_length=15)


class KindSymbolForm(forms.Form):
    """Which kind some letters name."""

    symbol = forms.CharField(label=_("Chữ trong ký hiệu"), max_length=20, help_text=_("Ví dụ QCPH trong 01-QCPH/TU."))
    kind = KindField(
        DirectiveKind.objects.all(), label=_("Là loại"), to_field_name="abbreviation", empty_label=_("Hãy chọn")
    )


class IssuerSymbolForm(forms.Form):
    """Whose letters these are."""

    symbol = forms.CharField(label=_("Ký hiệu cơ quan"), max_length=30, help_text=_("Ví dụ ĐUK trong 365-CV/ĐUK."))
    issuer = forms.CharField(label=_("Cơ quan ban hành"), max_length=300)


class FileForm(forms.Form):
    file = UploadField(label=_("Tệp văn bản"))


class RelateForm(forms.Form):
    """How this document stands to another one of the register, which is named by its code."""

    relation = forms.ChoiceField(
        label=_("Văn bản này"),
        choices=[
            *DirectiveRelation.Kind.choices,
            ("-replaces", _("bị thay thế bởi")),
            ("-amends", _("được sửa đổi, bổ sung bởi")),
            ("-implements", _("được thực hiện bởi")),
        ],
    )
    other = forms.CharField(
        label=_("Văn bản kia"), max_length=200,
        help_text=_("Số và ký hiệu, hoặc vài chữ của trích yếu; văn bản phải có trong sổ."),
    )  # fmt: skip
    target = forms.ModelChoiceField(
        Directive.objects.none(), label=_("Chọn một văn bản"), required=False, empty_label=None,
        widget=forms.HiddenInput,
    )  # fmt: skip

    MOST = 10

    def __init__(self, *args: Any, directive: Directive, by: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        register = Directive.objects.visible_to(by).exclude(pk=directive.pk).exclude(validity=Validity.WITHDRAWN)
        self.register = register.select_related("kind").order_by("-dated_on", "-id")
        offer(self, "target", self.register)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("target") or not data.get("other"):
            return data
        words = data["other"]
        candidates = self.register.with_code(code_key("", words, None))
        if not candidates.exists():
            candidates = self.register.containing(words)
        found = list(candidates[: self.MOST + 1])
        if len(found) == 1:
            data["target"] = found[0]
        elif not found:
            self.add_error("other", _("Sổ chưa có văn bản này. Hãy vào sổ trước, hoặc ghi lại số và ký hiệu."))
        else:
            self._offer(found)
        return data

    def _offer(self, found: list[Directive]) -> None:
        field = cast(forms.ChoiceField, self.fields["target"])
        field.widget = forms.RadioSelect()
        field.choices = [(row.pk, row.label) for row in found[: self.MOST]]
        self.add_error("target", _("Có nhiều văn bản khớp; hãy chọn một, hoặc ghi rõ hơn."))
