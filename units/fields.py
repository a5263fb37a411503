"""Fields of forms that several apps use, and what a field may choose among."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from units.models import Unit


class UnitField(forms.ModelChoiceField):
    """One unit, by its name of today."""

    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class UnitsField(forms.ModelMultipleChoiceField):
    """Several units, by their names of today."""

    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


class DayField(forms.DateField):
    """A day, typed as 20/10/2026 or picked."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"data-date": "", "placeholder": "20/10/2026", "class": "input-narrow"}
        super().__init__(**kwargs | {"widget": forms.DateInput(attrs=attrs)})


def name_empty(form: forms.BaseForm, **words: Any) -> None:
    """What the empty choice of these fields of a model says, instead of a row of dashes."""
    for name, label in words.items():
        field = form.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.empty_label = label
        else:
            assert isinstance(field, forms.ChoiceField)
            offered = cast(Iterable[tuple[str, Any]], field.choices)
            field.choices = [("", label), *(pair for pair in offered if pair[0])]


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of the form choose among these rows only."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = rows
