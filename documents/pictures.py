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
MOST_DOTS = 4000
"""The longer side of a picture: a page may be as large as it likes, the memory of a process not."""
KEPT_DAYS = 7
FOLDERS = ("pictures", "previews")
PDFIUM = threading.Lock()  # pdfium may not be used by two threads at once


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
    return Shown(digest, count(data))


def count(data: bytes) -> int:
    """How many pages a PDF has. Raises pypdfium2.PdfiumError for what is none."""
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(data)
        pages = len(pdf)
        pdf.close()
    return pages


def picture(document: Document, sha256: str, number: int) -> bytes:
    """Page `number` (from 1) as PNG. FileNotFoundError for bytes of another document, IndexError for no such page."""
    return page_of(_source(document, sha256), sha256, number)


def page_of(source: Callable[[], bytes], sha256: str, number: int) -> bytes:
    """Page `number` (from 1) of the bytes with this SHA-256 as PNG, made once; they are read only to draw it.

    IndexError for no such page.
    """
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
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(data)
        try:
            if not 1 <= number <= len(pdf):
                raise IndexError(number)
            pdf.init_forms()  # number, date and signatures are form fields: without this they would be missing
            page = pdf[number - 1]
            scale = min(DOTS_PER_INCH / 72, MOST_DOTS / max(page.get_size()))
            image = page.render(scale=scale, may_draw_forms=True).to_pil()
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
