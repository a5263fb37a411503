"""A file that goes out to be signed and comes back: to the agent on the officer's machine, or by hand.

A session belongs to one kept file, one post and one step, and is short. The agent has no log-in: two secrets, each good
for one use, stand for the person who opened the session. What comes back goes through the same verbs as a signature
made here (`workflow.sign`, `workflow.issue`), with the same checks. The seal goes on the separate attachments first,
one after another, then on the document, which is issued with it.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from documents import archive, attachments, events, keys, permissions, workflow
from documents.models import (
    Attachment,
    Credential,
    Document,
    Purpose,
    Rendition,
    SessionState,
    SigningSession,
    WayOfSigning,
)
from documents.signing_keys import SigningError
from documents.states import DocumentMove
from documents.ways import SentBack
from units.models import Appointment
from units.permissions import NotAllowed, Outdated

LASTS = {WayOfSigning.AGENT: timedelta(minutes=10), WayOfSigning.ELSEWHERE: timedelta(hours=8)}
MOVES = {Purpose.OFFICER: DocumentMove.SIGN, Purpose.SEAL: DocumentMove.ISSUE}


@dataclass(frozen=True, slots=True)
class Opened:
    """A new session and its secrets, which are nowhere kept."""

    session: SigningSession
    fetch: str
    deliver: str


def credential_for(document: Document, purpose: Purpose, *, by: Appointment, at: datetime) -> Credential:
    """The certificate that this step must be signed with; NotAllowed without one."""
    if purpose is Purpose.OFFICER:
        return keys.officer_credential(by, at=at)
    return keys.seal_credential(document.organisation, at=at)


def is_outside(document: Document, purpose: Purpose, *, by: Appointment, at: datetime) -> bool:
    """Must this signature be made outside the portal? No also when there is no certificate at all."""
    try:
        return not WayOfSigning(credential_for(document, purpose, by=by, at=at).way).is_held_here
    except NotAllowed:
        return False


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Waiting:
    """What is signed next: a version of the document, or a separate attachment of it. `sha256` names which."""

    rendition: Rendition
    attachment: Attachment | None

    @property
    def sha256(self) -> str:
        return (self.attachment or self.rendition).sha256


def waiting(document: Document, purpose: Purpose) -> Waiting:
    """The file that waits for this signature; Outdated when there is none. Two queries at most."""
    if purpose is Purpose.OFFICER:
        found, attachment = archive.presented(document), None
    else:
        found, attachment = archive.latest(document, Rendition.Stage.NUMBERED), attachments.unsealed(document)
    if found is None:
        raise Outdated(_("Văn bản đã thay đổi sau khi bạn mở. Hãy xem lại bản mới rồi ký."))
    return Waiting(found, attachment)


@transaction.atomic
def open_session(*, document: Document, purpose: Purpose, shown: str, by: Appointment, at: datetime) -> Opened:
    """Let the file of this SHA-256 go out to be signed by the post; an earlier session of the file ends.

    NotAllowed when the post may not sign now or its key is held here, Outdated when the file shown is not the present.
    """
    document = Document.objects.lock(document.pk)
    permissions.check_move(by, document, MOVES[purpose], at=at)
    credential = credential_for(document, purpose, by=by, at=at)
    way = WayOfSigning(credential.way)
    if way.is_held_here:
        raise NotAllowed(_("Khóa ký do cổng giữ; không cần ký ngoài cổng."))
    file = waiting(document, purpose)
    if file.sha256 != shown:
        raise Outdated(_("Văn bản đã thay đổi sau khi bạn mở. Hãy xem lại bản mới rồi ký."))
    SigningSession.objects.filter(document=document, state=SessionState.OPEN).update(
        state=SessionState.ENDED, ended_at=at
    )
    fetch, deliver = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    session = SigningSession.objects.create(
        document=document, rendition=file.rendition, attachment=file.attachment, credential=credential,
        purpose=purpose, post=by, fetch_hash=_hash(fetch), deliver_hash=_hash(deliver), opened_at=at,
        expires_at=at + LASTS[way],
    )  # fmt: skip
    log.record(events.SENT_TO_SIGN, document, by=by, at=at, sha256=shown)
    return Opened(session, fetch, deliver)


@transaction.atomic
def fetch(*, secret: str, at: datetime) -> bytes:
    """The file of the session that this secret opens, once. NotAllowed for any other secret, or the second time."""
    session = SigningSession.objects.select_for_update().filter(fetch_hash=_hash(secret)).first()
    if session is None or session.state != SessionState.OPEN or session.expires_at <= at or session.fetched_at:
        raise NotAllowed(_("Phiên ký không tồn tại, đã dùng hoặc đã hết hạn. Hãy bấm Ký lại trên cổng."))
    session.fetched_at = at
    session.save(update_fields=["fetched_at"])
    return archive.read(session.rendition) if session.attachment is None else attachments.prepared(session.attachment)


def session_of(*, secret: str, at: datetime) -> SigningSession:
    """The open session that this secret delivers to; NotAllowed for any other."""
    found = SigningSession.objects.open_at(at).filter(deliver_hash=_hash(secret)).first()
    if found is None:
        raise NotAllowed(_("Phiên ký không tồn tại, đã dùng hoặc đã hết hạn. Hãy bấm Ký lại trên cổng."))
    return found


def deliver(*, session: SigningSession, returned: bytes, at: datetime) -> Document:
    """Take the signed file: the step is made as if signed here; an attachment is kept, and the document still waits. A
    refusal is kept with its reason, the file stays where it was, and the session is over.

    Raises SigningError, NotAllowed or Outdated with the reason.
    """
    try:
        with transaction.atomic():
            session = _end(session, SessionState.ACCEPTED, at)
            return _taken(session, returned, at)
    except (SigningError, NotAllowed, Outdated) as error:
        _refuse(session, returned, str(error), at)
        raise


def deliver_by_hand(
    *, document: Document, purpose: Purpose, returned: bytes, by: Appointment, at: datetime
) -> Document:
    """As `deliver`, for a file that the person uploads: into the open session, or a new one when that has run out.

    The bytes that must have been signed are the same in every session of a version.
    """
    session = SigningSession.objects.open_at(at).filter(document=document, purpose=purpose, post=by).first()
    if session is None:
        shown = waiting(document, purpose).sha256
        session = open_session(document=document, purpose=purpose, shown=shown, by=by, at=at).session
    return deliver(session=session, returned=returned, at=at)


def _taken(session: SigningSession, returned: bytes, at: datetime) -> Document:
    way = SentBack(
        returned, keys.certificate_of(session.credential), session.opened_at, WayOfSigning(session.credential.way)
    )
    if session.purpose == Purpose.OFFICER:
        sent = session.rendition.sha256
        return workflow.sign(document=session.document, shown=sent, way=way, by=session.post, at=at)
    if session.attachment is not None:
        return attachments.seal(attachment=session.attachment, way=way, by=session.post, at=at).document
    return workflow.issue(document=session.document, way=way, by=session.post, at=at)


def _end(session: SigningSession, state: SessionState, at: datetime) -> SigningSession:
    """End the session, if it is still open: two deliveries, one of them taken."""
    Document.objects.lock(session.document_id)  # the order in which every step locks
    locked = SigningSession.objects.select_for_update().get(pk=session.pk)
    if locked.state != SessionState.OPEN or locked.expires_at <= at:
        raise NotAllowed(_("Phiên ký không tồn tại, đã dùng hoặc đã hết hạn. Hãy bấm Ký lại trên cổng."))
    locked.state, locked.ended_at = state, at
    locked.save(update_fields=["state", "ended_at"])
    return locked


@transaction.atomic
def _refuse(session: SigningSession, returned: bytes, reason: str, at: datetime) -> None:
    """Note why the returned file was not taken; a session that is over stays as it is."""
    open_still = SigningSession.objects.filter(pk=session.pk, state=SessionState.OPEN)
    if open_still.update(state=SessionState.REFUSED, ended_at=at, reason=reason):
        digest = archive.sha256(returned)
        log.record(events.SIGNATURE_REFUSED, session.document, by=session.post, at=at, sha256=digest, reason=reason)
