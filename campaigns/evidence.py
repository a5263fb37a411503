"""Evidence files: what they are is told by their content, they are kept byte for byte, photos get a small picture.

Reads uploads, writes files below MEDIA_ROOT (`documents.archive.write_once`); `workflow.progress` writes the rows.
"""

import io
import warnings
import zipfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import PurePath
from typing import IO, Any

from django.core import signing
from django.core.files.base import File
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from documents import archive

MOST_BYTES = 20 * 1024 * 1024
MOST_FILES = 10
MOST_PIXELS = 120_000_000
THUMBNAIL = (480, 360)
SALT = "campaigns.evidence"

PDF = "application/pdf"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
OOXML = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = {f"application/vnd.oasis.opendocument.{name}" for name in ("text", "spreadsheet", "presentation")}
OLE_STREAMS = {
    "WordDocument": "application/msword",
    "Workbook": "application/vnd.ms-excel",
    "Book": "application/vnd.ms-excel",
    "PowerPoint Document": "application/vnd.ms-powerpoint",
}
ENDINGS = {
    PDF: {".pdf"},
    "image/jpeg": {".jpg", ".jpeg", ".jfif"},
    "image/png": {".png"},
    "image/webp": {".webp"},
    "image/gif": {".gif"},
    "image/heic": {".heic", ".heif"},
    OOXML["word/"]: {".docx"},
    OOXML["xl/"]: {".xlsx"},
    OOXML["ppt/"]: {".pptx"},
    "application/vnd.oasis.opendocument.text": {".odt"},
    "application/vnd.oasis.opendocument.spreadsheet": {".ods"},
    "application/vnd.oasis.opendocument.presentation": {".odp"},
    "application/msword": {".doc"},
    "application/vnd.ms-excel": {".xls"},
    "application/vnd.ms-powerpoint": {".ppt"},
}
ACCEPT = ",".join(sorted(ending for endings in ENDINGS.values() for ending in endings))
INLINE = {PDF, "image/jpeg", "image/png", "image/webp", "image/gif"}
"""Types a browser shows itself; everything else is downloaded."""


class Refused(Exception):
    """The file is not taken; the text is the sentence people read."""


@dataclass(frozen=True)
class Kept:
    """A file whose bytes lie below MEDIA_ROOT, before it belongs to an entry."""

    name: str
    media_type: str
    size: int
    sha256: str
    file: str
    thumbnail: str = ""


