"""The ways in which a signature comes about, behind one interface: with a key held here, or on a file sent back.

Which of them somebody uses stands in the certificate registered for the post (`documents.models.Credential`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime

from asn1crypto import x509
from django.utils.translation import gettext as _

from documents import acceptance, certificates, revocation, signing, verification
from documents.models import WayOfSigning
from documents.revisions import OFFICER_FIELD
from documents.signing_keys import KeyUnavailable, SigningError, SigningKey


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A file with one more good signature, and what is kept about it."""

    bytes: bytes = field(repr=False)
    certificate: x509.Certificate
    signed_at: datetime
    way: WayOfSigning
    level: str
    revocation: revocation.Answer


class Way(ABC):
    """How one signature is made. Fails closed: what comes out is signed, or an exception says why not."""

    @abstractmethod
    def signed(self, data: bytes, field: str, *, at: datetime) -> SignedFile:
        """`data` with the signature of this field. Raises SigningError with the reason."""

    def attachment_signed(self, data: bytes, code: str, *, at: datetime) -> bytes:
        """A separate attachment of the document `code` with the organisation's signature in words (II.8.b)."""
        raise SigningError(_("Còn tệp kèm theo chưa ký. Dấu ký ngoài cổng: hãy ký từng tệp kèm theo trước văn bản."))


@dataclass(frozen=True, slots=True)
class WithKey(Way):
    """Signed here and now with a key that the portal holds."""

    key: SigningKey
    way: WayOfSigning = WayOfSigning.FILE

    def signed(self, data: bytes, field: str, *, at: datetime) -> SignedFile:
        """As `Way.signed`; KeyUnavailable also for a certificate that its authority has withdrawn."""
        answer = _not_revoked(self.key.certificate, self.key.chain)
        act = signing.sign_as_officer if field == OFFICER_FIELD else signing.seal
        done = act(data, self.key, at=at)
        return SignedFile(done, self.key.certificate, at, self.way, verification.level(done, field), answer)

    def attachment_signed(self, data: bytes, code: str, *, at: datetime) -> bytes:
        """As `Way.attachment_signed`, with the key of the seal."""
        return signing.sign_attachment(data, self.key, code=code, at=at)


@dataclass(frozen=True, slots=True)
class SentBack(Way):
    """Signed elsewhere: the returned file, the certificate that must have signed it, and when it went out."""

    returned: bytes = field(repr=False)
    certificate: x509.Certificate
    since: datetime
    way: WayOfSigning

    def signed(self, data: bytes, field: str, *, at: datetime) -> SignedFile:
        """As `Way.signed`; `acceptance.Refused` when the file holds anything but `data` and the expected signature."""
        found = acceptance.accept(
            data, self.returned, field=field, certificate=self.certificate, since=self.since, at=at
        )
        answer = _not_revoked(self.certificate, ())
        return SignedFile(
            self.returned,
            self.certificate,
            found.signed_at or at,
            self.way,
            verification.level(self.returned, field),
            answer,
        )


def _not_revoked(certificate: x509.Certificate, others: tuple[x509.Certificate, ...]) -> revocation.Answer:
    try:
        return revocation.ask(certificate, others)
    except revocation.Revoked as error:
        name = certificates.name_in(certificate)
        raise KeyUnavailable(_("Chứng thư của “%(name)s” đã bị thu hồi.") % {"name": name}) from error
