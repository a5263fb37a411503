"""One deadline pass: rows first (once for each stage of each task), then one message for each person.

A pass reads the stages of all due dates from `campaigns.deadlines`, inserts what is not there with one statement, and
tells people of the rows that nobody was told of. Passes may be repeated, missed, killed or run side by side.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from campaigns import deadlines, messages, note_reminders, workdays
from campaigns.deadlines import Rules
from campaigns.models import Reminder, Task
from campaigns.states import OPEN, TaskState
from campaigns.workdays import WorkingCalendar
from campaigns.workflow import handover
from notifications.send import send_all
from units.models import Appointment, Unit
from units.permissions import has_permission
from units.roles import Role

REMINDED = [state.value for state in OPEN if state is not TaskState.AWAITING]
"""A reported result waits for the head, who has a message of it; nobody else is late."""

HELPED = [state.value for state in OPEN]
"""While the task is open, its cooperating units owe their parts."""

INSERT = """
WITH stage (due_on, kind, began_on, level) AS (
    SELECT * FROM unnest(%(due)s::date[], %(kinds)s::text[], %(began)s::date[], %(levels)s::int[])
), owed AS (
    SELECT task.id AS task_id, NULL::bigint AS part_id, task.due_on
    FROM campaigns_task AS task
    WHERE task.state = ANY(%(states)s) AND task.due_on <= %(last)s
    UNION ALL
    SELECT part.task_id, part.id, coalesce(part.due_on, task.due_on)
    FROM campaigns_taskunit AS part JOIN campaigns_task AS task ON task.id = part.task_id
    WHERE part.done_at IS NULL AND task.state = ANY(%(helped)s) AND coalesce(part.due_on, task.due_on) <= %(last)s
), added AS (
    INSERT INTO campaigns_reminder (task_id, part_id, kind, "on", level, created_at)
    SELECT owed.task_id, owed.part_id, stage.kind, stage.began_on, stage.level, %(at)s
    FROM owed JOIN stage USING (due_on)
    ORDER BY owed.task_id, owed.part_id
    ON CONFLICT DO NOTHING
    RETURNING kind, level
)
SELECT kind, level, count(*) FROM added GROUP BY kind, level
"""
"""Rows in the order of their ids, so that two passes at once wait for each other instead of locking up."""

FIRST = """
SELECT least(
    (SELECT min(due_on) FROM campaigns_task WHERE state = ANY(%(helped)s)),
    (SELECT min(part.due_on) FROM campaigns_taskunit part JOIN campaigns_task task ON task.id = part.task_id
     WHERE part.done_at IS NULL AND part.due_on IS NOT NULL AND task.state = ANY(%(helped)s)))
"""


def rules() -> Rules:
    """As this installation sets them."""
    head, office, director = settings.DEADLINE_ESCALATION
    return Rules(tuple(settings.DEADLINE_BEFORE), settings.DEADLINE_EVERY, (head, office, director))


def ahead(given: Rules) -> timedelta:
    """Calendar days in which the longest of `before` lies, Tết included."""
    return timedelta(days=2 * max(given.before, default=0) + 26)


@dataclass
class Pass:
    """What one pass did."""

    on: date
    created: Counter[tuple[str, int]] = field(default_factory=Counter)
    told: int = 0

    @property
    def total(self) -> int:
        return self.created.total()


def run(on: date, *, at: datetime) -> Pass:
    """One pass for day `on`, safe to repeat. Tasks of people who left since the last one come back first.

    Directors' notes are called to mind after the tasks.
    """
    handover.return_leavers(on=on, by=None, at=at)
    calendar = workdays.load()
    done = Pass(on, create(on, calendar, at=at))
    done.told = sum(tell(organisation, on, calendar, at=at) for organisation in _organisations())
    done.told += note_reminders.tell(on, on + ahead(rules()), calendar, rules(), at=at)
    return done


def create(on: date, calendar: WorkingCalendar, *, at: datetime) -> Counter[tuple[str, int]]:
    """Insert the reminders of today's stages that are not there yet; how many of each (kind, level)."""
    stages = list(_stages(on, calendar))
    if not stages:
        return Counter()
    values: dict[str, Any] = {
        "at": at,
        "due": [due for due, _stage in stages],
        "kinds": [stage.kind for _due, stage in stages],
        "began": [stage.began_on for _due, stage in stages],
        "levels": [stage.level for _due, stage in stages],
        "states": REMINDED, "helped": HELPED, "last": on + ahead(rules()),
    }  # fmt: skip
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, values)
        return Counter({(kind, level): count for kind, level, count in cursor.fetchall()})


