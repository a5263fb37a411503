# ruff: noqa: E501 (sentences of plans stay whole)
"""Nothing that stands in a plan is lost: every word of the source is somewhere in the draft."""

from __future__ import annotations

import io
import itertools
import json
import re
from collections.abc import Iterator

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.plan_reader import Unreadable, read

# What the layout says and the draft therefore need not: motto, kind, "Nơi nhận", heads of tables, "(đã ký)".
STATE = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
HEADS = ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian", "Sản phẩm"]
STRUCTURE = " ".join([*STATE, *HEADS, "KẾ HOẠCH", "Nơi nhận", "Số", "ngày tháng năm", "Đã ký"])

# Beginnings and words that make the stages decide: units, lead words, deadlines, posts, appendices, labels.
OPENINGS = [
    "", "Giao Văn phòng Sở chủ trì, ", "Các phòng, đơn vị thuộc Sở ", "Căn cứ Luật ", "Thực hiện Kế hoạch số 12/KH-UBND ngày 02/3/2026 của ",
    "Theo đề nghị của ", "Trên đây là ", "PHỤ LỤC ", "Phụ lục ", "Đơn vị chủ trì: ", "Thời gian: ", "Chương I ", "Điều 1. ", "Phần thứ nhất ",
    "TM. ", "KT. GIÁM ĐỐC ", "GIÁM ĐỐC ", "Lưu: ", "(Kèm theo ", "Mục đích: ", "Dự thảo ", "Ghi chú: ", "Kế hoạch này ", "V/v ", "Trang ",
]  # fmt: skip
ENDINGS = [
    "",
    ".",
    ";",
    ":",
    ",",
    " như sau:",
    "./.",
    " trước ngày 20/10/2026.",
    " hằng tháng;",
    " (đã ký)",
    " và",
    " 20",
]
MARKERS = [
    "",
    "I. ",
    "II. ",
    "III. ",
    "1. ",
    "2. ",
    "1.1. ",
    "a) ",
    "b) ",
    "- ",
    "+ ",
    "• ",
    "A. ",
    "(1) ",
    "I- ",
    "* ",
]
_LETTERS = "bcdghklmnpqrstvx"


def unique_words() -> Iterator[str]:
    """Words that stand nowhere else, so that a lost paragraph cannot hide behind another."""
    for letters in itertools.product(_LETTERS, repeat=3):
        yield "zu" + "".join(letters)


@st.composite
def paragraphs(draw, least=0, most=14):
    """Paragraphs as (marker, opening, words, ending), their words still to be named."""
    piece = st.tuples(
        st.sampled_from(MARKERS), st.sampled_from(OPENINGS), st.integers(1, 12), st.sampled_from(ENDINGS), st.booleans()
    )
    return draw(st.lists(piece, min_size=least, max_size=most))


def written(pieces, words: Iterator[str]) -> list[str]:
    lines = []
    for marker, opening, count, ending, capitals in pieces:
        text = " ".join(itertools.islice(words, count))
        lines.append(f"{marker}{opening}{text.upper() if capitals else text}{ending}")
    return lines


@st.composite
def plans(draw):
    """Lines of head, body and foot in a plausible or an odd order, and rows of a table."""
    words = unique_words()
    head = ["UBND TỈNH X", "SỞ Y", *STATE, "Số: 12/KH-SY", "Hà Tân, ngày 02 tháng 3 năm 2026"]
    body = written(draw(paragraphs(1)), words)
    rows = [
        [next(words) if draw(st.booleans()) else "" for _ in HEADS]
        for _ in range(draw(st.integers(0, 5)))
    ]  # fmt: skip
    foot = [
        "Nơi nhận:", f"- {next(words)};", f"- Lưu: {next(words)}.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê Văn Tám",
    ]  # fmt: skip
    strays = written(draw(paragraphs(0, 3)), words)
    place = draw(st.sampled_from(["head", "after", "none"]))
    head = head + strays if place == "head" else head
    after = strays if place == "after" else []
    return head, ["KẾ HOẠCH", f"Về {next(words)}", *body], rows, foot if draw(st.booleans()) else [], after


def words_of(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W_]+", text)}


def lost(data: bytes, name: str, source: str) -> set[str]:
    """The words of the source that are nowhere in what `read_plan` prints; none for a file that is refused."""
    try:
        draft = read(data, name).as_dict()
    except Unreadable:
        return set()
    printed = json.dumps(draft, ensure_ascii=False)
    return {word for word in words_of(source) - words_of(printed) - words_of(STRUCTURE) if not word.isdigit()}


@settings(max_examples=150)
@given(plans())
def test_every_word_of_a_text_is_in_the_draft(plan):
    head, body, rows, foot, after = plan
    table = [" | ".join(HEADS), *(" | ".join(row) for row in rows)] if rows else []
    text = "\n".join([*head, "", *body, "", *table, "", *foot, *after])
    assert lost(text.encode(), "a.txt", text) == set()


@settings(max_examples=60)
@given(plans())
def test_every_word_of_a_word_file_is_in_the_draft(plan):
    head, body, rows, foot, after = plan
    document = docx.Document()
    for line in [*head, *body]:
        document.add_paragraph(line)
    if rows:
        table = document.add_table(0, len(HEADS))
        for row in [HEADS, *rows]:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    for line in [*foot, *after]:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    source = "\n".join([*head, *body, *itertools.chain(*rows), *foot, *after])
    assert lost(stream.getvalue(), "a.docx", source) == set()
