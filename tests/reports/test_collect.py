"""A month computed by hand: February 15th to March 14th of a leap year; every figure and every class of tasks.

| | department | other | office | all |
|---|---|---|---|---|
| meetings (sum) | 2 + 3 = 5 (15/02 and 29/02; 14/02 and 15/03 are outside) | 4, said to be 6 | not sent (9) | 11 |
| models (stock) | 7 on 20/02, 8 on 14/03 → 8 | 5 | – | 13 |
| files | 40 | 20 | – | 60 |
| files in time | 39 | 10 | – | 49 |
| share in time (ratio) | 97.5 | 50 | – | 49 / 60 = 81.67 |
"""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from campaigns.models import ExtensionRequest, Rollup
from campaigns.states import TaskState
from reports import contributions
from reports.collect import collect, concerned, task_classes
from reports.collected import Share, frozen
from reports.contributions import FigureInput
from reports.figures import percent
from reports.periods import Span
from tests.factories.reports import indicator, moment

pytestmark = pytest.mark.django_db
SPAN = Span(date(2024, 2, 15), date(2024, 3, 14))
AFTER = date(2024, 3, 18)
D = Decimal


@pytest.fixture
def month(reporting):
    """The figures of the table above; the office's part is never sent."""
    house = reporting.house
    meetings, models = indicator("Hội nghị"), indicator("Mô hình", Rollup.LAST)
    files, in_time = indicator("Hồ sơ"), indicator("Hồ sơ đúng hạn")
    share = indicator("Tỷ lệ đúng hạn", Rollup.RATIO, (in_time, files))
    ours = reporting.task(house.department, given=date(2024, 1, 10))
    theirs = reporting.task(house.other, given=date(2024, 1, 10))
    offices = reporting.task(house.office_unit, given=date(2024, 1, 10))
    made = {
        "before": reporting.entry(ours, date(2024, 2, 14), {meetings: 100}),
        "first": reporting.entry(ours, date(2024, 2, 15), {meetings: 2, files: 40, in_time: 39}),
        "stock": reporting.entry(ours, date(2024, 2, 20), {models: 7}),
        "leap": reporting.entry(ours, date(2024, 2, 29), {meetings: 3}),
        "last": reporting.entry(ours, date(2024, 3, 14), {models: 8}),
        "after": reporting.entry(ours, date(2024, 3, 15), {meetings: 100, models: 100}),
        "withdrawn": reporting.entry(ours, date(2024, 3, 1), {meetings: 100}, is_withdrawn=True),
        "unconfirmed": reporting.entry(ours, date(2024, 3, 1), {meetings: 100}, is_confirmed=False),
        "theirs": reporting.entry(
            theirs, date(2024, 3, 2), {meetings: 4, models: 5, files: 20, in_time: 10, share: 99}
        ),
        "office": reporting.entry(offices, date(2024, 3, 2), {meetings: 9}),
    }
    period = reporting.open(2024, 3)
    other = reporting.part(period, house.other)
    contributions.save(
        contribution=other, version=other.version, lines=[],
        figures=[FigureInput(meetings.pk, D(6), "Hai cuộc họp với xã chưa ghi tiến độ")],
        by=house.other_head, at=moment(AFTER),
    )  # fmt: skip
    reporting.send(period, house.department, house.other, at=moment(AFTER))
    return reporting, period, made, (meetings, models, files, in_time, share)


def test_figures_of_the_month(month):
    reporting, period, made, (meetings, models, files, in_time, share) = month
    ours, theirs = reporting.house.department, reporting.house.other
    found = {figure.indicator_id: figure for figure in collect(period, on=AFTER).figures}
    assert {key: each.value for key, each in found.items()} == {
        meetings.pk: D(11), models.pk: D(13), files.pk: D(60), in_time.pk: D(49), share.pk: D("81.67"),
    }  # fmt: skip
    assert found[meetings.pk].by_unit == (
        Share(ours.pk, ours.name, D(5), D(5), "", (made["first"].pk, made["leap"].pk)),
        Share(theirs.pk, theirs.name, D(4), D(6), "Hai cuộc họp với xã chưa ghi tiến độ", (made["theirs"].pk,)),
    )
    assert found[models.pk].sources == (made["last"].pk, made["theirs"].pk)
    assert [each.value for each in found[share.pk].by_unit] == [D("97.50"), D("50.00")]
    assert found[share.pk].parts == (in_time.pk, files.pk)
    assert found[share.pk].sources == (made["first"].pk, made["theirs"].pk)


