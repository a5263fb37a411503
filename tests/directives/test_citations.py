"""Single rules of reading and writing citations."""

import datetime as dt

import pytest

from directives.citations import Citation, first_mention, identity_key, later_mention, normalise_code, parse


def codes(text: str) -> list[str | None]:
    return [citation.code for citation in parse(text)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("365 - CV/ĐUK", "365-CV/ĐUK"),
        ("57 – NQ/ TW", "57-NQ/TW"),
        ("11-QÐ/TW", "11-QĐ/TW"),
        ("12-CTR/TU", "12-CTr/TU"),
        ("1450/QĐ-TTG", "1450/QĐ-TTg"),
        ("84 QĐ/TWĐTN", "84-QĐ/TWĐTN"),
        ("124/QĐ/TTg", "124/QĐ/TTg"),
        ("05/KH-SKHCN", "05/KH-SKHCN"),
    ],
)
def test_normalise_code_spells_as_the_rule_says(typed: str, code: str) -> None:
    assert normalise_code(typed) == code


def test_identity_key_is_one_however_the_code_is_typed() -> None:
    typed = ["365-CV/ĐUK", "365 - CV/ĐUK", "365-CV/ÐUK", "365\u2011cv/đuk", "0365-CV/ĐUK", "365-CV/Đ\u00adUK"]

    assert {identity_key(code) for code in typed} == {identity_key("365-CV/ĐUK")}
    assert identity_key("366-CV/ĐUK") != identity_key("365-CV/ĐUK")


@pytest.mark.parametrize(
    "text",
    [
        "QCVN 102:2016/BTTTT", "TCVN 14423:2026", "ISO/IEC 27001:2022", "Mẫu số 02/BC", "Biểu số 05/KH-TH",
        "điện thoại 0226/3852123",
        "Gói thầu số 05/XL", "biển số 90A-123.45", "tài khoản số 3511.0/KB", "tỷ lệ 1/3",
        "giai đoạn 2021-2025", "15/10/1930", "Luật sư Ba",
    ],
)  # fmt: skip
def test_parse_takes_no_other_number_for_a_document(text: str) -> None:
    assert parse(text) == []


def test_parse_shares_date_and_issuer_within_a_list_but_not_across_a_semicolon() -> None:
    listed = parse("Quyết định số 1-QĐ/TU và Quyết định số 2-QĐ/TU ngày 5/3/2026 của Tỉnh ủy")
    apart = parse("Quyết định số 1-QĐ/TU; Quyết định số 2-QĐ/TU ngày 5/3/2026 của Tỉnh ủy")

    day = dt.date(2026, 3, 5)
    assert [(one.date, one.issuer) for one in listed] == [(day, "Tỉnh ủy"), (day, "Tỉnh ủy")]
    assert [(one.date, one.issuer) for one in apart] == [(None, None), (day, "Tỉnh ủy")]


def test_parse_goes_by_the_word_not_the_symbol() -> None:
    assert [one.kind for one in parse("Quy định 66-QĐ/TW, Quyết định 67-QĐ/TW, Văn bản số 12/SNV-VP, 9-NQ/TW")] == [
        "QyĐ", "QĐ", "CV", "NQ",
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["31/02/2024", "…/…/2026", "   tháng 5 năm 2026"])
def test_parse_takes_no_impossible_or_blank_day(day: str) -> None:
    citation = parse(f"Kế hoạch số 5/KH-UBND ngày {day} của UBND tỉnh về chuyển đổi số")[0]

    assert (citation.date, citation.issuer, citation.subject) == (None, "UBND tỉnh", "chuyển đổi số")


def test_parse_reads_on_over_a_broken_line() -> None:
    citation = parse("Căn cứ Quyết định số 12/QĐ-UBND ngày 05/3/2026 của Ủy ban\nnhân dân tỉnh về thi đua")[0]

    assert (citation.issuer, citation.subject) == ("Ủy ban nhân dân tỉnh", "thi đua")


