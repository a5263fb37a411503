"""Later days: who asks, until when, who decides, and that the original day stays."""

from datetime import date, timedelta
from unittest import mock

import pytest

from audit.models import Event
from campaigns.models import ExtensionRequest, Task
from campaigns.states import TaskState
from campaigns.workflow import extensions
from notifications.models import Message
from tests.factories.plans import House, make_house
from tests.factories.tasks import bring_to, moment
from units.permissions import NotAllowed

pytestmark = pytest.mark.django_db
S = TaskState
DUE = date(2026, 10, 20)
LATER = date(2026, 10, 30)
BEFORE = moment(date(2026, 10, 12))


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def task(house: House) -> Task:
    return bring_to(S.IN_PROGRESS, house, due_on=DUE, at=moment(date(2026, 9, 1)))


def ask(task: Task, house: House, **changes: object) -> ExtensionRequest:
    values = {"task": task, "proposed_on": LATER, "reason": "Chờ kinh phí", "by": house.head, "at": BEFORE}
    return extensions.ask(**values | changes)


def test_a_granted_day_moves_the_due_date_and_keeps_the_original(task: Task, house: House) -> None:
    request = ask(task, house)
    extensions.grant(request=request, by=house.office, at=BEFORE)
    found = Task.objects.get(pk=task.pk)
    assert (found.due_on, found.original_due_on, found.was_extended) == (LATER, DUE, True)
    assert set(Message.objects.filter(reason="decided").values_list("user_id", flat=True)) == {
        house.head.user_id, house.officer.user_id,
    }  # fmt: skip


def test_a_second_extension_still_keeps_the_original(task: Task, house: House) -> None:
    for day in (LATER, LATER + timedelta(days=10)):
        extensions.grant(request=ask(task, house, proposed_on=day), by=house.director, at=BEFORE)
    found = Task.objects.get(pk=task.pk)
    assert (found.due_on, found.original_due_on) == (LATER + timedelta(days=10), DUE)
    assert [(row.due_before, row.granted_on) for row in found.extensions.all()] == [
        (DUE, LATER), (LATER, LATER + timedelta(days=10)),
    ]  # fmt: skip


def test_the_office_may_give_another_day(task: Task, house: House) -> None:
    day = date(2026, 10, 26)
    granted = extensions.grant(
        request=ask(task, house), granted_on=day, answer="Chỉ đến 26/10", by=house.office, at=BEFORE
    )
    assert (granted.granted_on, Task.objects.get(pk=task.pk).due_on) == (day, day)


def test_a_refusal_needs_words_and_changes_no_day(task: Task, house: House) -> None:
    request = ask(task, house)
    with pytest.raises(NotAllowed):
        extensions.refuse(request=request, answer=" ", by=house.office, at=BEFORE)
    extensions.refuse(request=request, answer="Không lùi được", by=house.office, at=BEFORE)
    assert Task.objects.get(pk=task.pk).due_on == DUE
    assert "không đồng ý gia hạn: Không lùi được" in [event.sentence for event in Event.objects.about(task)]


@pytest.mark.parametrize(
    "changes",
    [
        {"at": moment(date(2026, 10, 21))}, {"proposed_on": DUE}, {"proposed_on": DUE - timedelta(days=1)},
        {"reason": " "},
    ],
)  # fmt: skip
def test_asking_refuses(changes: dict[str, object], task: Task, house: House) -> None:
    with pytest.raises(NotAllowed):
        ask(task, house, **changes)
    assert ExtensionRequest.objects.count() == 0


def test_the_due_day_itself_is_not_too_late(task: Task, house: House) -> None:
    assert ask(task, house, at=moment(DUE, 17)).due_before == DUE


@pytest.mark.parametrize("who", ["officer", "other_head", "office", "director", "clerk"])
def test_only_the_head_of_the_leading_unit_asks(who: str, task: Task, house: House) -> None:
    with pytest.raises(NotAllowed):
        ask(task, house, by=house.posts[who])


@pytest.mark.parametrize("state", [S.PLANNED, S.AWAITING, S.DONE, S.HANDED_BACK, S.PAUSED, S.WITHDRAWN])
def test_only_running_tasks_are_extended(state: TaskState, house: House) -> None:
    stopped = bring_to(state, house, due_on=DUE, at=moment(date(2026, 9, 1)))
    with pytest.raises(NotAllowed):
        ask(stopped, house)


def test_a_rhythm_task_has_no_day_to_move(house: House) -> None:
    with pytest.raises(NotAllowed, match="không có hạn"):
        ask(bring_to(S.ACCEPTED, house, rhythm="regular", at=moment(date(2026, 9, 1))), house)


def test_one_request_at_a_time(task: Task, house: House) -> None:
    ask(task, house)
    with pytest.raises(NotAllowed, match="đang có"):
        ask(task, house)


@pytest.mark.parametrize("who", ["head", "officer", "clerk", "deputy", "admin"])
def test_who_may_not_decide(who: str, task: Task, house: House) -> None:
    request = ask(task, house)
    with pytest.raises(NotAllowed):
        extensions.grant(request=request, by=house.posts[who], at=BEFORE)


def test_a_request_is_decided_once(task: Task, house: House) -> None:
    request = ask(task, house)
    extensions.refuse(request=request, answer="Không", by=house.office, at=BEFORE)
    with pytest.raises(NotAllowed, match="đã được quyết định"):
        extensions.grant(request=request, by=house.chief, at=BEFORE)


def test_a_failing_history_undoes_each_step(task: Task, house: House) -> None:
    request = ask(task, house)
    with mock.patch("audit.log.record", side_effect=RuntimeError("disk full")):
        for step in (
            lambda: extensions.grant(request=request, by=house.office, at=BEFORE),
            lambda: extensions.refuse(request=request, answer="Không", by=house.office, at=BEFORE),
        ):
            with pytest.raises(RuntimeError):
                step()
    request.refresh_from_db()
    assert (request.state, Task.objects.get(pk=task.pk).due_on) == ("asked", DUE)
