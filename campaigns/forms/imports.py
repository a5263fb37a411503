"""Forms of the import: what is handed in, and what was typed into one row."""

import unicodedata
from pathlib import Path
from typing import Any

from django import forms
from django.http import Http404, QueryDict
from django.utils.translation import gettext_lazy as _

from campaigns.forms.plans import area, line_units, signers
from campaigns.importing.draft import FIELDS
from campaigns.importing.sources import LARGEST
from campaigns.models import Campaign, ItemStyle
from campaigns.plan_reader import Unreadable
from campaigns.plan_reader.sources import check
from campaigns.states import ExtensionDecider, Rhythm
from units.models import Unit
from units.web import whole_number

KINDS = (".docx", ".doc", ".pdf", ".txt")
PASTED = "van-ban-dan.txt"
LOOKED_INTO = 1024 * 1024
"""Up to this size the outside of a file is looked at while its sender waits; its inside is always a worker's."""
LONGEST = 20_000


class UploadForm(forms.Form):
    """A plan typed elsewhere: a file, or its text pasted."""

    file = forms.FileField(
        label=_("Tệp kế hoạch"), required=False, allow_empty_file=True,
        help_text=_("Word (.docx, .doc), PDF có lớp chữ hoặc văn bản thuần (.txt), tối đa 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
    )  # fmt: skip
    text = forms.CharField(
        label=_("Hoặc dán nội dung"), required=False, strip=False, max_length=2_000_000, widget=area(10)
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file:
            if file is not None:
                raise forms.ValidationError(_("Tệp rỗng, không có nội dung để đọc."))
            return file
        suffix = Path(file.name).suffix.lower()
        if suffix not in KINDS:
            raise forms.ValidationError(_("Chỉ nhận tệp .docx, .doc, .pdf hoặc .txt."))
        if file.size > LARGEST:
            raise forms.ValidationError(_("Tệp lớn hơn 20 MB; hãy bỏ bớt hình ảnh rồi tải lại."))
        if file.size <= LOOKED_INTO:
            try:
                check(file.read(), file.name)
            except Unreadable as error:
                raise forms.ValidationError(str(error)) from error
            file.seek(0)
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        has_text = bool((cleaned.get("text") or "").strip())
        if cleaned.get("file") and has_text:
            self.add_error("file", _("Chỉ đọc được một nguồn: hãy xóa phần dán, hoặc bỏ chọn tệp."))
        elif not cleaned.get("file") and not has_text and not self.errors:
            raise forms.ValidationError(_("Hãy chọn tệp hoặc dán nội dung kế hoạch."))
        return cleaned

    def source(self) -> tuple[bytes, str]:
        """The bytes and the name they are kept under."""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), file.name
        return self.cleaned_data["text"].encode("utf-8", "replace"), PASTED


def plain(text: str, longest: int = LONGEST) -> str:
    """What was typed, as the draft keeps it: NFC, one kind of line break, nothing that the database refuses."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    kept = kept.encode("utf-8", "replace").decode()
    return unicodedata.normalize("NFC", kept)[:longest]


def row_values(part: str, data: QueryDict, organisation: Unit) -> dict[str, Any]:
    """The fields of one row as the draft keeps them; whatever was typed is kept. Http404 for a foreign row's number."""
    inside = set(Unit.objects.inside(organisation).working().values_list("pk", flat=True))
    readers: dict[str, Any] = {
        "style": lambda text: text if text in ItemStyle.values else str(ItemStyle.PARAGRAPH),
        "rhythm": lambda text: text if text in Rhythm.values else "",
        "symbol": lambda text: plain(text, 40),
        "due_wording": lambda text: plain(text, 200),
        "expected_product": lambda text: plain(text, 300),
        "lead_unit": lambda text: _one_of(text, inside),
        "drafting_unit": lambda text: _one_of(text, inside),
        "unit": lambda text: _one_of(text, {unit.pk for unit in line_units(organisation)} | {organisation.pk}),
        "signer": lambda text: _one_of(text, set(signers(organisation).values_list("pk", flat=True))),
        "campaign": lambda text: _one_of(
            text, set(Campaign.objects.filter(organisation=organisation).values_list("pk", flat=True))
        ),
        "prints_tasks": bool,
        "extension_decider": lambda text: text if text in ExtensionDecider.values else str(ExtensionDecider.OFFICE),
    }
    values: dict[str, Any] = {}
    for name in FIELDS[part]:
        if name == "cooperating":
            chosen = [_one_of(text, inside) for text in data.getlist(name)]
            values[name] = [pk for pk in dict.fromkeys(chosen) if pk is not None]
        else:
            values[name] = readers.get(name, plain)(data.get(name, ""))
    return values


def _one_of(text: str, allowed: set[int]) -> int | None:
    if not text:
        return None
    number = whole_number(text)
    if number not in allowed:
        raise Http404
    return number


def chosen_units(data: QueryDict, organisation: Unit) -> list[Unit]:
    """The units of the own organisation that were chosen, in the order of the list."""
    numbers = {whole_number(text) for text in data.getlist("units")}
    known = [number for number in numbers if number is not None]
    found = list(Unit.objects.inside(organisation).working().filter(pk__in=known))
    if len(found) != len(numbers):
        raise Http404
    return found
