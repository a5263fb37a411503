"""The head of an incoming document → the fields of the register's form: pure but for the bytes it is given.

Only the first page (PDF) or the first paragraphs (Word) are read; a scan without text says nothing.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import docx
import pypdfium2
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table
from docx.text.paragraph import Paragraph

from directives.citations import normalise_code
from directives.citations.codes import CODE
from directives.citations.kinds import kind_of_word
from directives.citations.reading import plain
from directives.files import DOCX, PDF
from documents.pictures import PDFIUM

MOST_LINES = 60
MOST_XML = 20 * 1024 * 1024
LEFT, RIGHT, MIDDLE, BODY = "left", "right", "middle", "body"


@dataclass(frozen=True)
class Line:
    """A line of the page's head and where it stands."""

    text: str
    place: str


@dataclass(frozen=True)
class Head:
    """What the head of a document says; empty where it says nothing that was understood."""

    kind: str = ""
    code: str = ""
    dated_on: date | None = None
    issuer: str = ""
    subject: str = ""

    @property
    def is_empty(self) -> bool:
        return self == Head()


def read(media_type: str, data: bytes) -> Head:
    """The head of a PDF with a text layer or of a Word file; an empty one for anything else or for a broken file."""
    if media_type == PDF:
        return recognise(pdf_lines(data))
    return recognise(docx_lines(data)) if media_type == DOCX else Head()


# --- lines of a file --------------------------------------------------------------------------------------------------
def pdf_lines(data: bytes) -> list[Line]:
    """The first page's lines, left and right columns apart."""
    with PDFIUM:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError:
            return []
        try:
            return list(_page_lines(document[0])) if len(document) else []
        finally:
            document.close()


def _page_lines(page: pypdfium2.PdfPage) -> Iterator[Line]:
    width = page.get_width()
    text = page.get_textpage()
    rows: dict[int, list[tuple[float, float, str]]] = {}
    for number in range(min(text.count_rects(), 12 * MOST_LINES)):
        left, bottom, right, top = text.get_rect(number)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        if words:
            middle = round((bottom + top) / 2)
            near = next((y for y in rows if abs(y - middle) <= 4), middle)
            rows.setdefault(near, []).append((left, right, words))
    for y in sorted(rows, reverse=True)[:MOST_LINES]:
        for left, right, words in _joined(sorted(rows[y])):
            yield Line(" ".join(plain(words).split()), _place(left, right, width))


def _joined(pieces: list[tuple[float, float, str]]) -> Iterator[tuple[float, float, str]]:
    """Pieces of one line put together where no wide gap (a column's) lies between them."""
    start, end, words = pieces[0]
    for left, right, more in pieces[1:]:
        if left - end > 14:
            yield start, end, words
            start, words = left, more
        else:
            words = f"{words}{' ' if left - end > 1.2 else ''}{more}"
        end = right
    yield start, end, words


def _place(left: float, right: float, width: float) -> str:
    middle = (left + right) / 2 / width
    if middle < 0.42 and right < 0.56 * width:
        return LEFT
    return RIGHT if middle > 0.58 and left > 0.4 * width else MIDDLE


