"""How a document is cited, made from its record (Decree 30/2020, Annex I.II.6.b).

First mention: kind, number and symbol, date, issuer, subject. Later: kind, number and symbol.
Laws and ordinances: kind and name only, without a number.
"""

import datetime as dt
import re

from . import words
from .kinds import KIND_WORDS

BY_NAME = frozenset({"L", "PL", "HP"})
"""Kinds that are cited by their name: laws, ordinances, the Constitution."""
_LEAD = re.compile(r"(?:v\s?/\s?v|về\s+việc|về)\s*:?\s+", re.IGNORECASE)
_VERB = re.compile(rf"(?:{words.VERBS})(?!\w)", re.VERBOSE)
# What an act does needs no "về" before it: "Quyết định số … của Ủy ban nhân dân tỉnh ban hành Quy chế …".
_ACT = re.compile(
    r"(?:ban hành|quy định|hướng dẫn|sửa đổi|bổ sung|thực hiện|triển khai|phê duyệt|công bố|thành lập|kiện toàn|bãi bỏ"
    r"|thay thế)\b"
)
_BETWEEN = re.compile(r"(?:giữa\s+)?(?P<bodies>.+\s(?:với|và)\s.+)", re.DOTALL)


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
    word: str | None = None,
) -> str:
    """The full form: "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư".

    `word` names a kind that this package does not know.
    """
    if kind in BY_NAME and subject:
        return later_mention(kind, code, subject)
    parts = [later_mention(kind, code, subject, word), long_date(date) if date else "", _of(issuer or "", code or "")]
    parts.append(_about(subject or "") if code else "")
    return " ".join(part for part in parts if part)


def later_mention(kind: str | None, code: str | None, subject: str | None = None, word: str | None = None) -> str:
    """The short form: "Nghị định số 30/2020/NĐ-CP"; what has no number, and a law or an ordinance, by its name."""
    word = word or kind_word(kind, code)
    if code and not (kind in BY_NAME and subject):
        return f"{word} số {code}".strip()
    name = _LEAD.sub("", (subject or "").strip(), count=1)
    if not name or name.lower().startswith((f"{word.lower()} ", "bộ luật ")):
        return name or word
    return f"{word} {name[0].upper()}{name[1:]}" if kind in BY_NAME else f"{word} {name}"


def _of(issuer: str, code: str) -> str:
    """Who issued it: "của Chính phủ"; a programme of two bodies is "giữa" them."""
    together = _BETWEEN.fullmatch(issuer)
    if together and (issuer.startswith("giữa ") or " với " in issuer or "PH/" in code):
        return f"giữa {together['bodies']}"
    return f"của {issuer}" if issuer else ""


def _about(subject: str) -> str:
    """What it is about, in the middle of a sentence: "về công tác văn thư", "phê duyệt Đề án …", "“Tên”"."""
    lead = _LEAD.match(subject)
    about = subject[lead.end() if lead else 0 :].rstrip(" .;/")
    lowered = about[:1].lower() + about[1:]
    if not _VERB.match(lowered):
        return f"về {about}" if about else ""
    if _ACT.match(lowered):
        return f"về việc {lowered}" if lead else lowered
    return f"về {lowered}"
