"""What holds for reading citations from any text at all."""

import gc
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directives.citations import identity_key, normalise_code, parse

PIECES = [
    "Nghị quyết", "công văn", "QUYẾT ĐỊNH", "Luật", "Luật Đất đai", "Bộ luật", "số", "số:", " ", "\u00a0", "\n",
    "\r\n", "25-NQ/TW", "12/QĐ-UBND",
    "30/2020/NÐ-CP", "1946/UBND-VXNV", "7/NQ - HĐND", "ngày 3/6/2013", "ngày 31/02/2024",
    "ngày   tháng 5 năm 2024", "(06/3/2020)", "của Bộ Chính trị",
    "giữa Sở A và Sở B", "do Chính phủ ban hành", "về việc", "về", "V/v", "“", "”", '"', "(", ")", ",", ";", ".",
    "./.", "và", "ban hành", "quy định",
    "Điều 5", "điểm a khoản 1", "\u00ad", "\u200b", "\ufeff", "\x00", "\ud800", "\u0301", "\u0323", "a", "1", "/",
    "-", "–", "\u2011",
]  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
)
OFTEN = settings(max_examples=150)


@OFTEN
@given(TEXTS)
def test_parse_never_fails_and_its_places_are_slices_of_the_nfc_text(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)

    citations = parse(text)

    assert [citation.text for citation in citations] == [
        composed[citation.start : citation.end] for citation in citations
    ]
    assert all(citation.start < citation.end for citation in citations)
    assert [citation.start for citation in citations] == sorted(citation.start for citation in citations)


@OFTEN
@given(TEXTS)
def test_parse_gives_the_same_for_nfd_and_nfc(text: str) -> None:
    assert parse(unicodedata.normalize("NFD", text)) == parse(unicodedata.normalize("NFC", text))


@OFTEN
@given(TEXTS)
def test_parse_gives_codes_in_their_canonical_spelling(text: str) -> None:
    for citation in parse(text):
        if citation.code:
            assert normalise_code(citation.code) == citation.code
            assert identity_key(citation.code) == identity_key(f" {citation.code.lower()} ")
            assert citation.code.startswith(citation.number or "?")


GROWING = [
    "Công tác dân vận trong tình hình mới. ", "25-NQ/TW ", "25-NQ/TW và ", "25-NQ/TW về ", "Nghị quyết số ",
    "Luật A, ", "“", "(", "1/", "A-", "12-A-", "ngày .",
    "Căn cứ Kế hoạch số 1/KH-UBND về a; b", "Luật Sửa đổi, bổ sung một số điều của Luật A và Luật B và ",
    "25-NQ/TW, điểm a khoản 1 ", " ", "\n", "e\u0301\u0323",
    "Quyết định số 1-QĐ/TW của Ban Chỉ đạo về Ban, ", "của X tại ", "Ngày 1/1/2024, Sở Y tế ban hành ",
    "Căn cứ A\nB của\n", "12/A -\nBC", "25-NQ/TW về “A”, ", "Sở A, tỉnh B đã ký 1-CV/TU ", "UBND TP. A ",
    "của Ban - Sở ", "Luật A năm ", "hồi 7 giờ ngày 1/2/2026 ",
]  # fmt: skip


@pytest.mark.parametrize("piece", GROWING)
def test_parse_takes_time_in_proportion_to_the_text(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        return min(_timed(text) for _ in range(2))

    small, large = seconds(5_000), seconds(40_000)

    assert large < max(24 * small, 0.1)  # eight times the text; three times as much again for a busy machine


def test_parse_of_a_long_run_of_combining_marks_is_quick() -> None:
    assert _timed("a" + "\u0301\u0323" * 100_000) < 5


def _timed(text: str) -> float:
    gc.collect()
    gc.disable()  # its rounds grow with everything the test run has in memory
    try:
        start = time.process_time()  # of this process alone: other programs on the machine do not count
        parse(text)
        return time.process_time() - start
    finally:
        gc.enable()
