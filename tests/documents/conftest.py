"""A house with keys for every test of an official file's life."""

from collections.abc import Iterator
from unittest import mock

import pytest

from tests.factories.plans import House, give_keys, make_house


@pytest.fixture
def house(db: None) -> Iterator[House]:
    """One organisation whose director and seal can really sign."""
    made = make_house()
    give_keys(made)
    yield made
    mock.patch.stopall()
