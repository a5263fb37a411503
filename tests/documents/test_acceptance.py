"""What comes back from outside is taken only if it is what went out plus the expected signature."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.signers.cms_embedder import SigMDPSetup
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner

from documents import acceptance, revisions
from documents.revisions import OFFICER_FIELD, SEAL_FIELD
from tests.documents.signatures import AT, authority, key, roots, steps

Change = Callable[[IncrementalPdfFileWriter], None]


def accept(returned: bytes, **changes: object) -> str:
    """The name of the accepted signature's field."""
    values = {
        "field": OFFICER_FIELD,
        "certificate": key("director").certificate,
        "since": AT,
        "at": AT,
        "roots": roots(),
    } | changes
    return acceptance.accept(steps().prepared, returned, **values).field


def signed_elsewhere(
    change: Change | None = None,
    *,
    sent: bytes | None = None,
    who: str = "director",
    field: str = OFFICER_FIELD,
    **choices: Any,
) -> bytes:
    """The prepared file signed by another program, which writes `change` into the same saved state."""
    writer = IncrementalPdfFileWriter(BytesIO(sent or steps().prepared))
    if change is not None:
        change(writer)
    meta = PdfSignatureMetadata(field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, **choices)
    with key(who).opened() as signer:
        made = PdfSigner(meta, signer).sign_pdf(writer, existing_fields_only=True)
    return bytes(made.getvalue())


@pytest.mark.parametrize("certify", [True, False])
def test_accept_takes_what_another_program_signed(certify: bool) -> None:
    now = AT + timedelta(days=400)  # the other program has a clock of its own; the demo authority is valid for years
    assert accept(signed_elsewhere(certify=certify), at=now) == OFFICER_FIELD


def test_an_outdated_algorithm_is_named() -> None:
    signer = SimpleSigner.load_pkcs12(authority().keys["director"], passphrase=b"pass-director")
    meta = PdfSignatureMetadata(field_name=OFFICER_FIELD, md_algorithm="sha1", subfilter=SigSeedSubFilter.PADES)
    made = PdfSigner(meta, signer).sign_pdf(IncrementalPdfFileWriter(BytesIO(steps().prepared)))
    with pytest.raises(acceptance.Refused, match="SHA1 đã lỗi thời"):
        accept(made.getvalue())


def other_page_content(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"0 0 m"))
    writer.update_container(page)


def other_font(writer: IncrementalPdfFileWriter) -> None:
    """The page's commands stay; a font they name is another one: other letters are shown."""
    resources = writer.root["/Pages"]["/Kids"][0]["/Resources"]
    fonts = resources["/Font"]
    name = next(iter(fonts))
    fonts[name].get_object()[pdf_name("/BaseFont")] = pdf_name("/Other")
    writer.update_container(fonts[name].get_object())


def opening_script(writer: IncrementalPdfFileWriter) -> None:
    action = generic.DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    )
    writer.root[pdf_name("/OpenAction")] = writer.add_object(action)
    writer.update_root()


def attached_file(writer: IncrementalPdfFileWriter) -> None:
    names = generic.DictionaryObject({pdf_name("/EmbeddedFiles"): generic.DictionaryObject()})
    writer.root[pdf_name("/Names")] = writer.add_object(names)
    writer.update_root()


def filled_number(writer: IncrementalPdfFileWriter) -> None:
    field = revisions.fields(writer)[revisions.NUMBER_FIELD]
    field[pdf_name("/V")] = pdf_string("Số: 99/KH-SKHCN")
    writer.update_container(field)


def other_number_shown(writer: IncrementalPdfFileWriter) -> None:
    """The number's value stays; what is drawn in its place is another one."""
    drawing = generic.StreamObject(
        {
            pdf_name("/Type"): pdf_name("/XObject"),
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): generic.ArrayObject(generic.FloatObject(value) for value in (0, 0, 200, 20)),
        },
        stream_data=b"0 0 100 10 re f",
    )
    field = revisions.fields(writer)[revisions.NUMBER_FIELD]
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): writer.add_object(drawing)})
    writer.update_container(field)


def number_to_be_typed(writer: IncrementalPdfFileWriter) -> None:
    """Anybody may type into the number's field afterwards."""
    field = revisions.fields(writer)[revisions.NUMBER_FIELD]
    field[pdf_name("/Ff")] = generic.NumberObject(0)
    writer.update_container(field)


def form_drawn_otherwise(writer: IncrementalPdfFileWriter) -> None:
    form = writer.root["/AcroForm"]
    form[pdf_name("/DA")] = pdf_string("/Helv 40 Tf 1 g")
    writer.update_container(form)


