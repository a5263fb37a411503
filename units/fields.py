"""Fields of forms that choose a unit, and what a field may choose among."""

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


def offer(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of the form choose among these rows only."""
    cast(forms.ModelChoiceField, form.fields[name]).queryset = rows
