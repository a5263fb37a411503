"""The form of a task in a draft."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.due_wording import read_due
from campaigns.forms.plans import check_due, cited_area
from campaigns.models import Indicator, Plan, PlanItem, Task
from campaigns.outline import flat
from campaigns.states import Rhythm
from campaigns.workflow.plan_text import TaskText
from units.fields import DayField
from units.models import Unit


class TaskForm(forms.Form):
    """A task of the draft: who leads, who helps until when, what is due when, what comes out.

    The day is typed, or read from the wording ("trước ngày 20/10" ends on the 19th), or there is a rhythm instead.
    """

    text = forms.CharField(label=_("Nội dung nhiệm vụ"), widget=cited_area(3))
    item = forms.ModelChoiceField(
        PlanItem.objects.none(), label=_("Thực hiện mục"), required=False, empty_label=_("Không thuộc mục nào")
    )
    lead_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị chủ trì"), empty_label=_("Chọn đơn vị"))
    cooperating = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Đơn vị phối hợp"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_wording = forms.CharField(
        label=_("Hạn như ghi trong văn bản"), required=False, max_length=200,
        help_text=_("Ví dụ: trước ngày 20/10, trong quý IV, hằng tháng. Ngày được tính ra từ câu này."),
    )  # fmt: skip
    due_on = DayField(
        label=_("Hạn"), required=False, help_text=_("Ngày cuối còn đúng hạn. Để trống thì lấy theo cách ghi.")
    )
    rhythm = forms.ChoiceField(label=_("Nhịp báo cáo"), choices=Rhythm.choices, required=False)
    expected_product = forms.CharField(label=_("Sản phẩm cần có"), required=False, max_length=300)
    indicators = forms.ModelMultipleChoiceField(
        Indicator.objects.none(), label=_("Số liệu phải báo cáo"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Unit, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        units = Unit.objects.inside(organisation).working()
        fields: Any = self.fields
        fields["lead_unit"].queryset = fields["cooperating"].queryset = units
        fields["item"].queryset = plan.items.all()
        fields["item"].choices = [
            ("", fields["item"].empty_label),
            *((n.item.pk, f"{n.marker} {n.item.text}"[:90]) for n in flat(plan.items.all())),
        ]
        offered = Indicator.objects.stated().offered_to(organisation.pk)
        fields["indicators"].queryset = offered.valid_in(date(plan.year, 1, 1), date(plan.year, 12, 31))
        self.units, self.figures = list(units), list(fields["indicators"].queryset)
        for unit in self.units:
            fields[f"part_day_{unit.pk}"] = DayField(label=_("Hạn của %(unit)s") % {"unit": unit.name}, required=False)
        for figure in self.figures:
            fields[f"target_{figure.pk}"] = forms.DecimalField(
                label=_("Cần đạt: %(figure)s") % {"figure": figure.name}, required=False, max_digits=16,
                decimal_places=2, localize=True,
            )  # fmt: skip

    def part_rows(self) -> list[tuple[Any, Any]]:
        """Each unit's box with its day."""
        boxes = zip(self["cooperating"].subwidgets, self.units, strict=True)
        return [(box, self[f"part_day_{unit.pk}"]) for box, unit in boxes]

    def figure_rows(self) -> list[tuple[Any, Any]]:
        """Each indicator's box with the figure expected."""
        boxes = zip(self["indicators"].subwidgets, self.figures, strict=True)
        return [(box, self[f"target_{figure.pk}"]) for box, figure in boxes]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("due_on") and not cleaned.get("rhythm") and cleaned.get("due_wording"):
            cleaned["due_on"], cleaned["rhythm"] = due_of(cleaned["due_wording"], self.plan.year)
        check_due(self, cleaned)
        for unit in cleaned.get("cooperating") or ():
            day = cleaned.get(f"part_day_{unit.pk}")
            if day and cleaned.get("due_on") and day > cleaned["due_on"]:
                self.add_error(f"part_day_{unit.pk}", _("Hạn phần phối hợp không được sau hạn của nhiệm vụ."))
        return cleaned

    def content(self) -> TaskText:
        """What the verbs take."""
        kept = {name: self.cleaned_data[name] for name in TaskForm.base_fields}
        helpers, figures = tuple(kept["cooperating"]), tuple(kept["indicators"])
        days = ((unit.pk, self.cleaned_data[f"part_day_{unit.pk}"]) for unit in helpers)
        targets = ((row.pk, self.cleaned_data[f"target_{row.pk}"]) for row in figures)
        return TaskText(
            **kept | {"cooperating": helpers, "indicators": figures},
            part_days=tuple((pk, day) for pk, day in days if day is not None),
            targets=tuple((pk, target) for pk, target in targets if target is not None),
        )

    @staticmethod
    def initial_of(task: Task) -> dict[str, Any]:
        parts, figures = task.cooperating.all(), task.indicators.all()
        return {
            "text": task.text, "lead_unit": task.lead_unit_id, "due_on": task.due_on, "rhythm": task.rhythm,
            "due_wording": task.due_wording, "expected_product": task.expected_product, "item": task.item_id,
            "cooperating": [part.unit_id for part in parts],
            "indicators": [row.indicator_id for row in figures],
            **{f"part_day_{part.unit_id}": part.due_on for part in parts},
            **{f"target_{row.indicator_id}": row.target for row in figures},
        }  # fmt: skip


RHYTHMS = ((Rhythm.WEEKLY, "tuần"), (Rhythm.QUARTERLY, "quý"), (Rhythm.MONTHLY, "tháng"))


def due_of(wording: str, year: int) -> tuple[date | None, str]:
    """The last good day and the rhythm that a wording means; (None, "") when neither can be told from it."""
    due = read_due(wording, year)
    if due.recurring:
        return None, next((rhythm for rhythm, word in RHYTHMS if word in wording.lower()), Rhythm.REGULAR)
    return due.last_day or due.date, Rhythm.ONCE
