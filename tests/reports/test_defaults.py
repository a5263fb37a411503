"""The shipped catalogue and profile."""

import pytest

from campaigns.models import Indicator, Rollup
from campaigns.states import Field
from reports import outline
from reports.defaults import CATALOGUE, ensure_indicators, ensure_profile
from reports.models import ReportProfile
from tests.factories.units import UnitFactory

pytestmark = pytest.mark.django_db


def test_catalogue_is_entered_once_and_what_was_changed_stays():
    ensure_indicators()
    Indicator.objects.filter(code="hoi-nghi").update(name="Tên của cơ quan")
    found = ensure_indicators()
    assert list(found) == [row.code for row in CATALOGUE]
    assert Indicator.objects.filter(code__in=found).count() == len(CATALOGUE)
    assert found["hoi-nghi"].name == "Tên của cơ quan"


def test_ratios_stand_on_two_sums_or_stocks_of_the_catalogue():
    found = ensure_indicators()
    ratios = [each for each in found.values() if each.rollup == Rollup.RATIO]
    assert {each.code: (each.numerator.code, each.denominator.code) for each in ratios} == {
        "ty-le-dang-vien": ("dang-vien-hoc", "dang-vien"),
        "ty-le-dung-han": ("ho-so-dung-han", "ho-so"),
    }


def test_profile_is_made_once_with_the_outline():
    house, board = UnitFactory(), UnitFactory(name="Ban Dân vận Thử nghiệm")
    first = ensure_profile(house, recipient=board)
    ReportProfile.objects.filter(pk=first.pk).update(first_day=1)
    second = ensure_profile(house, recipient=None)
    assert (second.pk, second.first_day, second.addressee) == (first.pk, 1, "Ban Dân vận Thử nghiệm")
    assert second.outline == outline.MONTHLY


def test_outline_has_a_section_for_every_field_once():
    keys = [section["key"] for section in outline.MONTHLY]
    assert len(keys) == len(set(keys))
    assert sorted(part["key"] for part in outline.MONTHLY if part["source"] == outline.FIELD) == sorted(Field.values)


def test_the_migration_enters_the_whole_catalogue_and_may_run_again():
    from importlib import import_module

    from django.apps import apps

    enter = import_module("reports.migrations.0002_indicator_catalogue").enter
    Indicator.objects.filter(code="ty-le-dung-han").delete()
    Indicator.objects.filter(code="hoi-nghi").update(name="Tên của cơ quan")
    for _ in range(2):
        enter(apps, None)
    codes = Indicator.objects.order_by("position").values_list("code", flat=True)
    assert list(codes) == [row.code for row in CATALOGUE]
    assert Indicator.objects.get(code="hoi-nghi").name == "Tên của cơ quan"
