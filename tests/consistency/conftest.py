"""What every test here stands on: the demonstration organisation, and its accounts signed in."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.stages import Stage, files
from units.models import User


@pytest.fixture
def demo_files(demo: Stage, folders: Path) -> Iterator[None]:
    """The demonstration's kept files, not the empty folders of each test."""
    with files(demo.folder):
        yield


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Refusals are what is asked for here: they need no lines in the log."""
    logger = logging.getLogger("django.request")
    logger.setLevel(logging.CRITICAL)
    yield
    logger.setLevel(logging.NOTSET)


@pytest.fixture
def sign_in(client: Any, demo_files: None, db: None) -> Callable[[User | str], Any]:
    """`sign_in("vanthu")` is the client with that account signed in; "" is nobody."""

    def enter(who: User | str) -> Any:
        client.logout()
        if who != "":
            user = who if isinstance(who, User) else User.objects.get(username=who)
            client.force_login(user, "units.backends.PostBackend")
        return client

    return enter
