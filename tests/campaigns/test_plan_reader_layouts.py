# ruff: noqa: E501 (sentences of plans stay whole)
"""The same small plan typed in the many ways people type: what is recognised stays the same."""

from __future__ import annotations

import io
import textwrap
import unicodedata

import docx
import pytest
from weasyprint import HTML

from campaigns.plan_reader import read
from campaigns.plan_reader.blocks import Place

MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
BODIES = ["UBND TỈNH HẢI NINH", "THANH TRA TỈNH", "Số: 12/KH-TTr"]
DATE = "Hải Ninh, ngày 05 tháng 01 năm 2026"
TITLE = "Thanh tra, kiểm tra trách nhiệm thực hiện pháp luật về tiếp công dân, giải quyết khiếu nại, tố cáo năm 2026"
BASES = [
    "Căn cứ Luật Thanh tra ngày 14 tháng 11 năm 2022;",
    "Căn cứ Quyết định số 2210/QĐ-UBND ngày 15/12/2025 của Chủ tịch Ủy ban nhân dân tỉnh phê duyệt Kế hoạch năm 2026;",
    "Thực hiện Công văn số 88/TTCP-KHTH ngày 20/11/2025 của Thanh tra Chính phủ về định hướng chương trình thanh tra;",
]
OPENING = "Thanh tra tỉnh ban hành Kế hoạch thanh tra năm 2026 như sau:"
BODY = [
    "I. MỤC ĐÍCH", "1. Việc thứ nhất của kế hoạch này là kiểm tra.", "2. Việc thứ hai.", "II. TỔ CHỨC THỰC HIỆN",
    "1. Văn phòng Thanh tra tỉnh tổng hợp, báo cáo.",
]  # fmt: skip
CLOSING = "Trên đây là Kế hoạch thanh tra năm 2026 của Thanh tra tỉnh./."
RECIPIENTS = ["Nơi nhận:", "- Thanh tra Chính phủ;", "- Lưu: VT."]
SIGNATURE = ["CHÁNH THANH TRA", "Hồ Văn Sáu"]


def typed(*, head=None, title=("KẾ HOẠCH", TITLE), bases=BASES, foot=None) -> str:
    head = head or [*BODIES, *MOTTO, DATE]
    foot = foot or [*RECIPIENTS, *SIGNATURE]
    return "\n".join([*head, "", *title, "", *bases, OPENING, *BODY, CLOSING, "", *foot])


def centred(*lines: str) -> list[str]:
    return [line.center(78).rstrip() for line in lines]


def wrapped(indent: str) -> str:
    paragraphs = [*BASES, OPENING, *BODY, CLOSING]
    filled = [textwrap.fill(text, 78, initial_indent=indent) for text in paragraphs]
    return "\n".join(
        [*BODIES, *MOTTO, DATE, "", "KẾ HOẠCH", textwrap.fill(TITLE, 70), *filled, "", *RECIPIENTS, *SIGNATURE]
    )


def side_by_side(left: list[str], right: list[str], gap: str) -> list[str]:
    height = max(len(left), len(right))
    pairs = zip(left + [""] * (height - len(left)), right + [""] * (height - len(right)), strict=True)
    return [f"{a}{gap}{b}" if gap == "\t" else f"{a:<44}{b}" for a, b in pairs]


HEAD_IN_SPACES = side_by_side(BODIES, [*MOTTO, DATE], " ")
FOOT_IN_SPACES = side_by_side(RECIPIENTS, ["CHÁNH THANH TRA", "", "Hồ Văn Sáu"], " ")
TEXTS = {
    "a line for each paragraph": typed(),
    "decomposed letters": unicodedata.normalize("NFD", typed()),
    "columns typed with spaces": typed(head=HEAD_IN_SPACES, foot=FOOT_IN_SPACES),
    "kind with its letters apart": typed(title=("K Ế  H O Ạ C H", TITLE)),
    "kind and title in one line": typed(title=(f"KẾ HOẠCH {TITLE}",)),
    "title centred in two lines": typed(title=[*centred("KẾ HOẠCH", *textwrap.wrap(TITLE, 55)), *centred("-------")]),
    "title with a blank line inside": typed(title=("KẾ HOẠCH", "", *"\n\n".join(textwrap.wrap(TITLE, 60)).split("\n"))),
    "enclosed with a decision": typed(title=("KẾ HOẠCH", TITLE, "(Kèm theo Quyết định số 15/QĐ-TTr ngày 05/01/2026)")),
    "bases with dashes": typed(bases=[f"- {base}" for base in BASES]),
    "wrapped, paragraphs inwards": wrapped("      "),
    "wrapped, no indents": wrapped(""),
    "signature above the recipients": typed(foot=[*SIGNATURE, *RECIPIENTS]),
    "signature in small letters above": typed(foot=["Chánh Thanh tra", "(Đã ký)", "Hồ Văn Sáu", *RECIPIENTS]),
    "archive line without a stop": typed(foot=[*RECIPIENTS[:-1], "- Lưu: VT", *SIGNATURE]),
}


