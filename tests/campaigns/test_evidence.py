"""Evidence: told by content, kept byte for byte, everything else refused with a sentence."""

import hashlib
import io
import warnings
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from campaigns import evidence
from campaigns.evidence import Kept, Refused, keep, seal, unseal

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF"
DOCX = evidence.OOXML["word/"]


def picture(form: str = "JPEG", size: tuple[int, int] = (1200, 800), exif: Image.Exif | None = None) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGBA" if form == "PNG" else "RGB", size, (200, 30, 30))
    image.save(out, form, **({"exif": exif} if exif else {}))
    return out.getvalue()


def archive(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        if mimetype:
            zipped.writestr("mimetype", mimetype)
        for name in names:
            zipped.writestr(name, "<x/>")
    return out.getvalue()


def ole(stream: str) -> bytes:
    return evidence.OLE + b"\0" * 600 + f"{stream}\0".encode("utf-16-le") + b"\0" * 400


def upload(name: str, data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "application/x-whatever-the-browser-says")


@pytest.mark.parametrize(
    ("name", "data", "media_type"),
    [
        ("Báo cáo.pdf", PDF, "application/pdf"),
        ("ảnh.JPG", picture(), "image/jpeg"),
        ("anh.png", picture("PNG"), "image/png"),
        ("anh.webp", picture("WEBP"), "image/webp"),
        ("anh.gif", picture("GIF"), "image/gif"),
        ("anh.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
        ("a.docx", archive("[Content_Types].xml", "word/document.xml"), DOCX),
        ("a.xlsx", archive("[Content_Types].xml", "xl/workbook.xml"), evidence.OOXML["xl/"]),
        ("a.pptx", archive("[Content_Types].xml", "ppt/presentation.xml"), evidence.OOXML["ppt/"]),
        ("a.odt", archive("content.xml", mimetype="application/vnd.oasis.opendocument.text"),
         "application/vnd.oasis.opendocument.text"),
        ("a.doc", ole("WordDocument"), "application/msword"),
        ("a.xls", ole("Workbook"), "application/vnd.ms-excel"),
    ],
)  # fmt: skip
def test_a_file_is_kept_byte_for_byte_by_what_it_is(name: str, data: bytes, media_type: str, folders: Path) -> None:
    kept = keep(upload(name, data))
    assert (kept.name, kept.media_type, kept.size, kept.sha256) == (
        name, media_type, len(data), hashlib.sha256(data).hexdigest(),
    )  # fmt: skip
    assert (folders / "media" / kept.file).read_bytes() == data


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("anh.jpg", b"MZ\x90\x00" + b"\0" * 200, "không phải PDF, ảnh hay tệp Office"),
        ("bao-cao.pdf", b"MZ\x90\x00" + b"\0" * 200, "không phải PDF, ảnh hay tệp Office"),
        ("bao-cao.docx", archive("setup.exe"), "không phải PDF, ảnh hay tệp Office"),
        ("cai-dat.doc", ole("Something"), "không phải PDF, ảnh hay tệp Office"),
        ("trang.html", b"<html><script>alert(1)</script></html>", "không phải PDF, ảnh hay tệp Office"),
        ("hinh.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "không phải PDF, ảnh hay tệp Office"),
        ("bao-cao.docx", PDF, "không khớp với nội dung"),
        ("cai-dat.exe", PDF, "không khớp với nội dung"),
        ("bao-cao.docm", archive("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "macro"),
        ("bao-cao.docx", b"PK\x03\x04" + b"\0" * 50, "bị hỏng"),
        ("trong.pdf", b"", "rỗng"),
    ],
)
def test_other_files_are_refused_with_a_sentence(name: str, data: bytes, words: str, folders: Path) -> None:
    with pytest.raises(Refused, match=words):
        keep(upload(name, data))
    assert [path for path in (folders / "media").rglob("*") if path.is_file()] == []


def test_a_file_that_is_too_big_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="lớn hơn"):
        keep(upload("a.pdf", PDF))


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MOST_PIXELS", 1000)
    with pytest.raises(Refused, match="điểm ảnh"):
        keep(upload("a.png", picture("PNG", (200, 200))))


def test_a_picture_that_breaks_off_is_refused(monkeypatch: pytest.MonkeyPatch, folders: Path) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", False)
    with pytest.raises(Refused, match="bị hỏng"):
        keep(upload("a.jpg", picture()[: len(picture()) // 2]))


def test_the_small_picture_is_small_upright_and_says_nothing_of_the_camera(folders: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Máy ảnh của ai đó"
    kept = keep(upload("a.jpg", picture(exif=exif)))
    with Image.open(folders / "media" / kept.thumbnail) as small:
        assert (small.format, small.size, dict(small.getexif())) == ("JPEG", (240, 360), {})


def test_the_same_file_twice_is_one_file(folders: Path) -> None:
    first, second = keep(upload("a.pdf", PDF)), keep(upload("b.pdf", PDF))
    assert (first.file, first.name, second.name) == (second.file, "a.pdf", "b.pdf")
    assert len([path for path in (folders / "media").rglob("*") if path.is_file()]) == 1


def test_a_name_keeps_no_folder() -> None:
    field = upload("x.pdf", PDF)
    field._name = "..\\..\\etc/báo cáo.pdf"
    assert keep(field).name == "báo cáo.pdf"


def test_kept_files_survive_a_form_that_is_shown_again_and_no_change_by_hand() -> None:
    files = [Kept("a.pdf", "application/pdf", 3, "b" * 64, "evidence/bb/b")]
    sealed = seal(files)
    assert unseal(sealed) == files
    assert (unseal(sealed[:-2] + "xx"), unseal(""), seal([])) == ([], [], "")


def test_a_second_hidden_entry_is_never_unpacked(folders: Path) -> None:
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archived:
        warnings.simplefilter("ignore", UserWarning)  # "duplicate name", which is the attack
        archived.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archived.writestr("mimetype", b" " * 5_000_000)

    with pytest.raises(Refused, match="không phải PDF"):
        keep(upload("bom.odt", packed.getvalue()))


def test_a_packed_entry_that_is_damaged_is_refused(folders: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr("mimetype", "application/vnd.oasis.opendocument.text")
    data = bytearray(packed.getvalue())
    data[38:42] = b"\xff" * 4

    with pytest.raises(Refused, match="bị hỏng"):
        keep(upload("hong.odt", bytes(data)))
