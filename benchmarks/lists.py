"""Lists, homes and search at 10,000 and at 1,000,000 tasks: python benchmarks/lists.py

Each size lies in a temporary PostgreSQL of its own. Of every page: queries, milliseconds in the database (all queries
of the page together) and of the whole answer; beside it the same rows by SQL written by hand, and a plain list as an
administration site writes it (count(*), OFFSET, icontains). The least of the rounds, after warm-up: what other programs
take from the machine meanwhile is not the page's.
Goals: a list or search page at 1,000,000 takes at most 1.5 × the time at 10,000, at most 10 queries, at most 3 × the
bare SQL in the database; search at most 50 ms there.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SIZES = (10_000, 1_000_000)
MOST_QUERIES, MOST_SEARCH = 10, 50.0
MOST_GROWTH, MOST_OF_BARE = 1.5, 3.0
PAGE = 50


@dataclass
class Cost:
    """Milliseconds, the least of the rounds; `plain` is the whole plain list, database alone."""

    name: str
    queries: int
    database: float
    answer: float
    bare: float
    plain: float


@contextmanager
def timed_queries() -> Iterator[list[float]]:
    """The milliseconds of each query until the block ends."""
    from django.db import connection

    taken: list[float] = []

    def wrapper(execute: Callable[..., Any], *args: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*args)
        finally:
            taken.append((time.perf_counter() - began) * 1000)

    with connection.execute_wrapper(wrapper):
        yield taken


def least_of(act: Callable[[], Any], rounds: int) -> float:
    act()
    found = []
    for _round in range(rounds):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    return min(found)


def sql(*statements: str, **values: Any) -> Callable[[], None]:
    """Run the statements and fetch all rows, nothing else."""
    from django.db import connection

    def run() -> None:
        with connection.cursor() as cursor:
            raw = cursor.cursor
            for statement in statements:
                raw.execute(statement, values)
                raw.fetchall()

    return run


ROWS = """
SELECT t.id, t.text, t.due_on, t.state, t.percent, t.rhythm, u.name, u.short_name, p.full_name, d.title
FROM campaigns_task t JOIN units_unit u ON u.id = t.lead_unit_id JOIN campaigns_plan l ON l.id = t.plan_id
JOIN documents_document d ON d.id = l.document_id LEFT JOIN units_appointment a ON a.id = t.officer_id
LEFT JOIN units_user p ON p.id = a.user_id
WHERE {where} ORDER BY t.due_on, t.id LIMIT 51
"""
COUNT = "SELECT count(*) FROM campaigns_task t WHERE {where}"
UNIT = "t.lead_unit_id = %(unit)s AND t.organisation_id = %(organisation)s AND t.state NOT IN ('planned', 'withdrawn')"
OPEN = "('assigned', 'accepted', 'in_progress', 'awaiting', 'handed_back', 'redo')"
CLASSES = f"""
SELECT {{group}} count(due_on) FILTER (WHERE due_on < %(on)s),
    count(due_on) FILTER (WHERE due_on = %(on)s), count(due_on) FILTER (WHERE due_on > %(on)s AND due_on <= %(soon)s),
    count(due_on) FILTER (WHERE due_on > %(soon)s), count(*) FILTER (WHERE due_on IS NULL)
