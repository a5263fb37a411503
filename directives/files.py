"""Files of directives: what they are is told by their content; they are kept and given back byte for byte."""

import io
import zipfile
from pathlib import PurePath

from django.utils.translation import gettext as _

from units.permissions import NotAllowed

MOST_BYTES = 20 * 1024 * 1024
ACCEPT = ".pdf,.jpg,.jpeg,.png,.docx"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STARTS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"))
ENDINGS = {PDF: (".pdf",), DOCX: (".docx",), "image/jpeg": (".jpg", ".jpeg"), "image/png": (".png",)}
SHOWN = {PDF, "image/jpeg", "image/png"}
"""Types a browser shows itself; Word files are downloaded."""


def plain_name(name: str) -> str:
    """The name without folders and control characters, at most 200 characters."""
    last = PurePath(name.replace("\\", "/")).name
    return "".join(char for char in last if char.isprintable())[-200:] or "tep"


def media_type_of(name: str, data: bytes) -> str:
    """The media type by content. NotAllowed with one sentence for what the register does not take."""
    name = plain_name(name)
    words = {"name": name, "limit": MOST_BYTES // 1024**2}
    if not data:
        raise NotAllowed(_("Tệp “%(name)s” rỗng.") % words)
    if len(data) > MOST_BYTES:
        raise NotAllowed(_("Tệp “%(name)s” lớn hơn %(limit)s MB.") % words)
    found = next((media_type for start, media_type in STARTS if data.startswith(start)), "")
    if data.startswith(b"PK\x03\x04"):
        found = _word_type(data, words)
    if not found:
        raise NotAllowed(_("Tệp “%(name)s” không phải PDF, ảnh JPG, PNG hay Word (.docx).") % words)
    if PurePath(name).suffix.lower() not in ENDINGS[found]:
        raise NotAllowed(_("Tên tệp “%(name)s” không khớp với nội dung; hãy chọn đúng tệp gốc.") % words)
    return found


def _word_type(data: bytes, words: dict[str, object]) -> str:
    """DOCX or "": only the table of contents of the archive is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        raise NotAllowed(_("Tệp “%(name)s” bị hỏng, không mở được.") % words) from error
    if any(PurePath(entry).name.lower() == "vbaproject.bin" for entry in entries):
        raise NotAllowed(_("Tệp “%(name)s” có macro; hãy lưu lại thành tệp không có macro hoặc PDF.") % words)
    return DOCX if {"[Content_Types].xml", "word/document.xml"} <= entries else ""
