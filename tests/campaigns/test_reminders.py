"""Deadline passes: once, twice, side by side, late."""

import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from campaigns import reminders
from campaigns.models import CalendarDay, Reminder, Task
from campaigns.states import TaskState
from campaigns.tasks import BEAT, run_deadlines
from campaigns.workflow import progress, tasks
from notifications.models import Message
from tests.background import worker_environment
from tests.factories.plans import House, make_house
from tests.factories.tasks import bring_to, help_of, make_issued_plan, moment

pytestmark = pytest.mark.django_db
S = TaskState
ROOT = Path(__file__).parent.parent.parent
DUE = date(2026, 10, 20)
BEGAN = moment(date(2026, 9, 1))


def run(on: date) -> Counter[tuple[str, int]]:
    return reminders.run(on, at=moment(on, 6)).created


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def task(house: House) -> Task:
    task = bring_to(S.IN_PROGRESS, house, due_on=DUE, at=BEGAN)
    Message.objects.all().delete()
    return task


def told() -> set[tuple[str, int]]:
    return set(Message.objects.values_list("name", "user_id"))


def test_a_pass_reminds_once_however_often_it_runs(task: Task, house: House) -> None:
    assert [run(date(2026, 10, 21)) for _again in range(3)] == [Counter({("overdue", 1): 1}), Counter(), Counter()]
    assert told() == {
        ("campaigns_deadlines_passed", house.officer.user_id), ("campaigns_deadlines_passed", house.head.user_id)
    }  # fmt: skip
    assert Message.objects.count() == 2


def test_day_by_day_a_task_is_called_to_mind_at_its_stages_only(task: Task) -> None:
    for n in range(45):
        run(date(2026, 9, 30) + timedelta(days=n))
    assert list(Reminder.objects.values_list("kind", "on", "level")) == [
        ("due_soon", date(2026, 10, 9), 0), ("due_soon", date(2026, 10, 15), 0), ("due_soon", date(2026, 10, 19), 0),
        ("due_today", date(2026, 10, 20), 0), ("overdue", date(2026, 10, 21), 1), ("overdue", date(2026, 10, 23), 2),
        ("overdue", date(2026, 10, 28), 2), ("overdue", date(2026, 11, 2), 3), ("overdue", date(2026, 11, 5), 3),
        ("overdue", date(2026, 11, 10), 3), ("overdue", date(2026, 11, 13), 3),
    ]  # fmt: skip


def test_missed_days_are_caught_up_with_one_reminder(task: Task, house: House) -> None:
    run(date(2026, 10, 9))
    Message.objects.all().delete()
    assert run(date(2026, 10, 29)) == Counter({("overdue", 3): 1})
    assert told() == {
        ("campaigns_deadlines_passed", house.officer.user_id), ("campaigns_deadlines_passed", house.head.user_id),
        ("campaigns_deadlines_passed", house.office.user_id), ("campaigns_red_spots", house.director.user_id),
    }  # fmt: skip


def test_many_tasks_are_one_message_for_each_person(house: House) -> None:
    plan = make_issued_plan(house)
    for _n in range(12):
        bring_to(S.IN_PROGRESS, house, plan=plan, due_on=DUE, at=BEGAN)
    Message.objects.all().delete()
    assert run(date(2026, 10, 21)) == Counter({("overdue", 1): 12})
    assert Message.objects.count() == 2
    message = Message.objects.get(user=house.officer.user)
    assert (message.subject, message.url) == (
        "12 nhiệm vụ quá hạn",
        f"/nhiem-vu/?officer={house.officer.pk}&due=overdue",
    )


@pytest.mark.parametrize(
    ("state", "whom"),
    [(S.ASSIGNED, {"head"}), (S.HANDED_BACK, {"head", "office"}), (S.REDO, {"officer"}), (S.ACCEPTED, {"officer"})],
)
def test_who_is_told_before_the_day_depends_on_whose_turn_it_is(state: TaskState, whom: set[str], house: House) -> None:
    bring_to(state, house, due_on=DUE, at=BEGAN)
    Message.objects.all().delete()
    run(date(2026, 10, 19))
    assert told() == {("campaigns_deadlines", house.posts[name].user_id) for name in whom}


