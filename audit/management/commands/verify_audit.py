"""`manage.py verify_audit`: is the chain of hashes over the whole history unbroken?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

BROKEN = """
SELECT id FROM (
    SELECT id, number, previous_hash, hash, audit_row_hash(e) AS recomputed,
        lag(hash, 1, '') OVER (ORDER BY number) AS before, row_number() OVER (ORDER BY number) AS place
    FROM audit_event e) chain
WHERE hash <> recomputed OR previous_hash <> before OR number IS DISTINCT FROM place ORDER BY number LIMIT 1
"""


class Command(BaseCommand):
    help = "Kiểm tra chuỗi băm của nhật ký: có dòng nào bị sửa, bị xóa hay chen vào không."

    def handle(self, *args: Any, **options: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute(BROKEN)
            broken = cursor.fetchone()
            cursor.execute("SELECT count(*) FROM audit_event")
            (total,) = cursor.fetchone()
        if broken:
            raise CommandError(f"Nhật ký đã bị can thiệp từ dòng {broken[0]}.", returncode=1)
        self.stdout.write(f"Nhật ký nguyên vẹn: {total} dòng.")
