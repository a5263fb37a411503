"""A day of the administrator's calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from units.fields import DayField

KINDS = [("off", _("Ngày nghỉ")), ("work", _("Ngày làm việc (làm bù)"))]


class CalendarDayForm(forms.Form):
    """Which day, what it is, why, and by which decision."""

    day = DayField(label=_("Ngày"))
    kind = forms.ChoiceField(label=_("Là"), choices=KINDS)
    note = forms.CharField(label=_("Lý do"), max_length=200)
    decision = forms.CharField(
        label=_("Căn cứ"), max_length=300, help_text=_("Số, ngày văn bản quyết định, ví dụ: Thông báo 6150/TB-BLĐTBXH.")
    )

    @property
    def values(self) -> dict[str, Any]:
        """What the verb takes."""
        cleaned = self.cleaned_data
        return {
            "day": cleaned["day"], "is_working": cleaned["kind"] == "work", "note": cleaned["note"],
            "decision": cleaned["decision"],
        }  # fmt: skip
