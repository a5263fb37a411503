"""One deadline pass by hand: `run_deadlines --on 2026-10-21`."""

import sys
from datetime import date, datetime, time
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import reminders
from campaigns.models import Reminder


def day(text: str) -> date:
    """2026-10-21, or 21/10/2026. ValueError for anything else."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 (a day has no time zone)
        except ValueError:
            continue
    raise ValueError(text)


class Command(BaseCommand):
    help = "Nhắc các nhiệm vụ sắp đến hạn, đến hạn và quá hạn của một ngày; chạy lại không nhắc hai lần."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", metavar="YYYY-MM-DD", default="", help="ngày cần xét; mặc định là hôm nay")

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        try:
            on = day(options["on"]) if options["on"] else today
        except ValueError:
            self._refuse(_("Ngày “%(day)s” không đúng; hãy ghi như 2026-10-21.") % {"day": options["on"]})
        at = timezone.now() if on == today else timezone.make_aware(datetime.combine(on, time(6, 10)))
        done = reminders.run(on, at=at)
        self.stdout.write(_("Ngày %(day)s: %(count)d lần nhắc mới, %(told)d thông báo.") % {
            "day": f"{on:%d/%m/%Y}", "count": done.total, "told": done.told,
        })  # fmt: skip
        for (kind, level), count in sorted(done.created.items()):
            self.stdout.write(f"  {Reminder.Kind(kind).label} (mức {level}): {count}")

    def _refuse(self, message: str) -> NoReturn:
        sys.stderr.write(f"{message}\n")
        sys.exit(2)
