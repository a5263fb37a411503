"""What recipients do with a file that was sent to them."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from audit import log
from documents import addresses, events, messages, receipts
from documents.models import Document, Recipient
from documents.states import PUBLISHED
from notifications.send import send
from units import permissions
from units.models import Appointment
from units.permissions import NotAllowed


def set_recipients(document: Document, lines: list[tuple[str, int | None]]) -> None:
    """Replace the lines of "Nơi nhận" by (text, unit id or None). The caller has called workflow.edit before.

    A line that is exactly a name of the address book goes there by mail, even where it resembles a unit's name.
    """
    document.recipients.all().delete()
    outside = addresses.meant_by((text for text, _unit in lines), document.organisation)
    Recipient.objects.bulk_create(
        Recipient(
            document=document, position=position, text=text, outside_id=outside.get(text),
            unit_id=None if text in outside else unit_id,
        )
        for position, (text, unit_id) in enumerate(lines, start=1)
    )  # fmt: skip


def _addressed_to(by: Appointment, document: Document) -> Recipient:
    line = (
        Recipient.objects.select_for_update(of=("self",))
        .filter(document=document, unit_id__in=[by.unit_id, by.organisation_id], document__state__in=PUBLISHED)
        .select_related("document")
        .order_by("id")
        .first()
    )
    if line is None:
        raise NotAllowed(_("Văn bản này không gửi đến đơn vị của bạn."))
    return line


def received_by(by: Appointment) -> QuerySet[Recipient]:
    """The lines that brought issued files to the post's unit, newest first, one for each file."""
    mine = Recipient.objects.filter(unit_id__in={by.unit_id, by.organisation_id}, document__state__in=PUBLISHED)
    first = mine.order_by("document_id", "id").distinct("document_id").values("pk")
    return mine.filter(pk__in=first).select_related("document__organisation").order_by("-document__issued_at", "-id")


def line_for(document: Document, by: Appointment) -> Recipient:
    """The line that brought the file to the post's unit. Recipient.DoesNotExist when none did."""
    units = {by.unit_id, by.organisation_id}
    found = (
        document.recipients.filter(unit_id__in=units)
        .select_related("acknowledged_by__user", "deleted_by__user")
        .order_by("id")
        .first()
    )
    if found is None:
        raise Recipient.DoesNotExist
    return found


@transaction.atomic
def note_opening(*, document: Document, by: Appointment, at: datetime) -> None:
    """Remember the first time someone of the addressed unit opened the file. Later openings change nothing."""
    if line_for(document, by).opened_at is not None:
        return
    line = _addressed_to(by, document)
    if line.opened_at is None:
        line.opened_at = at
        line.save(update_fields=["opened_at"])
        log.record(events.OPENED, document, by=by, at=at)


@transaction.atomic
def acknowledge(*, document: Document, by: Appointment, at: datetime) -> Recipient:
    """Confirm receipt for the addressed unit; a second press is refused with the first one's date."""
    permissions.check(by, "documents.receive", at=at, unit=by.unit)
    line = _addressed_to(by, document)
    receipts.check_first(line.acknowledged_at, line.acknowledged_by)
    line.acknowledged_at, line.acknowledged_by = at, by
    line.opened_at = line.opened_at or at
    line.save()
    log.record(events.ACKNOWLEDGED, document, by=by, at=at)
    send(messages.Acknowledged(document, by), at=at)
    return line


@transaction.atomic
def confirm_deletion(*, document: Document, by: Appointment, at: datetime) -> Recipient:
    """The addressed unit has deleted its copies of a recalled file and says so (NĐ 30/2020 Điều 18.4)."""
    permissions.check(by, "documents.receive", at=at, unit=by.unit)
    line = _addressed_to(by, document)
    receipts.check_recalled(line.document)
    receipts.check_first(line.deleted_at, line.deleted_by)
    line.deleted_at, line.deleted_by = at, by
    line.save()
    log.record(events.COPIES_DELETED, document, by=by, at=at)
    send(messages.CopiesDeleted(document, by), at=at)
    return line
