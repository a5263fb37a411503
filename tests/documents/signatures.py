"""A demo authority and a plan signed step by step, made once for the tests that need them."""

import atexit
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp

from asn1crypto import x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

from documents import certificates, demo_ca, pdf, revisions, signing
from tests.documents import compositions

AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
OFFICE = "Sở Khoa học và Công nghệ"
PEOPLE = (
    demo_ca.DemoPerson("director", "Phạm Quang Hưng", OFFICE, "Giám đốc"),
    demo_ca.DemoPerson("other", "Trần Thị Bích", OFFICE, "Chuyên viên"),
    demo_ca.DemoPerson("seal", OFFICE, OFFICE, is_organisation=True),
)


@dataclass(frozen=True)
class Steps:
    """The plan after each step."""

    prepared: bytes
    signed: bytes
    numbered: bytes
    sealed: bytes


def authority(name: str = "trusted") -> demo_ca.DemoCa:
    """A demo authority with the same people; another name gives another authority."""
    return _made(name)


@cache
def _made(name: str) -> demo_ca.DemoCa:
    folder = Path(mkdtemp(prefix=f"cao-diem-ca-{name}-"))
    atexit.register(shutil.rmtree, folder)
    return demo_ca.make_demo_ca(folder, PEOPLE, passphrase=lambda key: f"pass-{key}", now=AT)


def roots(name: str = "trusted") -> tuple[x509.Certificate, ...]:
    return certificates.load_roots([authority(name).root])


def key(who: str, name: str = "trusted") -> signing.Pkcs12Key:
    return signing.Pkcs12Key.load(authority(name).keys[who], f"pass-{who}")


def signed_elsewhere(data: bytes, by: signing.Pkcs12Key) -> bytes:
    """What another program makes of a file: a signature in the one field that waits for it."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    (field,) = revisions.empty_signature_fields(writer)
    meta = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    with by.opened() as signer:
        return bytes(PdfSigner(meta, signer).sign_pdf(writer, existing_fields_only=True).getvalue())


@cache
def steps() -> Steps:
    """The plan prepared, signed by the director, numbered 128 and sealed."""
    prepared = signing.prepare(pdf.render(compositions.plan(), has_open_lines=True))
    signed = signing.sign_as_officer(prepared, key("director"), at=AT, roots=roots())
    numbered = signing.fill_number(signed, compositions.head(compositions.NUMBER, compositions.DAY))
    return Steps(prepared, signed, numbered, signing.seal(numbered, key("seal"), at=AT, roots=roots()))
