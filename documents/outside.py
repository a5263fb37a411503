"""Files that go to people without an account: a personal link by mail, what is done on its page, and its end.

The secret of a link is made of a random salt and SECRET_KEY; the table keeps its hash.
"""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import models, transaction
from django.utils.translation import gettext as _

from audit import log
from documents import addresses, events, messages, receipts
from documents.models import Document, OutsideAddress, OutsideLink, Recipient, rules_of
from documents.states import PUBLISHED, DocumentState
from notifications import letters
from notifications.models import secret_of
from notifications.send import send
from units import permissions
from units.models import Appointment
from units.permissions import NotAllowed

PERMISSION = "documents.issue"
PAGE = "documents:outside"
MAILS = {DocumentState.RECALLED: messages.OutsideRecalled, DocumentState.REPLACED: messages.OutsideReplaced}


def hash_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


# --- sending ----------------------------------------------------------------------------------------------------------
def send_links(document: Document, *, by: Appointment, at: datetime) -> None:
    """A link and a mail for every recipient outside; in the transaction of the issue (Điều 18.1)."""
    lines = document.recipients.filter(outside__isnull=False).select_related("outside").order_by("position")
    for line in lines:
        line.document = document
        _send_new(line, by=by, at=at)


def tell_all(document: Document, *, by: Appointment, at: datetime) -> None:
    """Every recipient outside hears that the file was recalled or replaced (Điều 18.3, 18.4).

    The page says so from now on; one that has expired opens again. Who had the link revoked is not written to.
    """
    for link in _links().filter(recipient__document=document, revoked_at=None).order_by("id"):
        link.recipient.document = document
        link.expires_at = max(link.expires_at, at + _lifetime(document))
        _post(link, at=at)


def _links() -> "models.QuerySet[OutsideLink]":
    return OutsideLink.objects.select_related("recipient__document__organisation", "recipient__outside", "letter")


def _lifetime(document: Document) -> timedelta:
    return timedelta(days=rules_of(document.organisation).link_days)


def _send_new(line: Recipient, *, by: Appointment, at: datetime) -> OutsideLink:
    """A new link to the address that the book has now, and its mail."""
    assert line.outside is not None
    salt = secrets.token_hex(16)
    link = OutsideLink(
        recipient=line, email=line.outside.email, salt=salt, secret_hash=hash_of(secret_of(salt)), created_at=at,
        created_by=by, expires_at=at + _lifetime(line.document),
    )  # fmt: skip
    _post(link, at=at)
    log.record(events.LINK_SENT, line.document, by=by, at=at, place=line.text, email=link.email)
    return link


def _post(link: OutsideLink, *, at: datetime) -> None:
    """Store the mail that fits the file's state; one that has not left yet is not sent any more. Saves the link."""
    if link.letter is not None:
        letters.stop(link.letter)
    words = MAILS.get(DocumentState(link.recipient.document.state), messages.OutsideIssued)(link)
    link.letter = letters.post(words, email=link.email, page=PAGE, salt=link.salt, at=at)
    link.save()


# --- the clerk's acts -------------------------------------------------------------------------------------------------
def _locked(line: Recipient, *, by: Appointment, at: datetime) -> tuple[Recipient, OutsideLink | None]:
    """The line of a published file, locked, and its link that is not revoked."""
    found = Recipient.objects.select_for_update(of=("self",)).select_related("document__organisation", "outside")
    line = found.get(pk=line.pk)
    permissions.check(by, PERMISSION, at=at, unit=line.document.organisation)
    if line.outside is None or line.document.state not in PUBLISHED:
        raise NotAllowed(_("Văn bản chưa gửi ra ngoài cổng đến nơi nhận này."))
    link = line.links.select_related("letter").filter(revoked_at=None).first()
    if link is not None:
        link.recipient = line
    return line, link


@transaction.atomic
def resend(*, line: Recipient, by: Appointment, at: datetime) -> OutsideLink:
    """The same link once more."""
    line, link = _locked(line, by=by, at=at)
    if link is None or not link.is_open(at) or hash_of(link.secret) != link.secret_hash:
        raise NotAllowed(_("Liên kết đã hết hạn hoặc bị thu hồi. Hãy tạo liên kết mới."))
    _post(link, at=at)
    log.record(events.LINK_RESENT, line.document, by=by, at=at, place=line.text, email=link.email)
    return link


