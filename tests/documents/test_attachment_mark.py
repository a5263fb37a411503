"""The organisation's mark on attachments that are files of their own."""

from datetime import timedelta
from io import BytesIO

import pikepdf
import pytest

from documents import signing, verification
from tests.documents.measuring import MM
from tests.documents.signatures import AT, key, roots

CODE = "05/KH-SKHCN"
SHOWN = "05/KH-SKHCN; 2026-11-25T09:00:00+07:00"


def attachment(rotate: int = 0, size: tuple[float, float] = (595, 842), **save: object) -> bytes:
    pdf = pikepdf.new()
    for _page in range(2):
        pdf.add_blank_page(page_size=size)
    pdf.pages[0].Rotate = rotate
    target = BytesIO()
    pdf.save(target, **save)
    return target.getvalue()


def shown_at(data: bytes) -> tuple[str, float, float, float, float]:
    """The mark's words and its place on the page as it is shown, in mm from the right top corner, and height, width."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    page = document[0]
    image = page.render(scale=4, may_draw_forms=True, grayscale=True).to_pil()
    box = image.point(lambda value: 255 if value < 128 else 0).getbbox()
    words = ""
    with pikepdf.open(BytesIO(data)) as pdf:
        field = pdf.Root.AcroForm.Fields[-1]
        stream = field.AP.N
        inner = stream.Resources.XObject if "/XObject" in stream.Resources else {}
        words = " ".join(inner.keys())
    left, top, right, bottom = (value / 4 / MM for value in box)
    return words, image.width / 4 / MM - right, top, bottom - top, right - left


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_mark_stands_in_the_right_top_corner_as_the_page_is_shown(rotate: int) -> None:
    original = attachment(rotate)
    marked = signing.sign_attachment(original, key("seal"), code=CODE, at=AT, roots=roots())
    _words, from_right, from_top, height, width = shown_at(marked)
    assert marked.startswith(original)
    assert from_right == pytest.approx(15.3, abs=1)
    assert 7 < from_top < 12
    assert 2 < height < 4.5
    assert width == pytest.approx(66, abs=6)


def test_mark_says_code_and_moment_in_the_documents_own_type_without_an_image() -> None:
    marked = signing.sign_attachment(
        attachment(), key("seal"), code=CODE, at=AT + timedelta(milliseconds=7), roots=roots()
    )
    with pikepdf.open(BytesIO(marked)) as pdf:
        assert len(pdf.pages) == 2
        subtypes = {str(each.get("/Subtype")) for each in pdf.objects if isinstance(each, pikepdf.Stream)}
        fonts = {
            str(each.BaseFont) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
        }
    assert "/Image" not in subtypes
    assert all("Tinos" in name for name in fonts)
    from documents import attachment_mark

    assert attachment_mark.words(CODE, AT + timedelta(milliseconds=7)) == SHOWN


def test_marked_attachment_is_sealed_and_shows_later_changes() -> None:
    marked = signing.sign_attachment(attachment(), key("seal"), code=CODE, at=AT, roots=roots())
    found = verification.examine(marked, roots(), at=AT)
    assert [each.is_intact for each in found.signatures] == [True]
    again = pikepdf.open(BytesIO(marked))
    again.add_blank_page()
    changed = BytesIO()
    again.save(changed)
    assert not verification.examine(changed.getvalue(), roots(), at=AT).is_good


@pytest.mark.parametrize(
    "data", [b"no pdf", b"%PDF-1.7\n", attachment(encryption=pikepdf.Encryption(owner="a", user="b"))]
)
def test_what_cannot_be_marked_is_refused(data: bytes) -> None:
    with pytest.raises(signing.WrongStep):
        signing.sign_attachment(data, key("seal"), code=CODE, at=AT, roots=roots())
