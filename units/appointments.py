"""Posts begin and end; they are never edited."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from units import events, signals
from units.models import Appointment, Unit, User
from units.permissions import NotAllowed
from units.roles import Role


@transaction.atomic
def appoint(
    *,
    user: User,
    unit: Unit,
    role: Role,
    title: str,
    starts_on: date,
    by: Appointment | None,
    at: datetime,
    ends_on: date | None = None,
    authority: str = "",
    stands_for: str = "",
    mandate: str = "",
) -> Appointment:
    """Put `user` into a post. Raises ValidationError when the post overlaps one of the same kind.

    Nobody appoints the own person: who looks after the accounts would give away every right (ADR 0015).
    """
    if by is not None and by.user_id == user.pk:
        raise ValidationError(_("Không ai tự bổ nhiệm mình; hãy nhờ quản trị khác hoặc người quản lý hệ thống."))
    if ends_on is not None and ends_on <= starts_on:
        raise ValidationError(_("Ngày thôi giữ chức vụ phải sau ngày bắt đầu."))
    post = Appointment(
        user=user, unit=unit, role=role, title=title, starts_on=starts_on, ends_on=ends_on,
        authority=authority, stands_for=stands_for, mandate=mandate,
    )  # fmt: skip
    post.full_clean()
    post.save()
    log.record(
        events.APPOINTED,
        post,
        by=by,
        at=at,
        person=user.full_name,
        title=post.post_title,
        starts_on=f"{starts_on:%d/%m/%Y}",
    )
    return post


@transaction.atomic
def relieve(*, post: Appointment, ends_on: date, by: Appointment | None, at: datetime) -> Appointment:
    """End a post on `ends_on` (the first day on which it is not held). Its work stays with the unit: `post_ended`."""
    post = _end(post, ends_on, by=by, at=at)
    signals.post_ended.send(sender=Appointment, post=post, by=by, at=at)
    return post


def _end(post: Appointment, ends_on: date, *, by: Appointment | None, at: datetime) -> Appointment:
    post = Appointment.objects.select_for_update(of=("self",)).with_people().get(pk=post.pk)
    if post.ends_on is not None and post.ends_on <= ends_on:
        raise NotAllowed(_("Chức vụ này đã kết thúc ngày %(day)s.") % {"day": f"{post.ends_on:%d/%m/%Y}"})
    if ends_on <= post.starts_on:
        raise NotAllowed(_("Ngày thôi giữ chức vụ phải sau ngày bắt đầu."))
    post.ends_on = ends_on
    post.save(update_fields=["ends_on"])
    log.record(
        events.RELIEVED,
        post,
        by=by,
        at=at,
        person=post.person_name,
        title=post.post_title,
        ends_on=f"{ends_on:%d/%m/%Y}",
    )
    return post


@transaction.atomic
def transfer(
    *, post: Appointment, unit: Unit, role: Role, title: str, on: date, by: Appointment | None, at: datetime
) -> Appointment:
    """End `post` and start another for the same person on the same day."""
    ended = _end(post, on, by=by, at=at)
    new = appoint(user=post.user, unit=unit, role=role, title=title, starts_on=on, by=by, at=at)
    signals.post_ended.send(sender=Appointment, post=ended, by=by, at=at)
    return new
