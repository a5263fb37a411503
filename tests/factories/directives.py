"""Documents of a register, entered through the register's own verbs."""

from datetime import date
from typing import Any

from django.utils import timezone

from directives import register
from directives.models import Directive
from units.models import Appointment

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def make_directive(by: Appointment, code: str = "365-CV/ĐUK", **changes: Any) -> Directive:
    """A letter in the register of `by`'s organisation; `by` must be allowed to record."""
    values: dict[str, Any] = {
        "kind": register.kind_for("CV"),
        "dated_on": date(2023, 9, 19),
        "issuer": "Đảng ủy Khối các cơ quan tỉnh",
        "subject": "tổ chức Tháng cao điểm dân vận năm 2023",
    }
    return register.record(
        organisation=by.organisation, code=code, by=by, at=timezone.now(), **(values | changes)
    )


def make_register(by: Appointment, count: int) -> list[Directive]:
    """`count` different documents."""
    return [make_directive(by, code=f"{number}-CV/ĐUK") for number in range(1, count + 1)]