def summary(draft) -> dict:
    plan = draft.as_dict()
    heading = plan["heading"]
    return {
        "heading": (heading["parent_body"], heading["issuing_body"], heading["number"], heading["symbol"], heading["day"]),
        "title": plan["title"],
        "bases": [(base["lead"], (base["citation"] or {}).get("code")) for base in plan["bases"]],
        "opening": plan["opening"],
        "sections": [(section["heading"], len(section["items"])) for section in plan["sections"]],
        "closing": plan["closing"],
        "recipients": plan["recipients"],
        "signer": (plan["signer"]["position"].upper(), plan["signer"]["name"]),
    }  # fmt: skip


WANTED = {
    "heading": ("UBND TỈNH HẢI NINH", "THANH TRA TỈNH", "12", "KH-TTr", 5),
    "title": TITLE,
    "bases": [("Căn cứ", None), ("Căn cứ", "2210/QĐ-UBND"), ("Thực hiện", "88/TTCP-KHTH")],
    "opening": OPENING,
    "sections": [("MỤC ĐÍCH", 2), ("TỔ CHỨC THỰC HIỆN", 1)],
    "closing": CLOSING,
    "recipients": ["Thanh tra Chính phủ", "Lưu: VT"],
    "signer": ("CHÁNH THANH TRA", "Hồ Văn Sáu"),
}


@pytest.mark.parametrize("way", TEXTS)
def test_plan_is_the_same_however_it_is_typed(way):
    assert summary(read(TEXTS[way].encode(), "a.txt")) == WANTED


def test_word_head_and_foot_typed_with_tabs():
    document = docx.Document()
    head = side_by_side(BODIES, [*MOTTO, DATE], "\t")
    for line in typed(head=head, foot=side_by_side(RECIPIENTS, ["CHÁNH THANH TRA", "", "Hồ Văn Sáu"], "\t")).split(
        "\n"
    ):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    assert summary(read(stream.getvalue(), "a.docx")) == WANTED


