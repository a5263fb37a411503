"""Letters of correction: made from the issued file, written, and told once they are issued (NĐ 30/2020 Điều 18.3).

A letter is a document of its own: the steps from the draft to the issue are `documents.workflow`'s. Errors of content
are not corrected but replaced by a new document.
"""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents import correction_text, heading, layout, permissions, workflow
from documents.correction_text import Passage
from documents.models import Correction, Document, Recipient
from documents.registry import Problem
from documents.states import BEFORE_SIGNATURE, IN_FORCE
from units import permissions as units
from units.models import Appointment
from units.permissions import NotAllowed

TYPE = "documents.correction"
DRAFT = "documents.draft"
CONTENT = "content"


@transaction.atomic
def draft(*, corrects: Document, by: Appointment, at: datetime) -> Correction:
    """A new letter about an issued file, to the same recipients, with the usual words around what is corrected.

    One at a time: NotAllowed while another letter about the file is not issued yet.
    """
    corrects = Document.objects.lock(corrects.pk)
    units.check(by, DRAFT, at=at, unit=corrects.organisation)
    if corrects.state not in IN_FORCE:
        raise NotAllowed(_("Chỉ đính chính được văn bản đang có hiệu lực."))
    if open_draft(corrects) is not None:
        raise NotAllowed(_("Đã có công văn đính chính văn bản này đang soạn."))
    day = timezone.localdate(at)
    council = corrects.council
    posts = permissions.signers(corrects.organisation, "CV", on=day, council=council).order_by("authority", "id")
    document = workflow.create(
        type=TYPE, organisation=corrects.organisation, council=council, drafting_unit=by.unit,
        title=correction_text.title(corrects), signer=posts.first(), by=by, at=at,
        symbol=heading.letter_symbol(corrects.organisation, by.unit, day, council),
    )  # fmt: skip
    made = Correction.objects.create(
        document=document, corrects=corrects, opening=correction_text.opening(corrects),
        closing=correction_text.closing(corrects),
    )  # fmt: skip
    _copy_recipients(corrects, document)
    return made


def _copy_recipients(source: Document, target: Document) -> None:
    """Who got the file gets the letter, by the same way."""
    Recipient.objects.bulk_create(
        Recipient(
            document=target, position=line.position, text=line.text, unit_id=line.unit_id, outside_id=line.outside_id
        )
        for line in source.recipients.all()
    )


def open_draft(corrects: Document) -> Correction | None:
    """The letter about the file that is not signed yet, if there is one."""
    drafts = Correction.objects.filter(corrects=corrects, document__state__in=BEFORE_SIGNATURE)
    return drafts.select_related("document").first()


@transaction.atomic
def edit(
    *, correction: Correction, opening: str, passages: list[Passage], closing: str, signer: Appointment | None,
    by: Appointment, at: datetime, version: int | None = None,
) -> Correction:  # fmt: skip
    """Write the letter; `version` is the one the writer saw (Outdated when somebody else wrote since)."""
    document = workflow.edit(
        document=correction.document, what=_("nội dung đính chính"), part=CONTENT, version=version, by=by, at=at
    )
    document.signer = signer
    document.save(update_fields=["signer"])
    correction.document = document
    correction.opening, correction.closing = opening, closing
    correction.passages = [asdict(passage) for passage in passages]
    correction.save()
    return correction


# --- what the life cycle asks of a type of file -----------------------------------------------------------------------
def compose(document: Document) -> layout.OfficialText:
    """The letter as it is to be printed, in Vietnamese whatever the reader's language."""
    with override("vi"):
        correction = Correction.objects.select_related("document__drafting_unit").get(document=document)
        correction.document = document
        return correction_text.official_text(correction)


def problems(document: Document) -> list[Problem]:
    """What keeps the letter from being proposed."""
    correction = Correction.objects.select_related("corrects").get(document=document)
    found = []
    if document.signer_id is None:
        found.append(Problem("signer", _("Chưa chọn người ký (NĐ 30/2020, Điều 13).")))
    if not correction.passages:
        found.append(Problem("passages", _("Chưa ghi chỗ nào được đính chính.")))
    if correction.corrects.state not in IN_FORCE:
        found.append(Problem("corrects", _("Văn bản được đính chính không còn hiệu lực.")))
    return found


def url(document: Document) -> str:
    return reverse("documents:correction", args=[document.pk])

