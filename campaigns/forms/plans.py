"""Forms of plans: they check and translate into what the verbs take; they save nothing."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import Campaign, ItemStyle, Plan
from campaigns.states import ExtensionDecider
from campaigns.unit_matching import recipient_unit
from campaigns.workflow.plan_bases import LEADS
from directives.models import Directive
from directives.widgets import CitedTextarea
from documents import heading, permissions
from documents.heading import signer_label
from units.models import Appointment, Unit
from units.roles import Role


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def cited_area(rows: int) -> CitedTextarea:
    """A text area that says which documents its text cites."""
    return CitedTextarea(attrs={"rows": rows})


def row_area(rows: int) -> forms.Textarea:
    """A text area in a row of many, drawn without crispy's label and help."""
    return forms.Textarea(attrs={"rows": rows, "class": "form-control"})


def signers(organisation: Unit, on: date | None = None) -> QuerySet[Appointment]:
    """The posts that may sign a plan of the organisation on its day, the director's own first."""
    return permissions.signers(organisation, "KH", on=on or timezone.localdate()).order_by("authority", "id")


def _signing(organisation: Unit, on: date) -> QuerySet[Appointment]:
    """Who may sign for the organisation or one of its councils."""
    councils = Appointment.objects.current(on).filter(role=Role.COUNCIL, unit__in=Unit.objects.councils(organisation))
    found = Q(pk__in=signers(organisation, on).values("pk")) | Q(pk__in=councils.values("pk"))
    return Appointment.objects.filter(found).with_people().order_by("authority", "id")


class PostChoice(forms.ModelChoiceField):
    """A post with its person and the form in which it signs: "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC — Trần Văn B"."""

    def label_from_instance(self, obj: Appointment) -> str:
        return signer_label(obj)


class HeadForm(forms.Form):
    """Title and the facts around it."""

    title = forms.CharField(label=_("Trích yếu"), widget=area(2), help_text=_("Viết như sẽ in dưới chữ KẾ HOẠCH."))
    drafting_unit = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Đơn vị soạn thảo"), empty_label=_("Chọn đơn vị")
    )
    signer = PostChoice(Appointment.objects.none(), label=_("Người ký"), required=False, empty_label=_("Chọn người ký"))
    council = forms.ModelChoiceField(
        Unit.objects.none(), label=_("Ban hành nhân danh"), required=False, empty_label=_("Cơ quan"),
        help_text=_("Chọn hội đồng, ban chỉ đạo thì phần đầu, ký hiệu, dãy số và người ký theo nơi ấy."),
    )  # fmt: skip
    symbol = forms.CharField(label=_("Ký hiệu"), max_length=40)
    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100, localize=False)
    campaign = forms.ModelChoiceField(
        Campaign.objects.none(), label=_("Đợt hoạt động"), required=False, empty_label=_("Không thuộc đợt nào")
    )
    prints_tasks = forms.BooleanField(
        label=_("In phụ lục phân công nhiệm vụ"),
        required=False,
        help_text=_("Bảng đơn vị chủ trì, phối hợp, thời hạn và sản phẩm sau phần nội dung."),
    )
    extension_decider = forms.ChoiceField(
        label=_("Ai quyết định gia hạn"), choices=ExtensionDecider.choices, initial=ExtensionDecider.OFFICE,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, organisation: Unit, on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["drafting_unit"].queryset = Unit.objects.inside(organisation).working()
        self.day, self.organisation = on or timezone.localdate(), organisation
        fields["council"].queryset = Unit.objects.councils(organisation).working()
        fields["signer"].queryset = _signing(organisation, self.day)
        fields["campaign"].queryset = Campaign.objects.filter(organisation=organisation)

    def clean_symbol(self) -> str:
        """One line: it stands in the number, in file names and in the register."""
        return " ".join(str(self.cleaned_data["symbol"]).split())

    def clean(self) -> dict[str, Any]:
        """The usual symbol of one issuer becomes that of the other; the signer signs for the issuer."""
        data: dict[str, Any] = super().clean() or {}
        council, signer = data.get("council"), data.get("signer")
        if signer is not None and (signer.unit if signer.unit.is_council else None) != council:
            self.add_error("signer", _("Người này không ký nhân danh nơi ban hành đã chọn."))
        if "council" in self.changed_data and data.get("symbol"):
            before = Unit.objects.councils(self.organisation).filter(pk=self.initial.get("council") or 0).first()
            if data["symbol"] == heading.symbol(self.organisation, "KH", self.day, before):
                data["symbol"] = heading.symbol(self.organisation, "KH", self.day, council)
        return data

    @staticmethod
    def initial_of(plan: Plan) -> dict[str, Any]:
        document = plan.document
        return {
            "title": document.title, "drafting_unit": document.drafting_unit_id, "signer": document.signer_id,
            "council": document.council_id,
            "symbol": document.symbol, "year": plan.year, "campaign": plan.campaign_id,
            "prints_tasks": plan.prints_tasks, "extension_decider": plan.extension_decider,
        }  # fmt: skip


class PassagesForm(forms.Form):
    opening = forms.CharField(label=_("Đoạn mở đầu"), required=False, widget=cited_area(3))
    closing = forms.CharField(label=_("Đoạn kết"), required=False, widget=cited_area(3))


class BaseForm(forms.Form):
    text = forms.CharField(
        label=_("Căn cứ"), widget=cited_area(3), help_text=_("Văn bản nêu trong căn cứ được tự đưa vào sổ.")
    )


class PickedBaseForm(forms.Form):
    """A directive of the register, and the word its sentence begins with."""

    directive = forms.ModelChoiceField(
        Directive.objects.none(), label=_("Văn bản trong sổ"), empty_label=_("Chọn văn bản")
    )
    lead = forms.ChoiceField(label=_("Bắt đầu bằng"), choices=[(word, word) for word in LEADS])

    def __init__(self, *args: Any, by: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["directive"].queryset = Directive.objects.visible_to(by).select_related("kind")


class ListNameForm(forms.Form):
    """What a kept list of recipients is used for."""

    name = forms.CharField(label=_("Dùng cho"), max_length=120)


class ItemForm(forms.Form):
    style = forms.ChoiceField(label=_("Kiểu"), choices=ItemStyle.choices)
    text = forms.CharField(label=_("Nội dung"), widget=cited_area(4))


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
        help_text=_(
            "Mỗi dòng một nơi nhận, không cần gạch đầu dòng. Tên đơn vị trên hệ thống, tên trong sổ địa chỉ được tự "
            "gắn."
        ),
    )  # fmt: skip

    def rows(self, organisation: Unit) -> list[tuple[str, int | None]]:
        units = line_units(organisation)
        texts = [line.strip(" -–+\t") for line in self.cleaned_data["lines"].splitlines()]
        return [(text[:300], recipient_unit(text, units, organisation)) for text in texts if text]
