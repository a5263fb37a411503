"""Printed form of typed words (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

import unicodedata
from datetime import date

import pytest

from documents import typography

NBSP = typography.NBSP


@pytest.mark.parametrize(
    ("number", "shown"),
    [("5", "Số: 05/KH-SKHCN"), ("05", "Số: 05/KH-SKHCN"), (128, "Số: 128/KH-SKHCN"), ("12a", "Số: 12a/KH-SKHCN")],
)
def test_number_line_pads_numbers_below_ten(number: str | int, shown: str) -> None:
    assert typography.number_line(number, "KH-SKHCN").replace(NBSP, " ") == shown


@pytest.mark.parametrize("number", [None, "", "  "])
def test_number_line_without_number_leaves_a_blank(number: str | None) -> None:
    assert typography.number_line(number, " KH - SKHCN ") == f"Số:{NBSP}{typography.BLANK}/KH-SKHCN"


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2023, 3, 5), "Hà Nội, ngày 05 tháng 3 năm 2023"),
        (date(2024, 2, 1), "Hà Nội, ngày 01 tháng 02 năm 2024"),
        (date(2024, 1, 10), "Hà Nội, ngày 10 tháng 01 năm 2024"),
        (date(2026, 12, 31), "Hà Nội, ngày 31 tháng 12 năm 2026"),
    ],
)
def test_date_line_pads_days_below_ten_and_only_the_first_two_months(day: date, shown: str) -> None:
    assert typography.date_line("Hà Nội", day).replace(NBSP, " ") == shown


def test_date_line_without_day_keeps_month_and_year() -> None:
    line = typography.date_line("Hà Nam", None, month=10, year=2023)
    assert " ".join(line.split()) == "Hà Nam, ngày tháng 10 năm 2023"
    assert typography.BLANK in line
    assert " " not in line


def test_recipient_lines_are_closed_and_end_with_the_archive() -> None:
    typed = ["Ban Dân vận Tỉnh uỷ ;", "- Lưu : VT.", "– Các phòng, đơn vị thuộc Sở", " "]
    assert typography.recipient_lines(typed, drafting_unit="VP") == (
        "Ban Dân vận Tỉnh uỷ;",
        "Các phòng, đơn vị thuộc Sở;",
        "Lưu: VT, VP.",
    )


def test_recipient_lines_of_an_addressed_document_start_with_as_above() -> None:
    assert typography.recipient_lines(["Ban Giám đốc"], has_addressees=True) == (
        "Như trên;",
        "Ban Giám đốc;",
        "Lưu: VT.",
    )
    assert typography.recipient_lines(["Như trên", "Lưu: VT, QLCN (05)"], drafting_unit="VP", has_addressees=True) == (
        "Như trên;",
        "Lưu: VT, QLCN (05).",
    )


@pytest.mark.parametrize(
    ("typed", "body", "last"),
    [
        ("Lưu: VT, VP", "Đảng ủy Sở Khoa học và Công nghệ", "Lưu Đảng ủy."),
        ("Lưu Văn phòng Tỉnh ủy", "Tỉnh ủy Hà Nam", "Lưu Văn phòng Tỉnh ủy."),
        ("", "Tỉnh uỷ Hà Nam", "Lưu Tỉnh uỷ."),
        ("", "Ban Tuyên giáo và Dân vận", "Lưu Văn phòng."),
    ],
)
def test_party_bodies_keep_a_copy_in_their_own_words(typed: str, body: str, last: str) -> None:
    lines = typography.recipient_lines(["Thường trực Tỉnh ủy", typed], drafting_unit="VP", party_body=body)
    assert lines == ("Thường trực Tỉnh ủy;", last)


@pytest.mark.parametrize(
    ("lines", "new", "shown"),
    [
        (("TM. Ban Thường vụ", "KT. Bí thư"), True, ("T/M Ban Thường vụ",)),
        (("TM. Ban Thường vụ", "KT. Bí thư"), False, ("T/M Ban Thường vụ", "K/T Bí thư")),
        (("TL. Ban Thường vụ",), True, ("T/L Ban Thường vụ",)),
        (("KT. Trưởng ban",), True, ("K/T Trưởng ban",)),
        ((), True, ()),
    ],
)
def test_party_authority(lines: tuple[str, ...], new: bool, shown: tuple[str, ...]) -> None:
    assert typography.party_authority(lines, deputies_sign_for_committees=new) == shown


@pytest.mark.parametrize(
    ("typed", "marks", "shown"),
    [("II.", ("-", "-"), "II-"), ("3.", ("-", "-"), "3-"), ("3.", ("-", "."), "3."), ("a)", ("-", "-"), "a)"),
     ("1.2.", ("-", "-"), "1.2."), ("-", ("-", "-"), "-"), ("I.", (".", "."), "I.")],
)  # fmt: skip
def test_marker_follows_the_rule(typed: str, marks: tuple[str, str], shown: str) -> None:
    assert typography.marker(typed, marks) == shown


def test_party_number_and_subject() -> None:
    assert typography.number_line("5", "NQ/ĐU", label="Số", joiner="-") == f"Số{NBSP}05-NQ/ĐU"
    assert typography.letter_subject("V/v đăng ký", "về việc") == "về việc đăng ký"


def test_names_after_a_title_stay_on_one_line() -> None:
    found = typography.pieces("Giao đồng chí Phạm Quang Hưng chủ trì; đồng chí Bí thư và ông Đỗ Văn Ớt phối hợp.")
    assert [piece.text for piece in found if piece.is_kept] == ["đồng chí Phạm Quang Hưng", "ông Đỗ Văn Ớt"]


def test_closed_list_of_bases() -> None:
    assert typography.closed_list(["Căn cứ Luật A.", "Thực hiện Công văn B", ""]) == (
        "Căn cứ Luật A;",
        "Thực hiện Công văn B.",
    )


@pytest.mark.parametrize("typed", ["của Sở", "của Sở.", "của Sở./.", "của Sở ./.", "của Sở;"])
def test_end_mark_stands_once(typed: str) -> None:
    assert typography.with_end_mark(typed) == "của Sở./."


@pytest.mark.parametrize("typed", ["báo cáo kết quả", "V/v báo cáo kết quả", "về việc báo cáo kết quả"])
def test_letter_subject_starts_with_the_sign(typed: str) -> None:
    assert typography.letter_subject(typed) == "V/v báo cáo kết quả"


def test_pieces_keep_what_may_not_be_torn() -> None:
    text = "Thực hiện Công văn số 365-CV/ĐUK, ngày 26/9/2023; số liệu năm 2023 (15/10/1930-15/10/2023)./. TM. ỦY BAN"
    found = typography.pieces(text)
    assert "".join(piece.text for piece in found) == text
    assert [piece.text for piece in found if piece.is_kept] == [
        "số 365-CV/ĐUK,",
        "ngày 26/9/2023;",
        "năm 2023",
        "(15/10/1930-15/10/2023)./.",
        "TM. ỦY",
    ]


@pytest.mark.parametrize(
    "text", ["số liệu tổng hợp", "năm học mới", "ngày truyền thống", "và/hoặc", "kinh tế - xã hội"]
)
def test_pieces_leave_ordinary_words_alone(text: str) -> None:
    assert typography.pieces(text) == (typography.Piece(text),)


def test_nfc_composes_and_trims_but_keeps_the_spelling() -> None:
    assert typography.nfc(unicodedata.normalize("NFD", "  Tỉnh   uỷ và Tỉnh ủy\n")) == "Tỉnh uỷ và Tỉnh ủy"


def test_upper_of_vietnamese_letters() -> None:
    assert typography.upper("Mục đích, yêu cầu: ưu đãi, kỷ niệm") == "MỤC ĐÍCH, YÊU CẦU: ƯU ĐÃI, KỶ NIỆM"


@pytest.mark.parametrize(
    ("number", "shown"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (2026, "MMXXVI")]
)
def test_roman(number: int, shown: str) -> None:
    assert typography.roman(number) == shown


def test_width_agrees_with_the_letters_of_times_new_roman() -> None:
    assert typography.width_mm("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, "Bold") == pytest.approx(95.5, abs=0.2)


def test_balanced_takes_as_few_lines_as_fit_and_makes_them_even() -> None:
    name = "Ban Chỉ đạo thực hiện phong trào thi đua “Dân vận khéo” tỉnh Hà Nam và các đơn vị trực thuộc"
    lines = typography.balanced(name, 70, 13, "Bold")
    widths = [typography.width_mm(line, 13, "Bold") for line in lines]
    assert " ".join(lines) == name
    assert len(lines) == 3
    assert max(widths) <= 70
    assert max(widths) - min(widths) < 15


@pytest.mark.parametrize(
    ("text", "limit", "lines"),
    [
        (
            "Tổ chức các hoạt động “Tháng cao điểm” thực hiện công tác dân vận nhân kỷ niệm 93 năm Ngày truyền thống "
            "công tác dân vận của Đảng",
            140,
            [
                "Tổ chức các hoạt động “Tháng cao điểm” thực hiện công tác dân vận",
                "nhân kỷ niệm 93 năm Ngày truyền thống công tác dân vận của Đảng",
            ],
        ),
        (
            "Ban Chỉ đạo thực hiện phong trào thi đua “Dân vận khéo” tỉnh Hà Nam và các đơn vị trực thuộc",
            70,
            ["Ban Chỉ đạo thực hiện phong trào", "thi đua “Dân vận khéo” tỉnh", "Hà Nam và các đơn vị trực thuộc"],
        ),
        ("Đảng ủy Sở Nông nghiệp và Môi trường tỉnh", 75, ["Đảng ủy Sở Nông nghiệp", "và Môi trường tỉnh"]),
        ("Đảng bộ Ủy ban nhân dân tỉnh Hà Nam", 62, ["Đảng bộ Ủy ban nhân dân", "tỉnh Hà Nam"]),
        ("Đào Duy Từ", 1, ["Đào", "Duy", "Từ"]),
    ],
)
def test_balanced_tears_no_word_and_no_name(text: str, limit: float, lines: list[str]) -> None:
    assert list(typography.balanced(text, limit, 13, "Bold")) == lines


def test_torn_counts_lines_that_end_within_words() -> None:
    assert typography.torn(("SỞ KHOA HỌC", "VÀ CÔNG NGHỆ", "TỈNH HÀ NAM")) == 0
    assert typography.torn(("SỞ KHOA", "HỌC VÀ", "CÔNG NGHỆ")) == 2
    assert typography.torn(()) == 0


def test_balanced_of_nothing_is_nothing() -> None:
    assert typography.balanced("  ", 70, 13) == ()


def test_parent_body_is_shortened_only_in_its_common_words() -> None:
    assert typography.shortened_parent("Ủy ban nhân dân tỉnh Hà Nam") == "UBND TỈNH HÀ NAM"
    assert typography.shortened_parent("Bộ Khoa học và Công nghệ") == "BỘ KHOA HỌC VÀ CÔNG NGHỆ"


def test_font_has_every_vietnamese_letter() -> None:
    bases = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    letters = {
        unicodedata.normalize("NFC", base + mark) for base in bases for mark in ["", *"\u0300\u0301\u0303\u0309\u0323"]
    }
    from fontTools.ttLib import TTFont

    for path in typography.FONT_FOLDER.glob("Tinos-*.ttf"):
        covered = {chr(code) for code in TTFont(path).getBestCmap()}
        assert letters | set("đĐ–—…“”‘’•°²€₫№\u2011\u00a0") <= covered, path.name
