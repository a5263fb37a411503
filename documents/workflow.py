"""The steps of an official file, each one act: right, lock, state table, change, history, then messages.

A second press finds the file one step further and is refused with a sentence; nothing happens twice.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from audit.models import Event
from documents import (
    archive,
    certificates,
    events,
    heading,
    keys,
    lookup,
    messages,
    numbering,
    outside,
    permissions,
    press,
    signals,
    signing,
)
from documents.models import Attachment, Document, Purpose, Recipient, Rendition, Signature, rules_of
from documents.registry import definition
from documents.revisions import OFFICER_FIELD, SEAL_FIELD
from documents.states import DocumentMove, DocumentState
from documents.ways import SignedFile, Way
from notifications.send import read_by_acting, send, send_all
from units.models import Appointment, Unit
from units.permissions import NotAllowed, Outdated

Stage = Rendition.Stage
CHECKS = ("proposed", "confirmed", "checked")


def create(
    *, type: str, organisation: Unit, drafting_unit: Unit, title: str, symbol: str,
    signer: Appointment | None, by: Appointment, at: datetime, council: Unit | None = None,
) -> Document:  # fmt: skip
    """A new draft; runs in the transaction of the verb that fills it (a plan, a report)."""
    document = Document.objects.create(
        type=type, kind=definition(type).kind, organisation=organisation, drafting_unit=drafting_unit, title=title,
        symbol=symbol, council=council, signer=signer, created_at=at, created_by=by,
    )  # fmt: skip
    log.record(events.DRAFTED, document, by=by, at=at)
    return document


def _begin(document: Document, move: DocumentMove, *, by: Appointment, at: datetime) -> Document:
    """Lock the row, refuse the move unless post and state allow it, count what was told about it as read."""
    locked = Document.objects.lock(document.pk)
    permissions.check_move(by, locked, move, at=at)
    read_by_acting(by=by, url=locked.definition.url(locked), at=at)
    return locked


def _forget_checks(document: Document, *, reason: str, by: Appointment, at: datetime) -> None:
    """The file goes back: its checks, its presented names and a number reserved for it hold no more."""
    for step in (*CHECKS, "numbered"):
        document.stamp(step, None, None)
    numbering.give_back(document, reason=reason, by=by, at=at)
    heading.thaw_names(document)


def _refuse_outdated(document: Document, version: int, part: str) -> None:
    """Raise Outdated when somebody wrote this part after `version`; other parts may have moved on."""
    if document.version == version:
        return
    later = Event.objects.about(document).filter(name=events.EDITED, data__version__gt=version, data__part=part).last()
    if later is not None:
        words = {"person": later.actor_name, "time": f"{timezone.localtime(later.at):%H:%M, %d/%m/%Y}"}
        raise Outdated(_("%(person)s đã sửa phần này lúc %(time)s, sau khi bạn mở.") % words)


@transaction.atomic
def edit(
    *, document: Document, what: str, by: Appointment, at: datetime, part: str = "", version: int | None = None
) -> Document:
    """Note a change of content. After submission the file returns to draft and its checks are dropped (Điều 11.2).

    Call it first in the transaction that changes the content: it takes the lock and refuses a signed file. `version`
    is the one the writer saw, `part` names what is written: Outdated when somebody else wrote that part since.
    """
    document = _begin(document, DocumentMove.EDIT, by=by, at=at)
    if version is not None:
        _refuse_outdated(document, version, part)
    reopened = document.state in (DocumentState.PROPOSED, DocumentState.SUBMITTED, DocumentState.CHECKED)
    document.move(DocumentMove.EDIT)
    document.version += 1
    _forget_checks(document, reason=_("Sửa nội dung: %(what)s") % {"what": what}, by=by, at=at)
    document.save()
    log.record(events.EDITED, document, by=by, at=at, what=what, part=part, version=document.version)
    if reopened:
        log.record(events.REOPENED, document, by=by, at=at)
        signals.document_returned_to_draft.send(Document, document=document, by=by, at=at)
    return document


@transaction.atomic
def propose(*, document: Document, by: Appointment, at: datetime) -> Document:
    """Hand the draft to the head of the drafting unit. Refused while something blocking is missing."""
    document = _begin(document, DocumentMove.PROPOSE, by=by, at=at)
    blocking = [problem.message for problem in document.definition.problems(document) if problem.blocking]
    if blocking:
        raise NotAllowed(_("Chưa trình được: %(problems)s") % {"problems": " ".join(blocking)})
    document.move(DocumentMove.PROPOSE)
    document.stamp("proposed", by, at)
    document.stamp("returned", None, None)
    document.return_reason = ""
    document.save()
    log.record(events.PROPOSED, document, by=by, at=at)
    send(messages.ToConfirm(document, by), at=at)
    return document


@transaction.atomic
def confirm(*, document: Document, by: Appointment, at: datetime) -> Document:
    """The head of the drafting unit answers for the content (NĐ 30/2020 Điều 12.1)."""
    document = _begin(document, DocumentMove.CONFIRM, by=by, at=at)
    document.move(DocumentMove.CONFIRM)
    document.stamp("confirmed", by, at)
    document.save()
    log.record(events.CONFIRMED, document, by=by, at=at)
    send(messages.ToCheck(document, by), at=at)
    return document


@transaction.atomic
def check(*, document: Document, by: Appointment, at: datetime) -> Document:
    """The form is right (Điều 12.2): names are frozen and the very file the signer will see is made and kept."""
    document = _begin(document, DocumentMove.CHECK, by=by, at=at)
    if document.signer is None:
        raise NotAllowed(_("Chưa chọn người ký."))
    permissions.check_signs_for_issuer(document)
    heading.freeze_names(document)
    document.move(DocumentMove.CHECK)
    document.stamp("checked", by, at)
    rules = rules_of(document.organisation)
    document.lookup_code = (document.lookup_code or lookup.new_code()) if rules.shows_code else ""
    if rules.number_before_signature:
        _reserve_number(document, by=by, at=at)
    document.save()
    rendered = press.render(document.definition.compose(document), has_open_lines=document.number is None)
    archive.keep(document, Stage.PRESENTED, signing.prepare(rendered), pages=rendered.pages, at=at)
    log.record(events.CHECKED, document, by=by, at=at)
    send(messages.ToSign(document, by), at=at)
    return document


def _reserve_number(document: Document, *, by: Appointment, at: datetime) -> None:
    """Number and date of today stand in the file that is presented. Saves nothing of the file."""
    on = timezone.localdate(at)
    numbering.take(document, on=on, by=by, at=at)
    document.stamp("numbered", by, at)
    log.record(events.NUMBER_RESERVED, document, by=by, at=at, code=document.code, issued_on=f"{on:%d/%m/%Y}")


@transaction.atomic
def return_for_changes(
    *, document: Document, reason: str, by: Appointment, at: datetime, shown: str | None = None
) -> Document:
    """Send the file back to its drafter with a reason, from any step before the number (Điều 10.3).

    Outdated when the version presented for signature is no longer the `shown` one, about which the reason was written.
    """
    if not reason.strip():
        raise NotAllowed(_("Hãy ghi lý do trả lại."))
    document = _begin(document, DocumentMove.RETURN, by=by, at=at)
    if shown is not None:
        _refuse_other_version(document, shown)
    document.move(DocumentMove.RETURN)
    _forget_checks(document, reason=reason, by=by, at=at)
    document.stamp("signed", None, None)
    document.stamp("returned", by, at)
    document.return_reason = reason
    document.save()
    log.record(events.RETURNED, document, by=by, at=at, reason=reason)
    send(messages.Returned(document, by), at=at)
    return document


@transaction.atomic
def sign(*, document: Document, shown: str, way: Way, by: Appointment, at: datetime) -> Document:
    """Approve and sign: one act on the exact bytes that were shown, named by their SHA-256 (Điều 11.1, 13).

    Raises Outdated when the shown file is not the one presented now, SigningError when the way gives no good signature.
    Nothing passes as signed without one.
    """
    document = _begin(document, DocumentMove.SIGN, by=by, at=at)
    presented = _refuse_other_version(document, shown)
    _refuse_other_day(document, at)
    signed = way.signed(archive.read(presented), OFFICER_FIELD, at=at)
    document.move(DocumentMove.SIGN)
    document.stamp("signed", by, at)
    kept = archive.keep(document, Stage.SIGNED, signed.bytes, pages=presented.pages, at=at)
    if document.number is not None:
        document.move(DocumentMove.NUMBER)
        archive.keep(document, Stage.NUMBERED, signed.bytes, pages=presented.pages, at=at)
    document.save()
    _note_signature(kept, Purpose.OFFICER, signed, by=by)
    log.record(events.SIGNED, document, by=by, at=at, shown=shown)
    send_all([messages.ToNumber(document, by), messages.Approved(document, by)], at=at)
    return document


def _refuse_other_version(document: Document, shown: str) -> Rendition:
    """What is presented for signature now, when it is the version of this SHA-256; Outdated otherwise."""
    presented = archive.presented(document)
    if presented is None or presented.sha256 != shown:
        raise Outdated(_("Văn bản đã thay đổi sau khi bạn mở. Hãy xem lại bản mới rồi ký."))
    return presented


def _refuse_other_day(document: Document, at: datetime) -> None:
    """Refuse to sign on another day than the one that stands in the file with its reserved number (Điều 13, 15)."""
    if document.issued_on is not None and document.issued_on != timezone.localdate(at):
        words = {"code": document.code, "day": f"{document.issued_on:%d/%m/%Y}"}
        raise NotAllowed(_("Số %(code)s được giữ cho ngày %(day)s. Hãy trả lại để lấy số của ngày ký.") % words)


@transaction.atomic
def number(*, document: Document, on: date, by: Appointment, at: datetime) -> Document:
    """Give number and date and write both into the signed file (Điều 15).

    Never a date before the signature's (who signs comes first, Điều 13, 15), nor before that of the last number.
    """
    document = _begin(document, DocumentMove.NUMBER, by=by, at=at)
    signed = archive.latest(document, Stage.SIGNED)
    if signed is None:
        raise NotAllowed(_("Không tìm thấy bản đã ký."))
    if on > timezone.localdate(at):
        raise NotAllowed(_("Ngày ban hành không được ở tương lai."))
    if on < timezone.localdate(document.signed_at):
        words = {"day": f"{on:%d/%m/%Y}", "signed": f"{timezone.localtime(document.signed_at):%d/%m/%Y}"}
        raise NotAllowed(_("Ngày %(day)s sớm hơn ngày ký (%(signed)s).") % words)
    numbering.take(document, on=on, by=by, at=at)
    profile = heading.profile_of(document)
    filled = signing.fill_number(archive.read(signed), heading.head_of(document), profile=profile)
    document.move(DocumentMove.NUMBER)
    document.stamp("numbered", by, at)
    document.save()
    archive.keep(document, Stage.NUMBERED, filled, pages=signed.pages, at=at)
    log.record(events.NUMBERED, document, by=by, at=at, code=document.code, issued_on=f"{on:%d/%m/%Y}")
    return document


@transaction.atomic
def issue(*, document: Document, by: Appointment, at: datetime, way: Way | None = None) -> Document:
    """Apply the organisation's signature, freeze the bytes and send them out (Điều 17, 18.1, 32.2).

    `way` is how the seal is applied; without one, the key that the portal holds. Tells `document_issued`; recipients
    inside get the file at once. Without the seal the number is kept.
    """
    document = _begin(document, DocumentMove.ISSUE, by=by, at=at)
    numbered = archive.latest(document, Stage.NUMBERED)
    if numbered is None:
        raise NotAllowed(_("Không tìm thấy bản đã cấp số."))
    way = way or keys.with_key(keys.seal_credential(document.organisation, at=at))
    sealed = way.signed(archive.read(numbered), SEAL_FIELD, at=at)
    kept = archive.keep(document, Stage.ISSUED, sealed.bytes, pages=numbered.pages, at=at)
    _note_signature(kept, Purpose.SEAL, sealed, by=by)
    _sign_attachments(document, way, at=at)
    document.move(DocumentMove.ISSUE)
    document.stamp("issued", by, at)
    document.save()
    Recipient.objects.filter(document=document, unit__isnull=False).update(delivered_at=at)
    log.record(events.ISSUED, document, by=by, at=at, sha256=kept.sha256)
    outside.send_links(document, by=by, at=at)
    signals.document_issued.send(Document, document=document, by=by, at=at)
    send(messages.Issued(document, by), at=at)
    return document


def _sign_attachments(document: Document, way: Way, *, at: datetime) -> None:
    """The organisation's signature on each separate file that has none yet: all or none."""
    for each in document.attachments.filter(signed_at=None):
        keep_sealed(each, way.attachment_signed(archive.read(each), document.code, at=at), at=at)


