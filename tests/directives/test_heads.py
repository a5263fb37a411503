import io
from datetime import date

import docx
import pytest

from directives import heads
from directives.files import DOCX, PDF
from directives.heads import Head, Line
from tests.directives.test_views import PNG

LETTER = [
    Line("TỈNH ỦY HÀ NAM", "left"), Line("ĐẢNG CỘNG SẢN VIỆT NAM", "right"),
    Line("ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", "left"), Line("*", "left"),
    Line("Hà Nam, ngày 26 tháng 9 năm 2023", "right"), Line("Số 365-CV/ĐUK", "left"),
    Line("V/v tổ chức Tháng cao điểm", "left"), Line("dân vận", "left"), Line("Kính gửi: Các chi bộ.", "middle"),
]  # fmt: skip
PLAN = [
    Line("ỦY BAN NHÂN DÂN", "left"), Line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "right"),
    Line("TỈNH HÀ NAM", "left"), Line("Độc lập - Tự do - Hạnh phúc", "right"),
    Line("Số: 05 /KH-UBND", "left"), Line("Hà Nam, ngày 05 tháng 3 năm 2023", "right"), Line("KẾ HOẠCH", "middle"),
    Line("Về công tác dân vận", "middle"), Line("năm 2023", "middle"),
    Line("Căn cứ Chỉ thị số 33/CT-TTg ngày 26/11/2021", "middle"),
]  # fmt: skip


def test_a_partys_letter() -> None:
    assert heads.recognise(LETTER) == Head(
        kind="CV", code="365-CV/ĐUK", dated_on=date(2023, 9, 26), issuer="Đảng ủy Khối các cơ quan tỉnh",
        subject="tổ chức Tháng cao điểm dân vận",
    )  # fmt: skip


def test_a_states_plan() -> None:
    assert heads.recognise(PLAN) == Head(
        kind="KH", code="05/KH-UBND", dated_on=date(2023, 3, 5), issuer="Ủy ban nhân dân tỉnh Hà Nam",
        subject="công tác dân vận năm 2023",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "head"),
    [
        ([], Head()),
        ([Line("Báo cáo nhanh của tổ", "middle")], Head()),
        ([Line("Số: … /KH-UBND", "left"), Line("ngày 31 tháng 2 năm 2023", "right")], Head()),
        ([Line("SỞ NỘI VỤ", "left"), Line("Số: 12/SNV-VP", "left")], Head(code="12/SNV-VP", issuer="Sở Nội vụ")),
    ],
)
def test_what_is_not_there_stays_empty(lines: list[Line], head: Head) -> None:
    assert heads.recognise(lines) == head


def word_file() -> bytes:
    document = docx.Document()
    left, right = document.add_table(1, 2).rows[0].cells
    left.text = "\n".join(line.text for line in LETTER if line.place == "left")
    right.text = "\n".join(line.text for line in LETTER if line.place == "right")
    document.add_paragraph("Kính gửi: Các chi bộ.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_word_file() -> None:
    assert heads.read(DOCX, word_file()) == heads.recognise(LETTER)


@pytest.mark.parametrize(
    ("media_type", "data"),
    [
        (PDF, b"%PDF-1.4 broken"),
        (DOCX, b"PK\x03\x04 broken"),
        (DOCX, word_file()[:900]),
        ("image/png", PNG),
        (PDF, b""),
    ],
)
def test_broken_files_and_pictures_say_nothing(media_type: str, data: bytes) -> None:
    assert heads.read(media_type, data).is_empty
