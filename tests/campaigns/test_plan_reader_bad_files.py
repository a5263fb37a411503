"""Files that are no plan: one clear Vietnamese sentence, quickly."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
import zipfile
import zlib
from pathlib import Path

import docx
import pytest
from weasyprint import HTML

from campaigns.plan_reader import Unreadable, check, read
from tests.campaigns.data.old_word import WORD_TEXT, container

PROJECT = Path(__file__).parents[2]
# A forked child is charged the peak of whoever forked it: this parent is small and passes the command's figures on.
SMALL_PARENT = """
import json, resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as file:
    json.dump({"seconds": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss}, file)
raise SystemExit(code)
"""
ENGLISH = b"The quick brown fox jumps over the lazy dog. " * 40
ENTITIES = (
    b'<!DOCTYPE a [<!ENTITY b "'
    + b"x" * 99
    + b'">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&b;</w:document>'
)
TEMPLATE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    b'Id="r1" TargetMode="External" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://example.test/a.dotm"/></Relationships>'
)


def word(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in ({"word/document.xml": b"<a/>"} | parts).items():
            archive.writestr(name, content)
    return stream.getvalue()


def scanned_pdf() -> bytes:
    return HTML(string='<svg width="99" height="99"><rect width="99" height="99"/></svg>').write_pdf()


def pdf_bomb() -> bytes:
    packed = zlib.compress(bytes(120_000_000), 9)
    return (
        b"%PDF-1.4\n1 0 obj <</Length "
        + str(len(packed)).encode()
        + b"/Filter/FlateDecode>>\nstream\n"
        + packed
        + b"\nendstream endobj\n"
    )


def locked_pdf() -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(HTML(string="<p>Kế hoạch</p>").write_pdf())))
    writer.encrypt("mat-khau", algorithm="AES-256")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


BAD = {
    "empty.txt": (lambda: b"", "Tệp rỗng"),
    "blank.txt": (lambda: b" \r\n\t\n", "Tệp rỗng"),
    "large.txt": (lambda: b"a" * (20 * 1024 * 1024 + 1), "20 MB"),
    "english.txt": (lambda: ENGLISH, "Không nhận ra kế hoạch"),
    "binary.txt": (lambda: bytes(range(256)) * 20, "không phải văn bản"),
    "picture.docx": (lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 99, "PNG"),
    "renamed.docx": (lambda: "KẾ HOẠCH".encode(), "đổi tên"),
    "cut.docx": (lambda: word()[:60], "hỏng"),
    "sheet.docx": (lambda: word().replace(b"word/document.xml", b"xl/xxxx/sheet.xml"), "không phải văn bản Word"),
    "hollow.docx": (lambda: word(), "không có chữ"),
    "entities.docx": (lambda: word(**{"word/document.xml": ENTITIES}), "entity"),
    "bomb.docx": (lambda: word(**{"word/document.xml": bytes(70_000_000)}), "bất thường"),
    "macro.docm": (lambda: word(**{"word/vbaProject.bin": b"x"}), "macro"),
    "outside.docx": (lambda: word(**{"word/_rels/settings.xml.rels": TEMPLATE}), "bên ngoài"),
    "locked.docx": (lambda: container(EncryptedPackage=bytes(5000)), "mật khẩu"),
    "fake.doc": (lambda: container(Workbook=bytes(5000)), "không phải văn bản Word"),
    "old.doc": (lambda: container(WordDocument=WORD_TEXT), ".docx"),
    "scan.pdf": (scanned_pdf, "OCR"),
    "locked.pdf": (locked_pdf, "mật khẩu"),
    "broken.pdf": (lambda: b"%PDF-1.7\nnothing here", "hỏng"),
    "bomb.pdf": (pdf_bomb, "bất thường"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_file_is_refused_in_one_sentence(name):
    make, words = BAD[name]
    data = make()
    started = time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read(data, name)
    message = str(refused.value)
    assert words in message
    assert "\n" not in message
    assert message.endswith(".")
    assert time.monotonic() - started < 10


# What the page that takes a file can already say; the rest is found out by the worker that reads it.
AT_ONCE = [
    "empty.txt", "blank.txt", "large.txt", "picture.docx", "renamed.docx", "cut.docx", "sheet.docx", "bomb.docx",
    "macro.docm", "outside.docx", "locked.docx", "fake.doc",
]  # fmt: skip


@pytest.mark.parametrize("name", AT_ONCE)
def test_check_says_the_same_without_reading(name):
    make, words = BAD[name]
    started = time.monotonic()
    with pytest.raises(Unreadable, match=words):
        check(make(), name)
    assert time.monotonic() - started < 1


def test_check_lets_a_plan_pass():
    assert check("KẾ HOẠCH".encode(), "a.txt") is None


def large_plan(tasks: int) -> bytes:
    document = docx.Document()
    for line in ("KẾ HOẠCH", "Giao nhiệm vụ năm 2026", "I. PHÂN CÔNG THỰC HIỆN"):
        document.add_paragraph(line)
    for number in range(1, tasks + 1):
        document.add_paragraph(
            f"{number}. Giao Phòng Số {number} chủ trì, phối hợp với Văn phòng rà soát hồ sơ, xong trước ngày "
            f"20/10/2026."
        )
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


MEASURED = {
    "empty.txt": (BAD["empty.txt"][0], 2),
    "large.txt": (lambda: "Kế hoạch ".encode() * 2_700_000, 2),  # 30 MB
    "bomb.docx": (BAD["bomb.docx"][0], 2),
    "bomb.pdf": (BAD["bomb.pdf"][0], 2),
    "locked.pdf": (BAD["locked.pdf"][0], 2),
    "macro.docm": (BAD["macro.docm"][0], 2),
    "outside.docx": (BAD["outside.docx"][0], 2),
    "entities.docx": (BAD["entities.docx"][0], 2),
    "renamed.docx": (BAD["renamed.docx"][0], 2),
    "english.txt": (BAD["english.txt"][0], 2),
    "fake.doc": (BAD["fake.doc"][0], 2),
    "old.doc": (BAD["old.doc"][0], 2),
    "5000_tasks.docx": (lambda: large_plan(5000), 0),
}


@pytest.mark.parametrize("name", MEASURED)
def test_command_stays_within_10_seconds_and_600_mb(name, tmp_path):
    """Exit 2 with one sentence for bad files; the processor's seconds and the peak are those of the command alone."""
    make, wanted = MEASURED[name]
    path, used = tmp_path / name, tmp_path / "used.json"
    path.write_bytes(make())
    with (tmp_path / "out").open("wb") as out, (tmp_path / "err").open("wb") as err:
        code = subprocess.call(
            [sys.executable, "-c", SMALL_PARENT, str(used), sys.executable, "manage.py", "read_plan", str(path)],
            cwd=PROJECT, stdout=out, stderr=err,
        )  # fmt: skip
    said = (tmp_path / "err").read_text("utf-8")
    assert (code, said.count("\n")) == (wanted, 1 if wanted else 0)
    measured = json.loads(used.read_text())
    assert measured["seconds"] < 10
    assert measured["peak"] < 600 * 1024


def test_command_refuses_with_exit_2_and_one_line(tmp_path):
    path = tmp_path / "english.txt"
    path.write_bytes(ENGLISH)
    done = subprocess.run(
        [sys.executable, "manage.py", "read_plan", str(path)], cwd=PROJECT, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert (
        done.stderr.decode() == "Không nhận ra kế hoạch trong tệp: không thấy chữ “KẾ HOẠCH”, các mục hay nơi nhận.\n"
    )


def test_5000_tasks_are_read_quickly():
    data = large_plan(5000)
    started = time.process_time()
    draft = read(data, "a.docx")
    assert time.process_time() - started < 10
    assert len(draft.tasks) == 5000
    assert draft.tasks[4999].as_dict()["lead_unit"] == "Phòng Số 5000"


def test_one_endless_paragraph_takes_time_in_proportion():
    """A sentence of 430,000 characters that names a unit every 43."""
    text = "KẾ HOẠCH\nVề việc gì\nI. PHÂN CÔNG\n1. " + "Giao Văn phòng chủ trì, phối hợp với Sở A, " * 10_000
    started = time.process_time()
    assert len(read(text.encode(), "a.txt").tasks) == 1
    assert time.process_time() - started < 5
