"""Deadline classes of one row and of the database, and the stages at which people are told."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns import deadlines
from campaigns.deadlines import DueState, Stage, due_state, soon_until, stage
from campaigns.filters import TaskFilter
from campaigns.models import Task
from campaigns.queries import NOT_ACCEPTED, by_unit, load_by_unit, not_accepted, red_spots, total
from campaigns.states import DeadlineClass, TaskState
from campaigns.workdays import WorkingCalendar
from tests.factories.plans import make_house
from tests.factories.tasks import bring_to, make_issued_plan, moment

C, S = DeadlineClass, TaskState
CALENDAR = WorkingCalendar()
ON = date(2026, 10, 20)  # a Tuesday


@dataclass
class Row:
    state: str = S.IN_PROGRESS
    due_on: date | None = None
    finished_on: date | None = None
    rhythm: str = ""
    original_due_on: date | None = None


@pytest.mark.parametrize(
    ("row", "found", "words"),
    [
        (Row(due_on=date(2026, 11, 20)), DueState(C.NOT_DUE, 31, 23), "còn 23 ngày làm việc"),
        (Row(due_on=date(2026, 10, 24)), DueState(C.NOT_DUE, 4, 3), "còn 3 ngày làm việc"),
        (Row(due_on=date(2026, 10, 23)), DueState(C.DUE_SOON, 3, 3), "còn 3 ngày làm việc"),
        (Row(due_on=ON), DueState(C.DUE_TODAY), "hôm nay"),
        (Row(due_on=date(2026, 10, 19)), DueState(C.OVERDUE, 1, 1), "quá hạn 1 ngày làm việc"),
        (Row(due_on=date(2026, 10, 15)), DueState(C.OVERDUE, 5, 3), "quá hạn 3 ngày làm việc"),
        (Row(), DueState(C.NO_DUE_DATE), "không có hạn"),
        (Row(rhythm="regular"), DueState(C.RECURRING), "thường xuyên"),
        (Row(S.DONE, ON, date(2026, 10, 20)), DueState(C.DONE_IN_TIME), "xong đúng hạn"),
        (Row(S.DONE, date(2026, 10, 16), ON), DueState(C.DONE_LATE, 4, 2), "xong muộn 2 ngày làm việc"),
        (
            Row(S.DONE, ON, date(2026, 10, 19), original_due_on=date(2026, 10, 16)),
            DueState(C.DONE_EXTENDED), "xong đúng hạn sau gia hạn",
        ),
        (
            Row(S.DONE, ON, date(2026, 10, 16), original_due_on=date(2026, 10, 16)),
            DueState(C.DONE_IN_TIME), "xong đúng hạn",
        ),
        (
            Row(S.AWAITING, ON, date(2026, 10, 19), original_due_on=date(2026, 10, 16)),
            DueState(C.DUE_TODAY, shown_as=C.DONE_EXTENDED), "xong đúng hạn sau gia hạn",
        ),
        (Row(S.DONE, None, ON), DueState(C.DONE_NO_DUE_DATE), "xong, không có hạn"),
        (
            Row(S.AWAITING, date(2026, 10, 16), date(2026, 10, 16)),
            DueState(C.NOT_DUE, shown_as=C.DONE_IN_TIME), "xong đúng hạn",
        ),
        (
            Row(S.AWAITING, date(2026, 10, 15), date(2026, 10, 16)),
            DueState(C.OVERDUE, 1, 1, shown_as=C.DONE_LATE), "xong muộn 1 ngày làm việc",
        ),
        (Row(S.PAUSED, date(2026, 10, 1)), DueState(C.NOT_COUNTED), ""),
        (Row(S.PLANNED, date(2026, 10, 1)), DueState(C.NOT_COUNTED), ""),
    ],
)  # fmt: skip
def test_due_state_and_its_words(row: Row, found: DueState, words: str) -> None:
    assert due_state(row, ON, CALENDAR) == found
    assert found.words == words


def test_a_weekend_overdue_counts_calendar_days() -> None:
    late = due_state(Row(due_on=date(2026, 10, 23)), date(2026, 10, 24), CALENDAR)
    assert (late.kind, late.words) == (C.OVERDUE, "quá hạn 1 ngày")


def fill(plan_day: date = ON) -> Task:
    """Tasks in every state around every border."""
    house = make_house()
    plan = make_issued_plan(house)
    days = [None, *(plan_day + timedelta(days=n) for n in (-30, -5, -1, 0, 1, 2, 3, 4, 5, 30))]
    task = None
    for state in TaskState:
        for day in days:
            due = {"due_on": day} if day else {"rhythm": "regular"} if state != S.ACCEPTED else {"due_on": None}
            task = bring_to(state, house, plan=plan, at=moment(plan_day - timedelta(days=2)), **due)
    assert task is not None
    extended = bring_to(S.DONE, house, plan=plan, at=moment(plan_day - timedelta(days=2)), due_on=plan_day)
    Task.objects.filter(pk=extended.pk).update(original_due_on=plan_day - timedelta(days=4))
    return task


@pytest.mark.django_db
def test_the_database_says_the_same_as_the_row() -> None:
    fill()
    until = soon_until(ON, CALENDAR)
    by_row = {kind: set() for kind in DeadlineClass}
    for task in Task.objects.all():
        by_row[due_state(task, ON, CALENDAR).kind].add(task.pk)
    by_query = {
        kind: set(Task.objects.of_class(kind, on=ON, soon_until=until).values_list("pk", flat=True))
        for kind in DeadlineClass
    }
    assert by_query == by_row
    assert all(by_row.values())


@pytest.mark.django_db
def test_every_number_of_a_home_page_is_the_length_of_the_list_it_links_to(django_assert_num_queries: object) -> None:
    task = fill()
    by = task.assigned_by
    visible = Task.objects.visible_to(by)
    with django_assert_num_queries(1):  # type: ignore[operator]
        counts = total(load_by_unit(visible.given(), ON, CALENDAR))
    lists = {kind: TaskFilter(due=kind).apply(by, ON, CALENDAR).count() for kind, _count in counts.items()}
    assert lists == dict(counts.items())
    assert counts.open == TaskFilter(state="open").apply(by, ON, CALENDAR).count()
    assert counts.done == TaskFilter(state="done").apply(by, ON, CALENDAR).count()
    with django_assert_num_queries(1):  # type: ignore[operator]
        units = by_unit(visible, ON, CALENDAR, {"not_accepted": NOT_ACCEPTED})
    open_ones = {kind: count for kind, count in counts.items() if not kind.startswith("done")}
    assert {kind: count for kind, count in total(units).items() if not kind.startswith("done")} == open_ones
    with django_assert_num_queries(1):  # type: ignore[operator]
        unnamed = by_unit(visible, ON, CALENDAR, names=False)
    assert {kind: count for kind, count in total(unnamed).items() if not kind.startswith("done")} == open_ones
    assert sum(row.week for row in unnamed) == TaskFilter(state="open", period="7d").apply(by, ON, CALENDAR).count()
    assert {row.unit_id: row.counts.overdue for row in red_spots(units)} == {
        task.lead_unit_id: TaskFilter(due="overdue", unit=task.lead_unit_id).apply(by, ON, CALENDAR).count()
    }
    assert {row.unit_id: row.not_accepted for row in not_accepted(units)} == {
        task.lead_unit_id: TaskFilter(state="assigned", unit=task.lead_unit_id).apply(by, ON, CALENDAR).count()
    }


# --- stages -----------------------------------------------------------------------------------------------------------

DUE = date(2026, 10, 20)


@pytest.mark.parametrize(
    ("on", "found"),
    [
        (date(2026, 10, 8), None),
        (date(2026, 10, 9), Stage("due_soon", date(2026, 10, 9), 0)),  # seven working days before
        (date(2026, 10, 13), Stage("due_soon", date(2026, 10, 9), 0)),  # the same stage, asked later
        (date(2026, 10, 15), Stage("due_soon", date(2026, 10, 15), 0)),
        (date(2026, 10, 19), Stage("due_soon", date(2026, 10, 19), 0)),
        (date(2026, 10, 20), Stage("due_today", date(2026, 10, 20), 0)),
        (date(2026, 10, 21), Stage("overdue", date(2026, 10, 21), 1)),
        (date(2026, 10, 22), Stage("overdue", date(2026, 10, 21), 1)),
        (date(2026, 10, 23), Stage("overdue", date(2026, 10, 23), 2)),
        (date(2026, 10, 28), Stage("overdue", date(2026, 10, 28), 2)),
        (date(2026, 10, 29), Stage("overdue", date(2026, 10, 28), 3)),
        (date(2026, 11, 2), Stage("overdue", date(2026, 11, 2), 3)),
    ],
)
def test_stages_of_a_due_date(on: date, found: Stage | None) -> None:
    assert stage(DUE, on, CALENDAR) == found


@given(st.dates(date(2023, 1, 1), date(2027, 6, 1)), st.integers(0, 60))
def test_a_stage_never_begins_before_another_and_never_repeats(due: date, days: int) -> None:
    """Day by day the stages of a due date only go on, each is named by one day, and none begins in the future."""
    start = due - timedelta(days=35)
    seen: list[Stage] = []
    for n in range(35 + days):
        on = start + timedelta(days=n)
        now = stage(due, on, CALENDAR)
        if now is None:
            assert not seen
            continue
        assert now.began_on <= on
        if not seen or (seen[-1].kind, seen[-1].began_on) != (now.kind, now.began_on):
            assert (now.kind, now.began_on) not in {(row.kind, row.began_on) for row in seen}
            assert not seen or seen[-1].began_on < now.began_on
            seen.append(now)
    assert len(deadlines.USUAL.before) + 1 <= len(seen) or days == 0
