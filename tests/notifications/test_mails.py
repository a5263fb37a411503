"""Mails leave once, wait out a dead server, and never stand in each other's way."""

import threading
from datetime import UTC, datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.urls import reverse

from notifications import mail, tasks
from notifications.models import Message
from notifications.send import send
from tests.factories.units import AppointmentFactory, UserFactory
from tests.notifications.sample import Sample, Urgent

WEDNESDAY = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 26, 0, 30, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def surroundings(settings, monkeypatch):
    settings.WORKING_CALENDAR = "tests.notifications.sample.Weekdays"
    settings.SITE_URL = "https://cong.so.example"
    monkeypatch.setattr("notifications.send.wake", lambda task: True)


class Server(EmailBackend):
    """A mail server that fails as it is told."""

    problems: dict[str, Exception] = {}
    tries: list[str] = []

    def send_messages(self, messages):
        for message in messages:
            Server.tries.append(message.to[0])
            problem = Server.problems.get(message.to[0]) or Server.problems.get("*")
            if problem:
                raise problem
        return super().send_messages(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = "tests.notifications.test_mails.Server"
    Server.problems, Server.tries = {}, []
    return Server


def at(moment: datetime, task=tasks.deliver) -> int:
    with time_machine.travel(moment, tick=False):
        return task()


def states() -> list[str]:
    return list(Message.objects.order_by("id").values_list("email_state", flat=True))


def test_a_mail_says_what_and_links_to_the_portal():
    post = AppointmentFactory()
    send(Urgent([post], "Kế hoạch “A & B” <1>"), at=WEDNESDAY)
    assert at(WEDNESDAY) == 1
    letter, message = outbox.outbox[0], Message.objects.get()
    link = "https://cong.so.example" + reverse("notifications:open", args=[message.pk])
    assert (letter.subject, letter.to) == ("Kế hoạch “A & B” <1>", [post.user.email])
    assert "Nội dung: Kế hoạch “A & B” <1>" in letter.body
    assert link in letter.body
    html = letter.alternatives[0][0]
    assert "Kế hoạch “A &amp; B” &lt;1&gt;" in html
    assert link in html
    assert letter.extra_headers["Message-ID"] == f"<cao-diem-{message.pk}@cong.so.example>"
    assert (message.email_state, message.sent_at) == ("sent", WEDNESDAY)


def test_a_second_run_sends_nothing():
    send(Urgent([AppointmentFactory()]), at=WEDNESDAY)
    assert [at(WEDNESDAY), at(WEDNESDAY)] == [1, 0]
    assert len(outbox.outbox) == 1


def test_a_mail_of_a_day_off_waits_for_monday():
    saturday = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
    send(Urgent([AppointmentFactory()]), at=saturday)
    assert [at(saturday), at(saturday + timedelta(days=1)), at(datetime(2026, 11, 30, 0, 30, tzinfo=UTC))] == [0, 0, 1]


def test_a_closed_account_gets_no_mail():
    post = AppointmentFactory()
    send(Urgent([post]), at=WEDNESDAY)
    post.user.is_active = False
    post.user.save()
    assert (at(WEDNESDAY), outbox.outbox, states()) == (0, [], ["none"])


def test_a_server_down_for_an_hour_loses_nothing_and_is_not_pestered(server):
    posts = [AppointmentFactory() for _ in range(3)]
    send(Urgent(posts), at=WEDNESDAY)
    server.problems = {"*": SMTPServerDisconnected("down")}
    for minute in range(60):
        at(WEDNESDAY + timedelta(minutes=minute))
    assert (states(), len(outbox.outbox)) == (["waiting"] * 3, 0)
    assert len(server.tries) <= 60
    server.problems = {}
    later = [at(WEDNESDAY + timedelta(hours=1, minutes=10 * n)) for n in range(7)]
    assert (sum(later), states()) == (3, ["sent"] * 3)


def test_a_dead_server_never_makes_a_message_fail(server):
    send(Urgent([AppointmentFactory()]), at=WEDNESDAY)
    server.problems = {"*": ConnectionRefusedError("down")}
    for day in range(40):
        at(WEDNESDAY + timedelta(days=day))
    message = Message.objects.get()
    assert (message.email_state, message.attempts, message.problem) == ("waiting", 40, "down")


def test_a_refused_address_fails_at_once_and_stops_nobody(server):
    bad, good = AppointmentFactory(), AppointmentFactory()
    refused = {bad.user.email: (550, b"no such user")}
    server.problems = {bad.user.email: SMTPRecipientsRefused(refused)}
    send(Urgent([bad, good]), at=WEDNESDAY)
    assert at(WEDNESDAY) == 1
    assert (states(), server.tries) == (["failed", "sent"], [bad.user.email, good.user.email])


def test_a_mail_the_server_keeps_refusing_ends(server):
    post = AppointmentFactory()
    server.problems = {post.user.email: SMTPDataError(451, b"try later")}
    send(Urgent([post]), at=WEDNESDAY)
    for hour in range(0, 24 * 7, 3):
        at(WEDNESDAY + timedelta(hours=hour))
    assert (states(), len(server.tries)) == (["failed"], mail.MOST_ATTEMPTS)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 2), (7, 64), (12, 360), (40, 360)])
