"""`manage.py write_states [--check]`: docs/states.md from the tables of states.

Reads the tables of every installed app that has a `states` module; nothing is written by hand.
"""

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from units.permissions import roles_with

PLACE = Path("docs/states.md")


class Command(BaseCommand):
    """Writes the page; with --check only compares, exit 1 when it is out of date."""

    help = "Viết docs/states.md từ các bảng trạng thái."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="chỉ so sánh, không ghi")

    def handle(self, *args: Any, **options: Any) -> None:
        place = Path(settings.BASE_DIR) / PLACE
        text = page()
        if options["check"]:
            sys.exit(0 if place.exists() and place.read_text("utf-8") == text else 1)
        place.parent.mkdir(exist_ok=True)
        place.write_text(text, "utf-8")


def page() -> str:
    """The whole page, in Vietnamese."""
    with override("vi"):
        parts = ["# States and moves\n\nWritten by `manage.py write_states`; the tables are the code's own.\n"]
        for module in _modules():
            parts += [_section(module), _diagram(module), _moves(module)]
        return "\n".join(parts)


def _modules() -> Iterator[ModuleType]:
    """The states modules of the apps, lowest app first."""
    for config in reversed(list(apps.get_app_configs())):
        name = f"{config.name}.states"
        if find_spec(name) is not None and hasattr(module := import_module(name), "TRANSITIONS"):
            yield module


def _section(module: ModuleType) -> str:
    lines = [f"\n## {module.__name__}\n", "| state | word |", "|---|---|"]
    return "\n".join([*lines, *(f"| `{state.value}` | {state.label} |" for state in module.S)])


def _diagram(module: ModuleType) -> str:
    edges = [
        f"    {before.value} --> {after.value}: {move.value}" for (before, move), after in module.TRANSITIONS.items()
    ]
    return "\n".join(["\n```mermaid", "stateDiagram-v2", *edges, "```"])


def _moves(module: ModuleType) -> str:
    lines = ["\n| move | word | from | permission | roles |", "|---|---|---|---|---|"]
    for move, step in module.STEPS.items():
        before = ", ".join(f"`{state.value}`" for state, made in module.TRANSITIONS if made == move)
        roles = ", ".join(role.value for role in roles_with(step.permission))
        lines.append(f"| `{move.value}` | {move.label} | {before} | `{step.permission}` | {roles} |")
    return "\n".join([*lines, ""])
