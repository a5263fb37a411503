"""One's own password is changed by the old one."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from notifications.models import Message
from tests.factories.units import PASSWORD, AppointmentFactory, UnitFactory
from units import accounts, appointments
from units.models import Appointment
from units.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client) -> Appointment:
    post = AppointmentFactory()
    client.force_login(post.user)
    return post


def change(client, old: str, new: str):
    values = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(reverse("units:own_password"), values)


def test_own_password_changed_in_the_post_and_still_logged_in(client, clerk):
    assert change(client, PASSWORD, "mot-mat-khau-rieng").url == reverse("home")
    clerk.user.refresh_from_db()
    assert clerk.user.check_password("mot-mat-khau-rieng")
    assert client.get(reverse("units:own_password")).status_code == 200
    event = Event.objects.about(clerk.user).last()
    assert (event.name, event.post_title) == ("units.password_changed", clerk.post_title)


@pytest.mark.parametrize(("old", "new"), [("sai-mat-khau", "mot-mat-khau-rieng"), (PASSWORD, "ngan")])
def test_a_wrong_old_or_a_weak_new_password_changes_nothing(client, clerk, old, new):
    assert set(change(client, old, new).context["form"].errors) <= {"old_password", "new_password2"}
    clerk.user.refresh_from_db()
    assert clerk.user.check_password(PASSWORD)
    assert not Event.objects.about(clerk.user).filter(name="units.password_changed").exists()


# --- a password that somebody else chose ------------------------------------------------------------------------------
LENT = "mat-khau-duoc-cho-muon"


def lend(post: Appointment) -> Appointment:
    """An administrator of the house sets the password of the post's person."""
    admin = AppointmentFactory(admin=True, unit=post.organisation)
    accounts.set_password(user=post.user, password=LENT, by=admin, at=timezone.now())
    return admin


def test_a_lent_password_opens_one_page_until_another_is_chosen(client, clerk):
    lend(clerk)
    client.post(reverse("login"), {"username": clerk.user.username, "password": LENT})

    assert client.get(reverse("home")).url == reverse("units:own_password")
    assert client.get(reverse("units:own_password")).status_code == 200
    change(client, LENT, "mot-mat-khau-rieng")
    assert client.get(reverse("home")).status_code == 200


def test_the_system_and_the_person_lend_nothing(clerk):
    for by in (None, clerk):
        accounts.set_password(user=clerk.user, password=LENT, by=by, at=timezone.now())
        clerk.user.refresh_from_db()
        assert not clerk.user.must_change_password


def test_signer_and_clerks_hear_of_a_new_password(django_capture_on_commit_callbacks):
    director = AppointmentFactory(director=True, unit=UnitFactory())
    clerk = AppointmentFactory(clerk=True, unit=director.unit)
    with django_capture_on_commit_callbacks(execute=True):
        lend(director)
    told = Message.objects.filter(name="documents_password_reset").values_list("user_id", flat=True)
    assert set(told) == {director.user_id, clerk.user_id}


def test_nobody_else_hears_when_an_officer_gets_one(django_capture_on_commit_callbacks, clerk):
    with django_capture_on_commit_callbacks(execute=True):
        lend(clerk)
    assert not Message.objects.exists()


def test_nobody_appoints_the_own_person(clerk):
    admin = AppointmentFactory(admin=True, unit=clerk.organisation)
    with pytest.raises(ValidationError, match="tự bổ nhiệm"):
        appointments.appoint(
            user=admin.user, unit=admin.unit, role=Role.DIRECTOR, title="Giám đốc", starts_on=date(2026, 1, 1),
            by=admin, at=timezone.now(),
        )  # fmt: skip
