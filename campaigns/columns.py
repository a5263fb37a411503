"""The columns of a list of tasks: one definition for the page, its CSV and its workbook."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from campaigns.deadlines import DueState
from campaigns.models import Task
from campaigns.rhythm import RhythmState

Value = str | int | date | None


@dataclass(frozen=True)
class Row:
    """A task of a list with its deadline, and what it owes when it is reported on in a rhythm."""

    task: Task
    due: DueState
    rhythm: RhythmState | None = None


@dataclass(frozen=True)
class Column:
    """`value` is what a file gets: text, whole number or day; `width` is the workbook's, in letters."""

    key: str
    label: "str | Promise"
    value: Callable[[Row], Value]
    width: int = 18


def _day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


FIXED = (
    Column("text", _("Nhiệm vụ"), lambda row: row.task.text, 60),
    Column("plan", _("Kế hoạch"), lambda row: row.task.plan.document.title, 40),
)
"""Always there: the page shows both in its first cell."""

CHOICES = (
    Column("unit", _("Đơn vị chủ trì"), lambda row: row.task.lead_unit.name, 28),
    Column("officer", _("Người thực hiện"), lambda row: row.task.officer.person_name if row.task.officer else "", 24),
    Column("due", _("Hạn"), lambda row: row.task.due_on, 12),
    Column("state", _("Trạng thái"), lambda row: row.task.get_state_display()),
    Column("percent", _("Tiến độ (%)"), lambda row: row.task.percent, 10),
    Column("product", _("Sản phẩm cần có"), lambda row: row.task.expected_product, 30),
    Column("field", _("Lĩnh vực"), lambda row: row.task.get_field_display(), 30),
    Column("original", _("Hạn ban đầu"), lambda row: row.task.original_due_on, 12),
    Column("assigned", _("Ngày giao"), lambda row: _day(row.task.assigned_at), 12),
    Column("finished", _("Ngày báo cáo xong"), lambda row: row.task.finished_on, 12),
)
USUAL = ("unit", "officer", "due", "state", "percent")
IN_FILES = {"due": (Column("class", _("Tình trạng hạn"), lambda row: row.due.words, 24),)}
"""What one cell of the page says twice over and a file keeps apart."""


def read(keys: Iterable[str]) -> tuple[str, ...]:
    """The known ones of `keys` in the order of CHOICES; the usual ones when none is known."""
    wanted = set(keys)
    return tuple(column.key for column in CHOICES if column.key in wanted) or USUAL


def of_file(shown: Iterable[str]) -> list[Column]:
    """The columns of a file that holds what the page shows."""
    by_key: dict[str, Any] = {column.key: column for column in CHOICES}
    found = list(FIXED)
    for key in shown:
        found += [by_key[key], *IN_FILES.get(key, ())]
    return found
