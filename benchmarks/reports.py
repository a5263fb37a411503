"""How long reports take to print, beside Chromium printing the same HTML and LibreOffice converting the same content.

    .venv/bin/python -m benchmarks.reports [--runs 5] [--rows 200 2000 10000] [--without-office-above 2000]
    .venv/bin/python -m benchmarks.reports --break-even [--rows 200 300 400 600 800]

All in one run, medians in seconds: wall and, behind it, the processor time of every process that took part. Long
documents are printed by warm child processes, as in a worker; Chromium and LibreOffice start anew for each print.
Memory is the most that one of our children held. `--break-even` prints the same text in one go and in stretches.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.documents import CHROMIUM, FLAGS, configure
from documents import long_pdf, pdf, press, printing, render_pool
from documents.layout import OfficialText
from documents.typography import FONT_FOLDER
from tests.documents import compositions

OFFICE = shutil.which("soffice")


def printable(text: OfficialText) -> str:
    css = printing.style_sheet(text.profile).replace('url("font:', f'url("{FONT_FOLDER.as_uri()}/')
    return printing.html(text).replace("</head>", f"<style>{css}</style></head>")


@dataclass(frozen=True)
class Cost:
    """Seconds on the clock, and of processors."""

    wall: float = 0.0
    cpu: float = 0.0

    def __str__(self) -> str:
        return f"{self.wall:.2f} ({self.cpu:.2f})" if self.wall else "–"

    def over(self, other: Cost) -> str:
        return f"{self.wall / other.wall:.2f} ({self.cpu / other.cpu:.2f})" if other.wall else "–"


def processors() -> float:
    """Seconds that this process, its living children and those that ended have used."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    living = sum(ticks(each) for each in children())
    return time.process_time() + ended.ru_utime + ended.ru_stime + living / os.sysconf("SC_CLK_TCK")


def ticks(process: subprocess.Popen[bytes]) -> int:
    """User and system time of a process, in the kernel's ticks (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def children() -> list[subprocess.Popen[bytes]]:
    found = (each.process for each in render_pool.pool()._workers)
    return [each for each in found if each is not None and each.poll() is None]


def median(runs: int, act: Callable[[], object]) -> Cost:
    walls, cpus = [], []
    for _ in range(runs):
        begun, used = time.perf_counter(), processors()
        act()
        walls.append(time.perf_counter() - begun)
        cpus.append(processors() - used)
    return Cost(statistics.median(walls), statistics.median(cpus))


def chromium(folder: Path, html: str) -> Callable[[], object]:
    page = folder / "report.html"
    page.write_text(html, encoding="utf-8")
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--no-pdf-header-footer"]
    command += ["--export-tagged-pdf", "--timeout=600000", f"--print-to-pdf={folder / 'chromium.pdf'}", page.as_uri()]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def office(folder: Path, text: OfficialText) -> Callable[[], object]:
    from documents.docx import render_docx

    source = folder / "report.docx"
    source.write_bytes(render_docx(text))
    command = [OFFICE, "--headless", f"-env:UserInstallation={(folder / 'office').as_uri()}", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), str(source)]
    return lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def peak_mb(process: subprocess.Popen[bytes]) -> float:
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def line(name: str, text: OfficialText, runs: int, *, with_office: bool) -> None:
    """One row of the table: ours, Chromium's, LibreOffice's, and the ratios."""
    rendered = press.render(text)
    ours = median(runs, lambda: press.render(text))
    with tempfile.TemporaryDirectory() as folder:
        browser = median(runs, chromium(Path(folder), printable(text))) if CHROMIUM else Cost()
        writer = median(runs, office(Path(folder), text)) if OFFICE and with_office else Cost()
    is_long = press.rows_of_longest(text) > press.LONG
    memory = max((peak_mb(each) for each in children()), default=0.0) if is_long else 0.0
    ratios = [ours.over(other) for other in (browser, writer)]
    cells = [name, str(rendered.pages), str(ours), str(browser), str(writer), *ratios, f"{memory:.0f}"]
    print("| " + " | ".join(cells) + " |", flush=True)


def break_even(rows: list[int], runs: int) -> None:
    """The same report in one print and in stretches: from how many rows on the stretches win."""
    print("| rows | in one print, s | in stretches, s | stretches ÷ one |\n|---|---|---|---|")
    for count in rows:
        text = compositions.report(rows=count, appendix_rows=5)
        long_pdf.render(text)
        whole, parts = median(runs, lambda: pdf.render(text)), median(runs, lambda: long_pdf.render(text))  # noqa: B023
        print(f"| {count} | {whole} | {parts} | {parts.over(whole)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rows", type=int, nargs="*", help="rows of the longest table")
    parser.add_argument("--without-office-above", type=int, default=2000, help="LibreOffice needs minutes above")
    parser.add_argument("--break-even", action="store_true")
    options = parser.parse_args()
    configure()
    pdf.warm_up(compositions.ND30_13)
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} before\n")
    if options.break_even:
        break_even(options.rows or [200, 300, 400, 600, 800], options.runs)
        return
    print("| document | pages | ours, s | Chromium, s | LibreOffice, s | ÷ Chromium | ÷ LibreOffice | MB a child |")
    print("|---|---|---|---|---|---|---|---|")
    line("plan", compositions.plan(), options.runs, with_office=True)
    for rows in options.rows or [200, 2000, 10000]:
        text = compositions.report(rows=rows, appendix_rows=5)
        line(f"{rows:,} rows", text, options.runs, with_office=rows <= options.without_office_above)


if __name__ == "__main__":
    main()
