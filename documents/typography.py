"""What the layout rule makes of typed words: capitals, leading zeros, dashes, end marks, words that stay on one line.

Pure functions on text. Nothing here is stored: the words of a document stay as they were typed, only their printed form
follows the rule (NĐ 30/2020/NĐ-CP, Phụ lục I). "ủy" and "uỷ" are both kept as typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import accumulate, pairwise
from math import inf
from pathlib import Path

from PIL import ImageFont

from documents.compound_words import TOGETHER

FONT_FOLDER = Path(__file__).resolve().parent / "fonts"
NBSP = "\u00a0"
BLANK = NBSP * 6
POINTS_PER_MM = 72 / 25.4

_LETTERS = (*range(0xC0, 0xDE), *range(0x102, 0x1F0), *range(0x1EA0, 0x1EFA))
CAPITALS = "A-Z" + "".join(chr(code) for code in _LETTERS if chr(code).isupper())
# What must not be torn apart at the end of a line: "số 25-NQ/TW", "ngày 03/6/2013", "tháng 10 năm 2023",
# "(15/10/1930-15/10/2023)", "khoản 2 Điều 5", "12 %", "TM. ỦY". Not: "số liệu", "năm học".
# "đồng chí Phạm Quang Hưng". Not: "đồng chí Bí thư".
KEPT_TOGETHER = re.compile(
    r"""
      \(?\b\d{1,2}/\d{1,2}(?:/\d{4})?\s?[-–]\s?\d{1,2}/\d{1,2}/\d{4}\)?
    | \b[Nn]gày\s+\d{1,2}(?:\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?|/\d{1,2}(?:/\d{4})?)?
    | \b[Tt]háng\s+\d{1,2}(?:/\d{4}|\s+năm\s+\d{4})?
    | \b[Nn]ăm\s+\d{4}\b
    | \b[Ss]ố:?\s+\d+[\w./-]*\w
    | \b\d+[A-ZĐ]*[/-][A-ZĐ][\w/-]*\w
    | \b(?:[Đđ]iều|[Kk]hoản|[Pp]hụ\slục)\s+[\dIVX]+\b
    | \b(?:(?:TM|KT|TL|TUQ|Q)\.|[TK]/[ML]|K/T)\s+\w+
    | \b(?:[Đđ]ồng\schí|[Ôô]ng|[Bb]à)(?:\s+[CAPITALS]\w*){2,5}
    | \b[\d.,]*\d\s%
    """.replace("CAPITALS", CAPITALS),
    re.VERBOSE,
)
TRAILING_MARKS = re.compile(r"[,;:.!?)”\"’/]+")
END_PUNCTUATION = " .;,:/"


def nfc(text: str) -> str:
    """The text in Unicode NFC with runs of white space made one space, ends trimmed; line breaks become spaces."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def lines_nfc(text: str) -> tuple[str, ...]:
    """The lines of a table cell, each in NFC."""
    return tuple(nfc(line) for line in text.splitlines()) or ("",)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `is_kept` when no line may end inside it."""

    text: str
    is_kept: bool = False


def pieces(text: str) -> tuple[Piece, ...]:
    """The text cut into stretches that may and may not be broken; joined they are the text again."""
    found: list[Piece] = []
    position = 0
    for match in KEPT_TOGETHER.finditer(text):
        start, end = match.span()
        if start < position:
            continue
        marks = TRAILING_MARKS.match(text, end)
        end = marks.end() if marks else end
        if start > position:
            found.append(Piece(text[position:start]))
        found.append(Piece(text[start:end], is_kept=True))
        position = end
    if position < len(text):
        found.append(Piece(text[position:]))
    return tuple(found)


def upper(text: str) -> str:
    """The text in capitals, NFC."""
    return nfc(text).upper()


def running_number(number: str | int) -> str:
    """Number with a leading zero below 10 ("5" → "05"); text that is no number stays (Phụ lục I, II.3)."""
    text = str(number).strip()
    return text.zfill(2) if text.isdecimal() else text


def number_line(number: str | int | None, symbol: str, *, label: str = "Số:", joiner: str = "/") -> str:
    """Such as "Số: 05/KH-SKHCN" or, of the Party, "Số 05-NQ/ĐU"; with a blank while no number is given (II.3)."""
    filled = BLANK if number is None or not str(number).strip() else running_number(number)
    return f"{label}{NBSP}{filled}{joiner}{nfc(symbol).replace(' ', '')}"


def padded_month(month: int) -> str:
    """Months 1 and 2 take a leading zero, the others not (Phụ lục I, II.4)."""
    return f"{month:02d}" if month < 3 else str(month)


def day_words(day: date) -> str:
    """Such as "ngày 05 tháng 3 năm 2023" (Phụ lục I, II.4)."""
    return f"ngày {day.day:02d} tháng {padded_month(day.month)} năm {day.year}"


def date_line(place: str, day: date | None, *, month: int | None = None, year: int | None = None) -> str:
    """Such as "Hà Nam, ngày 05 tháng 3 năm 2023"; what is not known yet stays blank (Phụ lục I, II.4)."""
    if day is not None:
        return f"{nfc(place)}, {day_words(day)}".replace(" ", NBSP)
    shown_month = BLANK if month is None else padded_month(month)
    shown_year = BLANK if year is None else str(year)
    return f"{nfc(place)}, ngày {BLANK} tháng {shown_month} năm {shown_year}".replace(" ", NBSP)


def without_dash(text: str) -> str:
    """A list line without the dash people type before it."""
    return re.sub(r"^[-–•+]\s*", "", nfc(text))


def closed_list(lines: Iterable[str]) -> tuple[str, ...]:
    """Lines that end with ";" each and the last with "." whatever was typed (Phụ lục I, II.6.b, II.9)."""
    bare = [without_dash(line).rstrip(END_PUNCTUATION) for line in lines]
    bare = [line for line in bare if line]
    return tuple(f"{line}{'.' if index == len(bare) - 1 else ';'}" for index, line in enumerate(bare))


def archive_line(line: str, drafting_unit: str = "") -> str:
    """Such as "Lưu: VT, VP" from what was typed as "Lưu : VT" and the drafting unit (Phụ lục I, II.9.b)."""
    rest = re.sub(r"^[Ll]ưu\s*:?\s*", "", line)
    parts = [part.strip() for part in rest.rstrip(END_PUNCTUATION).split(",") if part.strip()] or ["VT"]
    if drafting_unit and len(parts) == 1:
        parts.append(nfc(drafting_unit))
    return f"Lưu: {', '.join(parts)}"


COMMITTEE = re.compile(r"(?:Đảng|Tỉnh|Thành|Huyện|Quận|Thị|Đoàn) (?:ủy|uỷ)\b|Chi bộ\b|Đảng bộ\b", re.IGNORECASE)


def party_archive_line(line: str, issuing_body: str) -> str:
    """Such as "Lưu Đảng ủy", without colon and without VT, of a Party body (HD 05-HD/VPTW)."""
    rest = re.sub(r"^[Ll]ưu\s*:?\s*", "", line)
    rest = "" if re.match(r"VT\b", rest) else rest.rstrip(END_PUNCTUATION)
    committee = COMMITTEE.match(nfc(issuing_body))
    return f"Lưu {rest or (committee.group().capitalize() if committee else 'Văn phòng')}"


def recipient_lines(
    recipients: Sequence[str], *, drafting_unit: str = "", has_addressees: bool = False, party_body: str = ""
) -> tuple[str, ...]:
    """Nơi nhận without dashes: "Như trên;" first when the document is addressed, "Lưu: VT, …." last (II.9.b).

    With `party_body`, the name of a Party body, the last line is as the Party writes it.
    """
    cleaned = [without_dash(line).rstrip(END_PUNCTUATION) for line in recipients]
    archive = [line for line in cleaned if re.match(r"lưu\b", line, re.IGNORECASE)]
    others = [line for line in cleaned if line and line not in archive]
    if has_addressees and not any(line.lower() == "như trên" for line in others):
        others.insert(0, "Như trên")
    kept = archive[-1] if archive else ""
    last = party_archive_line(kept, party_body) if party_body else archive_line(kept, drafting_unit)
    return closed_list([*others, last])


PARTY_AUTHORITY = {"TM.": "T/M", "KT.": "K/T", "TL.": "T/L"}


def party_authority(lines: Sequence[str], *, deputies_sign_for_committees: bool) -> tuple[str, ...]:
    """T/M, K/T, T/L for TM., KT., TL.; under HD 05-HD/VPTW a deputy signs for the committee without K/T."""
    shown = tuple(re.sub(r"^(TM|KT|TL)\.", lambda found: PARTY_AUTHORITY[found.group()], nfc(line)) for line in lines)
    if deputies_sign_for_committees and any(line.startswith("T/M") for line in shown):
        shown = tuple(line for line in shown if not line.startswith("K/T"))
    return shown


def marker(text: str, marks: tuple[str, str]) -> str:
    """The marker of a heading or an item as the rule writes it: "I." or "I-", "1." or "1-"; others stay."""
    shown = nfc(text)
    if re.fullmatch(r"[IVXLC]+\.", shown):
        return shown[:-1] + marks[0]
    return shown[:-1] + marks[1] if re.fullmatch(r"\d+\.", shown) else shown


def with_end_mark(text: str, mark: str = "./.") -> str:
    """The last paragraph with the mark that closes the document, once."""
    return nfc(text).rstrip(END_PUNCTUATION) + mark


def shortened_parent(name: str) -> str:
    """The parent body in capitals with its common words abbreviated, for a column too narrow (Phụ lục I, II.2.a)."""
    return re.sub(r"^(?:ỦY|UỶ) BAN NHÂN DÂN\b", "UBND", upper(name))


def letter_subject(title: str, lead: str = "V/v") -> str:
    """Trích yếu of a công văn, which starts with "V/v" (Phụ lục I, II.5.b) or with "về việc" of the Party."""
    text = re.sub(r"^(V/v|Về việc)\s+", "", nfc(title), flags=re.IGNORECASE)
    return f"{lead} {text}"


def roman(number: int) -> str:
    """A Roman number from 1 to 3999."""
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    signs = ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I")
    result = ""
    for value, sign in zip(values, signs, strict=True):
        while number >= value:
            result += sign
            number -= value
    return result


@lru_cache(maxsize=4)
def _font(style: str) -> ImageFont.FreeTypeFont:
    """The bundled font at 100 px, to measure with."""
    return ImageFont.truetype(str(FONT_FOLDER / f"Tinos-{style}.ttf"), 100, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=4096)
def width_mm(text: str, size: float, style: str = "Regular") -> float:
    """Printed width of one line; `style` is Regular, Bold, Italic or BoldItalic."""
    return float(_font(style).getlength(text)) / 100 * size / POINTS_PER_MM


def _words(text: str) -> list[str]:
    """The unbreakable units of a line."""
    units: list[str] = []
    glued = "".join(piece.text.replace(" ", NBSP) if piece.is_kept else piece.text for piece in pieces(text))
    units.extend(unit for unit in glued.split(" ") if unit)
    return units


def _fill(widths: Sequence[float], space: float, limit: float) -> list[int]:
    """How many units stand on each line when lines are filled one after another up to the limit."""
    counts: list[int] = []
    used = 0.0
    for width in widths:
        if counts and used + space + width <= limit:
            counts[-1] += 1
            used += space + width
        else:
            counts.append(1)
            used = width
    return counts


TORN = 0.1  # what tearing a word costs, as unevenness of the lines


LEADING = frozenset({"và", "của", "với"})
"""Words that begin the line rather than end it."""


def _is_torn(units: Sequence[str], place: int) -> bool:
    """Would a line end within a word or a name, or on a word that leads on, before this unit?"""
    before, after = units[place - 1], units[place]
    is_name = before.istitle() and after.istitle()
    return is_name or before.lower() in LEADING or f"{before} {after}".lower().strip('“”"().,;:') in TOGETHER


def torn(lines: Sequence[str]) -> int:
    """How many of the lines end within a word or a name, or on a word that leads on."""
    ends = [(line.split(" ")[-1], following.split(" ")[0]) for line, following in pairwise(lines)]
    return sum(_is_torn(each, 1) for each in ends)


def _best_breaks(units: Sequence[str], shares: Sequence[float], space: float, count: int) -> list[int]:
    """Where each of `count` lines begins: the least uneven way within the limit, words torn counted in; shares are the
    units' widths as parts of the limit."""
    total = len(units)
    ends = [0.0, *accumulate(share + space for share in shares)]

    def cost(first: int, until: int) -> float:
        width = ends[until] - ends[first] - space
        too_wide = width > 1 and until - first > 1
        return inf if too_wide else width * width + (TORN if first and _is_torn(units, first) else 0)

    best: list[tuple[float, list[int]]] = [(cost(0, until) if until else inf, [0]) for until in range(total + 1)]
    for _line in range(count - 1):
        best = [
            min(
                ((best[first][0] + cost(first, until), [*best[first][1], first]) for first in range(1, until)),
                key=lambda each: each[0], default=(inf, [0]),
            )
            for until in range(total + 1)
        ]  # fmt: skip
    return best[total][1]


