"""Is a Word template fit for use? Its package is looked through, then it prints a sample plan and a sample letter."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx as word
from django.utils import timezone
from django.utils.translation import gettext as _
from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from documents import layout, word_context, word_sample
from documents.docx import render_docx
from documents.layout import Family, OfficialText
from documents.word_context import TemplateRefused
from documents.word_templates import LARGEST
from units.permissions import NotAllowed

LARGEST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 200
FORBIDDEN_PARTS = ("vbaproject", "embeddings/", "activex", "oleobject", "attachedtoolbars")


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


def _paragraphs(document: WordDocument) -> Iterator[Any]:
    yield from document.element.body.iter(qn("w:p"))


def _plain(paragraph: Any) -> str:
    return "".join(each.text or "" for each in paragraph.iter(qn("w:t"))).replace("\u00a0", " ")


def _is_numbered(paragraph: Any, styles: dict) -> bool:
    """Does Word number the paragraph, by itself or by its style?"""
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
    if own is not None:
        return bool(own.get(qn("w:val")) != "0")
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