def test_every_figure_is_the_sum_of_what_it_lists(month):
    from campaigns.models import ProgressFigure

    _reporting, period, _made, _indicators = month
    figures = {each["indicator_id"]: each for each in frozen(collect(period, on=AFTER))["figures"]}
    for key, figure in figures.items():
        if figure["parts"]:
            part, whole = (D(figures[each]["value"]) for each in figure["parts"])
            assert D(figure["value"]) == percent(part, whole)
            continue
        rows = ProgressFigure.objects.filter(entry__in=figure["sources"], indicator=key)
        listed = rows.values_list("value", flat=True)
        by_hand = sum(D(share["value"]) - D(share["computed"]) for share in figure["by_unit"])
        assert D(figure["value"]) == sum(listed) + by_hand


def test_lines_and_units_of_the_month(month):
    reporting, period, made, _indicators = month
    found = collect(period, on=AFTER)
    names = [reporting.house.department.name, reporting.house.other.name]
    assert sorted(found.confirmed_units) == sorted(names)
    assert found.missing_units == (reporting.house.office_unit.name,)
    assert [(line.text, line.entry_id) for line in found.lines] == [
        ("Việc ngày 15/02", made["first"].pk),
        ("Việc ngày 20/02", made["stock"].pk),
        ("Việc ngày 29/02", made["leap"].pk),
        ("Việc ngày 14/03", made["last"].pk),
    ]


def test_classes_of_tasks_by_hand(reporting):
    unit, old = reporting.house.department, date(2024, 1, 10)
    due = date(2024, 3, 14)
    expected = {
        "done_in_time": [
            reporting.task(unit, given=old, due=due, finished=due),
            reporting.task(unit, given=old, due=due, finished=date(2024, 2, 15)),
            reporting.task(unit, given=old, finished=date(2024, 3, 1)),
            reporting.task(unit, given=old, due=due, original=date(2024, 3, 1), finished=date(2024, 3, 1)),
        ],
        "done_extended": [
            reporting.task(unit, given=old, due=due, original=date(2024, 3, 1), finished=date(2024, 3, 2)),
        ],
        "done_late": [
            reporting.task(unit, given=old, due=date(2024, 2, 14), finished=date(2024, 2, 15)),
            reporting.task(unit, given=old, due=date(2024, 3, 13), original=date(2024, 3, 1), finished=due),
        ],
        "overdue": [
            reporting.task(unit, given=old, due=due),
            reporting.task(unit, given=old, due=date(2024, 3, 1), finished=date(2024, 3, 15)),
            reporting.task(unit, given=old, due=date(2024, 3, 1), state=TaskState.HANDED_BACK),
            reporting.task(unit, given=old, due=date(2024, 3, 1), finished=date(2024, 3, 2), state=TaskState.AWAITING),
        ],
        "running": [
            reporting.task(unit, given=date(2024, 3, 14), due=date(2024, 3, 15)),
            reporting.task(unit, given=old),
            reporting.task(unit, given=old, due=date(2024, 3, 1), state=TaskState.PAUSED),
            reporting.task(unit, given=old, due=date(2024, 3, 1), finished=date(2024, 3, 1), state=TaskState.AWAITING),
            reporting.task(unit, given=old, due=date(2024, 3, 20), finished=date(2024, 3, 15)),
            # 23:30 of March 14th in Hà Nội
            reporting.task(unit, given=old, at=datetime(2024, 3, 14, 16, 30, tzinfo=UTC)),
        ],
    }
    # 00:30 of March 15th in Hà Nội; finished on the day before; withdrawn; not given out
    reporting.task(unit, given=old, at=datetime(2024, 3, 14, 17, 30, tzinfo=UTC))
    reporting.task(unit, given=old, due=due, finished=date(2024, 2, 14))
    reporting.task(unit, given=old, due=due, state=TaskState.WITHDRAWN)
    reporting.task(unit, given=old, due=due, state=TaskState.PLANNED)

    classes, tasks = task_classes(SPAN, AFTER), concerned(reporting.house.organisation, SPAN)
    found = {name: list(tasks.filter(which).order_by("id")) for name, which in classes.items()}
    assert found == expected
    assert sorted(task.pk for rows in found.values() for task in rows) == sorted(tasks.values_list("pk", flat=True))

    row = collect(reporting.open(2024, 3), on=AFTER).units[0]
    assert {name: len(getattr(row, name)) for name in ("given", *classes)} == {
        "given": 17, "done_in_time": 4, "done_extended": 1, "done_late": 2, "overdue": 4, "running": 6,
    }  # fmt: skip
    assert row.rate == D("63.64")  # 7 of 7 + 4


