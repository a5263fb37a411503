"""What people say about tasks and paragraphs: who may, who is named, what stays."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from campaigns import comments
from campaigns.models import Comment, Task
from campaigns.states import TaskState
from campaigns.workflow import comments as verbs
from notifications.models import Message
from tests.factories.plans import House, make_house, make_plan
from tests.factories.tasks import bring_to
from tests.factories.units import AppointmentFactory, UserFactory
from units.models import Appointment
from units.permissions import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def task(house: House) -> Task:
    found = bring_to(TaskState.IN_PROGRESS, house)
    Message.objects.all().delete()
    return found


def say(task: Any, text: str, by: Appointment, **more: Any) -> Comment:
    return verbs.write(about=task, text=text, by=by, at=timezone.now(), **more)


def sign_in(client: Client, post: Appointment) -> Client:
    client.force_login(post.user, backend="units.backends.PostBackend")
    return client


def named(comment: Comment) -> set[int]:
    return set(comment.mentioned.values_list("user_id", flat=True))


def test_who_is_named_is_told_at_once_without_the_words(house: House, task: Task) -> None:
    comment = say(task, f"Nhờ @{house.head.person_name} xem số liệu mật", house.officer)
    message = Message.objects.get()
    assert (message.user_id, message.reason, message.email_state) == (house.head.user_id, "mentioned", "waiting")
    assert (message.url, "số liệu mật" in message.subject + message.body) == (comment.url, False)
    event = Event.objects.latest("id")
    assert (event.name, event.subject_id, event.data) == ("campaigns.comment.written", task.pk, {"comment": comment.pk})


def test_only_people_who_may_see_the_task_are_named(house: House, task: Task) -> None:
    stranger = AppointmentFactory(unit_head=True)
    left = AppointmentFactory(unit=house.department, ended=True)
    outside = [stranger, left, house.admin]
    words = " ".join(f"@{post.person_name}" for post in outside)
    comment = say(task, words, house.officer, chosen={post.pk for post in outside})
    assert (named(comment), Message.objects.count()) == (set(), 0)


def test_of_two_people_of_one_name_the_picked_one_is_meant(house: House, task: Task) -> None:
    twins = [AppointmentFactory(unit=house.department, user=UserFactory(full_name="Lê Thị Hoa")) for _ in range(2)]
    picked = say(task, "@Lê Thị Hoa ơi", house.officer, chosen={twins[1].pk})
    assert named(picked) == {twins[1].user_id}
    assert named(say(task, "@Lê Thị Hoa ơi", house.officer)) == {post.user_id for post in twins}


def test_text_is_kept_composed_and_naming_oneself_tells_nobody(house: House, task: Task) -> None:
    comment = say(task, "  Đã gử\u0069 @" + house.officer.person_name, house.officer)
    assert say(task, "Hoa\u0300\x00", house.officer).text == "Hoà"
    assert (comment.text[:6], Message.objects.count()) == ("Đã gửi", 0)


@pytest.mark.parametrize("text", ["", "  \n ", "\x00", "x" * (verbs.LONGEST + 1)])
def test_nothing_and_too_much_are_refused(house: House, task: Task, text: str) -> None:
    with pytest.raises(NotAllowed):
        say(task, text, house.officer)


def test_own_words_are_changed_for_ten_minutes_and_new_names_told(house: House, task: Task) -> None:
    comment = say(task, f"@{house.head.person_name} xem", house.officer)
    both = f"@{house.head.person_name} và @{house.office.person_name} xem"
    verbs.edit(comment=comment, text=both, by=house.officer, at=comment.written_at + timedelta(minutes=9))
    told = list(Message.objects.order_by("id").values_list("user_id", flat=True))
    assert told == [house.head.user_id, house.office.user_id]
    with pytest.raises(NotAllowed, match="10 phút"):
        verbs.edit(comment=comment, text="khác", by=house.officer, at=comment.written_at + timedelta(minutes=10))
    for act in (lambda: verbs.edit(comment=comment, text="khác", by=house.head, at=timezone.now()),
                lambda: verbs.remove(comment=comment, by=house.head, at=timezone.now())):  # fmt: skip
        with pytest.raises(NotAllowed, match="người viết"):
            act()


def test_a_removed_one_leaves_its_place_empty(client: Client, house: House, task: Task) -> None:
    comment = say(task, "Nhầm số liệu", house.officer)
    verbs.remove(comment=comment, by=house.officer, at=timezone.now())
    page = sign_in(client, house.head).get(reverse("tasks:detail", args=[task.pk])).content.decode()
    comment.refresh_from_db()
    assert (comment.text, "Nhầm số liệu" in page, "đã xóa" in page) == ("", False, True)
    with pytest.raises(NotAllowed, match="đã bị xóa"):
        verbs.remove(comment=comment, by=house.officer, at=timezone.now())


def test_who_may_not_read_tasks_says_nothing(house: House, task: Task) -> None:
    for post in (house.admin, AppointmentFactory(recipient=True), AppointmentFactory(unit_head=True)):
        with pytest.raises(NotAllowed):
            say(task, "Xin chào", post)


def test_people_are_found_without_marks_each_once(house: House, django_assert_num_queries: Any) -> None:
    hoa = AppointmentFactory(unit=house.department, user=UserFactory(full_name="Đặng Thị Hòa"))
    AppointmentFactory(unit=house.other, user=hoa.user)
    AppointmentFactory(user=UserFactory(full_name="Đặng Thị Hòa"))  # of another house
    with django_assert_num_queries(1):
        found = comments.offered(house.organisation, "dang thi hoa", timezone.localdate())
    assert [post.user_id for post in found] == [hoa.user_id]


def test_pieces_mark_the_longest_name() -> None:
    assert comments.pieces("Nhờ @Lê Hoa Mai và @Lê Hoa.", ["Lê Hoa", "Lê Hoa Mai"]) == [
        ("Nhờ ", False), ("@Lê Hoa Mai", True), (" và ", False), ("@Lê Hoa", True), (".", False),
    ]  # fmt: skip


def test_a_thread_costs_the_same_for_one_and_three(house: House, task: Task, django_assert_num_queries: Any) -> None:
    for written in (1, 2):
        for _n in range(written):
            say(task, f"@{house.head.person_name} xem", house.officer)
        with django_assert_num_queries(2):  # comments, who is named
            thread = comments.of_task(house.head, task, at=timezone.now())
    assert len(thread.lines) == 3


def test_a_paragraph_has_its_thread_and_the_plan_its_counts(client: Client, house: House) -> None:
    plan = make_plan(house)
    item = plan.items.all()[1]
    address = reverse("comments:item", args=[item.pk])
    sign_in(client, house.head)
    answer = client.post(address, {"text": f"@{house.office.person_name} xem lại <b>"}, headers={"HX-Request": "true"})
    page = client.get(reverse("plans:detail", args=[plan.pk])).content.decode()
    assert (answer.status_code, "&lt;b&gt;" in answer.content.decode()) == (200, True)
    assert "Trao đổi (1): " + item.text in page
    assert list(Message.objects.values_list("user_id", flat=True)) == [house.office.user_id]
    stranger = sign_in(client, AppointmentFactory(unit_head=True))
    assert [stranger.get(address).status_code, stranger.post(address, {"text": "x"}).status_code] == [404, 404]


def test_what_was_not_taken_stays_typed(client: Client, house: House, task: Task) -> None:
    long = "x" * (verbs.LONGEST + 1)
    answer = sign_in(client, house.head).post(reverse("comments:task", args=[task.pk]), {"text": long})
    assert (answer.status_code, long in answer.content.decode()) == (422, True)


def test_pages_change_and_remove_ones_own(client: Client, house: House, task: Task) -> None:
    comment = say(task, "Bản một", house.officer)
    sign_in(client, house.officer)
    edit = reverse("comments:edit", args=[comment.pk])
    assert "Bản một" in client.get(edit).content.decode()
    assert client.post(edit, {"text": ""}).status_code == 422
    assert client.post(edit, {"text": "Bản hai"}).url == comment.url
    assert client.post(reverse("comments:remove", args=[comment.pk])).url == comment.url
    acts = [event.name.rsplit(".", 1)[1] for event in Event.objects.about(task)]
    assert acts[-3:] == ["written", "edited", "removed"]
    assert client.get(edit).url == comment.url


def test_a_message_of_progress_says_how_far(house: House) -> None:
    bring_to(TaskState.IN_PROGRESS, house)
    subjects = Message.objects.filter(name="campaigns_progress_reported").values_list("subject", flat=True)
    assert {subject.split(":")[0] for subject in subjects} == {"Tiến độ mới 40 %"}
