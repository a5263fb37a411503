"""Keeping lists under names: save, change, delete. Views of a unit belong to everybody who works there."""

from typing import Any
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from campaigns.models import SavedView
from units.models import Appointment
from units.permissions import NotAllowed

MOST = 30
PASSING = ("after", "month")
"""Values of an address that say where one is, not what one looks at."""


def kept_query(typed: str) -> str:
    """An address's query as it is kept: without the page, each value once, in one order, so that equals are equal."""
    query = QueryDict(typed[:1000])
    pairs = [(name, value) for name in sorted(query) for value in query.getlist(name) if value and name not in PASSING]
    return urlencode(pairs)[:1000]


@transaction.atomic
def save(*, name: str, query: str, for_unit: bool, is_default: bool, by: Appointment) -> SavedView:
    """Keep the list under `name`; one of the same name and owner now shows this list."""
    owner: dict[str, Any] = {"unit_id": by.unit_id} if for_unit else {"user_id": by.user_id}
    if SavedView.objects.filter(**owner).exclude(name=name).count() >= MOST:
        raise NotAllowed(_("Đã có %(count)d cách xem; hãy xóa bớt trước khi lưu thêm.") % {"count": MOST})
    if is_default:
        SavedView.objects.filter(**owner).update(is_default=False)
    values = {"query": kept_query(query), "is_default": is_default}
    view, _made = SavedView.objects.update_or_create(**owner, name=name, defaults=values)
    return view


@transaction.atomic
def change(*, view: SavedView, name: str, is_default: bool) -> SavedView:
    """Another name, or another place; a name that is taken is refused."""
    if is_default:
        SavedView.objects.filter(user=view.user, unit=view.unit).update(is_default=False)
    view.name, view.is_default = name, is_default
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as taken:
        raise NotAllowed(_("Đã có cách xem tên “%(name)s”.") % {"name": name}) from taken
    return view


def delete(*, view: SavedView) -> None:
    view.delete()
