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
LIGHT_DOTS_PER_INCH = 110
"""For the preview of a draft, which is black on white: half the size, a fifth of the time."""
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
        archive.write_once(preview_file(document, digest), data)
    return Shown(digest, len(page_sizes(data)))


def page_sizes(data: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points. Raises pypdfium2.PdfiumError for what is no PDF."""
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(data)
        try:
            return [pdf.get_page_size(number) for number in range(len(pdf))]
        finally:
            pdf.close()


def picture(document: Document, sha256: str, number: int, *, is_light: bool = False) -> bytes:
    """Page `number` (from 1) as PNG; `is_light` in grey and smaller, for the preview beside an editor.

    FileNotFoundError for bytes of another document, IndexError for no such page.
    """
    return page_of(_source(document, sha256), sha256, number, is_light=is_light)


def page_of(source: Callable[[], bytes], sha256: str, number: int, *, is_light: bool = False) -> bytes:
    """Page `number` (from 1) of the bytes with this SHA-256 as PNG, made once; they are read only to draw it.

    IndexError for no such page.
    """
    relative = f"pictures/{sha256[:2]}/{sha256}-{number}{'-light' if is_light else ''}.png"
    path = Path(settings.MEDIA_ROOT) / relative
    if path.exists():
        return path.read_bytes()
    made = _draw(source(), number, is_light=is_light)
    archive.write_once(relative, made)
    return made


def preview_file(document: Document, name: str) -> str:
    """Where a draft's printed bytes lie, below MEDIA_ROOT; `name` is their SHA-256 or that of their content."""
    return f"previews/{document.pk}/{name}.pdf"


def _source(document: Document, sha256: str) -> Callable[[], bytes]:
    """What reads the document's bytes of this SHA-256. FileNotFoundError when it has none."""
    if len(sha256) != 64:  # no SHA-256, and perhaps longer than a file name may be
        raise FileNotFoundError(sha256)
    kept = document.renditions.filter(sha256=sha256).first()
    if kept is not None:
        return partial(archive.read, kept)
    preview = Path(settings.MEDIA_ROOT) / preview_file(document, sha256)
    if not preview.exists():
        raise FileNotFoundError(sha256)
    return preview.read_bytes


def _draw(data: bytes, number: int, *, is_light: bool) -> bytes:
    dots = LIGHT_DOTS_PER_INCH if is_light else DOTS_PER_INCH
    with PDFIUM:
        pdf = pypdfium2.PdfDocument(data)
        try:
            if not 1 <= number <= len(pdf):
                raise IndexError(number)
            pdf.init_forms()  # number, date and signatures are form fields: without this they would be missing
            page = pdf[number - 1]
            scale = min(dots / 72, MOST_DOTS / max(page.get_size()))
            image = page.render(scale=scale, may_draw_forms=True, grayscale=is_light).to_pil()
        finally:
            pdf.close()
    out = io.BytesIO()
    (image if is_light else image.quantize(64)).save(out, "PNG")
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