def docx_lines(data: bytes) -> list[Line]:
    """The first paragraphs; a table's cells are its columns, left and right."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo("word/document.xml").file_size > MOST_XML:
                return []
        blocks = docx.Document(io.BytesIO(data)).iter_inner_content()
        return [line for _number, line in zip(range(MOST_LINES), _docx_lines(blocks), strict=False)]
    except (KeyError, ValueError, zipfile.BadZipFile, SyntaxError):  # lxml's errors are SyntaxErrors
        return []


def _docx_lines(blocks: Iterator[Paragraph | Table]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _paragraph_lines(block, MIDDLE)
            continue
        for row in block.rows[:10]:
            cells = row.cells
            for cell in dict.fromkeys(cells):
                place = LEFT if cell is cells[0] else RIGHT
                for paragraph in cell.paragraphs:
                    yield from _paragraph_lines(paragraph, place if len(cells) > 1 else MIDDLE)


def _paragraph_lines(paragraph: Paragraph, place: str) -> Iterator[Line]:
    for text in plain(paragraph.text).split("\n"):
        words = " ".join(text.split())
        if not words:
            continue
        is_body = place == MIDDLE and paragraph.alignment not in (WD_ALIGN_PARAGRAPH.CENTER, None)
        yield Line(words, BODY if is_body else place)


# --- what the lines say -----------------------------------------------------------------------------------------------
NUMBER = re.compile(r"^Số\s*:?\s*(?P<code>.+)$", re.IGNORECASE)
DAY = re.compile(r"ngày\s*(?P<day>\d{1,2})\s*tháng\s*(?P<month>\d{1,2})\s*năm\s*(?P<year>\d{4})", re.IGNORECASE)
NATION = re.compile(r"CỘNG H[ÒO]|ĐỘC LẬP|ĐẢNG CỘNG SẢN VIỆT NAM", re.IGNORECASE)
ABOUT = re.compile(r"^(?:V/v|Về việc|về)\s*:?\s*(?P<subject>.+)$", re.IGNORECASE)
BEGINS_BODY = re.compile(
    r"^(?:Căn cứ|Thực hiện|Thi hành|Kính gửi|Theo |Nhằm |Để |Ngày |Trong |Phần |Chương |Điều 1|I[.-]|1[.-]|[-_]{3,})"
)
BODIES = re.compile(
    r"^(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|SỞ|BỘ|BAN|ĐẢNG ỦY|ĐẢNG UỶ|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|THÀNH UỶ|HUYỆN ỦY|"
    r"VĂN PHÒNG|CỤC|CHI CỤC|TỔNG CỤC|VIỆN|TRUNG TÂM|TRƯỜNG|CÔNG AN|LIÊN ĐOÀN|HỘI|ĐOÀN|TÒA ÁN|THANH TRA|PHÒNG|CHÍNH PHỦ|"
    r"QUỐC HỘI|THỦ TƯỚNG|MẶT TRẬN|BCH|BẢO HIỂM|KHO BẠC|NGÂN HÀNG|CHI BỘ|ĐẢNG BỘ)\b"
)
PLACE = re.compile(r"\b(?P<of>(?:tỉnh|thành|huyện) [ủu][ỷy]|tỉnh|huyện|quận|xã|phường|thành phố) (?P<name>[^,;(]+)$")
FIELD = re.compile(r"(?<=^sở )\w|(?<=^bộ )\w|(?<=^ban )\w|(?<=^cục )\w|(?<=^thanh tra )\w")
CAPITALS = ("đảng", "khối", "quốc hội", "thủ tướng chính phủ", "nhân dân tối cao")


def recognise(lines: list[Line]) -> Head:
    """The fields that a head's lines give; a head without "Số" gives what else it has."""
    lines = [line for line in lines if line.text.strip("*_- ")]
    number = next((place for place, line in enumerate(lines) if NUMBER.match(line.text)), None)
    code = _code(lines[number].text) if number is not None else ""
    dated = next((found for line in lines if (found := DAY.search(line.text))), None)
    kind, subject = _title(lines, number)
    return Head(
        kind=kind, code=code, dated_on=_day(dated) if dated else None, subject=subject,
        issuer=_issuer(lines[:number]) if number is not None else "",
    )  # fmt: skip


def _code(text: str) -> str:
    found = NUMBER.match(text)
    code = CODE.search(normalise_code(found["code"])) if found else None
    return normalise_code(code.group()) if code else ""


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _title(lines: list[Line], number: int | None) -> tuple[str, str]:
    """Kind and subject: a kind's name in capitals with its subject below, or "V/v …" below the number (a letter)."""
    for place, line in enumerate(lines):
        kind = kind_of_word(line.text) if line.text.isupper() and line.place == MIDDLE else None
        if kind:
            return kind, _subject(lines[place + 1 :], MIDDLE)
    below = lines[number + 1 :] if number is not None else []
    left = [line for line in below if line.place == LEFT]
    if left and ABOUT.match(left[0].text):
        return "CV", _subject(left, LEFT)
    return "", ""


def _subject(lines: list[Line], place: str) -> str:
    taken: list[str] = []
    for line in lines[:8]:
        if line.place != place or BEGINS_BODY.match(line.text):
            if line.place in (RIGHT, LEFT) and place == MIDDLE and not taken:
                continue
            break
        taken.append(line.text)
    words = " ".join(taken).strip("* -")
    about = ABOUT.match(words)
    return (about["subject"] if about else words)[:2000]


def _issuer(lines: list[Line]) -> str:
    """The lower of the bodies on the left, as running text writes it: "ĐẢNG ỦY KHỐI …" → "Đảng ủy Khối …"."""
    bodies: list[str] = []
    for line in lines:
        if line.place == RIGHT or NATION.search(line.text) or DAY.search(line.text):
            continue
        if BODIES.match(line.text.upper()) or not bodies:
            bodies.append(line.text)
        else:
            bodies[-1] += f" {line.text}"
    return _as_running_text(bodies[-1].strip("* ")) if bodies else ""


def _named_place(found: re.Match[str]) -> str:
    of = found["of"]
    return f"{of[0].upper() + of[1:] if ' ' in of and of != 'thành phố' else of} {found['name'].title()}"


def _as_running_text(name: str) -> str:
    if not name.isupper():
        return name
    words = PLACE.sub(_named_place, name.lower())
    for capital in CAPITALS:
        words = re.sub(rf"\b{capital}\b", capital.capitalize(), words)
    words = FIELD.sub(lambda found: found.group().upper(), words)
    return words[:1].upper() + words[1:]
