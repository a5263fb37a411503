"""Keys that the portal holds: one interface, and PKCS#12 files as its first kind (`documents.token_keys` has the
second)."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from asn1crypto import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from cryptography.x509 import Certificate
from django.utils.translation import gettext as _
from pyhanko.sign.general import SigningError as CmsSigningError
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import InvalidCertificateError, PathError, ValidationError
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents import certificates

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


class SigningError(Exception):
    """Nothing was signed; the text says why and can be shown to the person."""


class KeyUnavailable(SigningError):
    """The key cannot be opened, or its certificate may not sign at this moment."""


class SigningKey(ABC):
    """A key that can sign, its certificate with the authorities above it, and the picture of the signature or seal."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    appearance: bytes | None

    @abstractmethod
    def opened(self) -> AbstractContextManager[Signer]:
        """What pyHanko signs with, for as long as the key is open."""

    @property
    def common_name(self) -> str:
        """Name of the person or organisation in the certificate."""
        return certificates.name_in(self.certificate)

    @property
    def subject(self) -> str:
        """The certificate's whole subject, to be kept with the signature."""
        return str(self.certificate.subject.human_friendly)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hexadecimal."""
        return certificates.fingerprint(self.certificate)


@dataclass(frozen=True, slots=True)
class Pkcs12Key(SigningKey):
    """A key from a PKCS#12 file, for trials and for the organisation's seal."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    appearance: bytes | None
    private_key: PrivateKey = field(repr=False)

    @classmethod
    def load(cls, path: Path, passphrase: str, appearance: bytes | None = None) -> Pkcs12Key:
        """The key in the file; the picture is `appearance` or the PNG of the same name beside it, if there is one.

        Raises KeyUnavailable when the file is missing or damaged or the passphrase is wrong.
        """
        try:
            data = Path(path).read_bytes()
        except OSError as error:
            raise KeyUnavailable(_("Không tìm thấy tệp khóa ký.")) from error
        picture = Path(path).with_suffix(".png")
        if appearance is None and picture.is_file():
            appearance = picture.read_bytes()
        return cls.from_bytes(data, passphrase, appearance)

    @classmethod
    def from_bytes(cls, data: bytes, passphrase: str, appearance: bytes | None = None) -> Pkcs12Key:
        """The key in these bytes; KeyUnavailable as `load`."""
        try:
            key, certificate, others = pkcs12.load_key_and_certificates(data, passphrase.encode())
        except ValueError as error:
            raise KeyUnavailable(_("Không mở được khóa ký: sai mật khẩu hoặc tệp khóa bị hỏng.")) from error
        if certificate is None or not isinstance(key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
            raise KeyUnavailable(_("Tệp khóa không có khóa riêng RSA hoặc ECDSA kèm chứng thư."))
        if key.public_key() != certificate.public_key():
            raise KeyUnavailable(_("Khóa riêng và chứng thư trong tệp khóa không thuộc về nhau."))
        return cls(_plain(certificate), tuple(_plain(each) for each in others), appearance, key)

    @contextmanager
    def opened(self) -> Iterator[Signer]:
        """A signer that keeps the opened key: opening it again checks its primes each time.

        Of the chain only what stands between goes into the file: a root is trusted or not, whatever a file brings, and
        its copy would be bytes that no signature covers.
        """
        store = SimpleCertificateStore()
        store.register_multiple(each for each in self.chain if each.self_signed == "no")
        yield _OpenKeySigner(self.private_key, signing_cert=self.certificate, cert_registry=store)


class _OpenKeySigner(Signer):
    """Signs with a private key that is already open."""

    def __init__(
        self, private_key: PrivateKey, *, signing_cert: x509.Certificate, cert_registry: SimpleCertificateStore
    ) -> None:
        super().__init__(signing_cert=signing_cert, cert_registry=cert_registry)
        self._private_key = private_key

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        """The raw signature; a dry run gives as many zero bytes."""
        key = self._private_key
        if digest_algorithm != "sha256":
            raise CmsSigningError("only SHA-256 is used")
        if isinstance(key, rsa.RSAPrivateKey):
            return bytes(key.key_size // 8) if dry_run else key.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return bytes(key.key_size // 4 + 16) if dry_run else key.sign(data, ec.ECDSA(hashes.SHA256()))


def _plain(certificate: Certificate) -> x509.Certificate:
    """A certificate of `cryptography` as one of asn1crypto."""
    return x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def check_certificate(
    certificate: x509.Certificate,
    roots: Sequence[x509.Certificate],
    *,
    others: Sequence[x509.Certificate] = (),
    at: datetime,
) -> None:
    """KeyUnavailable unless the certificate is valid at this moment, meant for signing, and comes from a trusted
    authority."""
    name = {"name": certificates.name_in(certificate)}
    if not certificate.not_valid_before <= at <= certificate.not_valid_after:
        raise KeyUnavailable(_("Chứng thư của “%(name)s” đã hết hạn hoặc chưa có hiệu lực.") % name)
    context = ValidationContext(trust_roots=list(roots), other_certs=list(others), allow_fetching=False, moment=at)
    validator = CertificateValidator(certificate, intermediate_certs=list(others), validation_context=context)
    try:
        asyncio.run(validator.async_validate_usage({"digital_signature"}))
    except InvalidCertificateError as error:
        raise KeyUnavailable(_("Chứng thư của “%(name)s” không dùng được để ký.") % name) from error
    except (PathError, ValidationError) as error:
        raise KeyUnavailable(_("Chứng thư của “%(name)s” không do tổ chức được tin cậy cấp.") % name) from error
