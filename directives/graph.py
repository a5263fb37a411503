"""The relations of a directive as a small drawing: what it rests on at the left, what came of it at the right. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from directives.models import Directive
from directives.queries import Related

MOST = 5
WIDTH, BOX, HIGH, GAP = 720, 200, 48, 14
LETTERS = 24


@dataclass(frozen=True)
class Node:
    """A box with two lines of words, `kind` gives its look; `line` is the way to the middle box."""

    x: int
    y: int
    title: str
    words: str
    kind: str
    line: str = ""


@dataclass(frozen=True)
class Graph:
    width: int
    height: int
    nodes: tuple[Node, ...]
    box: int = BOX
    high: int = HIGH


def draw(directive: Directive, relations: Sequence[Related]) -> Graph | None:
    """The drawing of at most five relations a side; None without relations."""
    if not relations:
        return None
    left = [row for row in relations if row.is_forward][:MOST]
    right = [row for row in relations if not row.is_forward][:MOST]
    tallest = max(len(left), len(right), 1)
    height = tallest * (HIGH + GAP) - GAP
    middle_x, middle_y = (WIDTH - BOX) // 2, (height - HIGH) // 2
    centre = middle_y + HIGH // 2
    nodes = [Node(middle_x, middle_y, _short(directive), directive.kind.name, "self")]
    for rows, x, start, end in ((left, 0, middle_x, BOX), (right, WIDTH - BOX, middle_x + BOX, WIDTH - BOX)):
        top = (height - len(rows) * (HIGH + GAP) + GAP) // 2
        for place, row in enumerate(rows):
            y = top + place * (HIGH + GAP)
            half = (start + end) // 2
            line = f"M{start} {centre} C{half} {centre} {half} {y + HIGH // 2} {end} {y + HIGH // 2}"
            nodes.append(Node(x, y, _short(row.directive), str(row.words), row.kind, line))
    return Graph(WIDTH, height, tuple(nodes))


def _short(directive: Directive) -> str:
    words = directive.code or directive.mention
    return words if len(words) <= LETTERS else f"{words[: LETTERS - 1].rstrip()}…"
