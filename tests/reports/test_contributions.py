"""A unit's part: filled from progress, corrected, sent, sent back, called to mind."""

from datetime import date
from decimal import Decimal

import pytest

from audit.models import Event
from campaigns.models import Rollup
from campaigns.states import Field
from notifications.models import Message
from reports import contributions, filling
from reports.contributions import FigureInput, LineInput
from reports.models import Contribution, ContributionState
from tests.factories.reports import indicator, moment
from units.permissions import NotAllowed, Outdated

pytestmark = pytest.mark.django_db
DAY, LATER = moment(date(2024, 3, 10)), moment(date(2024, 3, 18))
D = Decimal


@pytest.fixture
def part(reporting) -> Contribution:
    """The department's part with one entry of two meetings."""
    reporting.meetings = indicator("Hội nghị")
    reporting.task_row = reporting.task(reporting.house.department, given=date(2024, 1, 10))
    reporting.first = reporting.entry(reporting.task_row, date(2024, 3, 1), {reporting.meetings: 2})
    return reporting.part(reporting.open(2024, 3, at=DAY), reporting.house.department)


def save(reporting, part, *, lines=(), figures=(), version=None, by=None):
    return contributions.save(
        contribution=part, version=part.version if version is None else version, lines=list(lines),
        figures=list(figures), by=by or reporting.house.head, at=LATER,
    )  # fmt: skip


def values(part):
    rows = part.figures.order_by("indicator__position")
    return [(row.indicator.name, row.computed, row.value, row.reason) for row in rows]


def texts(part):
    return list(part.lines.order_by("position").values_list("text", flat=True))


def test_fill_twice_changes_nothing_the_second_time(reporting, part):
    again = contributions.fill(contribution=part, by=None, at=LATER)
    assert (again.version, texts(again), values(again)) == (2, ["Việc ngày 01/03"], [("Hội nghị", D(2), D(2), "")])


def test_fill_adds_what_is_new_and_keeps_what_a_person_changed(reporting, part):
    save(reporting, part, lines=[LineInput(Field.LEADERSHIP, "Viết lại", reporting.first.pk)],
         figures=[FigureInput(reporting.meetings.pk, D(5), "Thêm ba cuộc")])  # fmt: skip
    reporting.entry(reporting.task_row, date(2024, 3, 2), {reporting.meetings: 4})
    part.refresh_from_db()
    assert bool(filling.news(part))
    part = contributions.fill(contribution=part, by=reporting.house.head, at=LATER)
    assert texts(part) == ["Viết lại", "Việc ngày 02/03"]
    assert values(part) == [("Hội nghị", D(6), D(5), "Thêm ba cuộc")]
    assert not filling.news(part)


def test_a_sentence_that_was_struck_out_stays_out(reporting, part):
    part = save(reporting, part, lines=[])
    part = contributions.fill(contribution=part, by=None, at=LATER)
    assert texts(part) == []


def test_equal_sentences_stand_once(reporting, part):
    reporting.entry(reporting.task_row, date(2024, 3, 2), text="Việc ngày 01/03")
    assert texts(contributions.fill(contribution=part, by=None, at=LATER)) == ["Việc ngày 01/03"]


def test_a_withdrawn_entry_takes_its_sentence_and_figure_along(reporting, part):
    reporting.withdraw(reporting.first, date(2024, 3, 5))
    part = contributions.fill(contribution=part, by=None, at=LATER)
    assert (texts(part), values(part)) == ([], [])


def test_a_withdrawn_entry_of_several_lines_takes_its_sentence_along_after_the_head_saved(reporting, part):
    """Saving makes one line of a sentence; that changes no word of it."""
    second = reporting.entry(reporting.task_row, date(2024, 3, 2), text="Việc một\nViệc hai")
    part = contributions.fill(contribution=part, by=None, at=LATER)
    part = save(reporting, part, lines=[LineInput(Field.LEADERSHIP, "Việc một Việc hai", second.pk)])
    reporting.withdraw(second, date(2024, 3, 5))
    assert texts(contributions.fill(contribution=part, by=None, at=LATER)) == []


