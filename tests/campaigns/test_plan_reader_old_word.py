"""Files named .doc: what is no Word 97 file is told so before LibreOffice starts; LibreOffice is held to its time."""

import stat
import time
from pathlib import Path

import pytest

from campaigns.plan_reader import Unreadable, read
from campaigns.plan_reader.sources import doc, ole
from tests.campaigns.data.old_word import LOCKED_TEXT, SECTOR, WORD_TEXT, container

NO_WORD = "Tệp không phải văn bản Word; hãy dùng tệp .docx, .pdf hoặc .txt."
WORD = container(WordDocument=WORD_TEXT)
NAME = "WordDocument".encode("utf-16-le")


def circle(data: bytes) -> bytes:
    """The directory's chain leads back to its own sector."""
    return data[: SECTOR + 4] + (1).to_bytes(4, "little") + data[SECTOR + 8 :]


BAD = {
    "garbage": (b"\x07\x13garbage" * 500, "Tệp có đuôi .doc nhưng nội dung không phải dạng đó"),
    "only the mark": (ole.MAGIC, NO_WORD),
    "the mark and garbage": (ole.MAGIC + b"\x07\x13" * 4000, NO_WORD),
    "the name somewhere in garbage": (ole.MAGIC + bytes(600) + NAME + bytes(5000), NO_WORD),
    "a container without anything": (container(), NO_WORD),
    "the name in the text of another file": (container(Workbook=NAME * 300), NO_WORD),
    "a directory in a circle": (circle(container(Workbook=WORD_TEXT)), NO_WORD),
    "a storage of that name": (container(WordDocument=b""), NO_WORD),
    "a text too short": (container(WordDocument=b"\xec\xa5"), NO_WORD),
    "a text without Word's mark": (container(WordDocument=bytes(5000)), NO_WORD),
    "an encrypted .docx": (container(EncryptedPackage=bytes(5000)), "Tệp Word có mật khẩu"),
    "a text with a password": (container(WordDocument=LOCKED_TEXT), "Tệp Word có mật khẩu"),
    "macros": (container(WordDocument=WORD_TEXT, Macros=b""), "Tệp Word có macro"),
}


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A LibreOffice that says it was started, then waits; a child of its own holds on to it."""
    program, started = tmp_path / "soffice", tmp_path / "started"
    program.write_text(f"#!/bin/sh\nsleep 31.7 &\necho $! > {started}\nwait\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    return started


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_word_file_is_refused_before_anything_is_started(what: str, office: Path) -> None:
    data, words = BAD[what]

    with pytest.raises(Unreadable) as refused:
        read(data, "ke-hoach.doc")

    assert str(refused.value).startswith(words)
    assert not office.exists()


def test_a_conversion_that_takes_too_long_is_ended_with_all_it_started(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert doc.CONVERSION_SECONDS < 10
    monkeypatch.setattr(doc, "CONVERSION_SECONDS", 2)
    began = time.monotonic()

    with pytest.raises(Unreadable, match="Không chuyển được tệp"):
        read(WORD, "ke-hoach.doc")

    assert time.monotonic() - began < 8
    assert not is_running(int(office.read_text()))


def test_a_large_container_is_looked_through_beyond_the_header_list() -> None:
    """More than 109 sectors of the table: the rest of the list stands in a sector of its own."""
    count = 111  # sectors of the table
    small = container(WordDocument=b"")
    directory = small[2 * SECTOR : 3 * SECTOR]
    header = bytearray(small[:SECTOR])
    header[44:48] = count.to_bytes(4, "little")
    header[48:52] = (110 * 128).to_bytes(4, "little")
    header[68:76] = count.to_bytes(4, "little") + (1).to_bytes(4, "little")
    header[76:SECTOR] = b"".join(n.to_bytes(4, "little") for n in range(109))
    end = (0xFFFFFFFE).to_bytes(4, "little")
    table = bytes(110 * SECTOR) + end * 128
    more = (109).to_bytes(4, "little") + (110).to_bytes(4, "little") + end * 126
    data = bytes(header) + table + more
    data = data.ljust((110 * 128 + 1) * SECTOR, b"\0") + directory

    opened = ole.open_container(data)

    assert opened is not None
    assert [entry.name for entry in opened.entries()][:2] == ["Root Entry", "WordDocument"]
