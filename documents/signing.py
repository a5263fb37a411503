"""Signing in the order of the rule: the officer signs what was shown, the clerk gives number and date, the seal locks
all.

Every step appends to the file (the result starts with what came in) and checks what it is given; nothing passes as
signed that is not. Flow and wording follow NĐ 30/2020/NĐ-CP, Điều 13, 15, 17 and 32; appearances Phụ lục I, II.7 and
II.8.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from io import BytesIO
from typing import Any

from asn1crypto import x509
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import (
    FieldMDPAction,
    FieldMDPSpec,
    MDPPerm,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
)
from pyhanko.sign.general import SigningError as CmsSigningError
from pyhanko.sign.signers.pdf_cms import Signer
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession
from pyhanko.stamp.static import StaticStampStyle

from documents import attachment_mark, certificates, press, printing, revisions, timestamps, typography, verification
from documents.layout import ND30_13, Head, LayoutProfile, Place, RenderedPdf
from documents.revisions import ATTACHMENT_FIELD, DATE_FIELD, NUMBER_FIELD, OFFICER_FIELD, SEAL_FIELD
from documents.signing_keys import KeyUnavailable, Pkcs12Key, SigningError, SigningKey, check_certificate

__all__ = [
    "KeyUnavailable",
    "Pkcs12Key",
    "SigningError",
    "SigningKey",
    "WrongStep",
    "fill_number",
    "prepare",
    "prepare_attachment",
    "seal",
    "sign_as_officer",
    "sign_attachment",
]

log = logging.getLogger(__name__)

READ_ONLY = 1
PRINTED = 4
_WHOLE = SimpleBoxLayoutRule(
    AxisAlignment.ALIGN_MID, AxisAlignment.ALIGN_MID, inner_content_scaling=InnerScaling.STRETCH_TO_FIT
)


class WrongStep(SigningError):
    """The file is not at the step that was asked for."""


def prepare(rendered: RenderedPdf) -> bytes:
    """Add the fields that the later steps fill: the number line, the date line, the officer's and the seal's signature.

    All of them must exist before the first signature, which permits filling and nothing else. The same bytes for the
    same document. Raises WrongStep for a document without a number that was not rendered with open lines.
    """
    if not rendered.has_open_lines and rendered.text.head.number is None:
        raise WrongStep(_("Văn bản chưa có số phải được dựng với dòng số và dòng ngày để trống."))
    writer = _Writer(rendered.bytes)
    if rendered.has_open_lines:
        sizes = rendered.text.profile.sizes
        number, day = printing.number_line(rendered.text), printing.date_line(rendered.text)
        _add_line(writer, NUMBER_FIELD, "Số, ký hiệu", number, rendered.places["number_line"], sizes.number)
        _add_line(writer, DATE_FIELD, "Địa danh, ngày tháng", day, rendered.places["date_line"], sizes.place_date)
    _add_signature(writer, OFFICER_FIELD, "Chữ ký của lãnh đạo", rendered.places["signature"], locks=False)
    _add_signature(writer, SEAL_FIELD, "Dấu của cơ quan", rendered.places["seal"], locks=True)
    return _written(writer)


def sign_as_officer(
    data: bytes,
    key: SigningKey,
    *,
    at: datetime,
    appearance: bytes | None = None,
    roots: Sequence[x509.Certificate] | None = None,
) -> bytes:
    """The officer's signature on exactly these bytes; afterwards only filling the fields is permitted (PAdES, DocMDP).

    `appearance` is the PNG of the handwritten signature (default: the one kept with the key). Raises WrongStep when
    the file is not prepared or is signed already, KeyUnavailable when the certificate may not sign at this moment.
    """
    if revisions.empty_signature_fields(_reader(data)) != {OFFICER_FIELD, SEAL_FIELD}:
        raise WrongStep(_("Tệp chưa được chuẩn bị để ký hoặc đã có chữ ký."))
    style = partial(_image_style, appearance or key.appearance)
    return _signed(data, key, OFFICER_FIELD, style=style, at=at, roots=roots)


def fill_number(data: bytes, head: Head, *, profile: LayoutProfile = ND30_13) -> bytes:
    """Write number and date into their fields, once, after the officer's signature (Điều 15).

    Raises WrongStep when the officer has not signed, the seal is on it, or number and date stand there already.
    """
    if not head.number or head.date is None:
        raise WrongStep(_("Thiếu số hoặc ngày của văn bản."))
    reader = _reader(data)
    if revisions.empty_signature_fields(reader) != {SEAL_FIELD}:
        raise WrongStep(_("Chỉ cấp số cho văn bản đã ký và chưa đóng dấu."))
    if len(revisions.field_history(reader, NUMBER_FIELD)) != 1:
        raise WrongStep(_("Văn bản đã được cấp số."))
    writer = _Writer(data)
    label, joiner = profile.number_label, profile.number_joiner
    line = typography.number_line(head.number, head.symbol, label=label, joiner=joiner)
    _fill_line(writer, NUMBER_FIELD, line)
    _fill_line(writer, DATE_FIELD, typography.date_line(head.place, head.date))
    return _written(writer)


def seal(
    data: bytes,
    key: SigningKey,
    *,
    at: datetime,
    appearance: bytes | None = None,
    roots: Sequence[x509.Certificate] | None = None,
) -> bytes:
    """The organisation's signature with the image of its seal, on a signed and numbered file; it locks every field
    (Điều 17).

    Raises WrongStep when signature or number are missing or the seal is on it already, KeyUnavailable as the
    officer's does.
    """
    reader = _reader(data)
    if revisions.empty_signature_fields(reader) != {SEAL_FIELD}:
        raise WrongStep(_("Chỉ đóng dấu văn bản đã có chữ ký của lãnh đạo và chưa đóng dấu."))
    if len(revisions.field_history(reader, NUMBER_FIELD)) == 1:
        raise WrongStep(_("Văn bản chưa được cấp số."))
    style = partial(_image_style, appearance or key.appearance)
    return _signed(data, key, SEAL_FIELD, style=style, at=at, roots=roots)


def sign_attachment(
    data: bytes, key: SigningKey, *, code: str, at: datetime, roots: Sequence[x509.Certificate] | None = None
) -> bytes:
    """The organisation's signature on an attachment that is a file of its own: no image, but the number and symbol of
    the main document and the moment in the right top corner of page 1 (Phụ lục I, II.8.b). It locks the file.

    Raises WrongStep for bytes that are no readable PDF or are encrypted, KeyUnavailable as the seal does.
    """
    text = attachment_mark.words(code, at)
    prepared, placed = _with_attachment_field(data, text)
    style = attachment_mark.style(text, placed, _WHOLE)
    return _signed(prepared, key, ATTACHMENT_FIELD, style=style, at=at, roots=roots)


def prepare_attachment(data: bytes, *, code: str, at: datetime) -> bytes:
    """The attachment with an empty field for the organisation's signature, as wide as the mark will be. The same bytes
    for the same file and code: a day and an hour are always as wide. WrongStep as for `sign_attachment`."""
    return _with_attachment_field(data, attachment_mark.words(code, at))[0]


def _with_attachment_field(data: bytes, text: str) -> tuple[bytes, attachment_mark.Corner]:
    """The file with the empty field, and where it is: wide enough for the words of the mark."""
    reader = _reader(data)
    if reader.encrypted:
        raise WrongStep(_("Tệp kèm theo đặt mật khẩu; hãy bỏ mật khẩu rồi đóng dấu."))
    placed = attachment_mark.corner(reader, text)
    writer = _Writer(data)
    _add_signature(writer, ATTACHMENT_FIELD, "Chữ ký số của cơ quan", placed.place, locks=True)
    return _written(writer), placed


def _reader(data: bytes) -> PdfFileReader:
    """A reader; WrongStep for bytes that are no readable PDF."""
    try:
        return PdfFileReader(BytesIO(data))
    except (PdfError, ValueError, KeyError, TypeError, IndexError) as error:
        raise WrongStep(_("Tệp không phải là PDF đọc được.")) from error


class _Writer(IncrementalPdfFileWriter):
    """A writer of one more update without chance and clock."""

    def __init__(self, data: bytes) -> None:
        """The second file identifier follows from the content."""
        super().__init__(BytesIO(data))
        self._document_id[1] = generic.ByteStringObject(hashlib.sha256(data).digest()[:16])

    def _update_meta(self) -> None:
        """The file's metadata stay as they are."""


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    """The file with the update behind it."""
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _form(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
    """The form of the file, made when there is none."""
    root = writer.root
    if "/AcroForm" not in root:
        made = generic.DictionaryObject({pdf_name("/Fields"): generic.ArrayObject()})
        root[pdf_name("/AcroForm")] = writer.add_object(made)
        writer.update_root()
    form: generic.DictionaryObject = root["/AcroForm"]
    return form


def _rectangle(place: Place) -> generic.ArrayObject:
    return generic.ArrayObject(
        generic.FloatObject(f"{value:.4f}") for value in (place.x1, place.y1, place.x2, place.y2)
    )


def _line_appearance(
    writer: IncrementalPdfFileWriter, line: str, *, width: float, height: float, size: float, is_italic: bool
) -> generic.IndirectObject:
    """The line as the document's own printer draws it, as a form XObject."""
    page = press.render_line(line, width=width, height=height, size=size, is_italic=is_italic)
    reference: generic.IndirectObject = writer.import_page_as_xobject(PdfFileReader(BytesIO(page)))
    return reference


def _add_line(writer: IncrementalPdfFileWriter, name: str, label: str, line: str, place: Place, size: float) -> None:
    """A read-only text field that shows the line in the document's own type."""
    is_italic = name == DATE_FIELD
    drawn = _line_appearance(writer, line, width=place.width, height=place.height, size=size, is_italic=is_italic)
    form = _form(writer)
    fonts = drawn.get_object()["/Resources"]["/Font"]
    font_name = next(iter(fonts))
    resources = form.setdefault(
        pdf_name("/DR"), generic.DictionaryObject({pdf_name("/Font"): generic.DictionaryObject()})
    )
    alias = pdf_name("/TinosItalic" if is_italic else "/Tinos")
    resources["/Font"][alias] = fonts.raw_get(font_name)
    page = writer.find_page_for_modification(place.page)[0]
    field = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Widget"),
            pdf_name("/FT"): pdf_name("/Tx"),
            pdf_name("/T"): pdf_string(name),
            pdf_name("/TU"): pdf_string(label),
            pdf_name("/V"): pdf_string(_plain(line)),
            pdf_name("/Ff"): generic.NumberObject(READ_ONLY),
            pdf_name("/F"): generic.NumberObject(PRINTED),
            pdf_name("/Q"): generic.NumberObject(1),
            pdf_name("/DA"): pdf_string(f"{alias} {size:g} Tf 0 g"),
            pdf_name("/Rect"): _rectangle(place),
            pdf_name("/P"): page,
            pdf_name("/AP"): generic.DictionaryObject({pdf_name("/N"): drawn}),
        }
    )
    reference = writer.add_object(field)
    form["/Fields"].append(reference)
    writer.update_container(form)
    writer.register_annotation(page, reference)


