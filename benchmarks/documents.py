"""How long a plan takes to render, sign and verify, beside Chromium and LibreOffice on the same content, in one run.

    .venv/bin/python -m benchmarks.documents [--runs 9] [--without-others] [--renders 1000]

Medians of at least seven runs in milliseconds, and the mean of the processor time of all processes taking part. A cold
process is a new interpreter that imports what it needs and renders once. Chromium prints the plan's HTML, LibreOffice
its Word file, once in a new process and again and again in one that stays. `--renders` says how many plans one process
renders while its memory is looked at.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import django
import psutil
from django.conf import settings
from playwright.sync_api import sync_playwright

from documents import certificates, demo_ca, pdf, printing, signing, verification
from documents.docx import render_docx
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
        settings.configure(
            USE_TZ=True,
            TIME_ZONE="Asia/Ho_Chi_Minh",
            LANGUAGE_CODE="vi",
            TRUST_ROOTS=[],
            TIMESTAMP_URL="",
            REVOCATION_FETCH=False,
        )
        django.setup()


def processor_seconds() -> float:
    """Processor time of this process, of the programs it started that still run, and of those that ended."""
    spent = os.times()
    total = spent.user + spent.system + spent.children_user + spent.children_system
    for child in psutil.Process().children(recursive=True):
        try:
            times = child.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total


Acts = dict[str, Callable[[], object]]


def measure_together(runs: int, acts: Acts, *, warm_up: int = 2) -> dict[str, tuple[float, float]]:
    """Run the acts in turn, so that a busy minute of the machine meets all of them; print and return the medians."""
    walls: dict[str, list[float]] = {name: [] for name in acts}
    cpus: dict[str, list[float]] = {name: [] for name in acts}
    for turn in range(warm_up + runs):
        for name, act in acts.items():
            cpu, wall = processor_seconds(), time.perf_counter()
            act()
            if turn >= warm_up:
                walls[name].append((time.perf_counter() - wall) * 1000)
                cpus[name].append((processor_seconds() - cpu) * 1000)
    for name in acts:
        cpu = statistics.mean(cpus[name])  # counted in steps of 10 ms
        print(f"{name:<46}{statistics.median(walls[name]):>9.1f}{cpu:>9.1f}{min(walls[name]):>9.1f}", flush=True)
    return {name: (statistics.median(walls[name]), statistics.mean(cpus[name])) for name in acts}


def printable() -> str:
    """The plan's HTML with its style sheet and the bundled fonts, as a browser takes it."""
    text = compositions.plan()
    css = printing.style_sheet(text.profile).replace('url("font:', f'url("{FONT_FOLDER.as_uri()}/')
    return printing.html(text).replace("</head>", f"<style>{css}</style></head>")


def ours(runs: int) -> None:
    """The steps from the text to a verified file."""
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
    text, given = compositions.plan(), compositions.head("128", compositions.DAY)
    rendered = pdf.render(text, has_open_lines=True)
    prepared = signing.prepare(rendered)
    signed = signing.sign_as_officer(prepared, officer, at=at, roots=roots)
    numbered = signing.fill_number(signed, given)
    sealed = signing.seal(numbered, office, at=at, roots=roots)
    long = compositions.report(rows=60, appendix_rows=60)
    acts: Acts = {
        "plan, warm process": lambda: pdf.render(text),
        "plan as Word, warm process": lambda: render_docx(text),
        "report with 120 rows, warm process": lambda: pdf.render(long),
        "prepare for signing": lambda: signing.prepare(rendered),
        "sign": lambda: signing.sign_as_officer(prepared, officer, at=at, roots=roots),
        "fill number and date": lambda: signing.fill_number(signed, given),
        "seal": lambda: signing.seal(numbered, office, at=at, roots=roots),
        "verify two signatures": lambda: verification.examine(sealed, roots),
    }
    measure_together(runs, acts)
    print(f"sizes in kB: rendered {len(rendered.bytes) / 1000:.0f}, sealed {len(sealed) / 1000:.0f}")


OURS_WARM, OURS_COLD = "plan by us, warm", "plan by us, cold"


def ours_cold() -> None:
    """A new interpreter renders the plan."""
    subprocess.run([sys.executable, "-c", COLD], cwd=ROOT, check=True)


