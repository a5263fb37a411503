"""Several files signed one after another: the list, the place in the round, what comes next, a reason never lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents import workflow
from documents.models import Document
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_plan, shown
from tests.factories.units import PASSWORD

LIST = reverse("documents:to_sign")


def url(name: str, document: Document) -> str:
    return reverse(f"documents:{name}", args=[document.pk])


def waiting(house: House, count: int) -> list[Document]:
    """Files before the director, the longest waiting first."""
    return [bring_to(make_plan(house, title=f"Kế hoạch số {number}"), S.CHECKED, house) for number in range(count)]


def place(client: Client, document: Document) -> tuple[int, int, int | None]:
    found = client.get(url("sign", document)).context["round"]
    return found.number, found.count, found.following


def sign(client: Client, document: Document) -> Any:
    given = {"shown": shown(document), "password": PASSWORD}
    return client.post(url("sign", document), given, follow=True)


def hand_back(client: Client, document: Document, reason: str, version: str = "") -> Any:
    given = {"shown": version or shown(document), "reason": reason}
    return client.post(url("hand_back", document), given, headers={"HX-Request": "true"})


@pytest.fixture
def director(client: Client, house: House) -> Client:
    client.force_login(house.director.user)
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_whatever_its_length(
    director: Client, house: House, count: int, django_assert_num_queries: Any
) -> None:
    files = waiting(house, count)

    with django_assert_num_queries(4):
        answer = director.get(LIST)

    assert [(each.pk, each.times, each.pages) for each in answer.context["waiting"]] == [
        (each.pk, 1, 2) for each in files
    ]


def test_after_one_is_signed_or_returned_the_next_opens(director: Client, house: House) -> None:
    first, second, third = waiting(house, 3)
    director.get(LIST)

    places = [place(director, first)]
    after_signing = sign(director, first)
    places.append(place(director, second))
    after_return = hand_back(director, second, "Thiếu căn cứ")
    places.append(place(director, third))
    end = sign(director, third)

    assert places == [(1, 3, second.pk), (2, 3, third.pk), (3, 3, None)]
    assert after_signing.redirect_chain[-1][0] == url("sign", second)
    assert f"Đã ký lúc {timezone.localtime():%H}" in after_signing.content.decode()
    assert after_return["HX-Redirect"] == url("sign", third)
    assert "Không còn văn bản nào chờ bạn ký" in end.content.decode()
    assert [Document.objects.get(pk=each.pk).state for each in (first, second, third)] == [
        S.SIGNED, S.RETURNED, S.SIGNED,
    ]  # fmt: skip


def test_last_return_leads_to_the_empty_list(director: Client, house: House) -> None:
    only = waiting(house, 1)[0]

    assert hand_back(director, only, "Thiếu căn cứ")["HX-Redirect"] == LIST
    assert "Không còn văn bản nào chờ bạn ký" in director.get(LIST).content.decode()


def test_what_was_left_for_later_comes_again_at_the_end(director: Client, house: House) -> None:
    first, second = waiting(house, 2)

    assert place(director, first) == (1, 2, second.pk)
    assert place(director, second) == (2, 2, first.pk)
    assert sign(director, second).redirect_chain[-1][0] == url("sign", first)


def test_a_file_that_comes_in_meanwhile_joins_the_round(director: Client, house: House) -> None:
    first, second = waiting(house, 2)
    director.get(url("sign", first))
    third = bring_to(make_plan(house, title="Đến sau"), S.CHECKED, house)

    assert place(director, second) == (2, 3, third.pk)


def test_another_day_begins_another_round(director: Client, house: House) -> None:
    sign(director, waiting(house, 1)[0])

    assert place(director, waiting(house, 1)[0]) == (1, 1, None)


def test_reason_about_another_version_is_refused_and_kept(director: Client, house: House) -> None:
    document = waiting(house, 1)[0]
    old = shown(document)
    Document.objects.filter(pk=document.pk).update(title="Tên khác")
    workflow.edit(document=document, what="trích yếu", by=house.office, at=timezone.now())
    again = bring_to(Document.objects.get(pk=document.pk).plan, S.CHECKED, house)

    answer = hand_back(director, again, "Lý do tôi gõ", old)

    assert (answer.status_code, Document.objects.get(pk=document.pk).state) == (422, S.CHECKED)
    assert ("Lý do tôi gõ" in answer.content.decode(), "đã thay đổi" in answer.content.decode()) == (True, True)


def test_return_of_a_file_taken_back_meanwhile_keeps_the_reason(director: Client, house: House) -> None:
    document = waiting(house, 1)[0]
    version = shown(document)
    workflow.edit(document=document, what="trích yếu", by=house.office, at=timezone.now())

    answer = hand_back(director, document, "Lý do tôi gõ", version)

    assert (answer.status_code, "Lý do tôi gõ" in answer.content.decode()) == (422, True)


def test_second_press_of_return_goes_on(director: Client, house: House) -> None:
    first, second = waiting(house, 2)
    version = shown(first)

    answers = [hand_back(director, first, "Thiếu căn cứ", version) for _press in range(2)]

    assert [answer["HX-Redirect"] for answer in answers] == [url("sign", second)] * 2
    assert Document.objects.get(pk=first.pk).return_reason == "Thiếu căn cứ"


def test_return_without_a_reason_is_asked_for(director: Client, house: House) -> None:
    document = waiting(house, 1)[0]

    answer = hand_back(director, document, " ")

    assert (answer.status_code, Document.objects.get(pk=document.pk).state) == (422, S.CHECKED)


def test_list_says_which_files_come_again(director: Client, house: House) -> None:
    document = waiting(house, 1)[0]
    hand_back(director, document, "Sai năm")
    plan = Document.objects.get(pk=document.pk).plan
    workflow.edit(document=plan.document, what="trích yếu", by=house.office, at=timezone.now())
    Document.objects.filter(pk=document.pk).update(title="Tên khác")
    bring_to(Document.objects.get(pk=document.pk).plan, S.CHECKED, house)

    assert "Trình lần 2" in director.get(LIST).content.decode()
