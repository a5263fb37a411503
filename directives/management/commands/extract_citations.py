"""`manage.py extract_citations FILE|-`: the documents a text cites, as JSON. Needs no database."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from directives.citations import parse

_LARGEST = 30 * 1024 * 1024


class Unreadable(Exception):
    """The input is no text; the message is what the user reads."""


class Command(BaseCommand):
    """Prints a JSON list in order of appearance and exits 0; bad input: one Vietnamese line on stderr, exit 2."""

    help = "Đọc một văn bản (UTF-8 hoặc UTF-16) và in ra danh sách văn bản được viện dẫn, dạng JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="TỆP", help="đường dẫn tệp văn bản; dấu - để đọc từ đầu vào chuẩn")

    def handle(self, *args: object, **options: object) -> None:
        try:
            text = decode(_load(str(options["file"])))
        except Unreadable as problem:
            sys.stderr.buffer.write(f"{problem}\n".encode()) if hasattr(sys.stderr, "buffer") else sys.stderr.write(
                f"{problem}\n"
            )
            sys.exit(2)
        citations = json.dumps([citation.as_dict() for citation in parse(text)], ensure_ascii=False, indent=2)
        _print(citations)


def _print(text: str) -> None:
    """To stdout as UTF-8 whatever the locale says."""
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(f"{text}\n")
    else:
        stream.write(f"{text}\n".encode("utf-8", "backslashreplace"))
        stream.flush()


def _load(name: str) -> bytes:
    """The bytes of the file, or of standard input for "-"; Unreadable says why not."""
    if name == "-":
        return sys.stdin.buffer.read(_LARGEST + 1)
    shown = " ".join(name.encode("utf-8", "replace").decode().split()) or "(trống)"
    try:
        path = Path(name)
        if path.is_dir():
            raise Unreadable(f"“{shown}” là thư mục; hãy chỉ ra một tệp văn bản.")
        if not path.exists():
            raise Unreadable(f"Không tìm thấy tệp “{shown}”.")
        with path.open("rb") as file:
            return file.read(_LARGEST + 1)
    except (OSError, ValueError) as error:
        raise Unreadable(f"Không đọc được tệp “{shown}”; hãy kiểm tra tên tệp và quyền đọc.") from error


def decode(raw: bytes) -> str:
    """UTF-8 or UTF-16 bytes as text; Unreadable when they are empty, too large, binary or in another encoding."""
    if len(raw) > _LARGEST:
        raise Unreadable("Tệp lớn hơn 30 MB; hãy tách thành các tệp nhỏ hơn.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        encoding = "utf-8-sig"
        if raw.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")):
            raise Unreadable("Tệp không phải là văn bản thuần; hãy lưu thành tệp .txt (UTF-8) rồi thử lại.")
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            "Tệp không phải văn bản UTF-8 hoặc UTF-16; hãy chuyển sang Unicode (UTF-8) rồi thử lại."
        ) from error
    if not text.strip():
        raise Unreadable("Tệp không có nội dung.")
    if sum(text.count(chr(code)) for code in (*range(9), *range(14, 27), *range(28, 32))) > len(text) // 20:
        raise Unreadable("Tệp không phải là văn bản thuần; hãy lưu thành tệp .txt (UTF-8) rồi thử lại.")
    return text