FROM campaigns_task WHERE organisation_id = %(organisation)s AND state IN {OPEN} {{where}}
"""
SEARCH = (
    "SELECT t.id, t.text, u.name FROM campaigns_task t JOIN units_unit u ON u.id = t.lead_unit_id WHERE "
    "t.organisation_id = %(organisation)s AND t.search LIKE f_norm(%(like)s) AND t.state <> 'planned' "
    "ORDER BY t.text ILIKE %(like)s DESC, t.id DESC LIMIT 10",
    "SELECT id, title, code FROM documents_document WHERE organisation_id = %(organisation)s AND "
    "type = 'campaigns.plan' AND search LIKE f_norm(%(like)s) ORDER BY title ILIKE %(like)s DESC, id DESC LIMIT 10",
    "SELECT id, title, code FROM documents_document WHERE organisation_id = %(organisation)s AND "
    "type = 'reports.report' AND search LIKE f_norm(%(like)s) ORDER BY title ILIKE %(like)s DESC, id DESC LIMIT 10",
    "SELECT id, code, subject FROM directives_directive WHERE search LIKE f_norm(%(like)s) ORDER BY id DESC LIMIT 10",
    "SELECT id, full_name FROM units_user WHERE search LIKE f_norm(%(like)s) ORDER BY id DESC LIMIT 10",
)
"""Tasks, plans, reports, directives, people: what the page looks through."""
WAITING = """
SELECT t.id, t.text, t.due_on, t.state, u.name, count(*) OVER () FROM campaigns_task t
JOIN units_unit u ON u.id = t.lead_unit_id WHERE {who} ORDER BY t.due_on, t.id LIMIT 6
"""
MINE = "t.officer_id = %(officer)s AND t.state IN ('accepted', 'redo')"
UNITS = f"{UNIT} AND t.state IN ('assigned', 'awaiting')"
PAPERS = (
    "SELECT id, title, state FROM documents_document WHERE organisation_id = %(organisation)s AND state IN "
    "('proposed', 'submitted', 'checked') ORDER BY id LIMIT 6"
)
NEWS = (
    "SELECT id, subject, created_at, count(*) OVER () FROM notifications_message WHERE user_id = 1 AND read_at IS NULL "
    "ORDER BY id DESC LIMIT 8"
)


FRAME = (
    "SELECT * FROM django_session WHERE session_key = 'none' AND expire_date > now()",
    "SELECT a.*, p.*, u.*, o.* FROM units_appointment a JOIN units_user p ON p.id = a.user_id JOIN units_unit u "
    "ON u.id = a.unit_id LEFT JOIN units_unit o ON o.id = u.organisation_id WHERE a.id = %(officer)s",
    "SELECT count(*) FROM notifications_message WHERE user_id = 1 AND read_at IS NULL",
    "SELECT day, is_working FROM campaigns_calendarday",
)
"""What every page asks besides: session, person and post, bell, working days."""


class Measured:
    """One size: the pages of the first organisation and its large unit."""

    def __init__(self, rounds: int) -> None:
        from django.utils import timezone

        from campaigns import workdays
        from campaigns.deadlines import soon_until
        from units.models import Appointment

        self.rounds = rounds
        self.director = Appointment.objects.filter(role="director").order_by("id")[0]
        self.organisation = self.director.organisation_id
        in_house = Appointment.objects.filter(unit__organisation=self.organisation).order_by("id")
        self.head, self.officer = in_house.filter(role="unit_head")[0], in_house.filter(role="officer")[0]
        self.unit = self.head.unit_id
        on = timezone.localdate()
        self.values = {
            "organisation": self.organisation, "unit": self.unit, "on": on, "soon": soon_until(on, workdays.load()),
            "officer": self.officer.pk,
        }  # fmt: skip

    def page(self, name: str, by: Any, path: str, bare: Callable[[], None], plain: Callable[[], Any] | None) -> Cost:
        from django.test import Client

        client = Client()
        client.force_login(by.user, "units.backends.PostBackend")
        for _warm in range(2):
            assert client.get(path).status_code == 200, path
        found = []
        for _round in range(self.rounds):
            with timed_queries() as queries:
                began = time.perf_counter()
                client.get(path)
                found.append((sum(queries), (time.perf_counter() - began) * 1000, len(queries)))
        return Cost(
            name,
            found[0][2],
            min(row[0] for row in found),
            min(row[1] for row in found),
            least_of(bare, self.rounds),
            least_of(plain, max(3, self.rounds // 5)) if plain else 0,
        )

    def plain_list(self, offset: int = 0, **filters: Any) -> Callable[[], Any]:
        from campaigns.models import Task

        def run() -> None:
            rows = Task.objects.filter(organisation=self.organisation, **filters)
            rows.count()
            joined = rows.select_related("lead_unit", "officer__user", "plan__document").order_by("due_on", "id")
            list(joined[offset : offset + PAGE])

        return run

    def costs(self) -> list[Cost]:
        from django.urls import reverse

        listed, home, search = reverse("tasks:list"), reverse("home"), reverse("search")
        bare, unit = self.bare, self.unit
        cursor, offset = self.far_cursor()
        day, _sep, pk = cursor.partition("_")
        behind = f"{UNIT} AND t.due_on >= %(day)s AND (t.due_on, t.id) > (%(day)s, %(pk)s)"
        return [
            self.page(
                "unit's list, first page", self.head, f"{listed}?unit={unit}&state=all",
                bare(ROWS.format(where=UNIT), COUNT.format(where=UNIT)), self.plain_list(lead_unit=unit),
            ),
            self.page(
                "unit's list, 500th page (or last full)", self.head, f"{listed}?unit={unit}&state=all&after={cursor}",
                bare(ROWS.format(where=behind), COUNT.format(where=UNIT), day=day, pk=int(pk)),
                self.plain_list(lead_unit=unit, offset=offset),
            ),
            self.page(
                "list, text in it", self.head, f"{listed}?state=all&q=dan+van+kheo+dot+9",
                self.bare_text("dan van kheo dot 9"), self.plain_list(text__icontains="Dân vận khéo đợt 9"),
            ),
            *(
                self.page(f"search, {words}", self.director, f"{search}?q={typed}", bare(*SEARCH, like=f"%{text}%"),
                          self.plain_list(text__icontains=text))
                for words, typed, text in (
                    ("many hits", "dan+van+kheo", "dân vận khéo"), ("few hits", "dot+9999", "đợt 9999"),
                    ("no hit", "khong+co+dau", "không có đâu"),
                )
            ),
            self.page("home, director", self.director, home, bare(
                CLASSES.format(group="lead_unit_id,", where="GROUP BY lead_unit_id"), PAPERS, NEWS), None),
            self.page("home, head of a unit", self.head, home, bare(
                CLASSES.format(group="", where="AND lead_unit_id = %(unit)s"), WAITING.format(who=UNITS), PAPERS, NEWS,
            ), None),
            self.page("home, officer", self.officer, home, bare(
                CLASSES.format(group="", where="AND officer_id = %(officer)s"), WAITING.format(who=MINE), NEWS), None),
            self.counts(),
        ]  # fmt: skip

    def bare(self, *statements: str, **values: Any) -> Callable[[], None]:
        return sql(*FRAME, *statements, **self.values | values)

    def bare_text(self, text: str) -> Callable[[], None]:
        where = "t.organisation_id = %(organisation)s AND t.search LIKE f_norm(%(like)s) AND t.state <> 'planned'"
        return self.bare(ROWS.format(where=where), COUNT.format(where=where), like=f"%{text}%")

    def far_cursor(self) -> tuple[str, int]:
        """The row before the 500th page of the unit's list, or before its last full page when it is shorter."""
        from campaigns.models import Task

        rows = Task.objects.filter(lead_unit=self.unit).order_by("due_on", "id")
        offset = min(499 * PAGE, rows.count() // PAGE * PAGE - PAGE)
        before = rows[offset - 1]
        return f"{before.due_on:%Y-%m-%d}_{before.pk}", offset

    def counts(self) -> Cost:
        """Not a page: the counting of an organisation's tasks by deadline class."""
        from campaigns import workdays
        from campaigns.models import Task
        from campaigns.queries import by_unit

        tasks = Task.objects.visible_to(self.director).given().open()
        calendar, on = workdays.load(), self.values["on"]
        with timed_queries() as queries:
            whole = least_of(lambda: by_unit(tasks, on, calendar, names=False), self.rounds)
        plain = least_of(lambda: [tasks.overdue(on).count(), tasks.due_today(on).count(), tasks.count()], self.rounds)
        bare = least_of(self.bare(CLASSES.format(group="", where="")), self.rounds)
        return Cost("counts by deadline class", 1, min(queries), whole, bare, plain)


def measure(tasks: int, rounds: int) -> dict[str, Any]:
    """Fill a database of its own with `tasks` and measure; in this process."""
    from benchmarks.pages import database, settle

    with database():
        from django.core.management import call_command

        began = time.perf_counter()
        call_command("scale_data", tasks=tasks, stdout=sys.stderr)
        filled = time.perf_counter() - began
        settle()
        return {"filled": filled, "costs": [asdict(cost) for cost in Measured(rounds).costs()]}


def is_good(small: Cost, large: Cost) -> list[str]:
    """The goals that a page misses at the larger size."""
    missed = []
    if not large.name.startswith(("home", "counts")) and large.answer > MOST_GROWTH * small.answer:
        missed.append(f"grows {large.answer / small.answer:.1f} ×")
    if large.queries > MOST_QUERIES:
        missed.append(f"{large.queries} queries")
    if large.database > MOST_OF_BARE * large.bare:
        missed.append(f"{large.database / large.bare:.1f} × bare")
    if large.name.startswith("search") and large.database > MOST_SEARCH:
        missed.append(f"{large.database:.0f} ms")
    return missed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs=2, default=SIZES, metavar=("SMALL", "LARGE"))
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.rounds)))
        return 0
    found = []
    for size in options.sizes:
        command = [sys.executable, __file__, "--one", str(size), "--rounds", str(options.rounds)]
        found.append(json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, env=os.environ).stdout))
        print(f"{size} tasks written in {found[-1]['filled']:.0f} s")
    heads = ("page", "queries", "database ms", "answer ms", "bare SQL ms", "plain list ms", "missed")
    print(f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
    missed: list[str] = []
    for before, after in zip(*([Cost(**row) for row in run["costs"]] for run in found), strict=True):
        misses = is_good(before, after)
        missed += misses
        pairs = [(before.database, after.database), (before.answer, after.answer), (before.bare, after.bare),
                 (before.plain, after.plain)]  # fmt: skip
        cells = " | ".join(f"{small:.1f} → {large:.1f}" for small, large in pairs)
        print(f"| {after.name} | {after.queries} | {cells} | {', '.join(misses)} |")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
