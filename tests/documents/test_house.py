"""The organisation's own rules for its files: who changes them, when, and what the history says."""

from datetime import date
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from documents import house as rules
from documents.models import HouseRules, Numbering
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_plan
from units.permissions import NotAllowed

NOW = timezone.now


def change(house: House, post: str = "chief", **values: Any) -> HouseRules:
    return rules.change_rules(organisation=house.organisation, values=values, by=house.posts[post], at=NOW())


def test_only_what_differs_is_changed_and_written_down(house: House) -> None:
    change(house, seal_mm=34, type_size=13)

    event = Event.objects.get(name="documents.rules_changed")
    assert event.data["what"] == "đường kính dấu (mm): 34"
    change(house, seal_mm=34)
    assert Event.objects.filter(name="documents.rules_changed").count() == 1


@pytest.mark.parametrize("role", ["office", "clerk", "director", "deputy", "head", "officer"])
def test_others_change_nothing(house: House, role: str) -> None:
    with pytest.raises(NotAllowed):
        change(house, role, seal_mm=34)
    assert not HouseRules.objects.exists()


@pytest.mark.parametrize("values", [{"numbering": Numbering.ONE_SERIES}, {"term_starts_on": date(2025, 8, 20)}])
def test_a_run_that_has_begun_keeps_its_way(house: House, values: dict[str, Any]) -> None:
    bring_to(make_plan(house), S.NUMBERED, house)

    with pytest.raises(NotAllowed, match="trước số đầu tiên"):
        change(house, **values)
    assert change(house, seal_mm=30).seal_mm == 30


def test_before_the_first_number_everything_may_change(house: House) -> None:
    assert change(house, "admin", numbering=Numbering.ONE_SERIES).numbering == Numbering.ONE_SERIES


def test_a_failing_history_undoes_the_change(house: House) -> None:
    with mock.patch("audit.log.Event.objects.create", side_effect=DatabaseError("full")):
        with pytest.raises(DatabaseError, match="full"):
            change(house, seal_mm=34)
    assert not HouseRules.objects.exists()


@pytest.mark.parametrize(("field", "value"), [
    ("seal_mm", "19"), ("type_size", "15"), ("term_starts_on", "31/02/2026"), ("link_days", "0"), ("link_days", "731"),
])  # fmt: skip
def test_a_wrong_value_is_named_and_nothing_saved(client: Client, house: House, field: str, value: str) -> None:
    client.force_login(house.chief.user)
    entered = {
        "numbering": "per_kind", "layout": "state", "type_size": "13", "seal_mm": "36", "link_days": "90",
        "kinds_by_order": "BC",
    }  # fmt: skip

    answer = client.post(reverse("documents:rules"), entered | {field: value})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not HouseRules.objects.exists()
