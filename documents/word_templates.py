"""An organisation's own Word template: tried before it is taken, replaced as a whole, put back to the portal's own."""

import logging
import zipfile
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from io import BytesIO

import docx as word
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from docx.oxml.ns import qn

from audit import log as history
from documents import events, layout, word_context, word_sample
from documents.docx import TemplateRefused, render_docx, standard
from documents.layout import Family, OfficialText
from documents.models import Document, WordTemplate
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed

PERMISSION = "documents.word.manage"
LARGEST = 1024 * 1024
LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 200
FORBIDDEN_PARTS = ("vbaproject", "embeddings/", "activex", "oleobject", "attachedtoolbars")

log = logging.getLogger(__name__)


def in_use(organisation: Unit, family: Family) -> WordTemplate | None:
    """The organisation's own template of this family, if it has one."""
    return WordTemplate.objects.filter(organisation=organisation, layout=family, ended_at__isnull=True).first()


def render(document: Document) -> bytes:
    """The document as a Word file, by the organisation's own template where there is one.

    A template that passed its trial and fails on this document is logged, and the portal's own is used.
    """
    text = document.definition.compose(document)
    own = in_use(document.organisation, text.profile.family)
    if own is not None:
        try:
            return render_docx(text, bytes(own.content))
        except TemplateRefused:
            log.warning("Word template %s failed on document %s", own.pk, document.pk, exc_info=True)
    return render_docx(text)


@transaction.atomic
def replace(
    *, organisation: Unit, family: Family, content: bytes, name: str, by: Appointment, at: datetime
) -> WordTemplate:
    """Take `content` as the template from now on. NotAllowed with the reason when it does not pass the trial."""
    permissions.check(by, PERMISSION, at=at, unit=organisation)
    check(content, family)
    _end(organisation, family, by=by, at=at)
    made = WordTemplate.objects.create(
        organisation=organisation, layout=family, name=name[:150], content=content, sha256=sha256(content).hexdigest(),
        uploaded_at=at, uploaded_by=by,
    )  # fmt: skip
    history.record(events.WORD_TEMPLATE_REPLACED, organisation, by=by, at=at, name=made.name, sha256=made.sha256)
    return made


@transaction.atomic
def restore(*, organisation: Unit, family: Family, by: Appointment, at: datetime) -> None:
    """Use the portal's own template again. NotAllowed when it is in use already."""
    permissions.check(by, PERMISSION, at=at, unit=organisation)
    if not _end(organisation, family, by=by, at=at):
        raise NotAllowed(_("Cơ quan đang dùng mẫu của cổng."))
    history.record(events.WORD_TEMPLATE_RESTORED, organisation, by=by, at=at)


def _end(organisation: Unit, family: Family, *, by: Appointment, at: datetime) -> int:
    Unit.objects.select_for_update().get(pk=organisation.pk)  # two uploads at once: one after the other
    used = WordTemplate.objects.filter(organisation=organisation, layout=family, ended_at__isnull=True)
    return used.update(ended_at=at, ended_by=by)


# --- the trial --------------------------------------------------------------------------------------------------------
def check(content: bytes, family: Family) -> None:
    """Print the sample plan and letter by this template; NotAllowed with the reason when something is not right."""
    _check_package(content)
    profile = layout.profile_for(timezone.localdate(), family=family)
    for text in (word_sample.plan(profile), word_sample.letter(profile)):
        try:
            made = render_docx(text, content)
        except TemplateRefused as refusal:
            raise NotAllowed(
                _("Không dựng được văn bản thử theo mẫu này: %(reason)s") % {"reason": refusal}
            ) from refusal
        _check_result(made, text)


def _check_package(content: bytes) -> None:
    """No macros, no objects, nothing that points outside, nothing that swells."""
    if len(content) > LARGEST:
        raise NotAllowed(_("Tệp mẫu lớn hơn 1 MB."))
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise NotAllowed(_("Tệp mẫu có quá nhiều thành phần."))
            if any(word in part.filename.lower() for part in parts for word in FORBIDDEN_PARTS):
                raise NotAllowed(_("Tệp mẫu chứa macro hoặc đối tượng nhúng; hãy bỏ đi rồi lưu lại dạng .docx."))
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    _check_part(package.read(part))
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
        raise NotAllowed(_("Tệp không phải là văn bản Word (.docx).")) from error


def _check_part(data: bytes) -> None:
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise NotAllowed(_("Tệp mẫu có phần XML không được phép."))
    if b'TargetMode="External"' in data:
        raise NotAllowed(_("Tệp mẫu liên kết ra ngoài (ảnh, mẫu, địa chỉ); hãy bỏ liên kết rồi lưu lại."))


def _check_result(made: bytes, text: OfficialText) -> None:
    """Every word of the sample stands in the result, no tag is left, numbered paragraphs are still numbered."""
    document = word.Document(BytesIO(made))
    paragraphs = list(_paragraphs(document))
    said = "\n".join(_plain(each) for each in paragraphs)
    if "{{" in said or "{%" in said:
        raise NotAllowed(_("Mẫu còn thẻ chưa được thay: %(tag)s") % {"tag": said[max(0, said.find("{")) :][:40]})
    missing = [each for each in _wanted(text) if each not in said]
    if missing:
        raise NotAllowed(_("Mẫu làm mất thành phần: %(parts)s") % {"parts": "; ".join(missing[:3])})
    styles = {each.style_id: each for each in document.styles}
    for title in word_sample.NUMBERED:
        found = next(each for each in paragraphs if _plain(each).strip().endswith(title))
        if not _is_numbered(found, styles) and _plain(found).strip() == title:
            raise NotAllowed(_("Mẫu làm mất số thứ tự của “%(words)s”.") % {"words": title})


def _paragraphs(document: "word.document.Document") -> Iterator["word.oxml.text.paragraph.CT_P"]:
    yield from document.element.body.iter(qn("w:p"))


def _plain(paragraph: "word.oxml.text.paragraph.CT_P") -> str:
    return "".join(each.text or "" for each in paragraph.iter(qn("w:t"))).replace("\u00a0", " ")


def _is_numbered(paragraph: "word.oxml.text.paragraph.CT_P", styles: dict) -> bool:
    """Does Word number the paragraph, by itself or by its style?"""
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    if own is not None:
        return own.get(qn("w:val")) != "0"
    named = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    style = styles.get(named.get(qn("w:val"))) if named is not None else None
    return style is not None and style.element.find(f".//{qn('w:numId')}") is not None


def _wanted(text: OfficialText) -> Iterator[str]:
    """Words of each component as they have to stand in the result."""
    given = word_context.context(text)
    lists = ("parent_lines", "issuing_lines", "subject_lines", "title_lines", "addressees", "bases", "recipients")
    for name in (*lists, "authority_lines", "position_lines"):
        yield from (line.replace("\u00a0", " ") for line in given[name])
    for name in ("number_line", "date_line", "urgency", "addressee_lead", "opening", "signer_name"):
        yield given[name].replace("\u00a0", " ")
    if not given["is_letter"]:
        yield given["kind"]
    for part in (given, *given["appendices"]):
        yield from (block["text"].replace("\u00a0", " ") for block in part["blocks"] if "text" in block)
    for appendix in given["appendices"]:
        yield from (appendix["label"], *appendix["title_lines"], appendix["attached_to"])


def standard_of(family: Family, *, size: int) -> bytes:
    """The portal's own template that an office starts from."""
    return standard(layout.profile_for(timezone.localdate(), family=family, size=size).key)
