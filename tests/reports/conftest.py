"""A house that reports to a board."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from unittest import mock

import pytest

from campaigns.models import Rollup
from reports import contributions
from reports.models import Contribution
from tests.factories.plans import give_keys, make_house
from tests.factories.reports import Reporting, indicator, make_reporting, moment

AT = moment(date(2024, 3, 18))


@pytest.fixture
def reporting(db: None) -> Reporting:
    """One house with three units that contribute."""
    return make_reporting(make_house())


@pytest.fixture
def signing(reporting: Reporting) -> Iterator[Reporting]:
    """The same house with keys: its reports can be signed and issued."""
    give_keys(reporting.house)
    yield reporting
    mock.patch.stopall()


@pytest.fixture
def shown(reporting: Any) -> Any:
    """A period with figures of every kind, sent by one unit and compiled."""
    house = reporting.house
    meetings, files, in_time = indicator("Hội nghị"), indicator("Hồ sơ"), indicator("Đúng hạn")
    share = indicator("Tỷ lệ", Rollup.RATIO, (in_time, files))
    task = reporting.task(house.department, given=date(2024, 1, 10), due=date(2024, 3, 1))
    reporting.entry(task, date(2024, 3, 1), {meetings: 1234, files: 4, in_time: 3})
    reporting.period = reporting.open(2024, 3, at=AT)
    reporting.send(reporting.period, house.department, at=AT)
    reporting.report = reporting.compile(reporting.period, at=AT)
    reporting.meetings, reporting.share = meetings, share
    return reporting


@pytest.fixture
def part(client: Any, shown: Any) -> Contribution:
    """The department's part, sent back to its head, who is signed in."""
    part = shown.part(shown.period, shown.house.department)
    part = contributions.return_for_changes(contribution=part, reason="Xem lại", by=shown.house.office, at=AT)
    client.force_login(shown.house.head.user)
    return part
