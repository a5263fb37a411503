"""Appendices as separate files (NĐ 30/2020, Phụ lục I, II.8.b): put to a draft, taken away, given the organisation's
signature when the file is issued. Whoever changes them changes the file: it goes back to draft (Điều 11.2)."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

import pypdfium2
from django.db import transaction
from django.utils.translation import gettext as _

from documents import archive, keys, workflow
from documents.models import Attachment, Document, WayOfSigning
from documents.pictures import PDFIUM
from documents.signing import attachment_problem
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
    _refuse_seal_elsewhere(document, at)
    digest = archive.sha256(data)
    if document.attachments.filter(sha256=digest).exists():
        raise NotAllowed(_("Tệp này đã có trong danh sách."))
    if document.attachments.count() >= MOST:
        raise NotAllowed(_("Mỗi văn bản có nhiều nhất %(most)d tệp kèm theo.") % {"most": MOST})
    return Attachment.objects.create(
        document=document, name=name, sha256=digest, size=len(data), pages=pages, file=archive.store(data),
        added_at=at, added_by=by,
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
    problem = attachment_problem(data)
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


def _refuse_seal_elsewhere(document: Document, at: datetime) -> None:
    """Separate files are signed here in one go with the seal; a token outside signs one file at a time."""
    credential = keys.seal_credential(document.organisation, at=at)
    if not WayOfSigning(credential.way).is_held_here:
        raise NotAllowed(
            _("Dấu được ký ngoài cổng, nên tệp kèm theo riêng không ký cùng được. Hãy đưa phụ lục vào văn bản.")
        )
