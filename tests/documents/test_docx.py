"""The Word file says what the page says, in real styles and in the measures of the rule."""

from dataclasses import replace
from io import BytesIO

import docx as word
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from documents.docx import render_docx
from documents.layout import ND30_13, ND30_14, Figure, Heading, LayoutProfile
from tests.documents import compositions


def opened(text):
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


def test_plan_says_everything_in_order() -> None:
    said = whole(opened(compositions.plan(number="5", day=compositions.DAY)))
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
    assert "I. MỤC ĐÍCH, YÊU CẦU" in said


@pytest.mark.parametrize("profile", [ND30_13, ND30_14])
def test_styles_and_page_follow_the_profile(profile: LayoutProfile) -> None:
    document = opened(compositions.plan(profile=profile))
    section, body = document.sections[0], document.styles["Body Text"]
    measures = (section.page_width, section.page_height, section.left_margin, section.right_margin)
    assert [round(each.mm) for each in measures] == [210, 297, 30, 15]
    assert section.different_first_page_header_footer
    assert (body.font.size.pt, round(body.paragraph_format.first_line_indent.mm, 1)) == (profile.sizes.body, 12.7)
    assert body.paragraph_format.space_after.pt == 6
    for name in ("Normal", "Body Text", "Heading 1", "Heading 2", "Heading 3"):
        fonts = document.styles[name].element.rPr.rFonts
        shown = {fonts.get(qn(f"w:{each}")) for each in ("ascii", "hAnsi", "cs", "eastAsia")}
        assert shown == {"Times New Roman"}
        assert fonts.get(qn("w:asciiTheme")) is None


def test_headings_have_heading_styles() -> None:
    document = opened(compositions.report())
    found = [
        (each.style.name, " ".join(each.text.split())) for each in document.paragraphs if "Heading" in each.style.name
    ]
    assert found == [
        ("Heading 1", "I. TÌNH HÌNH, KẾT QUẢ"),
        ("Heading 2", "1. Công tác lãnh đạo, chỉ đạo"),
        ("Heading 2", "2. Kết quả thực hiện nhiệm vụ"),
        ("Heading 1", "II. PHƯƠNG HƯỚNG, NHIỆM VỤ THÁNG 11"),
    ]


def test_part_heading_is_centred() -> None:
    document = opened(replace(compositions.plan(), blocks=(Heading(0, "Phần I", "Nội dung"),)))
    part = next(each for each in document.paragraphs if each.text.startswith("Phần"))
    assert (part.text.replace("\u00a0", " "), part.alignment) == ("Phần I NỘI DUNG", 1)


def test_tables_repeat_their_head_and_appendices_are_sections_of_their_own() -> None:
    document = opened(compositions.report())
    tables = [each for each in document.tables if each.style is not None and each.style.name == "Table Grid"]
    assert len(tables) == 2
    assert all(each.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for each in tables)
    assert len(tables[1].rows) == 43
    assert [each.orientation for each in document.sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    starts = [each._sectPr.find(qn("w:pgNumType")) for each in document.sections[1:]]
    assert [each.get(qn("w:start")) for each in starts] == ["1", "1"]


def test_letter_has_its_subject_and_addressees() -> None:
    said = whole(opened(compositions.letter(addressees=3)))
    assert "HỎA TỐC" in said
    assert said[said.index("Kính gửi:") + 1 :][:3] == [
        "- Ủy ban nhân dân tỉnh;",
        "- Sở Nội vụ;",
        "- Ban Dân vận Tỉnh ủy.",
    ]
    assert any(each.startswith("V/v đăng ký") for each in said)
    assert "CÔNG VĂN" not in said


def test_figure_becomes_words() -> None:
    text = replace(compositions.plan(), blocks=(Figure("<svg/>", "60 % hoàn thành", "Hình 1. Tiến độ"),))
    assert "Hình 1. Tiến độ (60 % hoàn thành)" in whole(opened(text))


def test_title_and_language_are_in_the_properties() -> None:
    properties = opened(compositions.plan()).core_properties
    assert properties.title.startswith("Kế hoạch: Tổ chức các hoạt động")
    assert (properties.author, properties.language) == ("Sở Khoa học và Công nghệ", "vi-VN")
