"""Files of every kind → `Source`. What the bytes are is decided by the bytes; the name only settles plain text."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from campaigns.plan_reader.blocks import Source
from campaigns.plan_reader.draft import Unreadable
from campaigns.plan_reader.sources import doc, docx, ole, pdf, txt
from campaigns.plan_reader.sources.docx_package import Package

LARGEST_FILE = 20 * 1024 * 1024
LONGEST_TEXT = 2_000_000

FOREIGN = {
    b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"II*\0": "TIFF", b"MM\0*": "TIFF",
    b"Rar!": "RAR", b"7z\xbc\xaf": "7z",
    b"\x7fELF": "ELF", b"MZ": "EXE", b"\x1f\x8b": "GZIP", b"{\\rtf": "RTF", b"BZh": "BZIP2", b"\xfd7zXZ": "XZ",
}  # fmt: skip


def load(data: bytes, filename: str) -> Source:
    """Turn a file into blocks. Raises Unreadable for anything that is no readable .txt, .docx or .pdf."""
    _check_size(data)
    source = _reader(data, filename)(data)
    if not source.text.strip():
        raise Unreadable(_("Tệp không có chữ nào để đọc."))
    if len(source.text) > LONGEST_TEXT:
        raise Unreadable(_("Văn bản quá dài để là một kế hoạch."))
    return source


def check(data: bytes, filename: str) -> None:
    """What can be said of a file before it is read, in no time and little memory: for the page that takes it.

    Raises Unreadable with the sentence `load` would give. A file that passes may still turn out to be unreadable.
    """
    _check_size(data)
    reader = _reader(data, filename)
    if reader is docx.load:
        Package(data)
    elif reader is doc.load:
        doc.check(data)


def _check_size(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise Unreadable(_("Tệp lớn hơn 20 MB; hãy bỏ bớt hình ảnh rồi tải lại."))
    if not data.strip(b"\0 \r\n\t\xef\xbb\xbf"):
        raise Unreadable(_("Tệp rỗng, không có nội dung để đọc."))


def _reader(data: bytes, filename: str) -> Callable[[bytes], Source]:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return docx.load
    if b"%PDF-" in data[:1024]:
        return pdf.load
    if data.startswith(ole.MAGIC):
        return doc.load
    for magic, name in FOREIGN.items():
        if data.startswith(magic):
            raise Unreadable(_("Tệp là dạng %s, không phải văn bản; hãy dùng tệp .docx, .pdf hoặc .txt.") % name)
    ending = filename.rsplit(".", 1)[-1].lower() if "." in filename else ""
    if ending in ("docx", "docm", "pdf", "doc"):
        raise Unreadable(
            _("Tệp có đuôi .%s nhưng nội dung không phải dạng đó, có thể đã hỏng hoặc bị đổi tên.") % ending
        )
    return txt.load
