"""What a citation is."""

import datetime as dt
from typing import NamedTuple

from .forms import first_mention, later_mention


class Citation(NamedTuple):
    """One mention of a document; `start` and `end` count code points of the NFC text, `text` is that slice."""

    text: str
    start: int
    end: int
    kind: str | None
    code: str | None
    number: str | None
    symbol: str | None
    date: dt.date | None
    issuer: str | None
    subject: str | None

    def as_dict(self) -> dict[str, str | int | None]:
        """The mention as plain values, the date in ISO form."""
        return self._asdict() | {"date": self.date.isoformat() if self.date else None}

    def full_form(self) -> str:
        """How the document is cited at its first mention (Decree 30/2020, Annex I.II.6.b)."""
        return first_mention(self.kind, self.code, self.date, self.issuer, self.subject)

    def short_form(self) -> str:
        """How the document is cited at every later mention."""
        return later_mention(self.kind, self.code, self.subject)
