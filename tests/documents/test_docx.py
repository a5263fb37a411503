"""The Word file says what the page says, in real styles and numbers, and measures the same when it is printed."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx as word
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from documents.docx import render_docx
from documents.layout import (
    HD05,
    HD36,
    ND30_13,
    ND30_14,
    PROFILES,
    Figure,
    Heading,
    LayoutProfile,
    OfficialText,
    Paragraph,
)
from documents.typography import FONT_FOLDER
from documents.word_context import TemplateRefused, standard
from tests.documents import compositions as c
from tests.documents.measuring import MM, Line, lines, opened, rules, starting
from tools import word_templates

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{folder}</dir>
<cachedir>{cache}</cachedir><match target="pattern"><test name="family"><string>Times New Roman</string></test>
<edit name="family" mode="assign" binding="strong"><string>Tinos</string></edit></match></fontconfig>"""


def read(text: OfficialText):
    return word.Document(BytesIO(render_docx(text)))


def whole(document) -> list[str]:
    """Every paragraph in reading order, those in tables included."""
    found: list[str] = []

    def walk(container) -> None:
        for block in container.iter_inner_content():
            if hasattr(block, "rows"):
                for row in block.rows:
                    seen = []
                    for cell in row.cells:
                        if cell._tc not in seen:
                            seen.append(cell._tc)
                            walk(cell)
            elif block.text.strip():
                found.append(" ".join(block.text.split()))

    walk(document)
    return found


# --- content ----------------------------------------------------------------------------------------------------------
def test_plan_says_everything_in_order() -> None:
    said = whole(read(c.plan(number="5", day=c.DAY)))
    assert said[:6] == [
        "ỦY BAN NHÂN DÂN TỈNH HÀ NAM",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/KH-SKHCN",
        "Hà Nam, ngày 12 tháng 10 năm 2023",
    ]
    assert said[-7:] == [
        "Nơi nhận:",
        "- Ban Dân vận Tỉnh uỷ;",
        "- Ban Tuyên giáo Đảng uỷ khối;",
        "- Các phòng, đơn vị thuộc Sở;",
        "- Lưu: VT, VP.",
        "GIÁM ĐỐC",
        "Phạm Quang Hưng",
    ]
    assert [each for each in said if each.endswith("./.")] == [said[-8]]
    assert "MỤC ĐÍCH, YÊU CẦU" in said  # Word puts "I." before it


def test_headings_and_items_have_their_styles_and_words_numbers() -> None:
    document = read(c.report())
    found = [(each.style.name, each.text) for each in document.paragraphs if "Heading" in each.style.name]
    assert found == [
        ("Heading 1", "TÌNH HÌNH, KẾT QUẢ"),
        ("Heading 2", "Công tác lãnh đạo, chỉ đạo"),
        ("Heading 2", "Kết quả thực hiện nhiệm vụ"),
        ("Heading 1", "PHƯƠNG HƯỚNG, NHIỆM VỤ THÁNG 11"),
    ]
    numbers = document.part.numbering_part.element
    formats = {each.get(qn("w:val")) for each in numbers.iter(qn("w:numFmt"))}
    assert formats == {"upperRoman", "decimal", "lowerLetter", "bullet"}


def test_markers_that_word_would_count_otherwise_are_typed() -> None:
    markers = ["a)", "b)", "c)", "d)", "đ)", "e)", "g)"]
    blocks = (
        Heading(1, "I.", "Nội dung"),
        Paragraph("Việc một.", "1."),
        *(Paragraph(f"Điểm {each}", each) for each in markers),
        Paragraph("Đánh lại từ đầu.", "1."),
        Paragraph("Việc hai.", "2."),
    )
    document = read(replace(c.plan(), blocks=blocks))
    said = {each.text: each.style.name for each in document.paragraphs}
    assert said["Điểm d)"] == "Điểm"
    assert said["đ) Điểm đ)"] == "Body Text"
    assert said["Điểm e)"] == "Điểm"
    assert said["g) Điểm g)"] == "Body Text"
    assert said["1. Đánh lại từ đầu."] == "Body Text"
    assert said["Việc hai."] == "Khoản"


def test_part_heading_is_centred_and_a_figure_becomes_words() -> None:
    document = read(replace(c.plan(), blocks=(Heading(0, "Phần I", "Nội dung"), Figure("<svg/>", "60 %", "Hình 1"))))
    part = next(each for each in document.paragraphs if each.text.startswith("Phần"))
    assert (part.text, part.style.name) == ("Phần I NỘI DUNG", "Phần")
    assert "Hình 1 (60 %)" in [each.text.replace("\u00a0", " ") for each in document.paragraphs]


