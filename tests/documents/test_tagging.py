"""The structure tree of printed files: nothing empty in it, and every piece of text found from both sides."""

from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from documents import long_pdf, pdf
from tests.documents import compositions as c

BLOCKS = {"/P", "/H1", "/H2", "/H3", "/TD", "/TH"}
Owned = tuple[int, int, tuple[int, int]]  # page, piece of text, the element that holds it


@pytest.fixture(scope="module", params=["plan", "report", "letter", "joined"])
def file(request: pytest.FixtureRequest) -> pikepdf.Pdf:
    if request.param == "joined":
        return pikepdf.open(BytesIO(long_pdf.render(c.report(rows=320, appendix_rows=3)).bytes))
    return pikepdf.open(BytesIO(pdf.render(getattr(c, request.param)()).bytes))


def elements(file: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """In reading order."""
    found: list[pikepdf.Dictionary] = []

    def walk(element: pikepdf.Object) -> None:
        found.append(element)
        for kid in element.K:
            if isinstance(kid, pikepdf.Dictionary):
                assert kid.P.objgen == element.objgen
                walk(kid)

    walk(file.Root.StructTreeRoot.K[0])
    return found


def from_the_tree(file: pikepdf.Pdf) -> list[Owned]:
    numbers = {page.obj.objgen: number for number, page in enumerate(file.pages)}
    return [
        (numbers[element.Pg.objgen], int(kid), element.objgen)
        for element in elements(file)
        for kid in element.K
        if not isinstance(kid, pikepdf.Dictionary)
    ]


def from_the_pages(file: pikepdf.Pdf) -> list[Owned]:
    nums = file.Root.StructTreeRoot.ParentTree.Nums
    return [
        (int(nums[index]), mcid, element.objgen)
        for index in range(0, len(nums), 2)
        for mcid, element in enumerate(nums[index + 1])
    ]


def test_every_piece_of_text_is_found_from_both_sides(file: pikepdf.Pdf) -> None:
    in_tree, on_pages = from_the_tree(file), from_the_pages(file)
    page_numbers = len(on_pages) - len(in_tree)  # the number in the margin stands outside of the tree

    assert set(in_tree) <= set(on_pages)
    assert page_numbers <= len(file.pages)
    assert file.check_pdf_syntax() == []


def test_text_belongs_to_its_paragraph_and_boxes_hold_something(file: pikepdf.Pdf) -> None:
    found = elements(file)
    spans = [each for each in found if each.S == "/Span"]
    boxes = [each for each in found if each.S in ("/Div", "/NonStruct")]

    assert {str(each.P.S) for each in spans} <= {"/Div", "/NonStruct", "/Figure"}
    assert all(len(each.K) > 1 or each.K[0].S == "/Span" for each in boxes)


def test_text_of_a_page_is_in_reading_order(file: pikepdf.Pdf) -> None:
    pieces = [(page, mcid) for page, mcid, _element in from_the_tree(file)]
    assert all(one < other for one, other in pairwise(pieces))
