"""The life of a task: the whole table by role, and what each act does."""

from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.utils import timezone

from audit.models import Event
from campaigns.models import ExtensionRequest, Task
from campaigns.states import TRANSITIONS, TaskMove, TaskState
from campaigns.workflow import extensions, handover, progress, tasks
from campaigns.workflow.tasks import Supplement
from notifications.models import Message
from tests.factories.plans import House, make_house
from tests.factories.tasks import bring_to, help_of, make_issued_plan, make_planned
from tests.factories.units import AppointmentFactory, UnitFactory
from units.models import Appointment
from units.permissions import NotAllowed, Outdated

pytestmark = pytest.mark.django_db
S, M = TaskState, TaskMove


@pytest.fixture
def house() -> House:
    return make_house()


def act(move: TaskMove, task: Task, by: Appointment, house: House) -> Any:
    """Make a move as a person would ask for it."""
    who: dict[str, Any] = {"task": task, "by": by, "at": timezone.now()}
    other = Appointment.objects.filter(unit=house.department, role="officer").exclude(pk=task.officer_id).first()
    verbs: dict[TaskMove, Any] = {
        M.ASSIGN: lambda: tasks.assign(**who),
        M.ACCEPT: lambda: tasks.accept(officer=other, **who),
        M.HAND_BACK: lambda: tasks.hand_back(reason="Không đúng chức năng", **who),
        M.REPORT: lambda: progress.report(text="Đã làm", percent=50, **who),
        M.FINISH: lambda: progress.finish(text="Đã xong", **who),
        M.CONFIRM: lambda: tasks.confirm(**who),
        M.REDO: lambda: tasks.redo(reason="Thiếu ảnh", **who),
        M.PAUSE: lambda: tasks.pause(reason="Chờ hướng dẫn", **who),
        M.RESUME: lambda: tasks.resume(**who),
        M.WITHDRAW: lambda: tasks.withdraw(reason="Không làm nữa", **who),
    }
    return verbs[move]()


MAY: dict[TaskMove, set[str]] = {
    M.ASSIGN: {"office", "chief"},
    M.ACCEPT: {"head"},
    M.HAND_BACK: {"head"},
    M.REPORT: {"head", "officer"},
    M.FINISH: {"head", "officer"},
    M.CONFIRM: {"head"},
    M.REDO: {"head"},
    M.PAUSE: {"office", "chief"},
    M.RESUME: {"office", "chief"},
    M.WITHDRAW: {"office", "chief"},
}
NOT_BY_HAND = {(S.PLANNED, M.ASSIGN), (S.PLANNED, M.WITHDRAW)}
"""A draft's tasks are given out by the issue of the plan, and taken out by editing it."""


@pytest.mark.parametrize("state", TaskState)
def test_every_move_from_every_state_by_every_role(state: TaskState, house: House) -> None:
    AppointmentFactory(unit=house.department)
    house.posts["colleague"] = AppointmentFactory(unit=house.department)
    house.posts["stranger"] = AppointmentFactory(unit_head=True)
    allowed = set()
    for move in TaskMove:
        for role, post in house.posts.items():
            task = bring_to(state, house)
            try:
                act(move, task, post, house)
            except NotAllowed:
                unchanged = Task.objects.get(pk=task.pk)
                assert (unchanged.state, unchanged.officer_id) == (state, task.officer_id)
                continue
            allowed.add((move, role, TaskState(Task.objects.get(pk=task.pk).state)))
    assert allowed == {
        (move, role, target)
        for (start, move), target in TRANSITIONS.items()
        if start == state and (start, move) not in NOT_BY_HAND
        for role in MAY[move]
        if not (role == "officer" and state in (S.ASSIGNED, S.HANDED_BACK))
    }


