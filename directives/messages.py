"""Who is told what of a directive. Words: templates/messages/<name>_{subject,body}.txt."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from directives.models import DirectiveNote
from notifications.base import Notification, Reason
from units.models import Appointment, Unit
from units.roles import Role


class DirectiveNoted(Notification):
    """The heads of the units that a director's note names, lead and cooperating, at once (NĐ 30/2020 Điều 23.2)."""

    name = "directives_noted"
    reason = Reason.ASSIGNED
    at_once = True

    def __init__(self, note: DirectiveNote, units: list[Unit], by: Appointment, *, on: date) -> None:
        self.note = note
        self.directive = note.directive
        self.units = units
        self.by = by
        self.on = on

    def audience(self) -> list[Appointment]:
        heads = Appointment.objects.current(self.on).filter(unit__in=self.units, role__in=[Role.UNIT_HEAD, Role.CHIEF])
        return list(heads.with_people().order_by("id"))

    def url(self) -> str:
        return reverse("directives:detail", args=[self.directive.pk])


class NoteDone(Notification):
    """Who wrote the note, as soon as the lead unit says that it is done."""

    name = "directives_note_done"
    reason = Reason.PROGRESS

    def __init__(self, note: DirectiveNote, by: Appointment, *, on: date) -> None:
        self.note = note
        self.directive = note.directive
        self.by = by
        self.on = on

    def audience(self) -> list[Appointment]:
        return list(Appointment.objects.current(self.on).filter(pk=self.note.noted_by_id).with_people())

    def url(self) -> str:
        return reverse("directives:detail", args=[self.directive.pk])


class NoteDue(Notification):
    """Who answers for a director's note with a time limit, in the morning's digest: it is due soon, or today."""

    name = "directives_note_due"
    reason = Reason.DUE_SOON

    def __init__(self, note: DirectiveNote, posts: Sequence[Appointment], *, stage: str) -> None:
        self.note = note
        self.directive = note.directive
        self.posts = posts
        self.stage = stage

    def audience(self) -> Sequence[Appointment]:
        return self.posts

    def url(self) -> str:
        return reverse("directives:detail", args=[self.directive.pk])

    def dedupe_key(self) -> str:
        return f"note:{self.note.pk}:{self.stage}"


class NoteOverdue(NoteDue):
    """The same people: the time limit has passed. Later the office, then who wrote the note."""

    name = "directives_note_overdue"
    reason = Reason.OVERDUE


class NoteReturned(NoteDone):
    """The heads of the lead unit, at once, when the director wants more done; why stands in the directive's history."""

    name = "directives_note_returned"
    reason = Reason.RETURNED
    at_once = True

    def audience(self) -> list[Appointment]:
        heads = Appointment.objects.current(self.on).filter(
            unit=self.note.lead_unit, role__in=[Role.UNIT_HEAD, Role.CHIEF]
        )
        return list(heads.with_people().order_by("id"))
