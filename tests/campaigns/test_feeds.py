"""Calendar feeds, read by two libraries as a calendar program would read them."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from audit.models import Event
from campaigns import feeds
from campaigns.models import CalendarFeed, FeedScope, Task
from campaigns.states import TaskState
from campaigns.workflow import extensions, tasks
from campaigns.workflow import feeds as verbs
from tests.factories.plans import House, make_house
from tests.factories.tasks import bring_to, help_of, make_issued_plan
from tests.factories.units import AppointmentFactory
from units.models import Appointment
from units.permissions import NotAllowed

pytestmark = pytest.mark.django_db
S = TaskState


@pytest.fixture
def house() -> House:
    return make_house()


def subscribe(post: Appointment, scope: FeedScope = FeedScope.MINE, **more: Any) -> str:
    _feed, secret = verbs.create(scope=scope, by=post, at=timezone.now(), **more)
    return reverse("feeds:calendar", args=[secret])


def events(client: Client, address: str) -> dict[str, Any]:
    """uid → event."""
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def uid(task: Task, more: str = "") -> str:
    return f"nhiem-vu-{task.pk}{more}@127.0.0.1"


def test_a_task_is_an_all_day_event_with_two_reminders(client: Client, house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    event = events(client, subscribe(house.officer))[uid(task)]
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (task.due_on, task.due_on + timedelta(days=1))
    assert (str(event["summary"]), str(event["status"])) == (f"Hạn: {task.text}", "CONFIRMED")
    assert str(event["url"]).endswith(reverse("tasks:detail", args=[task.pk]))
    alarms = [alarm.decoded("trigger") for alarm in event.walk("VALARM")]
    assert alarms == [timedelta(hours=-16), timedelta(hours=8)]


def test_a_second_parser_reads_the_same(client: Client, house: House) -> None:
    long = "Tổ chức “Ngày hội; đại đoàn kết”, giao lưu, " * 8
    task = bring_to(S.ASSIGNED, house, text=long)
    data = client.get(subscribe(house.head, FeedScope.UNIT)).content.decode()
    (event,) = vobject.readOne(data).vevent_list
    assert (event.uid.value, event.dtstart.value) == (uid(task), task.due_on)
    assert event.summary.value.startswith("Hạn: Tổ chức “Ngày hội; đại đoàn kết”, giao lưu")
    assert (max(len(line.encode()) for line in data.split("\r\n")) <= 75, data.count("BEGIN:VEVENT")) == (True, 1)


def test_a_later_day_raises_the_sequence_and_keeps_the_uid(client: Client, house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    address = subscribe(house.officer)
    before = events(client, address)[uid(task)]
    later = task.due_on + timedelta(days=9)
    request = extensions.ask(
        task=task, proposed_on=later, reason="Chờ hướng dẫn", by=house.head, at=timezone.now()
    )
    extensions.grant(request=request, by=house.office, at=timezone.now())
    after = events(client, address)[uid(task)]
    assert (after.decoded("dtstart"), int(after["sequence"]) > int(before["sequence"])) == (later, True)


def test_withdrawn_is_cancelled_and_done_has_no_reminder(client: Client, house: House) -> None:
    plan = make_issued_plan(house)
    done = bring_to(S.DONE, house, plan=plan)
    gone = bring_to(S.IN_PROGRESS, house, plan=plan)
    tasks.withdraw(task=gone, reason="Thôi", by=house.office, at=timezone.now())
    found = events(client, subscribe(house.office, FeedScope.PLAN, plan=plan))
    assert {key: (str(row["status"]), len(row.walk("VALARM"))) for key, row in found.items()} == {
        uid(done): ("CONFIRMED", 0), uid(gone): ("CANCELLED", 0),
    }  # fmt: skip


def test_a_unit_sees_what_it_leads_and_its_part_of_what_it_helps_with(client: Client, house: House) -> None:
    own = bring_to(S.ASSIGNED, house, lead_unit=house.other)
    task = bring_to(S.ASSIGNED, house)
    bring_to(S.ASSIGNED, house)
    help_of(task, house.other, due_on=task.due_on - timedelta(days=5))
    found = events(client, subscribe(house.other_head, FeedScope.UNIT))
    part = uid(task, f"-phoi-hop-{house.other.pk}")
    assert set(found) == {uid(own), part}
    assert found[part].decoded("dtstart") == task.due_on - timedelta(days=5)


def test_drafts_and_other_houses_do_not_show(client: Client, house: House) -> None:
    plan = make_issued_plan(house)
    bring_to(S.PLANNED, house, plan=plan)
    assert events(client, subscribe(house.office, FeedScope.PLAN, plan=plan)) == {}
    foreign = make_issued_plan(make_house("Sở Xa", "SX"))
    bring_to(S.ASSIGNED, make_house("Sở Xa hơn", "SXH"), plan=foreign)
    feed = CalendarFeed(post=house.office, scope=FeedScope.PLAN, plan=foreign)
    assert feeds.lines(feed, timezone.localdate()) == []


def test_unchanged_is_304(client: Client, house: House) -> None:
    bring_to(S.IN_PROGRESS, house)
    address = subscribe(house.officer)
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"], bool(first["Last-Modified"])) == (304, first["ETag"], True)


def test_an_address_ends_with_the_post_the_account_or_a_press(client: Client, house: House) -> None:
    addresses = [subscribe(post) for post in (house.officer, house.head, house.office)]
    Appointment.objects.filter(pk=house.officer.pk).update(ends_on=date(2021, 1, 1))
    house.head.user.is_active = False
    house.head.user.save()
    feed = CalendarFeed.objects.get(post=house.office)
    verbs.revoke(feed=feed, by=house.office, at=timezone.now())
    verbs.revoke(feed=feed, by=house.office, at=timezone.now())
    assert [client.get(address).status_code for address in [*addresses, "/lich/doan-mo.ics"]] == [404] * 4
    assert Event.objects.filter(name="campaigns.feed.revoked").count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_a_feed_asks_the_same_whatever_its_length(
    client: Client, house: House, count: int, django_assert_num_queries: Any
) -> None:
    for _n in range(count):
        bring_to(S.IN_PROGRESS, house)
    address = subscribe(house.officer)
    with django_assert_num_queries(4):  # the feed, tasks, parts, their history
        assert len(events(client, address)) == count


def test_the_secret_is_shown_once_and_only_its_hash_is_kept(client: Client, house: House) -> None:
    client.force_login(house.officer.user, backend="units.backends.PostBackend")
    page = reverse("feeds:list")
    assert client.post(page, {"scope": "mine"}).status_code == 302
    shown, again = client.get(page), client.get(page)
    secret = shown.context["address"].rsplit("/", 1)[1].removesuffix(".ics")
    assert (secret in shown.content.decode(), secret in again.content.decode()) == (True, False)
    kept = CalendarFeed.objects.get()
    assert (kept.secret_hash, secret in kept.secret_hash) == (verbs.hash_of(secret), False)
    assert client.get(shown.context["address"]).status_code == 200


def test_a_plan_has_to_be_named_and_be_ones_own(client: Client, house: House) -> None:
    client.force_login(house.officer.user, backend="units.backends.PostBackend")
    foreign = make_issued_plan(make_house("Sở Xa", "SX"))
    answers = [client.post(reverse("feeds:list"), {"scope": "plan", "plan": plan}) for plan in ("", foreign.pk, "x")]
    assert [(row.status_code, list(row.context["form"].errors)) for row in answers] == [(422, ["plan"])] * 3
    assert CalendarFeed.objects.count() == 0


def test_revoking_is_for_the_owner_and_a_post_has_twenty_at_most(client: Client, house: House) -> None:
    subscribe(house.officer)
    client.force_login(house.head.user, backend="units.backends.PostBackend")
    assert client.post(reverse("feeds:revoke", args=[CalendarFeed.objects.get().pk])).status_code == 404
    for _n in range(verbs.MOST - 1):
        subscribe(house.officer)
    with pytest.raises(NotAllowed):
        subscribe(house.officer)
    with pytest.raises(NotAllowed):
        subscribe(AppointmentFactory(recipient=True))


def test_a_changed_moment_is_the_last_of_its_tasks(house: House) -> None:
    bring_to(S.IN_PROGRESS, house)
    feed, _secret = verbs.create(scope=FeedScope.MINE, by=house.officer, at=timezone.now())
    _data, changed = feeds.render(feed, timezone.localdate())
    assert isinstance(changed, datetime)
    assert changed == Event.objects.filter(subject_label="campaigns.task").latest("at").at
