"""What people type about tasks; forms check, the verbs save."""

from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from campaigns import evidence
from campaigns.due_wording import read_due
from campaigns.models import Indicator, Plan, Task, TaskBatch
from campaigns.states import Field, Rhythm
from campaigns.workflow.tasks import Supplement
from directives.widgets import CitedTextarea
from units.fields import DayField, UnitField, offer
from units.models import Appointment, Unit
from units.permissions import has_permission


class SeenForm(forms.Form):
    """Carries the mark of the page that was shown."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def seen_mark(self) -> str | None:
        """The mark for a verb; None when the page sent none."""
        return self.cleaned_data.get("seen") or None


class ReasonForm(SeenForm):
    """An act that has to be explained."""

    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class PersonChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person_name} — {obj.title}"


class AcceptForm(SeenForm):
    """Who of the unit does it."""

    officer = PersonChoice(Appointment.objects.none(), label=_("Người thực hiện"), empty_label=_("Chọn người"))

    def __init__(self, *args: Any, unit: Unit, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = Appointment.objects.current(on).with_people().filter(unit=unit).order_by("user__full_name", "id")
        fit = [post.pk for post in posts if has_permission(post, "campaigns.progress.report", unit)]
        offer(self, "officer", posts.filter(pk__in=fit))


class AssignForm(SeenForm):
    """To which unit a task that came back is given."""

    lead_unit = UnitField(Unit.objects.none(), label=_("Đơn vị chủ trì"), empty_label=None)

    def __init__(self, *args: Any, organisation: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.inside(organisation).working().order_by("position", "id")
        offer(self, "lead_unit", units)


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class EvidenceField(forms.FileField):
    """Several files at once; each is checked by its content and kept."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[evidence.Kept]:
        uploads: list[UploadedFile] = [upload for upload in (data or []) if upload]
        if len(uploads) > evidence.MOST_FILES:
            raise forms.ValidationError(_t("Mỗi lần kèm nhiều nhất %(n)s tệp.") % {"n": evidence.MOST_FILES})
        kept, problems = [], []
        for upload in uploads:
            try:
                kept.append(evidence.keep(upload))
            except evidence.Refused as refusal:
                problems.append(str(refusal))
        if problems:
            raise forms.ValidationError(problems)
        return kept


class ReportForm(SeenForm):
    """A progress entry or a result: text, percent, day, the figures the task asks for, evidence.

    Files that arrived with a form that is shown again are kept by `kept`, a signed list: nothing typed or sent is lost.
    """

    text = forms.CharField(label=_("Đã làm được gì"), max_length=10000, widget=CitedTextarea(attrs={"rows": 4}))
    percent = forms.IntegerField(
        label=_("Tiến độ (%)"), min_value=0, max_value=100, widget=forms.NumberInput(attrs={"class": "input-narrow"})
    )
    happened_on = DayField(label=_("Ngày thực hiện"))
    evidence = EvidenceField(
        label=_("Minh chứng"), required=False, widget=ManyFiles(attrs={"accept": evidence.ACCEPT}),
        help_text=_("Ảnh, PDF, Word, Excel, PowerPoint; mỗi tệp tối đa 20 MB, nhiều nhất 10 tệp."),
    )  # fmt: skip
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.indicators: list[Indicator] = [row.indicator for row in task.indicators.select_related("indicator")]
        for indicator in self.indicators:
            self.fields[f"figure_{indicator.pk}"] = forms.DecimalField(
                label=f"{indicator.name} ({indicator.measure})", required=False, min_value=Decimal(0), max_digits=16,
                decimal_places=2, localize=True,
                widget=forms.TextInput(attrs={"class": "input-narrow", "inputmode": "decimal"}),
            )  # fmt: skip
        figures = (f"figure_{row.pk}" for row in self.indicators)
        self.order_fields(["text", "percent", "happened_on", *figures, "evidence"])
        self.was_kept = evidence.unseal(self.data.get("kept", "")) if self.is_bound else []

    def full_clean(self) -> None:
        """Also remembers the files of this try, for the case that the form is shown again."""
        super().full_clean()
        if not self.is_bound:
            return
        fresh = getattr(self, "cleaned_data", {}).get("evidence") or []
        self.was_kept = list({kept.sha256: kept for kept in [*self.was_kept, *fresh]}.values())
        data = cast(QueryDict, self.data).copy()
        data["kept"] = evidence.seal(self.was_kept)
        self.data = data

    @property
    def figures(self) -> dict[Indicator, Decimal]:
        """What was typed for the indicators; empty fields are no figures."""
        values = {row: self.cleaned_data.get(f"figure_{row.pk}") for row in self.indicators}
        return {row: value for row, value in values.items() if value is not None}


