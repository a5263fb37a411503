"""The verdict names each kind of damage and forgery for what it is."""

from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from documents import certificates, pdf, revisions, signing, verification
from documents.findings import NOT_IN_REGISTER, Examination, KnownFile, Verdict
from tests.documents import compositions
from tests.documents.signatures import AT, OFFICE, authority, key, roots, steps


def examine(data: bytes, **kwargs: object) -> Examination:
    return verification.examine(data, roots(), at=AT, **kwargs)


def problems(found: Examination) -> list[str]:
    return [problem for each in found.signatures for problem in each.problems] + list(found.problems)


def updated(data: bytes, change: object) -> bytes:
    """The file with one more incremental update that `change` makes."""
    writer = IncrementalPdfFileWriter(BytesIO(data))
    change(writer)
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def test_issued_file_is_genuine() -> None:
    found = examine(steps().sealed)
    assert (found.verdict, found.is_good, problems(found)) == (Verdict.GENUINE, True, [])
    assert (found.number_line, found.date_line) == ("Số: 128/KH-SKHCN", "Hà Nam, ngày 12 tháng 10 năm 2023")
    assert [(each.signer_name, each.organisation, each.covers_whole_file) for each in found.signatures] == [
        ("Phạm Quang Hưng", OFFICE, False),
        (OFFICE, OFFICE, True),
    ]
    assert {each.signed_at for each in found.signatures} == {AT}
    assert found.signatures[0].later_changes == (
        "Văn thư đã cấp số 128/KH-SKHCN.",
        "Văn thư đã ghi ngày: Hà Nam, ngày 12 tháng 10 năm 2023.",
        "Cơ quan đã đóng dấu.",
    )
    assert found.sentence == (
        "Văn bản nguyên vẹn, cả 2 chữ ký đều hợp lệ: Phạm Quang Hưng ký lúc 09:00 ngày 25/11/2026; "
        f"{OFFICE} ký lúc 09:00 ngày 25/11/2026."
    )


@pytest.mark.parametrize("step", ["signed", "numbered"])
def test_earlier_state_is_not_the_issued_document(step: str) -> None:
    found = examine(getattr(steps(), step))
    assert (found.verdict, found.is_good) == (Verdict.INCOMPLETE, False)
    assert "chưa được đóng dấu" in found.sentence


def test_prepared_file_is_unsigned() -> None:
    assert examine(steps().prepared).verdict is Verdict.UNSIGNED


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_flipped_byte_is_found(share: float) -> None:
    done = steps()
    data = bytearray(done.sealed)
    stream = done.sealed.index(b"stream", int(len(pdf.render(compositions.plan(), has_open_lines=True).bytes) * share))
    data[stream + 60] ^= 1
    found = examine(bytes(data))
    assert not found.is_good
    assert found.verdict in (Verdict.CHANGED, Verdict.UNREADABLE)
    assert "đã bị sửa" in found.sentence


def test_flipped_byte_in_every_part_is_never_good() -> None:
    sealed = steps().sealed
    for position in range(20, len(sealed) - 20, len(sealed) // 40):
        data = bytearray(sealed)
        data[position] ^= 4
        assert not examine(bytes(data)).is_good, position


def test_data_hidden_behind_a_signature_are_found() -> None:
    """The room that a signature leaves in its own gap is covered by no signature."""
    sealed = steps().sealed
    end = sealed.rindex(b"0000>")
    found = examine(sealed[:end] + b"dead>" + sealed[end + 5 :])
    assert (found.is_good, "không khớp với chữ ký" in found.sentence) == (False, True)


def test_appended_page_is_named() -> None:
    def add_page(writer: IncrementalPdfFileWriter) -> None:
        page = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Page"),
                pdf_name("/MediaBox"): generic.ArrayObject(map(generic.NumberObject, (0, 0, 595, 842))),
                pdf_name("/Resources"): generic.DictionaryObject(),
                pdf_name("/Parent"): writer.root.raw_get("/Pages"),
            }
        )
        tree = writer.root["/Pages"]
        tree["/Kids"].append(writer.add_object(page))
        tree["/Count"] = generic.NumberObject(int(tree["/Count"]) + 1)
        writer.update_container(tree)

    found = examine(updated(steps().sealed, add_page))
    assert found.verdict is Verdict.CHANGED
    assert found.sentence == "Không được dùng tệp này. Sau khi ký, tệp đã bị thêm 1 trang."


def test_overlay_on_a_page_is_named() -> None:
    def overlay(writer: IncrementalPdfFileWriter) -> None:
        stream = generic.StreamObject(stream_data=b"0 0 200 200 re f")
        writer.add_stream_to_page(0, writer.add_object(stream))

    found = examine(updated(steps().sealed, overlay))
    assert found.verdict is Verdict.CHANGED
    assert "Sau khi ký, nội dung trang 1 đã bị thay đổi." in problems(found)


def test_annotation_put_on_a_page_is_named() -> None:
    def stick(writer: IncrementalPdfFileWriter) -> None:
        note = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/FreeText"),
                pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 50, 200, 100))),
            }
        )
        writer.register_annotation(writer.find_page_for_modification(1)[0], writer.add_object(note))

    found = examine(updated(steps().sealed, stick))
    assert "Sau khi ký, trang 2 đã bị dán thêm hoặc gỡ bớt chi tiết." in problems(found)