@pytest.mark.parametrize(
    ("name", "rest", "subject"),
    [
        ("Đoàn kiểm tra", "", None),
        ("Đoàn giám sát liên ngành", " về công tác thi đua", "công tác thi đua"),
        ("Ban Chỉ đạo phòng chống thiên tai xã", " ứng phó với lũ quét", "ứng phó với lũ quét"),
        ("Ban Chỉ đạo", " kiểm tra việc thực hiện Quy chế", "kiểm tra việc thực hiện Quy chế"),
        ("Đoàn", " tổ chức Tháng Thanh niên", "tổ chức Tháng Thanh niên"),
    ],
)
def test_parse_keeps_the_verb_that_a_body_is_named_by(name: str, rest: str, subject: str | None) -> None:
    citation = parse(f"Biên bản số 17/BB-ABC ngày 4/11/2026 của {name}{rest}")[0]

    assert (citation.issuer, citation.subject) == (name, subject)


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Nghị quyết số 04-NQ/TU (khóa XX) của Tỉnh ủy về chuyển đổi số", "Tỉnh ủy"),
        ("Nghị quyết số 4/NQ-HĐND của HĐND xã khóa II, kỳ họp thứ 8 về chuyển đổi số", "HĐND xã khóa II, kỳ họp thứ 8"),
    ],
)
def test_parse_reads_the_issuer_around_its_term(text: str, issuer: str) -> None:
    citation = parse(text)[0]

    assert (citation.issuer, citation.subject) == (issuer, "chuyển đổi số")


def test_parse_gives_places_in_the_composed_text_past_invisible_characters() -> None:
    citation = parse("Nghị\u00ad quyết số 57\u2011NQ/TW")[0]

    assert (citation.text, citation.start, citation.end, citation.code) == (
        "Nghị\u00ad quyết số 57\u2011NQ/TW",
        0,
        23,
        "57-NQ/TW",
    )


def test_first_mention_is_full_and_the_later_one_short() -> None:
    day = dt.date(2020, 3, 5)

    assert first_mention("NĐ", "30/2020/NĐ-CP", day, "Chính phủ", "công tác văn thư") == (
        "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư"
    )
    assert later_mention("NĐ", "30/2020/NĐ-CP") == "Nghị định số 30/2020/NĐ-CP"


DAY = dt.date(2026, 2, 5)


