"""A PostgreSQL and a Redis of its own for each test run, up before Django reads its settings.

Loaded by `-p tests.services_plugin` (pyproject.toml). A keeper process owns both servers and their temporary folder:
when this run ends, even by SIGKILL, the keeper's standard input closes and it stops and removes everything.
"""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

KEEPER = [sys.executable, str(Path(__file__).parent.parent / "portal/services.py"), "temporary"]
_keepers: list[subprocess.Popen[bytes]] = []


def start_services() -> None:
    """Start the keeper and put the servers' addresses into the environment."""
    keeper = subprocess.Popen(KEEPER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True)
    _keepers.append(keeper)
    assert keeper.stdout is not None
    addresses = json.loads(keeper.stdout.readline() or '{"problem": "the services ended at once"}')
    if "problem" in addresses:
        raise pytest.UsageError(addresses["problem"])
    os.environ.update(addresses)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Around every other plugin's hook, pytest-django's too, which reads the settings."""
    options = early_config.known_args_namespace
    if not (options.help or options.version):
        start_services()
    return (yield)


def pytest_unconfigure() -> None:
    """Let the servers go and wait until they have."""
    while _keepers:
        keeper = _keepers.pop()
        keeper.communicate()