def test_lead_word_above_a_list_holds_for_each_entry():
    listed = ["Căn cứ:", *(f"- {base.split(' ', 2)[2]}" for base in BASES[:2])]
    draft = read(typed(bases=listed).encode(), "a.txt")
    assert [(base.lead, base.citation and base.citation.code) for base in draft.bases] == [
        ("Căn cứ", None), ("Căn cứ", "2210/QĐ-UBND"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "title",
    [
        "Theo dõi, đôn đốc thực hiện kết luận thanh tra năm 2026",
        "Thực hiện Chỉ thị số 26/CT-TTg ngày 05/9/2016 của Thủ tướng Chính phủ về tăng cường kỷ luật",
        "Triển khai công tác thanh tra năm 2026",
        "Thực hiện Luật Tiếp công dân, Luật Khiếu nại,\nLuật Tố cáo trong cơ quan",
    ],
)
def test_title_may_begin_like_a_basis(title):
    draft = read(typed(title=("KẾ HOẠCH", title)).encode(), "a.txt").as_dict()
    assert (draft["title"], len(draft["bases"])) == (title.replace("\n", " "), 3)


TABLE = [
    "TT | Nội dung | Lãnh đạo phụ trách | Đơn vị chủ trì | Thời gian bắt đầu | Thời gian hoàn thành | Sản phẩm | Ghi chú",
    "I | Cải cách thể chế | | | | | |",
    "1 | Rà soát văn bản | Bà Lan | Phòng Pháp chế | 01/3/2026 | 30/6/2026 | Báo cáo | Hai đợt",
    "II | Việc khác | | | | | |",
]  # fmt: skip


def test_table_keeps_product_group_and_every_other_column():
    draft = read(typed(foot=[*TABLE, "", *RECIPIENTS, *SIGNATURE]).encode(), "a.txt")
    task = next(task for task in draft.tasks if task.product)
    assert (task.lead_unit, str(task.due.date), task.product, task.group, task.notes) == (
        "Phòng Pháp chế", "2026-06-30", "Báo cáo", "I | Cải cách thể chế",
        (("Lãnh đạo phụ trách", "Bà Lan"), ("Thời gian bắt đầu", "01/3/2026"), ("Ghi chú", "Hai đợt")),
    )  # fmt: skip
    line = next(number for number, text in enumerate(draft.source_text.split("\n")) if "II | Việc khác" in text)
    assert [p.place for p in draft.problems if p.code == "row_without_task"] == [Place(line, line)]


def test_table_whose_time_is_divided_into_beginning_and_end():
    rows = [
        ["TT", "Nhiệm vụ", "Đơn vị thực hiện", "", "Thời gian", ""],
        ["", "", "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc"],
        ["1", "Rà soát văn bản", "Phòng Pháp chế", "Văn phòng", "Tháng 5", "Tháng 9"],
    ]
    document = docx.Document()
    for line in typed().split("\n"):
        document.add_paragraph(line)
    table = document.add_table(len(rows), 6)
    for cells, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(cells.cells, texts, strict=True):
            cell.text = text
    for first, last in (((0, 2), (0, 3)), ((0, 4), (0, 5)), ((0, 0), (1, 0)), ((0, 1), (1, 1))):
        table.cell(*first).merge(table.cell(*last))
    stream = io.BytesIO()
    document.save(stream)

    task = next(task for task in read(stream.getvalue(), "a.docx").tasks if task.text == "Rà soát văn bản")

    assert (task.lead_unit, task.cooperating_units, str(task.due.date)) == (
        "Phòng Pháp chế", ("Văn phòng",), "2026-09-30",
    )  # fmt: skip


def test_star_beside_the_date_is_no_place_and_a_second_post_no_part_of_the_first():
    head = ["ĐẢNG BỘ TỈNH KIM SƠN\tĐẢNG CỘNG SẢN VIỆT NAM", "ĐẢNG ỦY SỞ Y TẾ", "*\tKim Sơn, ngày 02 tháng 6 năm 2026", "Số 31-KH/ĐU"]
    foot = [*RECIPIENTS, "T/M BAN CHỈ ĐẠO", "TRƯỞNG BAN", "CHỦ TỊCH UBND TỈNH", "Nguyễn Hữu Thọ"]

    draft = read(typed(head=head, foot=foot).encode(), "a.txt").as_dict()

    assert draft["heading"]["place"] == "Kim Sơn"
    assert (draft["signer"]["position"], draft["signer"]["name"]) == ("TRƯỞNG BAN", "Nguyễn Hữu Thọ")
    assert "CHỦ TỊCH UBND TỈNH" in draft["signer"]["lines"]


def test_pdf_point_in_small_letters_at_the_top_of_a_page_is_no_rest_of_the_point_above():
    body = [*BODY[:2], "a) Vận động nông dân chuyển đổi cơ cấu cây trồng;", "b) hỗ trợ thanh niên khởi nghiệp.", *BODY[2:]]
    lines = typed().replace("\n".join(BODY), "\n".join(body)).split("\n")
    page = "".join(f"<p{' class=new' if line.startswith('b)') else ''}>{line}</p>" for line in lines)
    style = "p { margin: 6pt 0; text-indent: 1cm; font-size: 13pt } .new { break-before: page }"

    draft = read(HTML(string=f"<style>{style}</style>{page}").write_pdf(), "a.pdf")

    first = draft.sections[0].items[0]
    assert [(item.marker, item.text) for item in first.items] == [
        ("a)", "Vận động nông dân chuyển đổi cơ cấu cây trồng;"), ("b)", "hỗ trợ thanh niên khởi nghiệp."),
    ]  # fmt: skip
