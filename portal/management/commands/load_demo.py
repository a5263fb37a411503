"""`manage.py load_demo`: the demonstration organisation, its people and its work. Safe to repeat."""

import os
import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from portal.demo_data.people import FIRST_DAY, PEOPLE, build
from portal.demo_data.story import Story
from portal.demo_data.teller import moment
from units.models import User


class Command(BaseCommand):
    help = "Nạp cơ quan mẫu với người, kế hoạch, nhiệm vụ và báo cáo mẫu. Chạy lại không tạo thêm."

    def handle(self, *args: Any, **options: Any) -> None:
        if User.objects.filter(is_demo=False).exists():
            raise CommandError(
                "Cơ sở dữ liệu này có tài khoản thật; dữ liệu mẫu chỉ nạp vào cơ sở dữ liệu trống.", returncode=2
            )
        password = os.environ.get("DEMO_PASSWORD") or secrets.token_urlsafe(9)
        if User.objects.filter(is_demo=True).exists():
            self._keep_password(password)
            return
        with transaction.atomic():
            house = build(password, at=moment(FIRST_DAY))
            Story(house, timezone.localdate()).tell()
        self._tell(password)

    def _keep_password(self, password: str) -> None:
        """A given password becomes everybody's; without one the accounts stay as they are."""
        if not os.environ.get("DEMO_PASSWORD"):
            self.stdout.write("Dữ liệu mẫu đã có; mật khẩu giữ nguyên.")
            return
        demo = User.objects.filter(is_demo=True)
        one = demo.order_by("pk").first()
        if one is not None and not one.check_password(password):
            one.set_password(password)
            demo.update(password=one.password)
        self._tell(password)

    def _tell(self, password: str) -> None:
        for person in PEOPLE:
            self.stdout.write(f"{person.username:16} {person.title}, {person.full_name}")
        self.stdout.write(f"Mật khẩu của mọi tài khoản: {password}")
