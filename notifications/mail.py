"""Messages as mails, and what happens when the mail server does not take them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from notifications import signals
from notifications.models import EmailState, Letter, Message
from units.models import User

MOST_ATTEMPTS = 16
LONGEST_PAUSE = timedelta(hours=6)
TROUBLE = (SMTPException, OSError)
ABOUT_THIS_MAIL = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)


def absolute(path: str) -> str:
    """The address of a page as a mail needs it."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def pause_after(attempts: int) -> timedelta:
    """1, 2, 4, … minutes, six hours at most."""
    return min(timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_PAUSE)


def compose(message: Message, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """One message as a mail of its own; its link opens the message in the portal, which marks it read."""
    link = absolute(reverse("notifications:open", args=[message.pk]))
    return _mail(
        message.user, message.subject, "single", {"message": message, "link": link}, str(message.pk), connection
    )


def compose_digest(
    user: User, messages: Sequence[Message], day: str, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    """Several messages as one mail, grouped as they came."""
    lines = [(message, absolute(reverse("notifications:open", args=[message.pk]))) for message in messages]
    with translation.override(settings.LANGUAGE_CODE):
        count = len(messages)
        words = ngettext("Cao Điểm %(day)s: %(n)d thông báo", "Cao Điểm %(day)s: %(n)d thông báo", count)
        subject = words % {"day": day, "n": count}
    key = f"digest-{messages[0].pk}-{messages[-1].pk}"
    return _mail(
        user, subject, "digest", {"lines": lines, "link": absolute(reverse("notifications:list"))}, key, connection
    )


def compose_letter(letter: Letter, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """A mail to somebody outside; the secret address of the page is made here."""
    values: dict[str, object] = {"letter": letter, "link": absolute(letter.path)}
    return _written(letter.email, letter.subject, "letter", values, f"letter-{letter.pk}", connection)


def _mail(
    user: User, subject: str, shape: str, values: dict[str, object], key: str, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    values |= {"person": user, "choices": absolute(reverse("notifications:preferences"))}
    return _written(user.email, subject, shape, values, key, connection)


def _written(
    address: str, subject: str, shape: str, values: dict[str, object], key: str, connection: BaseEmailBackend
) -> EmailMultiAlternatives:
    values["subject"] = subject
    with translation.override(settings.LANGUAGE_CODE):
        text = render_to_string(f"messages/mail/{shape}.txt", values)
        html = render_to_string(f"messages/mail/{shape}.html", values)
    headers = {
        "Message-ID": f"<cao-diem-{key}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
    }
    mail = EmailMultiAlternatives(subject, text, to=[address], headers=headers, connection=connection)
    mail.attach_alternative(html, "text/html")
    return mail


def note_sent(messages: Sequence[Message] | Sequence[Letter], at: datetime) -> None:
    """Write down that the mail has left."""
    for message in messages:
        message.email_state, message.sent_at, message.problem = EmailState.SENT, at, ""
    _save(messages, ["email_state", "sent_at", "problem"])


def note_problem(messages: Sequence[Message] | Sequence[Letter], problem: Exception, at: datetime) -> None:
    """Try again later. A refused address, or many refusals of this mail, end it and leave the reason in the row.

    A server in trouble never ends it, however long that lasts.
    """
    for message in messages:
        message.attempts += 1
        message.problem = str(problem)[:300]
        message.next_try_at = at + pause_after(message.attempts)
        if is_final(problem) or (message.attempts >= MOST_ATTEMPTS and not blocks_others(problem)):
            message.email_state = EmailState.FAILED
    _save(messages, ["attempts", "problem", "next_try_at", "email_state"])
    for message in messages:
        if isinstance(message, Letter) and message.email_state == EmailState.FAILED:
            signals.letter_failed.send(Letter, letter=message, at=at)


def _save(messages: Sequence[Message] | Sequence[Letter], names: list[str]) -> None:
    rows: Any = messages
    type(rows[0]).objects.bulk_update(rows, names)


def is_final(problem: Exception) -> bool:
    """Did the server say that it will never take this mail (5xx for this recipient)?"""
    if isinstance(problem, SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in problem.recipients.values())
    return False


def blocks_others(problem: Exception) -> bool:
    """Is it the server rather than this mail, so that trying the others now is of no use?"""
    return isinstance(problem, OSError) and not isinstance(problem, ABOUT_THIS_MAIL)


def day_of(at: datetime) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y}"
