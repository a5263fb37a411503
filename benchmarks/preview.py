"""What the preview beside the editor costs the web process: text to HTML, print, pictures of all pages, memory.

    .venv/bin/python -m benchmarks.preview [--runs 9]

Medians in milliseconds of one process; the memory is this process's own before WeasyPrint, after the first print and
after a hundred.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django
from django.conf import settings

APPS = ["django.contrib.contenttypes", "django.contrib.auth", "audit", "units", "notifications", "documents"]


def resident() -> float:
    """Memory of this process in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def median(runs: int, act: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor time in milliseconds."""
    act()
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return statistics.median(walls), statistics.median(cpus)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    runs = max(5, parser.parse_args().runs)
    folder = tempfile.mkdtemp(prefix="preview-")
    settings.configure(
        USE_TZ=True, LANGUAGE_CODE="vi", MEDIA_ROOT=folder, INSTALLED_APPS=APPS, AUTH_USER_MODEL="units.User"
    )
    django.setup()
    from documents import printing
    from tests.documents import compositions

    base = compositions.plan()
    print(f"memory before: {resident():.0f} MB")
    from documents import pdf

    pdf.render(base)
    print(f"memory after the first print: {resident():.0f} MB")
    print(f"{'pages':>6}{'HTML kB':>9}{'HTML':>8}{'print':>8}{'cpu':>7}{'pictures':>10}{'cpu':>7}{'all':>8}")
    for paragraphs in (1, 26, 110, 220):
        text = compositions.with_paragraphs(base, paragraphs)
        made = pdf.render(text)
        html, _ = median(runs, lambda text=text: printing.html(text))  # type: ignore[misc]
        wall, cpu = median(runs, lambda text=text: pdf.render(text))  # type: ignore[misc]
        drawn, drawn_cpu = median(runs, lambda made=made: pictures_of(made.bytes, made.pages))  # type: ignore[misc]
        size = len(printing.html(text)) / 1000
        print(
            f"{made.pages:>6}{size:>9.0f}{html:>8.0f}{wall:>8.0f}{cpu:>7.0f}{drawn:>10.0f}{drawn_cpu:>7.0f}"
            f"{html + wall + drawn:>8.0f}",
            flush=True,
        )
    for _ in range(100):
        pdf.render(base)
    print(f"memory after a hundred more: {resident():.0f} MB")


def pictures_of(data: bytes, pages: int) -> int:
    """Draw every page as the pane shows it; how many bytes."""
    from documents import pictures

    return sum(len(pictures._draw(data, number, is_light=True)) for number in range(1, pages + 1))


if __name__ == "__main__":
    main()
