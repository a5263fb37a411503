"""How a document is cited, made from its record (Decree 30/2020, Annex I.II.6.b).

First mention: kind, number and symbol, date, issuer, subject. Later: kind, number and symbol.
Laws and ordinances: kind and name only, without a number.
"""

import datetime as dt
import re

from .kinds import KIND_WORDS

_BY_NAME = {"L", "PL", "HP"}
_VERB = re.compile(
    r"(?:ban hành|quy định|hướng dẫn|sửa đổi|bổ sung|thực hiện|triển khai|phê duyệt|công bố|thành lập|kiện toàn|bãi bỏ"
    r"|thay thế)\b"
)


def kind_word(kind: str | None, code: str | None = None) -> str:
    """The word for a kind: "KH" → "Kế hoạch"; "" for none. An order of the President (…/L-CTN) is a Lệnh."""
    if kind == "L" and code and "/L-" in code:
        return "Lệnh"
    return KIND_WORDS[kind][0] if kind in KIND_WORDS else kind or ""


def long_date(date: dt.date) -> str:
    """ "ngày 05 tháng 02 năm 2026": days below 10 and the months 1 and 2 get a leading zero (Annex I.II.4)."""
    month = f"{date.month:02d}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


def first_mention(
    kind: str | None,
    code: str | None,
    date: dt.date | None = None,
    issuer: str | None = None,
    subject: str | None = None,
) -> str:
    """The full form: "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư"."""
    if kind in _BY_NAME and subject:
        return later_mention(kind, code, subject)
    parts = [later_mention(kind, code, subject)]
    if date:
        parts.append(long_date(date))
    if issuer:
        parts.append(f"của {issuer}")
    if subject:
        parts.append(subject if _VERB.match(subject) else f"về {subject}")
    return " ".join(parts)


def later_mention(kind: str | None, code: str | None, subject: str | None = None) -> str:
    """The short form: "Nghị định số 30/2020/NĐ-CP"; a law or an ordinance by its name, "Luật Lưu trữ"."""
    word = kind_word(kind, code)
    if kind in _BY_NAME and subject:
        if subject.lower().startswith(("luật ", "bộ luật ", "pháp lệnh ")):
            return subject
        return f"{word} {subject[0].upper()}{subject[1:]}"
    return f"{word} số {code}".strip() if code else word
