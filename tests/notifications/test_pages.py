"""The list of a person's own messages."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from notifications.models import Message, Preference
from notifications.queries import PAGE, page_of, unread_count
from notifications.reasons import Reason
from notifications.send import send
from tests.factories.units import AppointmentFactory, UnitFactory
from tests.notifications.sample import Sample, Urgent
from units.models import Appointment

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
LIST = reverse("notifications:list")


@pytest.fixture(autouse=True)
def calendar(settings):
    settings.WORKING_CALENDAR = "tests.notifications.sample.Weekdays"


@pytest.fixture
def me(client) -> Appointment:
    post = AppointmentFactory(admin=True, unit=UnitFactory())
    client.force_login(post.user)
    return post


def tell(post: Appointment, title: str = "Một việc", kind: type[Sample] = Sample) -> Message:
    send(kind([post], title), at=AT)
    return Message.objects.latest("id")


def subjects(response) -> list[str]:
    return [message.subject for message in response.context["page"].messages]


def test_only_my_messages_newest_first(client, me):
    tell(me, "cũ")
    tell(AppointmentFactory(), "của người khác")
    tell(me, "mới")
    response = client.get(LIST)
    assert (subjects(response), response.context["unread"], unread_count(me.user)) == (["mới", "cũ"], 2, 2)


def test_filters_by_reason_and_unread(client, me):
    tell(me, "sắp hạn")
    tell(me, "được giao", Urgent)
    read = tell(me, "đã đọc")
    Message.objects.filter(pk=read.pk).mark_read(AT)
    found = [subjects(client.get(LIST, query)) for query in ({"reason": "assigned"}, {"unread": "1"}, {"reason": "no"})]
    assert found == [["được giao"], ["được giao", "sắp hạn"], ["đã đọc", "được giao", "sắp hạn"]]


def test_open_marks_read_once_and_goes_on(client, me):
    message = tell(me)
    answer = client.get(reverse("notifications:open", args=[message.pk]))
    message.refresh_from_db()
    first = message.read_at
    client.get(reverse("notifications:open", args=[message.pk]))
    message.refresh_from_db()
    assert (answer.url, message.read_at, unread_count(me.user)) == ("/", first, 0)
    assert first is not None


def test_open_goes_on_in_the_post_it_was_sent_to(client, me):
    second = AppointmentFactory(user=me.user, clerk=True)
    client.get(reverse("notifications:open", args=[tell(second).pk]))
    assert client.session["post"] == second.pk
    ended = AppointmentFactory(user=me.user)
    message = tell(ended)
    Appointment.objects.filter(pk=ended.pk).update(ends_on=datetime(2021, 1, 1, tzinfo=UTC).date())
    client.get(reverse("notifications:open", args=[message.pk]))
    assert client.session["post"] == second.pk


@pytest.mark.parametrize("name", ["open", "read"])
def test_messages_of_others_are_unknown(client, me, name):
    message = tell(AppointmentFactory())
    url = reverse(f"notifications:{name}", args=[message.pk])
    assert (client.get(url) if name == "open" else client.post(url)).status_code == 404
    message.refresh_from_db()
    assert not message.is_read


def test_read_one_and_read_all_that_was_shown(client, me):
    first, second, third = (tell(me) for _ in range(3))
    client.post(reverse("notifications:read", args=[second.pk]))
    client.post(reverse("notifications:read_all"), {"newest": second.pk})
    unread = set(Message.objects.unread().values_list("pk", flat=True))
    assert unread == {third.pk}
    client.post(reverse("notifications:read_all"))
    assert unread_count(me.user) == 0
    assert first.pk < third.pk


@pytest.mark.parametrize("name", ["read_all", "read"])
def test_reading_takes_a_post(client, me, name):
    url = reverse(f"notifications:{name}", args=[tell(me).pk] if name == "read" else [])
    assert client.get(url).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(client, me, count, django_assert_num_queries):
    for _ in range(count):
        tell(me)
    client.get(LIST)
    with django_assert_num_queries(5):
        assert client.get(LIST).status_code == 200


def test_long_lists_come_in_pages(client, me):
    send_many = [Sample([me], f"việc {n}") for n in range(PAGE + 5)]
    for notification in send_many:
        send(notification, at=AT)
    page = page_of(me.user, reason=None, only_unread=False, before=None)
    rest = client.get(LIST, {"before": page.before})
    assert (len(page.messages), len(subjects(rest)), rest.context["page"].before) == (PAGE, 5, None)
    assert f"before={page.before}" in client.get(LIST).content.decode()
    assert client.get(LIST, {"before": "abc"}).status_code == 200
    assert client.get(LIST, {"before": "9" * 40}).status_code == 200


def test_nothing_yet(client, me):
    assert "Không có thông báo nào" in client.get(LIST).content.decode()


def test_preferences_are_kept_and_shown(client, me):
    url = reverse("notifications:preferences")
    answer = client.post(url, {"assigned": "digest", "overdue": "portal"})
    assert answer.url == url
    assert set(Preference.objects.values_list("user", "reason", "channel")) == {
        (me.user_id, "assigned", "digest"),
        (me.user_id, "overdue", "portal"),
    }
    form = client.get(url).context["form"]
    assert {reason: form[reason].value() for reason in Reason if form[reason].value()} == {
        "assigned": "digest",
        "overdue": "portal",
    }


def test_an_unknown_way_is_refused(client, me):
    answer = client.post(reverse("notifications:preferences"), {"assigned": "pigeon"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["assigned"])
    assert Preference.objects.count() == 0


def test_a_person_without_address_is_told_so(client, me):
    me.user.email = ""
    me.user.save()
    assert "chưa có địa chỉ thư điện tử" in client.get(reverse("notifications:preferences")).content.decode()


def test_one_reason_is_read_at_once_and_the_filter_stays(client, me):
    tell(me, "sắp hạn")
    tell(me, "được giao", Urgent)
    answer = client.post(reverse("notifications:read_all"), {"reason": "assigned", "unread": "1"})
    unread = list(Message.objects.unread().values_list("subject", flat=True))
    assert (answer.url, unread) == (f"{LIST}?reason=assigned&unread=1", ["sắp hạn"])
    assert "Đã đọc hết “Sắp đến hạn”" in client.get(LIST, {"reason": "due_soon"}).content.decode()
    assert "Đã đọc hết" not in client.get(LIST, {"reason": "assigned"}).content.decode()