def other_title(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    info[pdf_name("/Title")] = pdf_string("Kế hoạch khác")
    writer.update_container(info)


def described_as(old: bytes, new: bytes, writer: IncrementalPdfFileWriter) -> None:
    """Another description (XMP), with other words in it."""
    stream = writer.root["/Metadata"]
    assert stream.data.count(old) == 1
    writer.root[pdf_name("/Metadata")] = writer.add_object(
        generic.StreamObject({pdf_name("/Type"): pdf_name("/Metadata"), pdf_name("/Subtype"): pdf_name("/XML")},
                             stream_data=stream.data.replace(old, new))
    )  # fmt: skip
    writer.update_root()


def other_standard(writer: IncrementalPdfFileWriter) -> None:
    described_as(b'pdfaid:part="2"', b'pdfaid:part="1"', writer)


def unreadable_description(writer: IncrementalPdfFileWriter) -> None:
    described_as(b"<rdf:RDF", b"\x00<", writer)


def test_the_day_of_saving_is_no_part_of_the_description() -> None:
    saved = BytesIO()
    with pikepdf.open(BytesIO(steps().prepared)) as file:
        with file.open_metadata() as stated:
            stated["xmp:ModifyDate"] = "2026-11-25T09:00:00+07:00"
        file.save(saved)
    assert revisions.description(saved.getvalue()) == revisions.description(steps().prepared) != {}


def stuck_on_note(writer: IncrementalPdfFileWriter) -> None:
    page_ref = writer.find_page_for_modification(0)[0]
    note = generic.DictionaryObject({
        pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/FreeText"),
        pdf_name("/Rect"): generic.ArrayObject(generic.FloatObject(value) for value in (100, 100, 300, 150)),
        pdf_name("/Contents"): pdf_string("Không có giá trị"),
    })  # fmt: skip
    writer.register_annotation(page_ref, writer.add_object(note))


CHANGES = (
    other_page_content, other_font, opening_script, attached_file, filled_number, other_number_shown,
    number_to_be_typed, form_drawn_otherwise, other_title, other_standard, unreadable_description, stuck_on_note,
)  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_accept_refuses_a_change_in_the_signed_state_itself(change: Change) -> None:
    with pytest.raises(acceptance.Refused):
        accept(signed_elsewhere(change), at=AT + timedelta(days=400))


@pytest.mark.parametrize("change", [other_number_shown, number_to_be_typed, other_title, other_standard])
def test_accept_refuses_a_change_written_with_the_seal(change: Change) -> None:
    numbered = steps().numbered
    returned = signed_elsewhere(change, sent=numbered, who="seal", field=SEAL_FIELD)

    with pytest.raises(acceptance.Refused):
        acceptance.accept(
            numbered, returned, field=SEAL_FIELD, certificate=key("seal").certificate, since=AT,
            at=AT + timedelta(days=400), roots=roots(),
        )  # fmt: skip


def test_accept_refuses_a_signature_after_which_no_number_can_be_given() -> None:
    with pytest.raises(acceptance.Refused, match="Chữ ký khóa tệp"):
        accept(signed_elsewhere(certify=True, docmdp_permissions=MDPPerm.NO_CHANGES), at=AT + timedelta(days=400))


def test_accept_refuses_a_signature_that_locks_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock stands in the signature itself, not in the field, which may not be changed."""
    apply = SigMDPSetup.apply

    def locking(self: SigMDPSetup, *given: Any) -> Any:
        return apply(replace(self, field_lock=FieldMDPSpec(FieldMDPAction.ALL)), *given)

    monkeypatch.setattr(SigMDPSetup, "apply", locking)
    with pytest.raises(acceptance.Refused, match="Chữ ký khóa tệp"):
        accept(signed_elsewhere(), at=AT + timedelta(days=400))


def test_accept_refuses_a_signature_in_the_seals_field() -> None:
    with pytest.raises(acceptance.Refused, match="ô ký"):
        accept(signed_elsewhere(field=SEAL_FIELD), at=AT + timedelta(days=400))


def test_accept_refuses_a_signature_dated_before_the_file_went_out() -> None:
    with pytest.raises(acceptance.Refused, match="trước khi tệp được tải về"):
        accept(steps().signed, since=AT + timedelta(days=1), at=AT + timedelta(days=1))


def test_accept_refuses_a_signature_of_the_future() -> None:
    with pytest.raises(acceptance.Refused, match="tương lai"):
        accept(steps().signed, at=AT - timedelta(hours=1))


def test_accept_refuses_what_is_no_pdf() -> None:
    with pytest.raises(acceptance.Refused, match="không phải là tệp đã tải về"):
        accept(b"not a file")


def test_accept_refuses_bytes_behind_the_signature() -> None:
    with pytest.raises(acceptance.Refused):
        accept(steps().signed + b"\n% one more line")