def _refill(writer: IncrementalPdfFileWriter) -> None:
    signing._fill_line(writer, revisions.NUMBER_FIELD, "Số: 999/KH-SKHCN")


def test_number_refilled_after_the_seal_is_named() -> None:
    found = examine(updated(steps().sealed, _refill))
    assert found.verdict is Verdict.CHANGED
    assert "Sau khi ký, số đã bị điền lại." in problems(found)


def test_number_refilled_before_the_seal_is_named() -> None:
    refilled = updated(steps().numbered, _refill)
    found = examine(signing.seal(refilled, key("seal"), at=AT, roots=roots()))
    assert all(each.is_good for each in found.signatures)
    assert found.verdict is Verdict.CHANGED
    assert found.problems == ("Số hoặc ngày của văn bản đã bị điền lại sau khi cấp.",)


def test_changed_title_after_the_seal_is_named() -> None:
    def retitle(writer: IncrementalPdfFileWriter) -> None:
        writer.set_info(generic.DictionaryObject({pdf_name("/Title"): generic.pdf_string("Khác")}))

    found = examine(updated(steps().sealed, retitle))
    assert not found.is_good


def test_signature_copied_onto_another_document_is_named() -> None:
    other = signing.prepare(pdf.render(compositions.report(), has_open_lines=True))
    signed = signing.sign_as_officer(other, key("director"), at=AT, roots=roots())

    def contents(data: bytes) -> tuple[int, int]:
        start = data.index(b"/Contents <", data.rindex(b"/ByteRange") - 20000) + len(b"/Contents <")
        return start, data.index(b">", start)

    (a, b), (c, d) = contents(steps().signed), contents(signed)
    blob = steps().signed[a:b].ljust(d - c, b"0")[: d - c]
    found = examine(signed[:c] + blob + signed[d:])
    assert found.verdict is Verdict.CHANGED
    assert "chữ ký được lấy từ tệp khác" in found.sentence


def test_self_made_authority_with_the_directors_name_is_not_trusted() -> None:
    strange = roots("strange")
    forged = signing.sign_as_officer(steps().prepared, key("director", "strange"), at=AT, roots=strange)
    found = examine(forged)
    assert found.verdict is Verdict.UNTRUSTED
    assert found.signatures[0].signer_name == "Phạm Quang Hưng"
    assert (found.signatures[0].is_intact, found.signatures[0].is_trusted) == (True, False)
    assert "Chứng thư mang tên “Phạm Quang Hưng” không do tổ chức chứng thực được tin cậy cấp." in found.sentence


def test_without_trusted_authorities_nothing_is_genuine() -> None:
    assert verification.examine(steps().sealed, (), at=AT).verdict is Verdict.UNTRUSTED


def test_signature_from_the_future_is_named() -> None:
    found = verification.examine(steps().sealed, roots(), at=AT - timedelta(hours=1))
    assert not found.is_good
    assert "tương lai" in found.sentence


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "Tệp rỗng."), (b"hello", "Tệp này không phải là PDF."), (b"%PDF-1.7\n", "Không đọc được tệp")],
)
def test_what_is_no_pdf_is_said(data: bytes, words: str) -> None:
    found = examine(data)
    assert found.verdict is Verdict.UNREADABLE
    assert found.sentence.startswith(words)


def test_encrypted_file_is_said() -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    target = BytesIO()
    writer.write(target)
    found = examine(target.getvalue())
    assert (found.verdict, "mật khẩu" in found.sentence) == (Verdict.UNREADABLE, True)


@pytest.mark.parametrize("length", [200, 5_000, 60_000, -50])
def test_cut_file_is_never_good(length: int) -> None:
    assert not examine(steps().sealed[:length]).is_good


def test_register_answer_is_part_of_the_verdict() -> None:
    sealed = steps().sealed
    known = KnownFile("Kế hoạch 128/KH-SKHCN", "bản ban hành", is_current=True, number_line="Số: 128/KH-SKHCN")
    old = KnownFile("Kế hoạch 128/KH-SKHCN", "bản 1", is_current=False)
    other = KnownFile("Kế hoạch 129/KH-SKHCN", "bản ban hành", is_current=True, number_line="Số: 129/KH-SKHCN")
    assert examine(sealed, known=known).is_good
    assert "bản cũ (bản 1)" in examine(sealed, known=old).problems[0]
    assert examine(sealed, known=other).problems == ("Số ghi trên tệp khác với số trong sổ văn bản đi.",)
    assert examine(sealed, known=NOT_IN_REGISTER).problems == ("Tệp không có trong sổ văn bản đi của hệ thống.",)


def test_roots_come_from_the_settings(settings) -> None:
    settings.TRUST_ROOTS = [authority().root]
    assert verification.examine(steps().sealed, at=AT).is_good
    settings.TRUST_ROOTS = []
    assert not verification.examine(steps().sealed, at=AT).is_good


def test_unreadable_root_is_an_error(tmp_path) -> None:
    with pytest.raises(OSError, match="none"):
        certificates.load_roots([tmp_path / "none.pem"])


def test_history_of_the_number_is_read_from_the_file() -> None:
    reader = PdfFileReader(BytesIO(steps().sealed))
    history = [" ".join(each.split()) for each in revisions.field_history(reader, revisions.NUMBER_FIELD)]
    assert history == ["Số: /KH-SKHCN", "Số: 128/KH-SKHCN"]
