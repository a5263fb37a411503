"""The structure tree of a printed page without the elements that say nothing.

WeasyPrint tags each line's text as a Span of its own, each stretch kept together as another, and each box around boxes
as a Div. None of them tells a reader more than the paragraph does, but whatever walks the tree pays for them: without,
a file is smaller and its signatures are verified in two thirds of the time.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf

HOLDS_TEXT = frozenset({"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TD", "/TH", "/Caption", "/LBody", "/Span"})
BOXES = frozenset({"/Div", "/NonStruct"})
BARE = frozenset({"Type", "S", "K", "Pg", "P"})
NEVER_AGAIN = 65535  # the generation of a number that is free for good (ISO 32000-1, 7.5.4)


def simplify(pdf: pydyf.PDF) -> None:
    """Take empty elements out of the tree, in place: what they hold belongs to the element around them, in the same
    order. A file without a tree stays as it is."""
    if "StructTreeRoot" not in pdf.catalog:
        return
    tree = _Tree({each.reference: each for each in pdf.objects if _is_element(each)})
    for reference in reversed(tree.elements):  # an element comes before those in it
        if tree.is_box_around_a_box(reference):
            tree.take_out(reference)
    for reference in tree.elements:
        if tree.is_bare_span(reference):
            tree.take_out(reference)
    tree.close_up()
    _point_to_heirs(pdf, tree)
    for reference in tree.gone:
        tree.elements[reference].free, tree.elements[reference].generation = "f", NEVER_AGAIN


def _is_element(thing: Any) -> bool:
    return isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem"


@dataclass(slots=True)
class _Tree:
    """The elements by their references; `gone` are those that are taken out."""

    elements: dict[bytes, pydyf.Dictionary]
    gone: set[bytes] = field(default_factory=set)

    def around(self, reference: bytes) -> bytes:
        """What the element stands in, past those that are gone; for one that is gone, its heir."""
        outer: bytes = self.elements[reference]["P"]
        while outer in self.gone:
            outer = self.elements[outer]["P"]
        return outer

    def content(self, element: pydyf.Dictionary) -> Iterator[Any]:
        """Marked content and elements of an element, with those of the elements that are gone."""
        for kid in element["K"]:
            if kid in self.gone:
                yield from self.content(self.elements[kid])
            else:
                yield kid

    def is_box_around_a_box(self, reference: bytes) -> bool:
        """A box with nothing in it, or with one element that is a block of its own."""
        element = self.elements[reference]
        if element["S"] not in BOXES or not element.keys() <= BARE or self.around(reference) not in self.elements:
            return False
        inside = [self.elements.get(kid) for kid in self.content(element)]
        return not inside or (len(inside) == 1 and inside[0] is not None and inside[0]["S"] != "/Span")

    def is_bare_span(self, reference: bytes) -> bool:
        """A stretch of text without attributes in an element that may hold text itself."""
        element, outer = self.elements[reference], self.elements.get(self.around(reference))
        is_bare = element["S"] == "/Span" and element.keys() <= BARE
        return is_bare and outer is not None and outer["S"] in HOLDS_TEXT and outer.get("Pg") == element["Pg"]

    def take_out(self, reference: bytes) -> None:
        self.gone.add(reference)

    def close_up(self) -> None:
        """The elements that stay hold what those that are gone held."""
        for reference, element in self.elements.items():
            if reference not in self.gone:
                element["K"] = pydyf.Array(self.content(element))
                element["P"] = self.around(reference)

    def heir(self, reference: bytes) -> bytes:
        """The element that holds the content of this one now."""
        return self.around(reference) if reference in self.gone else reference


def _point_to_heirs(pdf: pydyf.PDF, tree: _Tree) -> None:
    """The way back from content to elements: for each page an array, for each annotation one element."""
    numbers = _at(pdf, _at(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    for index in range(1, len(numbers), 2):
        if isinstance(numbers[index], pydyf.Array):
            numbers[index] = pydyf.Array(tree.heir(each) for each in numbers[index])
        else:
            numbers[index] = tree.heir(numbers[index])


def _at(pdf: pydyf.PDF, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
