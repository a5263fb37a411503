"""What happened to a PDF from one saved state to the next: fields filled, pages added, content changed.

Pure reading. Every saved state of an incrementally updated file stays readable, and the states are compared here in
words that a clerk understands; whether a change is permitted is the signature's matter (`documents.verification`).
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf
from django.utils.translation import gettext as _
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler

OFFICER_FIELD = "KyLanhDao"
SEAL_FIELD = "DauCoQuan"
ATTACHMENT_FIELD = "ChuKyTepKemTheo"
NUMBER_FIELD = "so_van_ban"
DATE_FIELD = "ngay_thang"


def _entry(dictionary: generic.DictionaryObject, key: str, default: object = None) -> Any:
    """The value itself, never a reference to it, which is what `.get` would give."""
    try:
        return dictionary[key]
    except KeyError:
        return default


def _is(field: generic.DictionaryObject, kind: str) -> bool:
    return str(_entry(field, "/FT", "")) == kind


def fields(handler: PdfHandler) -> dict[str, generic.DictionaryObject]:
    """The form fields of a file or of one of its saved states, by name."""
    form = _entry(handler.root, "/AcroForm")
    if not isinstance(form, generic.DictionaryObject):
        return {}
    found = (each.get_object() for each in _entry(form, "/Fields", ()))
    return {str(_entry(each, "/T", "")): each for each in found if isinstance(each, generic.DictionaryObject)}


def field_values(handler: PdfHandler) -> dict[str, str]:
    """What stands in the text fields."""
    return {name: str(_entry(field, "/V", "")) for name, field in fields(handler).items() if _is(field, "/Tx")}


def has_same_lines(old: PdfHandler, new: PdfHandler) -> bool:
    """Whether every text field is written as it was, with its place and the appearance that it points to, and nothing
    new makes a reader draw them otherwise."""
    return _lines(old) == _lines(new)


def _lines(handler: PdfHandler) -> dict[str, dict[str, str]]:
    """The text fields and the form itself, entry by entry as they are written. Signing sets /SigFlags, and some
    programs write the list of fields anew or give the form fonts (/DR) that no field uses."""
    texts = {name: field for name, field in fields(handler).items() if _is(field, "/Tx")}
    written = {name: {key: _raw(field, key) for key in field} for name, field in texts.items()}
    form = _entry(handler.root, "/AcroForm", {})
    return written | {"": {key: _raw(form, key) for key in form if key not in ("/Fields", "/SigFlags", "/DR")}}


def empty_signature_fields(handler: PdfHandler) -> set[str]:
    """Names of the signature fields that nobody has signed."""
    return {name for name, field in fields(handler).items() if _is(field, "/Sig") and "/V" not in field}


def field_histories(reader: PdfFileReader) -> dict[str, list[str]]:
    """The different contents each text field has had, oldest first; the first one is the blank form."""
    histories: dict[str, list[str]] = {}
    for revision in range(reader.xrefs.total_revisions):
        for name, value in field_values(reader.get_historical_resolver(revision)).items():
            history = histories.setdefault(name, [])
            if not history or history[-1] != value:
                history.append(value)
    return histories


def field_history(reader: PdfFileReader, name: str) -> list[str]:
    """The different contents of one text field."""
    return field_histories(reader).get(name, [])


def pages(handler: PdfHandler) -> list[generic.DictionaryObject]:
    """The pages in order."""

    def walk(node: generic.DictionaryObject, depth: int) -> Iterator[generic.DictionaryObject]:
        if depth > 50:
            raise ValueError("page tree too deep")
        for kid in _entry(node, "/Kids", ()):
            page = kid.get_object()
            if "/Kids" in page:
                yield from walk(page, depth + 1)
            else:
                yield page

    return list(walk(handler.root["/Pages"], 0))


def _content(page: generic.DictionaryObject) -> bytes:
    """The drawing commands of a page."""
    contents = _entry(page, "/Contents")
    if contents is None:
        return b""
    streams = contents if isinstance(contents, generic.ArrayObject) else [contents]
    return b"\n".join(each.get_object().data for each in streams)


def _annotations(page: generic.DictionaryObject) -> int:
    return len(_entry(page, "/Annots", ()))


def forbidden_changes(reader: PdfFileReader, revision: int) -> list[str]:
    """Sentences for the changes made after this saved state that its signature does not permit; at least one."""
    before = pages(reader.get_historical_resolver(revision))
    now = pages(reader)
    found: list[str] = []
    if len(now) > len(before):
        found.append(_("Sau khi ký, tệp đã bị thêm %(count)d trang.") % {"count": len(now) - len(before)})
    if len(now) < len(before):
        found.append(_("Sau khi ký, tệp đã bị bớt %(count)d trang.") % {"count": len(before) - len(now)})
    for number, (old, new) in enumerate(zip(before, now, strict=False), start=1):
        if _content(old) != _content(new):
            found.append(_("Sau khi ký, nội dung trang %(number)d đã bị thay đổi.") % {"number": number})
        elif _annotations(old) != _annotations(new):
            found.append(_("Sau khi ký, trang %(number)d đã bị dán thêm hoặc gỡ bớt chi tiết.") % {"number": number})
    found.extend(_changed_lines(reader, revision))
    return found or [_("Sau khi ký, tệp đã bị sửa theo cách mà chữ ký không cho phép.")]


def _changed_lines(reader: PdfFileReader, revision: int) -> list[str]:
    """The text fields whose contents differ from what they were, but for number and date given once before the seal."""
    old = reader.get_historical_resolver(revision)
    before, now, histories = field_values(old), field_values(reader), field_histories(reader)
    once = {name for name, history in histories.items() if len(history) <= 2}
    if SEAL_FIELD in empty_signature_fields(old):
        before = {name: value for name, value in before.items() if name not in once}
    labels = {NUMBER_FIELD: _("số"), DATE_FIELD: _("ngày ban hành")}
    changed = [labels.get(name, name) for name in before if now.get(name) != before[name]]
    return [_("Sau khi ký, %(what)s đã bị điền lại.") % {"what": each} for each in changed]


def permitted_changes(reader: PdfFileReader, revision: int) -> list[str]:
    """Sentences for what was done after this saved state within the usual course: number and date given, sealed."""
    old = reader.get_historical_resolver(revision)
    before, now = field_values(old), field_values(reader)
    found: list[str] = []
    if now.get(NUMBER_FIELD) != before.get(NUMBER_FIELD):
        code = now.get(NUMBER_FIELD, "").partition(" ")[2]
        found.append(_("Văn thư đã cấp số %(code)s.") % {"code": code})
    if now.get(DATE_FIELD) != before.get(DATE_FIELD):
        found.append(_("Văn thư đã ghi ngày: %(line)s.") % {"line": now.get(DATE_FIELD, "")})
    if SEAL_FIELD in empty_signature_fields(old) - empty_signature_fields(reader):
        found.append(_("Cơ quan đã đóng dấu."))
    if "/DSS" in reader.root and "/DSS" not in old.root:
        found.append(_("Đã bổ sung dữ liệu để kiểm chứng lâu dài."))
    if any(each.signed_revision > revision for each in reader.embedded_timestamp_signatures):
        found.append(_("Đã bổ sung dấu thời gian."))
    return found


def has_same_pages(old: PdfHandler, new: PdfHandler) -> bool:
    """Whether both have the same number of pages with the same drawing and as many annotations."""
    before, now = pages(old), pages(new)
    same = all(
        _content(one) == _content(other) and _annotations(one) == _annotations(other)
        for one, other in zip(before, now, strict=False)
    )
    return len(before) == len(now) and same


def has_only_validation_data_after(reader: PdfFileReader, revision: int) -> bool:
    """Whether what follows this saved state brings validation data (/DSS) and says nothing new of title or author.

    That no page, field or signature changed is the signatures' matter; what is written behind the last saved state
    is no validation data either.
    """
    old = reader.get_historical_resolver(revision)
    if _raw(reader.root, "/DSS") == _raw(old.root, "/DSS") or reader.xrefs.total_revisions <= revision + 1:
        return False
    if titles(reader) != titles(old):
        return False
    reader.stream.seek(0)
    return bool(reader.stream.read().rstrip().endswith(b"%%EOF"))


def _raw(dictionary: Any, key: str) -> str:
    """A reference as it is written, "" for none."""
    return str(dictionary.raw_get(key)) if key in dictionary else ""


SAVED = frozenset({
    "{http://ns.adobe.com/xap/1.0/}ModifyDate", "{http://ns.adobe.com/xap/1.0/}MetadataDate",
    "{http://ns.adobe.com/xap/1.0/}CreatorTool", "{http://ns.adobe.com/xap/1.0/mm/}InstanceID",
    "{http://ns.adobe.com/pdf/1.3/}Producer",
})  # fmt: skip
"""What a program that saves a file may write into its description."""


def description(pdf: bytes) -> dict[str, str]:
    """What the XMP says of the file, its title, language and that it is PDF/A; empty where it cannot be read."""
    try:
        with pikepdf.open(BytesIO(pdf)) as file:
            stated = file.open_metadata(set_pikepdf_as_editor=False)
            return {name: str(value) for name, value in stated.items() if name not in SAVED}
    except (pikepdf.PdfError, ValueError):
        return {}


def titles(handler: PdfHandler) -> list[str]:
    """What the file says of itself, without dates."""
    info = _entry(handler.trailer_view, "/Info", {})
    return [str(_entry(info, key, "")) for key in ("/Title", "/Author", "/Subject", "/Keywords")]
