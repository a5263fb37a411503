"""The supervisor with small real programs."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.supervisor import Program, Supervisor, starter

ROOT = Path(__file__).parent.parent.parent
NOTE_ORDER = """
import signal, sys
def note(*_):
    with open(sys.argv[1], "a") as order:
        order.write(sys.argv[2] + " ")
    sys.exit()
signal.signal(signal.SIGTERM, note)
print("ready", flush=True)
signal.pause()
"""
ORPHAN_MAKER = """
import sys, time
from pathlib import Path
from portal.supervisor import Program, Supervisor, starter
folder = Path(sys.argv[1])
sleep = starter(["sleep", "600"], log=folder / "log", env={"PATH": "/usr/bin:/bin"}, cwd=folder)
one = Supervisor([Program("sleep", sleep)])
one.start()
print(one.programs[0].process.pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def program(tmp_path: Path) -> Callable[..., Program]:
    def make(name: str, *arguments: str) -> Program:
        return Program(
            name, starter(list(arguments), log=tmp_path / "log", env=dict(os.environ), cwd=tmp_path), patience=5
        )

    return make


def is_running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def wait_until(condition: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_dead_program_is_started_again(program):
    said: list[str] = []
    watched = Supervisor([program("sleep", "sleep", "600")], say=said.append)
    watched.start()
    first = watched.programs[0].process
    first.kill()
    wait_until(lambda: watched.check() or (watched.programs[0].process or first) is not first)
    assert watched.programs[0].process.poll() is None
    assert said == ["sleep đã dừng (mã -9), khởi động lại"]
    watched.stop()


def test_program_that_keeps_dying_is_given_longer_pauses(program):
    failing = program("false", "false")
    pauses = []
    for _ in range(3):
        failing.launch()
        failing.process.wait()
        failing.clear_up()
        pauses.append(round(failing.resting_until - time.monotonic(), 1))
    assert pauses == [0.2, 0.4, 0.8]


def test_stop_goes_in_reverse_order(program, tmp_path):
    order = tmp_path / "order"
    names = ["postgres", "redis", "web"]
    watched = Supervisor([program(name, sys.executable, "-c", NOTE_ORDER, str(order), name) for name in names])
    watched.start()
    wait_until(lambda: (tmp_path / "log").read_text().count("ready") == 3)
    watched.stop()
    assert order.read_text() == "web redis postgres "


def test_stop_kills_a_program_that_does_not_listen(program):
    deaf = program("deaf", "sh", "-c", "trap '' TERM; echo ready; while true; do sleep 1; done")
    deaf.patience = 0.3
    deaf.launch()
    time.sleep(0.2)
    pid = deaf.process.pid
    deaf.stop()
    assert not is_running(pid)


def test_stop_ends_what_a_program_started(program, tmp_path):
    parent = program("parent", "sh", "-c", f"sleep 600 & echo $! > {tmp_path}/child; wait")
    parent.launch()
    wait_until(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text().endswith("\n"))
    child = int((tmp_path / "child").read_text())
    parent.stop()
    wait_until(lambda: not is_running(child))


def test_killed_supervisor_leaves_no_orphans(tmp_path):
    supervisor = subprocess.Popen([sys.executable, "-c", ORPHAN_MAKER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    child = int(supervisor.stdout.readline())
    assert is_running(child)
    supervisor.kill()
    supervisor.communicate()
    wait_until(lambda: not is_running(child))


def test_run_ends_when_asked(program):
    watched = Supervisor([program("sleep", "sleep", "600")])
    before = {signum: signal.getsignal(signum) for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        watched.listen()
        threading.Timer(0.3, lambda: os.kill(os.getpid(), signal.SIGTERM)).start()
        watched.start()
        watched.run()
    finally:
        watched.stop()
        for signum, handler in before.items():
            signal.signal(signum, handler)
    assert watched.stopping.is_set()
