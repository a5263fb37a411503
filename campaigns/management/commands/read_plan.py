"""`manage.py read_plan FILE`: what the plan reader recognises, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from campaigns.plan_reader import Unreadable, read
from campaigns.plan_reader.sources import LARGEST_FILE


class Command(BaseCommand):
    """Exit 0 with JSON on stdout; 2 with one Vietnamese line on stderr. Needs no database."""

    help = "Đọc một kế hoạch (.txt, .docx, .pdf) và in nội dung nhận ra được dưới dạng JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", type=Path, help="tệp kế hoạch")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as stream:
                data = stream.read(LARGEST_FILE + 1)
            draft = read(data, path.name)
        except OSError:
            self._refuse(f"Không mở được tệp {path.name}.")
        except Unreadable as error:
            self._refuse(str(error))
        else:
            text = json.dumps(draft.as_dict(), ensure_ascii=False, indent=2)
            sys.stdout.buffer.write(f"{text}\n".encode())

    def _refuse(self, message: str) -> None:
        sys.stderr.buffer.write(f"{message}\n".encode())
        sys.exit(2)
