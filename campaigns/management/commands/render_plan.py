"""`manage.py render_plan PK --output F.pdf|F.docx`: a plan as a file, by the code that the portal runs."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from campaigns.models import Plan
from documents import pdf, word_templates
from documents.management.output import refuse
from documents.models import Document


def _pdf(document: Document) -> bytes:
    return pdf.render(document.definition.compose(document)).bytes


RENDERERS = {".pdf": _pdf, ".docx": word_templates.render}


class Command(BaseCommand):
    """Writes the file and exits 0; bad input: one Vietnamese line on stderr, exit 2."""

    help = "Dựng một kế hoạch thành tệp PDF hoặc Word."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pk", metavar="PK", help="mã số của kế hoạch")
        parser.add_argument("--output", metavar="TỆP", required=True, type=Path, help="tệp ra, đuôi .pdf hoặc .docx")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["output"]
        render = RENDERERS.get(path.suffix.lower())
        if render is None:
            refuse("Tệp ra phải có đuôi .pdf hoặc .docx.")
        given = str(options["pk"])
        plan = Plan.objects.filter(pk=int(given)).first() if given.isdecimal() and len(given) < 19 else None
        if plan is None:
            refuse(f"Không có kế hoạch số {given}.")
        data = render(plan.document)
        try:
            path.write_bytes(data)
        except OSError:
            refuse(f"Không ghi được tệp {path}.")
