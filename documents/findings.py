"""What an examination of a PDF says: plain values, without pyHanko."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Verdict(StrEnum):
    """What a file is worth."""

    GENUINE = "genuine"
    INCOMPLETE = "incomplete"
    CHANGED = "changed"
    UNTRUSTED = "untrusted"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the register says of a file: which document, which of its versions, and whether that is the version in
    force."""

    document: str
    version: str
    is_current: bool
    number_line: str | None = None


NOT_IN_REGISTER = KnownFile("", "", is_current=False)


@dataclass(frozen=True, slots=True)
class SignatureFinding:
    """One signature. `later_changes` are permitted changes after it, `problems` are reasons not to accept it; `post` is
    the signer's as the register keeps it, "" for a file that it does not know."""

    field: str
    signer_name: str
    organisation: str
    subject: str
    issuer: str
    fingerprint: str
    signed_at: datetime | None
    is_intact: bool
    is_trusted: bool
    covers_whole_file: bool
    later_changes: tuple[str, ...]
    problems: tuple[str, ...]
    level: str = ""
    post: str = ""

    @property
    def is_good(self) -> bool:
        """Intact, trusted and changed in no way that it does not permit."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Examination:
    """The verdict on a file, one plain sentence of it, and everything it rests on."""

    sha256: str
    verdict: Verdict
    sentence: str
    signatures: tuple[SignatureFinding, ...]
    problems: tuple[str, ...]
    number_line: str = ""
    date_line: str = ""
    known: KnownFile | None = None

    @property
    def is_good(self) -> bool:
        """Whether the file may be relied on as the issued document."""
        return self.verdict is Verdict.GENUINE
