"""Directors' notes with a time limit, in the same pass and by the same stages as tasks (NĐ 30/2020 Điều 23.2).

No rows of their own: a message's key names the note and the stage, and the database keeps one message a key and person.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction

from campaigns import deadlines
from campaigns.deadlines import Rules
from campaigns.workdays import WorkingCalendar
from directives import messages
from directives.models import DirectiveNote
from notifications.models import Message
from notifications.send import send_all
from units.models import Appointment
from units.permissions import has_permission
from units.roles import Role

CARRY_OUT = "directives.note.carry_out"


def tell(on: date, until: date, calendar: WorkingCalendar, rules: Rules, *, at: datetime) -> int:
    """Tell of the notes that are due by `until` or late on `on`, each stage once; how many people are told."""
    due = {message.dedupe_key(): message for message in _due(on, until, calendar, rules)}
    if not due:
        return 0
    told = Message.objects.filter(dedupe_key__in=due).values_list("dedupe_key", flat=True)
    fresh = due.keys() - set(told)
    with transaction.atomic():
        return send_all([message for key, message in due.items() if key in fresh], at=at)


def _due(on: date, until: date, calendar: WorkingCalendar, rules: Rules) -> Iterator[messages.NoteDue]:
    notes = DirectiveNote.objects.open().filter(due_on__lte=until).order_by("due_on", "id")
    waiting = list(notes.select_related("directive__kind", "lead_unit__organisation"))
    posts = _posts({note.directive.organisation_id for note in waiting}, on)
    for note in waiting:
        assert note.due_on is not None  # the filter
        stage = deadlines.stage(note.due_on, on, calendar, rules)
        if stage is not None:
            told = [post for post in posts[note.directive.organisation_id] if _concerns(post, note, stage.level)]
            kind = messages.NoteOverdue if stage.kind == "overdue" else messages.NoteDue
            yield kind(note, told, stage=f"{stage.kind}:{stage.began_on.isoformat()}")


def _posts(organisations: set[int], on: date) -> dict[int, list[Appointment]]:
    found: dict[int, list[Appointment]] = defaultdict(list)
    rows = Appointment.objects.current(on).with_people().filter(unit__organisation__in=organisations)
    for post in rows.order_by("id") if organisations else ():
        found[post.organisation_id].append(post)
    return found


def _concerns(post: Appointment, note: DirectiveNote, level: int) -> bool:
    """The lead unit's heads from the start; the office from its level on; who wrote the note at the last."""
    if has_permission(post, CARRY_OUT, note.lead_unit):
        return True
    return (level >= 2 and post.role == Role.OFFICE) or (level >= 3 and post.pk == note.noted_by_id)
