"""Every kind × rule × size of document, measured in millimetres and points against its rule.

State: NĐ 30/2020/NĐ-CP, Phụ lục I. Party: HD 36-HD/VPTW until 26/5/2026, HD 05-HD/VPTW from 27/5/2026.
"""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from documents import pdf
from documents.layout import HD05, HD36, ND30_13, ND30_14, Column, Kind, LayoutProfile, OfficialText, Paragraph, Table
from tests.documents import compositions as c
from tests.documents.measuring import MM, Line, lines, opened, starting

MAKERS: dict[Kind, Callable[..., OfficialText]] = {Kind.PLAN: c.plan, Kind.REPORT: c.report, Kind.LETTER: c.letter}
LENGTHS: dict[str, Callable[[OfficialText], OfficialText]] = {
    "short": c.short, "usual": lambda text: text, "extreme": c.extreme,
}  # fmt: skip
# sizes in points: national name, date, agency, kind, title, body, recipients' head, recipients
SIZES = {
    "nd30-13": (12, 13, 12, 13, 13, 13, 12, 11),
    "nd30-14": (13, 14, 13, 14, 14, 14, 12, 11),
    "hd36": (15, 14, 14, 16, 15, 14, 14, 12),
    "hd05": (15, 14, 14, 16, 15, 14, 14, 12),
}


PROFILES = {each.key: each for each in (ND30_13, ND30_14, HD36, HD05)}
CASES = [f"{kind.name} {key} {length}" for kind in Kind for key in PROFILES for length in LENGTHS]


@pytest.fixture(scope="module", params=CASES)
def made(request: pytest.FixtureRequest) -> tuple[OfficialText, bytes, list[Line]]:
    name, key, length = request.param.split()
    kind, profile = Kind[name], PROFILES[key]
    text = MAKERS[kind](profile=profile)
    if profile.is_party:
        text = c.of_party(text, profile)
    text = LENGTHS[length](text)
    data = pdf.render(text).bytes
    return text, data, lines(data)


Made = tuple[OfficialText, bytes, list[Line]]


def test_the_page(made: Made) -> None:
    """A4, margins 20/20/30/15, nothing outside of them but page numbers centred in the top margin."""
    _text, data, found = made
    with opened(data) as document:
        sizes = {tuple(sorted((round(page.width / MM), round(page.height / MM)))) for page in document.pages}
        widths = {page.page_number: page.width / MM for page in document.pages}
        heights = {page.page_number: page.height / MM for page in document.pages}
    assert sizes == {(210, 297)}
    for line in found:
        if line.baseline < 20:
            assert line.text.isdecimal()
            assert line.centre == pytest.approx((30 + widths[line.page] - 15) / 2, abs=0.3)
            assert 13 <= line.size <= 14
        else:
            assert line.x0 >= 30 - 0.1, line.text
            assert line.x1 <= widths[line.page] - 15 + 0.7, line.text  # a space may stick out
            assert line.baseline <= heights[line.page] - 20, line.text
    first = {line.page for line in found if line.baseline < 20}
    assert 1 not in first


def test_the_head(made: Made) -> None:
    """Names of agencies and the national (or the Party's) name side by side; the number under the one, the date under
    the other, on one line."""
    text, _data, found = made
    profile = text.profile
    national, date, agency, *_ = SIZES[profile.key]
    right = starting(found, profile.national_name)
    number, day = starting(found, profile.number_label), starting(found, f"{text.head.place}, ngày")
    issuing = [
        line
        for line in found
        if line.page == 1
        and (line.size, line.style) == (agency, "Bold")
        and line.top < number.top
        and line.x1 < right.x0
    ]
    assert (right.size, right.style) == (national, "Bold")
    assert (day.size, day.style) == (date, "Italic")
    assert number.size == profile.sizes.number
    assert number.baseline == pytest.approx(day.baseline, abs=0.1)
    assert 1 <= len(issuing) <= 7
    assert max(line.x1 for line in issuing) < right.x0
    assert min(line.baseline for line in found if line.page == 1 and line.baseline > 20) == pytest.approx(
        right.baseline, abs=0.6
    )
    assert number.text.startswith("Số " if profile.is_party else "Số:")
    assert ("*" in {line.text for line in found if line.page == 1}) == profile.is_party
    assert bool([line for line in found if line.text == "Độc lập - Tự do - Hạnh phúc"]) == (not profile.is_party)