def test_tables_repeat_their_head_and_appendices_are_sections_of_their_own() -> None:
    document = read(c.report())
    tables = [each for each in document.tables if each.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None]
    assert [len(each.rows) for each in tables] == [9, 43]
    turns = [each.orientation for each in document.sections]
    assert turns == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    starts = [each._sectPr.find(qn("w:pgNumType")) for each in document.sections[1:]]
    assert [each.get(qn("w:start")) for each in starts] == ["1", "1"]
    assert all(each.different_first_page_header_footer for each in document.sections)


def test_markup_and_tags_in_the_words_are_printed_not_obeyed() -> None:
    hostile = "{{ 7*7 }} <w:p/> & {% raw %} <b>x</b>"
    said = " ".join(whole(read(replace(c.letter(), title=hostile, blocks=(Paragraph(hostile),)))))
    assert said.count("{{ 7*7 }}") == 2
    assert "<w:p/> & {% raw %} <b>x</b>" in said


def test_same_text_gives_the_same_bytes() -> None:
    assert render_docx(c.report()) == render_docx(c.report())


def test_title_and_language_are_in_the_properties() -> None:
    properties = read(c.plan()).core_properties
    assert properties.title.startswith("Kế hoạch: Tổ chức các hoạt động")
    assert (properties.author, properties.language) == ("Sở Khoa học và Công nghệ", "vi-VN")


# --- templates --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.key)
def test_templates_are_what_the_script_builds(profile: LayoutProfile) -> None:
    assert word_templates.build(profile) == standard(profile.key)


@pytest.mark.parametrize(
    "tag",
    ["{{ number_line.__class__ }}", "{{ kind * 1000000 }}", "{{ cycler }}", "{{ kind|upper }}", "{{ unknown }}",
     "{{ kind.upper() }}", "{% for x in range(9) %}{% endfor %}", "{% if %}", "{{ ''.join(blocks) }}"],
)  # fmt: skip
def test_a_template_can_name_and_nothing_else(tag: str) -> None:
    document = word.Document(BytesIO(standard("nd30-13")))
    document.add_paragraph(tag)
    changed = BytesIO()
    document.save(changed)
    with pytest.raises(TemplateRefused):
        render_docx(c.plan(), changed.getvalue())


