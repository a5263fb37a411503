"""The address book: who receives files without being on the portal, and which lines of "Nơi nhận" mean whom."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from documents import events
from documents.models import OutsideAddress, Recipient
from documents.states import BEFORE_SIGNATURE
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed

PERMISSION = "documents.addresses"


def key_of(text: str) -> str:
    """A line of "Nơi nhận" as names are compared: "- Báo Sông Mai (để đưa tin);" → "báo sông mai"."""
    bare = re.sub(r"\(.*?\)", " ", unicodedata.normalize("NFC", text)).strip(" -–+\t.;,")
    return " ".join(bare.split()).casefold()[:300]


def meant_by(texts: Iterable[str], organisation: Unit) -> dict[str, int]:
    """text → the entry of the book that it names exactly. One query."""
    keys = {text: key_of(text) for text in texts}
    book = dict(OutsideAddress.objects.of(organisation).filter(key__in=keys.values()).values_list("key", "pk"))
    return {text: book[key] for text, key in keys.items() if key in book}


@transaction.atomic
def keep(
    *, organisation: Unit, name: str, email: str, kind: str, by: Appointment, at: datetime,
    address: OutsideAddress | None = None,
) -> OutsideAddress:  # fmt: skip
    """Enter a recipient into the book, or change one. Lines of files not signed yet that name it are linked at once.

    Links that were sent keep the address they were sent to.
    """
    permissions.check(by, PERMISSION, at=at, unit=organisation)
    key = key_of(name)
    if not key:
        raise NotAllowed(_("Tên nơi nhận phải có chữ."))
    address = OutsideAddress(organisation=organisation) if address is None else _in_use(address)
    _refuse_second(organisation, key, address)
    address.name, address.key, address.email, address.kind = " ".join(name.split()), key, email, kind
    address.saved_at, address.saved_by = at, by
    is_new = address.pk is None
    address.save()
    _link_drafts(address)
    event = events.ADDRESS_ADDED if is_new else events.ADDRESS_CHANGED
    log.record(event, address, by=by, at=at, place=address.name, email=email)
    return address


@transaction.atomic
def end(*, address: OutsideAddress, by: Appointment, at: datetime) -> OutsideAddress:
    """Take an entry out of the book. Drafts only print the name from now on; what was sent stays as it is."""
    permissions.check(by, PERMISSION, at=at, unit=address.organisation)
    address = _in_use(address)
    address.ended_at, address.ended_by = at, by
    address.save(update_fields=["ended_at", "ended_by"])
    _link_drafts(address)
    log.record(events.ADDRESS_ENDED, address, by=by, at=at, place=address.name)
    return address


def _in_use(address: OutsideAddress) -> OutsideAddress:
    locked = OutsideAddress.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=address.pk)
    if locked.ended_at is not None:
        raise NotAllowed(_("Nơi nhận này đã được bỏ khỏi sổ địa chỉ."))
    return locked


def _refuse_second(organisation: Unit, key: str, address: OutsideAddress) -> None:
    if OutsideAddress.objects.of(organisation).filter(key=key).exclude(pk=address.pk).exists():
        raise NotAllowed(_("Sổ địa chỉ đã có nơi nhận tên này."))
    on_portal = Unit.objects.working().organisations() | Unit.objects.working().filter(organisation=organisation)
    if any(key_of(name) == key for name in on_portal.values_list("name", flat=True)):
        raise NotAllowed(_("Cơ quan, đơn vị này có trên cổng và nhận văn bản ngay tại đây, không cần gửi thư."))


def _link_drafts(address: OutsideAddress) -> None:
    """Lines of files that are not signed yet point to the entry exactly where they name it."""
    lines = Recipient.objects.select_for_update(of=("self", "document")).select_related("document").filter(
        document__organisation=address.organisation, document__state__in=BEFORE_SIGNATURE, unit=None
    )  # fmt: skip
    for line in lines:
        named = address.ended_at is None and key_of(line.text) == address.key
        if named != (line.outside_id == address.pk):
            line.outside = address if named else None
            line.save(update_fields=["outside"])
