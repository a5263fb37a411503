"""Directors' notes on documents that came in, on a home page."""

from datetime import date
from urllib.parse import urlencode

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives.models import Directive, DirectiveNote
from portal.dashboard.todo import MOST, Todo
from units.models import Appointment
from units.permissions import has_permission
from units.reading import only_columns


def notes_waiting(by: Appointment, on: date) -> list[Todo]:
    """What directors' notes gave to the unit (its head), or documents that came in and wait for a note (a director).

    One query, none for others.
    """
    if has_permission(by, "directives.note.carry_out", by.unit):
        given = only_columns(
            DirectiveNote.objects.open().led_by(by.unit_id), "text", "due_on", "accepted_at", "directive__code",
            "directive__subject", "directive__kind__abbreviation", "directive__kind__name",
        )  # fmt: skip
        return [_note_todo(note, on) for note in given.order_by(F("due_on").asc(nulls_last=True), "id")[:MOST]]
    if not has_permission(by, "directives.directive.note"):
        return []
    waiting = Directive.objects.visible_to(by).without_note().count()
    text = ngettext(
        "%(count)s văn bản đến chưa có ý kiến chỉ đạo", "%(count)s văn bản đến chưa có ý kiến chỉ đạo", waiting
    ) % {"count": waiting}
    url = f"{reverse('directives:list')}?{urlencode({'work': 'unnoted'})}"
    return [Todo(text=text, url=url, action=_("Xem và ghi ý kiến"), icon="directives")] if waiting else []


def _note_todo(note: DirectiveNote, on: date) -> Todo:
    words = _("Giao chủ trì") if note.accepted_at is None else _("Đang thực hiện")
    due = _("hạn %(day)s") % {"day": f"{note.due_on:%d/%m/%Y}"} if note.due_on else ""
    return Todo(
        text=f"{words}: {note.directive.mention}",
        url=f"{reverse('directives:detail', args=[note.directive_id])}#y-kien",
        action=_("Xem và ký nhận") if note.accepted_at is None else _("Báo kết quả"),
        tone="overdue" if note.due_on and note.due_on < on else "soon",
        icon="directives",
        note=" · ".join(part for part in (note.text[:160], due) if part),
    )
