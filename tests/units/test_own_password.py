"""One's own password is changed by the old one."""

import pytest
from django.urls import reverse

from audit.models import Event
from tests.factories.units import PASSWORD, AppointmentFactory
from units.models import Appointment

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