@pytest.mark.parametrize(
    ("profile", "above", "issuing", "shown"),
    [
        (
            HD05, "Đảng bộ Ủy ban nhân dân tỉnh Hà Nam", "Đảng ủy Sở Nông nghiệp và Môi trường tỉnh Ninh Bình",
            ["ĐẢNG BỘ ỦY BAN NHÂN DÂN", "TỈNH HÀ NAM", "ĐẢNG ỦY SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG TỈNH NINH BÌNH"],
        ),
        (
            HD36, "Tỉnh ủy Ninh Bình", "Đảng ủy các cơ quan Đảng tỉnh Ninh Bình",
            ["TỈNH ỦY NINH BÌNH", "ĐẢNG ỦY CÁC CƠ QUAN", "ĐẢNG TỈNH NINH BÌNH"],
        ),
        (
            ND30_13, "Ủy ban nhân dân thành phố Hồ Chí Minh", "Sở Văn hóa và Thể thao",
            ["UBND THÀNH PHỐ HỒ CHÍ MINH", "SỞ VĂN HÓA VÀ THỂ THAO"],
        ),
    ],
)  # fmt: skip
def test_long_names_in_the_head_end_lines_between_words(
    profile: LayoutProfile, above: str, issuing: str, shown: list[str]
) -> None:
    text = c.short(c.plan(profile=profile))
    head = replace(text.head, parent_body=above, issuing_body=issuing, place="Thành phố Ninh Bình")
    found = lines(pdf.render(replace(text, head=head)).bytes)
    right = starting(found, profile.national_name)
    left = [each for each in found if each.text.isupper() and each.x1 < right.x0 and each.baseline < 60]
    assert [each.text for each in left] == shown
    assert max(each.centre for each in left) - min(each.centre for each in left) < 0.5
    assert right.x1 <= 210 - 15


def test_the_title(made: Made) -> None:
    """Kind and title centred and bold; of a letter, the subject under the number, 6 pt below it."""
    text, _data, found = made
    profile = text.profile
    _national, _date, _agency, kind, title, *_ = SIZES[profile.key]
    if text.kind is Kind.LETTER:
        number = starting(found, profile.number_label)
        subject = starting(found, profile.subject_lead)
        assert (subject.size, subject.style) == (profile.sizes.letter_subject, "Italic" if profile.is_party else "")
        assert subject.centre == pytest.approx(number.centre, abs=0.5)
        assert 6 <= (subject.top - number.baseline) * MM <= 14
        return
    shown = starting(found, str(text.kind))
    rest = [line for line in found if line.page == 1 and line.style == "Bold" and line.size == title]
    assert (shown.size, shown.style) == (kind, "Bold")
    assert shown.centre == pytest.approx(112.5, abs=0.3)
    assert any(line.centre == pytest.approx(112.5, abs=0.3) for line in rest)
    assert bool([line for line in found if line.page == 1 and line.text == "-----"]) == profile.is_party


def test_the_body(made: Made) -> None:
    """Size, first-line indent, justified, distance of lines and paragraphs."""
    text, _data, found = made
    profile = text.profile
    body = SIZES[profile.key][5]
    indent = 30 + profile.indent_mm
    own = [line for line in found if line.size == body and not line.style and line.baseline > 20]
    firsts = [line for line in own if line.x0 == pytest.approx(indent, abs=0.2)]
    assert firsts
    wraps = [
        (above, below)
        for above, below in pairwise(own)
        if above.page == below.page
        and below.x0 == pytest.approx(30, abs=0.2)
        and above.x1 > 190
        and below.baseline > above.baseline
    ]
    for above, below in wraps:
        pitch = (below.baseline - above.baseline) * MM
        if profile.exact_line_pt:
            assert pitch == pytest.approx(profile.exact_line_pt, abs=0.05)
        else:
            assert body * 1.15 - 0.1 <= pitch <= body * 1.15 * 1.5
        assert above.x1 == pytest.approx(195, abs=0.7)


def test_the_foot(made: Made) -> None:
    """Recipients left and signer right on one height, whole, with text above them on their page."""
    text, _data, found = made
    profile = text.profile
    *_, head, listed = SIZES[profile.key]
    label, name = starting(found, "Nơi nhận:"), starting(found, text.signer.name)
    above = [line for line in found if line.page == label.page and 20 <= line.baseline < label.baseline - 1]
    assert (label.size, label.style, label.x0) == (
        head,
        "" if profile.is_party else "Bold-Italic",
        pytest.approx(30, abs=0.3),
    )
    assert (name.style, name.page) == ("Bold", label.page)
    assert len(above) >= 2
    marks = [line.text for line in found if line.text.startswith("- ") and line.size == listed and line.x1 < 115]
    assert marks
    last = [line for line in found if line.text.startswith(("- Lưu:", "- Lưu "))][-1].text
    assert last == "- Lưu Đảng ủy." if profile.is_party and text.head.issuing_body.startswith("Đảng ủy") else last
    assert last.endswith(".")
    assert last.startswith("- Lưu " if profile.is_party else "- Lưu: VT")


def test_the_end_mark(made: Made) -> None:
    text, _data, found = made
    marked = [line for line in found if line.text.endswith("./.")]
    assert len(marked) == (0 if text.profile.is_party else 1)


def test_a_word_longer_than_the_line_stays_on_the_page() -> None:
    """Such as an address of the web, or a key that was held down: in a paragraph, a cell, the title, a recipient."""
    word = "ợ" * 500
    cells = Table((Column(10), Column(90)), ("TT", "Nội dung"), (("1", word),))
    text = replace(
        c.plan(), title=f"Tổ chức {word}", blocks=(Paragraph(word), cells), recipients=(word, "Lưu: VT")
    )

    found = [line for line in lines(pdf.render(text).bytes) if "ợợ" in line.text]

    assert sum(line.text.count("ợ") for line in found) == 4 * 500
    assert [line for line in found if line.x0 < 29.7 or line.x1 > 195.3] == []
