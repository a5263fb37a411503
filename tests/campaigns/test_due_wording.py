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
        ("Ra mắt mô hình vào dịp 20/10/2026.", (2026, 10, 20), (2026, 10, 20), "vào dịp 20/10/2026"),
        ("Thành lập đoàn kiểm tra (tháng 7/2026).", (2026, 7, 31), (2026, 7, 31), "tháng 7/2026"),
        ("Sơ kết đợt một (trong quý II).", (2026, 6, 30), (2026, 6, 30), "trong quý II"),
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


@pytest.mark.parametrize(
    ("sentence", "day", "recurring"),
    [
        ("Hoàn thành trước ngày 20/10/2026.", "2026-10-20", False),
        ("xong trước 17 giờ 00 ngày 15/9/2026", "2026-09-15", False),
        ("gửi về Văn phòng Sở trước 16h30 ngày 05/11", "2026-11-05", False),
        ("chậm nhất là ngày 30 tháng 9 năm 2026", "2026-09-30", False),
        ("chậm nhất đến ngày 30/9", "2026-09-30", False),
        ("chậm nhất vào ngày 25/12/2026 để tổng hợp", "2026-12-25", False),
        ("không muộn hơn ngày 10.11.2026", "2026-11-10", False),
        ("đến hết ngày 31-10-2026", "2026-10-31", False),
        ("trong tháng 10/2026", "2026-10-31", False),
        ("trong tháng 10 và tháng 11 năm 2026", "2026-11-30", False),
        ("trong quý IV/2026", "2026-12-31", False),
        ("trong Quý 3 năm 2026", "2026-09-30", False),
        ("hoàn thành trong 6 tháng đầu năm 2026", "2026-06-30", False),
        ("trong 9 tháng đầu năm", "2026-09-30", False),
        ("hoàn thành trong năm 2026", "2026-12-31", False),
        ("từ ngày 01/10 đến ngày 15/10/2026", "2026-10-15", False),
        ("từ 22/9/2026 đến hết 17/10/2026", "2026-10-17", False),
        ("từ ngày 01 - 15/10/2026", "2026-10-15", False),
        ("từ ngày 05 đến 10/11/2026", "2026-11-10", False),
        ("từ tháng 3 đến tháng 5 năm 2026", "2026-05-31", False),
        ("trước mùng 5/10/2026", "2026-10-05", False),
        ("định kỳ trước ngày 25 hằng tháng", None, True),
        ("trước ngày 15 của tháng cuối quý", None, True),
        ("hằng quý, trước ngày 20 của tháng cuối quý", None, True),
        ("thường xuyên", None, True),
        ("thực hiện thường xuyên, liên tục trong năm", None, True),
        ("định kỳ 6 tháng, năm", None, True),
        ("hàng tuần vào chiều thứ Sáu", None, True),
        ("sau khi có hướng dẫn của cấp trên", None, False),
        ("trong vòng 05 ngày làm việc kể từ ngày ban hành Kế hoạch", None, False),
        ("chi thường xuyên được bố trí trong dự toán năm 2026", None, False),
        ("Tổng kết trước ngày 31/12/2026 và báo cáo định kỳ hằng tháng", "2026-12-31", False),
        ("Báo cáo sơ kết trước ngày 20/6 và tổng kết trước ngày 20/12", "2026-12-20", False),
        ("hoàn thành vào tuần thứ 2 của tháng 11/2026", "2026-11-14", False),
        ("cuối tháng 10", "2026-10-31", False),
        ("đầu tháng 12/2026", "2026-12-10", False),
        ("trung tuần tháng 8", "2026-08-20", False),
        ("hoàn thành dứt điểm trong tháng 8", "2026-08-31", False),
        ("xong trong tháng Mười", "2026-10-31", False),
        ("xong trước Tết Nguyên đán", None, False),
        ("trước khai giảng năm học mới", None, False),
        ("thời hạn: 20/10/2026", "2026-10-20", False),
        ("hạn cuối: ngày 20/10", "2026-10-20", False),
        ("thời gian hoàn thành: Tháng 9", "2026-09-30", False),
        ("Thời gian: Ngày 15/10/2026 (Thứ Năm)", "2026-10-15", False),
        ("báo cáo kết quả trước ngày 05 tháng sau", None, True),
        ("tổ chức vào ngày 15/10/2026", "2026-10-15", False),
        ("tổ chức hội nghị ngày 15/10/2026", None, False),
        ("kỷ niệm 95 năm Ngày truyền thống (15/10/1930 - 15/10/2025)", None, False),
        ("theo Công văn số 365-CV/ĐUK ngày 26/9/2023", None, False),
        ("trước ngày 10 hàng tháng", None, True),
        ("mỗi tháng một lần", None, True),
        ("ít nhất 01 lần/quý", None, True),
        ("xong trước ngày 1 tháng 7", "2026-07-01", False),
        ("trước tháng 11/2026", "2026-10-31", False),
        ("trước quý IV/2026", "2026-09-30", False),
        ("đến 30/11/2026 hoàn thành", "2026-11-30", False),
        ("phấn đấu đến cuối năm 2026 hoàn thành", "2026-12-31", False),
        ("hoàn thành các chỉ tiêu đến năm 2030", None, False),
        ("trong 02 ngày 14 và 15/10/2026", "2026-10-15", False),
        ("ngày 14, 15/10/2026 tổ chức hội thao", None, False),
        ("trong thời gian diễn ra Tháng cao điểm", None, False),
        ("báo cáo trước 15 giờ thứ Sáu hằng tuần", None, True),
        ("trước ngày 20/3 hằng năm", None, True),
        ("chậm nhất 10 ngày trước khi khai mạc", None, False),
        ("từ nay đến hết ngày 15/10/2026", "2026-10-15", False),
        ("từ nay đến cuối năm", "2026-12-31", False),
        ("Xong trước 30-9", "2026-09-30", False),
        ("hoàn thành ngày 20-10-2026", "2026-10-20", False),
    ],
)
def test_deadline_in_a_sentence_of_2026(sentence, day, recurring):
    due = find_due(sentence, 2026)
    assert (due.date.isoformat() if due.date else None, due.recurring) == (day, recurring)