EVERY_MOVE = [
    (S.HANDED_BACK, M.ASSIGN, "office"), (S.ASSIGNED, M.ACCEPT, "head"), (S.ASSIGNED, M.HAND_BACK, "head"),
    (S.ACCEPTED, M.REPORT, "officer"), (S.ACCEPTED, M.FINISH, "officer"), (S.AWAITING, M.CONFIRM, "head"),
    (S.AWAITING, M.REDO, "head"), (S.IN_PROGRESS, M.PAUSE, "office"), (S.PAUSED, M.RESUME, "office"),
    (S.IN_PROGRESS, M.WITHDRAW, "office"),
]  # fmt: skip


@pytest.mark.parametrize(("state", "move", "role"), EVERY_MOVE)
def test_a_failing_history_undoes_the_move(state: TaskState, move: TaskMove, role: str, house: House) -> None:
    task = bring_to(state, house)
    before = Task.objects.filter(pk=task.pk).values().get()
    told, entries = Message.objects.count(), task.entries.count()
    with mock.patch("audit.log.record", side_effect=RuntimeError("disk full")), pytest.raises(RuntimeError):
        act(move, task, house.posts[role], house)
    assert Task.objects.filter(pk=task.pk).values().get() == before
    assert (Message.objects.count(), task.entries.count()) == (told, entries)


@pytest.mark.parametrize(("state", "move", "role"), EVERY_MOVE)
def test_every_move_leaves_one_line_of_history(state: TaskState, move: TaskMove, role: str, house: House) -> None:
    task = bring_to(state, house)
    before = Event.objects.about(task).count()
    act(move, task, house.posts[role], house)
    written = list(Event.objects.about(task))[before:]
    assert [(event.actor_name, event.post_title) for event in written] == [
        (house.posts[role].person_name, house.posts[role].post_title)
    ]
    assert "…" not in written[0].sentence


def test_issue_assigns_the_tasks_in_the_signers_name_and_tells_each_unit_once(house: House) -> None:
    plan = make_issued_plan(house)
    first = make_planned(house, plan)
    second = make_planned(house, plan, text="Đăng tin, bài")
    help_of(second, house.other)
    tasks.assign_plan(document=plan.document, by=house.clerk, at=timezone.now())
    found = Task.objects.filter(plan=plan).order_by("id")
    assert [(task.pk, task.state, task.assigned_by_id) for task in found] == [
        (first.pk, S.ASSIGNED, house.director.pk), (second.pk, S.ASSIGNED, house.director.pk)
    ]  # fmt: skip
    assert set(Message.objects.values_list("name", "user_id")) == {
        ("campaigns_tasks_assigned", house.head.user_id), ("campaigns_help_asked", house.other_head.user_id),
    }  # fmt: skip
    assert [event.actor_id for event in Event.objects.about(first)] == [house.clerk.user_id]


def test_a_recalled_plan_withdraws_what_is_not_done(house: House) -> None:
    plan = make_issued_plan(house)
    for state in (S.IN_PROGRESS, S.DONE):
        bring_to(state, house, plan=plan)
    tasks.withdraw_plan(document=plan.document, by=house.director, at=timezone.now())
    assert list(plan.tasks.order_by("id").values_list("state", flat=True)) == [S.WITHDRAWN, S.DONE]


def test_accept_names_somebody_of_the_unit_who_works_there_today(house: House) -> None:
    task = bring_to(S.ASSIGNED, house)
    gone = AppointmentFactory(unit=house.department, ended=True)
    closed = AppointmentFactory(unit=house.department, user__closed=True)
    for officer in (house.other_head, gone, closed):
        with pytest.raises(NotAllowed):
            tasks.accept(task=task, officer=officer, by=house.head, at=timezone.now())
    tasks.accept(task=task, officer=house.officer, by=house.head, at=timezone.now())
    found = Task.objects.get(pk=task.pk)
    assert (found.state, found.officer_id, found.accepted_by_id) == (S.ACCEPTED, house.officer.pk, house.head.pk)


