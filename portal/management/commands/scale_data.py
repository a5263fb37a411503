"""`manage.py scale_data --tasks N`: a large made-up data set for measurements."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from documents.models import Document
from portal.scale import Size, fill

MOST = 2_000_000


class Command(BaseCommand):
    help = "Nạp N nhiệm vụ giả cùng kế hoạch, đơn vị, tiến độ tương ứng để đo tốc độ. Không chạy trên dữ liệu thật."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--tasks", type=int, required=True, metavar="N", help="số nhiệm vụ, ví dụ 1000000")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["tasks"] <= MOST:
            raise CommandError(f"Số nhiệm vụ phải từ 1 đến {MOST}.", returncode=2)
        if Document.objects.published().exists():
            raise CommandError("Cơ sở dữ liệu đã có văn bản ban hành; chỉ nạp vào cơ sở dữ liệu trống.", returncode=2)
        size = Size(options["tasks"])
        fill(size, on=timezone.localdate().isoformat(), say=lambda words: self.stdout.write(f"Đã nạp {words}."))
        self.stdout.write(
            f"{size.tasks} nhiệm vụ, {size.plans} kế hoạch, {size.units} đơn vị của {size.organisations} cơ quan."
        )