@pytest.mark.parametrize(
    ("cell", "day", "recurring"),
    [
        ("20/10", "2026-10-20", False),
        ("Tháng 10", "2026-10-31", False),
        ("T10/2026", "2026-10-31", False),
        ("10/2026", "2026-10-31", False),
        ("Quý IV", "2026-12-31", False),
        ("Quý III, IV/2026", "2026-12-31", False),
        ("Tháng 9-10/2026", "2026-10-31", False),
        ("Tháng 9, 10", "2026-10-31", False),
        ("15-20/10/2026", "2026-10-20", False),
        ("15/9 - 20/10/2026", "2026-10-20", False),
        ("Từ 15/9 - 20/10", "2026-10-20", False),
        ("Cả năm", None, True),
        ("Năm 2026", "2026-12-31", False),
        ("Hằng tháng", None, True),
        ("Hằng quý", None, True),
        ("Quý I hằng năm", None, True),
        ("Thường xuyên", None, True),
        ("TX", None, True),
        ("Theo kế hoạch", None, False),
        ("-", None, False),
        ("Trước 15/11", "2026-11-15", False),
        ("Xong trước 15/11/2026", "2026-11-15", False),
        ("07h30 ngày 15/10/2026", "2026-10-15", False),
        ("Tuần 1 tháng 10", "2026-10-07", False),
        ("Tuần 3/10/2026", "2026-10-21", False),
        ("Thứ 7, ngày 10/10/2026", "2026-10-10", False),
        ("Trong tháng 10", "2026-10-31", False),
        ("Ngày 25 hằng tháng", None, True),
        ("02 lần/năm", None, True),
        ("Định kỳ", None, True),
        ("Trước 20/6 và 20/12", "2026-12-20", False),
        ("Sau khi kế hoạch được ban hành", None, False),
        ("Ngay sau khi ban hành", None, False),
        ("31.10.2026", "2026-10-31", False),
        ("Trước ngày\n31/10/2026", "2026-10-31", False),
        ("Học kỳ I", None, False),
        ("Cả năm học", None, True),
        ("6 tháng đầu năm", "2026-06-30", False),
        ("Tháng 12/2026 (hoặc theo chỉ đạo)", "2026-12-31", False),
        ("2026", "2026-12-31", False),
        ("Quý 1/2027", "2027-03-31", False),
        ("Từ tháng 01/2026 đến tháng 12/2026", "2026-12-31", False),
        ("30/10/26", "2026-10-30", False),
        ("Tháng 10 hằng năm", None, True),
        ("Trước ngày 15 tháng 11 năm 2026", "2026-11-15", False),
        ("Hàng năm", None, True),
        ("Theo yêu cầu", None, False),
        ("Khi có chỉ đạo", None, False),
        ("Đột xuất", None, False),
        ("Xong trong T9", "2026-09-30", False),
        ("Tháng 9/2026 - tháng 3/2027", "2027-03-31", False),
    ],
)
def test_deadline_in_a_cell_of_2026(cell, day, recurring):
    due = read_due(cell, 2026)
    assert (due.date.isoformat() if due.date else None, due.recurring) == (day, recurring)
