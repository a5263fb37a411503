"""Entries: what is written, who confirms, what counts."""

from datetime import timedelta
from decimal import Decimal
from unittest import mock

import pytest
from django.utils import timezone

from campaigns.evidence import Kept
from campaigns.models import Evidence, Indicator, ProgressEntry, ProgressFigure, Task
from campaigns.states import TaskState
from campaigns.workflow import progress, tasks
from tests.factories.plans import House, make_house
from tests.factories.tasks import ask_for, bring_to
from tests.factories.units import AppointmentFactory
from units.permissions import NotAllowed

pytestmark = pytest.mark.django_db
S = TaskState
PHOTO = Kept("anh.jpg", "image/jpeg", 10, "a" * 64, "evidence/aa/a", "evidence/aa/a.jpg")


@pytest.fixture
def house() -> House:
    return make_house()


def test_a_report_writes_text_figures_and_evidence(house: House) -> None:
    task = bring_to(S.ACCEPTED, house)
    people = ask_for(task)
    now = timezone.now()
    entry = progress.report(
        task=task, text=" Đã tổ chức ", percent=60, figures={people: Decimal(120)}, evidence=[PHOTO],
        happened_on=timezone.localdate(now) - timedelta(days=2), by=house.officer, at=now,
    )  # fmt: skip
    found = Task.objects.get(pk=task.pk)
    assert (found.state, found.percent, entry.text, entry.kind, entry.unit) == (
        S.IN_PROGRESS, 60, "Đã tổ chức", "progress", house.department,
    )  # fmt: skip
    assert list(ProgressFigure.objects.values_list("entry", "indicator", "value")) == [(entry.pk, people.pk, 120)]
    assert list(Evidence.objects.values_list("entry", "name", "thumbnail")) == [
        (entry.pk, "anh.jpg", "evidence/aa/a.jpg")
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": "  "}, {"percent": 101}, {"percent": -1}, {"happened_on": timezone.localdate() + timedelta(days=1)},
        {"evidence": [PHOTO] * 11},
    ],
)  # fmt: skip
def test_a_report_refuses(wrong: dict[str, object], house: House) -> None:
    task = bring_to(S.ACCEPTED, house)
    values = {"text": "Đã làm", "percent": 10} | wrong
    with pytest.raises(NotAllowed):
        progress.report(task=task, by=house.officer, at=timezone.now(), **values)
    assert (ProgressEntry.objects.count(), Task.objects.get(pk=task.pk).state) == (0, S.ACCEPTED)


def test_figures_are_only_of_indicators_the_task_asks_for(house: House) -> None:
    task = bring_to(S.ACCEPTED, house)
    people = ask_for(task)
    other = Indicator.objects.create(code="khac", group="Khác", name="Khác", measure="cái")
    for figures in ({other: Decimal(1)}, {people: Decimal(-1)}):
        with pytest.raises(NotAllowed):
            progress.report(task=task, text="Đã làm", percent=10, figures=figures, by=house.officer, at=timezone.now())


def test_the_day_of_the_report_is_the_day_of_the_result(house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    day = timezone.localdate() - timedelta(days=3)
    progress.finish(task=task, text="Đã xong", happened_on=day, by=house.officer, at=timezone.now())
    found = Task.objects.get(pk=task.pk)
    assert (found.state, found.percent, found.finished_on) == (S.AWAITING, 100, timezone.localdate())


def test_confirming_the_task_confirms_its_open_entries_and_no_withdrawn_one(house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    wrong = progress.report(task=task, text="Nhầm", percent=90, by=house.officer, at=timezone.now())
    progress.withdraw_entry(entry=wrong, reason="Nhầm nhiệm vụ", by=house.officer, at=timezone.now())
    progress.finish(task=task, text="Đã xong", by=house.officer, at=timezone.now())
    tasks.confirm(task=task, by=house.head, at=timezone.now())
    assert [(entry.text, entry.confirmed_by_id) for entry in task.entries.order_by("id")] == [
        ("Đã mời đại biểu", house.head.pk), ("Nhầm", None), ("Đã xong", house.head.pk),
    ]  # fmt: skip


def test_a_result_that_is_sent_back_never_counts_and_the_percent_falls_back(house: House) -> None:
    task = bring_to(S.REDO, house)
    result = task.entries.get(kind="result")
    assert (task.percent, task.finished_on, task.reason) == (40, None, "Thiếu ảnh")
    assert (result.withdrawn_by, result.withdrawal_reason) == (house.head, "Thiếu ảnh")
    progress.finish(task=task, text="Đã bổ sung ảnh", by=house.officer, at=timezone.now())
    tasks.confirm(task=task, by=house.head, at=timezone.now())
    assert list(task.entries.filter(confirmed_at__isnull=False).values_list("text", flat=True)) == [
        "Đã mời đại biểu", "Đã bổ sung ảnh",
    ]  # fmt: skip


def test_the_head_confirms_one_entry_once(house: House) -> None:
    entry = bring_to(S.IN_PROGRESS, house).entries.get()
    for by in (house.officer, house.other_head, house.office):
        with pytest.raises(NotAllowed):
            progress.confirm_entry(entry=entry, by=by, at=timezone.now())
    assert progress.confirm_entry(entry=entry, by=house.head, at=timezone.now()).confirmed_by == house.head
    with pytest.raises(NotAllowed):
        progress.confirm_entry(entry=entry, by=house.head, at=timezone.now())


def test_who_takes_an_entry_back(house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    entry = task.entries.get()
    colleague = AppointmentFactory(unit=house.department)
    for by in (colleague, house.other_head, house.director):
        with pytest.raises(NotAllowed):
            progress.withdraw_entry(entry=entry, reason="Nhầm", by=by, at=timezone.now())
    progress.confirm_entry(entry=entry, by=house.head, at=timezone.now())
    with pytest.raises(NotAllowed, match="trưởng đơn vị"):
        progress.withdraw_entry(entry=entry, reason="Nhầm", by=house.officer, at=timezone.now())
    progress.withdraw_entry(entry=entry, reason="Số liệu sai", by=house.head, at=timezone.now())
    assert Task.objects.get(pk=task.pk).percent == 0
    with pytest.raises(NotAllowed):
        progress.withdraw_entry(entry=entry, reason="Lại", by=house.head, at=timezone.now())


@pytest.mark.parametrize("state", [S.AWAITING, S.DONE])
def test_a_result_is_never_withdrawn_by_hand(state: TaskState, house: House) -> None:
    entry = bring_to(state, house).entries.get(kind="result")
    with pytest.raises(NotAllowed):
        progress.withdraw_entry(entry=entry, reason="Nhầm", by=house.head, at=timezone.now())


def test_a_failing_history_undoes_confirmation_and_withdrawal(house: House) -> None:
    entry = bring_to(S.IN_PROGRESS, house).entries.get()
    with mock.patch("audit.log.record", side_effect=RuntimeError("disk full")):
        with pytest.raises(RuntimeError):
            progress.confirm_entry(entry=entry, by=house.head, at=timezone.now())
        with pytest.raises(RuntimeError):
            progress.withdraw_entry(entry=entry, reason="Nhầm", by=house.head, at=timezone.now())
    entry.refresh_from_db()
    assert (entry.confirmed_at, entry.withdrawn_at) == (None, None)
