"""The events that other systems can be told of. The apps whose events they are offer them when they start."""

from collections.abc import Mapping
from typing import Any

from audit.registry import declared

_titles: dict[str, Any] = {}
_pages: dict[str, str] = {}


def offer(titles: Mapping[str, Any], *, page: str = "") -> None:
    """Offer events by their titles; `page` is the address (by name, with the subject's id) that a message points to."""
    for name, title in titles.items():
        if name not in declared():
            raise ValueError(f"event {name} is not declared")
        _titles[name], _pages[name] = title, page


def page_of(name: str) -> str:
    return _pages.get(name, "")


def offered() -> list[str]:
    """All of them, in the order of the apps."""
    return list(_titles)


def title_of(name: str) -> str:
    """What the event is called in a list, "Báo cáo tiến độ"; its name when it is offered no longer."""
    return str(_titles.get(name, name))
