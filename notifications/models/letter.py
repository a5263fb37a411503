"""Mails to people who have no account: stored with the change, sent after it, kept as the log."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from notifications.models.message import EmailState


def secret_of(salt: str) -> str:
    """The secret that belongs to a random salt. It comes from SECRET_KEY and is kept nowhere."""
    return salted_hmac("notifications.letter", salt, algorithm="sha256").hexdigest()


class LetterQuerySet(models.QuerySet["Letter"]):
    def due_mails(self, at: datetime) -> "LetterQuerySet":
        """Those whose time has come, the longest waiting first."""
        return self.filter(email_state=EmailState.WAITING, next_try_at__lte=at).order_by("next_try_at", "id")


class Letter(models.Model):
    """A mail to somebody outside, with the words it was told in. Made by `notifications.letters` alone.

    The address of its page holds a secret that is put together only when the mail leaves: `page` is the address by
    name, `salt` what the secret is made of. Whoever reads this table cannot open the page.
    """

    name = models.CharField(max_length=80)
    email = models.EmailField(_("thư điện tử"))
    subject = models.CharField(max_length=500)
    body = models.TextField()
    page = models.CharField(max_length=80)
    salt = models.CharField(max_length=40)
    created_at = models.DateTimeField()
    email_state = models.CharField(max_length=10, choices=EmailState.choices, default=EmailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=300, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["next_try_at"], name="letter_to_mail", condition=Q(email_state="waiting"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_try_at__isnull=False) | ~Q(email_state="waiting"), name="letter_waits_for_a_moment"
            ),
            models.CheckConstraint(
                condition=Q(email_state="sent", sent_at__isnull=False)
                | (~Q(email_state="sent") & Q(sent_at__isnull=True)),
                name="letter_sent_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.subject}"

    @property
    def path(self) -> str:
        """The personal page, with its secret."""
        return reverse(self.page, args=[secret_of(self.salt)])
