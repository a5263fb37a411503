"""Background work in tests: on demand in this process, or by a real worker beside a live server."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import TestCase

from portal.celery import app
from portal.health import WORKERS, redis_parts

ROOT = Path(__file__).parent.parent


def drain() -> int:
    """Run every task that waits in the queues, and those they queue in turn; the number of tasks run."""
    count = 0
    with app.connection_for_read() as broker:
        queues = [broker.SimpleQueue(name) for name in WORKERS]
        found = True
        while found:
            found = False
            for queue in queues:
                try:
                    message = queue.get_nowait()
                except queue.Empty:
                    continue
                found, count = True, count + 1
                message.ack()
                args, kwargs, _ = message.payload
                with TestCase.captureOnCommitCallbacks(execute=connection.in_atomic_block):
                    app.tasks[message.headers["task"]].apply(args, kwargs, throw=True)
        for queue in queues:
            queue.close()
    return count


@pytest.fixture
def run_jobs(db: None) -> Callable[[], int]:
    """`run_jobs()` runs what was queued since the test began and returns how many tasks that were."""
    app.control.purge()
    return drain


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A real Celery worker with beat on both queues and the test's database; for journeys with `live_server`."""
    with running_worker(tmp_path) as process:
        yield process


@contextmanager
def running_worker(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker with beat on the database that Django's connection leads to now; its schedule lies in `folder`."""
    app.control.purge()
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "-B", "-c", "1", "-Q", ",".join(WORKERS),
         "-n", "default@test", "-s", str(folder / "beat"), "-l", "ERROR"],
        cwd=ROOT, env=worker_environment(), start_new_session=True,
    )  # fmt: skip
    try:
        wait_until(lambda: process.poll() is not None or redis_parts()["worker-default"], seconds=30)
        assert process.poll() is None, "the worker ended at once"
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        finally:
            kill_group(process)


def worker_environment() -> dict[str, Any]:
    """The environment of a process that works on this test's database and files."""
    database = connection.settings_dict
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings_worker",
        "DATABASE_URL": f"postgres://{database['USER']}@/{database['HOST']}/{database['NAME']}",
        "TEST_MEDIA_ROOT": str(django_settings.MEDIA_ROOT),
        "TEST_KEYS_DIR": str(django_settings.KEYS_DIR),
        "TRUST_ROOTS": ",".join(str(root) for root in django_settings.TRUST_ROOTS),
        "TEST_MAIL": str(django_settings.EMAIL_FILE_PATH),
    }


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End what a process in its own session may have left."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def wait_until(condition: Callable[[], Any], *, seconds: float = 10) -> None:
    """Return once the condition holds; fails the test when it does not within the time."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)