def test_ratio_follows_from_the_reported_parts(reporting):
    files, in_time = indicator("Hồ sơ"), indicator("Đúng hạn")
    indicator("Tỷ lệ", Rollup.RATIO, (in_time, files))
    task = reporting.task(reporting.house.department, given=date(2024, 1, 10))
    reporting.entry(task, date(2024, 3, 1), {files: 3, in_time: 2})
    part = reporting.part(reporting.open(2024, 3, at=DAY), reporting.house.department)
    assert values(part)[2] == ("Tỷ lệ", D("66.67"), D("66.67"), "")
    part = save(reporting, part, figures=[FigureInput(files.pk, D(4), "Một hồ sơ nhập sau")])
    assert values(part)[2] == ("Tỷ lệ", D("66.67"), D("50.00"), filling.FOLLOWS)
    part = save(reporting, part, figures=[FigureInput(files.pk, D(0), "Không có hồ sơ")])
    assert values(part)[2] == ("Tỷ lệ", D("66.67"), D("0.00"), filling.FOLLOWS)


def test_an_indicator_without_entries_can_be_added_and_taken_away(reporting, part):
    gifts = indicator("Suất quà")
    part = save(reporting, part, figures=[FigureInput(gifts.pk, D(12), "Trao cùng Công đoàn")])
    assert values(part)[1] == ("Suất quà", D(0), D(12), "Trao cùng Công đoàn")
    part = save(reporting, part, figures=[FigureInput(gifts.pk, D(0), "")])
    assert [row[0] for row in values(part)] == ["Hội nghị"]


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ((D(5), " "), "Hãy ghi lý do vì sao “Hội nghị” khác số tính từ tiến độ (2)."),
        ((D(-1), "x"), "“Hội nghị” không được là số âm."),
    ],
)
def test_save_refuses_a_figure(reporting, part, figure, words):
    with pytest.raises(NotAllowed) as refusal:
        save(reporting, part, figures=[FigureInput(reporting.meetings.pk, *figure)])
    assert str(refusal.value) == words
    assert values(part) == [("Hội nghị", D(2), D(2), "")]


def test_save_refuses_unknown_indicator_ratio_and_section(reporting, part):
    ratio = indicator("Tỷ lệ", Rollup.RATIO, (indicator("a"), indicator("b")))
    for figure in (FigureInput(10**6, D(1), "x"), FigureInput(ratio.pk, D(1), "x")):
        with pytest.raises(NotAllowed, match="Không có chỉ tiêu này"):
            save(reporting, part, figures=[figure])
    with pytest.raises(NotAllowed, match="Chọn phần của báo cáo"):
        save(reporting, part, lines=[LineInput("khac", "x")])


def test_a_foreign_entry_is_no_source(reporting, part):
    foreign = reporting.entry(reporting.task(reporting.house.other, given=date(2024, 1, 10)), date(2024, 3, 1))
    save(reporting, part, lines=[LineInput(Field.SOCIAL, "Của người khác", foreign.pk)])
    assert list(part.lines.values_list("text", "entry")) == [("Của người khác", None)]


def test_stale_version_is_refused(reporting, part):
    with pytest.raises(Outdated):
        save(reporting, part, version=part.version - 1)
    with pytest.raises(Outdated):
        contributions.confirm(contribution=part, version=0, by=reporting.house.head, at=LATER)


def test_confirm_tells_the_office_and_closes_the_part(reporting, part):
    sent = contributions.confirm(contribution=part, version=part.version, by=reporting.house.head, at=LATER)
    assert (sent.state, sent.confirmed_by) == (ContributionState.CONFIRMED, reporting.house.head)
    assert list(Message.objects.filter(name="reports_contribution_sent").values_list("user", flat=True)) == [
        reporting.house.office.user_id
    ]
    with pytest.raises(NotAllowed, match="Phần báo cáo đã gửi"):
        save(reporting, sent)
    before = (texts(sent), values(sent))
    reporting.entry(reporting.task_row, date(2024, 3, 3), {reporting.meetings: 9})
    contributions.fill(contribution=sent, by=None, at=LATER)
    assert (texts(sent), values(sent)) == before


