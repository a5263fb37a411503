"""Who may do what. Roles get their permissions in one page, `portal/grants.py`; this module reads it."""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum
from functools import cache
from importlib import import_module

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from units.models import Appointment, Unit
from units.roles import Role


class Scope(Enum):
    """How far a permission reaches."""

    UNIT = "unit"  # the unit of the post
    ORGANISATION = "organisation"  # every unit of the post's organisation
    EVERYWHERE = "everywhere"


Grants = dict[Role, dict[str, Scope]]


class NotAllowed(Exception):
    """An act that the post or the state does not allow; the text is what the person reads."""


class Outdated(NotAllowed):
    """The page showed an older state of the thing than the one stored."""


@cache
def _grants() -> Grants:
    module, name = settings.GRANTS.rsplit(".", 1)
    grants: Grants = getattr(import_module(module), name)
    return grants


def has_permission(by: Appointment, permission: str, unit: Unit | None = None) -> bool:
    """Does the post hold `permission`, for `unit` when one is given? No query when unit and post are loaded."""
    scope = _grants().get(Role(by.role), {}).get(permission)
    if scope is None:
        return False
    if unit is None or scope is Scope.EVERYWHERE:
        return True
    if scope is Scope.UNIT:
        return by.unit_id == unit.pk
    return by.organisation_id == (unit.organisation_id or unit.pk)


def holding(permission: str, units: Iterable[Unit]) -> Q:
    """The condition on posts that hold `permission` for one of these loaded units, as `has_permission` says of each."""
    given = list(units)
    organisations = {unit.organisation_id or unit.pk for unit in given}
    reach = {
        Scope.UNIT: Q(unit__in=[unit.pk for unit in given]),
        Scope.ORGANISATION: Q(unit__organisation__in=organisations) | Q(unit__in=organisations),
        Scope.EVERYWHERE: Q(),
    }
    found = Q(pk__in=[])
    for role, grants in _grants().items():
        if permission in grants:
            found |= Q(role=role) & reach[grants[permission]]
    return found


def check(by: Appointment, permission: str, *, at: datetime, unit: Unit | None = None) -> None:
    """Raise NotAllowed unless the post is held at `at` and holds `permission` (for `unit`)."""
    if not by.holds_on(timezone.localdate(at)):
        raise NotAllowed(_("Chức vụ “%(post)s” không còn hiệu lực.") % {"post": by.post_title})
    if not has_permission(by, permission, unit):
        raise NotAllowed(_("Chức vụ “%(post)s” không có quyền làm việc này.") % {"post": by.post_title})


def roles_with(permission: str) -> list[Role]:
    """The roles that hold `permission` in any scope."""
    return [role for role, grants in _grants().items() if permission in grants]
