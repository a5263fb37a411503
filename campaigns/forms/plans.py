"""Forms of plans: they check and translate into what the verbs take; they save nothing."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, Indicator, ItemStyle, Plan, PlanItem
from campaigns.outline import flat
from campaigns.states import Rhythm
from campaigns.unit_matching import recipient_unit
from campaigns.workflow.plans import TaskText
from directives.widgets import CitedTextarea
from documents import permissions
from units.models import Appointment, Unit


def date_field(label: Any, **more: Any) -> forms.DateField:
    """A day typed as 20/10/2026."""
    widget = forms.DateInput(format="%d/%m/%Y", attrs={"data-date": "", "placeholder": "20/10/2026"})
    return forms.DateField(label=label, widget=widget, required=False, **more)


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def cited_area(rows: int) -> CitedTextarea:
    """A text area that says which documents its text cites."""
    return CitedTextarea(attrs={"rows": rows})


def row_area(rows: int) -> forms.Textarea:
    """A text area in a row of many, drawn without crispy's label and help."""
    return forms.Textarea(attrs={"rows": rows, "class": "form-control"})


def signers(organisation: Unit) -> QuerySet[Appointment]:
    """The posts that may sign a plan of the organisation today."""
    return permissions.signers(organisation, "KH", on=timezone.localdate())


class PostChoice(forms.ModelChoiceField):
    """A post, shown with its person."""

    def label_from_instance(self, obj: Appointment) -> str:
        return f"{obj.person_name}, {obj.title}"


class HeadForm(forms.Form):
    """Title and the facts around it."""

    title = forms.CharField(label=_("Trích yếu"), widget=area(2), help_text=_("Viết như sẽ in dưới chữ KẾ HOẠCH."))
    drafting_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị soạn thảo"))
    signer = PostChoice(Appointment.objects.none(), label=_("Người ký"), required=False)
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=40)
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100, localize=False)
    campaign = forms.ModelChoiceField(Campaign.objects.none(), label=_("Đợt hoạt động"), required=False)
    prints_tasks = forms.BooleanField(
        label=_("In phụ lục phân công nhiệm vụ"),
        required=False,
        help_text=_("Bảng đơn vị chủ trì, phối hợp, thời hạn và sản phẩm sau phần nội dung."),
    )

    def __init__(self, *args: Any, organisation: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["drafting_unit"].queryset = Unit.objects.inside(organisation).working()
        fields["signer"].queryset = signers(organisation)
        fields["campaign"].queryset = Campaign.objects.filter(organisation=organisation)

    def clean_symbol(self) -> str:
        """One line: it stands in the number, in file names and in the register."""
        return " ".join(str(self.cleaned_data["symbol"]).split())

    @staticmethod
    def initial_of(plan: Plan) -> dict[str, Any]:
        document = plan.document
        return {
            "title": document.title, "drafting_unit": document.drafting_unit_id, "signer": document.signer_id,
            "symbol": document.symbol, "year": plan.year, "campaign": plan.campaign_id,
            "prints_tasks": plan.prints_tasks,
        }  # fmt: skip


class PassagesForm(forms.Form):
    opening = forms.CharField(label=_("Đoạn mở đầu"), required=False, widget=cited_area(3))
    closing = forms.CharField(label=_("Đoạn kết"), required=False, widget=cited_area(3))


class BaseForm(forms.Form):
    text = forms.CharField(
        label=_("Căn cứ"), widget=cited_area(3), help_text=_("Văn bản nêu trong căn cứ được tự đưa vào sổ.")
    )


class ItemForm(forms.Form):
    style = forms.ChoiceField(label=_("Kiểu"), choices=ItemStyle.choices)
    text = forms.CharField(label=_("Nội dung"), widget=cited_area(4))


class TaskForm(forms.Form):
    """A task of the draft: who leads, who helps, until when, what comes out."""

    text = forms.CharField(label=_("Nội dung nhiệm vụ"), widget=cited_area(3))
    lead_unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Đơn vị chủ trì"))
    cooperating = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Đơn vị phối hợp"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due_on = date_field(_("Hạn"), help_text=_("Ngày cuối còn đúng hạn. Để trống khi làm thường xuyên."))
    rhythm = forms.ChoiceField(label=_("Nhịp báo cáo"), choices=Rhythm.choices, required=False)
    due_wording = forms.CharField(label=_("Hạn như ghi trong văn bản"), required=False, max_length=200)
    expected_product = forms.CharField(label=_("Sản phẩm cần có"), required=False, max_length=300)
    indicators = forms.ModelMultipleChoiceField(
        Indicator.objects.all(), label=_("Số liệu phải báo cáo"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    item = forms.ModelChoiceField(PlanItem.objects.none(), label=_("Thực hiện mục"), required=False)

    def __init__(self, *args: Any, organisation: Unit, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.inside(organisation).working()
        fields: Any = self.fields
        fields["lead_unit"].queryset = fields["cooperating"].queryset = units
        fields["item"].queryset = plan.items.all()
        fields["item"].choices = [
            ("", "—"),
            *((n.item.pk, f"{n.marker} {n.item.text}"[:90]) for n in flat(plan.items.all())),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_due(self, cleaned)
        return cleaned

    def content(self) -> TaskText:
        """What the verbs take."""
        kept = dict(self.cleaned_data)
        return TaskText(**kept | {"cooperating": tuple(kept["cooperating"]), "indicators": tuple(kept["indicators"])})


def check_due(form: forms.Form, cleaned: dict[str, Any]) -> None:
    """A day or a rhythm, not both."""
    if cleaned.get("due_on") and cleaned.get("rhythm"):
        form.add_error("due_on", _("Nhiệm vụ thường xuyên không có hạn cuối: bỏ hạn hoặc chọn “Một lần, có hạn”."))


def line_units(organisation: Unit) -> list[Unit]:
    """Everybody who may stand in "Nơi nhận": organisations and the own units."""
    return [*Unit.objects.organisations().working().order_by("id"), *Unit.objects.inside(organisation).working()]


class RecipientsForm(forms.Form):
    """ "Nơi nhận", one line each; names that are units of the portal are linked by themselves."""

    lines = forms.CharField(
        label=_("Nơi nhận"), required=False, widget=area(6),
        help_text=_("Mỗi dòng một nơi nhận, không cần gạch đầu dòng. Tên đơn vị có trên hệ thống được tự gắn."),
    )  # fmt: skip

    def rows(self, organisation: Unit) -> list[tuple[str, int | None]]:
        units = line_units(organisation)
        texts = [line.strip(" -–+\t") for line in self.cleaned_data["lines"].splitlines()]
        return [(text[:300], recipient_unit(text, units, organisation)) for text in texts if text]
