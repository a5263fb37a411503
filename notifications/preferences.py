"""How a person wants to be told."""

from django.db import transaction

from notifications.models import Preference
from notifications.reasons import Channel, Reason
from units.models import User


@transaction.atomic
def choose(*, user: User, choices: dict[Reason, Channel | None]) -> None:
    """Keep the person's choice for each reason; None goes back to the usual way. Earlier messages stay as they are."""
    Preference.objects.filter(user=user, reason__in=[reason for reason, way in choices.items() if way is None]).delete()
    rows = [Preference(user=user, reason=reason, channel=way) for reason, way in choices.items() if way is not None]
    Preference.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["user", "reason"], update_fields=["channel"]
    )  # fmt: skip
