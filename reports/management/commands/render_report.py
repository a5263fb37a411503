"""`manage.py render_report PK --output F.pdf|F.docx`: a report as a file, by the code that the worker runs."""

import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from documents import pdf, word_templates
from documents.models import Document
from reports.compose import compose
from reports.models import Report

ENDINGS = (".pdf", ".docx")


class Command(BaseCommand):
    """Exit 0 with the file written; 2 with one Vietnamese line on stderr, and no file."""

    help = "Dựng một báo cáo thành tệp .pdf hoặc .docx."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="PK", help="số của báo cáo")
        parser.add_argument("--output", metavar="F.pdf|F.docx", default="", help="tệp ghi ra, .pdf hoặc .docx")

    def handle(self, *args: Any, **options: Any) -> None:
        output = Path(options["output"])
        if output.suffix.lower() not in ENDINGS:
            self._refuse("Hãy ghi tệp ra: --output TÊN.pdf hoặc --output TÊN.docx.")
        document = self._report(options["report"]).document
        try:
            output.write_bytes(self._rendered(document, output))
        except OSError:
            self._refuse(f"Không ghi được tệp {output}.")
        sys.stdout.buffer.write(f"{output}\n".encode())

    def _report(self, given: str) -> Report:
        found = None
        if given.isascii() and given.isdigit() and len(given) < 10:
            found = Report.objects.with_document().filter(pk=int(given)).first()
        if found is None:
            self._refuse(f"Không có báo cáo số {given}.")
        return found

    def _rendered(self, document: Document, output: Path) -> bytes:
        if output.suffix.lower() == ".docx":
            return word_templates.render(document)
        return pdf.render(compose(document)).bytes

    def _refuse(self, message: str) -> NoReturn:
        sys.stderr.buffer.write(f"{message}\n".encode())
        sys.exit(2)
