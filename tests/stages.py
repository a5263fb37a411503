"""Databases with a story in them, made once for a run and copied for whoever wants one.

- `demo`: the tests of a module read the demonstration organisation; each test is rolled back.
- `demo_site`, `house_site`: a live server on a fresh copy of its own, for journeys: everything is committed.
  `demo_site` has the whole demonstration, `house_site` its people, units and keys and no work yet.
"""

import io
import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

PASSWORD = "mat-khau-dung-thu-2026"


@dataclass(frozen=True)
class Stage:
    """A filled database to copy from, and the folder of its kept files and keys."""

    database: str
    folder: Path


def load_demo() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEMO_PASSWORD", PASSWORD)
        call_command("load_demo", stdout=io.StringIO())


def load_house() -> None:
    """The demonstration's people, units, keys, indicators and report profile, and nobody's work."""
    from portal.demo_data.people import FIRST_DAY, build
    from portal.demo_data.story import Story
    from portal.demo_data.teller import moment

    Story(build(PASSWORD, at=moment(FIRST_DAY)), timezone.localdate())


def apart(work: Callable[[], Any]) -> Any:
    """Do something in a thread of its own: the browser's loop runs in this one, and signatures need a fresh loop."""

    def run() -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def on_server(statement: str) -> None:
    """Run one statement beside every database (CREATE DATABASE cannot run in a transaction)."""
    given = connection.settings_dict
    server = psycopg2.connect(host=given["HOST"], user=given["USER"], dbname="postgres")
    try:
        server.autocommit = True
        with server.cursor() as cursor:
            cursor.execute(statement)
    finally:
        server.close()


def drop_database(name: str) -> None:
    """Drop a database with whoever is connected; autovacuum may be in it for a moment: only a superuser ends that."""
    for seconds in (0.1, 0.5, 2, 10, 0):
        try:
            on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            return
        except psycopg2.errors.InsufficientPrivilege:
            if not seconds:
                raise
            time.sleep(seconds)


def empty_database(name: str) -> str:
    """A new database with all tables and no rows."""
    on_server(f'CREATE DATABASE "{name}"')
    with database(name):
        call_command("migrate", verbosity=0)
    return name


@contextmanager
def database(name: str) -> Iterator[None]:
    """Django's connection leads to the database `name` in the block."""
    given = connection.settings_dict
    usual = given["NAME"]
    connection.close()
    given["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        given["NAME"] = usual


@contextmanager
def files(folder: Path) -> Iterator[None]:
    """Uploads, keys and mail lie in `folder` in the block, and its demo authority is trusted."""
    names = ("MEDIA_ROOT", "KEYS_DIR", "TRUST_ROOTS", "EMAIL_FILE_PATH")
    usual = {name: getattr(django_settings, name) for name in names}
    django_settings.MEDIA_ROOT, django_settings.KEYS_DIR = folder / "media", folder / "keys"
    django_settings.TRUST_ROOTS = [folder / "keys" / "root.pem"]
    django_settings.EMAIL_FILE_PATH = str(folder / "mail")
    try:
        yield
    finally:
        for name, value in usual.items():
            setattr(django_settings, name, value)


@pytest.fixture(scope="session")
def stages(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Callable[..., Stage]]:
    """`stages(load)` is the stage that `load` fills, made at its first use."""
    made: dict[str, Stage] = {}
    plain = connection.settings_dict["NAME"]
    if not plain.startswith("test_"):  # pytest-django makes one only for a run with tests that ask for `db`
        with django_db_blocker.unblock():
            plain = empty_database(f"test_{plain}_plain")
        made["plain"] = Stage(plain, tmp_path_factory.mktemp("plain"))

    def stage(load: Callable[[], None]) -> Stage:
        if load.__name__ not in made:
            name = f"{plain}_{load.__name__}"
            folder = tmp_path_factory.mktemp(load.__name__)
            with django_db_blocker.unblock():
                connection.close()
                # a thread of an earlier test may have left its connection open: no copy is made of a database in use
                on_server(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{plain}'")
                on_server(f'CREATE DATABASE "{name}" TEMPLATE "{plain}"')
                with database(name), files(folder):
                    apart(load)
            made[load.__name__] = Stage(name, folder)
        return made[load.__name__]

    yield stage
    with django_db_blocker.unblock():
        for each in made.values():
            drop_database(each.database)


@pytest.fixture(scope="module")
def demo(stages: Any, django_db_blocker: Any) -> Iterator[Stage]:
    """The tests of this module work on the demonstration; ask for `db` too, which rolls each test back.

    Not a package: a fixture of a plugin would then last until the end of the run.
    """
    stage = stages(load_demo)
    with database(stage.database), files(stage.folder):
        yield stage


@dataclass(frozen=True)
class Site:
    """A running portal on a database of its own."""

    url: str
    folder: Path


@contextmanager
def site(stage: Stage, folder: Path, blocker: Any) -> Iterator[Site]:
    """Serve a copy of the stage; the copy goes when the block ends."""
    name = f"{stage.database}_copy"
    shutil.copytree(stage.folder, folder, dirs_exist_ok=True)
    with blocker.unblock():
        on_server(f'CREATE DATABASE "{name}" TEMPLATE "{stage.database}"')
        with database(name), files(folder):
            server = LiveServer("127.0.0.1")
            try:
                yield Site(server.url, folder)
            finally:
                server.stop()
                connection.close()
                cache.clear()
        drop_database(name)


@pytest.fixture
def demo_site(stages: Any, tmp_path: Path, folders: Path, django_db_blocker: Any) -> Iterator[Site]:
    with site(stages(load_demo), tmp_path, django_db_blocker) as running:
        yield running


@pytest.fixture
def house_site(stages: Any, tmp_path: Path, folders: Path, django_db_blocker: Any) -> Iterator[Site]:
    with site(stages(load_house), tmp_path, django_db_blocker) as running:
        yield running
