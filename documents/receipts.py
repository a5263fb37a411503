"""What a recipient confirms, each once: that a file came, and that the copies of a recalled one are deleted (NĐ 30/2020
Điều 18.4). One rule for a unit of the portal, by its post, and for somebody outside, by name.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document, OutsideLink, Recipient
from documents.states import DocumentState
from units.models import Appointment
from units.permissions import NotAllowed

COLUMNS = {
    Recipient: {"receipt": ("acknowledged_at", "acknowledged_by"), "deletion": ("deleted_at", "deleted_by")},
    OutsideLink: {"receipt": ("received_at", "received_name"), "deletion": ("deleted_at", "deleted_name")},
}
Row = Recipient | OutsideLink
Who = Appointment | str


def receive(row: Row, who: Who, *, at: datetime) -> None:
    """The file came. NotAllowed, with who and when, for a second time. The caller holds the lock and saves."""
    _confirm(row, "receipt", who, at)


def delete_copies(row: Row, document: Document, who: Who, *, at: datetime) -> None:
    """The copies of a recalled file are deleted. NotAllowed for another file, and for a second time."""
    if document.state != DocumentState.RECALLED:
        raise NotAllowed(_("Văn bản này không bị thu hồi."))
    _confirm(row, "deletion", who, at)


def _confirm(row: Row, what: str, who: Who, at: datetime) -> None:
    moment, person = COLUMNS[type(row)][what]
    before = getattr(row, moment)
    if before is not None:
        first = getattr(row, person)
        name = first.person_name if isinstance(first, Appointment) else first
        words = {"name": name, "time": f"{timezone.localtime(before):%H:%M, %d/%m/%Y}"}
        raise NotAllowed(_("%(name)s đã xác nhận lúc %(time)s.") % words)
    setattr(row, moment, at)
    setattr(row, person, who)
