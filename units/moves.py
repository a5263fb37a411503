"""What the state tables of files and of tasks have in common; imports nothing of ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.functional import Promise

State = TypeVar("State", bound=TextChoices)
Move = TypeVar("Move", bound=TextChoices)


@dataclass(frozen=True)
class Step:
    """A move as people meet it: the permission it needs and the words when it cannot be made."""

    permission: str
    refusal: "str | Promise"


def target(table: Mapping[tuple[State, Move], State], state: State, move: Move) -> State | None:
    """Where `move` leads from `state`; None when the table does not allow it."""
    return table.get((state, move))
