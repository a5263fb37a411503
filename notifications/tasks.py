"""The workers' part: mails leave here. Every task may run twice or at the same time as itself."""

from datetime import datetime, timedelta
from http.client import HTTPException
from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from notifications import mail, posting, webhooks
from notifications.models import Delivery, EmailState, Letter, Message
from notifications.queueing import wake

LEASE = timedelta(minutes=5)  # longer than an attempt to reach another system can last
ROUND = 200  # mails a run sends before it lets others work

BEAT: dict[str, dict[str, Any]] = {
    "notifications-deliver": {"task": "notifications.deliver", "schedule": 60.0, "options": {"expires": 55}},
    "notifications-systems": {"task": "notifications.post_to_systems", "schedule": 60.0, "options": {"expires": 55}},
    "notifications-digest": {
        "task": "notifications.digest",
        "schedule": crontab(minute="*/5"),  # 07:30 and, when that was missed, soon after
        "options": {"expires": 240},
    },
}


@shared_task(name="notifications.deliver")
def deliver(**_: Any) -> int:
    """Send the mails whose time has come, each in its own transaction. Returns how many have left."""
    return _rounds(_send_next, deliver) + _rounds(_send_next_letter, deliver)


@shared_task(name="notifications.digest")
def digest(**_: Any) -> int:
    """Send the morning's mail to everybody who has something unread in it. Returns how many have left."""
    return _rounds(_send_next_digest, digest)


def _rounds(step: Any, task: Any) -> int:
    """Repeat `step` until nothing is due, the server is in trouble or the round is full."""
    sent = 0
    server = get_connection()
    try:
        for _ in range(ROUND):
            outcome = step(server, timezone.now())
            if outcome is None:
                return sent
            sent += outcome
        wake(task)
        return sent
    finally:
        server.close()


def _send_next(server: BaseEmailBackend, at: datetime) -> int | None:
    """Send one due mail: 1 when it left, 0 when it has to wait, None when none is due or the server is in trouble.

    The row stays locked while the mail leaves: another worker takes the next one. A worker killed between the
    server's yes and the commit sends that mail again, with the same Message-ID.
    """
    with transaction.atomic():
        due = Message.objects.due_mails(at).select_for_update(skip_locked=True, of=("self",))
        message = due.select_related("user").first()
        if message is None:
            return None
        if not message.user.is_active or not message.user.email:
            _drop([message])
            return 0
        return _try(mail.compose(message, server), [message], at)


def _send_next_letter(server: BaseEmailBackend, at: datetime) -> int | None:
    """The same for one mail to somebody outside."""
    with transaction.atomic():
        letter = Letter.objects.due_mails(at).select_for_update(skip_locked=True).first()
        return None if letter is None else _try(mail.compose_letter(letter, server), [letter], at)


def _send_next_digest(server: BaseEmailBackend, at: datetime) -> int | None:
    """The same for one person's digest. What was read meanwhile is left out; a lock keeps it to one mail a person."""
    busy: list[int] = []
    with transaction.atomic():
        while True:
            first = Message.objects.due_in_digest(at).exclude(user_id__in=busy).select_related("user").first()
            if first is None:
                return None
            if _lock_person(first.user_id):
                break
            busy.append(first.user_id)
        due = Message.objects.due_in_digest(at).filter(user_id=first.user_id).order_by("id")
        messages = list(due.select_for_update(of=("self",)))
        fresh = [message for message in messages if not message.is_read and first.user.is_active and first.user.email]
        _drop([message for message in messages if message not in fresh])
        if not fresh:
            return 0
        return _try(mail.compose_digest(first.user, fresh, mail.day_of(at), server), fresh, at)


def _lock_person(user_id: int) -> bool:
    """Until the transaction ends no other worker makes this person's digest; False when one is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended('notifications.digest', %s))", [user_id])
        (locked,) = cursor.fetchone()
    return bool(locked)


def _try(letter: Any, messages: list[Message] | list[Letter], at: datetime) -> int | None:
    try:
        letter.send()
    except mail.TROUBLE as problem:
        mail.note_problem(messages, problem, at)
        return None if mail.blocks_others(problem) else 0
    mail.note_sent(messages, at)
    return 1


def _drop(messages: list[Message]) -> None:
    """These need no mail any more."""
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(email_state=EmailState.NONE)


@shared_task(name="notifications.post_to_systems")
def post_to_systems(**_: Any) -> int:
    """Send what other systems wait for. Returns how many took it."""
    taken = 0
    for _round in range(ROUND):
        delivery = _claim(timezone.now())
        if delivery is None:
            return taken
        taken += _post(delivery)
    wake(post_to_systems)
    return taken


def _claim(at: datetime) -> Delivery | None:
    """The next due one, put off for as long as an attempt may last: others pass it by, a dead worker loses nothing."""
    with transaction.atomic():
        due = Delivery.objects.due(at).select_for_update(skip_locked=True, of=("self",))
        delivery = due.select_related("webhook").first()
        if delivery is not None:
            Delivery.objects.filter(pk=delivery.pk).update(next_try_at=at + LEASE)
        return delivery


def _post(delivery: Delivery) -> int:
    at, body = timezone.now(), delivery.body.encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Cao-Diem",
        "X-Cao-Diem-Event": delivery.event,
        "X-Cao-Diem-Delivery": str(delivery.pk),
        "X-Cao-Diem-Signature": posting.signature(delivery.webhook.secret, body, at),
    }
    try:
        status = posting.post(delivery.webhook.url, body, headers)
    except (posting.Refused, OSError, HTTPException) as problem:
        webhooks.note_problem(delivery, None, f"{type(problem).__name__}: {problem}", timezone.now())
        return 0
    if 200 <= status < 300:
        webhooks.note_sent(delivery, status, timezone.now())
        return 1
    webhooks.note_problem(delivery, status, f"HTTP {status}", timezone.now())
    return 0
