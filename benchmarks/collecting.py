"""Collecting a month's report of one organisation beside the bare SQL: python benchmarks/collecting.py

20 units × 2,000 tasks of `scale_data` in a temporary PostgreSQL, two entries a task, each with two figures, ten models
a unit, all parts sent, and a report of the month before to compare with. The bare SQL fetches the same facts by
statements written by hand, through psycopg2 alone: no object, no JSON. Both run in turn; medians in milliseconds. The
goal: collecting takes at most three times as long. Compiling (collect, freeze, draft, store) and composing the official
text come after it.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
UNITS, TASKS_A_UNIT, MODELS_A_UNIT = 20, 2000, 10
MOST = 3.0

FILL = """
UPDATE campaigns_task SET field = (ARRAY['leadership', 'reform', 'democracy', 'citizens', 'skilful', 'social', 'other'])
    [id %% 7 + 1];
UPDATE campaigns_progressentry SET text = 'Đã tổ chức buổi tuyên truyền, đối thoại thứ ' || id
    || ' với người dân tại cơ sở, tiếp nhận các ý kiến, kiến nghị và chuyển đơn vị có trách nhiệm giải quyết';
INSERT INTO campaigns_progressfigure (entry_id, indicator_id, value)
SELECT e.id, i.id, e.id %% 40 + 1 FROM campaigns_progressentry e
JOIN (SELECT id, row_number() OVER (ORDER BY id) AS place, count(*) OVER () AS many FROM campaigns_indicator
      WHERE rollup IN ('sum', 'last')) i ON i.place IN (e.id %% i.many + 1, (e.id + 5) %% i.many + 1);
INSERT INTO reports_skilfulmodel (organisation_id, unit_id, name, area, bearer, place, starts_on, results, registration,
    recognition, version, created_at, created_by_id)
SELECT u.organisation_id, u.id, 'Mô hình số ' || n, 'culture', 'collective', 'Phường Trung Tâm', DATE '2020-01-01',
    'Được người dân hưởng ứng, đã nhân rộng', 'kept', 'unit', 1, now(), (SELECT min(id) FROM units_appointment)
FROM units_unit u, generate_series(1, %(models)s) n WHERE u.kind = 'department';
"""

ASSIGNED = """
organisation_id = %(organisation)s AND state NOT IN ('planned', 'withdrawn')
AND assigned_at < (%(ends)s::date + 1)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh'
AND NOT (state = 'done' AND finished_on < %(starts)s)
"""
OPEN = "(state <> 'done' OR finished_on > %(ends)s)"
LATE = f"{OPEN} AND due_on <= %(over)s AND state <> 'paused' AND (state <> 'awaiting' OR finished_on > due_on)"
WHY = """
coalesce(nullif(t.reason, ''), (SELECT x.reason FROM campaigns_extensionrequest x WHERE x.task_id = t.id
         ORDER BY x.id DESC LIMIT 1), '')
