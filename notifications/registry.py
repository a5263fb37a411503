"""All kinds of messages, by name. Classes enter by being defined (`Notification.__init_subclass__`)."""

from typing import TYPE_CHECKING

from notifications.reasons import Channel, Reason

if TYPE_CHECKING:
    from notifications.base import Told

_kinds: dict[str, "type[Told]"] = {}


def register(kind: "type[Told]") -> None:
    """Enter a class under its name. ValueError when another class has the name."""
    known = _kinds.get(kind.name)
    if known is not None and known.__qualname__ != kind.__qualname__:
        raise ValueError(f"message {kind.name} is declared twice")
    _kinds[kind.name] = kind


def all_kinds() -> "dict[str, type[Told]]":
    """name → class, of every message the portal can send."""
    return dict(_kinds)


def default_channel(reason: Reason) -> Channel:
    """How a person who chose nothing is told for this reason: at once where any message of the reason says so."""
    at_once = any(kind.at_once for kind in _kinds.values() if kind.reason == reason)
    return Channel.AT_ONCE if at_once else Channel.DIGEST
