"""What follows from new passwords of signers, from mails that cannot be delivered, from letters of correction."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from audit import log
from documents import corrections, events
from documents.messages import LinkFailed, PasswordReset
from documents.models import Correction, Document
from documents.signals import document_issued
from notifications.models import Letter
from notifications.send import send
from notifications.signals import letter_failed
from units.models import Appointment, User
from units.permissions import roles_with
from units.signals import password_reset


@receiver(password_reset)
def tell_of_a_new_password(sender: object, *, user: User, by: Appointment, at: datetime, **_more: Any) -> None:
    """Who can sign is not given a new password in silence: the person and the clerks are told (ADR 0015)."""
    signing = Appointment.objects.filter(user=user, role__in=roles_with("documents.sign"))
    for post in signing.current(timezone.localdate(at)).with_people().order_by("id")[:1]:
        send(PasswordReset(post, by), at=at)


@receiver(letter_failed)
def tell_of_a_lost_letter(sender: object, *, letter: Letter, at: datetime, **_more: Any) -> None:
    """A recipient outside did not get the link: the clerk finds it on the file's page and is told."""
    for link in letter.links.select_related("recipient__document__organisation", "letter"):
        words = {"place": link.recipient.text, "email": link.email, "reason": letter.problem}
        log.record(events.LINK_FAILED, link.recipient.document, by=None, at=at, **words)
        send(LinkFailed(link), at=at)


@receiver(document_issued)
def note_a_correction(sender: object, *, document: Document, by: Appointment, at: datetime, **_more: Any) -> None:
    """The history of a corrected file names the letter once that is issued."""
    if document.type == corrections.TYPE:
        correction = Correction.objects.select_related("corrects").get(document=document)
        words = {"code": document.code, "day": f"{document.issued_on:%d/%m/%Y}"}
        log.record(events.CORRECTED, correction.corrects, by=by, at=at, **words)
