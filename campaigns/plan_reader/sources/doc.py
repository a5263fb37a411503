"""Word files of the old binary kind, and encrypted files, which share its container."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from django.utils.translation import gettext as _

from campaigns.plan_reader.blocks import Source
from campaigns.plan_reader.draft import Unreadable
from campaigns.plan_reader.sources import docx, ole

CONVERSION_SECONDS = 8
"""A whole reading answers within ten."""
SMALLEST_BLOCK = 898  # of the file information block that begins a Word 97 text ([MS-DOC] 2.5.1)
SHORT_STREAM = 4096  # a shorter stream has no sectors of its own
WORD_MARKS = (0xA5EC, 0xA5DC)
LOCKED = 0x0100


def load(data: bytes) -> Source:
    """Reads: an OLE container. Writes: a source, through LibreOffice where it is installed; else says what to do."""
    return docx.load(_convert(data, check(data)))


def check(data: bytes) -> str:
    """The program that can convert the file. Raises Unreadable for what is locked, no Word file, or has no program."""
    container = ole.open_container(data)
    entries = {entry.name: entry for entry in container.entries()} if container else {}
    text = entries.get("WordDocument")
    if "EncryptedPackage" in entries or (container and text and _is_locked(container, text)):
        raise Unreadable(_("Tệp Word có mật khẩu; hãy bỏ mật khẩu rồi tải lại."))
    if container is None or text is None or not _is_word(container, text):
        raise Unreadable(_("Tệp không phải văn bản Word; hãy dùng tệp .docx, .pdf hoặc .txt."))
    if "Macros" in entries:
        raise Unreadable(_("Tệp Word có macro; hãy lưu lại thành .docx không có macro."))
    office = shutil.which("soffice")
    if office is None:
        raise Unreadable(_("Tệp .doc là dạng Word cũ; hãy mở bằng Word, lưu thành .docx rồi tải lại."))
    return office


def _is_word(container: ole.Container, text: ole.Entry) -> bool:
    if not text.is_stream or text.size < SMALLEST_BLOCK:
        return False
    return text.size < SHORT_STREAM or int.from_bytes(container.start(text, 2), "little") in WORD_MARKS


def _is_locked(container: ole.Container, text: ole.Entry) -> bool:
    """Has the text a password, as its block says?"""
    block = container.start(text, 12) if text.size >= SHORT_STREAM and _is_word(container, text) else bytes(12)
    return bool(int.from_bytes(block[10:12], "little") & LOCKED)


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
        _run(command)
        try:
            return Path(folder, "plan.docx").read_bytes()
        except OSError as error:
            raise _not_converted() from error


def _run(command: list[str]) -> None:
    """Run LibreOffice to its end; when the time is over, it and all it started are ended."""
    quiet = subprocess.DEVNULL
    try:
        running = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, preexec_fn=_with_room
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise _not_converted() from error
    try:
        running.wait(CONVERSION_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise _not_converted() from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()


def _not_converted() -> Unreadable:
    return Unreadable(_("Không chuyển được tệp .doc; hãy mở bằng Word, lưu thành .docx rồi tải lại."))
