"""How long a plan takes to render, sign and verify, beside Chromium's print of the same HTML, in one run.

    .venv/bin/python -m benchmarks.documents [--runs 9] [--without-chromium]

Medians of at least seven runs, wall and processor time of this process in milliseconds. A cold process is a new
interpreter that imports what it needs and renders once.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings
from playwright.sync_api import sync_playwright

from documents import certificates, demo_ca, pdf, printing, signing, verification
from documents.layout import ND30_13
from documents.typography import FONT_FOLDER
from tests.documents import compositions

ROOT = Path(__file__).resolve().parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COLD = "from documents import pdf; from tests.documents import compositions as c; pdf.render(c.plan())"


def configure() -> None:
    """Just enough of Django for the messages of the signing layer."""
    if not settings.configured:
        settings.configure(USE_TZ=True, TIME_ZONE="Asia/Ho_Chi_Minh", LANGUAGE_CODE="vi", TRUST_ROOTS=[])
        django.setup()


def measure(name: str, runs: int, act: Callable[[], object], *, warm_up: int = 2) -> float:
    """Run it, print the medians, return the median wall time in milliseconds."""
    for _ in range(warm_up):
        act()
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        act()
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    median = statistics.median(walls)
    print(f"{name:<46}{median:>9.1f}{statistics.median(cpus):>9.1f}{min(walls):>9.1f}", flush=True)
    return median


def printable() -> str:
    """The plan's HTML with its style sheet and the bundled fonts, as a browser takes it."""
    text = compositions.plan()
    css = printing.style_sheet(text.profile).replace('url("font:', f'url("{FONT_FOLDER.as_uri()}/')
    return printing.html(text).replace("</head>", f"<style>{css}</style></head>")


def ours(runs: int) -> tuple[float, float]:
    """Rendering warm and cold, the steps of signing, verification; returns warm and cold rendering."""
    at = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        people = [
            demo_ca.DemoPerson("d", "Phạm Quang Hưng", "Sở"),
            demo_ca.DemoPerson("s", "Sở", "Sở", is_organisation=True),
        ]
        made = demo_ca.make_demo_ca(Path(folder), people, passphrase=lambda name: name, now=at)
        roots = certificates.load_roots([made.root])
        officer, office = (signing.Pkcs12Key.load(made.keys[name], name) for name in ("d", "s"))
    pdf.warm_up(ND30_13)
    text = compositions.plan()
    warm = measure("plan, warm process", runs, lambda: pdf.render(text))
    measure(
        "report with 120 rows, warm process", runs, lambda: pdf.render(compositions.report(rows=60, appendix_rows=60))
    )
    rendered = pdf.render(text, has_open_lines=True)
    prepared = signing.prepare(rendered)
    signed = signing.sign_as_officer(prepared, officer, at=at, roots=roots)
    numbered = signing.fill_number(signed, compositions.head("128", compositions.DAY))
    sealed = signing.seal(numbered, office, at=at, roots=roots)
    measure("prepare for signing", runs, lambda: signing.prepare(rendered))
    measure("sign", runs, lambda: signing.sign_as_officer(prepared, officer, at=at, roots=roots))
    measure(
        "fill number and date", runs, lambda: signing.fill_number(signed, compositions.head("128", compositions.DAY))
    )
    measure("seal", runs, lambda: signing.seal(numbered, office, at=at, roots=roots))
    measure("verify two signatures", runs, lambda: verification.examine(sealed, roots))
    command = [sys.executable, "-c", COLD]
    cold = measure("plan, cold process", runs, lambda: subprocess.run(command, cwd=ROOT, check=True), warm_up=1)
    print(f"sizes in kB: rendered {len(rendered.bytes) / 1000:.0f}, sealed {len(sealed) / 1000:.0f}")
    return warm, cold


def chromium_cold(runs: int, page: Path) -> float:
    """A new Chromium prints the page and ends."""
    target = page.with_suffix(".pdf")
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={page.parent / 'profile'}", "--no-pdf-header-footer"]
    command += [f"--print-to-pdf={target}", page.as_uri()]
    return measure(
        "Chromium, cold process",
        runs,
        lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL),
        warm_up=1,
    )


def chromium_warm(runs: int, page: Path) -> float:
    """A Chromium that stays open loads and prints the page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = browser.new_page()

        def print_page() -> bytes:
            tab.goto(page.as_uri())
            return tab.pdf(prefer_css_page_size=True)

        median = measure("Chromium, warm process", runs, print_page)
        browser.close()
    return median


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9, help="runs of each measure, at least 7")
    parser.add_argument("--without-chromium", action="store_true")
    options = parser.parse_args()
    runs = max(7, options.runs)
    configure()
    print(f"{f'median of {runs} runs, ms':<46}{'wall':>9}{'cpu':>9}{'least':>9}")
    warm, cold = ours(runs)
    if options.without_chromium or not CHROMIUM:
        print("Chromium left out")
        return
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "plan.html"
        page.write_text(printable(), encoding="utf-8")
        other_cold, other_warm = chromium_cold(runs, page), chromium_warm(runs, page)
    print(f"ours / Chromium: warm {warm / other_warm:.2f}, cold {cold / other_cold:.2f}")
    print(f"our warm process / a cold Chromium: {warm / other_cold:.2f}")


if __name__ == "__main__":
    main()
