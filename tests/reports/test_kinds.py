"""Periods of every kind: their days, names, and what beat opens."""

from datetime import date

import pytest
from django.utils import timezone

from notifications.models import Message
from reports import schedule, workflow
from reports.models import Contribution, Period, ReportProfile
from reports.outline import CAMPAIGN, QUICK, default
from reports.periods import Kind, Span, ending, next_day_of_month, span
from reports.wording import following_words, words
from tests.factories.reports import moment
from units.permissions import NotAllowed


@pytest.mark.parametrize(
    ("kind", "month", "starts_on", "ends_on", "said", "next_said"),
    [
        (Kind.MONTH, 3, date(2024, 2, 15), date(2024, 3, 14), "tháng 3 năm 2024", "tháng 4 năm 2024"),
        (Kind.QUARTER, 3, date(2023, 12, 15), date(2024, 3, 14), "quý I năm 2024", "quý II năm 2024"),
        (Kind.QUARTER, 12, date(2024, 9, 15), date(2024, 12, 14), "quý IV năm 2024", "quý I năm 2025"),
        (Kind.HALF, 6, date(2023, 12, 15), date(2024, 6, 14), "6 tháng đầu năm 2024", "6 tháng cuối năm 2024"),
        (Kind.HALF, 12, date(2024, 6, 15), date(2024, 12, 14), "6 tháng cuối năm 2024", "6 tháng đầu năm 2025"),
        (Kind.NINE, 9, date(2023, 12, 15), date(2024, 9, 14), "9 tháng đầu năm 2024", "quý IV năm 2024"),
        (Kind.YEAR, 12, date(2023, 12, 15), date(2024, 12, 14), "năm 2024", "năm 2025"),
    ],
)
def test_windows_of_decree_09_2019(kind, month, starts_on, ends_on, said, next_said):
    days = span(kind, 2024, month, 15)
    assert days == Span(starts_on, ends_on)
    assert words(kind, 2024, month, starts_on, ends_on) == said
    assert following_words(kind, 2024, month) == next_said


@pytest.mark.parametrize(("kind", "month"), [(Kind.QUARTER, 4), (Kind.HALF, 9), (Kind.NINE, 12), (Kind.QUICK, 1)])
def test_no_period_of_the_kind_ends_in_the_month(kind, month):
    with pytest.raises(ValueError, match="ends in month"):
        span(kind, 2024, month, 15)


def test_calendar_quarter_and_leap_year():
    assert span(Kind.QUARTER, 2024, 3, 1) == Span(date(2024, 1, 1), date(2024, 3, 31))
    assert span(Kind.MONTH, 2024, 2, 1) == Span(date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2024, 3, 14), (2024, 3)), (date(2024, 3, 15), (2024, 6)), (date(2024, 12, 15), (2025, 3))],
)
def test_the_quarter_that_a_day_belongs_to(day, expected):
    assert ending(Kind.QUARTER, day, 15) == expected


def test_due_day_of_a_short_month_and_of_the_next():
    assert next_day_of_month(date(2023, 2, 14), 31) == date(2023, 2, 28)
    assert next_day_of_month(date(2024, 12, 26), 25) == date(2025, 1, 25)


def test_shipped_outlines_by_kind():
    assert (default(Kind.CAMPAIGN), default(Kind.QUICK)) == (CAMPAIGN, QUICK)
    assert default(Kind.YEAR)[-2]["heading"] == "Phương hướng, nhiệm vụ trọng tâm thời gian tới"


pytest_db = pytest.mark.django_db


def _profile(reporting, kind, **values):
    return ReportProfile.objects.create(
        organisation=reporting.house.organisation, name=f"Mẫu {kind}", kind=kind, subject="Kết quả {period}",
        outline=default(kind), **values,
    )  # fmt: skip


@pytest_db
def test_beat_opens_month_quarter_and_campaign_once(reporting):
    _profile(reporting, Kind.QUARTER)
    _profile(reporting, Kind.CAMPAIGN, starts_on=date(2024, 2, 20), ends_on=date(2024, 3, 20))
    _profile(reporting, Kind.QUICK)
    on = date(2024, 3, 13)
    assert [schedule.open_due(on, at=moment(on)) for _ in range(2)] == [3, 0]
    assert sorted(Period.objects.values_list("profile__kind", "year", "month", "number")) == [
        ("campaign", 2024, 3, 1), ("month", 2024, 3, 0), ("quarter", 2024, 3, 0),
    ]  # fmt: skip


@pytest_db
def test_a_period_that_was_missed_is_made_up(reporting):
    ReportProfile.objects.update(created_at=moment(date(2024, 1, 2)))
    on = date(2024, 3, 16)
    assert [schedule.open_due(on, at=moment(on)) for _ in range(2)] == [1, 0]
    assert list(Period.objects.values_list("year", "month")) == [(2024, 3)]


@pytest_db
def test_a_quick_report_is_opened_by_its_days(reporting):
    profile, at = _profile(reporting, Kind.QUICK), moment(date(2024, 3, 5))
    office = reporting.house.office
    opened = [
        workflow.open_once(profile=profile, days=Span(date(2024, 3, 1), last), by=office, at=at)
        for last in (date(2024, 3, 4), date(2024, 3, 5), date(2024, 3, 5))
    ]
    assert [period.number for period in opened] == [1, 2, 2]
    with pytest.raises(NotAllowed, match="Ngày cuối kỳ"):
        workflow.open_once(profile=profile, days=Span(date(2024, 3, 2), date(2024, 3, 1)), by=office, at=at)
    with pytest.raises(NotAllowed, match="định kỳ mở theo tháng"):
        workflow.open_once(profile=reporting.profile, days=Span(date(2024, 3, 1), date(2024, 3, 1)), by=office, at=at)


@pytest_db
def test_a_due_day_on_a_sunday_moves_to_monday(reporting):
    reporting.profile.due_day = 17  # 17/3/2024 is a Sunday
    assert workflow.due_after(reporting.profile, date(2024, 3, 14)) == date(2024, 3, 18)


@pytest_db
def test_late_units_are_reminded_once_a_stage_and_told_of_upwards(reporting, django_capture_on_commit_callbacks):
    from campaigns import workdays

    period = reporting.open(2024, 3, at=moment(date(2024, 3, 10)))
    calendar, before = workdays.load(), Message.objects.count()
    late = calendar.add(period.due_on, 3)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            schedule.remind_late(late, calendar, at=timezone.now())
    told = Message.objects.filter(pk__gt=0).order_by("id")[before:]
    names = sorted(message.name for message in told)
    parts = Contribution.objects.filter(period=period).count()
    assert names.count("reports_contribution_late") == parts
    assert "reports_period_late" in names
    assert len(names) == len({(message.user_id, message.dedupe_key) for message in told})
