"""Processes that print stretches of long documents side by side: started at the first long document, kept, replaced.

Each is a plain child with a pipe (`render_worker`): it ends with its parent however that dies, may be killed when a
document takes too long, and holds no database connection.
"""

from __future__ import annotations

import atexit
import os
import pickle
import queue
import subprocess
import sys
import threading
from functools import lru_cache
from pathlib import Path

from documents.long_parts import Part, Printed
from documents.pdf import RenderingError

ROOT = Path(__file__).resolve().parent.parent
MOST_PROCESSES = 4
PARTS_IN_A_LIFE = 200


class _Worker:
    """One child; started when it is first asked, and again after it died or did its share."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.parts = 0

    def start(self) -> None:
        if self.process is None or self.process.poll() is not None or self.parts >= PARTS_IN_A_LIFE:
            self.stop()
            command = [sys.executable, "-m", "documents.render_worker"]
            self.process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            self.parts = 0

    def ask(self, part: Part) -> Printed:
        """The printed part; RenderingError with the reason, also when the child dies over it."""
        self.start()
        process = self.process
        assert process is not None
        assert process.stdin is not None
        assert process.stdout is not None
        self.parts += 1
        try:
            pickle.dump(part, process.stdin, protocol=pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            answer = pickle.load(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            self.stop()
            raise RenderingError("the process that printed a part of the document ended") from error
        if isinstance(answer, str):
            raise RenderingError(answer)
        printed: Printed = answer
        return printed

    def stop(self) -> None:
        """End the child at once."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.communicate()


class Pool:
    """As many children as there are processors, at most MOST_PROCESSES."""

    def __init__(self, processes: int | None = None) -> None:
        self.size = processes or max(1, min(MOST_PROCESSES, os.cpu_count() or 1))
        self._workers = [_Worker() for _ in range(self.size)]
        self._free: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)

    def start(self) -> None:
        """Start the children now, so that they warm up while the document is cut."""
        for worker in self._workers:
            worker.start()

    def ask(self, part: Part) -> Printed:
        """Let the next free child print the part; to be called from several threads."""
        worker = self._free.get()
        try:
            return worker.ask(part)
        finally:
            self._free.put(worker)

    def stop(self) -> None:
        """Kill the children; whoever waits for one gets RenderingError. The next question starts new ones."""
        for worker in self._workers:
            process = worker.process
            if process is not None:
                process.kill()
        for worker in self._idle():  # the others notice their end themselves
            worker.stop()
            self._free.put(worker)

    def _idle(self) -> list[_Worker]:
        found = []
        while True:
            try:
                found.append(self._free.get_nowait())
            except queue.Empty:
                return found


_lock = threading.Lock()


@lru_cache(maxsize=1)
def _pool_of(pid: int) -> Pool:
    made = Pool()
    atexit.register(made.stop)
    return made


def pool() -> Pool:
    """The pool of this process; a forked child gets its own."""
    with _lock:
        return _pool_of(os.getpid())
