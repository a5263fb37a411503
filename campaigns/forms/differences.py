"""What two people wrote into one form, field by field."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from campaigns.comparison import Piece, words


@dataclass(frozen=True)
class Difference:
    """A field: what is stored now, what was typed, and both in one run of words."""

    label: str
    stored: str
    typed: str
    pieces: tuple[Piece, ...]


def differences(stored: forms.Form, typed: forms.Form) -> list[Difference]:
    """The fields whose values differ. `stored` shows what is kept, `typed` what somebody sent."""
    pairs = [(str(stored[name].label), shown(stored[name]), shown(typed[name])) for name in stored.fields]
    return [Difference(label, old, new, words(old, new)) for label, old, new in pairs if old != new]


def shown(bound: BoundField) -> str:
    """The value of a field as a person reads it."""
    value: Any = bound.value()
    if isinstance(bound.field, forms.BooleanField):
        return _("có") if value and value != "False" else _("không")
    if isinstance(bound.field, forms.ChoiceField | forms.ModelChoiceField):
        choices: Any = bound.field.choices
        given = value if isinstance(value, list | tuple) else [value]
        wanted = {str(getattr(each, "pk", each)) for each in given if each not in (None, "")}
        return ", ".join(str(label) for key, label in choices if str(key) in wanted)
    if value is None:
        return ""
    prepared = bound.field.widget.format_value(value)
    return "" if prepared is None else str(prepared).replace("\r\n", "\n").strip()
