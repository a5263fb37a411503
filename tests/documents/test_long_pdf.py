"""Long tables printed in stretches: the pages, places and claims of one print, whatever happens to a stretch."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from documents import long_pdf, pdf, press, render_pool, row_heights, signing
from documents.layout import OfficialText, Table
from tests.documents import compositions
from tests.documents.measuring import lines

# a third of what is long in real life, so that the same ways are gone with a third of the printing
ROWS, APPENDIX_ROWS, LONG, SHORTEST, LONGEST = 160, 120, 100, 40, 130
GROUPS = ("A. Phòng Quản lý chuyên ngành",)


def long_report() -> OfficialText:
    """A long table with group names in the main text, another in a landscape appendix."""
    text = compositions.report(rows=ROWS, appendix_rows=APPENDIX_ROWS)
    table = text.blocks[4]
    assert isinstance(table, Table)
    rows = [each for index, row in enumerate(table.rows) for each in ((GROUPS, row) if index % 37 == 5 else (row,))]
    blocks = [*text.blocks]
    blocks[4] = replace(table, rows=tuple(rows), bold_rows=frozenset({len(rows) - 1}))
    return replace(text, blocks=tuple(blocks))


@pytest.fixture(scope="module", autouse=True)
def sooner_long():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(press, "LONG", LONG)
        patch.setattr(long_pdf, "SHORTEST", SHORTEST)
        patch.setattr(long_pdf, "LONGEST", LONGEST)
        yield


@pytest.fixture(scope="module")
def pool():
    made = render_pool.Pool(2)
    yield made
    made.stop()


@pytest.fixture(scope="module")
def whole():
    return pdf.render(long_report(), has_open_lines=True)


@pytest.fixture(scope="module")
def joined(pool):
    return long_pdf.render(long_report(), has_open_lines=True, pool=pool)


def shown(data: bytes) -> list[tuple[int, str, float, float]]:
    return [(line.page, line.text, round(line.x0, 1), round(line.top, 1)) for line in lines(data)]


def test_every_word_stands_where_one_print_puts_it(whole, joined):
    assert shown(joined.bytes) == shown(whole.bytes)
    assert (joined.pages, joined.places) == (whole.pages, whole.places)


def test_a_wrong_guess_costs_time_but_not_the_pages(whole, pool, monkeypatch):
    monkeypatch.setattr(row_heights, "row_height", lambda lines, size: lines * size * 1.3)
    assert shown(long_pdf.render(long_report(), has_open_lines=True, pool=pool).bytes) == shown(whole.bytes)


def test_one_process_and_two_give_the_same_bytes(joined):
    alone = render_pool.Pool(1)
    assert long_pdf.render(long_report(), has_open_lines=True, pool=alone).bytes == joined.bytes
    alone.stop()


def test_the_file_keeps_its_claims_and_one_tree_of_tags(joined):
    with pikepdf.open(BytesIO(joined.bytes)) as file:
        assert not file.check_pdf_syntax()
        assert file.open_metadata().pdfa_status == "2B"
        assert (str(file.Root.Lang), len(file.Root.OutputIntents), len(file.trailer.ID)) == ("vi", 1, 2)
        nums = file.Root.StructTreeRoot.ParentTree.Nums
        assert [int(page.obj.StructParents) for page in file.pages] == list(nums)[::2] == list(range(joined.pages))
        places = {page.objgen for page in (page.obj for page in file.pages)}
        elements = file.Root.StructTreeRoot.K[0].K
        assert {element.Pg.objgen for element in elements if "/Pg" in element} <= places


def test_the_file_takes_the_fields_for_number_signature_and_seal(joined):
    assert signing.prepare(joined).startswith(joined.bytes)


def test_a_child_that_dies_ends_the_print_with_a_reason_and_the_next_print_works(pool, joined):
    def kill(percent: int) -> None:
        pool.stop()

    with pytest.raises(pdf.RenderingError):
        long_pdf.render(long_report(), has_open_lines=True, pool=pool, progress=kill)
    assert long_pdf.render(long_report(), has_open_lines=True, pool=pool).bytes == joined.bytes


def test_what_progress_raises_ends_the_print(pool):
    def refuse(percent: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        long_pdf.render(long_report(), pool=pool, progress=refuse)


def test_short_texts_are_printed_at_once(monkeypatch):
    monkeypatch.setattr(long_pdf, "render", None)
    assert press.render(compositions.report()).pages > 1