def test_confirm_is_refused_while_progress_says_more(reporting, part):
    reporting.entry(reporting.task_row, date(2024, 3, 3), {reporting.meetings: 9})
    with pytest.raises(Outdated, match="Cập nhật từ tiến độ"):
        contributions.confirm(contribution=part, version=part.version, by=reporting.house.head, at=LATER)


def test_return_opens_the_part_again_with_the_reason(reporting, part):
    sent = contributions.confirm(contribution=part, version=part.version, by=reporting.house.head, at=LATER)
    with pytest.raises(NotAllowed, match="Hãy ghi lý do"):
        contributions.return_for_changes(contribution=sent, reason=" ", by=reporting.house.office, at=LATER)
    back = contributions.return_for_changes(
        contribution=sent, reason="Thiếu số liệu", by=reporting.house.office, at=LATER
    )
    assert (back.state, back.return_reason, back.confirmed_at) == (ContributionState.RETURNED, "Thiếu số liệu", None)
    assert save(reporting, back).state == ContributionState.RETURNED
    with pytest.raises(NotAllowed, match="chưa gửi phần báo cáo"):
        contributions.return_for_changes(contribution=back, reason="x", by=reporting.house.office, at=LATER)


def test_only_the_own_head_writes_and_only_the_office_returns(reporting, part):
    house = reporting.house
    for by in (house.other_head, house.officer, house.office, house.director, house.admin):
        with pytest.raises(NotAllowed):
            save(reporting, part, by=by)
        with pytest.raises(NotAllowed):
            contributions.confirm(contribution=part, version=part.version, by=by, at=LATER)
        with pytest.raises(NotAllowed):
            contributions.fill(contribution=part, by=by, at=LATER)
    contributions.confirm(contribution=part, version=part.version, by=house.head, at=LATER)
    for by in (house.head, house.officer, house.director, house.admin):
        with pytest.raises(NotAllowed):
            contributions.return_for_changes(contribution=part, reason="x", by=by, at=LATER)


def test_remind_tells_each_missing_unit_once_a_day(reporting, part):
    period, house = part.period, reporting.house
    contributions.confirm(contribution=part, version=part.version, by=house.head, at=LATER)
    late = moment(date(2024, 3, 19))
    assert contributions.remind(period=period, by=house.office, at=late) == 2
    assert contributions.remind(period=period, by=house.office, at=late) == 0
    other = reporting.part(period, house.other)
    tomorrow = moment(date(2024, 3, 20))
    assert contributions.remind(period=period, by=house.office, at=tomorrow, contribution=other) == 1
    told = Message.objects.filter(name="reports_contribution_late").order_by("id").values_list("user", flat=True)
    assert sorted(told) == sorted([house.chief.user_id, house.other_head.user_id, house.other_head.user_id])
    with pytest.raises(NotAllowed):
        contributions.remind(period=period, by=house.head, at=tomorrow)


@pytest.mark.parametrize("verb", ["save", "confirm", "return", "remind", "fill"])
def test_failing_history_undoes_the_change(reporting, part, verb, monkeypatch):
    def state():
        row = Contribution.objects.get(pk=part.pk)
        return (row.state, row.version, row.reminded_at, texts(row), values(row), Message.objects.count())

    def broken(*args, **kwargs):
        raise RuntimeError("no history")

    house = reporting.house
    if verb == "return":
        contributions.confirm(contribution=part, version=part.version, by=house.head, at=LATER)
    if verb == "fill":
        reporting.entry(reporting.task_row, date(2024, 3, 3), {reporting.meetings: 9})
    before, events = state(), Event.objects.count()
    monkeypatch.setattr(contributions.log, "record", broken)
    acts = {
        "save": lambda: save(reporting, part, lines=[LineInput(Field.SOCIAL, "mới")]),
        "confirm": lambda: contributions.confirm(contribution=part, version=part.version, by=house.head, at=LATER),
        "return": lambda: contributions.return_for_changes(contribution=part, reason="x", by=house.office, at=LATER),
        "remind": lambda: contributions.remind(period=part.period, by=house.office, at=LATER),
        "fill": lambda: contributions.fill(contribution=part, by=None, at=LATER),
    }
    with pytest.raises(RuntimeError, match="no history"):
        acts[verb]()
    assert (state(), Event.objects.count()) == (before, events)
