"""Forms of the outgoing register: numbers of paper files, and where the register so far ended."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from documents.numbering import LARGEST_BLOCK, PaperFile, UsedNumber
from units.fields import DayField, offer
from units.models import Unit

ONE_LINE = re.compile(r"^[^\r\n]*$")


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return DayField(label=label, help_text=help_text, initial=timezone.localdate)


class PaperForm(forms.Form):
    """What a paper file is."""

    title = forms.CharField(
        label=lazy("Trích yếu"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    signer_name = forms.CharField(label=lazy("Người ký"), max_length=150, required=False)
    sent_to = forms.CharField(
        label=lazy("Nơi nhận"), max_length=1000, required=False, widget=forms.Textarea({"rows": 2})
    )
    kept_by = forms.CharField(label=lazy("Đơn vị, người nhận bản lưu"), max_length=200, required=False)
    copies = forms.IntegerField(label=lazy("Số lượng bản"), min_value=1, max_value=100000, required=False)
    reason = forms.CharField(
        label=lazy("Lý do lấy số ngoài cổng"),
        max_length=500,
        help_text=lazy("Ví dụ: văn bản mật, soạn và ký trên giấy."),
    )

    def paper(self, kind: str, symbol: str) -> PaperFile:
        """What was entered, for the verb."""
        data = self.cleaned_data
        return PaperFile(
            kind=kind, symbol=symbol, reason=data["reason"], title=data["title"], signer_name=data["signer_name"],
            sent_to=data["sent_to"], kept_by=data["kept_by"], copies=data["copies"],
        )  # fmt: skip


def _council() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        Unit.objects.none(), label=lazy("Ban hành nhân danh"), required=False, empty_label=lazy("Cơ quan"),
        help_text=lazy("Hội đồng, ban chỉ đạo có dãy số riêng."),
    )  # fmt: skip


class ReserveForm(PaperForm):
    """A number, or a block of numbers, for paper files."""

    council = _council()

    kind = forms.RegexField(
        label=lazy("Ký hiệu loại"), regex=r"^[A-ZĐ][A-Za-zĐđ]{0,9}$", help_text=lazy("Ví dụ KH, BC, CV."),
        widget=forms.TextInput({"class": "input-narrow"}),
    )  # fmt: skip
    symbol = forms.RegexField(
        label=lazy("Ký hiệu sau dấu gạch chéo"), regex=r"^\S{1,40}$", help_text=lazy("Ví dụ KH-SKHCN.")
    )
    on = _day(lazy("Ngày văn bản"))
    count = forms.IntegerField(
        label=lazy("Giữ bao nhiêu số"), min_value=1, max_value=LARGEST_BLOCK, initial=1,
        widget=forms.NumberInput({"class": "input-narrow"}),
    )  # fmt: skip
    field_order = (
        "council", "kind", "symbol", "on", "count", "reason", "title", "signer_name", "sent_to", "kept_by", "copies"
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "council", Unit.objects.councils(organisation).working())


class ContinueForm(forms.Form):
    """The last number given outside the portal, and lines of the register so far."""

    council = _council()

    kind = forms.RegexField(
        label=lazy("Ký hiệu loại"), regex=r"^[A-ZĐ][A-Za-zĐđ]{0,9}$", help_text=lazy("Ví dụ KH, BC, CV.")
    )
    symbol = forms.RegexField(
        label=lazy("Ký hiệu sau dấu gạch chéo"), regex=r"^\S{1,40}$", help_text=lazy("Ví dụ KH-SKHCN.")
    )
    last = forms.IntegerField(label=lazy("Số cuối đã cấp"), min_value=1, max_value=99999)
    on = _day(lazy("Ngày của số ấy"))
    used = forms.CharField(
        label=lazy("Các dòng sổ đã có"), required=False, max_length=500_000, widget=forms.Textarea({"rows": 8}),
        strip=False,
        help_text=lazy("Mỗi dòng: số; ngày; trích yếu; người ký; nơi nhận. Dán được từ bảng tính, bỏ trống được."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "council", Unit.objects.councils(organisation).working())

    def clean_used(self) -> list[UsedNumber]:
        rows = enumerate(self.cleaned_data["used"].splitlines(), 1)
        return [_used(index, line) for index, line in rows if line.strip()]


def _used(index: int, line: str) -> UsedNumber:
    """ "12; 05/01/2026; Kế hoạch …; Nguyễn Văn A; Các phòng" → its parts; a ValidationError names the line."""
    parts = [part.strip() for part in re.split(r"\t|;", line, maxsplit=4)] + [""] * 4
    number, on = parts[0].split("/")[0], _written_day(parts[1])
    if not (number.isascii() and number.isdigit()) or len(number) > 6 or on is None:
        raise forms.ValidationError(
            _("Dòng %(line)d không có số và ngày, ví dụ “12; 05/01/2026; trích yếu”.") % {"line": index}
        )
    return UsedNumber(int(number), on, *parts[2:5])


def _written_day(text: str) -> Any:
    match = re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})", text)
    try:
        return parse_date(f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}") if match else parse_date(text)
    except ValueError:
        return None


class UnusedForm(forms.Form):
    """Why a number that was kept is not used."""

    reason = forms.CharField(label=lazy("Lý do không dùng số"), max_length=500)
