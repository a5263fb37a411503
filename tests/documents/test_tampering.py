"""Every way of tampering with an issued file, through the page and the command: each is named as what it is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from unittest import mock

import pytest
from asn1crypto import crl
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.validation.dss import DocumentSecurityStore

from documents import archive, demo_ca, heading, keys, signing, verification, verifying
from documents.findings import Verdict
from documents.management.commands.verify_document import as_dict
from documents.models import Document, Rendition
from documents.signing_keys import Pkcs12Key
from documents.states import DocumentState as S
from tests.documents.authorities import Authority
from tests.documents.test_verification import updated
from tests.factories.plans import House, bring_to, make_plan

Stage = Rendition.Stage


def bytes_of(document: Document, stage: str) -> bytes:
    kept = archive.latest(document, stage)
    assert kept is not None
    return archive.read(kept)


def key_of(name: str) -> Pkcs12Key:
    return Pkcs12Key.load(keys.path_of(name), keys.passphrase(name))


def certificate_of(subject: str, *, until: timedelta = timedelta(days=30)) -> tuple[asn1.Certificate, Any]:
    """A certificate that nobody vouches for."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + until).sign(key, hashes.SHA256())
    )  # fmt: skip
    return asn1.Certificate.load(made.public_bytes(Encoding.DER)), key


def forged(document: Document, officer: Any, seal: Any, at: datetime | None = None) -> bytes:
    """The presented file signed, numbered and sealed again, whoever the keys belong to and whenever."""
    at = at or timezone.now()
    with mock.patch("documents.signing.check_certificate"):
        signed = signing.sign_as_officer(bytes_of(document, Stage.PRESENTED), officer, at=at)
        head = heading.head_of(document)
        numbered = signing.fill_number(signed, head, profile=heading.profile_of(document))
        return signing.seal(numbered, seal, at=at)


def self_made(document: Document) -> bytes:
    name = key_of("giam-doc").common_name
    certificate, key = certificate_of(name)
    mine = Pkcs12Key(certificate, (), demo_ca.make_signature_image(name), key)
    return forged(document, mine, mine)


def by_the_deputy(document: Document) -> bytes:
    return forged(document, key_of("pho-giam-doc"), key_of("co-quan"))


def sealed_by_a_person(document: Document) -> bytes:
    return forged(document, key_of("giam-doc"), key_of("pho-giam-doc"))


def by_a_stranger(document: Document) -> bytes:
    """Somebody with a good certificate of an authority that is trusted, who signs nothing here."""
    authority = Authority()
    path = settings.KEYS_DIR / "khac.pem"
    path.write_bytes(authority.root.public_bytes(Encoding.PEM))
    settings.TRUST_ROOTS = [*settings.TRUST_ROOTS, path]
    return forged(document, authority.signing_key("Lê Văn Lạ"), key_of("co-quan"))


def long_ago(document: Document) -> bytes:
    """Signed on a day on which the certificates did not hold yet."""
    return forged(document, key_of("giam-doc"), key_of("co-quan"), timezone.now() - timedelta(days=4000))


def after_their_end(document: Document) -> bytes:
    return forged(document, key_of("giam-doc"), key_of("co-quan"), timezone.now() + timedelta(days=4000))


