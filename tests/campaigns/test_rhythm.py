"""Periods of rhythm tasks, and what was missed."""

from datetime import date, timedelta
from itertools import islice
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from campaigns import rhythm
from campaigns.models import ProgressEntry, Task
from campaigns.rhythm import Span, span
from campaigns.states import Rhythm, TaskState
from campaigns.workdays import WorkingCalendar
from tests.factories.plans import House, make_house
from tests.factories.tasks import bring_to, moment

CALENDAR = WorkingCalendar()
S = TaskState


@pytest.mark.parametrize(
    ("kind", "wording", "day", "first", "last"),
    [
        ("weekly", "hằng tuần", date(2026, 10, 21), date(2026, 10, 19), date(2026, 10, 25)),
        ("weekly", "", date(2027, 1, 1), date(2026, 12, 28), date(2027, 1, 3)),
        ("monthly", "hằng tháng", date(2026, 10, 21), date(2026, 10, 1), date(2026, 10, 31)),
        ("monthly", "hằng tháng trước ngày 25", date(2026, 10, 24), date(2026, 9, 25), date(2026, 10, 24)),
        ("monthly", "trước ngày 25 hằng tháng", date(2026, 10, 25), date(2026, 10, 25), date(2026, 11, 24)),
        ("monthly", "chậm nhất ngày 25 hằng tháng", date(2026, 10, 25), date(2026, 9, 26), date(2026, 10, 25)),
        ("monthly", "ngày 31 hằng tháng", date(2027, 2, 10), date(2027, 2, 1), date(2027, 2, 28)),
        ("monthly", "ngày 30 hằng tháng", date(2027, 3, 1), date(2027, 3, 1), date(2027, 3, 30)),
        ("monthly", "trước ngày 01 hằng tháng", date(2026, 10, 21), date(2026, 10, 1), date(2026, 10, 31)),
        ("quarterly", "", date(2026, 11, 2), date(2026, 10, 1), date(2026, 12, 31)),
        ("quarterly", "", date(2026, 5, 31), date(2026, 4, 1), date(2026, 6, 30)),
        ("regular", "thường xuyên", date(2026, 10, 14), date(2026, 9, 15), date(2026, 10, 14)),
        ("regular", "thường xuyên", date(2026, 12, 15), date(2026, 12, 15), date(2027, 1, 14)),
    ],
)
def test_periods_checked_by_hand(kind: str, wording: str, day: date, first: date, last: date) -> None:
    assert span(kind, wording, day, first_day=15) == Span(first, last)


def test_a_reporting_month_may_be_the_calendars() -> None:
    assert span("regular", "", date(2026, 2, 14), first_day=1) == Span(date(2026, 2, 1), date(2026, 2, 28))


WORDINGS = st.sampled_from(["", "trước ngày 25 hằng tháng", "ngày 31 hằng tháng", "ngày 30", "trước ngày 1", "ngày 5"])


@given(
    st.sampled_from([kind.value for kind in Rhythm if kind]), WORDINGS,
    st.dates(date(2023, 1, 1), date(2027, 12, 31)), st.integers(1, 28),
)  # fmt: skip
def test_periods_follow_each_other_without_gap(kind: str, wording: str, day: date, first_day: int) -> None:
    here = span(kind, wording, day, first_day=first_day)
    assert here.starts_on <= day <= here.ends_on
    assert span(kind, wording, here.starts_on, first_day=first_day) == here
    assert span(kind, wording, here.ends_on, first_day=first_day) == here
    following = span(kind, wording, here.ends_on + timedelta(days=1), first_day=first_day)
    assert following.starts_on == here.ends_on + timedelta(days=1)


def test_a_period_that_ends_on_a_day_off_stays_open_until_the_next_working_day() -> None:
    """Month of October 2026 ends on a Saturday: an entry on Monday the 2nd of November is still in time."""
    for day, latest in ((2, date(2026, 9, 30)), (3, date(2026, 10, 31))):
        closed = rhythm.closed("monthly", "", date(2026, 11, day), CALENDAR, first_day=15)
        assert next(closed).ends_on == latest


# --- on tasks ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def house(db: None) -> House:
    return make_house()


