import pytest

from tests.factories.plans import House, make_house


@pytest.fixture
def house(db: None) -> House:
    """One organisation with a person in each post; nobody signs here, so no keys."""
    return make_house()


@pytest.fixture
def other_house(db: None) -> House:
    """Another organisation with a register of its own."""
    return make_house("Sở Y tế Thử nghiệm", "SYTTN")
