"""CPU time, calls and queries of the ten main pages on the demonstration's data: python benchmarks/pages.py

Goals: at most 12 ms of CPU and 10 queries a page. The data lies in a temporary PostgreSQL that goes with this process.
Milliseconds depend on the machine and on who else uses it; calls of Python functions do not: two runs of the same code
differ by less than one in a hundred, so changes are compared by them.
"""

import argparse
import cProfile
import io
import json
import os
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MOST_CPU, MOST_QUERIES = 12.0, 10


@contextmanager
def database() -> Iterator[None]:
    """Django on servers of its own, its tables empty."""
    keeper = subprocess.Popen(
        [sys.executable, str(ROOT / "portal/services.py"), "temporary"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with tempfile.TemporaryDirectory() as folder:
        try:
            os.environ.update(json.loads(keeper.stdout.readline()))
            os.environ |= {
                "SECRET_KEY": "benchmark" * 8, "ALLOWED_HOSTS": "testserver", "HTTPS": "0", "MEDIA_ROOT": f"{folder}/m",
                "KEYS_DIR": f"{folder}/k", "TRUST_ROOTS": f"{folder}/k/root.pem", "LOG_LEVEL": "ERROR",
                "STATICFILES_BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage",
                "DJANGO_SETTINGS_MODULE": "portal.settings", "EMAIL_URL": "memorymail://",
            }  # fmt: skip
            import django

            warnings.filterwarnings("ignore", message="No directory at")
            django.setup()
            from django.core.management import call_command

            call_command("migrate", verbosity=0)
            yield
        finally:
            from django.db import connections

            connections.close_all()
            keeper.communicate()


@contextmanager
def portal() -> Iterator[None]:
    """The same with the demonstration loaded."""
    with database():
        from django.core.management import call_command

        call_command("load_demo", stdout=io.StringIO())
        settle()
        yield


def settle() -> None:
    """Statistics as a database has them that has run for a day."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def pages() -> list[tuple[str, str, str]]:
    """(what it is, account, address) of the ten main pages."""
    from django.urls import reverse

    from campaigns.models import Plan, Task
    from directives.models import Directive
    from documents.models import Document
    from reports.models import Report

    task = Task.objects.filter(entries__evidence__isnull=False).order_by("id")[0]
    plan, directive, report = task.plan_id, Directive.objects.order_by("id")[0].pk, Report.objects.all()[0].pk
    to_sign = Document.objects.filter(state="checked", signer__user__username="giamdoc").order_by("id")[0].pk
    assert Plan.objects.filter(pk=plan).exists()
    homes = ("giamdoc", "vanphong", "truongphong", "chuyenvien", "vanthu", "bandanvan", "quantri")
    return [
        *((f"home, {account}", account, reverse("home")) for account in homes),
        ("plan list", "vanphong", reverse("plans:list")),
        ("plan", "vanphong", reverse("plans:detail", args=[plan])),
        ("signing", "giamdoc", reverse("documents:sign", args=[to_sign])),
        ("task list", "vanphong", reverse("tasks:list")),
        ("task", "truongphong", reverse("tasks:detail", args=[task.pk])),
        ("directive list", "vanthu", reverse("directives:list")),
        ("directive", "vanthu", reverse("directives:detail", args=[directive])),
        ("report list", "vanphong", reverse("reports:list")),
        ("report", "vanphong", reverse("reports:detail", args=[report])),
        ("register", "vanthu", reverse("documents:register")),
    ]


@dataclass(frozen=True)
class Cost:
    """What one answer takes."""

    cpu: float  # milliseconds, median
    calls: int  # of Python functions
    queries: int
    size: int  # bytes


def measure(account: str, path: str, rounds: int) -> Cost:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from units.models import User

    client = Client()
    client.force_login(User.objects.get(username=account), "units.backends.PostBackend")
    for _warm in range(3):
        assert client.get(path).status_code == 200, path
    with CaptureQueriesContext(connection) as queries:
        size = len(client.get(path).content)
        count = len(connection.queries_log) - queries.initial_queries
    profile = cProfile.Profile()
    profile.runcall(client.get, path)
    calls = pstats.Stats(profile).total_calls  # type: ignore[attr-defined]
    taken = []
    for _round in range(rounds):
        began = time.process_time()
        client.get(path)
        taken.append((time.process_time() - began) * 1000)
    return Cost(statistics.median(taken), calls, count, size)


def machine() -> float:
    """Milliseconds of CPU for a fixed piece of Python: how fast the machine is just now, to compare runs."""
    taken = []
    for _round in range(9):
        began = time.process_time()
        sum(number * number for number in range(100_000))
        taken.append((time.process_time() - began) * 1000)
    return statistics.median(taken)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    is_good = True
    with portal():
        print(f"{'page':<24}{'CPU ms':>8}{'calls':>9}{'queries':>9}{'bytes':>9}")
        for name, account, path in pages():
            cost = measure(account, path, options.rounds)
            good = cost.cpu <= MOST_CPU and cost.queries <= MOST_QUERIES
            is_good &= good
            over = "" if good else "  over"
            print(f"{name:<24}{cost.cpu:>8.1f}{cost.calls:>9}{cost.queries:>9}{cost.size:>9}{over}")
        print(f"{'100,000 squares summed':<24}{machine():>8.1f}")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
