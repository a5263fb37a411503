"""What bootstrap.py decides; the whole of it is run by hand on a bare system (docs/operations.md)."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from portal import demo, local, quality

ROOT = Path(bootstrap.__file__).parent
PIN = re.compile(r"^([a-z0-9._-]+)==([^ ;]+)", re.MULTILINE)


def test_demo_lock_is_part_of_the_whole_lock():
    whole = set(PIN.findall((ROOT / "requirements.lock").read_text()))
    part = set(PIN.findall((ROOT / "requirements-demo.lock").read_text()))
    assert part - whole == set()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-demo.lock", "requirements-installer.lock"])
def test_every_locked_library_has_hashes(name):
    entries = re.split(r"\n(?=[a-z])", (ROOT / name).read_text().strip())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    "name",
    [
        "bootstrap.py",
        "portal/services.py",
        "portal/supervisor.py",
        "portal/local.py",
        "portal/demo.py",
        "portal/quality.py",
    ],
)
def test_what_runs_before_the_set_up_needs_the_standard_library_only(name):
    found = set(re.findall(r"^(?:from|import) ([a-z_]+)", (ROOT / name).read_text(), re.MULTILINE))
    assert found - sys.stdlib_module_names - {"portal"} == set()


def test_an_ordinary_user_is_told_what_to_type(monkeypatch):
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    with pytest.raises(bootstrap.SetupError, match=r"sudo apt-get install -y --no-install-recommends libpango-1\.0-0"):
        bootstrap.install_packages(["libpango-1.0-0"])


def test_stamp_of_an_older_lock_does_not_count(monkeypatch, tmp_path):
    stamp = tmp_path / "stamp"
    monkeypatch.setattr(bootstrap, "STAMP", stamp)
    stamp.write_text("run 3.11 0123\n")
    assert not bootstrap.is_installed("run")
    stamp.write_text(bootstrap.fingerprint("test"))
    assert (bootstrap.is_installed("run"), bootstrap.is_installed("test")) == (bootstrap.PYTHON.exists(),) * 2


def test_failed_command_tells_its_last_words():
    with pytest.raises(bootstrap.SetupError, match="no such package"):
        bootstrap.run(["sh", "-c", "echo no such package >&2; exit 3"])


def test_secrets_are_made_once_and_kept_private(tmp_path):
    first = local.kept_secret(tmp_path / "secret", 60)
    assert local.kept_secret(tmp_path / "secret", 60) == first
    assert (len(first), (tmp_path / "secret").stat().st_mode & 0o777) == (60, 0o600)


def test_variables_that_are_set_win(monkeypatch, tmp_path):
    monkeypatch.setenv("DEMO_PASSWORD", "mật-khẩu-đã-đặt")
    assert local.variables(tmp_path)["DEMO_PASSWORD"] == "mật-khẩu-đã-đặt"


def test_taken_port_is_told_with_the_way_out():
    door = demo.listen_at("127.0.0.1", 0)
    door.listen()
    port = door.getsockname()[1]
    with pytest.raises(demo.DemoError, match=rf"Không dùng được cổng {port} .*--port {port + 1}$"):
        demo.listen_at("127.0.0.1", port)
    door.close()


def test_reset_refuses_a_database_of_somebody_else(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://real")
    with pytest.raises(demo.DemoError, match="DATABASE_URL"):
        demo.reset(tmp_path)


def test_reset_keeps_keys_of_the_installation(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL")
    local.make_folder(tmp_path)
    for name in ("secret_key", "media/a", "keys/b", "prepared"):
        (tmp_path / name).write_text("x")
    demo.reset(tmp_path)
    assert {path.name for path in tmp_path.rglob("*")} == {*local.WRITTEN, "secret_key"}


@pytest.mark.parametrize("command", ["demo", "test"])
def test_help_answers_without_any_set_up(command):
    done = subprocess.run([sys.executable, "manage.py", command, "--help"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: manage.py {command}")


def test_own_options_are_told_from_pytests():
    options, others = quality.parse(["--fast", "tests/portal", "-k", "demo"])
    assert (options.fast, options.only_checks, others) == (True, False, ["tests/portal", "-k", "demo"])


def test_failed_check_is_shown(capfd):
    assert not quality.run_check(quality.Check("sample", ["sh", "-c", "echo broken; exit 1"]))
    assert "HỎNG  sample" in capfd.readouterr().out


def test_ci_runs_the_same_command_as_anybody():
    lines = [line for line in (ROOT / ".ci/run").read_text().splitlines() if line and not line.startswith("#")]
    assert lines == ["set -euo pipefail", 'cd "$(dirname "$0")/.."', "exec python3 manage.py test"]
