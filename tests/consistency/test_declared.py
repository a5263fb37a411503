"""What is declared is used, and what is used is declared: history, messages, templates, constraints, states."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, DateTimeField, Model

from audit.registry import declared
from campaigns import states as task_states
from documents import states as document_states
from documents.management.commands import write_states
from notifications.registry import all_kinds
from portal.quality import APPS

ROOT = Path(__file__).parent.parent.parent
TEMPLATES = ROOT / "templates"
FOUND_BY_LIBRARIES = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"} | {
    "bootstrap5/layout/field_file.html",  # crispy-forms draws file fields with it
}


def sources() -> Iterator[tuple[Path, str]]:
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            yield path, path.read_text()


# --- history ----------------------------------------------------------------------------------------------------------
def recordings() -> dict[str, list[set[str]]]:
    """Event constant → the words that each `log.record(events.NAME, …)` hands over; {"**"} for an open list."""
    found: dict[str, list[set[str]]] = defaultdict(list)
    for path, source in sources():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Attribute) and getattr(node.value, "id", "").endswith("events"):
                found[f"{path.relative_to(ROOT).parts[0]}.{node.attr}"] += []
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "record" and node.args:
                name = node.args[0]
                if isinstance(name, ast.Attribute) and isinstance(name.value, ast.Name):
                    words = {each.arg or "**" for each in node.keywords}
                    found[f"{path.relative_to(ROOT).parts[0]}.{name.attr}"].append(words)
    return found


def constants() -> dict[str, str]:
    """ "campaigns.TASK_ASSIGNED" → the event's name."""
    found = {}
    for app in APPS:
        if (ROOT / app / "events.py").is_file():
            module = __import__(f"{app}.events", fromlist=["events"])
            names = {name: value for name, value in vars(module).items() if isinstance(value, str) and name.isupper()}
            found |= {f"{app}.{name}": value for name, value in names.items()}
    return found


def test_every_event_is_written_somewhere() -> None:
    assert set(constants().values()) == set(declared())
    assert set(constants()) - set(recordings()) == set()


def test_sentences_name_only_what_is_recorded() -> None:
    said = declared()
    missing = {}
    for constant, calls in recordings().items():
        wanted = {part for _text, part, _spec, _conv in Formatter().parse(str(said[constants()[constant]])) if part}
        for words in calls:
            if "**" not in words and wanted - words:
                missing[constant] = wanted - words
    assert missing == {}


# --- messages ---------------------------------------------------------------------------------------------------------
def test_every_message_has_its_templates_and_tells_who_gets_it() -> None:
    kinds = all_kinds().values()
    wanted = {f"{kind.name}_{part}.txt" for kind in kinds if kind.name for part in ("subject", "body")}
    assert {path.name for path in (TEMPLATES / "messages").glob("*.txt")} == wanted
    assert [kind.name for kind in kinds if not kind.__doc__] == []


def test_every_message_is_sent() -> None:
    words = " ".join(source for _path, source in sources())
    unsent = [
        name for name, kind in all_kinds().items()
        if name and not re.search(rf"(?:messages\.{kind.__name__}\b|(?<!class ){kind.__name__}\()", words)
    ]  # fmt: skip
    assert unsent == []


# --- templates --------------------------------------------------------------------------------------------------------
def template_names() -> set[str]:
    return {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file()}


def test_every_template_is_used() -> None:
    templates = [path.read_text() for path in TEMPLATES.rglob("*") if path.is_file()]
    everything = "\n".join([source for _path, source in sources()] + templates)
    messages = {f"messages/{name}_{part}.txt" for name in all_kinds() for part in ("subject", "body")}
    shown = re.findall(r"{% (?:part|component|kept) \"([\w/]+)\"", everything)
    components = {f"components/{name}.html" for name in shown}
    mails = {f"messages/mail/{shape}.{kind}" for shape in ("single", "digest", "letter") for kind in ("txt", "html")}
    quoted = {name for name in template_names() if f'"{name}"' in everything}
    assert template_names() - messages - components - mails - quoted - FOUND_BY_LIBRARIES == set()


@pytest.mark.parametrize(
    "wrong",
    [
        r"\sstyle=",
        r"<style\b",
        r"<script(?![^>]*\bsrc=)",
        r"\son[a-z]+=",
        r"(?:src|href|action)=[\"']?(?:https?:)?//",
        r"javascript:",
    ],
)
def test_screen_templates_hold_nothing_inline_and_nothing_from_outside(wrong: str) -> None:
    screens = [path for path in TEMPLATES.rglob("*.html") if path.parts[-2] not in ("mail", "print")]
    bad = {path.name: found for path in screens if (found := re.findall(wrong, path.read_text()))}
    assert bad == {}


def test_no_attribute_holds_a_row_number_as_a_figure() -> None:
    """A bare number is grouped on the screen, 1.234: what an attribute sends back would not be found again."""
    bare = re.compile(r"""="[^"{]*{{ ((?:\w+\.)*(?:pk|version|\w+_id)) }}""")
    texts = {"task_bulk.html": ["pk", "pk"], "design.html": ["row.pk", "row.pk"]}  # no numbers
    found = {path.name: bad for path in TEMPLATES.rglob("*.html") if (bad := bare.findall(path.read_text()))}
    assert found == texts


def test_styles_and_scripts_load_nothing_from_outside() -> None:
    ours = [path for kind in ("css", "js") for path in (ROOT / "static" / kind).glob("*")]
    outside = re.compile(r"https?://(?!www\.w3\.org)|@import|url\([\"']?//")
    bad = [path.name for path in ours if outside.search(path.read_text())]
    assert bad == []


# --- rows -------------------------------------------------------------------------------------------------------------
def own_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in APPS]


def test_a_moment_and_its_actor_stand_together() -> None:
    """`x_at` with `x_by`: a constraint keeps both or neither, or neither column may be empty."""
    unguarded = []
    for model in own_models():
        fields = {field.name: field for field in model._meta.get_fields() if hasattr(field, "null")}
        texts = [str(each.condition) for each in model._meta.constraints if isinstance(each, CheckConstraint)]
        for name, field in fields.items():
            actor = fields.get(f"{name.removesuffix('_at')}_by")
            if not name.endswith("_at") or not isinstance(field, DateTimeField) or actor is None:
                continue
            guarded = any(f"{name}__isnull" in text and f"{actor.name}__isnull" in text for text in texts)
            if field.null and not guarded:
                unguarded.append(f"{model._meta.label}.{name}")
    assert unguarded == []


def test_every_row_says_what_it_is() -> None:
    assert [model.__name__ for model in own_models() if "__str__" not in model.__dict__] == []


# --- states -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("table", "states", "moves", "first"),
    [
        (document_states, document_states.DocumentState, document_states.DocumentMove, "draft"),
        (task_states, task_states.TaskState, task_states.TaskMove, "planned"),
    ],
    ids=["document", "task"],
)
def test_every_state_is_reached_and_every_move_has_words(table: Any, states: Any, moves: Any, first: str) -> None:
    reached, grows = {states(first)}, True
    while grows:
        further = {target for (state, _move), target in table.TRANSITIONS.items() if state in reached}
        grows = not further <= reached
        reached |= further
    assert reached == set(states)
    assert {move for _state, move in table.TRANSITIONS} == set(moves) == set(table.STEPS)


def test_the_drawing_of_the_states_is_up_to_date() -> None:
    """`manage.py write_states` makes it."""
    assert (ROOT / "docs/states.md").read_text() == write_states.page()
