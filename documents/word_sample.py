"""The document that a new Word template is tried on: every component of a plan, a report and a letter, invented."""

from dataclasses import replace
from datetime import date

from documents.layout import (
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

TABLE = Table(
    columns=(Column(1), Column(3)),
    header=("TT", "Nội dung thử"),
    rows=(("Nhóm việc thử",), ("1", "Ô thứ nhất của bảng")),
)
NUMBERED = ("MỤC THỬ THỨ NHẤT", "Khoản thử thường.")
"""Words of the plan that Word has to number by itself."""


def plan(profile: LayoutProfile) -> OfficialText:
    """A short plan with every kind of paragraph and an appendix of each shape."""
    symbol = "KH/ĐU" if profile.is_party else "KH-STN"
    return OfficialText(
        kind=Kind.PLAN,
        profile=profile,
        head=Head("Cơ quan cấp trên thử", "Cơ quan ban hành thử", "5", symbol, "Hà Nam", date(2026, 10, 5)),
        title="Thử mẫu văn bản Word của cơ quan",
        signer=SignerBlock(("TM. Tập thể thử",), "Người đứng đầu thử", "Nguyễn Văn Thử"),
        bases=("Căn cứ thứ nhất để thử", "Căn cứ thứ hai để thử"),
        opening="Lời mở đầu của văn bản thử như sau:",
        blocks=(
            Heading(1, "I.", "Mục thử thứ nhất"),
            Heading(2, "1.", "Khoản có tiêu đề thử"),
            Paragraph("Điểm thử a.", "a)"),
            Paragraph("Gạch đầu dòng thử.", "-"),
            Heading(1, "II.", "Mục thử thứ hai"),
            Paragraph("Khoản thử thường.", "1."),
            Paragraph("Đoạn thử không đánh số."),
            TABLE,
        ),
        closing="Trên đây là văn bản thử",
        recipients=("Nơi nhận thử thứ nhất", "Nơi nhận thử thứ hai"),
        drafting_unit="VP",
        appendices=(
            Appendix("Phụ lục thử ngang", (TABLE,), is_landscape=True),
            Appendix("Phụ lục thử dọc", (Paragraph("Đoạn của phụ lục thử."),)),
        ),
    )


def letter(profile: LayoutProfile) -> OfficialText:
    """A letter to two addressees, urgent."""
    return replace(
        plan(profile),
        kind=Kind.LETTER,
        title="thử công văn của cơ quan",
        addressees=("Nơi kính gửi thử một", "Nơi kính gửi thử hai"),
        bases=(),
        urgency=Urgency.URGENT,
        appendices=(),
    )
