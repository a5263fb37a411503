"""What a recipient confirms, each once: that a file came, and that the copies of a recalled one are deleted (NĐ 30/2020
Điều 18.4). One rule for a unit of the portal and for somebody outside.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document
from documents.states import DocumentState
from units.models import Appointment
from units.permissions import NotAllowed


def check_first(before: datetime | None, who: Appointment | str | None) -> None:
    """NotAllowed, with who and when, for what was confirmed `before`."""
    if before is None:
        return
    name = who.person_name if isinstance(who, Appointment) else who
    words = {"name": name, "time": f"{timezone.localtime(before):%H:%M, %d/%m/%Y}"}
    raise NotAllowed(_("%(name)s đã xác nhận lúc %(time)s.") % words)


def check_recalled(document: Document) -> None:
    """NotAllowed for a file whose copies nobody has to delete."""
    if document.state != DocumentState.RECALLED:
        raise NotAllowed(_("Văn bản này không bị thu hồi."))