class ExtensionForm(forms.Form):
    """A later day, and why."""

    proposed_on = DayField(label=_("Hạn đề nghị"))
    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class DecideForm(forms.Form):
    """The office's answer; a refusal needs words."""

    granted_on = DayField(label=_("Hạn mới"), required=False, help_text=_("Để nguyên nếu đồng ý như đề nghị."))
    answer = forms.CharField(
        label=_("Ý kiến"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class SupplementForm(forms.Form):
    """A task ordered after the plan was issued."""

    text = forms.CharField(label=_("Nội dung nhiệm vụ"), max_length=4000, widget=CitedTextarea(attrs={"rows": 3}))
    lead_unit = UnitField(Unit.objects.none(), label=_("Đơn vị chủ trì"), empty_label=_("Chọn đơn vị"))
    cooperating = forms.ModelMultipleChoiceField(
        Unit.objects.none(), label=_("Đơn vị phối hợp"), required=False, widget=forms.CheckboxSelectMultiple
    )
    help_due = DayField(
        label=_("Hạn phần phối hợp"), required=False, help_text=_("Để trống nếu theo hạn của nhiệm vụ.")
    )
    due = forms.CharField(
        label=_("Hạn"), required=False, max_length=200,
        help_text=_("Ví dụ: 20/10/2026, “trước ngày 20/10”, “trong tháng 11”."),
    )  # fmt: skip
    rhythm = forms.ChoiceField(label=_("Nhịp báo cáo"), choices=Rhythm.choices, required=False)
    field = forms.ChoiceField(label=_("Lĩnh vực"), choices=Field.choices, initial=Field.OTHER)
    expected_product = forms.CharField(label=_("Sản phẩm cần có"), required=False, max_length=300)
    indicators = forms.ModelMultipleChoiceField(
        Indicator.objects.none(), label=_("Số liệu cần báo cáo"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, plan: Plan, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        units = Unit.objects.inside(plan.document.organisation).working().order_by("position", "id")
        for name in ("lead_unit", "cooperating"):
            offer(self, name, units)
        counted = Indicator.objects.stated().offered_to(plan.document.organisation_id)
        offer(self, "indicators", counted.valid_in(on, on))

    def clean_due(self) -> str:
        wording = str(self.cleaned_data["due"])
        self.read = read_due(wording, self.on.year)
        if wording and self.read.last_day is None:
            words = _t("Chưa đọc được ngày từ “%(due)s”. Hãy ghi như 20/10/2026.") % {"due": wording}
            raise forms.ValidationError(words)
        return wording

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("due") and cleaned.get("rhythm"):
            self.add_error("rhythm", _t("Nhiệm vụ có hạn thì không chọn nhịp báo cáo."))
        return cleaned

    def supplement(self) -> Supplement:
        """What the verb takes. "trước ngày 20/10" is due on the 19th, the wording is kept."""
        values = self.cleaned_data
        return Supplement(
            text=values["text"], lead_unit=values["lead_unit"], rhythm=values["rhythm"], due_on=self.read.last_day,
            due_wording=values["due"], field=values["field"], expected_product=values["expected_product"],
            indicators=tuple(values["indicators"]),
            cooperating=tuple(
                (unit, values["help_due"]) for unit in values["cooperating"] if unit != values["lead_unit"]
            ),
        )  # fmt: skip


class ChangeDayForm(forms.Form):
    """Another day, and why."""

    due_on = DayField(label=_("Hạn mới"))
    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class BulkForm(forms.Form):
    """Chosen rows and what to do with them; the second step carries `agreed`."""

    selected = forms.TypedMultipleChoiceField(coerce=int)
    act = forms.ChoiceField(choices=TaskBatch.Act.choices)
    agreed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = cast(QueryDict, self.data).getlist("selected")[:500] if self.is_bound else []
        cast(forms.ChoiceField, self.fields["selected"]).choices = [(pk, pk) for pk in given if pk.isdecimal()]
