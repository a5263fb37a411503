"""Pages of a PDF as pictures, for every screen: a phone shows no PDF inside a page, and a reader should see at once.

The pictures are made from exactly the bytes of the file (pdfium) and are kept by its SHA-256; the file itself is one
link away.
"""

import io
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pypdfium2
from django.conf import settings

from documents import archive
from documents.models import Document

DOTS_PER_INCH = 144
KEPT_DAYS = 7
FOLDERS = ("pictures", "previews")
_pdfium = threading.Lock()  # pdfium may not be used by two threads at once


@dataclass(frozen=True)
class Shown:
    """A file that a page shows: its SHA-256 and how many pages it has."""

    sha256: str
    pages: int


def open_file(document: Document, data: bytes) -> Shown:
    """Make `data` known for the pictures of `document`; a preview's bytes are kept until they are cleared."""
    digest = archive.sha256(data)
    if not document.renditions.filter(sha256=digest).exists():
        archive.write_once(_preview(document, digest), data)
    with _pdfium:
        pdf = pypdfium2.PdfDocument(data)
        count = len(pdf)
        pdf.close()
    return Shown(digest, count)


def picture(document: Document, sha256: str, number: int) -> bytes:
    """Page `number` (from 1) as PNG. FileNotFoundError for bytes of another document, IndexError for no such page.

    First whether the document has such bytes, then the kept picture; the file is read and checked only to draw one.
    """
    source = _source(document, sha256)
    relative = f"pictures/{sha256[:2]}/{sha256}-{number}.png"
    path = Path(settings.MEDIA_ROOT) / relative
    if path.exists():
        return path.read_bytes()
    made = _draw(source(), number)
    archive.write_once(relative, made)
    return made


def _preview(document: Document, sha256: str) -> str:
    return f"previews/{document.pk}/{sha256}.pdf"


def _source(document: Document, sha256: str) -> Callable[[], bytes]:
    """What reads the document's bytes of this SHA-256. FileNotFoundError when it has none."""
    if len(sha256) != 64:  # no SHA-256, and perhaps longer than a file name may be
        raise FileNotFoundError(sha256)
    kept = document.renditions.filter(sha256=sha256).first()
    if kept is not None:
        return partial(archive.read, kept)
    preview = Path(settings.MEDIA_ROOT) / _preview(document, sha256)
    if not preview.exists():
        raise FileNotFoundError(sha256)
    return preview.read_bytes


def _draw(data: bytes, number: int) -> bytes:
    with _pdfium:
        pdf = pypdfium2.PdfDocument(data)
        try:
            if not 1 <= number <= len(pdf):
                raise IndexError(number)
            pdf.init_forms()  # number, date and signatures are form fields: without this they would be missing
            image = pdf[number - 1].render(scale=DOTS_PER_INCH / 72, may_draw_forms=True).to_pil()
        finally:
            pdf.close()
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG")
    return out.getvalue()


def clear(*, now: float | None = None) -> int:
    """Delete pictures and previews older than a week; how many files went. They are made again when asked for."""
    before = (now or time.time()) - KEPT_DAYS * 86_400
    gone = 0
    for folder in FOLDERS:
        for path in (Path(settings.MEDIA_ROOT) / folder).rglob("*.p*"):
            if path.stat().st_mtime < before:
                path.unlink()
                gone += 1
    return gone
