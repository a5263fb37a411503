"""Appendices as separate files (NĐ 30/2020, Phụ lục I, II.8.b): put to a draft, taken away, given the organisation's
signature: with the issue where the portal holds the key, one after another before it where it does not. Whoever changes
them changes the file: it goes back to draft (Điều 11.2)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

import pypdfium2
from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from documents import archive, attachment_mark, events, permissions, signing, workflow
from documents.models import Attachment, Document
from documents.pictures import PDFIUM
from documents.revisions import ATTACHMENT_FIELD
from documents.states import DocumentMove
from documents.ways import Way
from units.models import Appointment
from units.permissions import NotAllowed

MOST = 20
LONGEST_NAME = 150


@dataclass(slots=True)
class Bytes:
    """Which of a row's two files is read: as it was put in, or as it was signed."""

    pk: int
    file: str
    sha256: str


def shown(attachment: Attachment) -> Bytes:
    """The signed file once there is one, else the one put in."""
    if attachment.signed_at is not None:
        return Bytes(attachment.pk, attachment.signed_file, attachment.signed_sha256)
    return Bytes(attachment.pk, attachment.file, attachment.sha256)


@transaction.atomic
def attach(*, document: Document, name: str, data: bytes, by: Appointment, at: datetime) -> Attachment:
    """Put a PDF to a draft. NotAllowed for what cannot be signed later: no PDF, locked, signed or there already."""
    name = _short(name)
    pages = _pages(data)
    document = workflow.edit(
        document=document, what=_("thêm tệp kèm theo “%(name)s”") % {"name": name}, part="attachments", by=by, at=at
    )
    digest = archive.sha256(data)
    if document.attachments.filter(sha256=digest).exists():
        raise NotAllowed(_("Tệp này đã có trong danh sách."))
    if document.attachments.count() >= MOST:
        raise NotAllowed(_("Mỗi văn bản có nhiều nhất %(most)d tệp kèm theo.") % {"most": MOST})
    return Attachment.objects.create(
        document=document, name=name, sha256=digest, size=len(data), pages=pages, file=archive.store(data),
        added_at=at, added_by=by,
    )  # fmt: skip


def copy(*, source: Attachment, document: Document, name: str, by: Appointment, at: datetime) -> Attachment:
    """The same file, without the signature it got, for a new draft; in the transaction of the verb that makes it."""
    return Attachment.objects.create(
        document=document, name=_short(name), sha256=source.sha256, size=source.size, pages=source.pages,
        file=source.file, added_at=at, added_by=by,
    )  # fmt: skip


@transaction.atomic
def detach(*, attachment: Attachment, by: Appointment, at: datetime) -> None:
    """Take a file away from a draft."""
    what = _("bỏ tệp kèm theo “%(name)s”") % {"name": attachment.name}
    workflow.edit(document=attachment.document, what=what, part="attachments", by=by, at=at)
    attachment.delete()


def _short(name: str) -> str:
    """The file's own name, without folders, ending in .pdf."""
    stem = PurePath(name.replace("\\", "/")).stem.strip()[: LONGEST_NAME - 4] or _("Phụ lục")
    return f"{stem}.pdf"


def _pages(data: bytes) -> int:
    """How many pages a PDF has that can be signed; NotAllowed otherwise."""
    problem = attachment_mark.problem(data)
    if problem:
        raise NotAllowed(problem)
    try:
        with PDFIUM:
            file = pypdfium2.PdfDocument(data)
            try:
                return len(file)
            finally:
                file.close()
    except pypdfium2.PdfiumError as error:
        raise NotAllowed(_("Tệp không phải là PDF đọc được.")) from error


# --- the seal made outside the portal ---------------------------------------------------------------------------------
def unsealed(document: Document) -> Attachment | None:
    """The first file that has no signature of the organisation yet."""
    return document.attachments.filter(signed_at=None).first()


def prepared(attachment: Attachment) -> bytes:
    """What goes out to be signed: the file with the empty field. The same bytes each time."""
    document = attachment.document
    assert document.numbered_at is not None
    return signing.prepare_attachment(archive.read(attachment), code=document.code, at=document.numbered_at)


@transaction.atomic
def seal(*, attachment: Attachment, way: Way, by: Appointment, at: datetime) -> Attachment:
    """Take the organisation's signature on one file of a numbered document, made in this way; the document itself is
    sealed after its files, with which it is issued."""
    document = Document.objects.lock(attachment.document_id)
    permissions.check_move(by, document, DocumentMove.ISSUE, at=at)
    attachment = document.attachments.get(pk=attachment.pk)
    if attachment.signed_at is not None:
        raise NotAllowed(_("Tệp kèm theo này đã có chữ ký của cơ quan."))
    attachment.document = document
    signed = way.signed(prepared(attachment), ATTACHMENT_FIELD, at=at)
    workflow.keep_sealed(attachment, signed.bytes, at=at)
    words = {"name": attachment.name, "sha256": attachment.signed_sha256, "way": str(signed.way.label)}
    log.record(events.ATTACHMENT_SEALED, document, by=by, at=at, **words, level=signed.level)
    return attachment
