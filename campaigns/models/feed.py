"""Addresses under which a calendar program reads deadlines."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.plan import Plan
from units.models import Appointment


class FeedScope(models.TextChoices):
    MINE = "mine", _("nhiệm vụ tôi thực hiện")
    UNIT = "unit", _("nhiệm vụ của đơn vị tôi")
    PLAN = "plan", _("nhiệm vụ của một kế hoạch")


class CalendarFeed(models.Model):
    """Who knows the secret address reads what `post` may see, until it is revoked or the post ends.

    Only the hash of the secret is kept. Changed only by `campaigns.workflow.feeds`.
    """

    post = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="feeds")
    scope = models.CharField(max_length=5, choices=FeedScope.choices)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, null=True, related_name="+")
    secret_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["post", "-id"], name="calendar_feed_post")]
        constraints = [
            models.CheckConstraint(
                condition=Q(scope="plan", plan__isnull=False) | ~Q(scope="plan") & Q(plan__isnull=True),
                name="calendar_feed_names_its_plan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.post_id}"
