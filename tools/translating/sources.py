"""The texts the code marks for translation: Python by its syntax tree, templates by Django's own reading of them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

APPS = ("audit", "units", "notifications", "documents", "directives", "campaigns", "reports", "portal")

# function → the places of context, singular and plural among its arguments
FUNCTIONS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}

STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
TEMPLATE_CALL = re.compile(rf"\b(_|n?p?gettext)\(({STRING}(?:, {STRING})*)", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """One text to translate and the file it stands in (relative to the project)."""

    msgid: str
    file: str
    plural: str | None = None
    context: str | None = None


def files(root: Path) -> Iterator[Path]:
    """Every file that may hold texts for the screen: Python of the apps without migrations, and all templates."""
    for app in APPS:
        yield from (path for path in sorted((root / app).rglob("*.py")) if "migrations" not in path.parts)
    yield from (path for path in sorted((root / "templates").rglob("*")) if path.suffix in {".html", ".txt"})


def texts(root: Path) -> list[Text]:
    """Every marked text, file by file, in the order in which the files are listed."""
    found: list[Text] = []
    for path in files(root):
        name = path.relative_to(root).as_posix()
        source = path.read_text(encoding="utf-8")
        found += of_python(source, name) if path.suffix == ".py" else of_template(source, name)
    return found


def of_python(source: str, file: str) -> list[Text]:
    """The literal arguments of gettext and its kin, under whatever name the module imported them."""
    tree = ast.parse(source, filename=file)
    names = marking_names(tree)
    found = []
    for node in ast.walk(tree):
        function = names.get(called_name(node))
        if function and isinstance(node, ast.Call):
            found += of_arguments(function, [literal(argument) for argument in node.args], file)
    return found


def of_template(source: str, file: str) -> list[Text]:
    """The texts of translate, blocktranslate and _("…") in one template."""
    found = []
    for function, arguments in TEMPLATE_CALL.findall(templatize(source, origin=file)):
        literals = [ast.literal_eval(text) for text in re.findall(STRING, arguments, re.DOTALL)]
        found += of_arguments("gettext" if function == "_" else function, literals, file)
    return found


def of_arguments(function: str, arguments: list[str | None], file: str) -> list[Text]:
    """The text of one call; nothing when an argument is computed, for then the literal is marked elsewhere."""
    places = FUNCTIONS[function]
    context, msgid, plural = (
        None if place is None or place >= len(arguments) else arguments[place] for place in places
    )
    return [Text(msgid, file, plural, context)] if msgid else []


def marking_names(tree: ast.Module) -> dict[str, str]:
    """What this module calls gettext and its kin: {"_": "gettext_lazy"}."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            names |= {alias.asname or alias.name: alias.name for alias in node.names if alias.name in FUNCTIONS}
        elif isinstance(node, ast.ImportFrom) and any(alias.name == "translation" for alias in node.names):
            names |= {f"translation.{function}": function for function in FUNCTIONS}
    return names


def called_name(node: ast.AST) -> str:
    """The dotted name that a call calls, "" for anything else."""
    is_named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    return ast.unparse(node.func) if is_named else ""


def literal(node: ast.AST) -> str | None:
    """The text of a string constant (neighbouring constants are one), None for anything computed."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
