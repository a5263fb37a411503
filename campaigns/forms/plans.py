"""Forms of plans: they check and translate into what the verbs take; they save nothing."""

from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.importing import LARGEST, recipient_unit
from campaigns.models import Campaign, ItemStyle, Plan
from campaigns.states import Rhythm
from campaigns.workflow.plan_bases import LEADS
from campaigns.workflow.plans import ItemText, PlanText, TaskText
from directives.models import Directive
from documents.heading import authority_lines
from units.models import Appointment, Unit
from units.permissions import roles_with

KINDS = (".txt", ".docx", ".pdf")
PASTED = "van-ban-dan.txt"


def date_field(label: Any, **more: Any) -> forms.DateField:
    """A day typed as 20/10/2026."""
    widget = forms.DateInput(format="%d/%m/%Y", attrs={"data-date": "", "placeholder": "20/10/2026"})
    return forms.DateField(label=label, widget=widget, required=False, **more)


def area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def row_area(rows: int) -> forms.Textarea:
    """A text area in a row of many, drawn without crispy's label and help."""
    return forms.Textarea(attrs={"rows": rows, "class": "form-control"})


def signers(organisation: Unit, on: date | None = None) -> Any:
    """The posts that may sign for the organisation on the day of the plan, the director's own first."""
    posts = Appointment.objects.current(on or timezone.localdate()).filter(role__in=roles_with("documents.sign"))
    return posts.filter(unit__organisation=organisation).with_people().order_by("authority", "id")


class PostChoice(forms.ModelChoiceField):
    """A post with its person and the form in which it signs: "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC — Trần Văn B"."""

    def label_from_instance(self, obj: Appointment) -> str:
        authority, position = authority_lines(obj)
        return f"{', '.join(part for part in (authority, position) if part)} — {obj.person_name}"


