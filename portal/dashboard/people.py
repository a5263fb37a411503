"""News of a person, and the accounts that an administrator looks after, on a home page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, Window

from notifications.models import Message
from units.models import Appointment, Unit, User
from units.permissions import has_permission
from units.reading import only_columns


def news(by: Appointment) -> tuple[list[Message], int]:
    """The latest messages of the person that are not read yet, and how many such there are in all. One query."""
    unread = only_columns(Message.objects.of(by.user).unread(), "subject", "created_at").annotate(
        of=Window(Count("pk"))
    )
    latest = sorted(unread[:8], key=lambda message: message.created_at, reverse=True)
    return [*latest], latest[0].of if latest else 0


@dataclass(frozen=True)
class Accounts:
    """What an administrator looks after."""

    people: int
    without_post: int
    units: int


def accounts(by: Appointment, on: date) -> Accounts | None:
    """Accounts and units of the organisation; None for posts that do not manage them. Two queries."""
    if not has_permission(by, "units.people.manage"):
        return None
    held = Appointment.objects.filter(unit__organisation_id=by.organisation_id)
    people = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    counted = people.aggregate(
        people=Count("pk"), with_post=Count("pk", filter=Q(pk__in=held.current(on).values("user_id")))
    )
    return Accounts(
        people=counted["people"],
        without_post=counted["people"] - counted["with_post"],
        units=Unit.objects.working().inside(by.organisation).count(),
    )
