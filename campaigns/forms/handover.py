"""Whose open tasks go to whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from campaigns.workflow.handover import units_with_tasks
from units.fields import UnitField, offer
from units.models import Unit


class EndingUnitField(UnitField):
    """A unit that still has tasks; says so when it is dissolved."""

    def label_from_instance(self, obj: Unit) -> str:
        if obj.dissolved_on is None:
            return obj.name
        return _t("%(unit)s (kết thúc hoạt động ngày %(day)s)") % {
            "unit": obj.name, "day": f"{obj.dissolved_on:%d/%m/%Y}",
        }  # fmt: skip


class HandoverForm(forms.Form):
    """A unit that ended, the unit that goes on with its work, and why."""

    unit = EndingUnitField(Unit.objects.none(), label=_("Đơn vị giao lại"), empty_label=_("Chọn đơn vị"))
    successor = UnitField(Unit.objects.none(), label=_("Đơn vị nhận"), empty_label=_("Chọn đơn vị"))
    reason = forms.CharField(
        label=_("Lý do, căn cứ"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ví dụ: Quyết định số 15/QĐ-SKHCN ngày 01/3/2026 về sáp nhập phòng."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "unit", units_with_tasks(organisation))
        offer(self, "successor", Unit.objects.inside(organisation).working().order_by("position", "id"))
