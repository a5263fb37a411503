"""Questions that pages ask about messages."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from notifications.models import Message
from notifications.reasons import Reason
from units.models import User

PAGE = 30


def unread_count(user: Any) -> int:
    """How many messages the person has not read: the number at the bell. One query over a partial index."""
    return Message.objects.filter(user_id=user.pk).unread().count()


def unread_by_reason(user: User) -> dict[str, int]:
    """reason → how many are unread; reasons without any are missing. One query."""
    counted = Message.objects.filter(user_id=user.pk).unread().values_list("reason").annotate(Count("id"))
    return dict(counted.order_by())


@dataclass(frozen=True)
class Page:
    """Some messages of a list and where the older ones begin (None: no older ones)."""

    messages: list[Message]
    before: int | None


def page_of(user: User, *, reason: Reason | None, only_unread: bool, before: int | None) -> Page:
    """The newest messages older than `before`. One query, whatever the length of the list."""
    rows = Message.objects.of(user)
    if reason is not None:
        rows = rows.because(reason)
    if only_unread:
        rows = rows.unread()
    if before is not None:
        rows = rows.before(before)
    found = list(rows[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)
