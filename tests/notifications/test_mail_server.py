"""The whole way over SMTP: a server that is away for an hour, then in trouble, then back."""

import socket
import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from notifications import tasks
from notifications.models import Message
from notifications.send import send
from tests.factories.units import AppointmentFactory
from tests.notifications.sample import Sample, Urgent
from tests.notifications.smtp import MailServer

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


@pytest.fixture
def port(settings, monkeypatch) -> int:
    """A port that nothing listens on; mails are sent there."""
    monkeypatch.setattr("notifications.send.wake", lambda task: True)
    settings.WORKING_CALENDAR = "tests.notifications.sample.Weekdays"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER, settings.EMAIL_USE_TLS = "127.0.0.1", "", False
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = free.getsockname()[1]
    return settings.EMAIL_PORT


def at(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return tasks.deliver()


def test_an_hour_without_a_server_loses_nothing_and_blocks_nobody(port):
    posts = [AppointmentFactory() for _ in range(3)]
    began = time.monotonic()
    send(Urgent(posts, "Giao việc: “Ngày hội”"), at=WEDNESDAY)
    assert time.monotonic() - began < 1
    assert [at(WEDNESDAY + timedelta(minutes=n)) for n in range(0, 60, 5)] == [0] * 12
    with MailServer(port) as server:
        server.troubled = True
        assert at(WEDNESDAY + timedelta(minutes=60)) == 0
        server.troubled = False
        sent = [at(WEDNESDAY + timedelta(hours=h)) for h in (3, 4, 9)]
        found = {letter["To"] for letter in server.letters}
    assert (sum(sent), found) == (3, {post.user.email for post in posts})
    assert set(Message.objects.values_list("email_state", flat=True)) == {"sent"}


def test_a_letter_arrives_with_its_words_in_both_shapes(port):
    post = AppointmentFactory()
    send(Urgent([post], "Giao việc: “Ngày hội đại đoàn kết”"), at=WEDNESDAY)
    with MailServer(port) as server:
        assert at(WEDNESDAY) == 1
    (letter,) = server.letters
    plain, html = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert (letter["Subject"].strip(), letter.get_content_type()) == (
        "Giao việc: “Ngày hội đại đoàn kết”", "multipart/alternative",
    )  # fmt: skip
    assert ["Nội dung: Giao việc" in text and "/thong-bao/" in text for text in (plain, html)] == [True, True]
    assert ("<img" in html, "prefers-color-scheme: dark" in html) == (False, True)


def test_a_digest_goes_the_same_way(port):
    send(Sample([AppointmentFactory()], "Sắp đến hạn"), at=WEDNESDAY)
    with MailServer(port) as server, time_machine.travel(datetime(2026, 11, 26, 0, 30, tzinfo=UTC), tick=False):
        assert tasks.digest() == 1
    assert server.letters[0]["Subject"] == "Cao Điểm 26/11/2026: 1 thông báo"
