"""`manage.py outgoing_register --year Y`: the issued documents of a year."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from documents.management.output import emit, refuse
from documents.models import Rendition


class Command(BaseCommand):
    """A JSON list in the order of dates and numbers; `file` is the path of the kept bytes."""

    help = "In sổ văn bản đi của một năm dưới dạng JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", metavar="NĂM", required=True, help="năm của sổ, ví dụ 2026")

    def handle(self, *args: Any, **options: Any) -> None:
        given = str(options["year"])
        if not given.isdecimal() or not 1900 <= int(given) <= 2200:
            refuse(f"Năm “{given}” không đúng; ví dụ --year 2026.")
        emit([_line(row) for row in issued_in(int(given))])


def issued_in(year: int) -> list[Rendition]:
    """The bytes issued in a year with their documents, of every organisation. One query."""
    found = Rendition.objects.filter(stage=Rendition.Stage.ISSUED, document__issued_on__year=year)
    ordered = found.order_by("document__organisation_id", "document__issued_on", "document__number", "document_id")
    return list(ordered.select_related("document"))


def _line(row: Rendition) -> dict[str, Any]:
    document = row.document
    return {
        "pk": document.pk,
        "kind": document.kind,
        "number": document.code.partition("/")[0],
        "symbol": document.symbol,
        "date": document.issued_on.isoformat() if document.issued_on else None,
        "title": document.title,
        "signer": document.signer_name,
        "state": document.state,
        "sha256": row.sha256,
        "file": str((Path(settings.MEDIA_ROOT) / row.file).resolve()),
    }