def chromium_cold(page: Path) -> Callable[[], object]:
    """A new Chromium prints the page and ends."""
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={page.parent / 'profile'}", "--no-pdf-header-footer"]
    command += [f"--print-to-pdf={page.with_suffix('.pdf')}", page.as_uri()]
    return lambda: subprocess.run(command, check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


@contextmanager
def chromium_warm(page: Path) -> Iterator[Callable[[], object]]:
    """A Chromium that stays open loads and prints the page."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        tab = browser.new_page()

        def print_page() -> bytes:
            tab.goto(page.as_uri())
            return tab.pdf(prefer_css_page_size=True)

        yield print_page
        browser.close()


OFFICE = shutil.which("soffice")
PYTHON = "/usr/bin/python3"
UNO = """
import sys, time, uno
from com.sun.star.beans import PropertyValue
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(120):
    try:
        context = resolver.resolve("uno:pipe,name=" + sys.argv[1] + ";urp;StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.25)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
def option(name, value):
    made = PropertyValue(); made.Name = name; made.Value = value
    return made
print("ready", flush=True)
for line in sys.stdin:
    document = desktop.loadComponentFromURL(sys.argv[2], "_blank", 0, (option("Hidden", True),))
    document.storeToURL(sys.argv[3], (option("FilterName", "writer_pdf_Export"),))
    document.close(True)
    print("done", flush=True)
desktop.terminate()
"""
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{fonts}</dir>
<cachedir>{folder}/fonts</cachedir><match target="pattern"><test name="family"><string>Times New Roman</string></test>
<edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit></match></fontconfig>"""


def office_surroundings(folder: Path) -> dict[str, str]:
    """The bundled font for Times New Roman, a home of its own."""
    config = folder / "fonts.conf"
    config.write_text(FONTS.format(fonts=FONT_FOLDER, folder=folder), encoding="utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(config), "HOME": str(folder)}


def office_cold(source: Path) -> Callable[[], object]:
    """A new LibreOffice converts the Word file and ends."""
    folder = source.parent
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'cold').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder / "out"), str(source)]
    surroundings, silent = office_surroundings(folder), subprocess.DEVNULL
    return lambda: subprocess.run(command, check=True, env=surroundings, stdout=silent, stderr=silent)


def has_bridge() -> bool:
    """Can the system's Python speak with a running LibreOffice?"""
    return not subprocess.run([PYTHON, "-c", "import uno"], check=False, stderr=subprocess.DEVNULL).returncode


@contextmanager
def office_warm(source: Path) -> Iterator[Callable[[], object]]:
    """A LibreOffice that stays open loads and exports the file."""
    folder, pipe = source.parent, f"bench{os.getpid()}"
    command = [str(OFFICE), f"-env:UserInstallation={(folder / 'warm').as_uri()}", "--headless", "--norestore"]
    command.append(f"--accept=pipe,name={pipe};urp;")
    surroundings, silent = office_surroundings(folder), subprocess.DEVNULL
    office = subprocess.Popen(command, env=surroundings, stdout=silent, stderr=silent)
    speak = [PYTHON, "-c", UNO, pipe, source.as_uri(), (folder / "warm.pdf").as_uri()]
    with subprocess.Popen(speak, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as bridge:
        assert bridge.stdin is not None
        assert bridge.stdout is not None
        bridge.stdout.readline()

        def convert() -> None:
            print("go", file=bridge.stdin, flush=True)
            bridge.stdout.readline()

        yield convert
        bridge.stdin.close()
    office.wait(timeout=30)


def memory(renders: int) -> None:
    """Resident memory of this process while it renders one plan after another."""
    process, text = psutil.Process(), compositions.plan()
    print(f"\nresident memory over {renders} renders, MB")
    for count in range(1, renders + 1):
        pdf.render(text)
        if count in (1, 100) or count % max(1, renders // 5) == 0:
            print(f"  after {count:>5}{process.memory_info().rss / 1e6:>9.1f}", flush=True)


def others(runs: int) -> None:
    """Us, Chromium and LibreOffice on the same content, in turn."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        page, word, text = Path(folder) / "plan.html", Path(folder) / "plan.docx", compositions.plan()
        page.write_text(printable(), encoding="utf-8")
        word.write_bytes(render_docx(text))
        cold: Acts = {OURS_COLD: ours_cold}
        warm: Acts = {OURS_WARM: lambda: pdf.render(text)}
        if CHROMIUM:
            cold["Chromium, cold"] = chromium_cold(page)
            warm["Chromium, warm"] = stack.enter_context(chromium_warm(page))
        if OFFICE:
            cold["LibreOffice, cold"] = office_cold(word)
            if has_bridge():
                warm["LibreOffice, warm"] = stack.enter_context(office_warm(word))
        warm_medians = measure_together(runs, warm)
        cold_medians = measure_together(runs, cold, warm_up=1)
    all_medians = warm_medians | cold_medians
    for mine in (OURS_WARM, OURS_COLD):
        for name, (wall, cpu) in all_medians.items():
            if name not in (OURS_WARM, OURS_COLD):
                my_wall, my_cpu = all_medians[mine]
                print(f"  {mine} / {name}: wall {my_wall / wall:.2f}, processor {my_cpu / cpu:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9, help="runs of each measure, at least 7")
    parser.add_argument("--without-others", action="store_true", help="no Chromium, no LibreOffice")
    parser.add_argument("--renders", type=int, default=1000, help="plans rendered while memory is looked at; 0: none")
    options = parser.parse_args()
    runs = max(7, options.runs)
    configure()
    print(f"{f'median of {runs} runs, ms':<46}{'wall':>9}{'cpu':>9}{'least':>9}")
    ours(runs)
    if not options.without_others:
        others(runs)
    if options.renders:
        memory(options.renders)


if __name__ == "__main__":
    main()