def keep_sealed(attachment: Attachment, signed: bytes, *, at: datetime) -> None:
    """Keep a separate file as it was signed; in the transaction of the verb that signs."""
    attachment.signed_sha256, attachment.signed_size, attachment.signed_at = archive.sha256(signed), len(signed), at
    attachment.signed_file = archive.store(signed)
    attachment.save()


def _note_signature(kept: Rendition, purpose: Purpose, signed: SignedFile, *, by: Appointment) -> None:
    Signature.objects.create(
        document=kept.document, rendition=kept, purpose=purpose, signed_at=signed.signed_at, post=by,
        post_text=by.post_title, signer_name=certificates.name_in(signed.certificate),
        certificate=signed.certificate.subject.human_friendly, fingerprint=certificates.fingerprint(signed.certificate),
        way=signed.way, level=signed.level, revocation=signed.revocation,
    )  # fmt: skip


@transaction.atomic
def close(*, document: Document, by: Appointment, at: datetime) -> Document:
    """The work of an issued file is over."""
    document = _begin(document, DocumentMove.CLOSE, by=by, at=at)
    document.move(DocumentMove.CLOSE)
    document.save()
    log.record(events.CLOSED, document, by=by, at=at)
    return document


@transaction.atomic
def recall(*, document: Document, reason: str, by: Appointment, at: datetime) -> Document:
    """Take an issued file back; every recipient is told (Điều 18.4). The bytes stay in the register."""
    if not reason.strip():
        raise NotAllowed(_("Hãy ghi lý do thu hồi."))
    document = _begin(document, DocumentMove.RECALL, by=by, at=at)
    document.move(DocumentMove.RECALL)
    document.stamp("recalled", by, at)
    document.recall_reason = reason
    document.save()
    log.record(events.RECALLED, document, by=by, at=at, reason=reason)
    signals.document_recalled.send(Document, document=document, by=by, at=at)
    outside.tell_all(document, by=by, at=at)
    send(messages.Recalled(document, by), at=at)
    return document


@transaction.atomic
def replace(*, document: Document, successor: Document, by: Appointment, at: datetime) -> Document:
    """An issued file gives way to a newer issued one (Điều 18.3)."""
    document = _begin(document, DocumentMove.REPLACE, by=by, at=at)
    if (
        not successor.is_published
        or successor.pk == document.pk
        or successor.organisation_id != document.organisation_id
    ):
        raise NotAllowed(_("Chỉ thay thế bằng một văn bản khác đã ban hành của cùng cơ quan."))
    document.move(DocumentMove.REPLACE)
    document.replaced_by = successor
    document.save()
    log.record(events.REPLACED, document, by=by, at=at, code=successor.code)
    signals.document_recalled.send(Document, document=document, by=by, at=at)
    outside.tell_all(document, by=by, at=at)
    send(messages.Replaced(document, by), at=at)
    return document


@transaction.atomic
def discard(*, document: Document, by: Appointment, at: datetime) -> Document:
    """Put a draft away; it leaves every list and stays in the history."""
    document = _begin(document, DocumentMove.DISCARD, by=by, at=at)
    document.move(DocumentMove.DISCARD)
    document.save()
    log.record(events.DISCARDED, document, by=by, at=at)
    return document
