"""Other systems are told: over real HTTP on the loopback, signed, retried, never inside the house by default."""

import hmac
import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from audit import log
from audit.models import Event
from campaigns import events
from notifications import offers, posting, tasks, webhooks
from notifications.models import Delivery, Message, Webhook
from tests.factories.units import AppointmentFactory, UnitFactory
from units.models import Appointment
from units.permissions import NotAllowed

pytestmark = pytest.mark.django_db
EVENT = events.TASK_ACCEPTED


class Receiver(ThreadingHTTPServer):
    """Another system: keeps what comes, answers what it is told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.got: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        self.url = f"http://127.0.0.1:{self.server_address[1]}/nhan?x=1"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()


class _Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers) | {"path": self.path}, body))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:1/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def receiver(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    settings.WEBHOOKS_PRIVATE = True
    monkeypatch.setattr("notifications.webhooks.wake", lambda task: True)
    monkeypatch.setattr("notifications.send.wake", lambda task: True)
    with Receiver() as server:
        yield server
        server.shutdown()


@pytest.fixture
def admin() -> Appointment:
    return AppointmentFactory(admin=True, unit=UnitFactory())


def connect(admin: Appointment, url: str, *names: str) -> Webhook:
    return webhooks.create(name="Trục", url=url, events=names or [EVENT], by=admin, at=timezone.now())[0]


def happen(by: Appointment, name: str = EVENT, **data: Any) -> None:
    with transaction.atomic():
        log.record(name, by.unit, by=by, at=timezone.now(), **data)


def later(**much: int) -> int:
    with time_machine.travel(timezone.now() + timedelta(**much), tick=False):
        return tasks.post_to_systems()


def test_a_chosen_event_is_posted_once_signed_and_without_words(receiver: Receiver, admin: Appointment) -> None:
    hook = connect(admin, receiver.url)
    happen(admin, officer="Nguyễn Văn Mật")
    happen(admin, events.TASK_PAUSED, reason="Không chọn")
    assert [tasks.post_to_systems(), tasks.post_to_systems()] == [1, 0]
    ((headers, body),) = receiver.got
    moment, digest = (part.split("=")[1] for part in headers["X-Cao-Diem-Signature"].split(","))
    assert hmac.new(hook.secret.encode(), f"{moment}.".encode() + body, sha256).hexdigest() == digest
    told = json.loads(body)
    assert (told["event"], told["organisation"], told["subject"]["id"]) == (EVENT, admin.unit.symbol, admin.unit.pk)
    assert (told["link"].endswith(f"/nhiem-vu/{admin.unit.pk}/"), "Mật" in body.decode()) == (True, False)
    assert (headers["path"], headers["X-Cao-Diem-Event"]) == ("/nhan?x=1", EVENT)
    kept = Delivery.objects.get()
    assert (kept.state, kept.status, kept.attempts, headers["X-Cao-Diem-Delivery"]) == ("sent", 200, 1, str(kept.pk))


def test_a_change_that_is_rolled_back_tells_nobody(receiver: Receiver, admin: Appointment) -> None:
    connect(admin, receiver.url)
    with transaction.atomic():
        log.record(EVENT, admin.unit, by=admin, at=timezone.now(), officer="x")
        transaction.set_rollback(True)
    assert Delivery.objects.count() == 0


def test_other_houses_and_the_system_itself_are_not_told_of(receiver: Receiver, admin: Appointment) -> None:
    connect(admin, receiver.url)
    happen(AppointmentFactory())
    with transaction.atomic():
        log.record(EVENT, admin.unit, by=None, at=timezone.now(), officer="x")
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize("status", [301, 404, 500])
def test_what_is_not_taken_is_tried_again_later(receiver: Receiver, admin: Appointment, status: int) -> None:
    connect(admin, receiver.url)
    receiver.status = status
    happen(admin, officer="x")
    assert [tasks.post_to_systems(), tasks.post_to_systems()] == [0, 0]
    row = Delivery.objects.get()
    assert (row.state, row.status, row.problem, len(receiver.got)) == ("waiting", status, f"HTTP {status}", 1)
    receiver.status = 204
    assert later(minutes=2) == 1
    assert (Delivery.objects.get().state, Webhook.objects.get().failures) == ("sent", 0)


def test_a_system_that_is_away_is_switched_off_and_the_administrator_told(
    receiver: Receiver, admin: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "MOST_FAILURES", 3)
    hook = connect(admin, "http://127.0.0.1:1/")
    happen(admin, officer="x")
    for hours in range(1, 8):
        later(hours=hours * 7)
    hook.refresh_from_db()
    row = Delivery.objects.get()
    assert (hook.is_active, hook.failures, row.state, row.attempts) == (False, 3, "waiting", 3)
    assert row.problem.startswith("ConnectionRefusedError")
    assert list(Message.objects.values_list("user_id", "name")) == [(admin.user_id, "notifications_webhook_off")]
    happen(admin, officer="y")
    assert Delivery.objects.count() == 1
    Webhook.objects.update(url=receiver.url)
    webhooks.switch(webhook=hook, on=True, by=admin, at=timezone.now())
    assert (tasks.post_to_systems(), Delivery.objects.get().state) == (1, "sent")


def test_one_delivery_ends_after_many_attempts(
    receiver: Receiver, admin: Appointment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "MOST_ATTEMPTS", 2)
    connect(admin, receiver.url)
    receiver.status = 500
    happen(admin, officer="x")
    later(minutes=1)
    later(hours=1)
    assert [later(hours=9), Delivery.objects.get().state, len(receiver.got)] == [0, "failed", 2]
    receiver.status = 200
    webhooks.send_again(delivery=Delivery.objects.get(), by=admin, at=timezone.now())
    assert (tasks.post_to_systems(), Delivery.objects.get().state) == (1, "sent")


def test_a_worker_that_dies_while_sending_loses_nothing(receiver: Receiver, admin: Appointment) -> None:
    connect(admin, receiver.url)
    happen(admin, officer="x")
    assert tasks._claim(timezone.now()) is not None
    assert (tasks.post_to_systems(), later(minutes=6)) == (0, 1)


# --- addresses --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "url",
    [
        "http://203.0.114.7/", "ftp://truc.example/", "https://", "truc.example", "https://a:b@truc.example/",
        "https://truc.example/ x", "https://truc.example:0/", "https://truc.example:99999/", "https://trục.example/",
        "https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/", "https://192.168.1.1/", "https://169.254.169.254/",
        "https://[fd00::1]/", "https://[::ffff:10.0.0.1]/", "https://0.0.0.0/", "https://224.0.0.1/",
    ],
)  # fmt: skip
def test_addresses_inside_the_house_or_not_https_are_refused(admin: Appointment, url: str) -> None:
    with pytest.raises(NotAllowed):
        connect(admin, url)
    assert Webhook.objects.count() == 0


def test_a_name_that_stands_for_an_inner_address_is_not_asked(admin: Appointment, settings: Any) -> None:
    settings.WEBHOOKS_PRIVATE = False
    connect(admin, "https://localhost/")
    happen(admin, officer="x")
    assert tasks.post_to_systems() == 0
    assert Delivery.objects.get().problem.startswith("Refused: Địa chỉ nằm trong mạng nội bộ")


def test_only_offered_events_and_only_by_the_administrator(admin: Appointment) -> None:
    for names in ([], ["units.person.created"], [EVENT, "x"]):
        with pytest.raises(NotAllowed):
            webhooks.create(name="X", url="https://truc.example/", events=names, by=admin, at=timezone.now())
    with pytest.raises(NotAllowed):
        connect(AppointmentFactory(director=True), "https://truc.example/")
    with pytest.raises(ValueError, match="not declared"):
        offers.offer({"no.such.event": "Không có"})


def test_every_offered_event_has_a_title() -> None:
    titles = [offers.title_of(name) for name in offers.offered()]
    assert (len(titles) > 10, [title for title in titles if "." in title or not title]) == (True, [])
    assert [title for title in titles if title[-1] in ":,(" or title.split()[-1] in ("cho", "đến", "bằng")] == []


# --- pages ------------------------------------------------------------------------------------------------------------
def sign_in(client: Any, post: Appointment) -> Any:
    client.force_login(post.user, backend="units.backends.PostBackend")
    return client


def test_the_secret_is_shown_once_and_stored_nowhere(client: Any, admin: Appointment) -> None:
    sign_in(client, admin)
    words = {"name": "Trục", "url": "https://truc.example/nhan", "events": [EVENT]}
    address = client.post(reverse("notifications:webhook_create"), words).url
    hook = Webhook.objects.get()
    shown, again = (hook.secret in client.get(address).content.decode() for _n in range(2))
    assert (shown, again, hook.secret in str(Webhook.objects.values().get())) == (True, False, False)
    refused = client.post(reverse("notifications:webhook_create"), words | {"url": "https://10.0.0.1/"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["url"])


@pytest.mark.parametrize("count", [1, 3])
def test_the_log_asks_the_same_for_one_and_three(
    client: Any, admin: Appointment, count: int, django_assert_num_queries: Any
) -> None:
    hook = connect(admin, "https://truc.example/")
    for _n in range(count):
        happen(admin, officer="x")
    sign_in(client, admin)
    address = reverse("notifications:webhook", args=[hook.pk])
    client.get(address)
    with django_assert_num_queries(5):
        assert len(client.get(address).context["deliveries"]) == count


def test_buttons_try_stop_and_send_again(client: Any, receiver: Receiver, admin: Appointment) -> None:
    hook = connect(admin, receiver.url)
    sign_in(client, admin)
    client.post(reverse("notifications:webhook_ping", args=[hook.pk]))
    assert (tasks.post_to_systems(), json.loads(receiver.got[0][1])["event"]) == (1, webhooks.PING)
    client.post(reverse("notifications:webhook_resend", args=[Delivery.objects.get().pk]))
    assert (tasks.post_to_systems(), len(receiver.got)) == (1, 2)
    switch = reverse("notifications:webhook_switch", args=[hook.pk])
    for on in ("0", "0", "1"):
        client.post(switch, {"on": on})
    acts = [name.rsplit(".", 1)[1] for name in Event.objects.about(hook).values_list("name", flat=True)]
    assert (acts, Webhook.objects.get().is_active) == (["created", "switched_off", "switched_on"], True)


def test_a_long_log_comes_in_pages(client: Any, admin: Appointment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifications.webhook_views.PAGE", 2)
    hook = connect(admin, "https://truc.example/")
    for _n in range(3):
        happen(admin, officer="x")
    address = reverse("notifications:webhook", args=[hook.pk])
    first = sign_in(client, admin).get(address)
    rest = client.get(address, {"before": first.context["before"]})
    assert [len(page.context["deliveries"]) for page in (first, rest)] == [2, 1]
