"""A draft as it will print, shown beside its editor: rendered once for each content, in the web process, within limits.

The PDF is the one `press.render` makes for everybody. It is kept by the hash of its HTML and style sheet, so a
save that changes nothing prints nothing. Why here and not in a worker: docs/adr/0014.
"""

import threading
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from documents import archive, pictures, press, printing
from documents.layout import OfficialText
from documents.models import Document

LONGEST = 35_000
"""Characters of HTML without the style sheet, about fifteen pages; longer drafts are read on the PDF tab."""
PATIENCE = 3.0
"""Seconds to wait for another rendering of this process."""
_press = threading.Lock()


class TooLong(Exception):
    """The draft is too long to be printed while somebody waits; the text says where to read it."""


class Busy(Exception):
    """Another draft is being printed; ask again in a moment."""


@dataclass(frozen=True)
class Page:
    """Size of a page in points."""

    width: float
    height: float


@dataclass(frozen=True)
class Preview:
    """A printed draft: the name of its content and its pages."""

    digest: str
    pages: tuple[Page, ...]


def digest_of(text: OfficialText) -> str:
    """The same for the same printed content, with this version's templates and style sheet."""
    return _digest(text, printing.html(text))


def _digest(text: OfficialText, html: str) -> str:
    return sha256(f"{html}\0{printing.style_sheet(text.profile)}".encode()).hexdigest()


def preview(document: Document, text: OfficialText) -> Preview:
    """The draft's pages, printed unless the same content was printed before. TooLong, Busy when it is not possible."""
    html = printing.html(text)
    digest = _digest(text, html)
    relative = pictures.preview_file(document, digest)
    path = Path(settings.MEDIA_ROOT) / relative
    if not path.exists():
        if len(html) > LONGEST:
            raise TooLong(_("Kế hoạch dài, không xem trước ngay được; hãy xem ở thẻ PDF."))
        if not _press.acquire(timeout=PATIENCE):
            raise Busy
        try:
            archive.write_once(relative, press.render(text).bytes)
        finally:
            _press.release()
    sizes = pictures.page_sizes(path.read_bytes())
    return Preview(digest, tuple(Page(width, height) for width, height in sizes))
