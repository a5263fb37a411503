"""Word files of the old binary kind, and encrypted files, which share its container."""

from __future__ import annotations

import resource
import shutil
import subprocess
import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

from campaigns.plan_reader.blocks import Source
from campaigns.plan_reader.draft import Unreadable
from campaigns.plan_reader.sources import docx

CONVERSION_SECONDS = 60


def load(data: bytes) -> Source:
    """Reads: an OLE container. Writes: a source, through LibreOffice where it is installed; else says what to do."""
    return docx.load(_convert(data, check(data)))


def check(data: bytes) -> str:
    """The program that can convert the file. Raises Unreadable for what is locked, no Word file, or has no program."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable(_("Tệp Word có mật khẩu; hãy bỏ mật khẩu rồi tải lại."))
    if "WordDocument".encode("utf-16-le") not in data:
        raise Unreadable(_("Tệp không phải văn bản Word; hãy dùng tệp .docx, .pdf hoặc .txt."))
    office = shutil.which("soffice")
    if office is None:
        raise Unreadable(_("Tệp .doc là dạng Word cũ; hãy mở bằng Word, lưu thành .docx rồi tải lại."))
    return office


def _with_room() -> None:
    """LibreOffice needs more memory than the reader: as much as whoever set the reader's limit allows at most."""
    _usual, most = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _convert(data: bytes, office: str) -> bytes:
    """A .docx made by LibreOffice in a profile of its own (two runs with one profile would block each other)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "plan.doc")
        path.write_bytes(data)
        command = [
            office,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(path),
        ]
        try:
            subprocess.run(
                command, check=True, capture_output=True, timeout=CONVERSION_SECONDS, preexec_fn=_with_room
            )
            return Path(folder, "plan.docx").read_bytes()
        except (subprocess.SubprocessError, OSError) as error:
            raise Unreadable(_("Không chuyển được tệp .doc; hãy mở bằng Word, lưu thành .docx rồi tải lại.")) from error
