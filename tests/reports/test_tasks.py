"""Beat opens the month of every profile in its last week."""

from datetime import date

import pytest

from reports import schedule, tasks
from reports.models import Period, ReportProfile
from tests.factories.reports import moment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("today", "opened"),
    [
        (date(2024, 3, 6), []),
        (date(2024, 3, 7), [(2024, 3)]),
        (date(2024, 3, 14), [(2024, 3)]),
        (date(2024, 3, 15), []),
    ],
)
def test_open_periods_once(reporting, monkeypatch, today, opened):
    monkeypatch.setattr(schedule.timezone, "now", lambda: moment(today))
    assert [tasks.open_periods(), tasks.open_periods()] == [len(opened), 0]
    assert list(Period.objects.values_list("year", "month")) == opened


def test_a_profile_out_of_use_is_left_alone(reporting, monkeypatch):
    ReportProfile.objects.update(is_active=False)
    monkeypatch.setattr(schedule.timezone, "now", lambda: moment(date(2024, 3, 10)))
    assert tasks.open_periods() == 0
