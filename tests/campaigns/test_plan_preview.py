"""The address that the preview pane asks."""

from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Plan
from campaigns.workflow import plans
from documents import previews
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_house, make_plan, make_recipient


def url(plan: Plan) -> str:
    return reverse("plans:preview", args=[plan.pk])


def test_pages_come_with_their_pictures_and_nothing_when_nothing_changed(client: Client, house: House) -> None:
    plan = make_plan(house)
    client.force_login(house.office.user)

    made = client.get(url(plan)).json()
    unchanged = client.get(url(plan), {"co": made["digest"]})
    plans.edit_passages(plan=plan, opening="Khác hẳn.", closing="", by=house.office, at=timezone.now())
    changed = client.get(url(plan), {"co": made["digest"]}).json()

    assert [(page["width"], page["height"]) for page in made["pages"]] == [(595, 842), (595, 842)]
    assert client.get(made["pages"][0]["url"])["Content-Type"] == "image/png"
    assert (unchanged.status_code, unchanged.content) == (204, b"")
    assert changed["digest"] != made["digest"]


@pytest.mark.parametrize(("error", "status"), [(previews.Busy(), 503), (previews.TooLong("Dài quá."), 200)])
def test_limits_are_said(client: Client, house: House, error: Exception, status: int) -> None:
    plan = make_plan(house)
    client.force_login(house.office.user)

    with mock.patch.object(previews, "preview", side_effect=error):
        answer = client.get(url(plan))

    assert answer.status_code == status
    assert status == 503 or answer.json() == {"message": "Dài quá.", "pages": []}


def test_others_and_signed_plans_have_no_preview(client: Client, house: House) -> None:
    plan = make_plan(house)
    for post in (make_house("Sở Khác", "SK").office, make_recipient(), house.admin):
        client.force_login(post.user)
        assert client.get(url(plan)).status_code == 404
    client.force_login(house.office.user)
    bring_to(plan, S.SIGNED, house)
    assert client.get(url(plan)).status_code == 404


def test_a_save_tells_the_preview(client: Client, house: House) -> None:
    plan = make_plan(house)
    client.force_login(house.office.user)
    given = {"opening": "Khác.", "closing": "", "version": plan.document.version}

    answer = client.post(reverse("plans:part", args=[plan.pk, "passages"]), given, headers={"HX-Request": "true"})

    assert "plan:changed" in answer["HX-Trigger"]
    page = client.get(reverse("plans:detail", args=[plan.pk])).content.decode()
    assert f'data-preview="{url(plan)}"' in page
