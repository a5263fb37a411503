"""Lists of "Nơi nhận" that an organisation keeps by purpose and uses again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from campaigns import events
from campaigns.models import Plan, RecipientList
from campaigns.workflow.plan_writing import EDIT
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed


@transaction.atomic
def keep(*, plan: Plan, name: str, by: Appointment, at: datetime) -> RecipientList:
    """Keep the plan's recipients under a purpose; a list of that name is replaced."""
    permissions.check(by, EDIT, at=at, unit=plan.document.organisation)
    lines = [{"text": line.text, "unit": line.unit_id} for line in plan.document.recipients.all()]
    if not lines:
        raise NotAllowed(_("Kế hoạch chưa có nơi nhận để lưu thành danh sách."))
    kept, _is_new = RecipientList.objects.update_or_create(
        organisation=plan.document.organisation, name=name, defaults={"lines": lines, "saved_at": at, "saved_by": by}
    )
    log.record(events.RECIPIENTS_KEPT, plan, by=by, at=at, name=name)
    return kept


@dataclass(frozen=True)
class KeptLines:
    """A kept list as it may be used today: units under the names they have now, without those that are no more."""

    name: str
    lines: tuple[str, ...]
    gone: tuple[str, ...] = ()


def usable(organisation: Unit) -> list[KeptLines]:
    """The kept lists with valid names. Two queries."""
    kept = list(RecipientList.objects.filter(organisation=organisation))
    wanted = {line["unit"] for row in kept for line in row.lines if line["unit"]}
    units = Unit.objects.in_bulk(wanted)
    return [_usable(row, units, organisation) for row in kept]


def _usable(row: RecipientList, units: dict[int, Unit], organisation: Unit) -> KeptLines:
    lines, gone = [], []
    for line in row.lines:
        unit = units.get(line["unit"])
        if unit is not None and unit.dissolved_on is not None:
            gone.append(line["text"])
        elif unit is not None and unit.pk != organisation.pk and unit.name not in line["text"]:
            lines.append(line["text"] if unit.label in line["text"] else unit.name)
        else:
            lines.append(line["text"])
    return KeptLines(row.name, tuple(lines), tuple(gone))