@pytest.mark.parametrize(
    ("record", "first", "later"),
    [
        (("L", "33/2024/QH15", DAY, "Quốc hội", "Lưu trữ"), "Luật Lưu trữ", "Luật Lưu trữ"),
        (("L", None, None, None, "Luật Đất đai"), "Luật Đất đai", "Luật Đất đai"),
        (("L", None, None, None, "Bộ luật Lao động"), "Bộ luật Lao động", "Bộ luật Lao động"),
        (("PL", "34/2007/PL-UBTVQH11", DAY, "Ủy ban Thường vụ Quốc hội", "thực hiện dân chủ"),
         "Pháp lệnh Thực hiện dân chủ", "Pháp lệnh Thực hiện dân chủ"),
        (("L", "12/L-CTN", None, None, None), "Lệnh số 12/L-CTN", "Lệnh số 12/L-CTN"),
        (("NQ", "25-NQ/TW", DAY, "Ban Chấp hành Trung ương Đảng (khóa XI)", "Tăng cường công tác dân vận"),
         "Nghị quyết số 25-NQ/TW ngày 05 tháng 02 năm 2026 của Ban Chấp hành Trung ương Đảng (khóa XI) về tăng cường"
         " công tác dân vận", "Nghị quyết số 25-NQ/TW"),
        (("QyĐ", "66-QĐ/TW", None, "Ban Bí thư", "thể loại, thẩm quyền ban hành văn bản"),
         "Quy định số 66-QĐ/TW của Ban Bí thư về thể loại, thẩm quyền ban hành văn bản", "Quy định số 66-QĐ/TW"),
        (("CV", "365-CV/ĐUK", None, "Đảng ủy Khối", "V/v tổ chức Tháng cao điểm."),
         "Công văn số 365-CV/ĐUK của Đảng ủy Khối về tổ chức Tháng cao điểm", "Công văn số 365-CV/ĐUK"),
        (("QĐ", "9/QĐ-UBND", None, "UBND tỉnh", "Về việc phê duyệt Đề án 06"),
         "Quyết định số 9/QĐ-UBND của UBND tỉnh về việc phê duyệt Đề án 06", "Quyết định số 9/QĐ-UBND"),
        (("TT", "01/2026/TT-BNV", None, "Bộ Nội vụ", "Quy định thời hạn bảo quản"),
         "Thông tư số 01/2026/TT-BNV của Bộ Nội vụ quy định thời hạn bảo quản", "Thông tư số 01/2026/TT-BNV"),
        (("TTLT", "01/2015/TTLT-VPCP-BNV", None, "Văn phòng Chính phủ và Bộ Nội vụ", "tổ chức văn phòng"),
         "Thông tư liên tịch số 01/2015/TTLT-VPCP-BNV của Văn phòng Chính phủ và Bộ Nội vụ về tổ chức văn phòng",
         "Thông tư liên tịch số 01/2015/TTLT-VPCP-BNV"),
        (("CTr", "02/CTPH-SYT-CAT", None, "Sở Y tế với Công an tỉnh", "an ninh bệnh viện"),
         "Chương trình số 02/CTPH-SYT-CAT giữa Sở Y tế với Công an tỉnh về an ninh bệnh viện",
         "Chương trình số 02/CTPH-SYT-CAT"),
        (("QC", "01-QCPH/UBND-BDV", None, "giữa UBND tỉnh và Ban Dân vận Tỉnh ủy", "“Công tác dân vận”"),
         "Quy chế số 01-QCPH/UBND-BDV giữa UBND tỉnh và Ban Dân vận Tỉnh ủy về “Công tác dân vận”",
         "Quy chế số 01-QCPH/UBND-BDV"),
        (("ĐL", None, None, "Đại hội XIII", "Điều lệ Công đoàn Việt Nam"),
         "Điều lệ Công đoàn Việt Nam của Đại hội XIII", "Điều lệ Công đoàn Việt Nam"),
        (("KL", "01", None, None, "Dân vận khéo"), "Kết luận số 01 về Dân vận khéo", "Kết luận số 01"),
        ((None, None, None, None, None), "", ""),
    ],
)  # fmt: skip
def test_mentions_are_generated_as_the_rule_says(record: tuple, first: str, later: str) -> None:
    """Decree 30/2020, Annex I.II.6.b: in full at first, then short; laws and ordinances by kind and name only."""
    kind, code, *_more, subject = record

    assert (first_mention(*record), later_mention(kind, code, subject)) == (first, later)


def test_a_mention_takes_the_name_of_a_kind_that_the_register_has_learned() -> None:
    assert later_mention("TL", "5/TL-SYT", None, "Thể lệ") == "Thể lệ số 5/TL-SYT"


def test_a_first_mention_reads_back_as_the_same_document() -> None:
    written = first_mention("KH", "48/KH-UBND", dt.date(2026, 2, 3), "UBND tỉnh", "ban hành quy chế thi đua")

    citation = parse(written)[0]

    assert isinstance(citation, Citation)
    assert (citation.full_form(), citation.short_form()) == (written, "Kế hoạch số 48/KH-UBND")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Căn cứ Luật Phổ biến, giáo dục pháp luật ngày 20/6/2012;", ["Phổ biến, giáo dục pháp luật"]),
        (
            "Tuyên truyền Luật Thực hiện dân chủ ở cơ sở, Luật Thi đua, khen thưởng và Luật Nghĩa vụ quân sự.",
            ["Thực hiện dân chủ ở cơ sở", "Thi đua, khen thưởng", "Nghĩa vụ quân sự"],
        ),
        ("theo Luật Phí và lệ phí và Luật Giá", ["Phí và lệ phí", "Giá"]),
        (
            "theo Luật Phòng, chống tham nhũng, Luật Tiếp công dân, các nghị định",
            ["Phòng, chống tham nhũng", "Tiếp công dân"],
        ),
    ],
)
def test_a_law_with_a_comma_or_va_in_its_name_is_read_whole(text: str, names: list[str]) -> None:
    assert [(found.kind, found.subject) for found in parse(text)] == [("L", name) for name in names]
