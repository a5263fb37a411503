"""Directors' notes with a time limit, in the same pass and by the same stages as tasks (NĐ 30/2020 Điều 23.2).

No rows of their own: a message's key names the note and the stage, and the database keeps one message a key and person.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from campaigns import deadlines
from campaigns.deadlines import Rules
from campaigns.workdays import WorkingCalendar
from directives import messages
from directives.models import DirectiveNote
from notifications.models import Message
from notifications.send import send_all
from units.models import Appointment
from units.models.appointment import AppointmentQuerySet
from units.permissions import has_permission, holding
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
    posts = list(_answering(waiting, on)) if waiting else []
    for note in waiting:
        assert note.due_on is not None  # the filter
        stage = deadlines.stage(note.due_on, on, calendar, rules)
        if stage is not None:
            told = [post for post in posts if _concerns(post, note, stage.level)]
            kind = messages.NoteOverdue if stage.kind == "overdue" else messages.NoteDue
            yield kind(note, told, stage=f"{stage.kind}:{stage.began_on.isoformat()}")


def _answering(notes: Sequence[DirectiveNote], on: date) -> AppointmentQuerySet:
    """The posts that hear of any of these notes at some stage: nobody else's is loaded."""
    heads = holding(CARRY_OUT, [note.lead_unit for note in notes if note.lead_unit])
    office = Q(role=Role.OFFICE, unit__organisation__in={note.directive.organisation_id for note in notes})
    authors = Q(pk__in={note.noted_by_id for note in notes})
    return Appointment.objects.current(on).with_people().filter(heads | office | authors).order_by("id")


def _concerns(post: Appointment, note: DirectiveNote, level: int) -> bool:
    """The lead unit's heads from the start; the office from its level on; who wrote the note at the last."""
    if post.organisation_id != note.directive.organisation_id:
        return False
    if has_permission(post, CARRY_OUT, note.lead_unit):
        return True
    return (level >= 2 and post.role == Role.OFFICE) or (level >= 3 and post.pk == note.noted_by_id)
