"""What every test here stands on: the demonstration organisation, and its accounts signed in."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from tests.stages import Stage, files
from units.models import User

BACKEND = "units.backends.PostBackend"


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


@pytest.fixture(scope="module")
def sessions(demo: Stage, django_db_blocker: Any) -> Iterator[dict[str, str]]:
    """The session of each account of the demonstration, kept for a module: half of a short test was signing in."""
    made: dict[str, str] = {}
    with django_db_blocker.unblock():
        for user in User.objects.all():
            session = SessionStore()
            session.update(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: BACKEND,
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            )
            session.create()
            made[user.username] = str(session.session_key)
    yield made
    with django_db_blocker.unblock():
        Session.objects.filter(pk__in=made.values()).delete()


@pytest.fixture
def sign_in(client: Any, demo_files: None, sessions: dict[str, str], db: None) -> Callable[[User | str], Any]:
    """`sign_in("vanthu")` is the client with that account signed in; "" is nobody, a person one of another house."""

    def enter(who: User | str) -> Any:
        client.cookies.clear()
        if isinstance(who, User):
            client.force_login(who, BACKEND)
        elif who:
            client.cookies[settings.SESSION_COOKIE_NAME] = sessions[who]
        return client

    return enter
