"""The names of all events, each with the sentence a person reads in a history."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise

_sentences: dict[str, "str | Promise"] = {}


class _Missing(dict[str, Any]):
    """Lets a sentence name a value that an older row does not have."""

    def __missing__(self, key: str) -> str:
        return "…"


def declare(name: str, sentence: "str | Promise") -> str:
    """Declare an event `name` with its sentence ("trả lại: {reason}") and return the name. Twice is an error."""
    if name in _sentences:
        raise ValueError(f"event {name} is declared twice")
    _sentences[name] = sentence
    return name


def sentence_for(name: str, data: Mapping[str, Any]) -> str:
    """The sentence of event `name` filled with `data`; an unknown name (from a removed version) is shown as it is."""
    sentence = _sentences.get(name)
    return str(sentence).format_map(_Missing(data)) if sentence is not None else name


def declared() -> dict[str, "str | Promise"]:
    """All declared names with their sentences."""
    return dict(_sentences)
