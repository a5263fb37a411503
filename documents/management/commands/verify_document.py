"""`manage.py verify_document FILE`: is a PDF genuine?"""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from documents import verifying
from documents.findings import Examination, SignatureFinding, Verdict
from documents.forms import LARGEST
from documents.management.output import emit, refuse
from documents.models import Document


class Command(BaseCommand):
    """JSON on stdout; exit 0 only for a genuine file, 1 for any other PDF, 2 for what is no readable PDF."""

    help = "Kiểm tra một tệp PDF: có trong sổ văn bản đi không, chữ ký có nguyên vẹn và được tin cậy không."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="tệp PDF cần kiểm tra")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            if path.is_dir():
                refuse(f"“{path.name}” là thư mục; hãy chỉ ra một tệp PDF.")
            with path.open("rb") as stream:
                data = stream.read(LARGEST + 1)
        except (OSError, ValueError):
            refuse(f"Không mở được tệp {path.name}.")
        if len(data) > LARGEST:
            refuse("Tệp lớn hơn 25 MB.")
        found, document = verifying.examine(data)
        if found.verdict is Verdict.UNREADABLE:
            refuse(found.sentence)
        emit(as_dict(found, document))
        sys.exit(0 if found.is_good else 1)


def as_dict(found: Examination, document: Document | None) -> dict[str, Any]:
    """The answer as plain values."""
    return {
        "verdict": str(found.verdict),
        "sentence": found.sentence,
        "is_genuine": found.is_good,
        "sha256": found.sha256,
        "known": document is not None,
        "version": found.known.version if found.known else "",
        "document": _document(document) if document else None,
        "number_line": found.number_line,
        "date_line": found.date_line,
        "problems": list(found.problems),
        "signatures": [_signature(each) for each in found.signatures],
    }


def _document(document: Document) -> dict[str, Any]:
    issued_on = document.issued_on.isoformat() if document.issued_on else None
    return {
        "pk": document.pk,
        "code": document.code,
        "title": document.title,
        "state": document.state,
        "date": issued_on,
    }


def _signature(each: SignatureFinding) -> dict[str, Any]:
    return {
        "field": each.field,
        "signer": each.signer_name,
        "organisation": each.organisation,
        "post": each.post,
        "level": each.level,
        "signed_at": each.signed_at.isoformat() if each.signed_at else None,
        "intact": each.is_intact,
        "trusted": each.is_trusted,
        "covers_whole_file": each.covers_whole_file,
        "later_changes": list(each.later_changes),
        "problems": list(each.problems),
        "certificate": each.subject,
        "fingerprint": each.fingerprint,
    }
