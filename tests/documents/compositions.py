"""Documents to print in tests and in the benchmark: the facts of a department's campaign month, in words of our "
"own."""

from dataclasses import replace
from datetime import date

from documents.layout import (
    HD05,
    ND30_13,
    Align,
    Appendix,
    Column,
    Head,
    Heading,
    Kind,
    LayoutProfile,
    OfficialText,
    Paragraph,
    SignerBlock,
    Table,
    Urgency,
)

NUMBER = "128"
DAY = date(2023, 10, 12)
TITLE = (
    "Tổ chức các hoạt động “Tháng cao điểm” thực hiện công tác dân vận nhân kỷ niệm 93 năm "
    "Ngày truyền thống công tác dân vận của Đảng (15/10/1930-15/10/2023)"
)
DIRECTOR = SignerBlock((), "Giám đốc", "Phạm Quang Hưng")
DEPUTY = SignerBlock(("KT. Giám đốc",), "Phó Giám đốc", "Đỗ Thị Thanh Hà")


def head(number: str | None = None, day: date | None = None, symbol: str = "KH-SKHCN") -> Head:
    """Head of the department; October 2023 with number and day blank unless they are given."""
    return Head(
        parent_body="Ủy ban nhân dân tỉnh Hà Nam",
        issuing_body="Sở Khoa học và Công nghệ",
        number=number,
        symbol=symbol,
        place="Hà Nam",
        date=day,
        month=10,
        year=2023,
    )


PLAN_BLOCKS = (
    Heading(1, "I.", "Mục đích, yêu cầu"),
    Paragraph(
        "Làm cho cán bộ, đảng viên, công chức, viên chức và người lao động trong toàn Sở hiểu sâu hơn tư tưởng dân "
        "vận của "
        "Chủ tịch Hồ Chí Minh và các quan điểm của Đảng về công tác dân vận theo Nghị quyết số 25-NQ/TW ngày "
        "03/6/2013 của "
        "Ban Chấp hành Trung ương Đảng (khoá XI), Chỉ thị số 19-CT/TU ngày 16/10/2013 của Tỉnh ủy về tăng cường công "
        "tác "
        "dân vận của chính quyền; từ đó nâng trách nhiệm của mỗi người khi tiếp xúc, phục vụ Nhân dân và doanh "
        "nghiệp.",
        marker="1.",
    ),
    Paragraph(
        "Phát huy tính chủ động, sáng tạo của từng phòng, từng đơn vị; đổi mới cách lãnh đạo, chỉ đạo; đưa phong "
        "trào thi đua "
        "“Dân vận khéo” vào các lĩnh vực khoa học, công nghệ và đổi mới sáng tạo, góp phần hoàn thành nhiệm vụ chính "
        "trị "
        "được giao trong năm 2023.",
        marker="2.",
    ),
    Paragraph(
        "Các hoạt động phải thiết thực, rộng khắp, lồng ghép với các phong trào thi đua yêu nước đang triển khai; "
        "bảo đảm chất "
        "lượng, hiệu quả, tiết kiệm, không phô trương, hình thức.",
        marker="3.",
    ),
    Heading(1, "II.", "Nội dung hoạt động chính"),
    Paragraph(
        "Tuyên truyền rộng rãi trong công chức, viên chức và người lao động về Ngày truyền thống công tác dân vận "
        "của Đảng "
        "15/10, về vị trí, vai trò của công tác dân vận trong tình hình mới; giới thiệu các mô hình, điển hình “Dân "
        "vận khéo” "
        "đã được công nhận và kết quả công tác dân vận của Sở trong 03 năm qua.",
        marker="1.",
    ),
    Paragraph(
        "Tiếp tục quán triệt, thực hiện có hiệu quả các văn bản của Đảng về công tác dân vận, trước hết là Quyết "
        "định số "
        "23-QĐ/TW ngày 30/7/2021 của Bộ Chính trị, Đề án số 02-ĐA/TU ngày 09/11/2021 và Quy chế số 05-QC/TU ngày "
        "09/12/2021 "
        "của Ban Thường vụ Tỉnh ủy; gắn việc quán triệt với nhiệm vụ chuyên môn của từng phòng, đơn vị.",
        marker="2.",
    ),
    Paragraph(
        "Đẩy mạnh công tác dân vận của cơ quan nhà nước theo Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng "
        "Chính phủ; tập "
        "trung cải cách thủ tục hành chính, giải quyết hồ sơ trước hạn và đúng hạn, thực hiện Quy chế dân chủ ở cơ "
        "sở, tiếp "
        "công dân và giải quyết kịp thời khiếu nại, tố cáo, kiến nghị, phản ánh.",
        marker="3.",
    ),
    Heading(1, "III.", "Tổ chức thực hiện"),
    Paragraph(
        "Giao Văn phòng Sở làm đầu mối triển khai kế hoạch này; đôn đốc các phòng, đơn vị; tổng hợp kết quả, báo cáo "
        "Ban Dân vận "
        "Tỉnh ủy theo quy định, chậm nhất ngày 31/10/2023.",
        marker="1.",
    ),
    Paragraph(
        "Giao phòng Quản lý chuyên ngành thường xuyên cập nhật các văn bản của Trung ương, của tỉnh và hoạt động của "
        "Tháng cao "
        "điểm trên Trang thông tin điện tử của Sở.",
        marker="2.",
    ),
    Paragraph(
        "Các phòng chuyên môn, các đơn vị thuộc Sở phối hợp với Văn phòng Sở tuyên truyền, phổ biến và thực hiện kế "
        "hoạch này tới "
        "toàn thể cán bộ, công chức, viên chức và người lao động của đơn vị mình trước ngày 20/10/2023.",
        marker="3.",
    ),
)


