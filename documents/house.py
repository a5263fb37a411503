"""The rules of an organisation for its official files, changed by its chief of office or administrator."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Field
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import log
from documents import events
from documents.models import HouseRules, NumberSeries, rules_of
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed

PERMISSION = "documents.rules"
NUMBERED_BY = ("numbering", "term_starts_on")
NAMES = (
    *NUMBERED_BY, "number_before_signature", "layout", "type_size", "seal_mm", "shows_code", "link_days",
    "kinds_by_order",
)  # fmt: skip


@transaction.atomic
def change_rules(*, organisation: Unit, values: dict[str, Any], by: Appointment, at: datetime) -> HouseRules:
    """Set the rules; only what differs is changed and written into the history.

    How numbers run changes only before the first number of the year or term: afterwards a run would begin twice.
    """
    permissions.check(by, PERMISSION, at=at, unit=organisation)
    HouseRules.objects.get_or_create(organisation=organisation)
    rules = HouseRules.objects.select_for_update().get(organisation=organisation)
    changed = [name for name in NAMES if name in values and getattr(rules, name) != values[name]]
    if not changed:
        return rules
    if set(changed) & set(NUMBERED_BY):
        _refuse_second_start(organisation, at)
    for name in changed:
        setattr(rules, name, values[name])
    rules.save(update_fields=changed)
    words = "; ".join(f"{_label(name)}: {_shown(rules, name)}" for name in changed)
    log.record(events.RULES_CHANGED, rules, by=by, at=at, what=words)
    return rules


def _refuse_second_start(organisation: Unit, at: datetime) -> None:
    run = rules_of(organisation).run_of(timezone.localdate(at))
    begun = NumberSeries.objects.select_for_update().filter(organisation=organisation, year=run, last_number__gt=0)
    if begun.first() is not None:
        raise NotAllowed(
            _("Năm hoặc nhiệm kỳ này đã có số được cấp; chỉ đổi cách đánh số trước số đầu tiên của năm, nhiệm kỳ.")
        )


def _label(name: str) -> str:
    field = HouseRules._meta.get_field(name)
    assert isinstance(field, Field)
    return str(field.verbose_name)


def _shown(rules: HouseRules, name: str) -> str:
    """The value as people read it."""
    value = getattr(rules, name)
    if isinstance(value, bool):
        return _("có") if value else _("không")
    display = getattr(rules, f"get_{name}_display", None)
    return str(display() if display is not None else value or "—")
