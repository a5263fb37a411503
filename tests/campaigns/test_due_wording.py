"""Deadlines as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.due_wording import Due, find_due, read_due


@pytest.mark.parametrize(
    ("sentence", "day", "last_day", "wording"),
    [
        ("Rà soát kiến nghị; xong trước ngày 02/10/2026.", (2026, 10, 2), (2026, 10, 1), "trước ngày 02/10/2026"),
        (
            "Chuẩn bị hội trường chậm nhất ngày 14 tháng 10.",
            (2026, 10, 14),
            (2026, 10, 14),
            "chậm nhất ngày 14 tháng 10",
        ),
        ("Gửi báo cáo trước 17h00 ngày 20/10.", (2026, 10, 20), (2026, 10, 19), "trước 17h00 ngày 20/10"),
        (
            "Đăng bài từ ngày 22/9 đến hết ngày 17/10/2025.",
            (2025, 10, 17),
            (2025, 10, 17),
            "từ ngày 22/9 đến hết ngày 17/10/2025",
        ),
        ("Trả lời trong tháng 11 năm 2026.", (2026, 11, 30), (2026, 11, 30), "trong tháng 11 năm 2026"),
        ("Ghi âm xong trong tháng tư.", (2026, 4, 30), (2026, 4, 30), "xong trong tháng tư"),
        ("Hoàn thành trong quý IV năm 2026.", (2026, 12, 31), (2026, 12, 31), "Hoàn thành trong quý IV năm 2026"),
        ("Quyết toán trước tháng 12/2026.", (2026, 11, 30), (2026, 11, 30), "trước tháng 12/2026"),
        (
            "Nộp không muộn hơn ngày 05 tháng Mười năm 2026.",
            (2026, 10, 5),
            (2026, 10, 5),
            "không muộn hơn ngày 05 tháng Mười năm 2026",
        ),
    ],
)
def test_find_due_in_a_sentence(sentence, day, last_day, wording):
    assert find_due(sentence, 2026) == Due(date(*day), wording, last_day=date(*last_day))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("20/10", (2026, 10, 20)),
        ("01/10 - 31/10/2026", (2026, 10, 31)),
        ("15-20/10/2026", (2026, 10, 20)),
        ("Tháng 10 - 11/2026", (2026, 11, 30)),
        ("Tháng 6 và tháng 11/2026", (2026, 11, 30)),
        ("Quý III/2026", (2026, 9, 30)),
        ("Quý I - II", (2026, 6, 30)),
        ("Tuần 2 tháng 12/2026", (2026, 12, 14)),
        ("Đầu tháng 3", (2026, 3, 10)),
        ("6 tháng đầu năm", (2026, 6, 30)),
        ("Cuối năm 2026", (2026, 12, 31)),
        ("Năm 2026", (2026, 12, 31)),
        ("29/02/2028", (2028, 2, 29)),
    ],
)
def test_read_due_of_a_cell(cell, day):
    assert read_due(cell, 2026) == Due(date(*day), cell, last_day=date(*day))


@pytest.mark.parametrize(
    "rhythm",
    [
        "Thường xuyên",
        "Hằng tháng",
        "Hàng tuần",
        "trước ngày 25 hằng tháng",
        "Mỗi quý",
        "Định kỳ",
        "Cả năm",
        "01 lần/tháng",
    ],
)
def test_rhythm_has_no_date(rhythm):
    assert read_due(rhythm, 2026) == Due(None, rhythm, recurring=True)


@pytest.mark.parametrize(
    "condition", ["Sau khi có hướng dẫn", "Trong vòng 05 ngày làm việc", "Khi có yêu cầu", "31/11/2026", "Theo thực tế"]
)
def test_condition_keeps_its_wording_only(condition):
    assert read_due(condition, 2026) == Due(None, condition)


@pytest.mark.parametrize(
    "sentence",
    [
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/9/2026 của Ủy ban nhân dân tỉnh.",
        "Kỷ niệm 96 năm Ngày truyền thống (15/10/1930 - 15/10/2026).",
        "Kinh phí từ nguồn chi thường xuyên của đơn vị.",
        "Phấn đấu đến năm 2030 đạt 90%.",
        "",
    ],
)
def test_no_deadline(sentence):
    assert find_due(sentence, 2026) == Due()


def test_unknown_year_gives_no_date():
    assert find_due("Gửi trước ngày 20/10.", None).date is None


def test_dash_in_a_cell_is_no_deadline():
    assert read_due(" - ", 2026) == Due()


@given(st.text(alphabet="0123456789/-. ngàythángquýtrướcđếnnăm,;()", max_size=300))
def test_any_text_is_read(text):
    assert isinstance(find_due(text, 2026), Due)
