"""Forms of profiles, outlines, indicators and the register of models; they check, the verbs save."""

from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from campaigns.models import Indicator
from campaigns.states import Field
from documents.typography import nfc
from reports.models import Area, Bearer, ReportProfile, SkilfulModel
from reports.outline import Part, Source
from units.fields import offer
from units.models import Appointment, Unit
from units.permissions import has_permission

LEVELS = [("1", _("Mục lớn (I., II.)")), ("2", _("Mục nhỏ (1., 2.)")), ("0", _("Đoạn không tiêu đề"))]
NEW_PARTS = 3


class ProfileForm(forms.ModelForm):
    """One profile, without its outline."""

    class Meta:
        model = ReportProfile
        fields = (
            "name", "kind", "subject", "addressee", "recipient", "copies", "signer_rule", "first_day",
            "due_working_days", "due_day", "starts_on", "ends_on", "legal_basis", "is_rollup", "is_active",
        )  # fmt: skip
        widgets = {"copies": forms.Textarea(attrs={"rows": 3}), "legal_basis": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, organisation: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.organisation = organisation
        others = Unit.objects.organisations().working().exclude(pk=organisation.pk).order_by("name")
        offer(self, "recipient", others)
        for name, last in (("first_day", 28), ("due_day", 31)):
            self.fields[name].validators += [MinValueValidator(1), MaxValueValidator(last)]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("kind") == "campaign":
            for name in ("starts_on", "ends_on"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Báo cáo chiến dịch cần ngày này."))
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Ngày cuối phải từ ngày đầu trở đi."))
        same = ReportProfile.objects.filter(organisation=self.instance.organisation, name=values.get("name"))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("Đã có mẫu báo cáo tên này."))
        return values


class PartForm(forms.Form):
    """One section of an outline; a row without heading is left out."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    place = forms.IntegerField(label=_("Thứ tự"), min_value=1, max_value=999)
    level = forms.ChoiceField(label=_("Cấp"), choices=LEVELS)
    heading = forms.CharField(label=_("Tiêu đề"), required=False, max_length=300)
    source = forms.ChoiceField(label=_("Lấy từ"), choices=Source.choices)
    fields_fed = forms.MultipleChoiceField(
        label=_("Lĩnh vực nhiệm vụ"), choices=Field.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    indicators = forms.MultipleChoiceField(label=_("Chỉ tiêu"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("place", "heading"):
            self.fields[name].widget.attrs["class"] = "form-control"
        for name in ("level", "source"):
            self.fields[name].widget.attrs["class"] = "form-select"


def outline_formset(profile: ReportProfile, data: Any = None) -> Any:
    """The rows of an outline's page: what is there, and room for new sections."""
    made = forms.formset_factory(PartForm, extra=NEW_PARTS, max_num=60, absolute_max=60)
    shown = [
        {
            "key": part["key"], "place": place * 10, "level": part["level"], "heading": part["heading"],
            "source": part["source"], "fields_fed": part.get("fields", []), "indicators": part.get("indicators", []),
        }
        for place, part in enumerate(profile.outline, start=1)
    ]  # fmt: skip
    rows = made(data, prefix="part", initial=shown)
    codes = list(Indicator.objects.offered_to(profile.organisation_id).values_list("code", "name"))
    for number, form in enumerate(rows.forms, start=1):
        cast(forms.MultipleChoiceField, form.fields["indicators"]).choices = codes
        if number > len(shown):
            form.fields["place"].initial = number * 10
            form.empty_permitted = True
    return rows


def parts_of(rows: Any) -> list[Part]:
    """The sections that were typed, in their order; a new one is named after its heading."""
    given = [form.cleaned_data for form in rows.forms if form.cleaned_data.get("heading", "").strip()]
    taken = {row["key"] for row in given if row["key"]}
    found: list[Part] = []
    for row in sorted(given, key=lambda row: row["place"]):
        key = row["key"] or _new_key(nfc(row["heading"]), taken)
        taken.add(key)
        part: Part = {
            "key": key,
            "level": row["level"],
            "heading": nfc(row["heading"].strip()),
            "source": row["source"],
        }
        if row["source"] == Source.FIELD:
            part["fields"] = row["fields_fed"]
        if row["indicators"]:
            part["indicators"] = row["indicators"]
        found.append(part)
    return found


def _new_key(heading: str, taken: set[str]) -> str:
    stem = slugify(heading.replace("đ", "d").replace("Đ", "D"))[:30] or "phan"
    number, key = 2, stem
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    return key


class IndicatorForm(forms.ModelForm):
    """One indicator of the catalogue."""

    class Meta:
        model = Indicator
        fields = (
            "code", "group", "name", "measure", "rollup", "numerator", "denominator", "incoming", "outgoing",
            "valid_from", "valid_until", "position",
        )  # fmt: skip
        labels = {
            "numerator": _("Tử số (của tỷ lệ)"), "denominator": _("Mẫu số (của tỷ lệ)"),
            "incoming": _("Phát sinh vào (của số tồn)"), "outgoing": _("Giải quyết ra (của số tồn)"),
        }  # fmt: skip

    def __init__(self, *args: Any, owner: Unit | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = Indicator.objects.offered_to(owner.pk) if owner else Indicator.objects.common()
        for name in ("numerator", "denominator", "incoming", "outgoing"):
            offer(self, name, seen.stated().exclude(pk=self.instance.pk))

    def clean(self) -> dict[str, Any]:
        """A ratio and a balance need their two parts; the parts of other kinds fall away."""
        values: dict[str, Any] = super().clean() or {}
        wanted = {"ratio": ("numerator", "denominator"), "balance": ("incoming", "outgoing")}
        for kind, names in wanted.items():
            for name in names:
                if values.get("rollup") != kind:
                    values[name] = None
                elif values.get(name) is None and name not in self.errors:
                    self.add_error(name, _("Cách tổng hợp này cần chỉ tiêu thành phần."))
        starts, ends = values.get("valid_from"), values.get("valid_until")
        if starts and ends and ends < starts:
            self.add_error("valid_until", _("Ngày cuối phải từ ngày đầu trở đi."))
        return values


class SkilfulModelForm(forms.ModelForm):
    """One line of the register."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = SkilfulModel
        fields = (
            "name", "unit", "area", "bearer", "place", "starts_on", "ends_on", "registration", "recognition", "results",
        )  # fmt: skip
        widgets = {"results": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, by: Appointment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.working().inside(by.organisation)
        if not has_permission(by, "reports.report.compile"):
            units = units.filter(pk=by.unit_id)
        offer(self, "unit", units)
        self.fields["version"].initial = self.instance.version
        for name, choices in (("area", Area.choices), ("bearer", Bearer.choices)):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("Hãy chọn")), *choices]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("Ngày cuối phải từ ngày đầu trở đi."))
        same = SkilfulModel.objects.filter(unit=values.get("unit"), name=values.get("name"))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("name", _("Đơn vị đã có mô hình tên này."))
        return values
