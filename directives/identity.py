"""When two mentions are one document: issuer, code and year or term (DOMAIN 0.2). Reads only."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from directives.citations import BY_NAME, Citation, identity_key
from directives.models import Directive, Validity
from units.models import Unit
from units.reading import only_columns

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

CURRENT = (Validity.IN_FORCE, Validity.AMENDED)


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


def name_key(kind: str, subject: str) -> str:
    """The key of what is cited by its name: "Luật Đất đai" and "Đất đai" are one law."""
    name = folded(subject)
    for word in ("bo luat ", "luat ", "phap lenh "):
        name = name.removeprefix(word)
    return code_key(kind, None, name)


@dataclass(frozen=True)
class Mention:
    """A document as a text or a form names it."""

    kind: str
    code: str | None
    subject: str | None
    dated_on: date | None
    issuer: str | None

    @classmethod
    def of(cls, citation: Citation, *, otherwise: str) -> "Mention":
        """The mention that a citation makes; `otherwise` is the kind where the text names none."""
        return cls(
            citation.kind or otherwise, citation.code, citation.subject, citation.date, citation.issuer
        )

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys under which the document may stand: its code, or its name as written and without "Luật"."""
        written = code_key(self.kind, self.code, self.subject)
        return (written,) if self.code else (written, name_key(self.kind, self.subject or ""))


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
    mention = Mention(kind, code, subject, dated_on, issuer)
    rows = _candidates([mention], organisation_id=organisation.pk)
    return _chosen(mention, rows, strict_issuer=strict_issuer, apart_from=apart_from)


def match_all(mentions: Sequence[Mention], *, organisation_id: int) -> list[Match]:
    """The same for every mention of running texts, in one query; none for none. The documents hold `NAMING`."""
    rows = _candidates(mentions, *NAMING, organisation_id=organisation_id) if mentions else {}
    return [_chosen(mention, rows) for mention in mentions]


NAMED_BY = ("code", "dated_on", "issuer", "subject", "validity", "kind__abbreviation", "kind__name")
NAMING = ("code_key", "issuer_key", *NAMED_BY, *(f"same_as__{column}" for column in NAMED_BY))
"""What finds and names a document: all that running texts need of the wide row."""


def _candidates(mentions: Sequence[Mention], *columns: str, organisation_id: int) -> dict[str, list[Directive]]:
    """The documents of the register that may be meant, by key; whole, or with `columns` alone.

    A law with a number stands under its name as well; a withdrawn entry counts where a person has said which document
    it is (`same_as`).
    """
    wanted = Q(code_key__in={key for mention in mentions for key in mention.keys})
    if any(mention.code is None for mention in mentions):
        wanted |= Q(kind__abbreviation__in=BY_NAME)
    found = Directive.objects.filter(wanted, organisation_id=organisation_id)
    found = found.filter(~Q(validity=Validity.WITHDRAWN) | Q(same_as__isnull=False))
    rows: dict[str, list[Directive]] = defaultdict(list)
    shown = only_columns(found, *columns) if columns else found.select_related("kind", "same_as__kind")
    for row in shown.order_by("id"):
        kind = row.kind.abbreviation
        keys = {row.code_key} | ({name_key(kind, row.subject)} if kind in BY_NAME else set())
        for key in keys:
            rows[key].append(row)
    return rows


def _chosen(
    mention: Mention, rows: dict[str, list[Directive]], *, strict_issuer: bool = False, apart_from: int | None = None
) -> Match:
    """The one document that a mention means among those of its keys, or all of them as doubts."""
    found = {row.pk: row for key in mention.keys for row in rows.get(key, ())}
    every = [row for row in found.values() if apart_from is None or apart_from not in (row.pk, row.same_as_id)]
    same = [row for row in every if row.same_as is None]
    day, wanted = mention.dated_on, issuer_key(mention.issuer)
    agreeing = [row for row in every if same_issuer(wanted, row.issuer_key)]
    exact = [row for row in every if row.dated_on == day] if day and not strict_issuer else []
    exact = [row for row in agreeing if row.dated_on == day] or exact
    is_open = day is None or all(row.dated_on is None for row in same)
    likely = [row for row in agreeing if row.same_as is None] if is_open else []
    in_force = [row for row in likely if row.validity in CURRENT] if mention.code is None else []
    for chosen in (exact, likely, in_force):
        meant = {row.same_as or row for row in chosen}
        if len(meant) == 1:
            return Match(meant.pop())
    return Match(None, tuple(row for row in same if may_be_one(row.code, row.dated_on, day)))
