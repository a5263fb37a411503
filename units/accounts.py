"""Accounts: made, corrected, closed. What a person may do comes from posts alone (`units.appointments`)."""

from datetime import datetime

from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from audit import log
from units import events, signals
from units.models import Appointment, User
from units.permissions import NotAllowed


def may_change(user: User, *, by: Appointment | None, at: datetime) -> bool:
    """Is the account `by`'s organisation's? It is that of the oldest post still held or to come; else of any before.

    Who sets a password can act in all posts of the person, those in another organisation too. `by` None is the system.
    """
    lasting = Q(ends_on__isnull=True) | Q(ends_on__gt=timezone.localdate(at))
    posts = Appointment.objects.filter(lasting, user=user).select_related("unit").order_by("starts_on", "id")
    home = posts.first()
    return by is None or home is None or home.organisation_id == by.organisation_id


def _check(user: User, *, by: Appointment | None, at: datetime) -> None:
    if not may_change(user, by=by, at=at):
        raise NotAllowed(_("Tài khoản này do cơ quan khác quản lý."))


@transaction.atomic
def create_account(
    *, username: str, full_name: str, email: str, password: str | None, by: Appointment | None, at: datetime
) -> User:
    """A new account. Without a password nobody can log in until `password_link` was used."""
    is_lent = by is not None and password is not None
    user = User.objects.create_user(
        username, password, full_name=full_name, email=email, must_change_password=is_lent
    )
    log.record(events.ACCOUNT_CREATED, user, by=by, at=at, username=user.username)
    return user


@transaction.atomic
def change_account(*, user: User, full_name: str, email: str, by: Appointment | None, at: datetime) -> User:
    """Correct a person's name or address. Documents signed before keep the name as it was."""
    _check(user, by=by, at=at)
    before = {"full_name": user.full_name, "email": user.email}
    user.full_name, user.email = full_name, email
    user.save(update_fields=["full_name", "email"])
    log.record(events.ACCOUNT_CHANGED, user, by=by, at=at, username=user.username, before=before)
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: Appointment | None, at: datetime) -> None:
    """A new password; every session of the account ends with its next request.

    One that somebody else chose opens a single page, where the person chooses the next (ADR 0015). Who hears of it
    besides the person is said by the receivers of `signals.password_reset`.
    """
    _check(user, by=by, at=at)
    user.set_password(password)
    user.must_change_password = by is not None and by.user_id != user.pk
    user.save(update_fields=["password", "must_change_password"])
    log.record(events.PASSWORD_SET, user, by=by, at=at, username=user.username)
    if user.must_change_password:
        signals.password_reset.send(sender=User, user=user, by=by, at=at)


def chosen(user: User) -> None:
    """The person has chosen the password: from now on it opens everything."""
    user.must_change_password = False
    user.save(update_fields=["must_change_password"])


@transaction.atomic
def set_active(*, user: User, is_active: bool, by: Appointment | None, at: datetime) -> bool:
    """Close an account or open it again. False when it already was so, and nothing is written."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)
    _check(user, by=by, at=at)
    if user.is_active == is_active:
        return False
    user.is_active = is_active
    user.save(update_fields=["is_active"])
    name = events.ACCOUNT_OPENED if is_active else events.ACCOUNT_CLOSED
    log.record(name, user, by=by, at=at, username=user.username)
    return True


def password_link(user: User) -> str:
    """The path where the person chooses the first password; good once, for settings.PASSWORD_RESET_TIMEOUT seconds."""
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("units:choose_password", args=[uid, default_token_generator.make_token(user)])
