"""An authority of the tests with what a real one has: a list of withdrawn certificates and time stamps, over HTTP."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from documents import demo_ca
from documents.signing_keys import Pkcs12Key

DAY = timedelta(days=1)


@dataclass
class Authority:
    """A root with its key, the address where it answers, and what it has withdrawn."""

    address: str = ""
    revoked: set[int] = field(default_factory=set)
    is_answering: bool = True
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Chứng thực thử")])
        usage = _usage(digital_signature=False, key_cert_sign=True, crl_sign=True)
        constraints = x509.BasicConstraints(ca=True, path_length=0)
        self.root = self._certificate(name, name, self.key, [(constraints, True), (usage, True)])

    def _certificate(
        self, subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, extensions: list[tuple[Any, bool]]
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - DAY).not_valid_after(now + 365 * DAY)
        for extension, is_critical in extensions:
            builder = builder.add_extension(extension, critical=is_critical)
        return builder.sign(self.key, hashes.SHA256())

    def _issued(self, name: str, extensions: list[tuple[Any, bool]]) -> tuple[rsa.RSAPrivateKey, asn1.Certificate]:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        where = x509.DistributionPoint([x509.UniformResourceIdentifier(f"{self.address}/crl")], None, None, None)
        common = [
            (x509.BasicConstraints(ca=False, path_length=None), True),
            (x509.CRLDistributionPoints([where]), False),
        ]
        made = self._certificate(subject, self.root.subject, key, common + extensions)
        return key, asn1.Certificate.load(made.public_bytes(Encoding.DER))

    def signing_key(self, name: str) -> Pkcs12Key:
        """A person's key; its certificate names the list of withdrawn ones."""
        key, certificate = self._issued(name, [(_usage(), True)])
        return Pkcs12Key(certificate, (self.root_certificate,), demo_ca.make_signature_image(name), key)

    @property
    def root_certificate(self) -> asn1.Certificate:
        return asn1.Certificate.load(self.root.public_bytes(Encoding.DER))

    def crl(self) -> bytes:
        """The list of withdrawn certificates as of now."""
        now = datetime.now(UTC)
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.root.subject)
        builder = builder.last_update(now - timedelta(minutes=1)).next_update(now + DAY)
        for serial in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(now - timedelta(hours=1))
            builder = builder.add_revoked_certificate(entry.build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def stamper(self) -> DummyTimeStamper:
        """What makes time stamps."""
        key, certificate = self._issued(
            "Cấp dấu thời gian", [(_usage(), True), (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)]
        )
        pem = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return DummyTimeStamper(certificate, asn1_keys.PrivateKeyInfo.load(pem))


def _usage(**changes: bool) -> x509.KeyUsage:
    names = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**(dict.fromkeys(names, False) | {"digital_signature": True} | changes))


@contextmanager
def answering() -> Iterator[Authority]:
    """An authority that answers on this machine: /crl and /tsa."""
    authority = Authority()

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(authority.crl(), "application/pkix-crl")

        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self._answer(stamper.request_tsa_response(asked).dump(), "application/timestamp-reply")

        def _answer(self, body: bytes, kind: str) -> None:
            authority.asked.append(self.path)
            self.send_response(200 if authority.is_answering else 503)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body if authority.is_answering else b"")

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing on the screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    authority.address = f"http://127.0.0.1:{server.server_address[1]}"
    stamper = authority.stamper()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield authority
    server.shutdown()
    server.server_close()
    thread.join()