def test_pauses_double_up_to_six_hours(attempts, minutes):
    assert mail.pause_after(attempts) == timedelta(minutes=minutes)


# --- the digest -----------------------------------------------------------------------------------------------------
def test_the_digest_is_one_mail_a_person_on_the_next_morning():
    first, second = AppointmentFactory(), AppointmentFactory()
    send(Sample([first, second], "Việc một"), at=WEDNESDAY)
    send(Sample([first], "Việc hai"), at=WEDNESDAY)
    assert [at(moment, tasks.digest) for moment in (WEDNESDAY, MORNING - timedelta(minutes=1), MORNING, MORNING)] == [
        0,
        0,
        2,
        0,
    ]
    letters = {letter.to[0]: letter for letter in outbox.outbox}
    assert letters[first.user.email].subject == "Cao Điểm 26/11/2026: 2 thông báo"
    assert [title in letters[first.user.email].body for title in ("Việc một", "Việc hai")] == [True, True]
    assert [title in letters[second.user.email].body for title in ("Việc một", "Việc hai")] == [True, False]
    assert states() == ["sent"] * 3


def test_a_missed_morning_is_made_up_for():
    send(Sample([AppointmentFactory()]), at=WEDNESDAY)
    assert at(MORNING + timedelta(hours=5), tasks.digest) == 1


def test_what_was_read_in_the_portal_is_not_mailed():
    read, open_one = AppointmentFactory(), AppointmentFactory()
    send(Sample([read]), at=WEDNESDAY)
    Message.objects.all().mark_read(WEDNESDAY)
    send(Sample([read, open_one], "Còn lại"), at=WEDNESDAY)
    assert at(MORNING, tasks.digest) == 2
    assert states() == ["none", "sent", "sent"]
    send(Sample([read]), at=MORNING)
    Message.objects.all().mark_read(MORNING)
    assert at(MORNING + timedelta(days=1), tasks.digest) == 0


def test_a_dead_server_keeps_the_digest(server):
    send(Sample([AppointmentFactory()]), at=WEDNESDAY)
    server.problems = {"*": ConnectionRefusedError("down")}
    assert (at(MORNING, tasks.digest), states()) == (0, ["digest"])
    server.problems = {}
    assert (at(MORNING + timedelta(minutes=5), tasks.digest), states()) == (1, ["sent"])


def test_a_full_round_wakes_the_next_one(monkeypatch):
    woken = []
    monkeypatch.setattr(tasks, "ROUND", 2)
    monkeypatch.setattr(tasks, "wake", lambda task: woken.append(task.name))
    send(Urgent([AppointmentFactory() for _ in range(3)]), at=WEDNESDAY)
    assert [at(WEDNESDAY), woken, at(WEDNESDAY)] == [2, ["notifications.deliver"], 1]


def test_beat_names_tasks_that_exist():
    from portal.celery import app

    assert {entry["task"] for entry in tasks.BEAT.values()} <= set(app.tasks)


# --- at the same time -----------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("kind", "task", "moment"), [(Urgent, tasks.deliver, WEDNESDAY), (Sample, tasks.digest, MORNING)]
)
def test_two_workers_send_each_mail_once(kind, task, moment, monkeypatch):
    posts = [AppointmentFactory(user=UserFactory()) for _ in range(8)]
    with transaction.atomic():
        for title in ("một", "hai"):
            send(kind(posts, title), at=WEDNESDAY)
    sent: list[int] = []
    monkeypatch.setattr("notifications.tasks.timezone.now", lambda: moment)

    def worker() -> None:
        try:
            sent.append(task())
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expected = 16 if kind is Urgent else 8
    assert (sum(sent), len(outbox.outbox)) == (expected, expected)
    assert set(states()) == {"sent"}
