"""Who acts on a thing has read what was told about it."""

import pytest
from django.utils import timezone

from notifications.models import Message
from notifications.reasons import Reason
from notifications.send import read_by_acting
from tests.factories.units import AppointmentFactory

pytestmark = pytest.mark.django_db


def test_only_ones_own_messages_about_that_page_are_read():
    mine, other = AppointmentFactory(), AppointmentFactory()
    for post, url in [(mine, "/ke-hoach/1/"), (mine, "/ke-hoach/2/"), (other, "/ke-hoach/1/")]:
        Message.objects.create(user=post.user, post=post, name="x", reason=Reason.values[0], subject="s", url=url)
    read_by_acting(by=mine, url="/ke-hoach/1/", at=timezone.now())
    assert set(Message.objects.unread().values_list("user_id", "url")) == {
        (mine.user_id, "/ke-hoach/2/"), (other.user_id, "/ke-hoach/1/"),
    }  # fmt: skip
