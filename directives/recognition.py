"""The documents that texts cite, as the register knows them: for fields being typed in and for texts being shown.

Reads only, with one query however many texts and citations there are.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from directives.citations import Citation, parse
from directives.citations.reading import nfc
from directives.identity import Match, Mention, match_all
from directives.models import Directive
from directives.register import OTHER, RECORD
from units.models import Appointment
from units.permissions import has_permission

READ = "directives.directive.read"
_MAY_CITE = re.compile(r"\d|luật", re.IGNORECASE)


@dataclass(frozen=True)
class Recognised:
    """A citation and what the register knows of it."""

    citation: Citation
    match: Match

    @property
    def directive(self) -> Directive | None:
        """The document, when the register has it without a doubt."""
        return self.match.directive

    @property
    def doubts(self) -> tuple[Directive, ...]:
        """Documents of the same code with another day or issuer, which may be meant."""
        return self.match.doubts

    @property
    def is_bare(self) -> bool:
        """Does the mention stand without day, issuer and subject (a law's name is no subject)?"""
        found = self.citation
        return not (found.date or found.issuer or (found.code and found.subject))

    @property
    def short_form(self) -> str:
        """The words of a later mention, from the record; "" where they, or more than they, stand already."""
        mention = self.directive.mention if self.directive and self.is_bare else ""
        return "" if mention == self.citation.text else mention

    @property
    def full_form(self) -> str:
        """The words of a first mention, from the record; "" where part of them stands already."""
        if self.directive is None or not self.is_bare:
            return ""
        full = self.directive.first_mention
        return "" if full in (self.directive.mention, self.citation.text) else full

    @property
    def fields(self) -> dict[str, str]:
        """What a new entry's form is filled with, as the query of its address."""
        found = self.citation
        day = f"{found.date:%d/%m/%Y}" if found.date else ""
        fields = {
            "kind": found.kind or OTHER, "code": found.code, "dated_on": day, "issuer": found.issuer,
            "subject": found.subject,
        }  # fmt: skip
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True)
class Recognition:
    """What was recognised in some texts, and whether the reader may enter what the register lacks."""

    by_text: dict[str, list[Recognised]]
    may_record: bool

    def of(self, text: str) -> list[Recognised]:
        """The citations of one of the texts, in order of appearance."""
        return self.by_text.get(nfc(text), [])


def recognise(texts: Iterable[str], *, by: Appointment) -> Recognition:
    """The documents that the texts cite, looked up in the register of the post's organisation.

    A post that may not read the register sees none. One query; none where nothing is cited.
    """
    if not has_permission(by, READ):
        return Recognition({}, may_record=False)
    read = {text: citations for text in map(nfc, texts) if (citations := read_once(text))}
    mentions = [Mention.of(found, otherwise=OTHER) for citations in read.values() for found in citations]
    matches = iter(match_all(mentions, organisation_id=by.organisation_id))
    by_text = {
        text: [Recognised(found, next(matches)) for found in citations] for text, citations in read.items()
    }
    return Recognition(by_text, may_record=has_permission(by, RECORD))


def read_once(text: str) -> tuple[Citation, ...]:
    """The citations of a text; kept, for a page is read more often than it is written."""
    return _read(text) if _MAY_CITE.search(text) else ()


@lru_cache(maxsize=16_384)
def _read(text: str) -> tuple[Citation, ...]:
    return tuple(parse(text))


@dataclass(frozen=True)
class Offer:
    """Better words for one mention; it stands at `start` of the text (code points of NFC) and reads `words` now."""

    form: str
    start: int
    words: str


@dataclass(frozen=True)
class Listed:
    """A document that a text cites: its first mention, and the words offered for this and for a later one."""

    first: Recognised
    in_full: Offer | None
    briefly: Offer | None


def once_each(text: str, found: Iterable[Recognised]) -> list[Listed]:
    """Every document that the text cites, in the order of the first, usually fuller, mentions.

    The first mention is offered in full, later ones briefly; one that stands alone both ways (NĐ 30/2020, Phụ lục I,
    II.6.b): whether the document mentioned it before, the text does not tell.
    """
    mentions: dict[object, list[Recognised]] = {}
    for row in found:
        known = row.directive.pk if row.directive else (row.citation.kind, row.citation.code or row.citation.subject)
        mentions.setdefault(known, []).append(row)
    source = nfc(text)
    return [_listed(source, *rows) for rows in mentions.values()]


def _listed(source: str, first: Recognised, *later: Recognised) -> Listed:
    def offer(row: Recognised, form: str) -> Offer | None:
        start, end = row.citation.start, row.citation.end
        return Offer(form, start, source[start:end]) if form else None

    brief = (offer(row, row.short_form) for row in later or (first,))
    return Listed(first, offer(first, first.full_form), next(filter(None, brief), None))
