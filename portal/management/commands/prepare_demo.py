"""What the demo needs before its first page, in one process: tables, static files, the demonstration organisation."""

import gc
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Chuẩn bị dữ liệu cho lệnh demo: tạo bảng, gom tệp tĩnh, nạp cơ quan mẫu."

    def handle(self, *args: Any, **options: Any) -> None:
        gc.set_threshold(100_000, 50, 50)  # a short process: looking for garbage often costs more than it gives
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_demo")