def flipped(document: Document) -> bytes:
    data = bytearray(bytes_of(document, Stage.ISSUED))
    data[data.index(b"stream", len(data) // 4) + 60] ^= 1
    return bytes(data)


def with_overlay(document: Document) -> bytes:
    def overlay(writer: IncrementalPdfFileWriter) -> None:
        stream = generic.StreamObject(stream_data=b"0 0 200 200 re f")
        writer.add_stream_to_page(0, writer.add_object(stream))

    return updated(bytes_of(document, Stage.ISSUED), overlay)


def with_overlay_in_a_free_number(document: Document) -> bytes:
    """The same, in the number of an object that the printed file left free (documents.tagging)."""
    issued = bytes_of(document, Stage.ISSUED)
    rows = issued[issued.index(b"\nxref\n0 ") :].splitlines()[3:]
    number = next(index for index, row in enumerate(rows) if index and row.endswith(b" f "))

    def overlay(writer: IncrementalPdfFileWriter) -> None:
        stream = generic.StreamObject(stream_data=b"0 0 200 200 re f")
        writer.objects[(0, number)] = stream
        writer.add_stream_to_page(0, generic.IndirectObject(number, 0, writer))

    return updated(issued, overlay)


def with_more_bytes(document: Document) -> bytes:
    return bytes_of(document, Stage.ISSUED) + b"\n% more"


def before_the_number(document: Document) -> bytes:
    return bytes_of(document, Stage.SIGNED)


CASES: dict[str, tuple[Callable[[Document], bytes], str]] = {
    "self-made certificate with the director's name": (self_made, "là tự tạo, không do tổ chức chứng thực"),
    "right authority, wrong post": (by_the_deputy, "chữ ký của lãnh đạo trên tệp này là của"),
    "right authority, a person's certificate as the seal": (
        sealed_by_a_person, "không phải chứng thư đã đăng ký để đóng dấu",
    ),
    "right authority, a person not registered": (by_a_stranger, "không phải chứng thư đã đăng ký để ký văn bản"),
    "before the certificate": (long_ago, "không có hiệu lực vào thời điểm ký"),
    "after the certificate": (after_their_end, "không có hiệu lực vào thời điểm ký"),
    "a flipped byte": (flipped, "Nội dung không khớp với chữ ký: tệp đã bị sửa sau khi ký"),
    "a page changed by an update": (with_overlay, "Sau khi ký, nội dung trang 1 đã bị thay đổi"),
    "a page changed in a free number": (with_overlay_in_a_free_number, "Sau khi ký, nội dung trang 1 đã bị thay đổi"),
    "bytes behind the last signature": (with_more_bytes, "tệp còn bị ghi thêm dữ liệu"),
    "an old revision": (before_the_number, "Đây là bản cũ (Bản đã ký)"),
}  # fmt: skip


@pytest.fixture
def document(house: House) -> Document:
    return bring_to(make_plan(house), S.ISSUED, house)


@pytest.mark.parametrize("case", CASES)
def test_each_is_named_on_the_page_and_by_the_command(
    client: Client, house: House, document: Document, case: str
) -> None:
    make, words = CASES[case]
    data = make(document)
    client.force_login(house.clerk.user)

    answer = client.post(reverse("documents:verify"), {"file": SimpleUploadedFile("a.pdf", data)})
    told = as_dict(*verifying.examine(data))

    assert answer.context["found"].is_good is told["is_genuine"] is False
    reasons = [*told["problems"], *(problem for each in told["signatures"] for problem in each["problems"])]
    assert [reason for reason in reasons if words in reason] != [], reasons
    assert words in answer.content.decode()
    assert told["sentence"] in answer.content.decode()


def test_the_issued_file_itself_is_good(document: Document) -> None:
    assert verifying.examine(bytes_of(document, Stage.ISSUED))[0].problems == ()


def test_time_stamps_and_validation_data_added_later_leave_it_good(document: Document) -> None:
    """What an archive does with a file for decades (PAdES B-LTA): it stays the issued document."""
    issued = bytes_of(document, Stage.ISSUED)
    authority = Authority()
    writer = IncrementalPdfFileWriter(BytesIO(issued))
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=[key_of("giam-doc").certificate])
    target = BytesIO()
    writer.write(target)
    stamped = PdfTimeStamper(authority.stamper()).timestamp_pdf(
        IncrementalPdfFileWriter(BytesIO(target.getvalue())), "sha256"
    )

    found, known = verifying.examine(stamped.getvalue())

    assert (found.verdict, known, found.known is not None and found.known.is_current) == (
        Verdict.GENUINE, document, True,
    )  # fmt: skip
    changes = [change for each in found.signatures for change in each.later_changes]
    assert {"Đã bổ sung dữ liệu để kiểm chứng lâu dài.", "Đã bổ sung dấu thời gian."} <= set(changes)


def test_a_signature_made_after_the_certificate_was_withdrawn_is_named(document: Document) -> None:
    """The list of withdrawn certificates travels with the file; it is read without asking anybody."""
    authority = Authority(address="http://127.0.0.1:9")
    key = authority.signing_key("Phạm Quang Hưng")
    roots = [authority.root_certificate]
    data = bytes_of(document, Stage.PRESENTED)
    signed = signing.sign_as_officer(data, key, at=datetime.now(UTC), roots=roots)

    def found(revoked: set[int]) -> Any:
        authority.revoked = revoked
        withdrawn = crl.CertificateList.load(authority.crl())
        writer = IncrementalPdfFileWriter(BytesIO(signed))
        DocumentSecurityStore.supply_dss_in_writer(writer, None, crls=[withdrawn])
        target = BytesIO()
        writer.write(target)
        return verification.examine(target.getvalue(), roots)

    assert [each.is_trusted for each in found(set()).signatures] == [True]
    assert "Chứng thư của “Phạm Quang Hưng” đã bị thu hồi." in found({key.certificate.serial_number}).sentence
