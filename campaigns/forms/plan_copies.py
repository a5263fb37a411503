"""Forms of a copy: its year, and one small form for each change."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from campaigns.copying import CHOICE, DAY, Change
from campaigns.forms.plans import row_area
from units.fields import DayField

NEW, OLD, OWN, DROP = "new", "old", "own", "drop"


class ChangeForm(forms.Form):
    """Take the new form, leave the old one, write another, or (where that is possible) leave the place out."""

    how = forms.ChoiceField(widget=forms.RadioSelect)
    own: forms.Field

    def __init__(self, data: Any, *, change: Change) -> None:
        how = NEW if change.is_taken else OLD
        shown = change.new if change.new is not None else ""
        super().__init__(data, prefix=change.key, initial={"how": how, "own": shown})
        self.change = change
        fields: Any = self.fields
        fields["how"].choices = self._ways()
        fields["own"] = self._own()

    def _ways(self) -> list[tuple[str, Any]]:
        new = self.change.new
        taken = [] if new is None and self.change.must_choose else [(NEW, _("Dùng bản mới"))]
        ways = [*taken, (OLD, _("Giữ như cũ")), (OWN, _("Sửa"))]
        return [*ways, (DROP, _("Bỏ"))] if self.change.can_drop else ways

    def _own(self) -> forms.Field:
        label = _("Ghi lại %(what)s") % {"what": self.change.name}
        if self.change.kind == DAY:
            return DayField(label=label, required=False)
        if self.change.kind == CHOICE:
            options = [("", "—"), *((str(key), name) for key, name in self.change.options)]
            select = forms.Select(attrs={"class": "form-select"})
            return forms.ChoiceField(label=label, choices=options, required=False, widget=select)
        return forms.CharField(label=label, required=False, widget=row_area(2))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("how") != OWN:
            self.errors.pop("own", None)  # what stands in a field that nobody chose
        elif not self.errors:
            own = cleaned.get("own")
            if isinstance(own, str):
                own = own.strip()
            if not own and (self.change.kind != CHOICE or self.change.must_choose):
                self.add_error("own", _("Hãy ghi nội dung, hoặc chọn cách khác."))
        return cleaned

    @property
    def decision(self) -> Any:
        """The final value: a text, a day, a key of the options, or None for left out."""
        how, own = self.cleaned_data["how"], self.cleaned_data.get("own")
        if how == NEW:
            return self.change.new
        if how == OLD:
            return self.change.old
        if how == DROP:
            return None
        if self.change.kind == CHOICE:
            return int(own) if own else None
        return own if isinstance(own, date) else str(own).strip()
