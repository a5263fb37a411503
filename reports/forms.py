"""What people type into contributions and reports; forms check, the verbs save."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.states import Field
from reports.contributions import FigureInput, LineInput
from reports.models import Contribution, ReportProfile
from units.models import Unit


class OpenPeriodForm(forms.Form):
    """Which month to open for contributions."""

    profile = forms.ModelChoiceField(ReportProfile.objects.none(), label=_("Mẫu báo cáo"), empty_label=None)
    month = forms.IntegerField(label=_("Tháng"), min_value=1, max_value=12)
    year = forms.IntegerField(label=_("Năm"), min_value=2020, max_value=2100, localize=False)

    def __init__(self, *args: Any, organisation: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profiles = ReportProfile.objects.filter(organisation=organisation, is_active=True)
        self.fields["profile"].queryset = profiles  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """One sentence; an empty one is left out."""

    section = forms.ChoiceField(label=_("Phần"), choices=Field.choices)
    text = forms.CharField(
        label=_("Nội dung"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    entry = forms.IntegerField(required=False, widget=forms.HiddenInput)


class FigureForm(forms.Form):
    """One figure, and why it differs from what the entries add up to."""

    indicator = forms.IntegerField(widget=forms.HiddenInput)
    value = forms.DecimalField(
        label=_("Số báo cáo"), min_value=Decimal(0), max_digits=16, decimal_places=2, localize=True
    )
    reason = forms.CharField(label=_("Lý do nếu khác số tính từ tiến độ"), required=False, max_length=500)


class SafeFormSet(forms.BaseFormSet):
    """Rows of one kind; a manipulated management form is an ordinary error."""


LineFormSet = forms.formset_factory(LineForm, formset=SafeFormSet, extra=3, max_num=500, absolute_max=500)
FigureFormSet = forms.formset_factory(FigureForm, formset=SafeFormSet, extra=0, max_num=200, absolute_max=200)


class ContributionForms:
    """The two lists of a contribution's page, bound or filled from what is stored."""

    def __init__(self, contribution: Contribution, data: Any = None) -> None:
        stored_lines = list(contribution.lines.all())
        self.figures_shown = list(contribution.figures.select_related("indicator"))
        self.lines = LineFormSet(
            data,
            prefix="line",
            initial=[{"section": line.section, "text": line.text, "entry": line.entry_id} for line in stored_lines],
        )
        self.figures = FigureFormSet(
            data,
            prefix="figure",
            initial=[
                {"indicator": each.indicator_id, "value": each.value.normalize(), "reason": each.reason}
                for each in self.figures_shown
            ],
        )

    def is_valid(self) -> bool:
        return all([self.lines.is_valid(), self.figures.is_valid()])

    def line_inputs(self) -> list[LineInput]:
        return [
            LineInput(form["section"], form["text"], form.get("entry"))
            for form in self.lines.cleaned_data
            if form.get("text", "").strip()
        ]

    def figure_inputs(self) -> list[FigureInput]:
        return [FigureInput(form["indicator"], form["value"], form["reason"]) for form in self.figures.cleaned_data]

    def figure_rows(self) -> list[tuple[Any, Any]]:
        """Each stored figure beside its form."""
        return list(zip(self.figures_shown, self.figures.forms, strict=False))


class ReasonForm(forms.Form):
    """Why something goes back."""

    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class SectionForm(forms.Form):
    """The words of one section; `before` is what the page showed."""

    text = forms.CharField(
        label=_("Nội dung"), required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 10})
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def clean_before(self) -> str:
        """Browsers send line ends as CR LF."""
        return str(self.cleaned_data["before"]).replace("\r\n", "\n")

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")
