"""What was told to whom, and how each person wants to be told."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from notifications.reasons import Channel, Reason
from units.models import Appointment, User


class EmailState(models.TextChoices):
    NONE = "none", _("không gửi thư")
    WAITING = "waiting", _("chờ gửi")
    DIGEST = "digest", _("chờ bản tin sáng")
    SENT = "sent", _("đã gửi")
    FAILED = "failed", _("không gửi được")


class MessageQuerySet(models.QuerySet["Message"]):
    def of(self, user: User) -> "MessageQuerySet":
        """A person's messages, newest first."""
        return self.filter(user_id=user.pk).order_by("-id")

    def unread(self) -> "MessageQuerySet":
        return self.filter(read_at__isnull=True)

    def because(self, reason: Reason) -> "MessageQuerySet":
        return self.filter(reason=reason)

    def before(self, pk: int) -> "MessageQuerySet":
        """Older than the message `pk`: the next page of a list."""
        return self.filter(pk__lt=pk)

    def due_mails(self, at: datetime) -> "MessageQuerySet":
        """Mails of their own whose time has come, the longest waiting first."""
        return self.filter(email_state=EmailState.WAITING, next_try_at__lte=at).order_by("next_try_at", "id")

    def due_in_digest(self, at: datetime) -> "MessageQuerySet":
        """Messages whose morning has come."""
        return self.filter(email_state=EmailState.DIGEST, next_try_at__lte=at).order_by("next_try_at", "id")

    def mark_read(self, at: datetime) -> int:
        """Note the first reading; what was read before keeps its time. Returns how many were unread."""
        return self.unread().update(read_at=at)


class Message(models.Model):
    """Something told to one person, with the words it was told in. Stored first; the mail is a copy that follows.

    `post_title` is the post as it read then. `url` is a path of the portal. Made by `notifications.send` alone.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="messages")
    post = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+", null=True)
    post_title = models.CharField(max_length=500, blank=True)
    name = models.CharField(max_length=80)
    reason = models.CharField(max_length=20, choices=Reason.choices)
    subject = models.CharField(max_length=500)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)
    dedupe_key = models.CharField(max_length=200, null=True)  # noqa: DJ001 (NULL keeps the unique constraint out)
    email_state = models.CharField(max_length=10, choices=EmailState.choices, default=EmailState.NONE)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["user", "-id"], name="message_newest"),
            models.Index(fields=["user", "reason"], name="message_unread", condition=Q(read_at__isnull=True)),
            models.Index(
                fields=["email_state", "next_try_at"],
                name="message_to_mail",
                condition=Q(email_state__in=["waiting", "digest"]),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "dedupe_key"], name="message_told_once"),
            models.CheckConstraint(
                condition=Q(next_try_at__isnull=False) | ~Q(email_state__in=["waiting", "digest"]),
                name="message_waits_for_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(email_state="sent", sent_at__isnull=False)
                | (~Q(email_state="sent") & Q(sent_at__isnull=True)),
                name="message_sent_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_read(self) -> bool:
        return self.read_at is not None


class Preference(models.Model):
    """A person's own choice for one reason; without a row the message's own way holds."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="preferences")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "reason"], name="preference_one_for_a_reason")]

    def __str__(self) -> str:
        return f"{self.reason}: {self.channel}"
