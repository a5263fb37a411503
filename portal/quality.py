"""`python3 manage.py test`: first what a machine can read in the code, then every test, in one command.

Standard library only. Further arguments go to pytest: `python3 manage.py test tests/campaigns -k deadline`.
"""

import argparse
import os
import secrets
import subprocess
import sys
import time
from dataclasses import dataclass, field

from portal.local import ROOT

PYTHON = sys.executable
APPS = ["portal", "reports", "campaigns", "directives", "documents", "notifications", "units", "audit"]
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONUTF8": "1"}


@dataclass(frozen=True)
class Check:
    """One command that must end with 0."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)


def production_like() -> dict[str, str]:
    """An environment such as a real installation has, for `check --deploy`."""
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "cao-diem.example.vn",
        "DATABASE_URL": "postgres://portal@database/portal",
        "REDIS_URL": "redis://redis:6379/0",
        "DEBUG": "0",
        "HTTPS": "1",
        "EMAIL_URL": "smtp+tls://portal@mail.example.vn:587",
    }


def checks() -> list[Check]:
    """The quick checks, in the order they run."""
    manage = [PYTHON, "-m", "django"]
    tool = [PYTHON, "-m"]
    found = [
        Check("ruff", [*tool, "ruff", "check", "."]),
        # Without --check: djlint's own layout puts every inline tag on a line of its own, and the blanks that come with
        # it show on the page and in print. Our templates keep a cell, a button or a sentence on one line.
        Check("djlint", [*tool, "djlint", "templates", "--lint", "--quiet"]),
        Check("import-linter", [PYTHON, "-c", "from importlinter.cli import lint_imports_command as run; run()"]),
        Check("mypy", [*tool, "mypy", *APPS], SETTINGS),
        Check("makemigrations", [*manage, "makemigrations", "--check", "--dry-run"], SETTINGS),
        Check("check --deploy", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production_like()),
    ]
    if (ROOT / "tools/check_translations.py").is_file():
        found.append(Check("translations", [PYTHON, "tools/check_translations.py"], SETTINGS))
    return found


def run_check(check: Check) -> bool:
    """Run one check and print one line; what it said is printed when it failed."""
    began = time.monotonic()
    env = os.environ | {"PYTHONPATH": str(ROOT)} | check.env
    done = subprocess.run(check.command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    is_good = done.returncode == 0
    print(f"{'đạt ' if is_good else 'HỎNG'}  {check.name}  ({time.monotonic() - began:.1f} s)", flush=True)
    if not is_good:
        print(f"{done.stdout}{done.stderr}".rstrip(), flush=True)
    return is_good


def parse(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """Our own options, and those for pytest."""
    parser = argparse.ArgumentParser(
        prog="manage.py test",
        description="Kiểm tra mã nguồn rồi chạy mọi phép thử trên PostgreSQL và Redis tạm thời của riêng lần chạy.",
        epilog="Đối số khác được chuyển cho pytest, ví dụ: manage.py test tests/campaigns -k deadline",
        allow_abbrev=False,
    )
    parser.add_argument("--fast", action="store_true", help="bỏ qua các phép thử trên trình duyệt")
    parser.add_argument("--only-checks", action="store_true", help="chỉ kiểm tra mã nguồn, không chạy phép thử")
    return parser.parse_known_args(arguments)


def runs(options: argparse.Namespace, others: list[str]) -> list[list[str]]:
    """The arguments of each run of pytest: everything without a browser, then the journeys, each on all cores.

    Apart, since a running browser keeps its event loop in the thread of the tests that come after it. The journeys of
    one file stay in one process: they share an installation or a demonstration that takes longer to make than they do.
    """
    if options.only_checks:
        return []
    if others:
        return [["-m", "not browser", *others] if options.fast else others]
    on_all_cores = ["-n", str(len(os.sched_getaffinity(0)))]
    by_file = ["--dist", "loadfile", "--no-loadscope-reorder"]
    plain, journeys = [*on_all_cores, "-m", "not browser"], [*on_all_cores, *by_file, "-m", "browser"]
    return [plain] if options.fast else [plain, journeys]


def main(options: argparse.Namespace, others: list[str]) -> int:
    """All checks, then pytest even when one failed; exit 0 only when everything was right.

    With arguments for pytest somebody wants those tests only, so the checks are left out.
    """
    failed = [check.name for check in checks() if not run_check(check)] if options.only_checks or not others else []
    codes = [subprocess.run([PYTHON, "-m", "pytest", *run], cwd=ROOT).returncode for run in runs(options, others)]
    if failed:
        print(f"Kiểm tra không đạt: {', '.join(failed)}", flush=True)
    return next(filter(None, codes), 1 if failed else 0)
