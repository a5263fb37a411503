"""Keeps a set of programs running: starts them in order, restarts what dies, stops them in reverse order.

Standard library only. Each program leads a session of its own, so Ctrl+C in the terminal reaches the supervisor alone,
and asks the kernel to be told when the supervisor dies, so that even `kill -9` leaves no orphans.
"""

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from portal.services import die_with_parent

LONGEST_PAUSE = 10.0  # seconds between two attempts to start a program that keeps dying
STEADY = 20.0  # seconds of life after which earlier deaths no longer count
WATCH = 0.2


@dataclass
class Program:
    """One program: how to start it, how to ask it to stop, how long it may take to."""

    name: str
    start: Callable[[], subprocess.Popen[bytes]]
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0
    deaths: int = 0
    resting_until: float = 0

    def launch(self) -> None:
        self.process, self.started_at = self.start(), time.monotonic()

    def is_dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def clear_up(self) -> None:
        """End whatever is left in the program's own session and count the death."""
        if self.process:
            kill_group(self.process.pid)
        steady = time.monotonic() - self.started_at > STEADY
        self.deaths = 1 if steady else self.deaths + 1
        self.resting_until = time.monotonic() + min(LONGEST_PAUSE, 0.2 * 2 ** (self.deaths - 1))
        self.process = None

    def stop(self) -> None:
        """Ask politely, wait, then kill; return when the program and its children are gone."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience)
        kill_group(self.process.pid)
        self.process.wait()
        self.process = None


def kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def starter(
    arguments: list[str],
    *,
    log: Path,
    env: dict[str, str],
    cwd: Path,
    on_orphan: signal.Signals = signal.SIGKILL,
    pass_fds: tuple[int, ...] = (),
    account: Mapping[str, Any] | None = None,
) -> Callable[[], subprocess.Popen[bytes]]:
    """A `Program.start`: its words go to `log`; `on_orphan` is what the kernel sends when the supervisor dies.

    `account` are arguments of Popen that make it run as somebody else.
    """

    def start() -> subprocess.Popen[bytes]:
        with log.open("ab") as words:
            return subprocess.Popen(
                arguments,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=words,
                env=env,
                cwd=cwd,
                pass_fds=pass_fds,
                start_new_session=True,
                preexec_fn=die_with_parent(on_orphan),
                **(account or {}),
            )

    return start


@dataclass
class Supervisor:
    """Programs in the order they start. `run` must be called from the main thread (signals, parent-death)."""

    programs: list[Program]
    say: Callable[[str], None] = print
    stopping: threading.Event = field(default_factory=threading.Event)

    def listen(self) -> None:
        """From now on Ctrl+C, SIGTERM and a closed terminal mean: stop in order."""
        for signum in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, lambda *_: self.stopping.set())

    def start(self) -> None:
        """Start every program that is not running yet, in order."""
        for program in self.programs:
            if program.process is None:
                program.launch()

    def check(self) -> None:
        """One look at every program: a dead one is cleared up, a rested one started again."""
        for program in self.programs:
            if program.is_dead():
                assert program.process is not None
                self.say(f"{program.name} đã dừng (mã {program.process.returncode}), khởi động lại")
                program.clear_up()
            if program.process is None and time.monotonic() >= program.resting_until:
                program.launch()

    def run(self) -> None:
        """Watch until asked to stop."""
        while not self.stopping.wait(WATCH):
            self.check()

    def stop(self) -> None:
        """Stop everything in reverse order."""
        for program in reversed(self.programs):
            program.stop()
