"""Certificates: the authorities this portal trusts, and what a certificate says of its holder."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from asn1crypto import pem, x509
from django.conf import settings
from pyhanko.keys import load_certs_from_pemder_data


@lru_cache(maxsize=32)
def _read_certificates(path: Path, modified_ns: int) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM or DER file; read again when the file changes."""
    data = path.read_bytes()
    if not pem.detect(data):
        return (x509.Certificate.load(data),)
    return tuple(load_certs_from_pemder_data(data))


def load_roots(paths: Sequence[Path]) -> tuple[x509.Certificate, ...]:
    """The trusted authorities in these files. OSError or ValueError when one cannot be read: never fewer in silence."""
    found: list[x509.Certificate] = []
    for path in paths:
        found.extend(_read_certificates(Path(path), Path(path).stat().st_mtime_ns))
    return tuple(found)


def trust_roots() -> tuple[x509.Certificate, ...]:
    """The authorities named by settings.TRUST_ROOTS; none means that no signature is trusted."""
    return load_roots(settings.TRUST_ROOTS)


def fingerprint(certificate: x509.Certificate) -> str:
    """SHA-256 of a certificate, in hexadecimal."""
    return hashlib.sha256(certificate.dump()).hexdigest()


def name_in(certificate: x509.Certificate, part: str = "common_name") -> str:
    """One part of the subject's name, empty when there is none."""
    value = certificate.subject.native.get(part, "")
    return value if isinstance(value, str) else ", ".join(value)
