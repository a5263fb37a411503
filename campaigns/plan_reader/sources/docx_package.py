"""The zip around a Word file, opened with suspicion: sizes before reading, parts parsed without entities or network."""

from __future__ import annotations

import io
import zipfile
import zlib

from django.utils.translation import gettext as _
from lxml import etree

from campaigns.plan_reader.draft import Unreadable

LARGEST_PART = 60 * 1024 * 1024
LARGEST_TOTAL = 200 * 1024 * 1024
MOST_ENTRIES = 4000
LARGEST_RELATIONS = 2 * 1024 * 1024
HIGHEST_RATIO = 200  # compressed text rarely exceeds 20
DOCUMENT = "word/document.xml"
_BROKEN = (etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


class Package:
    """The parts of a .docx. Raises Unreadable for anything suspicious."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError) as error:
            raise Unreadable(_("Tệp Word bị hỏng, không mở được.")) from error
        self._check_sizes()
        self._check_kind()

    def _check_sizes(self) -> None:
        entries = self._zip.infolist()
        if any(entry.flag_bits & 1 for entry in entries):
            raise Unreadable(_("Tệp có mật khẩu; hãy bỏ mật khẩu rồi tải lại."))
        largest = max((entry.file_size for entry in entries), default=0)
        relations = max((entry.file_size for entry in entries if entry.filename.endswith(".rels")), default=0)
        swollen = any(
            e.file_size > 1_000_000 and e.file_size > HIGHEST_RATIO * max(e.compress_size, 1) for e in entries
        )
        if (
            len(entries) > MOST_ENTRIES
            or largest > LARGEST_PART
            or relations > LARGEST_RELATIONS
            or sum(e.file_size for e in entries) > LARGEST_TOTAL
            or swollen
        ):
            raise Unreadable(_("Tệp nén chứa dữ liệu lớn bất thường khi giải nén; không đọc để bảo đảm an toàn."))

    def _check_kind(self) -> None:
        names = set(self._zip.namelist())
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            raise Unreadable(_("Tệp Word có macro; hãy lưu lại thành .docx không có macro."))
        if DOCUMENT not in names:
            raise Unreadable(
                _("Tệp không phải văn bản Word (.docx); có thể là Excel, PowerPoint, tệp nén hoặc đã bị đổi tên.")
            )
        types = self._zip.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
        if b"macroEnabled" in types:
            raise Unreadable(_("Tệp Word có macro; hãy lưu lại thành .docx không có macro."))
        self._check_relations()

    def _check_relations(self) -> None:
        """Links are harmless text; a template, frame or embedded object fetched from outside is refused."""
        for name in self._zip.namelist():
            if not name.endswith(".rels"):
                continue
            for relation in self._parse(name):
                kind = relation.get("Type", "").rsplit("/", 1)[-1]
                if relation.get("TargetMode") == "External" and kind != "hyperlink":
                    raise Unreadable(
                        _("Tệp Word nạp nội dung từ bên ngoài (%s); hãy bỏ liên kết đó rồi tải lại.") % kind
                    )

    def part(self, name: str) -> etree._Element | None:
        """The root element of a part, or None when the file has no such part."""
        return self._parse(name) if name in self._zip.namelist() else None

    def _parse(self, name: str) -> etree._Element:
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True
        )
        try:
            content = self._zip.read(name)
            if b"<!DOCTYPE" in content[:4096] or b"<!ENTITY" in content[:4096]:
                raise Unreadable(_("Tệp Word chứa khai báo XML không được phép (DTD, entity)."))
            return etree.fromstring(content, parser)
        except _BROKEN as error:
            raise Unreadable(_("Tệp Word bị hỏng ở phần %s.") % name) from error


def w(name: str) -> str:
    """The full name of a Word element or attribute."""
    return f"{{{WORD}}}{name}"


def value(element: etree._Element | None, default: str | None = None) -> str | None:
    """The w:val of an element, `default` when there is no element or no value."""
    return default if element is None else element.get(w("val"), default)
