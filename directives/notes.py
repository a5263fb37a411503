"""What a directive asks for and who does it: requirements, the director's note and its follow-up until done."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from directives import events
from directives.citations.reading import nfc
from directives.messages import DirectiveNoted, NoteDone, NoteReturned
from directives.models import Directive, DirectiveNote, Requirement
from directives.register import RECORD
from directives.turns import locked
from notifications.send import send
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed, has_permission

NOTE = "directives.directive.note"
CARRY_OUT = "directives.note.carry_out"


# --- the director's note ----------------------------------------------------------------------------------------------
@transaction.atomic
def note(
    *, directive: Directive, text: str, lead_unit: Unit | None, cooperating_units: list[Unit], due_on: date | None,
    by: Appointment, at: datetime,
) -> DirectiveNote:  # fmt: skip
    """The director's note: who leads, who helps, until when (NĐ 30/2020 Điều 23.2). Their heads are told."""
    permissions.check(by, NOTE, at=at, unit=directive.organisation)
    _check_units(directive, lead_unit, cooperating_units)
    if due_on and lead_unit and due_on < timezone.localdate(at):
        raise NotAllowed(_("Thời hạn không được ở quá khứ."))
    made = DirectiveNote.objects.create(
        directive=directive, text=nfc(text).strip(), lead_unit=lead_unit, due_on=due_on, noted_at=at, noted_by=by
    )
    made.cooperating_units.set(cooperating_units)
    log.record(events.NOTED, directive, by=by, at=at, text=made.text[:300])
    units = [*([lead_unit] if lead_unit else []), *cooperating_units]
    if units:
        send(DirectiveNoted(made, units, by, on=timezone.localdate(at)), at=at)
    return made


def _check_units(directive: Directive, lead_unit: Unit | None, cooperating_units: list[Unit]) -> None:
    if any(unit.organisation_id != directive.organisation_id for unit in [*cooperating_units, lead_unit] if unit):
        raise NotAllowed(_("Chỉ giao cho đơn vị thuộc cơ quan mình."))
    if lead_unit in cooperating_units:
        raise NotAllowed(_("Đơn vị chủ trì không đồng thời là đơn vị phối hợp."))
    if cooperating_units and lead_unit is None:
        raise NotAllowed(_("Hãy chọn đơn vị chủ trì."))


def _held(given: DirectiveNote) -> DirectiveNote:
    """The note, locked until the transaction ends."""
    notes = DirectiveNote.objects.select_for_update(of=("self",))
    return notes.select_related("directive__kind", "lead_unit", "noted_by").get(pk=given.pk)


def may_carry_out(by: Appointment, given: DirectiveNote) -> bool:
    """Is the note given to the post's unit, and may the post answer for it?"""
    return given.lead_unit is not None and has_permission(by, CARRY_OUT, given.lead_unit)


@transaction.atomic
def accept(*, given: DirectiveNote, by: Appointment, at: datetime) -> DirectiveNote:
    """The lead unit signs for the document: "ký nhận" of the incoming register. Twice changes nothing."""
    given = _held(given)
    if given.lead_unit is None:
        raise NotAllowed(_("Ý kiến này không giao cho đơn vị nào."))
    permissions.check(by, CARRY_OUT, at=at, unit=given.lead_unit)
    if given.accepted_at is None:
        given.accepted_at, given.accepted_by = at, by
        given.save(update_fields=["accepted_at", "accepted_by"])
        log.record(events.NOTE_ACCEPTED, given.directive, by=by, at=at, unit=given.lead_unit.name)
    return given


@transaction.atomic
def finish(*, given: DirectiveNote, result: str, by: Appointment, at: datetime) -> DirectiveNote:
    """The lead unit has done what the note asks and says how; who wrote the note is told."""
    given = accept(given=given, by=by, at=at)
    if given.done_at is not None:
        raise NotAllowed(_("Đơn vị đã báo hoàn thành."))
    if not result.strip():
        raise NotAllowed(_("Hãy ghi kết quả thực hiện."))
    given.result, given.done_at, given.done_by = nfc(result).strip(), at, by
    given.save(update_fields=["result", "done_at", "done_by"])
    log.record(events.NOTE_DONE, given.directive, by=by, at=at, unit=str(given.lead_unit), result=given.result[:300])
    send(NoteDone(given, by, on=timezone.localdate(at)), at=at)
    return given


@transaction.atomic
def reopen(*, given: DirectiveNote, reason: str, by: Appointment, at: datetime) -> DirectiveNote:
    """The director is not content: the unit goes on, and its head is told why. What the unit wrote stays in history."""
    given = _held(given)
    permissions.check(by, NOTE, at=at, unit=given.directive.organisation)
    if given.done_at is None:
        raise NotAllowed(_("Đơn vị chưa báo hoàn thành."))
    if not reason.strip():
        raise NotAllowed(_("Hãy ghi lý do."))
    given.done_at, given.done_by = None, None
    given.save(update_fields=["done_at", "done_by"])
    log.record(
        events.NOTE_REOPENED, given.directive, by=by, at=at, unit=str(given.lead_unit), reason=nfc(reason).strip()[:300]
    )
    send(NoteReturned(given, by, on=timezone.localdate(at)), at=at)
    return given


# --- requirements -----------------------------------------------------------------------------------------------------
@transaction.atomic
def save_requirement(
    *, directive: Directive, requirement: Requirement | None, text: str, due_on: date | None, is_done: bool,
    by: Appointment, at: datetime,
) -> Requirement | None:  # fmt: skip
    """Add or change one thing the directive asks for; without words it is taken off the list."""
    permissions.check(by, RECORD, at=at, unit=directive.organisation)
    directive = locked(directive)
    kept = directive.requirements.get(pk=requirement.pk) if requirement else Requirement(directive=directive)
    words = nfc(text).strip()
    if not words and requirement is None:
        raise NotAllowed(_("Hãy ghi yêu cầu."))
    if not words:
        log.record(events.REQUIREMENT_REMOVED, directive, by=by, at=at, text=kept.text[:300])
        kept.delete()
        return None
    kept.text, kept.due_on = words, due_on
    if is_done != (kept.done_at is not None):
        kept.done_at, kept.done_by = (at, by) if is_done else (None, None)
    kept.save()
    log.record(events.REQUIREMENT_SAVED, directive, by=by, at=at, text=kept.text[:300])
    return kept
