"""Vietnamese that a user would read but that gettext never sees: a heuristic by letters only Vietnamese has."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.template.base import Lexer, Token, TokenType

from .sources import called_name, files, literal, marking_names

VIETNAMESE = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ\u1ea0-\u1ef9]")
MARKED_IN_TAG = re.compile(r"""_\((?:"[^"]*"|'[^']*')\)""")

BRAND = "Cao Điểm"
PATTERN_FUNCTIONS = {f"re.{name}" for name in ("compile", "search", "match", "fullmatch", "sub", "split", "finditer")}

OFFICIAL = "wording of official documents, Vietnamese by rule"
READING = "words of Vietnamese documents, to recognise them"
COMMAND = "said on the command line, before Django is there"

# path (a folder ends with "/") → why its Vietnamese is not translated
EXEMPT = {
    "templates/print/": OFFICIAL,
    "documents/correction_text.py": OFFICIAL,
    "documents/demo_ca.py": "names in trial certificates",
    "documents/docx.py": OFFICIAL,
    "documents/heading.py": OFFICIAL,
    "documents/layout.py": OFFICIAL,
    "documents/printing.py": OFFICIAL,
    "documents/signing.py": "names of form fields inside the PDF",
    "documents/typography.py": OFFICIAL,
    "documents/compound_words.py": OFFICIAL,
    "documents/word_context.py": OFFICIAL,
    "documents/word_sample.py": OFFICIAL,
    "campaigns/compose.py": OFFICIAL,
    "reports/charts.py": OFFICIAL,
    "reports/compose.py": OFFICIAL,
    "reports/defaults.py": OFFICIAL,
    "reports/drafting.py": OFFICIAL,
    "reports/outline.py": OFFICIAL,
    "campaigns/checks/words.py": READING,
    "campaigns/copying/words.py": READING,
    "reports/outputs/workbook.py": OFFICIAL,
    "reports/wording.py": OFFICIAL,
    "campaigns/due_wording.py": READING,
    "campaigns/plan_reader/": READING,
    "directives/citations/": READING,
    "directives/heads.py": READING,
    "apps.py": "names of apps, which no page shows",
    "management/commands/": "commands speak Vietnamese only",
    "portal/demo.py": COMMAND,
    "portal/local.py": COMMAND,
    "portal/quality.py": COMMAND,
    "portal/services.py": COMMAND,
    "portal/scale.py": "invented tasks for measurements",
    "portal/settings.py": COMMAND,
    "portal/supervisor.py": COMMAND,
    "portal/demo_data/": "invented people and documents",
    "portal/design.py": "sample data of the page of components, served in the demo only",
    "templates/portal/design.html": "sample data of the page of components",
    "templates/portal/design_signing.html": "sample data of the page of components",
    "templates/campaigns/_plan_paper.html": OFFICIAL,
    "templates/500.html": "stands alone when nothing else works: both languages side by side",
}

# single texts of files that otherwise speak to users
EXEMPT_TEXTS = {
    "documents/verifying.py": {"Số:"},  # as printed
    "documents/outgoing.py": {
        "QĐ",
        "Báo cáo",
        "Chỉ thị",
        "Chương trình",
        "Hướng dẫn",
        "Kế hoạch",
        "Quyết định",
        "Thông báo",
        "Tờ trình",
        "lưu",
    },  # as the register has them
    "documents/outgoing_forms.py": {"^[A-ZĐ][A-Za-zĐđ]{0,9}$"},
    "campaigns/checks/bases.py": {"số"},  # as cited
    "campaigns/importing/matching.py": {"tuần", "quý", "tháng"},  # patterns
    "campaigns/forms/plan_tasks.py": {"tuần", "quý", "tháng"},  # words of a wording
    "campaigns/outline.py": {  # the marks of points a), b), …
        *("abcdđeghiklmnopqrstuvxy", r"(?:aa|bb|cc|dd|[a-zđ])\s*[.)/]"),
    },
    "campaigns/views/plan_parts.py": {"Căn cứ"},  # the first words of a legal basis
    "campaigns/workflow/plan_bases.py": {"Căn cứ", "Thực hiện"},
    "reports/filling.py": {"Tính lại theo các số đã điều chỉnh."},  # kept with the figures
    "templates/components/frame/language.html": {">Tiếng Việt"},  # each language in its own words
}


def unmarked(root: Path) -> list[str]:
    """`file:line: text` of every Vietnamese text outside gettext, in the order of the files."""
    found = []
    for path in files(root):
        name = path.relative_to(root).as_posix()
        if is_exempt(name):
            continue
        source = path.read_text(encoding="utf-8")
        places = in_python(source) if path.suffix == ".py" else in_template(source)
        known = EXEMPT_TEXTS.get(name, set())
        found += [f"{name}:{line}: {shorten(text)}" for line, text in places if text.strip() not in known]
    return found


def is_exempt(name: str) -> bool:
    """Whether the file, or a folder above it, is in EXEMPT."""
    return any(f"/{part}" in f"/{name}" if part.endswith("/") else f"/{name}".endswith(f"/{part}") for part in EXEMPT)


def is_vietnamese(text: str) -> bool:
    """Whether a text has letters of Vietnamese, the portal's name and single letters aside."""
    return len(text) > 1 and bool(VIETNAMESE.search(text.replace(BRAND, "")))


def shorten(text: str) -> str:
    """One line of at most 80 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def in_template(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of Vietnamese in text, and in the literals of tags, that no translation tag holds."""
    closing = ""
    for token in Lexer(source).tokenize():
        word = token.contents.split(maxsplit=1)[0] if token.contents.strip() else ""
        if closing:
            closing = "" if token.token_type == TokenType.BLOCK and word == closing else closing
        elif token.token_type == TokenType.BLOCK and word in {"blocktranslate", "blocktrans", "comment"}:
            closing = f"end{word}"
        elif is_unmarked(token, word):
            yield token.lineno, token.contents


def is_unmarked(token: Token, word: str) -> bool:
    """Whether this one token shows Vietnamese untranslated."""
    if token.token_type == TokenType.COMMENT or word in {"translate", "trans"}:
        return False
    return is_vietnamese(MARKED_IN_TAG.sub("", token.contents))


def in_python(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of Vietnamese string constants that are no documentation, no pattern and not given to gettext."""
    tree = ast.parse(source)
    names = marking_names(tree)
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):  # a docstring, or a text nobody uses
            silent.add(id(node.value))
        elif called_name(node) in names.keys() | PATTERN_FUNCTIONS:
            silent |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        text = literal(node)
        if text is not None and id(node) not in silent and is_vietnamese(text):
            yield node.lineno, text
