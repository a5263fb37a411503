"""Lists kept under names: whose they are, what opens first, what is refused."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from campaigns.models import SavedView
from campaigns.workflow import saved_views
from tests.factories.plans import House, make_house
from tests.factories.units import AppointmentFactory
from units.models import Appointment
from units.permissions import NotAllowed

pytestmark = pytest.mark.django_db
As = Callable[[Appointment], Client]
LIST = reverse("tasks:list")


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def as_(client: Client) -> As:
    def sign_in(post: Appointment) -> Client:
        client.force_login(post.user, backend="units.backends.PostBackend")
        return client

    return sign_in


def keep(by: Appointment, name: str = "Quá hạn", query: str = "due=overdue", **changes: bool) -> SavedView:
    return saved_views.save(name=name, query=query, by=by, **{"for_unit": False, "is_default": False} | changes)


def labels(client: Client) -> list[str]:
    tabs = client.get(f"{LIST}?state=").context["tabs"]
    return [tab["label"] for tab in tabs][-2:]


def test_a_kept_list_is_a_tab_of_its_owner_only(as_: As, house: House) -> None:
    client = as_(house.head)
    sent = {"save-name": "Quá hạn", "save-query": "unit=&due=overdue&after=x", "save-is_default": ""}
    answer = client.post(reverse("tasks:view_save"), sent)
    assert answer["Location"] == f"{LIST}?due=overdue"
    page = client.get(answer["Location"])
    assert [tab["label"] for tab in page.context["tabs"] if tab["active"]] == ["Quá hạn"]
    assert "Quá hạn" not in labels(as_(house.officer))


def test_a_units_list_is_a_tab_of_all_who_work_there(as_: As, house: House) -> None:
    keep(house.head, "Của phòng", for_unit=True)
    assert labels(as_(house.officer))[-1] == "Của phòng"
    assert "Của phòng" not in labels(as_(house.office))


def test_the_same_name_again_keeps_the_new_list(house: House) -> None:
    first, again = keep(house.head), keep(house.head, query="state=done")
    assert (first.pk, SavedView.objects.get().query) == (again.pk, "state=done")


def test_the_own_default_opens_first_then_the_units(as_: As, house: House) -> None:
    client = as_(house.head)
    keep(house.head, "Phòng", "state=assigned", for_unit=True, is_default=True)
    assert client.get(LIST)["Location"] == f"{LIST}?state=assigned"
    keep(house.head, "Tôi", "due=overdue", is_default=True)
    assert client.get(LIST)["Location"] == f"{LIST}?due=overdue"
    assert client.get(f"{LIST}?state=").status_code == 200


def test_only_one_list_opens_first(house: House) -> None:
    keep(house.head, "A", is_default=True)
    keep(house.head, "B", is_default=True)
    assert [*SavedView.objects.values_list("name", "is_default")] == [("A", False), ("B", True)]


def test_an_empty_list_as_default_does_not_lead_in_circles(as_: As, house: House) -> None:
    keep(house.head, "Tất cả", "", is_default=True)
    assert as_(house.head).get(LIST).status_code == 200


def test_renaming_and_deleting(as_: As, house: House) -> None:
    view, client = keep(house.head), as_(house.head)
    client.post(reverse("tasks:view_change", args=[view.pk]), {"change-name": "Trễ", "change-is_default": "on"})
    view.refresh_from_db()
    assert (view.name, view.is_default) == ("Trễ", True)
    client.post(reverse("tasks:view_delete", args=[view.pk]))
    assert SavedView.objects.count() == 0


def test_a_taken_name_is_refused(house: House) -> None:
    keep(house.head, "A")
    other = keep(house.head, "B")
    with pytest.raises(NotAllowed, match="Đã có cách xem tên “A”"):
        saved_views.change(view=other, name="A", is_default=True)
    assert SavedView.objects.get(pk=other.pk).name == "B"


@pytest.mark.parametrize("name", ["", " ", "x" * 61])
def test_a_name_is_asked_for(name: str, as_: As, house: House) -> None:
    answer = as_(house.head).post(
        reverse("tasks:view_save"), {"save-name": name, "save-query": "due=overdue"}, follow=True
    )
    assert "cần một tên" in answer.content.decode()
    assert answer.request["QUERY_STRING"] == "due=overdue"
    assert SavedView.objects.count() == 0


def test_there_is_an_end_to_names(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_views, "MOST", 1)
    keep(house.head, "A")
    keep(house.head, "A", "state=done")
    with pytest.raises(NotAllowed, match="xóa bớt"):
        keep(house.head, "B")


def test_strangers_do_not_find_it(as_: As, house: House) -> None:
    view = keep(house.head)
    for who in (house.officer, AppointmentFactory(unit_head=True)):
        client = as_(who)
        assert client.post(reverse("tasks:view_change", args=[view.pk]), {"change-name": "X"}).status_code == 404
        assert client.post(reverse("tasks:view_delete", args=[view.pk])).status_code == 404


@pytest.mark.parametrize("owners", ["none", "both"])
def test_the_database_wants_one_owner(owners: str, house: House) -> None:
    values = {} if owners == "none" else {"user": house.head.user, "unit": house.department}
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(name="A", query="", **values)