def plan(*, number: str | None = None, day: date | None = None, profile: LayoutProfile = ND30_13) -> OfficialText:
    """The department's plan for the campaign month: two bases, three sections, four recipients."""
    return OfficialText(
        kind=Kind.PLAN,
        profile=profile,
        head=head(number, day),
        title=TITLE,
        signer=DIRECTOR,
        bases=(
            "Căn cứ Công văn số 1946/UBND-VXNV ngày 06/10/2023 của Ủy ban nhân dân tỉnh về việc đẩy mạnh triển khai "
            "Tháng cao "
            "điểm thực hiện công tác dân vận, sơ kết 03 năm phong trào thi đua “Dân vận khéo”.",
            "Thực hiện Công văn số 365-CV/ĐUK ngày 26/9/2023 của Đảng ủy Khối các cơ quan tỉnh về tổ chức các hoạt "
            "động Tháng "
            "cao điểm thực hiện công tác dân vận",
        ),
        opening="Sở Khoa học và Công nghệ xây dựng kế hoạch tổ chức các hoạt động “Tháng cao điểm” của Sở như sau:",
        blocks=PLAN_BLOCKS,
        closing="Trên đây là Kế hoạch tổ chức “Tháng cao điểm” thực hiện công tác dân vận của Sở Khoa học và Công "
        "nghệ.",
        recipients=(
            "Ban Dân vận Tỉnh uỷ ;",
            "- Ban Tuyên giáo Đảng uỷ khối;",
            "Các phòng, đơn vị thuộc Sở",
            "Lưu : VT.",
        ),
        drafting_unit="VP",
    )


TASK_COLUMNS = (
    Column(8, Align.CENTRE),
    Column(70),
    Column(30),
    Column(24, Align.CENTRE),
    Column(18, Align.RIGHT),
    Column(30),
)
TASK_HEADER = ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn", "Tỷ lệ (%)", "Kết quả")


def task_table(rows: int, caption: str = "") -> Table:
    """A task table of as many rows, with a group row on top and a total in bold at the end."""
    body = [
        (
            str(index),
            f"Tổ chức hội nghị quán triệt, tuyên truyền đợt {index} tới công chức, viên chức và người lao động",
            "Văn phòng Sở" if index % 2 else "Phòng Quản lý chuyên ngành",
            f"{index % 28 + 1:02d}/10/2023",
            "100,0" if index % 3 else "62,5",
            "Hoàn thành đúng hạn" if index % 3 else "Đang thực hiện",
        )
        for index in range(1, rows + 1)
    ]
    total = ("", "Tổng cộng", "", "", f"{rows}", "")
    all_rows = (("A. Nhiệm vụ theo kế hoạch",), *body, total)
    return Table(TASK_COLUMNS, TASK_HEADER, all_rows, caption, bold_rows=frozenset({len(all_rows) - 1}))


def report(*, rows: int = 6, appendix_rows: int = 40, profile: LayoutProfile = ND30_13) -> OfficialText:
    """The month's report to the superior body, signed by a deputy, with a task table and two appendices."""
    return OfficialText(
        kind=Kind.REPORT,
        profile=profile,
        head=head(symbol="BC-SKHCN"),
        title="Kết quả công tác dân vận tháng 10 và phương hướng, nhiệm vụ tháng 11 năm 2023",
        signer=DEPUTY,
        addressees=("Ban Dân vận Tỉnh ủy",),
        opening="Thực hiện Kế hoạch số 128/KH-SKHCN ngày 12/10/2023, Sở Khoa học và Công nghệ báo cáo kết quả như sau:",
        blocks=(
            Heading(1, "I.", "Tình hình, kết quả"),
            Heading(2, "1.", "Công tác lãnh đạo, chỉ đạo"),
            Paragraph(
                "Sở đã ban hành 03 văn bản, tổ chức 02 hội nghị quán triệt với 145 lượt người tham gia, đạt 98,6 %."
            ),
            Heading(2, "2.", "Kết quả thực hiện nhiệm vụ"),
            task_table(rows, "Bảng 1. Kết quả thực hiện nhiệm vụ"),
            Heading(1, "II.", "Phương hướng, nhiệm vụ tháng 11"),
            Paragraph("Duy trì các mô hình “Dân vận khéo” đã đăng ký.", marker="-"),
        ),
        closing="Sở Khoa học và Công nghệ trân trọng báo cáo",
        recipients=("Ban Giám đốc", "Các phòng, đơn vị"),
        drafting_unit="VP",
        appendices=(
            Appendix("Tổng hợp nhiệm vụ của các phòng, đơn vị", (task_table(appendix_rows),), is_landscape=True),
            Appendix(
                "Danh sách mô hình “Dân vận khéo”", (Paragraph("Mô hình thứ nhất."), Paragraph("Mô hình thứ hai."))
            ),
        ),
    )