@lru_cache(maxsize=1024)
def balanced(text: str, limit: float, size: float, style: str = "Regular") -> tuple[str, ...]:
    """The text in as few lines as fit `limit` millimetres, as even as can be without tearing words (centred titles)."""
    units = _words(nfc(text))
    widths = [width_mm(unit, size, style) for unit in units]
    space = width_mm(" ", size, style)
    count = len(_fill(widths, space, limit))
    if count <= 1:
        return (" ".join(units),) if units else ()
    starts = _best_breaks(units, [width / limit for width in widths], space / limit, count)
    return tuple(" ".join(units[first:until]) for first, until in zip(starts, [*starts[1:], len(units)], strict=True))


def fitted(text: str, limit: float, size: float, style: str = "Regular") -> tuple[str, ...]:
    """As `balanced`; a word that is longer than a line goes on in the next one."""
    parts = (part for word in nfc(text).split(" ") for part in _parts(word, limit, size, style))
    return balanced(" ".join(parts), limit, size, style)


def _parts(word: str, limit: float, size: float, style: str) -> Iterator[str]:
    while (width := width_mm(word, size, style)) > limit:
        end = max(1, int(len(word) * limit / width))
        while end > 1 and width_mm(word[:end], size, style) > limit:
            end -= 1
        yield word[:end]
        word = word[end:]
    yield word
