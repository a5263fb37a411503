"""What the signer sees of the changes since the version that came back."""

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents import comparing, workflow
from documents.models import Document
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_plan


def presented_again(house: House, title: str) -> Document:
    """A plan that the director returned, with another title, before him again."""
    plan = make_plan(house, title="Thực hiện Tháng cao điểm năm 2026")
    document = bring_to(plan, S.CHECKED, house)
    workflow.return_for_changes(document=document, reason="Sai năm", by=house.director, at=timezone.now())
    Document.objects.filter(pk=document.pk).update(title=title)
    workflow.edit(document=document, what="trích yếu", by=house.office, at=timezone.now())
    plan.document.refresh_from_db()
    return bring_to(plan, S.CHECKED, house)


def test_changed_words_are_named_with_what_stands_around_them(house: House) -> None:
    document = presented_again(house, "Thực hiện Tháng cao điểm năm 2027")
    new = document.renditions.filter(stage="presented").order_by("-id")[0]
    old = comparing.presented_before(document, new)

    assert old is not None
    found = [(each.removed, each.added) for each in comparing.changes(old, new) or []]
    assert found == [("2026", "2027")]


def test_a_first_presentation_has_nothing_to_compare_with(client: Client, house: House) -> None:
    document = bring_to(make_plan(house), S.CHECKED, house)
    client.force_login(house.director.user)

    answer = client.get(reverse("documents:sign", args=[document.pk]))

    assert (answer.context["earlier"], answer.context["differences"]) == (None, [])


def test_the_signing_page_shows_the_changes(client: Client, house: House) -> None:
    document = presented_again(house, "Thực hiện Tháng cao điểm năm 2027")
    client.force_login(house.director.user)

    page = client.get(reverse("documents:sign", args=[document.pk])).content.decode()

    assert "So với bản trình lần trước" in page
    assert "2027</ins>" in page
