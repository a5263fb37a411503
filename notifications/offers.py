"""The events that other systems can be told of. The apps whose events they are offer them in their types.py."""

from collections.abc import Iterable

from audit.registry import declared

_offered: dict[str, str] = {}


def offer(names: Iterable[str], *, page: str = "") -> None:
    """Offer events; `page` is the address (by name, with the subject's id) that a message points to."""
    for name in names:
        if name not in declared():
            raise ValueError(f"event {name} is not declared")
        _offered[name] = page


def page_of(name: str) -> str:
    return _offered.get(name, "")


def offered() -> list[str]:
    """All of them, in the order of the apps."""
    return list(_offered)


TITLES = 60
"""So much of a sentence names an event in a list."""


def title_of(name: str) -> str:
    """The event's sentence without what a single case fills in: "báo cáo tiến độ"."""
    sentence = str(declared().get(name, name))
    return sentence.split("{", maxsplit=1)[0].rstrip(" :,(")[:TITLES] or name