def keep(upload: "File[Any]") -> Kept:
    """Check one upload and write its bytes (and a small picture). Raises Refused and writes nothing for a bad one."""
    name = PurePath(str(upload.name).replace("\\", "/")).name[-200:]
    if not upload.size:
        raise Refused(_("Tệp “%(name)s” rỗng.") % {"name": name})
    if upload.size > MOST_BYTES:
        raise Refused(_("Tệp “%(name)s” lớn hơn %(limit)s MB.") % {"name": name, "limit": MOST_BYTES // 1024**2})
    upload.seek(0)
    data = upload.read()
    media_type = _type_of(data, name)
    if PurePath(name).suffix.lower() not in ENDINGS[media_type]:
        raise Refused(
            _("Tên tệp “%(name)s” không khớp với nội dung (%(type)s). Hãy chọn đúng tệp gốc.")
            % {"name": name, "type": "/".join(sorted(ENDINGS[media_type]))}
        )
    digest = archive.sha256(data)
    base = f"evidence/{digest[:2]}/{digest}"
    small = _thumbnail(data, name) if media_type in IMAGES.values() else b""
    archive.write_once(base, data)
    if small:
        archive.write_once(f"{base}.jpg", small)
    return Kept(name, media_type, len(data), digest, base, f"{base}.jpg" if small else "")


def _type_of(data: bytes, name: str) -> str:
    """The media type by content. Raises Refused for anything that is no PDF, image or Office file."""
    if data.startswith(b"%PDF-"):
        return PDF
    if data.startswith(b"PK\x03\x04"):
        return _zip_type(data, name)
    if data.startswith(OLE):
        return _ole_type(data, name)
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"heim", b"heis", b"msf1"):
        return "image/heic"
    found = _image_format(io.BytesIO(data), name)
    if found in IMAGES:
        return IMAGES[found]
    raise _unknown(name)


def _unknown(name: str) -> Refused:
    return Refused(
        _("Tệp “%(name)s” không phải PDF, ảnh hay tệp Office. Hãy gửi PDF, JPG, PNG, Word, Excel hoặc PowerPoint.")
        % {"name": name}
    )


def _zip_type(data: bytes, name: str) -> str:
    """Office files are zip archives; only their table of contents is read, nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archived:
            entries = archived.namelist()
            declared = archived.read("mimetype").decode("ascii", "replace") if _is_small(archived, "mimetype") else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise Refused(_("Tệp “%(name)s” bị hỏng, không mở được.") % {"name": name}) from error
    if any(PurePath(entry).name == "vbaProject.bin" for entry in entries):
        raise Refused(_("Tệp “%(name)s” có macro. Hãy lưu lại thành tệp không có macro hoặc PDF.") % {"name": name})
    if declared in OPEN_DOCUMENT:
        return declared
    if "[Content_Types].xml" in entries:
        for folder, media_type in OOXML.items():
            if any(entry.startswith(folder) for entry in entries):
                return media_type
    raise _unknown(name)


def _is_small(archived: zipfile.ZipFile, entry: str) -> bool:
    """Is there such an entry, and is what would be read small? Of several entries of one name the last is read."""
    sizes = {info.filename: info.file_size for info in archived.infolist()}
    return sizes.get(entry, 200) < 200


def _ole_type(data: bytes, name: str) -> str:
    """The old Office container names its streams in UTF-16; a stream of a known name says which program wrote it."""
    for stream, media_type in OLE_STREAMS.items():
        if f"{stream}\0".encode("utf-16-le") in data:
            return media_type
    raise _unknown(name)


def _image_format(source: IO[bytes], name: str) -> str:
    """Pillow's name of the format; "" when it is no image. Refuses a picture that would not fit into memory."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(source) as image:
                width, height = image.size
                found = image.format or ""
        except Image.DecompressionBombError as error:
            raise _too_many_pixels(name) from error
        except (OSError, ValueError, SyntaxError):
            return ""  # Pillow's three ways to say that it is no picture
    if width * height > MOST_PIXELS:
        raise _too_many_pixels(name)
    return found


def _too_many_pixels(name: str) -> Refused:
    return Refused(_("Ảnh “%(name)s” quá nhiều điểm ảnh. Hãy thu nhỏ rồi tải lại.") % {"name": name})


def _thumbnail(data: bytes, name: str) -> bytes:
    """A small upright JPEG without the camera's notes. A damaged picture is refused."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(data)) as image:
                image.draft("RGB", (THUMBNAIL[0] * 2, THUMBNAIL[1] * 2))
                upright = ImageOps.exif_transpose(image)
                upright.thumbnail(THUMBNAIL)
                flat = Image.new("RGB", upright.size, "white")
                rgba = upright.convert("RGBA")
                flat.paste(rgba, mask=rgba.getchannel("A"))
        except (OSError, ValueError, SyntaxError) as error:
            raise Refused(_("Ảnh “%(name)s” bị hỏng, không mở được.") % {"name": name}) from error
    out = io.BytesIO()
    flat.save(out, "JPEG", quality=80, optimize=True)
    return out.getvalue()


def seal(files: list[Kept]) -> str:
    """Kept files as a signed text for a hidden field, so that a form shown again has not lost them."""
    return signing.dumps([asdict(kept) for kept in files], salt=SALT, compress=True) if files else ""


def unseal(text: str) -> list[Kept]:
    """What `seal` wrote within the last day; nothing for a changed or old text."""
    if not text:
        return []
    try:
        return [Kept(**row) for row in signing.loads(text, salt=SALT, max_age=86_400)]
    except signing.BadSignature:
        return []
