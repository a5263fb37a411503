"""Texts of one year said of the next: what moves, what stays, what is only offered."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.copying import move, shift
from campaigns.copying.shift import Shifted


def of_2025(text: str, **more: object) -> Shifted:
    return shift(text, year=2025, years=1, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("xong trước ngày 20/10/2025", "xong trước ngày 20/10/2026"),
        ("ngày 05 tháng 02 năm 2025", "ngày 05 tháng 02 năm 2026"),
        ("từ 22/9/2025 đến hết 17/01/2026", "từ 22/9/2026 đến hết 17/01/2027"),
        ("trong tháng 10/2025 và quý IV/2025", "trong tháng 10/2026 và quý IV/2026"),
        ("tháng 10 năm 2025", "tháng 10 năm 2026"),
        ("Công tác dân vận năm 2025", "Công tác dân vận năm 2026"),
        ("năm học 2025-2026", "năm học 2026-2027"),
        (
            "kỷ niệm 95 năm Ngày truyền thống (15/10/1930-15/10/2025)",
            "kỷ niệm 96 năm Ngày truyền thống (15/10/1930-15/10/2026)",
        ),
        ("chào mừng 80 năm Cách mạng Tháng Tám", "chào mừng 81 năm Cách mạng Tháng Tám"),
        ("kỉ niệm lần thứ 15", "kỉ niệm lần thứ 16"),
        ("Họp thứ Hai, ngày 20/10/2025", "Họp thứ Ba, ngày 20/10/2026"),
        ("thứ Hai, ngày 20/10", "thứ Ba, ngày 20/10"),
        ("Chủ nhật (12/10/2025)", "Thứ Hai (12/10/2026)"),
        ("Xuân 2025", "Xuân 2026"),
    ],
)
def test_what_moves(old: str, new: str) -> None:
    assert of_2025(old).text == new


@pytest.mark.parametrize(
    "text",
    [
        "Công văn số 365-CV/ĐUK ngày 12/9/2025 của Đảng ủy Khối về dân vận",
        "giai đoạn 2021-2025, nhiệm kỳ 2020 - 2025, tầm nhìn đến năm 2025",
        "đến năm 2030 và năm 1930",
        "trước ngày 20/10, trong tháng mười, hằng tháng",
        "Kế hoạch 12/KH-SKHCN, 12.025 đồng, 2025/QĐ",
        "cấp 93 năm gần đây, 15 năm công tác",
        "ngày 31/02/2025",
        "Nghị quyết lần thứ 5",
    ],
)
def test_what_stays(text: str) -> None:
    assert of_2025(text).text == text


@pytest.mark.parametrize(
    ("text", "offered"), [("So với năm 2024", "So với năm 2025"), ("có 2025 người dự", "có 2026 người dự")]
)
def test_what_is_only_offered(text: str, offered: str) -> None:
    made = of_2025(text)

    assert (made.text, made.all_of_it) == (text, offered)
    assert [swap.is_sure for swap in made.swaps] == [False]


def test_old_names_become_new_ones_outside_citations() -> None:
    text = "Phòng A phối hợp Phòng AB; theo Công văn số 5/CV-A ngày 01/02/2025 của Phòng A"

    made = of_2025(text, names=[("Phòng A", "Phòng Mới"), ("Phòng AB", "Phòng Hai")])

    assert made.text == "Phòng Mới phối hợp Phòng Hai; theo Công văn số 5/CV-A ngày 01/02/2025 của Phòng A"


def test_a_name_that_is_part_of_its_successor_is_said_once() -> None:
    made = of_2025(
        "Phòng Quản lý khoa học và công nghệ", names=[("Phòng Quản lý khoa học", "Phòng Quản lý khoa học và công nghệ")]
    )

    assert made.swaps == ()


def test_the_last_of_february() -> None:
    assert move(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert shift("ngày 29/02/2024", year=2024, years=1).text == "ngày 28/02/2025"


@given(st.text(max_size=300), st.integers(1, 5))
def test_any_text_is_read_and_only_its_swaps_change(text: str, years: int) -> None:
    made = shift(text, year=2025, years=years)

    again, position = "", 0
    for swap in made.swaps:
        assert text[swap.start : swap.end] == swap.old
        again += text[position : swap.start] + swap.new
        position = swap.end
    assert made.all_of_it == again + text[position:]