@transaction.atomic
def revoke(*, line: Recipient, by: Appointment, at: datetime) -> None:
    """The link opens nothing any more; a mail that waits does not leave."""
    line, link = _locked(line, by=by, at=at)
    if link is None:
        raise NotAllowed(_("Liên kết này đã được thu hồi."))
    _revoke(link, by=by, at=at)


def _revoke(link: OutsideLink, *, by: Appointment, at: datetime) -> None:
    if link.letter is not None:
        letters.stop(link.letter)
    link.revoked_at, link.revoked_by = at, by
    link.save(update_fields=["revoked_at", "revoked_by"])
    words = {"place": link.recipient.text, "email": link.email}
    log.record(events.LINK_REVOKED, link.recipient.document, by=by, at=at, **words)


@transaction.atomic
def renew(*, line: Recipient, by: Appointment, at: datetime) -> OutsideLink:
    """Another link in place of the one before, to the address that the book has now."""
    line, link = _locked(line, by=by, at=at)
    if link is not None:
        _revoke(link, by=by, at=at)
    return _send_new(line, by=by, at=at)


@transaction.atomic
def correct_address(*, line: Recipient, email: str, by: Appointment, at: datetime) -> OutsideLink:
    """Put the right e-mail into the address book and send a new link there; the link to the wrong one is revoked."""
    line, _link = _locked(line, by=by, at=at)
    assert line.outside is not None
    address = OutsideAddress.objects.select_for_update(of=("self",)).get(pk=line.outside.pk)
    if address.ended_at is None:
        addresses.keep(
            organisation=line.document.organisation, address=address, name=address.name, kind=address.kind,
            email=email, by=by, at=at,
        )  # fmt: skip
    else:
        OutsideAddress.objects.filter(pk=address.pk).update(email=email)
    return renew(line=line, by=by, at=at)


# --- the page of the recipient ----------------------------------------------------------------------------------------
def find(secret: str, *, at: datetime) -> OutsideLink | None:
    """The link with this secret, if it may be opened now. One query."""
    link = _links().select_related("recipient__document__replaced_by").filter(secret_hash=hash_of(secret)).first()
    is_open = link is not None and link.is_open(at) and link.recipient.document.state in PUBLISHED
    return link if is_open else None


@transaction.atomic
def note_opening(*, link: OutsideLink, at: datetime, is_download: bool = False) -> OutsideLink:
    """Count an opening of the page, or note the first download; history has the first opening."""
    locked = _lock(link)
    if is_download:
        locked.downloaded_at = locked.downloaded_at or at
    else:
        is_first = locked.opened_at is None
        locked.openings, locked.opened_at, locked.last_opened_at = locked.openings + 1, locked.opened_at or at, at
        if is_first:
            log.record(events.OUTSIDE_OPENED, locked.recipient.document, by=None, at=at, place=locked.recipient.text)
    locked.save()
    return locked


def _lock(link: OutsideLink) -> OutsideLink:
    return _links().select_for_update(of=("self",)).get(pk=link.pk)


@transaction.atomic
def receive(*, link: OutsideLink, name: str, at: datetime) -> OutsideLink:
    """Somebody of the recipient, by name, confirms receipt; a second time is refused with the first one's date."""
    locked = _lock(link)
    receipts.check_first(locked.received_at, locked.received_name)
    locked.received_at, locked.received_name = at, name
    locked.save()
    words = {"place": locked.recipient.text, "person": name}
    log.record(events.OUTSIDE_RECEIVED, locked.recipient.document, by=None, at=at, **words)
    send(messages.ReceivedOutside(locked), at=at)
    return locked


@transaction.atomic
def confirm_deletion(*, link: OutsideLink, name: str, at: datetime) -> OutsideLink:
    """Somebody of the recipient, by name, says that the copies of a recalled file are deleted (Điều 18.4)."""
    locked = _lock(link)
    receipts.check_recalled(locked.recipient.document)
    receipts.check_first(locked.deleted_at, locked.deleted_name)
    locked.deleted_at, locked.deleted_name = at, name
    locked.save()
    words = {"place": locked.recipient.text, "person": name}
    log.record(events.OUTSIDE_DELETED, locked.recipient.document, by=None, at=at, **words)
    return locked
