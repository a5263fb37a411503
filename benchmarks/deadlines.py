"""One deadline pass over many tasks beside the bare SQL in psql: python benchmarks/deadlines.py --tasks 1000000

Data of `scale_data` in a temporary PostgreSQL that goes with this process. The goal: writing a pass's reminders takes
at most three times as long as the same statement typed into psql. Telling people comes after it and is measured apart.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MOST = 3.0

BARE = """
INSERT INTO campaigns_reminder (task_id, part_id, kind, "on", level, created_at)
SELECT owed.task_id, owed.part_id, s.kind, s.began_on, s.level, now()
FROM (
    SELECT id AS task_id, NULL::bigint AS part_id, due_on FROM campaigns_task
    WHERE state IN ('assigned', 'accepted', 'in_progress', 'handed_back', 'redo')
    UNION ALL
    SELECT p.task_id, p.id, coalesce(p.due_on, t.due_on) FROM campaigns_taskunit p JOIN campaigns_task t
    ON t.id = p.task_id WHERE p.done_at IS NULL
    AND t.state IN ('assigned', 'accepted', 'in_progress', 'awaiting', 'handed_back', 'redo')
) owed JOIN bench_stage s ON s.due_on = owed.due_on
ON CONFLICT DO NOTHING
"""


def psql(sql: str) -> float:
    """Milliseconds that psql's own clock says for the last statement."""
    database = os.environ["DATABASE_URL"]
    from django.db import connection

    parts = connection.settings_dict
    command = ["psql", "-X", "-q", "-h", parts["HOST"], "-U", parts["USER"], "-d", parts["NAME"], "-c", "\\timing on"]
    assert database
    said = subprocess.run([*command, "-c", sql], capture_output=True, text=True, check=True).stdout
    return float(said.rsplit("Time:", 1)[1].split()[0])


def empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE campaigns_reminder")


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def memory() -> int:
    """Most megabytes this process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def stages(on: date) -> None:
    """The day's stages as a table, for psql."""
    from django.db import connection

    from campaigns import reminders, workdays

    rows = [
        (due, stage.kind, stage.began_on, stage.level) for due, stage in reminders._stages(on, workdays.load())
    ]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_stage")
        cursor.execute("CREATE TABLE bench_stage (due_on date, kind text, began_on date, level int)")
        cursor.executemany("INSERT INTO bench_stage VALUES (%s, %s, %s, %s)", rows)
        cursor.execute("ANALYZE bench_stage")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    from benchmarks.pages import database

    with database():
        from django.utils import timezone

        from campaigns import reminders, workdays
        from campaigns.models import Reminder
        from portal import scale

        now = timezone.now()
        on = timezone.localdate(now)
        print(f"data of {options.tasks} tasks: ", end="", flush=True)
        filled = timed(lambda: scale.fill(scale.Size(options.tasks), on=on.isoformat(), say=lambda _words: None))
        print(f"{filled / 1000:.0f} s")
        calendar = workdays.load()
        stages(on)
        bare, ours = [], []
        for _run in range(options.runs):
            empty()
            bare.append(psql(BARE))
            rows = Reminder.objects.count()
            empty()
            ours.append(timed(lambda: reminders.create(on, calendar, at=now)))
            assert Reminder.objects.count() == rows
        again = timed(lambda: reminders.create(on, calendar, at=now))
        before = memory()
        told = timed(lambda: reminders.run(on, at=now))
        repeated = timed(lambda: reminders.run(on, at=now))
        following = on + timedelta(days=1)
        next_day = timed(lambda: reminders.run(following, at=now + timedelta(days=1)))
        ratio = statistics.median(ours) / statistics.median(bare)
        print(f"{'rows written':<44}{rows:>12}")
        print(f"{'bare SQL in psql, ms (median)':<44}{statistics.median(bare):>12.0f}")
        print(f"{'rows of a pass, ms (median)':<44}{statistics.median(ours):>12.0f}")
        print(f"{'ratio':<44}{ratio:>12.2f}")
        print(f"{'the same again, nothing new, ms':<44}{again:>12.0f}")
        print(f"{'telling everybody of a first pass, s':<44}{told / 1000:>12.1f}")
        print(f"{'a whole pass with nothing new, ms':<44}{repeated:>12.0f}")
        print(f"{'a whole pass of the next day, s':<44}{next_day / 1000:>12.1f}")
        print(f"{'peak memory, MB: rows written / all told':<44}{f'{before} / {memory()}':>12}")
    return 0 if ratio <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
