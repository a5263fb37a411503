"""Other systems of the agency that are told what happens here."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class Webhook(models.Model):
    """An address that receives the chosen events of an organisation. Changed only by `notifications.webhooks`.

    The secret that signs is derived from SECRET_KEY and `salt`; it is shown once and kept nowhere.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="webhooks")
    name = models.CharField(_("tên hệ thống"), max_length=100)
    url = models.CharField(_("địa chỉ nhận"), max_length=500)
    events = ArrayField(models.CharField(max_length=80), verbose_name=_("sự kiện"))
    salt = models.CharField(max_length=40)
    is_active = models.BooleanField(_("đang gửi"), default=True)
    failures = models.PositiveIntegerField(default=0)  # one after the other, since the last success
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.CheckConstraint(condition=~Q(events=[]), name="webhook_has_events")]

    def __str__(self) -> str:
        return self.name

    @property
    def secret(self) -> str:
        return salted_hmac("notifications.webhook", self.salt, algorithm="sha256").hexdigest()


class DeliveryState(models.TextChoices):
    WAITING = "waiting", _("chờ gửi")
    SENT = "sent", _("đã nhận")
    FAILED = "failed", _("không gửi được")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, at: datetime) -> "DeliveryQuerySet":
        """Those whose time has come, of systems that are switched on, the longest waiting first."""
        rows = self.filter(state=DeliveryState.WAITING, next_try_at__lte=at, webhook__is_active=True)
        return rows.order_by("next_try_at", "id")


class Delivery(models.Model):
    """One event for one system: stored with the change, sent after it, kept as the log."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=80)
    body = models.TextField()
    created_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)  # of the last answer
    problem = models.CharField(max_length=300, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["webhook", "-id"], name="delivery_log"),
            models.Index(fields=["next_try_at"], name="delivery_to_send", condition=Q(state="waiting")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at__isnull=True),
                name="delivery_sent_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} → {self.webhook_id}"
