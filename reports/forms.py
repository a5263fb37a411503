"""What people type into contributions and reports; forms check, the verbs save."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.formats import localize_input
from django.utils.translation import gettext_lazy as _

from campaigns.models import Indicator, ProgressEntry, Rollup
from campaigns.states import Field
from directives.widgets import CitedTextarea
from documents.typography import nfc
from reports import queries
from reports.contributions import FigureInput, LineInput
from reports.filling import asked_of, plain
from reports.models import Contribution, ReportProfile
from reports.periods import Kind
from units.fields import DayField, offer
from units.models import Unit


class OpenPeriodForm(forms.Form):
    """Which month to open for contributions."""

    profile = forms.ModelChoiceField(ReportProfile.objects.none(), label=_("Mẫu báo cáo"), empty_label=None)
    month = forms.IntegerField(label=_("Tháng"), min_value=1, max_value=12)
    year = forms.IntegerField(label=_("Năm"), min_value=2020, max_value=2100, localize=False)
    starts_on = DayField(
        label=_("Từ ngày"), required=False, help_text=_("Chỉ ghi hai ngày này với báo cáo nhanh, báo cáo chiến dịch.")
    )
    ends_on = DayField(label=_("Đến ngày"), required=False)

    def __init__(self, *args: Any, organisation: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        profiles = ReportProfile.objects.filter(organisation=organisation, is_active=True)
        offer(self, "profile", profiles)

    def clean(self) -> dict[str, Any]:
        """What has no rhythm is opened by its days; a campaign's stand in its profile."""
        values: dict[str, Any] = super().clean() or {}
        profile = values.get("profile")
        if profile and profile.kind in (Kind.QUICK, Kind.CAMPAIGN):
            for name in ("starts_on", "ends_on"):
                values[name] = values.get(name) or getattr(profile, name)
                if values[name] is None and name not in self.errors:
                    self.add_error(name, _("Hãy ghi ngày của kỳ báo cáo."))
        return values


class LineForm(forms.Form):
    """One sentence; an empty one is left out."""

    section = forms.ChoiceField(label=_("Phần"), choices=Field.choices, required=False)
    text = forms.CharField(
        label=_("Nội dung"), required=False, max_length=4000,
        widget=CitedTextarea(
            attrs={"rows": 2, "class": "form-control", "hx-trigger": "input changed delay:600ms, focus once"}
        ),
    )
    entry = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("text") and not cleaned.get("section"):
            self.add_error("section", _("Chọn phần của báo cáo."))
        return cleaned


class FigureForm(forms.Form):
    """One figure, and why it differs from what the entries add up to."""

    indicator = forms.IntegerField(widget=forms.HiddenInput)
    value = forms.DecimalField(
        label=_("Số báo cáo"),
        min_value=Decimal(0),
        max_digits=16,
        decimal_places=2,
        localize=True,
        error_messages={
            "required": _("Hãy ghi số; không có thì ghi 0."),
            "invalid": _("Hãy ghi một số, ví dụ 12 hoặc 12,5."),
            "min_value": _("Số không được âm."),
            "max_digits": _("Số quá lớn."),
            "max_whole_digits": _("Số quá lớn."),
            "max_decimal_places": _("Nhiều nhất hai chữ số sau dấu phẩy."),
        },
    )
    reason = forms.CharField(label=_("Lý do nếu khác số tính từ tiến độ"), required=False, max_length=500)


class AddedForm(FigureForm):
    """A figure of an indicator that no entry of the unit speaks of."""

    indicator = forms.ModelChoiceField(  # type: ignore[assignment] # chosen here, given in the form above
        Indicator.objects.none(),
        label=_("Thêm chỉ tiêu"),
        required=False,
        empty_label=_("Chọn chỉ tiêu"),
        widget=forms.Select(attrs={"class": "form-select"}),
    )

    def __init__(self, *args: Any, contribution: Contribution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].required = False
        offer(self, "indicator", asked_of(contribution).exclude(rollup=Rollup.RATIO))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("indicator") and cleaned.get("value") is None and "value" not in self.errors:
            self.add_error("value", _("Hãy ghi số; không có thì ghi 0."))
        if cleaned.get("value") and not cleaned.get("indicator"):
            self.add_error("indicator", _("Chọn chỉ tiêu."))
        return cleaned


