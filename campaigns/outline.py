"""The tree of a plan's items and the marker of each: I. 1. 1.1. a) - (NĐ 30/2020, Phụ lục I, II.6). Pure: rows in."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from campaigns.models import ItemStyle, PlanItem

LETTERS = "abcdđeghiklmnopqrstuvxy"
ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
LONGEST_TITLE = 160


def roman(number: int) -> str:
    """I, II, III, IV …"""
    found = ""
    for value, sign in ROMAN:
        count, number = divmod(number, value)
        found += sign * count
    return found


def letter(number: int) -> str:
    """The n-th letter for a), b), c), d), đ) …; after y come aa, bb."""
    rounds, index = divmod(number - 1, len(LETTERS))
    return LETTERS[index] * (rounds + 1)


@dataclass
class Node:
    """An item with its marker and what stands below it. `number` is the bare count ("1.2") for its children."""

    item: PlanItem
    marker: str
    depth: int
    number: str = ""
    children: list["Node"] = field(default_factory=list)
    comments: int = 0

    @property
    def is_title(self) -> bool:
        """A numbered line that only heads what stands below it: khoản có tiêu đề, printed in bold."""
        text = self.item.text.rstrip()
        numbered = self.item.style in (ItemStyle.NUMBER, ItemStyle.DECIMAL)
        return numbered and bool(self.children) and len(text) <= LONGEST_TITLE and text[-1:] not in (".", ";", ":", ",")

    @property
    def key(self) -> str:
        """The item's number as scripts send it back; on the screen a bare number would be grouped (1.234)."""
        return str(self.item.pk)

    @property
    def parent_key(self) -> str:
        return str(self.item.parent_id or "")

    @property
    def part(self) -> str:
        """The name under which the item is written in place."""
        return f"item-{self.item.pk}"

    def walk(self) -> Iterator["Node"]:
        """This node and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


_TYPED = {
    ItemStyle.SECTION: r"[IVXLC]+\s*[.)/]",
    ItemStyle.NUMBER: r"\d{1,3}\s*[.)/]",
    ItemStyle.DECIMAL: r"\d{1,3}(?:\.\d{1,3})+\s*[.)]?",
    ItemStyle.LETTER: r"(?:aa|bb|cc|dd|[a-zđ])\s*[.)/]",
    ItemStyle.DASH: r"[-–—+•*]",
}


def without_marker(style: str, text: str) -> str:
    """The text without a marker of its style typed in front of it: markers are counted, never stored.

    A marker is followed by a space, so that "2.500 người" and "1/9 hằng năm" stay whole.
    """
    pattern = _TYPED.get(ItemStyle(style))
    return re.sub(rf"^\s*{pattern}\s+", "", text, count=1) if pattern else text


def _marker(style: str, count: int, above: str) -> tuple[str, str]:
    """Marker and bare number of the `count`-th item of a style below an item numbered `above`."""
    if style == ItemStyle.SECTION:
        return f"{roman(count)}.", ""
    if style == ItemStyle.NUMBER:
        return f"{count}.", str(count)
    if style == ItemStyle.DECIMAL:
        number = f"{above}.{count}" if above else str(count)
        return f"{number}.", number
    if style == ItemStyle.LETTER:
        return f"{letter(count)})", ""
    return ("-", "") if style == ItemStyle.DASH else ("", "")


def tree(items: Iterable[PlanItem]) -> list[Node]:
    """Top nodes in order. `items` are all rows of one plan in any order; no query."""
    below: dict[int | None, list[PlanItem]] = defaultdict(list)
    for item in sorted(items, key=lambda row: (row.position, row.pk)):
        below[item.parent_id].append(item)

    def grow(parent: int | None, depth: int, above: str) -> list[Node]:
        counts: dict[str, int] = defaultdict(int)
        nodes = []
        for item in below[parent]:
            counts[item.style] += 1
            marker, number = _marker(item.style, counts[item.style], above)
            node = Node(item, marker, depth, number)
            node.children = grow(item.pk, depth + 1, number)
            nodes.append(node)
        return nodes

    return grow(None, 0, "")


def flat(items: Iterable[PlanItem]) -> list[Node]:
    """Every node in reading order."""
    return [node for top in tree(items) for node in top.walk()]
