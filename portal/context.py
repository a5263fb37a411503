"""What every page's frame shows: places, posts, unread count."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from notifications.queries import unread_count
from units.middleware import current_posts
from units.permissions import roles_with


@dataclass(frozen=True)
class Place:
    """An entry of the left rail; seen by posts that hold the permission (empty: by all).

    It is the active one on its own page and on those below the addresses named in `covers` (usual: its own; none:
    its page alone, as for home, and for the register, below whose address plans and reports take their steps).
    `unless` is a permission whose holders get there from another place.
    """

    label: "str | Promise"
    url_name: str
    icon: str
    permission: str = ""
    covers: tuple[str, ...] | None = None
    unless: str = ""

    def is_for(self, role: str) -> bool:
        return (not self.permission or role in roles_with(self.permission)) and (
            not self.unless or role not in roles_with(self.unless)
        )

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    @property
    def below(self) -> tuple[str, ...]:
        return tuple(reverse(name) for name in ((self.url_name,) if self.covers is None else self.covers))


@dataclass(frozen=True)
class Link:
    """An entry of the rail as it is shown: with a number beside it, and a heading above."""

    label: str
    url: str
    icon: str
    active: bool = False
    count: int = 0
    section: str = ""


PLACES = [
    Place(_("Việc của tôi"), "home", "home", covers=()),
    Place(_("Chờ ký"), "documents:to_sign", "sign", "documents.sign"),
    Place(_("Kế hoạch"), "plans:list", "plans", "campaigns.plan.read"),
    Place(_("Nhiệm vụ"), "tasks:list", "tasks", "campaigns.task.read"),
    Place(_("Văn bản chỉ đạo"), "directives:list", "directives", "directives.directive.read"),
    Place(_("Báo cáo"), "reports:list", "reports", "reports.report.read"),
    Place(_("Báo cáo cấp dưới gửi"), "reports:below", "reports", "reports.below.read", unless="reports.report.read"),
    Place(
        _("Sổ văn bản đi"), "documents:register", "register", "documents.register.read",
        covers=("documents:verify", "documents:addresses", "documents:register_sheet", "documents:reserve",
                "documents:continue_after", "documents:rules"),
    ),
    Place(_("Văn bản đến tôi"), "documents:received", "received", "documents.receive"),
    Place(
        _("Quản trị"), "units:people", "people", "units.people.manage",
        covers=("units:people", "units:units", "directives:kinds", "tasks:handover", "tasks:calendar",
                "notifications:webhooks", "documents:word_template", "documents:credentials", "documents:rules",
                "reports:profiles", "reports:indicators"),
    ),
]


@cache
def _addresses() -> list[tuple[str, tuple[str, ...]]]:
    return [(place.url, place.below) for place in PLACES]


def _active(path: str) -> frozenset[int]:
    """Which places the page with this path belongs to."""
    return frozenset(
        number for number, (url, below) in enumerate(_addresses()) if path == url or path.startswith(below)
    )


@lru_cache(maxsize=1024)
def _navigation(role: str, active: frozenset[int], language: str) -> tuple[Link, ...]:
    """The places of a role, in the language in force (which is `language`)."""
    return tuple(
        Link(str(place.label), place.url, place.icon, number in active)
        for number, place in enumerate(PLACES)
        if place.is_for(role)
    )


@dataclass(frozen=True)
class Choice:
    """A post to act in, as the menu shows it."""

    pk: int
    title: str
    is_current: bool


def frame(request: HttpRequest) -> dict[str, Any]:
    """Values of base.html for a person with a post. One query, for the bell, when a page shows it and did not count."""
    post = getattr(request, "post", None)
    if not post:
        return {"navigation": (), "own_posts": (), "unread_count": 0}
    return {
        "navigation": _navigation(post.role, _active(request.path), get_language() or ""),
        "own_posts": tuple(Choice(held.pk, held.post_title, held == post) for held in current_posts(request)),
        "unread_count": SimpleLazyObject(lambda: unread_count(request.user)),
    }