@pytest.mark.parametrize("state", [S.PLANNED, S.AWAITING, S.DONE, S.PAUSED, S.WITHDRAWN])
def test_nobody_is_late_with_what_is_reported_stopped_or_done(state: TaskState, house: House) -> None:
    bring_to(state, house, due_on=DUE, at=BEGAN)
    assert run(date(2026, 10, 29)) == Counter()


def test_a_rhythm_task_is_never_overdue(house: House) -> None:
    bring_to(S.IN_PROGRESS, house, rhythm="monthly", at=BEGAN)
    assert run(date(2027, 10, 29)) == Counter()


def test_an_extended_task_has_stages_of_its_new_day(task: Task) -> None:
    run(date(2026, 10, 19))
    Task.objects.filter(pk=task.pk).update(due_on=date(2026, 10, 30))
    assert run(date(2026, 10, 21)) == Counter({("due_soon", 0): 1})
    assert set(Reminder.objects.values_list("on", flat=True)) == {date(2026, 10, 19), date(2026, 10, 21)}


def test_the_director_reads_one_list_a_week(task: Task, house: House) -> None:
    for n in range(14):
        run(date(2026, 11, 2) + timedelta(days=n))
    weekly = Message.objects.filter(name="campaigns_red_spots")
    assert [message.user for message in weekly] == [house.director.user] * 2


@pytest.mark.django_db(transaction=True)
def test_two_passes_at_once_insert_each_row_once(house: House) -> None:
    plan = make_issued_plan(house)
    for _n in range(30):
        bring_to(S.ASSIGNED, house, plan=plan, due_on=DUE, at=BEGAN)
    Message.objects.all().delete()
    found: list[int] = []

    def one() -> None:
        try:
            found.append(reminders.run(date(2026, 10, 21), at=timezone.now()).total)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 0, 30]
    assert Reminder.objects.filter(told_at__isnull=False).count() == 30
    assert Message.objects.filter(user=house.head.user).count() == 1


def test_a_pass_that_died_before_telling_is_taken_up(task: Task, house: House) -> None:
    from campaigns import workdays

    reminders.create(date(2026, 10, 21), workdays.load(), at=moment(date(2026, 10, 21)))
    assert Message.objects.count() == 0
    assert run(date(2026, 10, 21)) == Counter()
    assert {user for _name, user in told()} == {house.officer.user_id, house.head.user_id}


def test_the_command_says_what_it_made_and_refuses_a_wrong_day(task: Task, capsys: pytest.CaptureFixture[str]) -> None:
    out = StringIO()
    call_command("run_deadlines", "--on", "2026-10-21", stdout=out)
    assert out.getvalue() == "Ngày 21/10/2026: 1 lần nhắc mới, 2 thông báo.\n  quá hạn (mức 1): 1\n"
    with pytest.raises(SystemExit) as stopped:
        call_command("run_deadlines", "--on", "mai", stdout=out)
    assert stopped.value.code == 2
    assert capsys.readouterr().err == "Ngày “mai” không đúng; hãy ghi như 2026-10-21.\n"


def test_beat_is_quiet_on_days_off(house: House) -> None:
    today = timezone.localdate()
    bring_to(S.ASSIGNED, house, due_on=today)
    CalendarDay.objects.create(day=today, is_working=False, note="Nghỉ")
    assert (run_deadlines(), Reminder.objects.count()) == (0, 0)
    CalendarDay.objects.update(is_working=True)
    assert (run_deadlines(), Reminder.objects.count()) == (1, 1)
    assert BEAT["run-deadlines"]["task"] == run_deadlines.name


def test_a_pass_takes_the_same_queries_for_one_task_and_for_many(
    house: House, django_assert_max_num_queries: object
) -> None:
    plan = make_issued_plan(house)
    for _n in range(10):
        bring_to(S.IN_PROGRESS, house, plan=plan, due_on=DUE, at=BEGAN)
    with django_assert_max_num_queries(21):  # type: ignore[operator]
        run(date(2026, 10, 21))


