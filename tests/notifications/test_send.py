"""Stored with the change, told once, mailed by each person's choice."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.template import TemplateDoesNotExist
from django.utils import timezone
from kombu.exceptions import OperationalError

from notifications import audiences, preferences, queueing, registry
from notifications.base import Notification
from notifications.models import Message
from notifications.quiet import mail_moment, next_digest
from notifications.reasons import Channel, Reason
from notifications.send import send, send_all
from tests.factories.units import AppointmentFactory, UnitFactory, UserFactory
from tests.notifications.sample import Sample, Urgent, Weekdays
from units.models import Appointment

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)  # 09:00 in Hà Nội
SATURDAY = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
THURSDAY_MORNING = datetime(2026, 11, 26, 0, 30, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 11, 30, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def calendar(settings):
    settings.WORKING_CALENDAR = "tests.notifications.sample.Weekdays"


@pytest.fixture(autouse=True)
def broker(monkeypatch) -> list[str]:
    """The names of the tasks that were woken."""
    woken: list[str] = []
    monkeypatch.setattr("notifications.send.wake", lambda task: woken.append(task.name))
    return woken


def stored() -> set[tuple[int, str, str]]:
    return set(Message.objects.values_list("user_id", "subject", "email_state"))


def test_one_message_a_person_with_the_post_as_it_reads():
    post = AppointmentFactory(clerk=True)
    AppointmentFactory()
    assert send(Sample([post]), at=WEDNESDAY) == 1
    message = Message.objects.get()
    found = (message.user_id, message.post_title, message.body, message.reason, message.created_at, message.read_at)
    assert found == (post.user_id, post.post_title, "Nội dung: Một việc", "due_soon", WEDNESDAY, None)


def test_a_person_in_two_posts_is_told_once():
    first = AppointmentFactory()
    second = AppointmentFactory(user=first.user, clerk=True)
    assert send(Sample([first, second]), at=WEDNESDAY) == 1
    assert Message.objects.get().post == first


def test_a_queryset_is_an_audience_without_a_query_for_each_post(django_assert_num_queries):
    for _ in range(3):
        AppointmentFactory()
    with django_assert_num_queries(3):  # audience, choices, insert
        assert send(Sample(Appointment.objects.all()), at=WEDNESDAY) == 3


def test_actor_closed_account_ended_and_future_posts_are_left_out():
    told, actor = AppointmentFactory(), AppointmentFactory()
    closed = AppointmentFactory(user=UserFactory(closed=True))
    future = AppointmentFactory(starts_on=datetime(2026, 11, 26, tzinfo=UTC).date())
    notification = Sample([told, actor, closed, AppointmentFactory(ended=True), future])
    notification.by = actor
    assert send(notification, at=WEDNESDAY) == 1
    assert Message.objects.get().user_id == told.user_id


def test_the_same_key_is_told_once_to_each_person():
    first, second = AppointmentFactory(), AppointmentFactory()
    for posts in ([first], [first, second], [first]):
        send(Sample(posts, key="overdue:1:2026-11-25"), at=WEDNESDAY)
    send(Sample([first], key="overdue:1:2026-11-26"), at=WEDNESDAY)
    assert sorted(Message.objects.values_list("user_id", flat=True)) == sorted([first.user_id] * 2 + [second.user_id])


def test_without_a_key_it_is_told_every_time():
    post = AppointmentFactory()
    send(Sample([post]), at=WEDNESDAY)
    send(Sample([post]), at=WEDNESDAY)
    assert Message.objects.count() == 2


def test_nobody_to_tell():
    assert send_all([Sample([])], at=WEDNESDAY) == 0
    assert Message.objects.count() == 0


def test_a_rolled_back_change_tells_nobody(broker, commits):
    post = AppointmentFactory()
    with commits(), transaction.atomic():
        send(Urgent([post]), at=WEDNESDAY)
        transaction.set_rollback(True)
    assert (Message.objects.count(), broker) == (0, [])


def test_one_wake_up_for_a_transaction_with_many_messages(broker, commits):
    posts = [AppointmentFactory() for _ in range(3)]
    with commits():
        for post in posts:
            send(Urgent([post]), at=WEDNESDAY)
        send_all([Urgent(posts), Sample(posts)], at=WEDNESDAY)
    assert broker == ["notifications.deliver"]


def test_messages_for_the_digest_wake_nobody(broker, commits):
    with commits():
        send(Sample([AppointmentFactory()]), at=WEDNESDAY)
    assert broker == []


def test_each_persons_choice_decides_about_the_mail():
    usual, digest, portal, bare = [AppointmentFactory() for _ in range(4)]
    preferences.choose(user=digest.user, choices={Reason.ASSIGNED: Channel.DIGEST, Reason.OVERDUE: Channel.PORTAL})
    preferences.choose(user=portal.user, choices={Reason.ASSIGNED: Channel.PORTAL})
    bare.user.email = ""
    send(Urgent([usual, digest, portal, bare], "Gấp"), at=WEDNESDAY)
    states = {usual: "waiting", digest: "digest", portal: "none", bare: "none"}
    assert stored() == {(post.user_id, "Gấp", state) for post, state in states.items()}


def test_a_choice_can_be_changed_and_taken_back():
    user = UserFactory()
    for way in (Channel.DIGEST, Channel.PORTAL):
        preferences.choose(user=user, choices={Reason.ASSIGNED: way})
    assert list(user.preferences.values_list("reason", "channel")) == [("assigned", "portal")]
    preferences.choose(user=user, choices={Reason.ASSIGNED: None})
    assert user.preferences.count() == 0


@pytest.mark.parametrize(
    ("at", "now", "digest"),
    [
        (WEDNESDAY, WEDNESDAY, THURSDAY_MORNING),
        (SATURDAY, MONDAY_MORNING, MONDAY_MORNING),
        (THURSDAY_MORNING - timedelta(minutes=1), THURSDAY_MORNING - timedelta(minutes=1), THURSDAY_MORNING),
        (THURSDAY_MORNING, THURSDAY_MORNING, THURSDAY_MORNING + timedelta(days=1)),
        (datetime(2026, 11, 27, 2, 0, tzinfo=UTC), datetime(2026, 11, 27, 2, 0, tzinfo=UTC), MONDAY_MORNING),
        (datetime(2026, 11, 27, 17, 30, tzinfo=UTC), MONDAY_MORNING, MONDAY_MORNING),  # half past midnight on Saturday
    ],
)
def test_days_off_are_quiet(at, now, digest):
    is_working = Weekdays().is_working
    assert (mail_moment(at, is_working), next_digest(at, is_working)) == (now, digest)


def test_the_database_keeps_waiting_and_sent_honest():
    row = {"user": UserFactory(), "reason": "system", "subject": "x", "url": "/"}
    for values in ({"email_state": "waiting"}, {"email_state": "sent"}, {"sent_at": timezone.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Message.objects.create(**row, **values)


# --- the broker -----------------------------------------------------------------------------------------------------
class DeadTask:
    name = "dead"
    tries = 0

    def apply_async(self, **_):
        self.tries += 1
        raise OperationalError("refused")


def test_a_dead_broker_costs_one_try_and_no_error(monkeypatch, caplog):
    monkeypatch.setattr(queueing, "_quiet_until", 0.0)
    task = DeadTask()
    assert [queueing.wake(task), queueing.wake(task), queueing.wake(task)] == [False] * 3
    assert (task.tries, len(caplog.records)) == (1, 1)
    monkeypatch.setattr(queueing, "_quiet_until", 0.0)
    queueing.wake(task)
    assert task.tries == 2
    monkeypatch.setattr(queueing, "_quiet_until", 0.0)


# --- kinds and audiences --------------------------------------------------------------------------------------------
def test_two_kinds_of_one_name_are_refused(monkeypatch):
    monkeypatch.setattr(registry, "_kinds", {})

    class First(Sample):
        name = "twice"

    with pytest.raises(ValueError, match="twice"):

        class Second(Sample):
            name = "twice"

    assert registry.all_kinds() == {"twice": First}


def test_default_channel_is_at_once_where_a_kind_says_so(monkeypatch):
    monkeypatch.setattr(registry, "_kinds", {})

    class Now(Urgent):
        name = "now"

    assert registry.default_channel(Reason.ASSIGNED) == Channel.AT_ONCE
    assert registry.default_channel(Reason.DUE_SOON) == Channel.DIGEST


def test_a_kind_without_audience_page_or_words_says_so():
    class Bare(Notification):
        reason = Reason.SYSTEM

    for ask in (Bare().audience, Bare().url):
        with pytest.raises(NotImplementedError):
            ask()
    with pytest.raises(TemplateDoesNotExist):
        Bare().subject()


def test_every_kind_of_the_product_has_its_words_and_says_who_is_told():
    from django.template.loader import get_template

    kinds = [kind for kind in registry.all_kinds().values() if not kind.__module__.startswith("tests.")]
    missing = []
    for kind in kinds:
        for part in ("subject", "body"):
            try:
                get_template(f"messages/{kind.name}_{part}.txt")
            except TemplateDoesNotExist as problem:
                missing.append(str(problem))
    assert (missing, [kind.name for kind in kinds if not kind.__doc__]) == ([], [])


def test_words_come_from_templates_unescaped_and_tidy(settings, tmp_path):
    class Tidy(Notification):
        name = "tidy_for_test"
        reason = Reason.SYSTEM

        def __init__(self, title: str) -> None:
            self.title = title

    try:
        (tmp_path / "messages").mkdir()
        (tmp_path / "messages/tidy_for_test_subject.txt").write_text("Kế hoạch\n  {{ title }}\n")
        (tmp_path / "messages/tidy_for_test_body.txt").write_text("\n{{ title }}\n\n\n\nHết.\n")
        templates = settings.TEMPLATES
        settings.TEMPLATES = [{**templates[0], "DIRS": [tmp_path]}]
        message = Tidy("“A & B” <1>")
        assert (message.subject(), message.body()) == ("Kế hoạch “A & B” <1>", "“A & B” <1>\n\nHết.")
    finally:
        registry._kinds.pop("tidy_for_test")


def test_holders_of_a_permission_for_a_unit():
    organisation = UnitFactory()
    unit, other = (UnitFactory(department=True, parent=organisation) for _ in range(2))
    head = AppointmentFactory(unit_head=True, unit=unit)
    AppointmentFactory(unit_head=True, unit=other)
    AppointmentFactory(unit_head=True, unit=unit, ended=True)
    director = AppointmentFactory(director=True, unit=organisation)
    AppointmentFactory(director=True, unit=UnitFactory())
    day = WEDNESDAY.date()
    assert audiences.holders("campaigns.task.accept", unit=unit, on=day) == [head]
    assert audiences.holders("documents.sign", unit=unit, on=day) == [director]


def test_kinds_of_one_reason_are_told_the_same_way():
    """The page of choices names one usual way for each reason."""
    ways: dict[str, set[bool]] = {}
    for kind in registry.all_kinds().values():
        if not kind.__module__.startswith("tests."):
            ways.setdefault(kind.reason, set()).add(kind.at_once)
    assert {reason for reason, found in ways.items() if len(found) > 1} == set()
