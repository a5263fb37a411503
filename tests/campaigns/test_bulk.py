"""One act on many tasks: all or nothing, one event each, and half a minute to take it back."""

from datetime import date, datetime, timedelta
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from campaigns.models import Task, TaskBatch
from campaigns.states import TaskState
from campaigns.workflow import bulk, extensions, progress, tasks
from campaigns.workflow.bulk import Choice
from tests.factories.plans import House, make_house
from tests.factories.tasks import bring_to, help_of, make_issued_plan
from units.permissions import NotAllowed

pytestmark = pytest.mark.django_db
S, Act = TaskState, TaskBatch.Act
COLUMNS = [field.attname for field in Task._meta.concrete_fields]


@pytest.fixture
def house() -> House:
    return make_house()


def stored(chosen: list[Task]) -> list[dict[str, Any]]:
    return list(Task.objects.filter(pk__in=[task.pk for task in chosen]).order_by("pk").values(*COLUMNS))


def three(state: TaskState, house: House) -> list[Task]:
    plan = make_issued_plan(house)
    return [bring_to(state, house, plan=plan) for _n in range(3)]


def later() -> date:
    return timezone.localdate() + timedelta(days=60)


CASES = [
    (Act.ACCEPT, S.ASSIGNED, "head", lambda house: Choice(officer=house.officer), {"state": "accepted"}),
    (Act.ASSIGN, S.HANDED_BACK, "office", lambda house: Choice(lead_unit=house.other), {"state": "assigned"}),
    (Act.CHANGE_DAY, S.IN_PROGRESS, "office", lambda _h: Choice(due_on=later(), reason="Lùi hội nghị"), {}),
    (Act.CONFIRM, S.AWAITING, "head", lambda _h: Choice(), {"state": "done"}),
    (Act.REMIND, S.IN_PROGRESS, "office", lambda _h: Choice(), {}),
]
UNDOABLE = [case for case in CASES if case[0] != Act.REMIND]


@pytest.mark.parametrize(("act", "state", "role", "choice", "changed"), CASES, ids=[case[0] for case in CASES])
def test_each_task_gets_one_event(
    act: str, state: TaskState, role: str, choice: Any, changed: dict[str, Any], house: House
) -> None:
    chosen = three(state, house)
    before = [Event.objects.about(task).count() for task in chosen]
    bulk.run(act=act, chosen=chosen, choice=choice(house), by=house.posts[role], at=timezone.now())
    assert [Event.objects.about(task).count() for task in chosen] == [count + 1 for count in before]
    assert [{name: row[name] for name in changed} for row in stored(chosen)] == [changed] * 3


@pytest.mark.parametrize(("act", "state", "role", "choice", "_changed"), UNDOABLE, ids=[case[0] for case in UNDOABLE])
def test_undo_puts_everything_back(
    act: str, state: TaskState, role: str, choice: Any, _changed: Any, house: House
) -> None:
    chosen = three(state, house)
    help_of(chosen[0], house.other, due_on=later())
    before = stored(chosen)
    entries = list(chosen[0].entries.values())
    now, by = timezone.now(), house.posts[role]
    batch = bulk.run(act=act, chosen=chosen, choice=choice(house), by=by, at=now)
    assert stored(chosen) != before
    bulk.undo(batch=batch, by=by, at=now + timedelta(seconds=29))
    assert stored(chosen) == before
    assert list(chosen[0].entries.values()) == entries
    assert list(chosen[0].cooperating.values_list("unit_id", "due_on")) == [(house.other.pk, later())]
    assert [Event.objects.about(task).last().name for task in chosen] == ["campaigns.task.undone"] * 3


