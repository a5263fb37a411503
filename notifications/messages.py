"""Messages about the portal's own connections."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from notifications.audiences import holders
from notifications.base import Notification, Reason
from notifications.models import Webhook
from units.models import Appointment


class WebhookOff(Notification):
    """The administrators, at once: a connected system did not answer for long and is told no more."""

    name = "notifications_webhook_off"
    reason = Reason.SYSTEM
    at_once = True

    def __init__(self, webhook: Webhook, *, at: datetime) -> None:
        self.webhook = webhook
        self.on = timezone.localdate(at)

    def audience(self) -> list[Appointment]:
        return holders("units.settings.manage", unit=self.webhook.organisation, on=self.on)

    def url(self) -> str:
        return reverse("notifications:webhook", args=[self.webhook.pk])