def _plain(line: str) -> str:
    """The line as a field's value: ordinary spaces."""
    return line.replace(typography.NBSP, " ")


def _add_signature(writer: IncrementalPdfFileWriter, name: str, label: str, place: Place, *, locks: bool) -> None:
    """An empty signature field; one that `locks` forbids every later change of any field."""
    lock = FieldMDPSpec(FieldMDPAction.ALL) if locks else None
    box: Any = (place.x1, place.y1, place.x2, place.y2)  # pyHanko takes fractions too, it only declares whole points
    spec = SigFieldSpec(name, on_page=place.page, box=box, field_mdp_spec=lock, readable_field_name=label)
    append_signature_field(writer, spec)


def _fill_line(writer: IncrementalPdfFileWriter, name: str, line: str) -> None:
    """Give a text field a new value and a new appearance (never the old one changed in place)."""
    field = revisions.fields(writer).get(name)
    if field is None:
        raise WrongStep(_("Tệp không có ô để ghi số và ngày."))
    x1, y1, x2, y2 = (float(value) for value in field["/Rect"])
    size = float(str(field["/DA"]).split()[1])
    is_italic = name == DATE_FIELD
    drawn = _line_appearance(writer, line, width=x2 - x1, height=y2 - y1, size=size, is_italic=is_italic)
    field[pdf_name("/V")] = pdf_string(_plain(line))
    field[pdf_name("/AP")] = generic.DictionaryObject({pdf_name("/N"): drawn})
    writer.update_container(field)


