"""The posts that a message usually goes to."""

from datetime import date

from units.models import Appointment, Unit
from units.permissions import has_permission, roles_with


def holders(permission: str, *, unit: Unit, on: date) -> list[Appointment]:
    """Posts of the unit's organisation that hold `permission` for `unit` on day `on`, people loaded. One query."""
    posts = Appointment.objects.current(on).with_people().filter(
        role__in=roles_with(permission), unit__organisation_id=unit.organisation_id or unit.pk
    )  # fmt: skip
    return [post for post in posts if has_permission(post, permission, unit)]