def test_an_overdue_task_says_why_as_its_unit_said_when_it_asked_for_more_time(reporting):
    house = reporting.house
    asked = reporting.task(house.department, given=date(2024, 1, 10), due=date(2024, 3, 1))
    redone = reporting.task(house.department, given=date(2024, 1, 10), due=date(2024, 3, 2), state=TaskState.REDO)
    silent = reporting.task(house.department, given=date(2024, 1, 10), due=date(2024, 3, 3))
    for task in (asked, redone):
        for reason in ("Chờ kinh phí", "Chờ thẩm định"):
            ExtensionRequest.objects.create(
                task=task, state="refused", due_before=task.due_on, proposed_on=date(2024, 4, 1), reason=reason,
                answer="Không", asked_at=moment(date(2024, 2, 20)), asked_by=house.head,
                decided_at=moment(date(2024, 2, 21)), decided_by=house.office,
            )  # fmt: skip
    overdue = collect(reporting.open(2024, 3, at=moment(AFTER)), on=AFTER).overdue
    assert [(note.task_id, note.reason) for note in overdue] == [
        (asked.pk, "Chờ thẩm định"), (redone.pk, "Lý do"), (silent.pk, ""),
    ]  # fmt: skip


@pytest.mark.parametrize(("on", "is_overdue"), [(date(2024, 3, 14), False), (date(2024, 3, 15), True)])
def test_nothing_is_overdue_before_its_day_is_over(reporting, on, is_overdue):
    task = reporting.task(reporting.house.department, given=date(2024, 3, 1), due=date(2024, 3, 14))
    overdue = concerned(reporting.house.organisation, SPAN).filter(task_classes(SPAN, on)["overdue"])
    assert list(overdue) == [task] * is_overdue


def test_upcoming_tasks_are_those_due_in_the_next_month(reporting):
    unit, old = reporting.house.department, date(2024, 1, 10)
    reporting.task(unit, given=old, due=date(2024, 3, 14))
    first = reporting.task(unit, given=old, due=date(2024, 3, 15))
    last = reporting.task(unit, given=date(2024, 3, 16), due=date(2024, 4, 14))
    reporting.task(unit, given=old, due=date(2024, 4, 15))
    reporting.task(unit, given=old, due=date(2024, 3, 20), finished=date(2024, 3, 16))
    found = collect(reporting.open(2024, 3), on=AFTER).upcoming
    assert [note.task_id for note in found] == [first.pk, last.pk]


def test_year_change_compares_with_december_and_last_january(reporting):
    meetings = indicator("Hội nghị")
    task = reporting.task(reporting.house.department, given=date(2024, 11, 1))
    days = {(2025, 1): date(2024, 12, 31), (2025, 12): date(2025, 12, 14), (2026, 1): date(2025, 12, 15)}
    for value, ((year, number), day) in enumerate(days.items(), start=1):
        reporting.entry(task, day, {meetings: value})
        period = reporting.open(year, number)
        reporting.send(period, reporting.house.department)
        report = reporting.compile(period)
    figure = report.figures["figures"][0]
    assert [figure[name] for name in ("value", "previous", "last_year")] == ["3.00", "2.00", "1.00"]


def test_unit_without_entries_sends_an_empty_part(reporting):
    period = reporting.open(2024, 3)
    reporting.send(period)
    found = collect(period, on=AFTER)
    assert (found.figures, found.lines, found.units, found.missing_units) == ((), (), (), ())


def test_collect_asks_as_much_for_one_unit_as_for_three(reporting, django_assert_num_queries):
    meetings = indicator("Hội nghị")
    units = [reporting.house.department, reporting.house.other, reporting.house.office_unit]
    period = reporting.open(2024, 3)
    period.profile.organisation  # noqa: B018 (loaded before the counting)
    for unit in units[:1], units[1:]:
        for each in unit:
            task = reporting.task(each, given=date(2024, 1, 10), due=date(2024, 3, 1))
            reporting.entry(task, date(2024, 3, 1), {meetings: 1})
        reporting.send(period, *unit)
        with django_assert_num_queries(9):
            collect(period, on=AFTER)