class UploadForm(forms.Form):
    """A plan typed elsewhere: a file, or its text pasted."""

    file = forms.FileField(
        label=_("Tệp kế hoạch"),
        required=False,
        help_text=_("Word (.docx), PDF có lớp chữ hoặc văn bản thuần (.txt), tối đa 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}),
    )
    text = forms.CharField(
        label=_("Hoặc dán nội dung"),
        required=False,
        strip=False,
        max_length=2_000_000,
        widget=area(10),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not file:
            return file
        suffix = Path(file.name).suffix.lower()
        if suffix == ".doc":
            raise forms.ValidationError(_("Tệp .doc kiểu cũ: hãy mở bằng Word và lưu thành .docx rồi tải lên."))
        if suffix not in KINDS:
            raise forms.ValidationError(_("Chỉ nhận tệp .docx, .pdf hoặc .txt."))
        if file.size > LARGEST:
            raise forms.ValidationError(_("Tệp lớn hơn 20 MB."))
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("file") and not (cleaned.get("text") or "").strip() and not self.errors:
            raise forms.ValidationError(_("Hãy chọn tệp hoặc dán nội dung kế hoạch."))
        return cleaned

    def source(self) -> tuple[bytes, str]:
        """The bytes and the name they are kept under."""
        file = self.cleaned_data["file"]
        if file:
            return file.read(), file.name
        return self.cleaned_data["text"].encode(), PASTED


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

    def __init__(self, *args: Any, organisation: Unit, on: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["drafting_unit"].queryset = Unit.objects.inside(organisation).working()
        fields["signer"].queryset = signers(organisation, on)
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
    opening = forms.CharField(label=_("Đoạn mở đầu"), required=False, widget=area(3))
    closing = forms.CharField(label=_("Đoạn kết"), required=False, widget=area(3))


class BaseForm(forms.Form):
    text = forms.CharField(
        label=_("Căn cứ"), widget=area(3), help_text=_("Văn bản nêu trong căn cứ được tự đưa vào sổ.")
    )


class PickedBaseForm(forms.Form):
    """A directive of the register, and the word its sentence begins with."""

    directive = forms.ModelChoiceField(Directive.objects.none(), label=_("Văn bản trong sổ"))
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
    text = forms.CharField(label=_("Nội dung"), widget=area(4))


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


# --- import -----------------------------------------------------------------------------------------------------------
class ImportHeadForm(HeadForm):
    """The head of what was recognised, with the passages and the recipients."""

    opening = forms.CharField(label=_("Đoạn mở đầu"), required=False, widget=area(2))
    closing = forms.CharField(label=_("Đoạn kết"), required=False, widget=area(2))
    recipients = forms.CharField(
        label=_("Nơi nhận"), required=False, widget=area(5), help_text=_("Mỗi dòng một nơi nhận.")
    )


class ImportBaseForm(forms.Form):
    text = forms.CharField(label=_("Căn cứ"), required=False, widget=row_area(3))


class ImportItemForm(forms.Form):
    style = forms.ChoiceField(
        label=_("Kiểu"), choices=ItemStyle.choices, widget=forms.Select(attrs={"class": "form-select"})
    )
    depth = forms.IntegerField(
        label=_("Cấp"),
        min_value=0,
        max_value=8,
        localize=False,
        widget=forms.NumberInput(attrs={"class": "form-control"}),
    )
    text = forms.CharField(label=_("Nội dung"), required=False, widget=row_area(2))


class ImportTaskForm(forms.Form):
    """A recognised task. An empty text leaves it out."""

    text = forms.CharField(label=_("Nội dung"), required=False, widget=area(3))
    lead_unit = forms.TypedChoiceField(label=_("Đơn vị chủ trì"), required=False, coerce=int, empty_value=None)
    cooperating = forms.TypedMultipleChoiceField(
        label=_("Đơn vị phối hợp"), required=False, coerce=int, widget=forms.SelectMultiple(attrs={"size": 4})
    )
    due_on = date_field(_("Hạn"))
    rhythm = forms.ChoiceField(label=_("Nhịp báo cáo"), choices=Rhythm.choices, required=False)
    due_wording = forms.CharField(label=_("Hạn như ghi"), required=False, max_length=200)
    item = forms.IntegerField(required=False, widget=forms.HiddenInput, localize=False)

    def __init__(self, *args: Any, units: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["lead_unit"].choices = [("", _("Chọn đơn vị")), *units]
        fields["cooperating"].choices = units

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        check_due(self, cleaned)
        if (cleaned.get("text") or "").strip() and not cleaned.get("lead_unit"):
            self.add_error("lead_unit", _("Chọn đơn vị chủ trì, hoặc xóa nội dung để bỏ nhiệm vụ này."))
        return cleaned


BaseRows = forms.formset_factory(ImportBaseForm, extra=1, max_num=500)
ItemRows = forms.formset_factory(ImportItemForm, extra=0, max_num=3000)
TaskRows = forms.formset_factory(ImportTaskForm, extra=0, max_num=3000)


class ImportForms:
    """All forms of the import page as one: valid together, and together one new plan."""

    def __init__(self, draft: dict[str, Any], organisation: Unit, data: Any = None, drafting_unit: Any = None) -> None:
        self.organisation = organisation
        self.units = {unit.pk: unit for unit in Unit.objects.inside(organisation).working()}
        names = [(unit.pk, unit.name) for unit in self.units.values()]
        tasks = [row | {"due_on": row["due_on"] or None} for row in draft["tasks"]]
        head = {
            "title": draft["title"], "symbol": draft["symbol"], "year": draft["year"], "opening": draft["opening"],
            "closing": draft["closing"], "signer": draft["signer"]["post"], "drafting_unit": drafting_unit,
            "recipients": "\n".join(row["text"] for row in draft["recipients"]),
            "prints_tasks": any(row["item"] is None for row in tasks),
        }  # fmt: skip
        self.head = ImportHeadForm(data, initial=head, organisation=organisation)
        self.bases = BaseRows(data, initial=draft["bases"], prefix="bases")
        self.items = ItemRows(data, initial=draft["items"], prefix="items")
        self.tasks = TaskRows(data, initial=tasks, prefix="tasks", form_kwargs={"units": names})

    def is_valid(self) -> bool:
        return all([self.head.is_valid(), self.bases.is_valid(), self.items.is_valid(), self.tasks.is_valid()])

    @property
    def errors(self) -> bool:
        return any([self.head.errors, *self.bases.errors, *self.items.errors, *self.tasks.errors])

    def content(self) -> PlanText:
        """The plan that the forms say; rows whose text was cleared are left out."""
        head = self.head.cleaned_data
        kept = [(index, row) for index, row in enumerate(self.items.cleaned_data) if row.get("text", "").strip()]
        places = {index: place for place, (index, _row) in enumerate(kept)}
        lines = RecipientsForm({"lines": head["recipients"]})
        lines.full_clean()
        return PlanText(
            title=head["title"], symbol=head["symbol"], drafting_unit=head["drafting_unit"], year=head["year"],
            signer=head["signer"], campaign=head["campaign"], opening=head["opening"], closing=head["closing"],
            prints_tasks=head["prints_tasks"],
            bases=tuple(row["text"].strip() for row in self.bases.cleaned_data if row.get("text", "").strip()),
            items=tuple(ItemText(ItemStyle(row["style"]), row["text"].strip(), row["depth"]) for _index, row in kept),
            tasks=tuple(self._task(row, places) for row in self.tasks.cleaned_data if row.get("text", "").strip()),
            recipients=tuple(lines.rows(self.organisation)),
        )  # fmt: skip

    def _task(self, row: dict[str, Any], places: dict[int, int]) -> TaskText:
        return TaskText(
            text=row["text"].strip(), lead_unit=self.units[row["lead_unit"]],
            cooperating=tuple(self.units[pk] for pk in row["cooperating"]), due_on=row["due_on"],
            rhythm=row["rhythm"], due_wording=row["due_wording"],
            item=places.get(row["item"]) if row["item"] is not None else None,
        )  # fmt: skip
