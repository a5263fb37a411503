"""What a higher app declares about its type of official file, so that this app never imports it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from documents.layout import OfficialText

if TYPE_CHECKING:
    from documents.models import Document


@dataclass(frozen=True)
class Problem:
    """Something that keeps a file from being proposed, with the article it rests on."""

    code: str
    message: str
    blocking: bool = True


@dataclass(frozen=True)
class DocumentType:
    """A type of official file. `compose` reads the database once and returns what is to be printed."""

    name: str  # "campaigns.plan"
    kind: str  # "KH"
    label: "str | Promise"  # "kế hoạch"
    compose: "Callable[[Document], OfficialText]"
    problems: "Callable[[Document], list[Problem]]"
    url: "Callable[[Document], str]"


_types: dict[str, DocumentType] = {}


def declare(definition: DocumentType) -> None:
    """Make a type known; called from the owning app's AppConfig.ready()."""
    _types[definition.name] = definition


def definition(name: str) -> DocumentType:
    """The declared type of this name; KeyError for one that no app declares."""
    return _types[name]


def declared() -> list[DocumentType]:
    return list(_types.values())