def weekly(house: House, given_on: date, *entries: date) -> Task:
    """A weekly task with entries on these days only."""
    task = bring_to(S.IN_PROGRESS, house, rhythm="weekly", at=moment(given_on))
    task.entries.all().delete()
    for day in entries:
        ProgressEntry.objects.create(
            task=task, unit=task.lead_unit, text="Đã làm", percent=10, happened_on=day, reported_at=moment(day),
            reported_by=house.officer,
        )  # fmt: skip
    return task


ON = date(2026, 10, 28)  # a Wednesday


def missed(task: Task) -> list[date]:
    return [period.starts_on for period in rhythm.states([task], ON, CALENDAR)[task.pk].missed]


def test_missed_periods_are_those_since_the_task_was_given_out(house: House) -> None:
    task = weekly(house, date(2026, 9, 30), date(2026, 10, 8), date(2026, 10, 27))
    state = rhythm.states([task], ON, CALENDAR)[task.pk]
    assert missed(task) == [date(2026, 10, 12), date(2026, 10, 19)]
    assert state.is_reported is True
    assert state.missed_words == "thiếu 2 kỳ, gần nhất 19/10–25/10"


def test_a_late_entry_for_a_period_fills_it_and_a_withdrawn_one_does_not(house: House) -> None:
    task = weekly(house, date(2026, 10, 8), date(2026, 10, 13), date(2026, 10, 20))
    assert missed(task) == []
    by, at = house.head, timezone.now()
    wrong = task.entries.filter(happened_on=date(2026, 10, 20))
    wrong.update(withdrawn_at=at, withdrawn_by=by, withdrawal_reason="Sai")
    assert missed(task) == [date(2026, 10, 19)]


def test_a_task_given_out_yesterday_has_missed_nothing(house: House) -> None:
    assert missed(weekly(house, date(2026, 10, 27))) == []


def test_what_is_paused_or_done_owes_nothing(house: House) -> None:
    task = bring_to(S.PAUSED, house, rhythm="weekly", at=moment(date(2026, 9, 1)))
    assert rhythm.states([task], ON, CALENDAR) == {}


def test_the_database_says_the_same_as_the_row(house: House) -> None:
    tasks = [
        weekly(house, date(2026, 9, 30)), weekly(house, date(2026, 9, 30), date(2026, 10, 20)),
        weekly(house, date(2026, 10, 19)), weekly(house, date(2026, 10, 20)),
        weekly(house, date(2026, 9, 30), date(2026, 10, 12)),
    ]  # fmt: skip
    last = next(rhythm.closed("weekly", "", ON, CALENDAR, first_day=15))
    owed = rhythm.states(tasks, ON, CALENDAR)
    late = {pk for pk, state in owed.items() if last in state.missed}
    assert late == {tasks[0].pk, tasks[2].pk, tasks[4].pk}
    assert set(rhythm.missing(Task.objects.all(), ON, CALENDAR).values_list("pk", flat=True)) == late


def test_list_task_and_the_heads_home_show_what_was_missed(client: Client, house: House) -> None:
    task = weekly(house, timezone.localdate() - timedelta(days=40))
    kept = weekly(house, timezone.localdate())
    client.force_login(house.head.user)
    page = client.get(reverse("tasks:list"), {"missed": "1"})
    assert [row.task.pk for row in page.context["rows"]] == [task.pk]
    assert "thiếu 4 kỳ" in page.content.decode() or "thiếu 5 kỳ" in page.content.decode()
    assert "thiếu kỳ" in client.get(reverse("tasks:detail", args=[task.pk])).content.decode()
    assert "thiếu kỳ" not in client.get(reverse("tasks:detail", args=[kept.pk])).content.decode()
    assert "1 nhiệm vụ thường xuyên thiếu báo cáo kỳ vừa qua" in client.get("/").content.decode()


def test_closed_periods_go_back_one_by_one() -> None:
    found: Any = islice(rhythm.closed("weekly", "", ON, CALENDAR, first_day=15), 3)
    assert [period.starts_on for period in found] == [date(2026, 10, 19), date(2026, 10, 12), date(2026, 10, 5)]
