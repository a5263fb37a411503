"""`manage.py render_report PK --output F.pdf`: a report as a file, by the code that the worker and the page run."""

import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from reports.models import Report
from reports.outputs import files


class Command(BaseCommand):
    """Exit 0 with the file written; 2 with one Vietnamese line on stderr, and no file."""

    help = "Dựng một báo cáo thành tệp .pdf, .docx, .xlsx, .json hoặc .xml."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("report", metavar="PK", help="số của báo cáo")
        parser.add_argument("--output", metavar="F.pdf|F.docx|F.xlsx|F.json|F.xml", default="", help="tệp ghi ra")

    def handle(self, *args: Any, **options: Any) -> None:
        output = Path(options["output"])
        ending = output.suffix.lower().removeprefix(".")
        if ending not in files.KINDS:
            self._refuse("Hãy ghi tệp ra: --output TÊN.pdf hoặc --output TÊN.docx, .xlsx, .json, .xml.")
        report = self._report(options["report"])
        try:
            output.write_bytes(files.make(report, ending))
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

    def _refuse(self, message: str) -> NoReturn:
        sys.stderr.buffer.write(f"{message}\n".encode())
        sys.exit(2)