def test_changing_the_officer_keeps_the_state_and_who_accepted(house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    colleague = AppointmentFactory(unit=house.department)
    changed = tasks.accept(task=task, officer=colleague, by=house.head, at=timezone.now())
    assert (changed.state, changed.officer_id, changed.accepted_at) == (S.IN_PROGRESS, colleague.pk, task.accepted_at)
    with pytest.raises(NotAllowed):
        progress.report(task=task, text="Đã làm", percent=50, by=house.officer, at=timezone.now())


def test_who_acts_on_an_old_page_is_told_and_changes_nothing(house: House) -> None:
    task = bring_to(S.ACCEPTED, house)
    mark = tasks.seen_mark(task)
    progress.report(task=task, text="Lần một", percent=20, by=house.officer, at=timezone.now(), seen=mark)
    with pytest.raises(Outdated):
        progress.report(task=task, text="Lần hai", percent=30, by=house.head, at=timezone.now(), seen=mark)
    assert [entry.text for entry in task.entries.all()] == ["Lần một"]


def test_reasons_are_asked_for(house: House) -> None:
    now = timezone.now()
    for verb, state, by in (
        (tasks.hand_back, S.ASSIGNED, house.head), (tasks.redo, S.AWAITING, house.head),
        (tasks.pause, S.ACCEPTED, house.office), (tasks.withdraw, S.ACCEPTED, house.office),
    ):  # fmt: skip
        with pytest.raises(NotAllowed, match="lý do"):
            verb(task=bring_to(state, house), reason="  ", by=by, at=now)


def test_reassigning_to_another_unit_forgets_the_answer_of_the_first(house: House) -> None:
    task = bring_to(S.HANDED_BACK, house)
    help_of(task, house.other)
    again = tasks.assign(task=task, lead_unit=house.other, by=house.office, at=timezone.now())
    assert (again.state, again.lead_unit_id, again.officer_id, again.reason) == (S.ASSIGNED, house.other.pk, None, "")
    assert list(again.cooperating.all()) == []
    with pytest.raises(NotAllowed):
        tasks.assign(
            task=bring_to(S.HANDED_BACK, house),
            lead_unit=UnitFactory(department=True),
            by=house.office,
            at=timezone.now(),
        )


def test_supplement_is_marked_and_names_who_ordered_it(house: House) -> None:
    plan = make_issued_plan(house)
    day = timezone.localdate() + timedelta(days=10)
    what = Supplement("Rà soát số liệu", house.department, due_on=day, cooperating=((house.other, None),))
    task = tasks.supplement(plan=plan, what=what, by=house.office, at=timezone.now())
    assert (task.state, task.is_supplementary, task.assigned_by, task.original_due_on) == (
        S.ASSIGNED, True, house.office, day,
    )  # fmt: skip
    assert [part.unit for part in task.cooperating.all()] == [house.other]


@pytest.mark.parametrize("wrong", ["no_due", "past", "foreign", "self_help", "empty"])
def test_supplement_refuses(wrong: str, house: House) -> None:
    day = timezone.localdate() + timedelta(days=10)
    what = {
        "no_due": Supplement("Rà soát", house.department),
        "past": Supplement("Rà soát", house.department, due_on=timezone.localdate() - timedelta(days=1)),
        "foreign": Supplement("Rà soát", UnitFactory(department=True), due_on=day),
        "self_help": Supplement("Rà soát", house.department, due_on=day, cooperating=((house.department, None),)),
        "empty": Supplement("  ", house.department, due_on=day),
    }[wrong]
    with pytest.raises(NotAllowed):
        tasks.supplement(plan=make_issued_plan(house), what=what, by=house.office, at=timezone.now())
    assert Task.objects.count() == 0


def test_a_cooperating_unit_closes_its_own_part_once(house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    part = help_of(task, house.other)
    with pytest.raises(NotAllowed):
        tasks.part_done(part=part, by=house.head, at=timezone.now())
    done = tasks.part_done(part=part, by=house.other_head, at=timezone.now())
    assert done.done_by == house.other_head
    with pytest.raises(NotAllowed):
        tasks.part_done(part=part, by=house.other_head, at=timezone.now())
    assert Task.objects.get(pk=task.pk).state == S.IN_PROGRESS


def test_done_and_withdrawn_tasks_leave_no_open_request(house: House) -> None:
    for end in ("confirm", "withdraw"):
        task = bring_to(S.IN_PROGRESS, house)
        day = task.due_on + timedelta(days=5)
        extensions.ask(task=task, proposed_on=day, reason="Chờ kinh phí", by=house.head, at=timezone.now())
        if end == "confirm":
            progress.finish(task=task, text="Đã xong", by=house.officer, at=timezone.now())
            tasks.confirm(task=task, by=house.head, at=timezone.now())
        else:
            tasks.withdraw(task=task, reason="Không làm nữa", by=house.office, at=timezone.now())
    assert set(ExtensionRequest.objects.values_list("state", flat=True)) == {"refused"}


def test_reminding_tells_once_a_day_and_notes_each_press(house: House) -> None:
    task = bring_to(S.ACCEPTED, house)
    Message.objects.all().delete()
    for _press in range(2):
        tasks.remind(tasks=[task], by=house.office, at=timezone.now())
    assert list(Message.objects.values_list("name", "user_id")) == [("campaigns_task_reminder", house.officer.user_id)]
    assert [event.name for event in Event.objects.about(task)].count("campaigns.task.reminded") == 2
    with pytest.raises(NotAllowed):
        tasks.remind(tasks=[task], by=house.officer, at=timezone.now())


# --- handing over -----------------------------------------------------------------------------------------------------


def test_a_units_open_tasks_go_over_with_their_states(house: House) -> None:
    running, done = bring_to(S.IN_PROGRESS, house), bring_to(S.DONE, house)
    fresh = bring_to(S.ASSIGNED, house)
    helped = bring_to(S.ASSIGNED, house, lead_unit=house.office_unit)
    help_of(helped, house.department)
    handover.unit_tasks(
        unit=house.department, successor=house.other, reason="Hợp nhất phòng", by=house.office, at=timezone.now()
    )
    found = {task.pk: (task.lead_unit_id, task.state, task.officer_id) for task in Task.objects.all()}
    assert found == {
        running.pk: (house.other.pk, S.IN_PROGRESS, house.other_head.pk),
        done.pk: (house.department.pk, S.DONE, house.officer.pk),
        fresh.pk: (house.other.pk, S.ASSIGNED, None),
        helped.pk: (house.office_unit.pk, S.ASSIGNED, None),
    }
    assert [part.unit for part in helped.cooperating.all()] == [house.other]
    assert "Hợp nhất phòng" in list(Event.objects.about(running))[-1].sentence


def test_a_person_who_moves_along_keeps_the_task(house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    again = AppointmentFactory(user=house.officer.user, unit=house.other)
    handover.unit_tasks(
        unit=house.department, successor=house.other, reason="Hợp nhất", by=house.office, at=timezone.now()
    )
    assert Task.objects.get(pk=task.pk).officer == again


def test_a_unit_without_head_takes_nothing(house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    empty = UnitFactory(department=True, parent=house.organisation)
    with pytest.raises(NotAllowed):
        handover.unit_tasks(
            unit=house.department, successor=empty, reason="Hợp nhất", by=house.office, at=timezone.now()
        )
    assert Task.objects.get(pk=task.pk).lead_unit == house.department


def test_who_leaves_takes_no_task_along(house: House) -> None:
    task, done = bring_to(S.AWAITING, house), bring_to(S.DONE, house)
    colleague = AppointmentFactory(unit=house.department)
    with pytest.raises(NotAllowed):
        handover.person_tasks(
            officer=house.officer, successor=colleague, reason="Nghỉ hưu", by=house.other_head, at=timezone.now()
        )
    handover.person_tasks(
        officer=house.officer, successor=colleague, reason="Nghỉ hưu", by=house.head, at=timezone.now()
    )
    assert (Task.objects.get(pk=task.pk).officer, Task.objects.get(pk=done.pk).officer) == (colleague, house.officer)
