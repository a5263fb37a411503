"""How long the plan reader takes, beside bare text extraction in the same run.

    python benchmarks/plan_reader.py [FILE ...]

Without files it makes its own: a text, a Word file and a PDF of one plan each, and a Word file with 5,000 tasks.
For each file: median of the runs, the same for the peer (python-docx or pdfplumber that only collect the text),
and the process's peak memory.
"""

from __future__ import annotations

import io
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django
import docx
import pdfplumber
from django.conf import settings

PROJECT = Path(__file__).parents[1]
sys.path[:0] = [str(PROJECT), str(PROJECT / "tests" / "campaigns" / "data")]

import plan_files  # noqa: E402 (the folders are put on the path first)
import plan_specs_dev  # noqa: E402

from campaigns.plan_reader import read  # noqa: E402

TASK = (
    "Giao Phòng Quản lý số {0} chủ trì, phối hợp với Văn phòng Sở và Công đoàn rà soát hồ sơ nhóm {0}; "
    "xong trước ngày 20/10/2026."
)


def large_plan(tasks: int = 5000) -> bytes:
    """A Word file with one paragraph for each task."""
    document = docx.Document()
    for line in ("KẾ HOẠCH", "Giao nhiệm vụ năm 2026", "I. PHÂN CÔNG THỰC HIỆN"):
        document.add_paragraph(line)
    for number in range(1, tasks + 1):
        document.add_paragraph(f"{number}. {TASK.format(number)}")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def own_files() -> dict[str, bytes]:
    """One invented plan of each kind, and the large one."""

    chosen = (plan_specs_dev.PARTY_PLAN, plan_specs_dev.SCHOOL, plan_specs_dev.HEALTH)
    return dict(map(plan_files.make, chosen)) | {"5000_tasks.docx": large_plan()}


def bare_text(name: str, data: bytes) -> int:
    """The peer: nothing but the text, with the usual library."""
    if name.endswith(".docx"):
        return sum(len(paragraph.text) for paragraph in docx.Document(io.BytesIO(data)).paragraphs)
    if name.endswith(".pdf"):
        with pdfplumber.open(io.BytesIO(data)) as document:
            return sum(len(page.extract_text()) for page in document.pages)
    return len(data.decode("utf-8"))


def median(work: Callable[[], object]) -> float:
    """Seconds of the median run: three runs, one when it is slow."""
    times: list[float] = []
    while len(times) < 3 and sum(times) < 10:
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return statistics.median(times)


def main(paths: list[str]) -> None:
    if not settings.configured:
        settings.configure(USE_I18N=False)
        django.setup()
    files = {Path(path).name: Path(path).read_bytes() for path in paths} or own_files()
    print(f"{'file':<28}{'read_plan':>12}{'text only':>12}{'ratio':>8}{'tasks':>8}")
    for name, data in files.items():
        tasks = len(read(data, name).tasks)
        ours = median(lambda name=name, data=data: read(data, name))
        peer = median(lambda name=name, data=data: bare_text(name, data))
        print(f"{name:<28}{ours * 1000:>9.1f} ms{peer * 1000:>9.1f} ms{ours / max(peer, 1e-6):>8.1f}{tasks:>8}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
