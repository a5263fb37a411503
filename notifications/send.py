"""The one way to tell people something."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from notifications.base import Notification
from notifications.models import EmailState, Message, Preference
from notifications.queueing import wake
from notifications.quiet import mail_moment, next_digest, working_days
from notifications.reasons import Channel
from units.models import Appointment

Choices = dict[tuple[int, str], str]
Moments = dict[Channel, tuple[EmailState, datetime | None]]


def send(notification: Notification, *, at: datetime) -> int:
    """Store `notification` for its audience in the running transaction; mails follow once it commits.

    Returns how many people are told (those who know already, by `dedupe_key`, count too). Four queries.
    """
    return send_all([notification], at=at)


def send_all(notifications: Iterable[Notification], *, at: datetime) -> int:
    """Several messages with one insert: the audiences' own queries and three more."""
    day = timezone.localdate(at)
    told = [(notification, post) for notification in notifications for post in _people(notification, day)]
    if not told:
        return 0
    choices = _choices({post.user_id for _, post in told})
    is_working = working_days()
    moments: Moments = {
        Channel.AT_ONCE: (EmailState.WAITING, mail_moment(at, is_working)),
        Channel.DIGEST: (EmailState.DIGEST, next_digest(at, is_working)),
        Channel.PORTAL: (EmailState.NONE, None),
    }
    words = {notification: _Words.of(notification) for notification in dict(told)}
    rows = [_message(words[n], n, post, moments[_channel(n, post, choices)], at) for n, post in told]
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if any(row.email_state == EmailState.WAITING for row in rows):
        _wake_after_commit()
    return len(rows)


def read_by_acting(*, by: Appointment, url: str, at: datetime) -> None:
    """Who acts on the thing at `url` has read what was told about it: those messages of the person count as read."""
    Message.objects.filter(user_id=by.user_id, url=url).mark_read(at)


def _people(notification: Notification, day: date) -> list[Appointment]:
    """One post for each person of the audience, without the acting person, closed accounts and posts that ended."""
    actor = notification.by.user_id if notification.by else None
    audience = notification.audience()
    posts = audience.select_related("user", "unit") if isinstance(audience, QuerySet) else audience
    found: dict[int, Appointment] = {}
    for post in posts:
        if post.user_id != actor and post.user.is_active and post.holds_on(day):
            found.setdefault(post.user_id, post)
    return list(found.values())


def _choices(users: set[int]) -> Choices:
    rows = Preference.objects.filter(user_id__in=users).values_list("user_id", "reason", "channel")
    return {(user, reason): channel for user, reason, channel in rows}


def _channel(notification: Notification, post: Appointment, choices: Choices) -> Channel:
    if not post.user.email:
        return Channel.PORTAL
    usual = Channel.AT_ONCE if notification.at_once else Channel.DIGEST
    return Channel(choices.get((post.user_id, notification.reason), usual))


@dataclass(frozen=True)
class _Words:
    """What a notification says, rendered once for its whole audience."""

    subject: str
    body: str
    url: str
    key: str | None

    @classmethod
    def of(cls, notification: Notification) -> "_Words":
        return cls(notification.subject()[:500], notification.body(), notification.url(), notification.dedupe_key())


def _message(
    words: _Words,
    notification: Notification,
    post: Appointment,
    mail: tuple[EmailState, datetime | None],
    at: datetime,
) -> Message:
    state, moment = mail
    return Message(
        user_id=post.user_id,
        post_id=post.pk,
        post_title=post.post_title,
        name=notification.name,
        reason=notification.reason,
        subject=words.subject,
        body=words.body,
        url=words.url,
        created_at=at,
        dedupe_key=words.key,
        email_state=state,
        next_try_at=moment,
    )


def _wake_after_commit() -> None:
    """One wake-up a transaction, however many messages it sends."""
    if not any(_deliver in entry for entry in connection.run_on_commit):
        transaction.on_commit(_deliver, robust=True)


def _deliver() -> None:
    from notifications.tasks import deliver  # noqa: PLC0415 (tasks stand above send)

    wake(deliver)
