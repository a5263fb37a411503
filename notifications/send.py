"""The one way to tell people something."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction

from notifications.base import Notification
from notifications.models import EmailState, Message, Preference
from notifications.queueing import wake
from notifications.quiet import mail_moment, next_digest
from notifications.reasons import Channel
from units.models import Appointment

Choices = dict[tuple[int, str], str]


def send(notification: Notification, *, at: datetime) -> int:
    """Store `notification` for its audience in the running transaction; mails follow once it commits.

    Returns how many people are told (those who know already, by `dedupe_key`, count too). Three queries.
    """
    return send_all([notification], at=at)


def send_all(notifications: Iterable[Notification], *, at: datetime) -> int:
    """Several messages with one insert: the audiences' own queries and two more."""
    told = [(notification, post) for notification in notifications for post in _people(notification)]
    if not told:
        return 0
    choices = _choices({post.user_id for _, post in told})
    rows = [_message(notification, post, choices, at) for notification, post in told]
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if any(row.email_state == EmailState.WAITING for row in rows):
        _wake_after_commit()
    return len(rows)


def _people(notification: Notification) -> list[Appointment]:
    """One post for each active person of the audience, the acting person left out."""
    actor = notification.by.user_id if notification.by else None
    found: dict[int, Appointment] = {}
    for post in notification.audience():
        if post.user_id != actor and post.user.is_active:
            found.setdefault(post.user_id, post)
    return list(found.values())


def _choices(users: set[int]) -> Choices:
    rows = Preference.objects.filter(user_id__in=users).values_list("user_id", "reason", "channel")
    return {(user, reason): channel for user, reason, channel in rows}


def _message(notification: Notification, post: Appointment, choices: Choices, at: datetime) -> Message:
    usual = Channel.AT_ONCE if notification.at_once else Channel.DIGEST
    channel = choices.get((post.user_id, notification.reason), usual) if post.user.email else Channel.PORTAL
    state, moment = {
        Channel.AT_ONCE: (EmailState.WAITING, mail_moment(at)),
        Channel.DIGEST: (EmailState.DIGEST, next_digest(at)),
        Channel.PORTAL: (EmailState.NONE, None),
    }[Channel(channel)]
    return Message(
        user_id=post.user_id, post_id=post.pk, post_title=post.post_title, name=notification.name,
        reason=notification.reason, subject=notification.subject()[:500], body=notification.body(),
        url=notification.url(), created_at=at, dedupe_key=notification.dedupe_key(), email_state=state, next_try_at=moment,
    )  # fmt: skip


def _wake_after_commit() -> None:
    """One wake-up a transaction, however many messages it sends."""
    if not any(hook is _deliver for _, hook, _ in connection.run_on_commit):
        transaction.on_commit(_deliver, robust=True)


def _deliver() -> None:
    from notifications.tasks import deliver  # noqa: PLC0415 (tasks stand above send)

    wake(deliver)