# --- measured as printed by LibreOffice -------------------------------------------------------------------------------
Printer = Callable[[str], bytes]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Every sample as LibreOffice prints its Word file, with the bundled font for Times New Roman; started once."""
    folder = tmp_path_factory.mktemp("word")
    samples = {
        "plan": c.plan(number="5", day=c.DAY),
        "plan-14": c.plan(number="5", day=c.DAY, profile=ND30_14),
        "report": c.report(appendix_rows=60),
        "letter": c.letter(addressees=3),
        "extreme": c.extreme(c.plan()),
        "party": c.of_party(c.plan(number="5", day=c.DAY), HD05),
        "party-36": c.of_party(c.plan(number="5", day=c.DAY), HD36),
    }
    for name, text in samples.items():
        (folder / f"{name}.docx").write_bytes(render_docx(text))
    config = folder / "fonts.conf"
    config.write_text(FONTS.format(folder=FONT_FOLDER, cache=folder / "cache"))
    surroundings = {**os.environ, "FONTCONFIG_FILE": str(config), "HOME": str(folder)}
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf",
         "--outdir", str(folder), *(str(folder / f"{name}.docx") for name in samples)],
        check=True, capture_output=True, timeout=300, env=surroundings,
    )  # fmt: skip
    return {name: Path(folder / f"{name}.pdf").read_bytes() for name in samples}


def style(line: Line) -> str:
    return line.style.replace("-", "")


@pytest.mark.parametrize(
    ("name", "profile"), [("plan", ND30_13), ("plan-14", ND30_14), ("party", HD05), ("party-36", HD36)]
)
def test_word_page_measures_as_the_rule_wants(printed: dict[str, bytes], name: str, profile: LayoutProfile) -> None:
    found, s = lines(printed[name]), profile.sizes
    right, kind, day = (
        starting(found, profile.national_name),
        starting(found, "KẾ HOẠCH"),
        starting(found, "Hà Nam, ngày 12"),
    )
    number, body, label = (
        starting(found, profile.number_label),
        starting(found, "Sở Khoa học và"),
        starting(found, "Nơi nhận:"),
    )
    assert [round(each.size, 1) for each in (right, kind, day, number, body, label)] == [
        s.national_name, s.kind, s.place_date, s.number, s.body, s.recipients_head
    ]  # fmt: skip
    assert [style(each) for each in (right, kind, day, number, body)] == ["Bold", "Bold", "Italic", "", ""]
    assert number.baseline == pytest.approx(day.baseline, abs=0.4)
    assert kind.centre == pytest.approx(112.5, abs=0.5)
    assert body.x0 == pytest.approx(30 + profile.indent_mm, abs=0.5)
    inside = [each for each in found if each.baseline > 19]
    assert min(each.x0 for each in inside) == pytest.approx(30, abs=0.5)
    assert max(each.x1 for each in inside) <= 196.5
    assert max(each.baseline for each in inside) <= 277
    in_margin = [each for each in found if each.baseline < 19]
    assert [each.text for each in in_margin] == ["2"]
    assert in_margin[0].centre == pytest.approx(112.5, abs=0.5)
    if profile.exact_line_pt:
        second = found[found.index(body) + 1]
        assert (second.baseline - body.baseline) * MM == pytest.approx(profile.exact_line_pt, abs=0.1)


def test_word_numbers_and_marks_are_printed(printed: dict[str, bytes]) -> None:
    state, party = lines(printed["plan"]), lines(printed["party-36"])
    heads = [each.text for each in state if style(each) == "Bold" and each.text.split(".")[0] in ("I", "II", "III")]
    assert heads == ["I. MỤC ĐÍCH, YÊU CẦU", "II. NỘI DUNG HOẠT ĐỘNG CHÍNH", "III. TỔ CHỨC THỰC HIỆN"]
    assert starting(state, "1. Làm cho cán bộ")
    assert starting(party, "I- MỤC ĐÍCH, YÊU CẦU")
    assert starting(party, "1- Làm cho cán bộ")
    assert starting(party, "-----")
    assert starting(party, "Số 05-KH/ĐU")
    assert starting(party, "- Lưu Đảng ủy.")


def test_word_rules_are_as_long_as_they_should_be(printed: dict[str, bytes]) -> None:
    found = lines(printed["plan"])
    motto = starting(found, "Độc lập - Tự do - Hạnh phúc")
    drawn = rules(printed["plan"])
    under_motto = min(drawn, key=lambda each: abs(each[0] - motto.x0) + abs(each[1] - motto.x1))
    assert under_motto[:2] == (pytest.approx(motto.x0, abs=1), pytest.approx(motto.x1, abs=1))
    for words in ("SỞ KHOA HỌC VÀ CÔNG NGHỆ", "công tác dân vận của Đảng"):
        line = starting(found, words)
        under = min(
            drawn, key=lambda each: abs(each[2] - line.baseline - 2) + abs((each[0] + each[1]) / 2 - line.centre)
        )
        assert 1 / 3 <= (under[1] - under[0]) / line.width <= 1 / 2


def test_word_appendices_turn_and_repeat_their_heads(printed: dict[str, bytes]) -> None:
    found = lines(printed["report"])
    with opened(printed["report"]) as document:
        wide = [page.page_number for page in document.pages if page.width > page.height]
    first = starting(found, "Phụ lục I").page
    heads = [each.page for each in found if each.text == "Nhiệm vụ" and each.page >= first]
    numbers = {each.page: each.text for each in found if each.baseline < 19}
    assert wide[0] == first
    assert len(wide) >= 3
    assert heads == wide
    assert [numbers.get(page) for page in wide] == [None, *(str(each) for each in range(2, len(wide) + 1))]
    assert "02/10/2023" in {each.text for each in found}


def test_word_foot_of_an_extreme_document_has_text_above_it(printed: dict[str, bytes]) -> None:
    found = lines(printed["extreme"])
    label, name = starting(found, "Nơi nhận:"), starting(found, "Công Huyền Tôn Nữ")
    above = [each for each in found if each.page == label.page and 20 <= each.baseline < label.baseline - 1]
    assert label.page == name.page
    assert len(above) >= 2
    listed = [each.text for each in found if each.text.startswith("- Đơn vị nhận")]
    assert len(listed) == 60


def test_word_letter_has_subject_and_frame(printed: dict[str, bytes]) -> None:
    found = lines(printed["letter"])
    number, subject = starting(found, "Số: 07/SKHCN-VP"), starting(found, "V/v đăng ký")
    assert subject.centre == pytest.approx(number.centre, abs=0.5)
    assert 5 <= (subject.top - number.baseline) * MM <= 14
    assert starting(found, "HỎA TỐC")
    assert ND30_13.sizes.letter_subject == subject.size