"""
BARE = (
    f"""
    SELECT t.lead_unit_id, u.name, array_agg(t.id ORDER BY t.id),
        array_agg(t.id ORDER BY t.id) FILTER (WHERE is_done AND coalesce(finished_on <= least(due_on, original_due_on),
                                                                         true)),
        array_agg(t.id ORDER BY t.id) FILTER (WHERE is_done AND finished_on <= due_on
                                              AND finished_on > original_due_on),
        array_agg(t.id ORDER BY t.id) FILTER (WHERE is_done AND finished_on > due_on),
        array_agg(t.id ORDER BY t.id) FILTER (WHERE is_late),
        array_agg(t.id ORDER BY t.id) FILTER (WHERE NOT is_done AND is_late IS NOT TRUE)
    FROM (SELECT id, lead_unit_id, due_on, original_due_on, finished_on, NOT {OPEN} AS is_done, {LATE} AS is_late
          FROM campaigns_task WHERE {ASSIGNED}) t
    JOIN units_unit u ON u.id = t.lead_unit_id GROUP BY t.lead_unit_id, u.name, u.position
    ORDER BY u.position, t.lead_unit_id
    """,
    f"""
    SELECT t.id, u.name, t.text, t.due_on, {WHY}
    FROM (SELECT * FROM campaigns_task WHERE {ASSIGNED} AND {LATE}) t JOIN units_unit u ON u.id = t.lead_unit_id
    ORDER BY t.due_on, t.id
    """,
    f"""
    SELECT t.id, u.name, t.text, t.due_on, {WHY} FROM campaigns_task t JOIN units_unit u ON u.id = t.lead_unit_id
    WHERE t.organisation_id = %(organisation)s AND t.due_on > %(ends)s AND t.due_on <= %(next)s
    AND t.state IN ('assigned', 'accepted', 'in_progress', 'awaiting', 'handed_back', 'redo')
    ORDER BY t.due_on, t.id
    """,
    """
    SELECT f.indicator_id, i.code, i.rollup, i."group", i.name, i.measure, i.numerator_id, i.denominator_id,
        i.incoming_id, i.outgoing_id, c.unit_id, u.name, f.computed, f.value, f.reason, f.sources
    FROM reports_contributionfigure f JOIN reports_contribution c ON c.id = f.contribution_id
    JOIN campaigns_indicator i ON i.id = f.indicator_id JOIN units_unit u ON u.id = c.unit_id
    WHERE c.period_id = %(period)s AND c.state = 'confirmed' ORDER BY i.position, i.id, u.position, c.id
    """,
    """
    SELECT l.section, c.unit_id, u.name, l.text, l.entry_id FROM reports_contributionline l
    JOIN reports_contribution c ON c.id = l.contribution_id JOIN units_unit u ON u.id = c.unit_id
    WHERE c.period_id = %(period)s AND c.state = 'confirmed' ORDER BY l.section, u.position, c.id, l.position, l.id
    """,
    """
    SELECT m.id, m.name, m.area, m.bearer, u.name, m.place, m.starts_on, m.results, m.registration, m.recognition
    FROM reports_skilfulmodel m JOIN units_unit u ON u.id = m.unit_id WHERE m.organisation_id = %(organisation)s
    AND m.starts_on <= %(ends)s AND (m.ends_on IS NULL OR m.ends_on >= %(starts)s) ORDER BY u.position, m.name, m.id
    """,
    """
    SELECT u.name, c.state FROM reports_contribution c JOIN units_unit u ON u.id = c.unit_id
    WHERE c.period_id = %(period)s AND c.merged_into_id IS NULL ORDER BY u.position, c.id
    """,
    """
    SELECT r.id, f.indicator_id, f.value FROM reports_report r JOIN reports_period p ON p.id = r.period_id
    JOIN documents_document d ON d.id = r.document_id JOIN reports_frozenfigure f ON f.report_id = r.id
    WHERE p.profile_id = %(profile)s AND p.number = 0 AND d.state NOT IN ('discarded', 'recalled')
    AND (p.year, p.month) IN (%(before)s, %(year_before)s)
    """,
)


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


class House:
    """The organisation with everything that a report is made of."""

    def __init__(self) -> None:
        from django.db import connection
        from django.utils import timezone

        from portal import scale
        from reports.defaults import ensure_indicators, ensure_profile
        from units.models import Appointment, Unit, User
        from units.roles import Role

        self.at = timezone.now()
        self.on = timezone.localdate(self.at)
        size = scale.Size(UNITS * TASKS_A_UNIT, a_unit=TASKS_A_UNIT)
        scale.fill(size, on=self.on.isoformat(), say=lambda _words: None)
        ensure_indicators()
        with connection.cursor() as cursor:
            cursor.execute(FILL, {"models": MODELS_A_UNIT})
        organisation = Unit.objects.organisations().get()
        person = User.objects.create(username="van-phong", full_name="Văn phòng thử tải")
        self.office = Appointment.objects.create(
            user=person,
            unit=organisation,
            role=Role.OFFICE,
            title="Chuyên viên",
            starts_on=self.on - timedelta(days=400),
        )
        self.profile = ensure_profile(organisation, recipient=None)

    def sent(self, year: int, month: int) -> Any:
        """The month opened, every part of it filled and sent."""
        from reports import contributions, workflow
        from units.models import Appointment

        period = workflow.open_period(profile=self.profile, year=year, month=month, by=None, at=self.at)
        heads = {post.unit_id: post for post in Appointment.objects.filter(role="unit_head")}
        for part in period.contributions.all():
            contributions.confirm(contribution=part, version=part.version, by=heads[part.unit_id], at=self.at)
        return period

    def compiled(self, period: Any) -> Any:
        from reports import workflow

        return workflow.compile(period=period, by=self.office, at=self.at)


def bare(house: House, period: Any) -> Callable[[], list[int]]:
    """The facts of `period` by hand; how many rows each statement gave."""
    from django.db import connection

    from reports.periods import following_end, months_before

    year, month = period.year, period.month
    values = {
        "organisation": house.profile.organisation_id, "profile": house.profile.pk, "period": period.pk,
        "starts": period.starts_on, "ends": period.ends_on, "over": min(period.ends_on, house.on - timedelta(days=1)),
        "next": following_end(period.kind, year, month, house.profile.first_day),
        "before": months_before(year, month, 1), "year_before": months_before(year, month, 12),
    }  # fmt: skip

    def run() -> list[int]:
        with connection.cursor() as cursor:
            raw, found = cursor.cursor, []
            for statement in BARE:
                raw.execute(statement, values)
                found.append(len(raw.fetchall()))
        return found

    return run


def check(found: Any, rows: list[int]) -> None:
    """Both sides tell the same facts, or the comparison is worth nothing."""
    shares = sum(len(figure.by_unit) for figure in found.figures)
    units = len(found.confirmed_units) + len(found.missing_units)
    ours = [
        len(found.units),
        len(found.overdue),
        len(found.upcoming),
        shares,
        len(found.lines),
        len(found.models),
        units,
    ]
    assert ours == rows[:-1], (ours, rows)
    assert min(ours) > 0, ours


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    from benchmarks.lists import timed_queries
    from benchmarks.pages import database, settle

    with database():
        from reports.collect import collect
        from reports.compose import compose
        from reports.periods import Kind, ending, months_before

        house = House()
        last = months_before(*ending(Kind(house.profile.kind), house.on, house.profile.first_day), 1)
        house.compiled(house.sent(*months_before(*last, 1)))
        period = house.sent(*last)
        settle()
        by_hand = bare(house, period)
        check(collect(period, on=house.on), rows := by_hand())
        print(f"rows: {', '.join(map(str, rows))}", flush=True)
        with timed_queries() as queries:
            collect(period, on=house.on)
        pairs = [(timed(by_hand), timed(lambda: collect(period, on=house.on))) for _run in range(options.runs)]
        theirs, ours = (statistics.median(side) for side in zip(*pairs, strict=True))
        compiling = statistics.median([timed(lambda: house.compiled(period)) for _run in range(options.runs)])
        document = house.compiled(period).document
        composing = statistics.median([timed(lambda: compose(document)) for _run in range(options.runs)])
    print("| work | milliseconds | queries | ÷ bare SQL |\n|---|---|---|---|")
    print(f"| bare SQL | {theirs:.0f} | {len(BARE)} | |")
    print(f"| collect | {ours:.0f} | {len(queries)} ({sum(queries):.0f} ms) | {ours / theirs:.2f} |")
    print(f"| compile | {compiling:.0f} | | {compiling / theirs:.2f} |")
    print(f"| compose | {composing:.0f} | | {composing / theirs:.2f} |")
    return 0 if ours <= MOST * theirs else 1


if __name__ == "__main__":
    sys.exit(main())
