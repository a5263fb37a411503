"""Tasks of units that ended and of people who left."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from campaigns import reminders
from campaigns.models import Task
from campaigns.states import TaskState
from campaigns.workflow import handover
from notifications.models import Message
from tests.factories.plans import House, make_house
from tests.factories.tasks import bring_to, help_of, moment
from tests.factories.units import AppointmentFactory
from units import appointments
from units.roles import Role

pytestmark = pytest.mark.django_db
S = TaskState
URL = "tasks:handover"


@pytest.fixture
def house() -> House:
    return make_house()


def dissolve(house: House) -> None:
    house.department.dissolved_on = timezone.localdate()
    house.department.save()


@pytest.mark.parametrize("role", ["office", "admin"])
def test_the_page_shows_first_and_then_moves_all(role: str, client: Client, house: House) -> None:
    running, done = bring_to(S.IN_PROGRESS, house), bring_to(S.DONE, house)
    part = help_of(bring_to(S.ASSIGNED, house, lead_unit=house.office_unit), house.department)
    dissolve(house)
    client.force_login(house.posts[role].user)
    values = {"unit": house.department.pk, "successor": house.other.pk, "reason": "Sáp nhập"}
    answer = client.post(reverse(URL), values)
    assert [(move.task.pk, move.is_part, move.officer) for move in answer.context["moves"]] == [
        (running.pk, False, house.other_head), (part.task_id, True, None),
    ]  # fmt: skip
    assert Task.objects.get(pk=running.pk).lead_unit == house.department
    assert client.post(reverse(URL), values | {"agreed": "1"}).status_code == 302
    part.refresh_from_db()
    moved = Task.objects.get(pk=running.pk)
    assert (moved.lead_unit, moved.officer, moved.state, part.unit) == (
        house.other, house.other_head, S.IN_PROGRESS, house.other,
    )  # fmt: skip
    assert Task.objects.get(pk=done.pk).lead_unit == house.department
    assert Event.objects.about(moved).last().data["reason"] == "Sáp nhập"


def test_dissolved_units_come_first_and_idle_ones_are_not_offered(house: House) -> None:
    bring_to(S.ASSIGNED, house, lead_unit=house.office_unit)
    bring_to(S.ASSIGNED, house)
    dissolve(house)
    assert list(handover.units_with_tasks(house.organisation)) == [house.department, house.office_unit]


def test_what_was_typed_stays_when_the_move_is_refused(client: Client, house: House) -> None:
    bring_to(S.IN_PROGRESS, house)
    client.force_login(house.office.user)
    values = {"unit": house.department.pk, "successor": house.department.pk, "reason": "Sáp nhập theo Quyết định 15"}
    page = client.post(reverse(URL), values | {"agreed": "1"}).content.decode()
    assert "Không chuyển được cho" in page
    assert "Sáp nhập theo Quyết định 15" in page


def test_another_houses_unit_is_no_choice(client: Client, house: House) -> None:
    stranger = make_house("Sở khác", "SK")
    bring_to(S.IN_PROGRESS, stranger)
    client.force_login(house.office.user)
    values = {"unit": stranger.department.pk, "successor": house.other.pk, "reason": "Nhầm"}
    assert "unit" in client.post(reverse(URL), values | {"agreed": "1"}).context["form"].errors


# --- people who leave -------------------------------------------------------------------------------------------------


def leave(house: House, ends_on: date) -> None:
    appointments.relieve(post=house.officer, ends_on=ends_on, by=house.admin, at=timezone.now())


def test_a_relieved_officers_open_tasks_lie_on_the_heads_desk(house: House) -> None:
    running, done = bring_to(S.IN_PROGRESS, house), bring_to(S.DONE, house)
    Message.objects.all().delete()
    leave(house, timezone.localdate())
    assert Task.objects.get(pk=running.pk).officer == house.head
    assert Task.objects.get(pk=done.pk).officer == house.officer
    assert list(Message.objects.values_list("name", "user_id")) == [("campaigns_tasks_returned", house.head.user_id)]
    last = Event.objects.about(running).last()
    assert (last.name, last.actor_id) == ("campaigns.task.officer_changed", house.admin.user_id)


def test_who_leaves_later_keeps_the_tasks_until_that_day(house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    day = timezone.localdate() + timedelta(days=3)
    leave(house, day)
    reminders.run(day - timedelta(days=1), at=moment(day - timedelta(days=1)))
    assert Task.objects.get(pk=task.pk).officer == house.officer
    reminders.run(day, at=moment(day))
    assert Task.objects.get(pk=task.pk).officer == house.head
    assert Event.objects.about(task).last().actor_id is None


def test_who_gets_another_post_in_the_unit_keeps_the_tasks(house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    new = appointments.transfer(
        post=house.officer, unit=house.department, role=Role.OFFICER, title="Chuyên viên chính",
        on=timezone.localdate(), by=house.admin, at=timezone.now(),
    )  # fmt: skip
    assert Task.objects.get(pk=task.pk).officer == new


def test_who_moves_to_another_unit_does_not_take_them_along(house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    appointments.transfer(
        post=house.officer, unit=house.other, role=Role.OFFICER, title="Chuyên viên",
        on=timezone.localdate(), by=house.admin, at=timezone.now(),
    )  # fmt: skip
    assert Task.objects.get(pk=task.pk).officer == house.head


def test_without_a_head_the_tasks_wait_for_one(house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    today = timezone.localdate()
    appointments.relieve(post=house.head, ends_on=today, by=house.admin, at=timezone.now())
    leave(house, today)
    assert Task.objects.get(pk=task.pk).officer == house.officer
    successor: Any = AppointmentFactory(unit_head=True, unit=house.department)
    reminders.run(today, at=timezone.now())
    assert Task.objects.get(pk=task.pk).officer == successor
