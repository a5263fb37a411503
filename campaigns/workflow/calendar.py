"""The administrator's word on single days. Deadlines, reminders and mails follow it from the next look on."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from campaigns import events, permissions
from campaigns.models import CalendarDay
from units.models import Appointment
from units.permissions import NotAllowed


@transaction.atomic
def set_day(
    *, day: date, is_working: bool, note: str, decision: str, by: Appointment, at: datetime
) -> CalendarDay:
    """Make `day` a day off or a working one, by a decision that is named; a second word on it replaces the first."""
    permissions.check_calendar(by, at=at)
    if not note.strip() or not decision.strip():
        raise NotAllowed(_("Hãy ghi lý do và văn bản làm căn cứ."))
    values = {"is_working": is_working, "note": note.strip(), "decision": decision.strip()}
    row, _made = CalendarDay.objects.update_or_create(day=day, defaults=values)
    kind = _("ngày làm việc") if is_working else _("ngày nghỉ")
    log.record(events.CALENDAR_DAY_SET, row, by=by, at=at, day=f"{day:%d/%m/%Y}", kind=kind, note=f"{note}, {decision}")
    return row


@transaction.atomic
def remove_day(*, row: CalendarDay, by: Appointment, at: datetime) -> None:
    """Take the word back: the day is what law and weekday make it."""
    permissions.check_calendar(by, at=at)
    row = CalendarDay.objects.select_for_update().get(pk=row.pk)
    log.record(events.CALENDAR_DAY_REMOVED, row, by=by, at=at, day=f"{row.day:%d/%m/%Y}")
    row.delete()
