"""A large made-up data set for measurements: plans, units, tasks and progress in proportion, written set by set in SQL.

Only what lists, counts and deadlines read; no files, no signatures, no history. Never for a database that is in use.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction

UNITS_AN_ORGANISATION = 20
TASKS_A_PLAN = 10
TASKS_A_UNIT = 200
A_LARGE_UNIT = 33
"""Every 33rd plan goes to the first unit of the first organisation: it holds about three tasks in a hundred of all."""

SUBJECTS = (
    "Tuyên truyền Ngày truyền thống công tác dân vận", "Đối thoại với người dân tại cơ sở",
    "Rà soát thủ tục hành chính", "Xây dựng mô hình Dân vận khéo", "Tập huấn tổ công nghệ số cộng đồng",
    "Thăm, tặng quà gia đình chính sách", "Báo cáo kết quả tiếp công dân", "Quán triệt quy chế dân chủ ở cơ sở",
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """How many rows of each kind a number of tasks asks for."""

    tasks: int
    a_unit: int = TASKS_A_UNIT

    @property
    def units(self) -> int:
        return max(UNITS_AN_ORGANISATION, self.tasks // self.a_unit // UNITS_AN_ORGANISATION * UNITS_AN_ORGANISATION)

    @property
    def organisations(self) -> int:
        return self.units // UNITS_AN_ORGANISATION

    @property
    def plans(self) -> int:
        return max(1, self.tasks // TASKS_A_PLAN)


# Ids: organisation o is base+o, unit u of all is base+orgs+u; posts come in the same order, four kinds in a row each.
STEPS: list[tuple[str, str]] = [
    (
        "đơn vị",
        """
        INSERT INTO units_unit (id, parent_id, organisation_id, kind, name, short_name, symbol, position)
        SELECT %(unit)s + o, NULL, %(unit)s + o, 'organisation', 'Sở thử tải số ' || o, 'Sở ' || o, 'STT' || o,
               1000 + o
        FROM generate_series(1, %(orgs)s) o;
        INSERT INTO units_unit (id, parent_id, organisation_id, kind, name, short_name, symbol, position)
        SELECT %(unit)s + %(orgs)s + u, %(unit)s + o, %(unit)s + o, 'department',
               'Phòng ' || n || ' của Sở thử tải ' || o, 'Phòng ' || n, 'P' || n, n
        FROM generate_series(1, %(units)s) u, LATERAL (SELECT (u - 1) / %(per)s + 1 AS o,
               (u - 1) %% %(per)s + 1 AS n) x;
        INSERT INTO units_unitname (unit_id, name, parent_body, symbol, place, starts_on)
        SELECT id, name, 'UBND tỉnh thử tải', symbol, 'Thử Tải', DATE '2020-01-01' FROM units_unit WHERE id > %(unit)s;
        """,
    ),
    (
        "con người và chức vụ",
        """
        INSERT INTO units_user (id, password, username, full_name, email, is_active, is_demo, must_change_password)
        SELECT %(user)s + n, '!', 'thu-tai-' || n, 'Người thử tải ' || n, '', true, true, false
        FROM generate_series(1, %(orgs)s + 2 * %(units)s) n;
        INSERT INTO units_appointment (id, user_id, unit_id, role, title, authority, stands_for, mandate, starts_on)
        SELECT %(post)s + n, %(user)s + n,
               CASE WHEN n <= %(orgs)s THEN %(unit)s + n ELSE %(unit)s + %(orgs)s + (n - %(orgs)s + 1) / 2 END,
               CASE WHEN n <= %(orgs)s THEN 'director' WHEN (n - %(orgs)s) %% 2 = 1 THEN 'unit_head'
                    ELSE 'officer' END,
               CASE WHEN n <= %(orgs)s THEN 'Giám đốc' WHEN (n - %(orgs)s) %% 2 = 1 THEN 'Trưởng phòng'
                    ELSE 'Chuyên viên' END,
               '', '', '', DATE '2020-01-01'
        FROM generate_series(1, %(orgs)s + 2 * %(units)s) n;
        """,
    ),
    (
        "kế hoạch",
        """
        INSERT INTO documents_numberseries (id, organisation_id, kind, year, last_number, used_before, last_date)
        SELECT %(series)s + o, %(unit)s + o, 'KH', 2026, %(plans)s, %(plans)s, DATE '2026-12-31'
        FROM generate_series(1, %(orgs)s) o;
        INSERT INTO documents_document (
            id, type, kind, organisation_id, drafting_unit_id, title, state, version, profile, signer_id,
            created_at, created_by_id, signed_at, signed_by_id, numbered_at, numbered_by_id, issued_at, issued_by_id,
            return_reason, recall_reason, series_id, number, symbol, code, issued_on, parent_body, issuing_body,
            place, signer_authority, signer_position, signer_name)
        SELECT %(document)s + p, 'campaigns.plan', 'KH', %(unit)s + o, %(unit)s + %(orgs)s + (o - 1) * %(per)s + 1,
               'Kế hoạch thử tải số ' || p, 'issued', 1, 'nd30-13', %(post)s + o, t, %(post)s + o, t, %(post)s + o, t,
               %(post)s + o, t, %(post)s + o, '', '', %(series)s + o, p, 'KH-STT' || o, p || '/KH-STT' || o, t::date,
               'UBND tỉnh thử tải', 'Sở thử tải số ' || o, 'Thử Tải', '', 'GIÁM ĐỐC', 'Người thử tải ' || o
        FROM generate_series(1, %(plans)s) p,
             LATERAL (SELECT CASE WHEN p %% %(large)s = 0 THEN 1 ELSE (p - 1) %% %(orgs)s + 1 END AS o,
                             %(on)s::date - (p %% 300) * INTERVAL '1 day' AS t) x;
        INSERT INTO campaigns_plan (id, document_id, opening, closing, year, prints_tasks, extension_decider,
                                    kept_findings)
        SELECT %(plan)s + p, %(document)s + p, '', '', 2026, true, 'office', '{}' FROM generate_series(1, %(plans)s) p;
        """,
    ),
    (
        "nhiệm vụ",
        """
        INSERT INTO campaigns_task (
            id, organisation_id, plan_id, position, text, field, expected_product, lead_unit_id, officer_id, state,
            rhythm, due_on, original_due_on, due_wording, percent, is_supplementary, assigned_at,
               assigned_by_id, accepted_at,
            accepted_by_id, finished_on, done_at, done_by_id, reason)
        SELECT %(task)s + n, %(unit)s + o, %(plan)s + p, n %% %(a_plan)s + 1,
               (%(subjects)s::text[])[h %% 8 + 1] || ' đợt ' || n, 'other', '', lead,
               %(post)s + %(orgs)s + 2 * u, s, '',
               due, due, '', CASE s WHEN 'done' THEN 100 WHEN 'assigned' THEN 0 ELSE h %% 90 END, false,
               %(on)s::date - INTERVAL '200 days', %(post)s + o, %(on)s::date - INTERVAL '190 days',
               %(post)s + %(orgs)s + 2 * u - 1, CASE WHEN s = 'done' THEN due - h %% 5 + 1 END,
               CASE WHEN s = 'done' THEN due + INTERVAL '8 hours' END,
               CASE WHEN s = 'done' THEN %(post)s + %(orgs)s + 2 * u - 1 END, ''
        FROM generate_series(1, %(tasks)s) n,
             LATERAL (SELECT hashtext(n::text) & 1048575 AS h, (n - 1) / %(a_plan)s %% %(plans)s + 1 AS p) a,
             LATERAL (SELECT CASE WHEN p %% %(large)s = 0 THEN 1 ELSE (p - 1) %% %(orgs)s + 1 END AS o) b,
             LATERAL (SELECT (o - 1) * %(per)s + CASE WHEN p %% %(large)s = 0 THEN 0 ELSE h %% %(per)s END + 1
                             AS u) c,
             LATERAL (SELECT %(unit)s + %(orgs)s + u AS lead, %(on)s::date + h %% 361 - 260 AS due,
                      CASE WHEN h %% 361 < 262 AND h %% 50 > 0 THEN 'done' WHEN h %% 7 = 0 THEN 'assigned'
                           ELSE 'in_progress' END AS s) d;
        """,
    ),
    (
        "đơn vị phối hợp",
        """
        INSERT INTO campaigns_taskunit (task_id, unit_id)
        SELECT t.id,
               %(unit)s + %(orgs)s + (t.organisation_id - %(unit)s - 1) * %(per)s + (t.id + k * 7) %% %(per)s + 1
        FROM campaigns_task t, generate_series(1, 2) k WHERE t.id > %(task)s AND (t.id + k) %% 4 > 0
        ON CONFLICT DO NOTHING;
        """,
    ),
    (
        "mục tiến độ",
        """
        INSERT INTO campaigns_progressentry (
            task_id, unit_id, kind, text, percent, happened_on, reported_at, reported_by_id, confirmed_at,
            confirmed_by_id, withdrawal_reason)
        SELECT t.id, t.lead_unit_id, 'progress', 'Đã làm phần ' || k, k * 40, t.due_on - 20 + k,
               t.due_on - INTERVAL '15 days', t.officer_id, t.due_on - INTERVAL '14 days', t.accepted_by_id, ''
        FROM campaigns_task t, generate_series(1, 2) k WHERE t.id > %(task)s AND t.state <> 'assigned';
        """,
    ),
]
SEQUENCES = {
    "unit": "units_unit", "user": "units_user", "post": "units_appointment", "series": "documents_numberseries",
    "document": "documents_document", "plan": "campaigns_plan", "task": "campaigns_task",
}  # fmt: skip
GUARDS = {"campaigns_plan": "campaigns_plan_frozen"}
"""Triggers that refuse what a load writes: plans of issued documents. Off only inside the load's transaction."""


def fill(size: Size, *, on: str, say: Callable[[str], None]) -> None:
    """Write the data set as of day `on` (ISO) in one transaction, then refresh the planner's statistics."""
    with transaction.atomic(), connection.cursor() as cursor:
        bases = {}
        for name, table in SEQUENCES.items():
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
            bases[name] = cursor.fetchone()[0]
        values = bases | {
            "orgs": size.organisations, "units": size.units, "per": UNITS_AN_ORGANISATION, "plans": size.plans,
            "tasks": size.tasks, "a_plan": TASKS_A_PLAN, "large": A_LARGE_UNIT, "on": on, "subjects": list(SUBJECTS),
        }  # fmt: skip
        for table, trigger in GUARDS.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        for words, statements in STEPS:
            cursor.execute(statements, values)
            say(words)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table, trigger in GUARDS.items():
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")
        for table in SEQUENCES.values():
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
