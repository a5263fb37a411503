"""What every page's frame shows: places, posts, unread count."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from notifications.queries import unread_count
from units.middleware import current_posts
from units.models import Appointment
from units.permissions import has_permission


@dataclass(frozen=True)
class Place:
    """An entry of the left rail; seen by posts that hold the permission (empty: by all).

    It is the active one on its own page and on those below the addresses named in `covers` (usual: its own; none:
    its page alone, as for home, and for the register, below whose address plans and reports take their steps).
    """

    label: "str | Promise"
    url_name: str
    icon: str
    permission: str = ""
    covers: tuple[str, ...] | None = None

    def is_active(self, path: str) -> bool:
        below = (self.url_name,) if self.covers is None else self.covers
        return path == reverse(self.url_name) or path.startswith(tuple(reverse(name) for name in below))


PLACES = [
    Place(_("Việc của tôi"), "home", "home", covers=()),
    Place(_("Kế hoạch"), "plans:list", "plans", "campaigns.plan.read"),
    Place(_("Nhiệm vụ"), "tasks:list", "tasks", "campaigns.task.read"),
    Place(_("Văn bản chỉ đạo"), "directives:list", "directives", "directives.directive.read"),
    Place(_("Báo cáo"), "reports:list", "reports", "reports.report.read"),
    Place(
        _("Sổ văn bản đi"), "documents:register", "register", "documents.register.read", covers=("documents:verify",)
    ),
    Place(_("Văn bản đến tôi"), "documents:received", "received", "documents.receive"),
    Place(
        _("Quản trị"), "units:people", "people", "units.people.manage",
        covers=("units:people", "units:units", "directives:kinds"),
    ),
]


def _navigation(request: HttpRequest, post: Appointment) -> list[dict[str, Any]]:
    return [
        {
            "label": place.label,
            "url": reverse(place.url_name),
            "icon": place.icon,
            "active": place.is_active(request.path),
        }
        for place in PLACES
        if not place.permission or has_permission(post, place.permission)
    ]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Values of base.html for a person with a post. One query, for the bell, when a page shows it and did not count."""
    post = getattr(request, "post", None)
    if not post:
        return {"navigation": [], "posts": [], "unread_count": 0}
    return {
        "navigation": _navigation(request, post),
        "posts": current_posts(request),
        "unread_count": SimpleLazyObject(lambda: unread_count(request.user)),
    }
