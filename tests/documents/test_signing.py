"""Signing in the rule's order: every step appends, refuses what is out of order, and fails closed."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from documents import acceptance, pdf, revisions, signing, typography, verification
from documents.revisions import DATE_FIELD, NUMBER_FIELD, OFFICER_FIELD, SEAL_FIELD
from tests.documents import compositions
from tests.documents.signatures import AT, authority, key, roots, steps

GIVEN = compositions.head(compositions.NUMBER, compositions.DAY)


def test_every_step_extends_the_one_before() -> None:
    done = steps()
    rendered = pdf.render(compositions.plan(), has_open_lines=True)
    chain = [rendered.bytes, done.prepared, done.signed, done.numbered, done.sealed]
    assert [later.startswith(earlier) and len(later) > len(earlier) for earlier, later in pairwise(chain)] == [True] * 4


def test_prepare_gives_the_same_bytes_each_time() -> None:
    assert signing.prepare(pdf.render(compositions.plan(), has_open_lines=True)) == steps().prepared


def test_prepare_adds_lines_with_their_appearance_and_two_empty_signatures() -> None:
    reader = PdfFileReader(BytesIO(steps().prepared))
    found = revisions.fields(reader)
    assert set(found) == {NUMBER_FIELD, DATE_FIELD, OFFICER_FIELD, SEAL_FIELD}
    assert revisions.empty_signature_fields(reader) == {OFFICER_FIELD, SEAL_FIELD}
    for name in (NUMBER_FIELD, DATE_FIELD):
        field = found[name]
        assert (int(field["/Ff"]), int(field["/F"]), set(field["/AP"])) == (1, 4, {"/N"})
    assert "/NeedAppearances" not in reader.root["/AcroForm"]
    assert str(found[NUMBER_FIELD]["/V"]).split() == ["Số:", "/KH-SKHCN"]


def test_prepare_of_a_numbered_document_adds_no_lines() -> None:
    rendered = pdf.render(compositions.plan(number="128", day=compositions.DAY))
    assert set(revisions.fields(PdfFileReader(BytesIO(signing.prepare(rendered))))) == {OFFICER_FIELD, SEAL_FIELD}


def test_document_numbered_before_signing_is_signed_and_sealed() -> None:
    prepared = signing.prepare(pdf.render(compositions.plan(number="128", day=compositions.DAY)))
    signed = signing.sign_as_officer(prepared, key("director"), at=AT, roots=roots())
    sealed = signing.seal(signed, key("seal"), at=AT, roots=roots())
    assert verification.examine(sealed, roots(), at=AT).is_good


def test_prepare_refuses_a_blank_document_whose_lines_are_printed() -> None:
    with pytest.raises(signing.WrongStep):
        signing.prepare(pdf.render(compositions.plan()))


def test_signatures_are_valid_by_the_library_itself() -> None:
    reader = PdfFileReader(BytesIO(steps().sealed))
    context = ValidationContext(trust_roots=list(roots()), allow_fetching=False, moment=AT)
    found = [
        validate_pdf_signature(each, context, diff_policy=verification.DIFF_POLICY)
        for each in reader.embedded_regular_signatures
    ]
    assert [(each.bottom_line, each.coverage.name, each.modification_level.name) for each in found] == [
        (True, "ENTIRE_REVISION", "FORM_FILLING"),
        (True, "ENTIRE_FILE", "NONE"),
    ]
    assert all(each.signer_reported_dt == AT for each in found)


def test_numbered_file_says_number_and_date() -> None:
    values = revisions.field_values(PdfFileReader(BytesIO(steps().numbered)))
    assert values == {NUMBER_FIELD: "Số: 128/KH-SKHCN", DATE_FIELD: "Hà Nam, ngày 12 tháng 10 năm 2023"}


def _ink(data: bytes, box: tuple[float, float, float, float]) -> tuple[float, float, float]:
    """Left and right end in millimetres of the dark ink in this box of page 1 and the height of its lowest part."""
    scale = 4
    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    page = document[0]
    height = page.get_height()
    image = page.render(scale=scale, may_draw_forms=True).to_pil().convert("L")
    document.close()
    x1, y1, x2, y2 = box
    part = image.crop(
        (round(x1 * scale), round((height - y2) * scale), round(x2 * scale), round((height - y1) * scale))
    )
    bounds = part.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert bounds is not None
    to_mm = 25.4 / 72 / scale
    return x1 * 25.4 / 72 + bounds[0] * to_mm, x1 * 25.4 / 72 + bounds[2] * to_mm, bounds[3] * to_mm


def test_filled_lines_look_like_printed_ones() -> None:
    printed = pdf.render(compositions.plan(number="128", day=compositions.DAY))
    places = pdf.render(compositions.plan(), has_open_lines=True).places
    for name in ("number_line", "date_line"):
        place = places[name]
        box = (place.x1, place.y1 - 2, place.x2, place.y2 + 2)
        assert _ink(steps().sealed, box) == pytest.approx(_ink(printed.bytes, box), abs=0.25)


def test_filled_number_is_as_wide_as_its_letters() -> None:
    place = pdf.render(compositions.plan(), has_open_lines=True).places["number_line"]
    left, right, _ = _ink(steps().sealed, (place.x1, place.y1, place.x2, place.y2))
    assert right - left == pytest.approx(typography.width_mm("Số: 128/KH-SKHCN", 13), abs=1)


def test_signing_twice_is_refused() -> None:
    with pytest.raises(signing.WrongStep):
        signing.sign_as_officer(steps().signed, key("director"), at=AT, roots=roots())


def test_signing_an_unprepared_file_is_refused() -> None:
    with pytest.raises(signing.WrongStep):
        signing.sign_as_officer(pdf.render(compositions.plan()).bytes, key("director"), at=AT, roots=roots())


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\nbroken"])
def test_signing_what_is_no_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(signing.WrongStep):
        signing.sign_as_officer(data, key("director"), at=AT, roots=roots())


def test_number_is_filled_once_and_only_between_signature_and_seal() -> None:
    done = steps()
    for data in (done.prepared, done.numbered, done.sealed):
        with pytest.raises(signing.WrongStep):
            signing.fill_number(data, GIVEN)


@pytest.mark.parametrize("head", [replace(GIVEN, number=None), replace(GIVEN, date=None)])
def test_number_without_number_or_date_is_refused(head: signing.Head) -> None:
    with pytest.raises(signing.WrongStep):
        signing.fill_number(steps().signed, head)


def test_seal_needs_signature_and_number_and_stands_once() -> None:
    done = steps()
    for data in (done.prepared, done.signed, done.sealed):
        with pytest.raises(signing.WrongStep):
            signing.seal(data, key("seal"), at=AT, roots=roots())


def test_wrong_passphrase_says_so() -> None:
    with pytest.raises(signing.KeyUnavailable, match="sai mật khẩu"):
        signing.Pkcs12Key.load(authority().keys["director"], "wrong")


def test_missing_or_damaged_key_file_says_so(tmp_path) -> None:
    damaged = tmp_path / "damaged.p12"
    damaged.write_bytes(b"no key")
    with pytest.raises(signing.KeyUnavailable, match="Không tìm thấy"):
        signing.Pkcs12Key.load(tmp_path / "none.p12", "x")
    with pytest.raises(signing.KeyUnavailable, match="hỏng"):
        signing.Pkcs12Key.load(damaged, "x")


@pytest.mark.parametrize("shift", [timedelta(days=-30), timedelta(days=4 * 365)])
def test_certificate_not_valid_on_the_day_does_not_sign(shift: timedelta) -> None:
    with pytest.raises(signing.KeyUnavailable, match="hết hạn"):
        signing.sign_as_officer(steps().prepared, key("director"), at=AT + shift, roots=roots())


def test_certificate_of_a_strange_authority_does_not_sign() -> None:
    for trusted in (roots("strange"), ()):
        with pytest.raises(signing.KeyUnavailable, match="tin cậy"):
            signing.sign_as_officer(steps().prepared, key("director"), at=AT, roots=trusted)


def test_key_without_picture_does_not_sign() -> None:
    with pytest.raises(signing.KeyUnavailable, match="hình ảnh"):
        signing.sign_as_officer(steps().prepared, replace(key("director"), appearance=None), at=AT, roots=roots())
    with pytest.raises(signing.KeyUnavailable, match="không đọc được"):
        signing.sign_as_officer(steps().prepared, key("director"), at=AT, appearance=b"no image", roots=roots())


def test_key_is_not_shown_when_printed() -> None:
    assert "private_key" not in repr(key("director"))


def _accept(returned: bytes, *, sent: bytes | None = None, who: str = "director", field: str = OFFICER_FIELD) -> bytes:
    sent = steps().prepared if sent is None else sent
    certificate = key(who).certificate
    acceptance.accept(sent, returned, field=field, certificate=certificate, since=AT, at=AT, roots=roots())
    return returned


def test_accept_takes_the_very_file_with_the_expected_signature() -> None:
    done = steps()
    assert _accept(done.signed) == done.signed
    assert _accept(done.sealed, sent=done.numbered, who="seal", field=SEAL_FIELD) == done.sealed


def test_accept_refuses_the_unsigned_file() -> None:
    with pytest.raises(acceptance.Refused, match="chưa được ký"):
        _accept(steps().prepared)


def test_accept_refuses_another_file() -> None:
    other = signing.prepare(pdf.render(compositions.report(), has_open_lines=True))
    signed = signing.sign_as_officer(other, key("director"), at=AT, roots=roots())
    with pytest.raises(acceptance.Refused, match="không phải là tệp đã tải về"):
        _accept(signed)


def test_accept_refuses_another_person() -> None:
    signed = signing.sign_as_officer(steps().prepared, key("other"), at=AT, roots=roots())
    with pytest.raises(acceptance.Refused, match="Trần Thị Bích"):
        _accept(signed)


def test_accept_refuses_the_same_name_from_a_strange_authority() -> None:
    forged = signing.sign_as_officer(steps().prepared, key("director", "strange"), at=AT, roots=roots("strange"))
    with pytest.raises(acceptance.Refused, match="không do tổ chức"):
        _accept(forged)


def test_accept_refuses_the_wrong_field() -> None:
    with pytest.raises(acceptance.Refused, match="ô ký"):
        _accept(steps().signed, field=SEAL_FIELD)


def test_accept_refuses_more_than_the_signature() -> None:
    done = steps()
    with pytest.raises(acceptance.Refused):
        _accept(done.numbered)
    writer = IncrementalPdfFileWriter(BytesIO(done.signed))
    writer.root["/PageLayout"] = writer.root.get("/PageLayout", signing.pdf_name("/OneColumn"))
    writer.update_root()
    target = BytesIO()
    writer.write(target)
    with pytest.raises(acceptance.Refused):
        _accept(target.getvalue())


def test_accept_refuses_a_changed_byte() -> None:
    data = bytearray(steps().signed)
    position = len(steps().prepared) + 40
    data[position] ^= 1
    with pytest.raises(acceptance.Refused):
        _accept(bytes(data))


def test_pictures_stand_on_the_last_page() -> None:
    document = pypdfium2.PdfDocument(steps().sealed)
    document.init_forms()
    image: Image.Image = document[1].render(scale=2, may_draw_forms=True).to_pil().convert("RGB")
    document.close()
    colours = {colour for _, colour in image.getcolors(1 << 20)}
    assert any(blue > 120 and red < 60 for red, _, blue in colours)
    assert any(red > 180 and green < 60 and blue < 60 for red, green, blue in colours)


def test_a_root_is_not_carried_in_the_file() -> None:
    """Its copy would be bytes that no signature covers; who is trusted stands in TRUST_ROOTS."""
    for each in PdfFileReader(BytesIO(steps().sealed)).embedded_regular_signatures:
        carried = [other.chosen.dump() for other in each.signed_data["certificates"]]
        assert carried == [each.signer_cert.dump()]
