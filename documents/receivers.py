"""What happens to the people who sign files."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from documents.messages import PasswordReset
from notifications.send import send
from units.models import Appointment, User
from units.permissions import roles_with
from units.signals import password_reset


@receiver(password_reset)
def tell_of_a_new_password(sender: object, *, user: User, by: Appointment, at: datetime, **_more: Any) -> None:
    """Who can sign is not given a new password in silence: the person and the clerks are told (ADR 0015)."""
    signing = Appointment.objects.filter(user=user, role__in=roles_with("documents.sign"))
    for post in signing.current(timezone.localdate(at)).with_people().order_by("id")[:1]:
        send(PasswordReset(post, by), at=at)
