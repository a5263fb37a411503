"""The printed page against the rule, in millimetres and points (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

import hashlib
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from documents import pdf, printing
from documents.layout import (
    ND30_13,
    ND30_14,
    Figure,
    Heading,
    OfficialText,
    Paragraph,
    SignerBlock,
    Urgency,
)
from tests.documents import compositions
from tests.documents.measuring import Line, lines, opened, rules, starting

ROOT = Path(__file__).resolve().parents[2]
LEFT, RIGHT, AXIS = 30, 195, 112.5


@pytest.fixture(scope="module")
def plan() -> pdf.RenderedPdf:
    return pdf.render(compositions.plan(number=compositions.NUMBER, day=compositions.DAY))


@pytest.fixture(scope="module")
def plan_lines(plan: pdf.RenderedPdf) -> list[Line]:
    return lines(plan.bytes)


def test_page_is_a4_with_the_margins_of_the_rule(plan: pdf.RenderedPdf, plan_lines: list[Line]) -> None:
    with opened(plan.bytes) as document:
        sizes = {(round(page.width / 72 * 25.4), round(page.height / 72 * 25.4)) for page in document.pages}
    body = [each for each in plan_lines if each.top >= 19.9]
    assert sizes == {(210, 297)}
    assert min(each.x0 for each in body) == pytest.approx(LEFT, abs=0.3)
    assert max(each.x1 for each in body) == pytest.approx(RIGHT, abs=0.6)
    assert min(each.top for each in body) >= 19.9
    assert max(each.baseline for each in body) <= 277


@pytest.mark.parametrize(("profile", "sizes"), [(ND30_13, (12, 13, 13, 13)), (ND30_14, (13, 14, 14, 14))])
def test_head_has_the_sizes_of_its_preset(profile: pdf.LayoutProfile, sizes: tuple[float, ...]) -> None:
    rendered = pdf.render(compositions.plan(number="5", day=date(2023, 3, 5), profile=profile))
    found = lines(rendered.bytes)
    national, motto = starting(found, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), starting(found, "Độc lập - Tự do")
    day, body = (
        starting(found, "Hà Nam, ngày 05 tháng 3 năm 2023"),
        starting(found, "Sở Khoa học và Công nghệ xây dựng"),
    )
    assert (national.size, motto.size, day.size, body.size) == sizes
    assert (national.style, motto.style, day.style, body.style) == ("Bold", "Bold", "Italic", "")
    assert national.x1 <= RIGHT
    assert national.centre == pytest.approx(motto.centre, abs=0.3)
    assert day.centre == pytest.approx(motto.centre, abs=0.3)


def test_agencies_stand_beside_the_national_name(plan_lines: list[Line]) -> None:
    parent, issuing = starting(plan_lines, "ỦY BAN NHÂN DÂN"), starting(plan_lines, "SỞ KHOA HỌC VÀ CÔNG NGHỆ")
    national, motto = starting(plan_lines, "CỘNG HÒA"), starting(plan_lines, "Độc lập")
    assert (parent.size, parent.style, issuing.size, issuing.style) == (12, "", 12, "Bold")
    assert parent.baseline == pytest.approx(national.baseline, abs=0.1)
    assert issuing.baseline == pytest.approx(motto.baseline, abs=0.6)
    assert parent.centre == pytest.approx(issuing.centre, abs=0.3)
    assert parent.x1 < national.x0


def test_rule_under_the_motto_is_as_long_as_its_text(plan: pdf.RenderedPdf, plan_lines: list[Line]) -> None:
    motto = starting(plan_lines, "Độc lập - Tự do - Hạnh phúc")
    x0, x1, y = next(each for each in rules(plan.bytes) if each[0] > AXIS - 10)
    assert (x0, x1) == (pytest.approx(motto.x0, abs=0.3), pytest.approx(motto.x1, abs=0.3))
    assert 0 < y - motto.baseline < 3


@pytest.mark.parametrize("above", ["SỞ KHOA HỌC VÀ CÔNG NGHỆ", "công tác dân vận của Đảng"])
def test_rules_under_agency_and_title_are_a_third_to_a_half(
    plan: pdf.RenderedPdf, plan_lines: list[Line], above: str
) -> None:
    line = starting(plan_lines, above)
    x0, x1, y = min(
        rules(plan.bytes), key=lambda each: abs(each[2] - line.baseline - 2) + abs(each[0] + each[1] - 2 * line.centre)
    )
    assert 1 / 3 <= (x1 - x0) / line.width <= 1 / 2
    assert (x0 + x1) / 2 == pytest.approx(line.centre, abs=0.3)
    assert 0 < y - line.baseline < 4


def test_number_and_date_stand_on_one_line(plan_lines: list[Line]) -> None:
    number, day = starting(plan_lines, "Số: 128/KH-SKHCN"), starting(plan_lines, "Hà Nam, ngày 12 tháng 10 năm 2023")
    assert (number.size, number.style, day.style) == (13, "", "Italic")
    assert number.baseline == pytest.approx(day.baseline, abs=0.1)
    assert number.centre == pytest.approx(starting(plan_lines, "SỞ KHOA HỌC").centre, abs=0.3)


def test_title_is_bold_and_centred(plan_lines: list[Line]) -> None:
    kind = starting(plan_lines, "KẾ HOẠCH")
    title = [each for each in plan_lines if each.page == 1 and kind.top < each.top < starting(plan_lines, "Căn cứ").top]
    assert " ".join(each.text for each in title) == compositions.TITLE
    assert {(each.size, each.style) for each in [kind, *title]} == {(13, "Bold")}
    assert all(each.centre == pytest.approx(AXIS, abs=0.3) for each in [kind, *title])


def test_body_is_indented_justified_and_spaced(plan_lines: list[Line]) -> None:
    start = next(index for index, each in enumerate(plan_lines) if each.text.startswith("1. Làm cho cán bộ"))
    paragraph = plan_lines[start : start + 6]
    following = starting(plan_lines, "2. Phát huy")
    pitches = [(b.baseline - a.baseline) / 25.4 * 72 for a, b in pairwise(paragraph)]
    assert paragraph[0].x0 == pytest.approx(LEFT + 12.7, abs=0.2)
    assert all(each.x0 == pytest.approx(LEFT, abs=0.3) for each in paragraph[1:])
    assert all(each.x1 == pytest.approx(RIGHT, abs=0.6) for each in paragraph[:-1])
    assert all(13 * 1.15 - 0.1 <= pitch <= 13 * 1.15 * 1.5 for pitch in pitches)
    assert (following.baseline - paragraph[-1].baseline) / 25.4 * 72 - pitches[0] >= 5.9


def test_bases_are_italic_and_closed(plan_lines: list[Line]) -> None:
    start, end = starting(plan_lines, "Căn cứ").top, starting(plan_lines, "Sở Khoa học và Công nghệ xây dựng").top
    bases = [each for each in plan_lines if each.page == 1 and start <= each.top < end]
    assert {each.style for each in bases} == {"Italic"}
    assert [each.text[-1] for each in bases if each.text[-1] in ";."] == [";", "."]


def test_headings_of_the_first_level_are_bold_capitals(plan_lines: list[Line]) -> None:
    found = [each for each in plan_lines if each.style == "Bold" and each.text.split(".")[0] in ("I", "II", "III")]
    assert [each.text for each in found] == [
        "I. MỤC ĐÍCH, YÊU CẦU",
        "II. NỘI DUNG HOẠT ĐỘNG CHÍNH",
        "III. TỔ CHỨC THỰC HIỆN",
    ]
    assert all(each.x0 == pytest.approx(LEFT + 12.7, abs=0.2) for each in found)


def test_page_number_is_centred_in_the_top_margin_from_page_two(plan_lines: list[Line]) -> None:
    in_margin = [each for each in plan_lines if each.baseline < 20]
    assert [(each.page, each.text, each.size, each.style) for each in in_margin] == [(2, "2", 13, "")]
    assert in_margin[0].centre == pytest.approx(AXIS, abs=0.3)


def test_recipients_and_signer(plan_lines: list[Line]) -> None:
    label, position = starting(plan_lines, "Nơi nhận:"), starting(plan_lines, "GIÁM ĐỐC")
    name = starting(plan_lines, "Phạm Quang Hưng")
    listed = [each for each in plan_lines if each.size == 11]
    assert (label.size, label.style, label.x0) == (12, "Bold-Italic", pytest.approx(LEFT, abs=0.3))
    assert label.baseline == pytest.approx(position.baseline, abs=0.6)
    assert [each.text for each in listed] == [
        "- Ban Dân vận Tỉnh uỷ;",
        "- Ban Tuyên giáo Đảng uỷ khối;",
        "- Các phòng, đơn vị thuộc Sở;",
        "- Lưu: VT, VP.",
    ]
    assert (position.size, position.style, name.size, name.style) == (13, "Bold", 13, "Bold")
    assert position.centre == pytest.approx(name.centre, abs=0.3)


def test_text_ends_with_the_end_mark(plan_lines: list[Line]) -> None:
    marked = [each for each in plan_lines if each.text.endswith("./.")]
    assert len(marked) == 1
    assert marked[0].top < starting(plan_lines, "Nơi nhận:").top


def test_all_ink_is_black_and_all_type_is_ours(plan: pdf.RenderedPdf) -> None:
    with opened(plan.bytes) as document:
        chars = [char for page in document.pages for char in page.chars]
    assert {char["non_stroking_color"] for char in chars} <= {(0.0, 0.0, 0.0), (0.0,), (0,), (0, 0, 0)}
    assert {char["fontname"].partition("+")[2] for char in chars} == {
        "Tinos",
        "Tinos-Bold",
        "Tinos-Italic",
        "Tinos-Bold-Italic",
    }


def test_words_stay_as_typed(plan_lines: list[Line]) -> None:
    whole = " ".join(each.text for each in plan_lines)
    assert "Ban Dân vận Tỉnh uỷ" in whole
    assert "(khoá XI)" in whole
    assert unicodedata.is_normalized("NFC", whole)


@pytest.mark.parametrize("paragraphs", [*range(15, 25), 40])
def test_foot_is_whole_and_has_text_above_it(paragraphs: int) -> None:
    text = compositions.with_paragraphs(compositions.plan(), paragraphs)
    for closing in (text.closing, "Trên đây là kế hoạch"):
        found = lines(pdf.render(replace(text, closing=closing)).bytes)
        label, name = starting(found, "Nơi nhận:"), starting(found, "Phạm Quang Hưng")
        above = [each for each in found if each.page == label.page and 20 <= each.baseline < label.baseline]
        assert label.page == name.page
        assert name.baseline <= 277
        assert len(above) >= 2


def test_no_heading_stands_alone_at_the_foot_of_a_page() -> None:
    for count in range(18, 26):
        blocks = [Paragraph(f"Đoạn ngắn số {index}.") for index in range(count)]
        blocks += [Heading(1, "II.", "Tiêu đề"), Heading(2, "1.", "Khoản"), Paragraph("Nội dung của khoản. " * 12)]
        found = lines(pdf.render(replace(compositions.plan(), blocks=tuple(blocks))).bytes)
        pages = {starting(found, start).page for start in ("II. TIÊU ĐỀ", "1. Khoản", "Nội dung của khoản.")}
        assert len(pages) == 1


def test_long_names_and_titles_wrap_in_their_columns() -> None:
    long_name = "Ban Chỉ đạo thực hiện phong trào thi đua “Dân vận khéo” và công tác cải cách hành chính tỉnh Hà Nam"
    signer = SignerBlock(
        ("TM. Ban Chỉ đạo", "KT. Trưởng ban"),
        "Phó Trưởng ban Thường trực Ban Chỉ đạo kiêm Giám đốc Sở Khoa học và Công nghệ tỉnh",
        "Công Huyền Tôn Nữ Thị Minh Nguyệt",
    )
    text = compositions.plan()
    text = replace(
        text,
        head=replace(text.head, issuing_body=long_name + " " + long_name, place="Thành phố Hồ Chí Minh"),
        signer=signer,
    )
    found = lines(pdf.render(text).bytes)
    issuing = [each for each in found if each.page == 1 and each.size == 12 and each.style == "Bold" and each.x1 < 103]
    national, day = starting(found, "CỘNG HÒA"), starting(found, "Thành phố Hồ Chí Minh")
    assert len(issuing) in (7, 8)
    assert max(each.x1 for each in issuing) < national.x0
    assert day.x1 <= RIGHT + 0.1
    assert all(each.x0 >= LEFT - 0.1 and each.x1 <= RIGHT + 0.7 for each in found)


def test_very_many_recipients_go_on_below_the_signer() -> None:
    names = tuple(f"Đơn vị nhận thứ {index}" for index in range(1, 61))
    found = lines(pdf.render(replace(compositions.plan(), recipients=names)).bytes)
    listed = [each for each in found if each.text.startswith("- Đơn vị nhận") or each.text.startswith("- Lưu")]
    assert [each.text for each in listed] == [*(f"- {name};" for name in names), "- Lưu: VT, VP."]
    assert max(each.baseline for each in listed) <= 277


def test_report_is_addressed_on_one_line_and_signed_by_a_deputy() -> None:
    found = lines(pdf.render(compositions.report()).bytes)
    assert starting(found, "Kính gửi:").text == "Kính gửi: Ban Dân vận Tỉnh ủy."
    assert starting(found, "- Như trên;").size == 11
    authority, position = starting(found, "KT. GIÁM ĐỐC"), starting(found, "PHÓ GIÁM ĐỐC")
    assert authority.centre == pytest.approx(position.centre, abs=0.3)


def test_letter_has_its_subject_below_the_number() -> None:
    rendered = pdf.render(replace(compositions.letter(addressees=3), urgency=Urgency.NONE))
    found = lines(rendered.bytes)
    number, subject = starting(found, "Số: 07/SKHCN-VP"), starting(found, "V/v đăng ký")
    assert (subject.size, subject.style) == (12, "")
    assert subject.centre == pytest.approx(number.centre, abs=0.3)
    assert not [each for each in found if each.text == "CÔNG VĂN"]
    listed = [
        each for each in found if each.text in ("- Ủy ban nhân dân tỉnh;", "- Sở Nội vụ;", "- Ban Dân vận Tỉnh ủy.")
    ]
    label = starting(found, "Kính gửi:")
    assert len(listed) == 3
    assert [each.x0 for each in listed] == pytest.approx([label.x1 - 1.25] * 3, abs=0.3)  # under the colon


@pytest.mark.parametrize(
    ("urgency", "width"), [(Urgency.URGENT, 20), (Urgency.IMMEDIATE, 30), (Urgency.VERY_URGENT, 40)]
)
def test_urgency_is_framed_in_red(urgency: Urgency, width: float) -> None:
    rendered = pdf.render(replace(compositions.letter(), urgency=urgency))
    assert starting(lines(rendered.bytes), str(urgency)).style == "Bold"
    with opened(rendered.bytes) as document:
        page = document.pages[0]
        red = [char for char in page.chars if char["non_stroking_color"] not in ((0, 0, 0), (0,))]
        frame = max((each for each in page.rects if each["height"] > 15), key=lambda each: each["width"])
    assert "".join(char["text"] for char in red) == str(urgency)
    assert [frame["width"] / 72 * 25.4, frame["height"] / 72 * 25.4] == pytest.approx([width, 8], abs=0.05)
    assert frame["non_stroking_color"] == pytest.approx((0.89, 0.024, 0.075), abs=0.01)


def test_appendices_have_their_own_pages_numbers_and_repeated_heads() -> None:
    rendered = pdf.render(compositions.report(appendix_rows=60))
    found = lines(rendered.bytes)
    with opened(rendered.bytes) as document:
        landscape = [page.page_number for page in document.pages if page.width > page.height]
    first, second = starting(found, "Phụ lục I").page, next(each.page for each in found if each.text == "Phụ lục II")
    numbers = {each.page: each.text for each in found if each.baseline < 20}
    heads = [each.page for each in found if each.text == "Nhiệm vụ" and each.page >= first and each.style == "Bold"]
    assert landscape == list(range(first, second))
    assert heads == landscape
    assert [numbers.get(page) for page in landscape] == [None, *(str(index) for index in range(2, len(landscape) + 1))]
    assert numbers.get(second) is None
    assert starting(found, "Phụ lục I").size == 14
    assert starting(found, "(Kèm theo Báo cáo số …/BC-SKHCN").style == "Italic"


def test_one_appendix_has_no_number() -> None:
    report = compositions.report()
    found = lines(pdf.render(replace(report, appendices=report.appendices[1:])).bytes)
    assert [each.text for each in found if each.text.startswith("Phụ lục")] == ["Phụ lục"]


def test_no_word_of_a_table_is_torn() -> None:
    whole = "\n".join(each.text for each in lines(pdf.render(compositions.report()).bytes))
    assert "02/10/2023" in whole
    assert "TT" in whole.split("\n")


def test_long_tables_break_between_rows() -> None:
    rendered = pdf.render(compositions.report(rows=120))
    found = [
        each for each in lines(rendered.bytes) if each.text.startswith("truyền đợt") or "tuyên truyền đợt" in each.text
    ]
    assert rendered.pages > 8
    assert len(found) >= 120


def test_same_text_gives_the_same_bytes_here_and_in_another_process(plan: pdf.RenderedPdf) -> None:
    again = pdf.render(compositions.plan(number=compositions.NUMBER, day=compositions.DAY))
    program = (
        "import hashlib;from documents import pdf;from tests.documents import compositions as c;"
        "print(hashlib.sha256(pdf.render(c.plan(number=c.NUMBER, day=c.DAY)).bytes).hexdigest())"
    )
    other = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert again.bytes == plan.bytes
    assert other.stdout.strip() == hashlib.sha256(plan.bytes).hexdigest()


def test_decomposed_input_gives_the_same_page() -> None:
    text = compositions.letter()
    decomposed = replace(text, title=unicodedata.normalize("NFD", text.title))
    assert pdf.render(decomposed).bytes == pdf.render(text).bytes


def test_file_claims_pdf_a_2b_and_is_tagged(plan: pdf.RenderedPdf) -> None:
    reader = pypdf.PdfReader(BytesIO(plan.bytes))
    root = reader.trailer["/Root"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert 'part="2"' in xmp or "part>2<" in xmp
    assert 'conformance="B"' in xmp or "conformance>B<" in xmp
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("vi", True)
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert reader.metadata.title == printing.document_title(compositions.plan())
    assert "/StructTreeRoot" in root
    assert "/Names" not in root or "/EmbeddedFiles" not in root["/Names"]
    assert "/ID" in reader.trailer


def test_markup_in_the_text_is_printed_not_obeyed() -> None:
    hostile = '<img src="http://example.org/x.png"><script>alert(1)</script> & <b>x</b>'
    text = replace(compositions.letter(), title=hostile, blocks=(Paragraph(hostile), Heading(1, "<i>", hostile)))
    whole = " ".join(each.text for each in lines(pdf.render(text).bytes))
    assert "<script>alert(1)</script> & <b>x</b>" in whole


@pytest.mark.parametrize(
    "url",
    ["http://example.org/a.png", "file:///etc/passwd", "data:image/png;base64,AAAA", "font:../OFL.txt", "image:x"],
)
def test_fetcher_opens_nothing_but_what_it_was_given(url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        pdf.Fetcher({"y": b""}).fetch(url)
    with pytest.raises(FatalURLFetchingError):
        HTML(string=f'<img src="{url}">', base_url="about:blank", url_fetcher=pdf.Fetcher()).render()


def test_fetcher_opens_fonts_and_given_images() -> None:
    fetcher = pdf.Fetcher({"a.png": b"png"})
    assert fetcher.fetch("image:a.png").read() == b"png"
    assert fetcher.fetch("font:Tinos-Bold.ttf").read()[:4] == b"\x00\x01\x00\x00"


def _with_figure(svg: str) -> OfficialText:
    return replace(compositions.letter(), blocks=(Figure(svg, "Biểu đồ tiến độ", "Hình 1. Tiến độ"),))


def test_figure_is_drawn_with_its_caption() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20"><rect width="60" height="10" fill="#888"/></svg>'
    )
    rendered = pdf.render(_with_figure(svg))
    with opened(rendered.bytes) as document:
        assert len([each for each in document.pages[0].rects if each["width"] > 200]) >= 1
    assert starting(lines(rendered.bytes), "Hình 1. Tiến độ").style == "Italic"


@pytest.mark.parametrize(
    "svg", ["<p>no</p>", "<svg><script>x</script></svg>", '<svg><image xlink:href="file:///etc/passwd"/></svg>']
)
def test_figure_that_is_no_plain_drawing_is_refused(svg: str) -> None:
    with pytest.raises(ValueError, match="plain SVG"):
        pdf.render(_with_figure(svg))


def test_open_lines_keep_their_places_without_words() -> None:
    text = compositions.plan()
    blank, opened_lines = pdf.render(text), pdf.render(text, has_open_lines=True)
    words = [each.text for each in lines(opened_lines.bytes)]
    assert not [each for each in words if each.startswith(("Số:", "Hà Nam, ngày"))]
    assert starting(lines(blank.bytes), "Số:").text == "Số: /KH-SKHCN"
    for name in ("number_line", "date_line"):
        assert opened_lines.places[name].y1 == pytest.approx(blank.places[name].y1, abs=1)
    assert [each.baseline for each in lines(blank.bytes) if each.text == "KẾ HOẠCH"] == [
        pytest.approx(each.baseline, abs=0.01) for each in lines(opened_lines.bytes) if each.text == "KẾ HOẠCH"
    ]


def test_seal_covers_a_third_of_the_signature_on_its_left(plan: pdf.RenderedPdf) -> None:
    signature, seal = plan.places["signature"], plan.places["seal"]
    assert seal.width == pytest.approx(36 / 25.4 * 72)
    assert seal.x1 - signature.x1 < 0
    assert (seal.x2 - signature.x1) / signature.width == pytest.approx(1 / 3)
    assert (seal.y1 + seal.y2) == pytest.approx(signature.y1 + signature.y2)


def test_warm_up_loads_the_profile() -> None:
    pdf.warm_up(ND30_14)
    assert ND30_14.key in pdf._workshop().sheets
