"""Make and revoke the addresses of calendar feeds."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from campaigns import events
from campaigns.models import CalendarFeed, FeedScope, Plan
from units import permissions
from units.models import Appointment
from units.permissions import NotAllowed

READ = "campaigns.task.read"
MOST = 20


def hash_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def create(
    *, scope: FeedScope, plan: Plan | None = None, by: Appointment, at: datetime
) -> tuple[CalendarFeed, str]:
    """A new feed of the post and its secret, which nobody can read again."""
    permissions.check(by, READ, at=at)
    if CalendarFeed.objects.filter(post=by, revoked_at=None).count() >= MOST:
        raise NotAllowed(_("Đã có %(n)d địa chỉ lịch. Hãy thu hồi địa chỉ không dùng nữa.") % {"n": MOST})
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed.objects.create(
        post=by, scope=scope, plan=plan, secret_hash=hash_of(secret), created_at=at
    )  # fmt: skip
    log.record(events.FEED_CREATED, feed, by=by, at=at, scope=str(scope.label))
    return feed, secret


@transaction.atomic
def revoke(*, feed: CalendarFeed, by: Appointment, at: datetime) -> None:
    """The address answers no more. A second press changes nothing."""
    locked = CalendarFeed.objects.select_for_update().get(pk=feed.pk)
    if locked.revoked_at is not None:
        return
    locked.revoked_at = at
    locked.save(update_fields=["revoked_at"])
    log.record(events.FEED_REVOKED, locked, by=by, at=at, scope=str(FeedScope(locked.scope).label))
