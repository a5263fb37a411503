"""When two mentions are one document: issuer, code and day (DOMAIN 0.2). Reads the register, changes nothing."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from directives.citations import Citation, identity_key
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
        return cls(citation.kind or otherwise, citation.code, citation.subject, citation.date, citation.issuer)

    @property
    def key(self) -> str:
        return code_key(self.kind, self.code, self.subject)


@dataclass(frozen=True)
class Match:
    """What the register knows of a mention: the document, or others of the same code that may be meant."""

    directive: Directive | None
    doubts: tuple[Directive, ...] = ()


def match(
    *, organisation: Unit, kind: str, code: str | None, subject: str | None, dated_on: date | None, issuer: str | None,
    strict_issuer: bool = False, apart_from: int | None = None,
) -> Match:  # fmt: skip
    """Find a document however it is typed. The same code with another date is a doubt, never merged silently.

    A mention without a date means the one document of that code; several of them are doubts. A running text that gives
    code and day means that document whatever it calls the issuer; `strict_issuer` makes another issuer a doubt
    (for forms, where a person decides). `apart_from` leaves one row out.
    """
    mention = Mention(kind, code, subject, dated_on, issuer)
    same = _candidates([mention], organisation_id=organisation.pk).get(mention.key, [])
    return _chosen(mention, [row for row in same if row.pk != apart_from], strict_issuer=strict_issuer)


def match_all(mentions: Sequence[Mention], *, organisation_id: int) -> list[Match]:
    """The same for every mention of running texts, in one query; no query for none."""
    rows = _candidates(mentions, organisation_id=organisation_id) if mentions else {}
    return [_chosen(mention, rows.get(mention.key, [])) for mention in mentions]


def _candidates(mentions: Sequence[Mention], *, organisation_id: int) -> dict[str, list[Directive]]:
    """The documents of the register that may be meant, by key, the oldest first."""
    found = Directive.objects.filter(organisation_id=organisation_id, code_key__in={each.key for each in mentions})
    rows: dict[str, list[Directive]] = defaultdict(list)
    for row in found.exclude(validity=Validity.WITHDRAWN).select_related("kind").order_by("id"):
        rows[row.code_key].append(row)
    return rows


def _chosen(mention: Mention, same: list[Directive], *, strict_issuer: bool = False) -> Match:
    """The one document that a mention means among those of its key, or all of them as doubts."""
    dated_on, wanted = mention.dated_on, issuer_key(mention.issuer)
    agreeing = [row for row in same if same_issuer(wanted, row.issuer_key)]
    exact = [row for row in same if row.dated_on == dated_on] if dated_on and not strict_issuer else []
    exact = [row for row in agreeing if row.dated_on == dated_on] or exact
    is_open = dated_on is None or all(row.dated_on is None for row in same)
    likely = agreeing if is_open else []
    for found in (exact, likely):
        if len(found) == 1:
            return Match(found[0])
    return Match(None, tuple(same))