def test_a_cooperating_unit_is_called_to_mind_by_its_own_day(task: Task, house: House) -> None:
    help_of(task, house.other, due_on=date(2026, 10, 14))
    assert run(date(2026, 10, 15)) == Counter({("due_soon", 0): 1, ("overdue", 1): 1})
    assert told() == {
        ("campaigns_deadlines_passed", house.other_head.user_id), ("campaigns_deadlines", house.officer.user_id)
    }  # fmt: skip
    message = Message.objects.get(user=house.other_head.user)
    assert message.subject == "Quá hạn 14/10/2026: Tổ chức hội nghị quán triệt"
    assert run(date(2026, 10, 15)) == Counter()
    Message.objects.all().delete()
    assert run(date(2026, 10, 19)) == Counter({("due_soon", 0): 1, ("overdue", 2): 1})
    assert ("campaigns_deadlines_passed", house.office.user_id) in told()


def test_a_part_without_a_day_of_its_own_is_due_with_the_task_until_it_is_done(task: Task, house: House) -> None:
    part = help_of(task, house.other)
    assert run(DUE) == Counter({("due_today", 0): 2})
    tasks.part_done(part=part, by=house.other_head, at=moment(DUE))
    assert run(date(2026, 10, 21)) == Counter({("overdue", 1): 1})


def test_a_part_is_late_though_the_lead_reported(task: Task, house: House) -> None:
    help_of(task, house.other, due_on=date(2026, 10, 14))
    progress.finish(task=task, text="Xong", by=house.officer, at=moment(date(2026, 10, 15)))
    assert run(date(2026, 10, 15)) == Counter({("overdue", 1): 1})


def test_an_installation_has_its_own_days(task: Task, settings: Any) -> None:
    settings.DEADLINE_BEFORE, settings.DEADLINE_EVERY, settings.DEADLINE_ESCALATION = [5], 2, [1, 2, 4]
    for n in range(24):
        run(date(2026, 10, 5) + timedelta(days=n))
    assert list(Reminder.objects.values_list("kind", "on", "level")) == [
        ("due_soon", date(2026, 10, 13), 0), ("due_today", DUE, 0), ("overdue", date(2026, 10, 21), 1),
        ("overdue", date(2026, 10, 22), 2), ("overdue", date(2026, 10, 26), 3), ("overdue", date(2026, 10, 28), 3),
    ]  # fmt: skip


# --- real processes ---------------------------------------------------------------------------------------------------


def start_pass() -> subprocess.Popen[bytes]:
    """`run_deadlines` as cron would start it, on the test's database."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_deadlines", "--on", "2026-10-21"],
        cwd=ROOT, env=worker_environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def wait_for_lock(table: str) -> None:
    """Until another connection waits for `table`."""
    for _n in range(600):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE relation = %s::regclass AND NOT granted", [table])
            if cursor.fetchone()[0]:
                return
        time.sleep(0.1)
    raise AssertionError(f"nobody waits for {table}")


@pytest.fixture
def thirty(house: House) -> House:
    plan = make_issued_plan(house)
    for _n in range(30):
        bring_to(S.ASSIGNED, house, plan=plan, due_on=DUE, at=BEGAN)
    Message.objects.all().delete()
    return house


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("table", "rows"), [("campaigns_reminder", 0), ("notifications_message", 30)], ids=["writing", "telling"]
)
def test_a_pass_killed_halfway_is_taken_up_by_the_next(table: str, rows: int, thirty: House) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {table} IN SHARE MODE")
        killed = start_pass()
        wait_for_lock(table)
        killed.kill()
        killed.communicate()
    assert (Reminder.objects.count(), Reminder.objects.filter(told_at__isnull=False).count()) == (rows, 0)
    next_one = start_pass()
    _out, problem = next_one.communicate()
    assert (next_one.returncode, problem.decode()) == (0, "")
    assert Reminder.objects.filter(told_at__isnull=False).count() == 30
    assert Message.objects.filter(user=thirty.head.user).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_processes_at_once_insert_each_row_once(thirty: House) -> None:
    both = [start_pass() for _n in range(2)]
    said = sorted(process.communicate()[0].decode().splitlines()[0] for process in both)
    assert [process.returncode for process in both] == [0, 0]
    assert sum(": 30 lần nhắc mới" in line for line in said) == 1
    assert sum(": 0 lần nhắc mới" in line for line in said) == 1
    assert Message.objects.filter(user=thirty.head.user).count() == 1
