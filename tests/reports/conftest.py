"""A house that reports to a board."""

from collections.abc import Iterator
from unittest import mock

import pytest

from tests.factories.plans import give_keys, make_house
from tests.factories.reports import Reporting, make_reporting


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