def test_undo_opens_the_request_that_a_confirmation_closed(house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    request = extensions.ask(task=task, proposed_on=later(), reason="Chờ", by=house.head, at=timezone.now())
    progress.finish(task=task, text="Xong", by=house.officer, at=timezone.now())
    now = timezone.now()
    batch = bulk.run(act=Act.CONFIRM, chosen=[task], choice=Choice(), by=house.head, at=now)
    bulk.undo(batch=batch, by=house.head, at=now)
    request.refresh_from_db()
    assert (request.state, request.decided_at, request.answer) == ("asked", None, "")


def confirmed(house: House, now: datetime) -> tuple[list[Task], TaskBatch]:
    chosen = three(S.AWAITING, house)
    return chosen, bulk.run(act=Act.CONFIRM, chosen=chosen, choice=Choice(), by=house.head, at=now)


def test_undo_is_refused_after_half_a_minute_twice_and_to_others(house: House) -> None:
    now = timezone.now()
    _chosen, batch = confirmed(house, now)
    with pytest.raises(NotAllowed, match="30 giây"):
        bulk.undo(batch=batch, by=house.head, at=now + timedelta(seconds=31))
    with pytest.raises(NotAllowed, match="người đã làm"):
        bulk.undo(batch=batch, by=house.office, at=now)
    bulk.undo(batch=batch, by=house.head, at=now)
    with pytest.raises(NotAllowed, match="đã hoàn tác"):
        bulk.undo(batch=batch, by=house.head, at=now)


def test_undo_is_refused_as_a_whole_when_one_task_changed(house: House) -> None:
    now = timezone.now()
    plan = make_issued_plan(house)
    chosen = [bring_to(S.ASSIGNED, house, plan=plan) for _n in range(2)]
    batch = bulk.run(act=Act.ACCEPT, chosen=chosen, choice=Choice(officer=house.officer), by=house.head, at=now)
    progress.report(task=chosen[1], text="Đã bắt đầu", percent=5, by=house.officer, at=now)
    before = stored(chosen)
    with pytest.raises(NotAllowed, match="đã thay đổi sau đó"):
        bulk.undo(batch=batch, by=house.head, at=now)
    assert stored(chosen) == before


def test_a_reminder_cannot_be_unsaid(house: House) -> None:
    now = timezone.now()
    batch = bulk.run(act=Act.REMIND, chosen=three(S.IN_PROGRESS, house), choice=Choice(), by=house.office, at=now)
    with pytest.raises(NotAllowed):
        bulk.undo(batch=batch, by=house.office, at=now)


def test_one_refusal_undoes_all(house: House) -> None:
    chosen = three(S.AWAITING, house)
    tasks.confirm(task=chosen[2], by=house.head, at=timezone.now())
    before = stored(chosen)
    with pytest.raises(NotAllowed, match="Tổ chức hội nghị quán triệt: "):
        bulk.run(act=Act.CONFIRM, chosen=chosen, choice=Choice(), by=house.head, at=timezone.now())
    assert stored(chosen) == before
    assert TaskBatch.objects.count() == 0


def test_a_failing_history_undoes_the_act_and_the_undo(house: House) -> None:
    now = timezone.now()
    chosen, batch = confirmed(house, now)
    before = stored(chosen)
    with mock.patch("audit.log.record", side_effect=RuntimeError("disk full")), pytest.raises(RuntimeError):
        bulk.undo(batch=batch, by=house.head, at=now)
    assert stored(chosen) == before


@pytest.mark.parametrize(
    ("due_on", "reason", "words"),
    [(-1, "Vội", "quá khứ"), (30, "Trùng", "trùng hạn"), (60, " ", "lý do")],
)
def test_a_wrong_day_is_refused(due_on: int, reason: str, words: str, house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    day = timezone.localdate() + timedelta(days=due_on)
    with pytest.raises(NotAllowed, match=words):
        extensions.change_day(task=task, due_on=day, reason=reason, by=house.office, at=timezone.now())


# --- pages ------------------------------------------------------------------------------------------------------------


def post(client: Client, act: str, chosen: list[Task], **more: Any) -> Any:
    return client.post(reverse("tasks:bulk"), {"act": act, "selected": [task.pk for task in chosen]} | more)


def test_preview_says_what_happens_and_what_is_left_out(client: Client, house: House) -> None:
    awaiting, running = bring_to(S.AWAITING, house), bring_to(S.IN_PROGRESS, house)
    client.force_login(house.head.user)
    answer = post(client, "confirm", [awaiting, running])
    assert [(row.task.pk, row.refusal) for row in answer.context["rows"]] == [
        (awaiting.pk, ""), (running.pk, "Nhiệm vụ chưa có báo cáo hoàn thành để xác nhận."),
    ]  # fmt: skip
    page = answer.content.decode()
    assert "Xác nhận hoàn thành: 1 nhiệm vụ" in page
    assert "chờ xác nhận → hoàn thành" in page


def test_agreed_does_it_and_the_next_page_takes_it_back(client: Client, house: House) -> None:
    chosen = three(S.AWAITING, house)
    client.force_login(house.head.user)
    answer = post(client, "confirm", chosen, agreed="1")
    batch = TaskBatch.objects.get()
    assert answer.url == reverse("tasks:batch", args=[batch.pk])
    assert "Hoàn tác" in client.get(answer.url).content.decode()
    client.post(reverse("tasks:batch_undo", args=[batch.pk]))
    assert {row["state"] for row in stored(chosen)} == {"awaiting"}
    page = client.get(answer.url).content.decode()
    assert "Đã hoàn tác; các nhiệm vụ trở lại như trước." in page
    assert 'data-toast="' not in page or "hoan-tac" not in page


def test_a_task_that_changed_since_the_preview_stops_the_act(client: Client, house: House) -> None:
    task = bring_to(S.AWAITING, house)
    client.force_login(house.head.user)
    seen = post(client, "confirm", [task]).context["rows"][0].seen
    tasks.redo(task=task, reason="Thiếu ảnh", by=house.head, at=timezone.now())
    progress.finish(task=task, text="Kết quả khác", by=house.officer, at=timezone.now())
    answer = post(client, "confirm", [task], agreed="1", **{f"seen-{task.pk}": seen})
    assert "vừa thay đổi" in answer.context["problem"]
    assert Task.objects.get(pk=task.pk).state == S.AWAITING


def test_what_was_typed_stays_when_the_day_is_wrong(client: Client, house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    client.force_login(house.office.user)
    answer = post(client, "change_day", [task], agreed="1", due_on="mai", reason="Lùi hội nghị")
    assert "Lùi hội nghị" in answer.content.decode()
    assert Task.objects.get(pk=task.pk).due_on == task.due_on


def test_anothers_batch_is_unknown(client: Client, house: House) -> None:
    _chosen, batch = confirmed(house, timezone.now())
    client.force_login(house.office.user)
    assert client.get(reverse("tasks:batch", args=[batch.pk])).status_code == 404
    assert client.post(reverse("tasks:batch_undo", args=[batch.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_takes_the_same_queries(
    count: int, client: Client, house: House, django_assert_max_num_queries: Any
) -> None:
    chosen = three(S.AWAITING, house)[:count]
    client.force_login(house.head.user)
    with django_assert_max_num_queries(8):
        post(client, "confirm", chosen)