def letter(*, addressees: int = 1, profile: LayoutProfile = ND30_13) -> OfficialText:
    """A letter with its subject under the number, to one or several addressees."""
    names = ("Ủy ban nhân dân tỉnh", "Sở Nội vụ", "Ban Dân vận Tỉnh ủy")
    return OfficialText(
        kind=Kind.LETTER,
        profile=profile,
        head=head(number="7", day=date(2024, 2, 1), symbol="SKHCN-VP"),
        title="đăng ký mô hình “Dân vận khéo” năm 2024",
        signer=SignerBlock(("TL. Giám đốc",), "Chánh Văn phòng", "Lê Minh Tuấn"),
        addressees=names[:addressees],
        blocks=(
            Paragraph("Sở Khoa học và Công nghệ đăng ký 04 mô hình “Dân vận khéo” năm 2024, có danh sách kèm theo."),
            Paragraph("Đề nghị quý cơ quan xem xét, tổng hợp."),
        ),
        drafting_unit="VP",
        urgency=Urgency.IMMEDIATE,
    )


def with_paragraphs(text: OfficialText, count: int) -> OfficialText:
    """The text with so many short paragraphs instead of its blocks, to move the foot over the page."""
    line = "Đoạn văn dùng để đẩy phần ký tên xuống cuối trang, dài hơn một dòng để thử việc ngắt trang ở đây."
    return replace(text, blocks=tuple(Paragraph(f"{line} Số thứ tự {index}.") for index in range(count)), closing=line)


LONG_BODY = (
    "Ban Chỉ đạo thực hiện phong trào thi đua “Dân vận khéo” và công tác cải cách hành chính, chuyển đổi số của tỉnh"
)
LONG_TITLE = (
    "Tổ chức các hoạt động “Tháng cao điểm” thực hiện công tác dân vận nhân kỷ niệm 93 năm Ngày truyền thống công tác "
    "dân vận của Đảng (15/10/1930-15/10/2023), gắn với sơ kết 03 năm phong trào thi đua “Dân vận khéo”, đánh giá việc "
    "thực hiện Quy chế dân chủ ở cơ sở, cải cách hành chính và chuyển đổi số trong các phòng, đơn vị thuộc Sở và các "
    "doanh nghiệp khoa học và công nghệ, các hợp tác xã ứng dụng công nghệ cao trên địa bàn tỉnh"
)


def of_party(text: OfficialText, profile: LayoutProfile = HD05) -> OfficialText:
    """The same content from a Party committee of the department."""
    symbol = text.head.symbol.split("-")[0] if text.kind is not Kind.LETTER else "CV"
    names = replace(
        text.head,
        parent_body="Đảng bộ Ủy ban nhân dân tỉnh Hà Nam",
        issuing_body="Đảng ủy Sở Khoa học và Công nghệ",
        symbol=f"{symbol}/ĐU",
    )
    signer = SignerBlock(("TM. Đảng ủy", "KT. Bí thư"), "Phó Bí thư", "Đỗ Thị Thanh Hà")
    return replace(text, profile=profile, head=names, signer=signer, drafting_unit="")


def extreme(text: OfficialText) -> OfficialText:
    """The same with the longest names, six lines of each, sixty recipients and thirty pages of text."""
    heads = replace(
        text.head,
        parent_body=f"{LONG_BODY} trực thuộc Ủy ban nhân dân tỉnh",
        issuing_body=LONG_BODY,
        place="Thành phố Hồ Chí Minh",
    )
    signer = SignerBlock(
        ("TM. Ban Chỉ đạo",),
        "Phó Trưởng ban Thường trực Ban Chỉ đạo thực hiện phong trào thi đua kiêm Giám đốc Sở Khoa học và Công nghệ, "
        "Chủ tịch Hội đồng khoa học và công nghệ, Trưởng Ban Biên tập Trang thông tin điện tử",
        "Công Huyền Tôn Nữ Thị Minh Nguyệt",
    )
    recipients = tuple(f"Đơn vị nhận thứ {index} của tỉnh, thuộc danh sách kèm theo" for index in range(1, 61))
    blocks = tuple(replace(block) for _ in range(12) for block in text.blocks)
    return replace(text, head=heads, title=LONG_TITLE, signer=signer, recipients=recipients, blocks=blocks)


def short(text: OfficialText) -> OfficialText:
    """The same with a single paragraph."""
    return replace(
        text, bases=(), opening="", blocks=(), closing="Đề nghị các đơn vị thực hiện nghiêm túc", appendices=()
    )
