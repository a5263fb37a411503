"""Fields of forms that choose a unit, and what a field may choose among."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.db.models.fields import BLANK_CHOICE_DASH
from django.utils.translation import gettext as _

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
    """Let a field of the form choose among these rows only; an empty choice of Django's says what it means."""
    field = cast(forms.ModelChoiceField, form.fields[name])
    field.queryset = rows
    if field.empty_label == BLANK_CHOICE_DASH[0][1]:
        field.empty_label = _("Hãy chọn") if field.required else _("Không chọn")
