"""The mark on an attachment that is a file of its own: code and moment of signing in words, no image.

NĐ 30/2020/NĐ-CP, Phụ lục I, II.8.b: organisation's signature on each separate attachment, at the right top corner of
the first page, number and symbol of the main document and the signing time, size 10, upright, black.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import BoxConstraints, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp.static import StaticStampStyle

from documents import press, typography
from documents.layout import Place

SIZE = 10
HEIGHT = 14.0
FROM_TOP = 8 * typography.POINTS_PER_MM
FROM_RIGHT = 15 * typography.POINTS_PER_MM


def problem(data: bytes) -> str:
    """Why these bytes could not be signed as an attachment; "" when they can."""
    try:
        reader = PdfFileReader(BytesIO(data))
        if reader.encrypted:
            return _("Tệp kèm theo đặt mật khẩu; hãy bỏ mật khẩu rồi đóng dấu.")
        if list(reader.embedded_regular_signatures):
            return _("Tệp đã có chữ ký số; hãy dùng bản chưa ký.")
        corner(reader, "")
    except (PdfError, ValueError, KeyError, TypeError, IndexError, AttributeError):
        return _("Tệp không phải là PDF đọc được.")
    return ""


def words(code: str, at: datetime) -> str:
    """Such as "05/KH-SKHCN; 2023-10-12T09:15:30+07:00": Vietnam time by ISO 8601."""
    return f"{typography.nfc(code)}; {timezone.localtime(at).replace(microsecond=0).isoformat()}"


@dataclass(frozen=True)
class Corner:
    """Where the mark goes on a page as it is shown: the field's rectangle and the turn of the words in it."""

    place: Place
    turn: str


def corner(reader: PdfFileReader, text: str) -> Corner:
    """The right top corner of the first page as people see it, whatever /Rotate says."""
    page = reader.root["/Pages"]["/Kids"][0].get_object()
    while "/Kids" in page:
        page = page["/Kids"][0].get_object()
    left, bottom, right, top = _box(page)
    width = typography.width_mm(text, SIZE) * typography.POINTS_PER_MM + 2
    high, long = HEIGHT, width
    match int(_inherited(page, "/Rotate", 0)) % 360:
        case 90:
            x, y = left + FROM_TOP, top - FROM_RIGHT - long
            return Corner(Place(0, x, y, x + high, y + long), f"0 1 -1 0 {high:.4f} 0 cm")
        case 180:
            x, y = left + FROM_RIGHT, bottom + FROM_TOP
            return Corner(Place(0, x, y, x + long, y + high), f"-1 0 0 -1 {long:.4f} {high:.4f} cm")
        case 270:
            x, y = right - FROM_TOP - high, bottom + FROM_RIGHT
            return Corner(Place(0, x, y, x + high, y + long), f"0 -1 1 0 0 {long:.4f} cm")
    x, y = right - FROM_RIGHT - long, top - FROM_TOP - high
    return Corner(Place(0, x, y, x + long, y + high), "1 0 0 1 0 0 cm")


def _inherited(page: Any, name: str, default: Any) -> Any:
    """An attribute of the page or of the nodes above it."""
    node = page
    while name not in node:
        if "/Parent" not in node:
            return default
        node = node["/Parent"]
    return node[name]


def _box(page: Any) -> tuple[float, float, float, float]:
    """What is shown of the page, from its lower left corner."""
    shown = _inherited(page, "/CropBox", None) or _inherited(page, "/MediaBox", (0, 0, 595.28, 841.89))
    x1, y1, x2, y2 = (float(value) for value in shown)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


class _Words(PdfContent):
    """The words as the documents' own printer draws them."""

    def __init__(self, text: str, placed: Corner) -> None:
        """Draws nothing yet: pyHanko asks with the writer at hand."""
        place = placed.place
        super().__init__(box=BoxConstraints(width=place.width, height=place.height))
        self._text, self._turn = text, placed.turn
        self._size = max(place.width, place.height), min(place.width, place.height)

    def render(self) -> bytes:
        """The line, imported from a page of its own size, turned as the page is shown."""
        width, height = self._size
        page = press.render_line(self._text, width=width, height=height, size=SIZE, is_italic=False)
        self.resources.xobject["/Mark"] = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(page)))
        return f"{self._turn} /Mark Do".encode()


def style(text: str, placed: Corner, layout: SimpleBoxLayoutRule) -> Callable[[], StaticStampStyle]:
    """How the signature looks: the words alone. A new one for each try, since pyHanko binds it to one writer."""
    return lambda: StaticStampStyle(
        border_width=0, background=_Words(text, placed), background_opacity=1, background_layout=layout
    )
