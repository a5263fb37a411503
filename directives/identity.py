"""When two mentions are one document: issuer, code and year or term (DOMAIN 0.2). Reads only."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from directives.citations import identity_key
from directives.models import Directive, Validity
from units.models import Unit

# Usual abbreviations of issuers, as keys; read as their words when two issuers are compared.
SHORT_ISSUERS = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "bch": "ban chap hanh",
    "tw": "trung uong",
    "ttcp": "thu tuong chinh phu",
    "mttq": "mat tran to quoc",
    "btv": "ban thuong vu",
    "ub": "uy ban",
}


def folded(text: str) -> str:
    """`text` as a key: no marks, đ → d, lower, one space between words. Both tone placements give one key."""
    bare = unicodedata.normalize("NFD", text.replace("Ð", "Đ").replace("ð", "đ").replace("đ", "d").replace("Đ", "D"))
    kept = "".join(char for char in bare if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in kept.lower()).split())


def issuer_key(issuer: str | None) -> str:
    """The issuer as a key, without the term in brackets: "Ban Chấp hành Trung ương Đảng (khóa XI)"."""
    return folded((issuer or "").split("(")[0])[:300]


def code_key(kind: str, code: str | None, subject: str | None) -> str:
    """The key of a document: its code folded, or the name of a law that is cited by name only."""
    return identity_key(code) if code else f"{folded(kind)}:{folded(subject or '')}"[:300]


def same_issuer(one: str, other: str) -> bool:
    """May two issuer keys mean one body? "tinh uy" may be "tinh uy ha nam"; "so y te" is not "so noi vu"."""
    words = [set(" ".join(SHORT_ISSUERS.get(word, word) for word in key.split()).split()) for key in (one, other)]
    return words[0] <= words[1] or words[1] <= words[0]


PARTY = re.compile(r"\d+[^\W\d_]?-")
"""A Party code writes "-" behind its number: 365-CV/ĐUK."""


def runs(code: str, day: date) -> set[int]:
    """The runs of numbers a document of this code and day may stand in: State numbers run through a year (NĐ 30/2020
    Điều 15.1), Party numbers through a term of five years.

    Central congresses meet in January of 2021, 2026 …, local ones from May on in 2020, 2025 …: then two are possible.
    """
    if not PARTY.match(code):
        return {day.year}
    if code.upper().endswith("TW"):
        term = (day.year - 1) // 5
        return {term - 1, term} if day.year % 5 == 1 and day.month == 1 else {term}
    term = day.year // 5
    if day.year % 5:
        return {term}
    return {term - 1, term} if day.month >= 5 else {term - 1}


def may_be_one(code: str, one: date | None, other: date | None) -> bool:
    """May two mentions of a code be one document with a wrong day somewhere? Not in different years (terms)."""
    return one is None or other is None or bool(runs(code, one) & runs(code, other))


@dataclass(frozen=True)
class Match:
    """What the register knows of a mention: the document, or others of the same code that may be meant."""

    directive: Directive | None
    doubts: tuple[Directive, ...] = ()


def match(
    *, organisation: Unit, kind: str, code: str | None, subject: str | None, dated_on: date | None, issuer: str | None,
    strict_issuer: bool = False, apart_from: int | None = None,
) -> Match:  # fmt: skip
    """Find a document however it is typed. The same code with another day of that year (of that term for the Party) is
    a doubt, never merged silently, until a person says that both are one (`doubts.merge`) or two.

    A mention without a date means the one document of that code; several of them are doubts. A running text that gives
    code and day means that document whatever it calls the issuer; `strict_issuer` makes another issuer a doubt
    (for forms, where a person decides). `apart_from` leaves one row out.
    """
    rows = list(
        Directive.objects.filter(organisation=organisation, code_key=code_key(kind, code, subject))
        .filter(~Q(validity=Validity.WITHDRAWN) | Q(same_as__isnull=False))
        .exclude(Q(pk=apart_from or 0) | Q(same_as=apart_from or 0))
        .select_related("kind", "same_as__kind")
        .order_by("id")
    )
    same = [row for row in rows if row.same_as is None]
    wanted = issuer_key(issuer)
    agreeing = [row for row in rows if same_issuer(wanted, row.issuer_key)]
    exact = [row for row in rows if row.dated_on == dated_on] if dated_on and not strict_issuer else []
    exact = [row for row in agreeing if row.dated_on == dated_on] or exact
    is_open = dated_on is None or all(row.dated_on is None for row in same)
    likely = [row for row in agreeing if row.same_as is None] if is_open else []
    for found in (exact, likely):
        meant = {row.same_as or row for row in found}
        if len(meant) == 1:
            return Match(meant.pop())
    return Match(None, tuple(row for row in same if may_be_one(row.code, row.dated_on, dated_on)))
