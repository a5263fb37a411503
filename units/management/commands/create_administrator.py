"""`manage.py create_administrator`: an administrator's account, with the organisation when there is none yet."""

import getpass
import sys
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from units import accounts, appointments, register
from units.models import Unit, UnitKind, User
from units.roles import Role


class Command(BaseCommand):
    help = "Lập tài khoản quản trị cho một cơ quan; cơ quan chưa có thì được lập luôn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("--name", required=True, help="họ và tên")
        parser.add_argument("--organisation", required=True, help="tên đầy đủ của cơ quan")
        parser.add_argument("--symbol", default="", help="ký hiệu của cơ quan, khi lập mới (ví dụ SNV)")
        parser.add_argument("--parent-body", default="", help="cơ quan chủ quản, khi lập mới (ví dụ UBND TỈNH …)")
        parser.add_argument("--place", default="", help="địa danh ghi trên văn bản, khi lập mới")
        parser.add_argument("--email", default="", help="thư điện tử")

    def handle(self, *args: Any, **options: Any) -> None:
        username = User.normalize_username(options["username"])
        try:
            User._meta.get_field("username").run_validators(username)
            if User.objects.filter(username=username).exists():
                raise CommandError(f"Tên đăng nhập {username} đã có.", returncode=2)
            password = self._password()
            validate_password(password)
            self._create(username, password, options)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages), returncode=2) from problem
        self.stdout.write(f"Đã lập tài khoản quản trị {username}.")

    def _password(self) -> str:
        """Typed twice at a terminal, else one line of standard input."""
        if not sys.stdin.isatty():
            return sys.stdin.readline().rstrip("\n")
        first = getpass.getpass("Mật khẩu: ")
        if first != getpass.getpass("Nhập lại mật khẩu: "):
            raise CommandError("Hai lần nhập mật khẩu khác nhau.", returncode=2)
        return first

    @transaction.atomic
    def _create(self, username: str, password: str, options: dict[str, Any]) -> None:
        at = timezone.now()
        today = timezone.localdate(at)
        organisation = Unit.objects.organisations().working().filter(name=options["organisation"]).first()
        if organisation is None:
            organisation = register.create_unit(
                name=options["organisation"], kind=UnitKind.ORGANISATION, starts_on=today, symbol=options["symbol"],
                parent_body=options["parent_body"], place=options["place"], by=None, at=at,
            )  # fmt: skip
        user = accounts.create_account(
            username=username, full_name=options["name"], email=options["email"], password=password, by=None, at=at
        )
        appointments.appoint(
            user=user, unit=organisation, role=Role.ADMIN, title="Quản trị viên", starts_on=today, by=None, at=at
        )
