"""What every test stands on: no network, files of its own, commits that run, jobs on demand, a browser.

- `client` runs on-commit work after each request, as a real one would.
- `run_jobs()` runs what was queued, in this process; nothing runs by itself.
- `worker` starts a real Celery worker, `page` a real browser on `live_server`; both are for journeys.
"""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, TestCase
from hypothesis import HealthCheck
from hypothesis import settings as property_tests

pytest_plugins = ["tests.browser", "tests.background", "tests.stages"]

# A busy machine is no fault of what is tested.
property_tests.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_tests.load_profile("patient")

LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}
TRUNCATE_GUARDED = """
SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal AND (tgtype & 32) <> 0
"""


class NetworkUsed(Exception):
    """A test tried to leave the machine."""


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Refuse every connection but unix sockets and loopback, and every name but the machine's own."""
    connect, lookup = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise NetworkUsed(str(address))
        connect(self, address)

    def guarded_lookup(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in LOOPBACK and host is not None:
            raise NetworkUsed(str(host))
        return lookup(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket, "getaddrinfo", guarded_lookup)
        yield


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> Path:
    """Uploads, keys and mail of each test lie in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.KEYS_DIR = tmp_path / "keys"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    """Nothing remembered from one test to the next."""
    yield
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def emptied_after_live_tests() -> Iterator[None]:
    """Tables that refuse TRUNCATE (history, issued documents) are emptied all the same after a transactional test."""
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_past_guards(self: Any, statements: list[str]) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(TRUNCATE_GUARDED)
            guarded = [row[0] for row in cursor.fetchall()]
        off = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in guarded]
        on = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in guarded]
        flush(self, [*off, *statements, *on] if statements else [])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", flush_past_guards)
        yield


class CommittingClient(Client):
    """A test client whose requests end as real ones do: what was to happen on commit happens."""

    def request(self, **request: Any) -> Any:
        if not connection.in_atomic_block:
            return super().request(**request)
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)


@pytest.fixture
def client() -> CommittingClient:
    """Nobody is signed in. Inline handlers and scripts are looked for by the page tests, not here."""
    return CommittingClient()


@pytest.fixture
def commits() -> Callable[..., Any]:
    """`with commits(): …` runs what the block left for after the commit."""
    return lambda: TestCase.captureOnCommitCallbacks(execute=True)


@pytest.fixture(scope="session")
def shared_folder() -> Path | None:
    """The folder `shared` beside the project with the field's real samples, where there is one."""
    place = Path(os.environ.get("CAO_DIEM_SHARED", Path(__file__).parent.parent.parent / "shared"))
    return place if place.is_dir() else None
