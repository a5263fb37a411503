"""`manage.py extract_citations`: what scripts rely on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "manage.py", "extract_citations", *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        timeout=60,
    )


def codes(answer: subprocess.CompletedProcess[bytes]) -> list[str]:
    assert answer.returncode == 0, answer.stderr.decode()
    return [citation["code"] for citation in json.loads(answer.stdout.decode("utf-8"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_file_in_any_unicode_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "căn cứ.txt"
    path.write_bytes("Căn cứ Nghị quyết số 57-NQ/TW\r\nvà Công văn số 365-CV/ĐUK.\x00".encode(encoding))

    assert codes(run(str(path))) == ["57-NQ/TW", "365-CV/ĐUK"]


def test_dash_reads_standard_input_and_prints_every_field() -> None:
    answer = run("-", stdin="Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ về công tác dân vận".encode())

    assert json.loads(answer.stdout) == [
        {
            "text": "Chỉ thị số 33/CT-TTg", "start": 0, "end": 20, "kind": "CT", "code": "33/CT-TTg",
            "number": "33", "symbol": "CT-TTg",
            "date": "2021-11-26", "issuer": "Thủ tướng Chính phủ", "subject": "công tác dân vận",
        }
    ]  # fmt: skip
    assert "Chỉ thị" in answer.stdout.decode("utf-8")


def test_text_without_citations_gives_an_empty_list() -> None:
    assert codes(run("-", stdin="Không có gì.".encode())) == []


@pytest.mark.parametrize(
    "content",
    [b"", b" \n\t", b"\x80\x81\xff", b"\xff\xfea", b"%PDF-1.7\n", b"PK\x03\x04abc", bytes(range(32)) * 9],
    ids=repr,
)
def test_bad_content_gives_one_vietnamese_line_and_exit_2(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)

    _assert_refused(run(str(path)))


@pytest.mark.parametrize("name", ["/khong/co/tep.txt", "/", "", "a\nb"])
def test_bad_path_gives_one_vietnamese_line_and_exit_2(name: str) -> None:
    _assert_refused(run(name))


def test_missing_argument_exits_2_without_traceback() -> None:
    answer = run()

    assert answer.returncode == 2
    assert b"Traceback" not in answer.stderr


def _assert_refused(answer: subprocess.CompletedProcess[bytes]) -> None:
    message = answer.stderr.decode("utf-8")
    assert (answer.returncode, answer.stdout, message.count("\n"), message.startswith("Tệp") or "tệp" in message) == (
        2,
        b"",
        1,
        True,
    )