LineFormSet = forms.formset_factory(LineForm, extra=3, max_num=500, absolute_max=500)
FigureFormSet = forms.formset_factory(FigureForm, extra=0, max_num=200, absolute_max=200)


class ContributionForms:
    """The lists of a contribution's page, bound or filled from what is stored."""

    def __init__(self, contribution: Contribution, data: Any = None) -> None:
        self._contribution = contribution
        self.figures_shown = list(contribution.figures.select_related("indicator"))
        typed = [each for each in self.figures_shown if each.indicator.rollup != Rollup.RATIO]
        lines = queries.lines_of(contribution) if data is None else []
        drafted = list(ProgressEntry.objects.filter(pk__in=contribution.taken)) if data else []
        self._entries = {str(each.pk): each for each in (*drafted, *(line.entry for line in lines)) if each}
        self.lines = LineFormSet(
            data,
            prefix="line",
            initial=[{"section": line.section, "text": line.text, "entry": line.entry_id} for line in lines],
        )
        self.figures = FigureFormSet(
            data,
            prefix="figure",
            initial=[
                {
                    "indicator": each.indicator_id,
                    "value": localize_input(Decimal(plain(each.value, "."))),
                    "reason": each.reason,
                }
                for each in typed
            ],
        )
        self.added = AddedForm(data, prefix="added", contribution=contribution)

    @property
    def is_bound(self) -> bool:
        """These are what somebody typed, not what is stored."""
        return bool(self.lines.is_bound)

    def is_valid(self) -> bool:
        return all([self.lines.is_valid(), self.figures.is_valid(), self.added.is_valid()])

    @property
    def is_torn(self) -> bool:
        """The lists did not arrive whole: their counters are missing or changed."""
        return not (self.lines.management_form.is_valid() and self.figures.management_form.is_valid())

    def line_inputs(self) -> list[LineInput]:
        return [
            LineInput(form["section"], nfc(form["text"]), form.get("entry"))
            for form in self.lines.cleaned_data
            if form.get("text", "").strip()
        ]

    def figure_inputs(self) -> list[FigureInput]:
        given = [
            FigureInput(form["indicator"], form["value"], nfc(form["reason"]))
            for form in self.figures.cleaned_data
            if "indicator" in form
        ]
        added = self.added.cleaned_data
        if added.get("indicator"):
            given.append(FigureInput(added["indicator"].pk, added["value"], nfc(added["reason"])))
        return given

    def is_stored(self) -> bool:
        """Nothing was changed: each sentence and figure is stored as it stands here."""
        lines = [
            LineInput(line.section, nfc(line.text), line.entry_id) for line in queries.lines_of(self._contribution)
        ]
        figures = [FigureInput(each.indicator_id, each.value, each.reason) for each in self.figures_shown]
        return self.line_inputs() == lines and all(given in figures for given in self.figure_inputs())

    def line_rows(self) -> list[tuple[Any, ProgressEntry | None]]:
        """Each sentence's form with the entry it was drafted from."""
        return [(form, self._entries.get(str(form["entry"].value()))) for form in self.lines.forms]

    def figure_rows(self) -> list[tuple[Any, Any]]:
        """Each stored figure beside its form; a ratio follows from its parts and has none."""
        forms_by_id = {str(form["indicator"].value()): form for form in self.figures.forms}
        return [(figure, forms_by_id.get(str(figure.indicator_id))) for figure in self.figures_shown]


class ReasonForm(forms.Form):
    """Why something goes back."""

    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class SectionForm(forms.Form):
    """The words of one section; `before` is what the page showed."""

    text = forms.CharField(
        label=_("Nội dung"), required=False, max_length=50_000, widget=CitedTextarea(attrs={"rows": 10})
    )
    before = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    page = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_before(self) -> str:
        """Browsers send line ends as CR LF."""
        return str(self.cleaned_data["before"]).replace("\r\n", "\n")

    def clean_text(self) -> str:
        return "\n".join(nfc(line) for line in str(self.cleaned_data["text"]).splitlines())


class RemarkForm(forms.Form):
    """A question about a report, or its answer."""

    text = forms.CharField(label=_("Nội dung"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
