"""How long reports take to print, beside Chromium printing the same HTML and LibreOffice converting the same content.

    .venv/bin/python -m benchmarks.reports [--runs 5] [--rows 200 2000 10000] [--without-office-above 2000]

All in one run, medians in seconds. Long documents are printed by warm child processes, as in a worker; Chromium and
LibreOffice start anew for each print. Memory is the most that one of our children held.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
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


def median(runs: int, act: Callable[[], object]) -> float:
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        act()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


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
        browser = median(runs, chromium(Path(folder), printable(text))) if CHROMIUM else 0.0
        writer = median(runs, office(Path(folder), text)) if OFFICE and with_office else 0.0
    children = [each.process for each in render_pool.pool()._workers if each.process is not None]
    memory = max((peak_mb(each) for each in children), default=0.0) if long_pdf.is_long(text) else 0.0
    ratios = [f"{ours / other:.2f}" if other else "–" for other in (browser, writer)]
    cells = [name, str(rendered.pages), f"{ours:.2f}", f"{browser:.2f}", f"{writer:.2f}", *ratios, f"{memory:.0f}"]
    print("| " + " | ".join(cells) + " |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rows", type=int, nargs="*", default=[200, 2000, 10000])
    parser.add_argument("--without-office-above", type=int, default=2000, help="LibreOffice needs minutes above")
    options = parser.parse_args()
    configure()
    pdf.warm_up(compositions.ND30_13)
    print("| document | pages | ours, s | Chromium, s | LibreOffice, s | ÷ Chromium | ÷ LibreOffice | MB a child |")
    print("|---|---|---|---|---|---|---|---|")
    line("plan", compositions.plan(), options.runs, with_office=True)
    for rows in options.rows:
        text = compositions.report(rows=rows, appendix_rows=5)
        line(f"{rows:,} rows", text, options.runs, with_office=rows <= options.without_office_above)


if __name__ == "__main__":
    main()