def _stages(on: date, calendar: WorkingCalendar) -> Iterator[tuple[date, deadlines.Stage]]:
    """The stage of every due date on which an open task may fall."""
    given = rules()
    with connection.cursor() as cursor:
        cursor.execute(FIRST, {"helped": HELPED})
        (due,) = cursor.fetchone()
    while due is not None and due <= on + ahead(given):
        stage = deadlines.stage(due, on, calendar, given)
        if stage is not None:
            yield due, stage
        due += timedelta(days=1)


# --- telling ----------------------------------------------------------------------------------------------------------


def _organisations() -> list[Unit]:
    """Organisations with reminders that nobody was told of."""
    waiting = Reminder.objects.filter(told_at__isnull=True).values("task__organisation_id")
    return list(Unit.objects.filter(pk__in=waiting).order_by("id"))


@transaction.atomic
def tell(organisation: Unit, on: date, calendar: WorkingCalendar, *, at: datetime) -> int:
    """Tell the organisation's people of what is new, one message each; returns how many messages."""
    waiting = list(
        Reminder.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(told_at__isnull=True, task__organisation=organisation)
        .select_related("task__lead_unit", "part__unit")
        .order_by("id")
    )
    if not waiting:
        return 0
    posts = list(Appointment.objects.current(on).with_people().filter(unit__organisation=organisation).order_by("id"))
    written = list(_written(waiting, posts, on, calendar))
    send_all(written, at=at)
    Reminder.objects.filter(pk__in=[row.pk for row in waiting]).update(told_at=at)
    return len(written)


def _written(
    waiting: list[Reminder], posts: list[Appointment], on: date, calendar: WorkingCalendar
) -> Iterator[messages.DeadlinesToday]:
    """One message for each post with what concerns it, and the weekly list for the director."""
    mine: dict[int, list[Reminder]] = defaultdict(list)
    by_id = {post.pk: post for post in posts}
    for reminder in waiting:
        for post in _concerned(reminder, posts, by_id):
            mine[post.pk].append(reminder)
    for pk, rows in mine.items():
        overdue = [line_of(row) for row in rows if row.kind == Reminder.Kind.OVERDUE]
        due = [line_of(row) for row in rows if row.kind != Reminder.Kind.OVERDUE]
        kind = messages.DeadlinesPassed if overdue else messages.DeadlinesToday
        yield kind(by_id[pk], overdue=overdue, due=due, on=on, key=f"{on.isoformat()}:{pk}:{rows[-1].pk}")
    yield from _weekly(posts, on, calendar)


def line_of(reminder: Reminder) -> messages.Line:
    """What a message says of one reminder."""
    task, part = reminder.task, reminder.part
    if part is None:
        return messages.Line(task.pk, task.text, task.due_on, task.lead_unit.name)
    return messages.Line(task.pk, task.text, part.due_on or task.due_on, part.unit.name, is_part=True)


def _concerned(reminder: Reminder, posts: Iterable[Appointment], by_id: dict[int, Appointment]) -> list[Appointment]:
    """Officer → head (overdue 1) → office (overdue 3); the director reads the weekly list.

    A cooperating unit is called to mind by its heads, then by the office.
    Without an officer who still holds the post the heads are told from the start; what came back is the office's.
    """
    task = reminder.task
    if reminder.part is not None:
        return [
            post for post in posts
            if has_permission(post, "campaigns.task.accept", reminder.part.unit)
            or (reminder.level >= 2 and post.role == Role.OFFICE)
        ]  # fmt: skip
    officer = by_id.get(task.officer_id or 0)
    told = [officer] if officer else []
    if reminder.level >= 1 or officer is None:
        told += [post for post in posts if has_permission(post, "campaigns.task.accept", task.lead_unit)]
    if reminder.level >= 2 or task.state == TaskState.HANDED_BACK:
        told += [post for post in posts if post.role == Role.OFFICE]
    return list({post.pk: post for post in told}.values())


def _weekly(posts: list[Appointment], on: date, calendar: WorkingCalendar) -> Iterator[messages.RedSpots]:
    """The director's list of tasks that are long late: once a week, with the week's first pass on a working day."""
    directors = [post for post in posts if post.role == Role.DIRECTOR]
    if not directors or not calendar.is_working(on):
        return
    late = list(
        Task.objects.filter(organisation_id=directors[0].organisation_id, state__in=REMINDED)
        .filter(due_on__lte=calendar.add(on, -rules().escalation[2]))
        .select_related("lead_unit")
        .order_by("due_on", "id")[:200]
    )
    year, week, _day = on.isocalendar()
    lines = [messages.Line(task.pk, task.text, task.due_on, task.lead_unit.name) for task in late]
    for post in directors if late else ():
        yield messages.RedSpots(post, overdue=lines, due=[], on=on, key=f"week:{year}-{week:02}:{post.pk}")


def run_today() -> Pass | None:
    """What beat calls: today's pass, on working days."""
    now = timezone.now()
    today = timezone.localdate(now)
    return run(today, at=now) if workdays.load().is_working(today) else None