class _DatedSigner(PdfSigner):
    """A signer whose clock is given by the caller."""

    at: datetime

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        """The session, with the caller's moment as its time."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def _image_style(png: bytes | None) -> StaticStampStyle:
    """How the signature looks: the image alone, filling its field, no frame (Phụ lục I, II.7.c and II.8)."""
    if not png:
        raise KeyUnavailable(_("Chưa có hình ảnh chữ ký hoặc dấu đi kèm khóa ký."))
    try:
        image = Image.open(BytesIO(png))
        image.load()
    except (UnidentifiedImageError, OSError, ValueError) as error:
        raise KeyUnavailable(_("Hình ảnh chữ ký hoặc dấu không đọc được.")) from error
    picture = PdfImage(image.convert("RGBA"), name="Anh")
    return StaticStampStyle(border_width=0, background=picture, background_opacity=1, background_layout=_WHOLE)


def _signed(
    data: bytes,
    key: SigningKey,
    field: str,
    *,
    style: Callable[[], StaticStampStyle],
    at: datetime,
    roots: Sequence[x509.Certificate] | None,
) -> bytes:
    """The file with one more signature, looked at again before it is given out."""
    roots = certificates.trust_roots() if roots is None else roots
    check_certificate(key.certificate, roots, others=key.chain, at=at)
    style()  # a bad image is told before the key is opened
    with key.opened() as signer:
        result = _with_best_level(data, key, signer, field, style=style, at=at, roots=roots)
    return _looked_at(data, result, field)


def _with_best_level(
    data: bytes,
    key: SigningKey,
    signer: Signer,
    field: str,
    *,
    style: Callable[[], StaticStampStyle],
    at: datetime,
    roots: Sequence[x509.Certificate],
) -> bytes:
    """Signed with the highest PAdES level that can be had now: B-LT, else B-T, else B-B (no time-stamp authority, or
    none that answers). The level stands in the file and is kept with the signature."""
    stamper = timestamps.timestamper()
    problem: Exception | None = None
    for with_validation_data, with_stamp in timestamps.levels(key.certificate, stamper):
        meta = _metadata(key, field)
        if with_validation_data:
            meta = replace(meta, embed_validation_info=True, validation_context=timestamps.context(roots, key.chain))
        pdf_signer = _DatedSigner(meta, signer, timestamper=stamper if with_stamp else None, stamp_style=style())
        pdf_signer.at = at.replace(microsecond=0)
        try:
            return bytes(pdf_signer.sign_pdf(_Writer(data), existing_fields_only=True).getvalue())
        except (*timestamps.NOT_REACHED, CmsSigningError, PdfError) as error:
            problem = error
            log.warning("%s: no signature with stamp=%s, data=%s: %s", field, with_stamp, with_validation_data, error)
    raise SigningError(_("Không ký được văn bản: %(reason)s") % {"reason": problem}) from problem


def _metadata(key: SigningKey, field: str) -> PdfSignatureMetadata:
    """What the signature says of itself: PAdES, SHA-256; the officer's certifies and permits filling in."""
    return PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=key.common_name,
        certify=field == OFFICER_FIELD,
        docmdp_permissions=MDPPerm.FILL_FORMS,
        dss_settings=timestamps.IN_ONE_REVISION,
        signer_key_usage={"digital_signature"},
    )


def _looked_at(data: bytes, result: bytes, field: str) -> bytes:
    """The result, if it extends what came in and its newest signature fits it; SigningError otherwise. Never unsigned
    bytes."""
    newest = [each for each in PdfFileReader(BytesIO(result)).embedded_regular_signatures if each.field_name == field]
    if result.startswith(data) and len(newest) == 1 and verification.is_sound(newest[0]):
        return result
    raise SigningError(_("Chữ ký vừa tạo không khớp với văn bản; văn bản chưa được ký."))
