"""The posts that a message usually goes to."""

from datetime import date

from units.models import Appointment, Unit
from units.permissions import holding


def holders(permission: str, *, unit: Unit, on: date) -> list[Appointment]:
    """Posts of the unit's organisation that hold `permission` for `unit` on day `on`, people loaded. One query."""
    own = Appointment.objects.current(on).with_people().filter(unit__organisation_id=unit.organisation_id or unit.pk)
    return list(own.filter(holding(permission, [unit])))
