"""Addresses that somebody typed: none of them is an error of the portal."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.plans import make_house, make_plan

pytestmark = pytest.mark.django_db

FILTERS = {
    "plans:list": ["nam", "don-vi", "q", "trang-thai", "page"],
    "documents:register": ["nam", "loai", "q", "page"],
    "tasks:list": ["unit", "officer", "plan", "help", "due", "state", "q", "after"],
    "directives:list": ["text", "kind", "issuer", "year", "validity", "page"],
    "reports:list": ["page"],
    "notifications:list": ["reason", "before", "unread"],
    "search": ["q"],
}
ODD = ["²", "٣", "-1", "9" * 20, "9" * 5000, "a'\"<script>%_\\"]


@pytest.mark.parametrize("name", FILTERS)
def test_odd_values_of_a_list_are_answered(client: Client, name: str) -> None:
    client.force_login(make_house().office.user)

    answers = {(key, odd): client.get(reverse(name), {key: odd}) for key in FILTERS[name] for odd in ODD}

    assert {answer.status_code for answer in answers.values()} == {200}
    assert [where for where, answer in answers.items() if b"<script>%" in answer.content] == []


@pytest.mark.parametrize("name", FILTERS)
def test_a_nul_in_the_address_is_a_bad_request(client: Client, name: str) -> None:
    client.force_login(make_house().office.user)

    answers = [client.get(reverse(name), {key: "\x00abc"}) for key in FILTERS[name]]

    assert {answer.status_code for answer in answers} == {400}


def test_odd_rows_of_a_plan_are_not_there(client: Client) -> None:
    house = make_house()
    plan = make_plan(house)
    client.force_login(house.office.user)
    part, document = reverse("plans:part", args=[plan.pk, "item-1"]).removesuffix("1/"), plan.document.pk

    paths = [f"{part}{'9' * 5000}/", f"{part}new/?sau={'9' * 5000}", f"/van-ban/{document}/trang/{'a' * 5000}/1/"]

    assert [client.get(path).status_code for path in paths] == [404, 200, 404]
    assert client.get(f"/van-ban/{document}/trang/%00/1/").status_code == 400


def test_an_address_that_only_takes_a_form_says_so(client: Client) -> None:
    client.force_login(make_house().office.user)

    answer = client.get(reverse("units:act_as"))

    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Địa chỉ này chỉ nhận biểu mẫu" in answer.content.decode()
