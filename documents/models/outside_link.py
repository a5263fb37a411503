"""The personal page of a recipient outside: until when it may be opened, and what was done on it."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from audit.constraints import paired
from documents.models.document import Recipient
from notifications.models import Letter, secret_of
from units.models import Appointment


class OutsideLink(models.Model):
    """A link for one line of "Nơi nhận". Changed only by `documents.outside`.

    Only the hash of its secret is kept; `salt` gives the secret again together with SECRET_KEY, for a second mail.
    A line has at most one link that is not revoked.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="links")
    email = models.EmailField()
    salt = models.CharField(max_length=40)
    secret_hash = models.CharField(max_length=64, unique=True)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, related_name="links")  # the newest mail
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    openings = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)  # the first time
    last_opened_at = models.DateTimeField(null=True)
    downloaded_at = models.DateTimeField(null=True)  # the first time
    received_at = models.DateTimeField(null=True)
    received_name = models.CharField(max_length=150, blank=True)
    deleted_at = models.DateTimeField(null=True)  # the copies of a recalled file
    deleted_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(revoked_at__isnull=True), name="outside_link_one_open"
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_name="")
                | Q(received_at__isnull=False) & ~Q(received_name=""),
                name="outside_link_receipt_has_name",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at__isnull=True, deleted_name="")
                | Q(deleted_at__isnull=False) & ~Q(deleted_name=""),
                name="outside_link_deletion_has_name",
            ),
            models.CheckConstraint(
                condition=Q(openings=0, opened_at__isnull=True, last_opened_at__isnull=True)
                | Q(openings__gt=0, opened_at__isnull=False, last_opened_at__isnull=False),
                name="outside_link_openings_have_times",
            ),
            paired("revoked", table="outside_link"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} → {self.email}"

    @property
    def secret(self) -> str:
        return secret_of(self.salt)

    def is_open(self, at: datetime) -> bool:
        """May the page be opened at this moment?"""
        return self.revoked_at is None and at < self.expires_at
