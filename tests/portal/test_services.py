"""The private PostgreSQL and Redis: real servers in temporary folders."""

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from portal import local, services
from portal.services import ServiceError, Services

SCRIPT = str(Path(services.__file__))


def start_keeper(*arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, SCRIPT, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )


def answer(keeper: subprocess.Popen[bytes]) -> dict[str, str]:
    assert keeper.stdout is not None
    return json.loads(keeper.stdout.readline())


def folder_of(addresses: dict[str, str]) -> Path:
    return Path(addresses["REDIS_URL"].removeprefix("unix://")).parent.parent


def servers_of(folder: Path) -> list[str]:
    """Names of running programs whose command line or working folder belongs to `folder`."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().decode(errors="replace")
            if str(folder) in words and "services.py" not in words:
                found.append((process / "comm").read_text().strip())
        except OSError:
            continue
    return sorted(found)


def test_keeper_removes_everything_when_its_caller_ends():
    keeper = start_keeper("temporary")
    folder = folder_of(answer(keeper))
    assert servers_of(folder) != []
    keeper.communicate()
    assert (folder.exists(), servers_of(folder)) == (False, [])


def test_servers_end_with_a_killed_keeper_and_the_next_removes_the_folder():
    keeper = start_keeper("temporary")
    folder = folder_of(answer(keeper))
    keeper.kill()
    keeper.communicate()
    end = time.monotonic() + 15
    while servers_of(folder) and time.monotonic() < end:
        time.sleep(0.05)
    assert servers_of(folder) == []
    long_ago = time.time() - 3600
    os.utime(folder, (long_ago, long_ago))
    services.remove_abandoned(folder.parent)
    assert not folder.exists()


def test_a_folder_in_use_is_never_removed(tmp_path):
    folder = tmp_path / f"{services.TEMPORARY_PREFIX}busy"
    folder.mkdir()
    held = services.lock(folder / "lock", services.fcntl.LOCK_EX)
    os.utime(folder, (0, 0))
    services.remove_abandoned(tmp_path)
    assert held is not None
    assert folder.exists()
    os.close(held)


def test_servers_listen_on_no_port(monkeypatch, short_folder):
    running = Services(short_folder, is_durable=False)
    try:
        running.start_all()
        assert "listen_addresses=" in running.commands["postgres"]
        assert running.commands["redis"][1:3] == ["--port", "0"]
        assert sorted(path.name for path in running.sockets.iterdir() if path.is_socket()) == [
            ".s.PGSQL.5432",
            "redis.sock",
        ]
    finally:
        running.stop()
    assert servers_of(short_folder) == []


def test_restart_after_a_crash_keeps_the_data(short_folder):
    running = Services(short_folder, is_durable=False)
    try:
        running.start_all()
        running.processes["postgres"].kill()
        running.processes["postgres"].wait()
        again = running.start("postgres")
        end = time.monotonic() + 15
        while not running.is_ready("postgres") and time.monotonic() < end:
            if again.poll() is not None:
                again = running.start("postgres")
            time.sleep(0.1)
        assert running.is_ready("postgres")
    finally:
        running.stop()


def test_given_addresses_start_nothing(tmp_path):
    given = {"DATABASE_URL": "postgres://a@b/c", "REDIS_URL": "redis://d"}
    running = Services(tmp_path, addresses=dict(given))
    assert running.start_all() == given
    assert running.processes == {}


def test_wheels_serve_a_machine_without_servers(monkeypatch, short_folder):
    monkeypatch.setattr(services.shutil, "which", lambda *args, **kwargs: None)
    monkeypatch.setattr(services, "MACHINE_FOLDERS", ())
    running = Services(short_folder, is_durable=False)
    try:
        running.start_all()
        assert "pginstall" in running.commands["postgres"][0]
        assert running.commands["redis"][0].endswith("valkey-server")
    finally:
        running.stop()


def test_programs_that_cannot_run_are_named(monkeypatch, tmp_path):
    broken = tmp_path / "bin"
    broken.mkdir()
    (broken / "postgres").write_text("not a program")
    monkeypatch.setattr(services, "postgres_folders", lambda copies: iter([broken]))
    with pytest.raises(ServiceError, match=r"Không có PostgreSQL 14 trở lên.*không chạy được"):
        Services(tmp_path / "data").prepare()


def test_data_of_another_version_is_named(monkeypatch, tmp_path):
    data = tmp_path / "data"
    (data / "postgres").mkdir(parents=True)
    (data / "postgres/PG_VERSION").write_text("9\n")
    with pytest.raises(ServiceError, match="Không có PostgreSQL 9 "):
        Services(data).prepare()


def test_long_folders_get_short_sockets(tmp_path):
    deep = tmp_path / ("x" * 90)
    assert str(Services(deep).sockets).startswith("/tmp/cao-diem-")
    assert len(str(Services(deep).sockets)) < services.LONGEST_SOCKET_FOLDER


def test_second_keeper_of_a_folder_leaves_it_to_the_first(short_folder):
    first = start_keeper("keep", str(short_folder))
    assert set(answer(first)) == {"DATABASE_URL", "REDIS_URL"}
    second = start_keeper("keep", str(short_folder))
    assert answer(second) == {"is_taken": True}
    second.communicate()
    first.communicate()
    assert not (short_folder / "services.json").exists()


@pytest.mark.parametrize("own", ["", "https://cong.so.example"])
def test_commands_speak_of_the_address_at_which_the_demo_serves(short_folder, monkeypatch, own):
    demo = "http://127.0.0.1:8141"
    held = services.lock(short_folder / "services.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)
    services.publish(short_folder, {"DATABASE_URL": "postgres:///x", "REDIS_URL": "unix:///x", "SITE_URL": demo})
    monkeypatch.setattr(os, "environ", dict(os.environ) | {"CAO_DIEM_DATA": str(short_folder)})
    for name in ("DATABASE_URL", "SITE_URL"):
        os.environ.pop(name, None)
    if own:
        os.environ["SITE_URL"] = own
    with local.services_for("verify_audit"):
        assert (os.environ["SITE_URL"], os.environ["DATABASE_URL"]) == (own or demo, "postgres:///x")
    os.close(held)


def test_keeper_stops_on_a_signal(short_folder):
    keeper = start_keeper("keep", str(short_folder))
    answer(keeper)
    keeper.send_signal(signal.SIGTERM)
    keeper.communicate(timeout=20)
    assert servers_of(short_folder) == []


def test_wrong_arguments_say_how_to_call():
    assert services.main(["nonsense"]) == 2
