"""Official text to PDF: the only module that names WeasyPrint.

`render` gives the same bytes for the same text wherever it is called (preview, worker, command). Nothing is fetched
but the bundled fonts and the images handed over by the caller. Files claim PDF/A-2b and carry title, language and
structure tags.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

from django.utils.html import escape
from weasyprint import CSS, DEFAULT_OPTIONS, HTML
from weasyprint.css import ColorProfile
from weasyprint.document import Document
from weasyprint.pdf import VARIANTS, generate_pdf
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents import printing, tagging
from documents.layout import ND30_13, LayoutProfile, OfficialText, Place, RenderedPdf
from documents.typography import FONT_FOLDER, POINTS_PER_MM

POINTS_PER_PX = 0.75
FONT_FILES = frozenset(path.name for path in FONT_FOLDER.glob("*.ttf"))
# The colour profile is handed over instead of taken by name, which would leave its file open at each rendering.
VARIANT = "pdf/a-2b"
GIVEN = {**DEFAULT_OPTIONS, "pdf_variant": VARIANT, "pdf_tags": True, "output_intent": "given"}
OPTIONS = {name: VARIANTS[VARIANT][1].get(name) if value is None else value for name, value in GIVEN.items()}
COLOURS = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


class Fetcher(URLFetcher):
    """Opens `font:NAME` for the bundled fonts and `image:NAME` for the images given; anything else ends the
    rendering."""

    def __init__(self, images: dict[str, bytes] | None = None) -> None:
        super().__init__()
        self._images = images or {}

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The bytes behind a permitted address; FatalURLFetchingError for every other."""
        scheme, _, name = url.partition(":")
        if scheme == "font" and name in FONT_FILES:
            return URLFetcherResponse(url, (FONT_FOLDER / name).read_bytes(), {"Content-Type": "font/ttf"})
        if scheme == "image" and name in self._images:
            return URLFetcherResponse(url, self._images[name], {"Content-Type": "image/png"})
        raise FatalURLFetchingError(f"the printed page may not open {url[:80]}")


class RenderingError(Exception):
    """The document could not be rendered; the text says why."""


@dataclass(slots=True)
class _Workshop:
    """Fonts and style sheets of one process, made at the first rendering (never before a fork) and kept."""

    pid: int
    fonts: FontConfiguration = field(default_factory=FontConfiguration)
    sheets: dict[str, CSS] = field(default_factory=dict)

    def sheet(self, profile: LayoutProfile) -> CSS:
        """The style sheet of this profile."""
        if profile.key not in self.sheets:
            text = printing.style_sheet(profile)
            self.sheets[profile.key] = CSS(string=text, font_config=self.fonts, url_fetcher=Fetcher())
        return self.sheets[profile.key]


@lru_cache(maxsize=1)
def _workshop_of(pid: int) -> _Workshop:
    """One workshop; a forked child asks with its own id and gets its own."""
    return _Workshop(pid)


def _workshop() -> _Workshop:
    return _workshop_of(os.getpid())


def warm_up(profile: LayoutProfile) -> None:
    """Load fonts and style sheet and take what is loaded out of the garbage collector's rounds: for worker
    processes."""
    _workshop().sheet(profile)
    gc.collect()
    gc.freeze()


@contextmanager
def without_collecting() -> Iterator[None]:
    """No garbage is collected in the block: looking through a growing document again and again costs a third of the
    time of laying it out and of writing it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def laid_out(
    html: str, profile: LayoutProfile, extra_css: str = "", images: dict[str, bytes] | None = None
) -> Document:
    """The pages of this HTML, not yet written."""
    workshop = _workshop()
    sheets = [workshop.sheet(profile)]
    if extra_css:
        sheets.append(CSS(string=extra_css, font_config=workshop.fonts, url_fetcher=Fetcher()))
    try:
        page = HTML(string=html, base_url="about:blank", url_fetcher=Fetcher(images))
        profiles = {
            "srgb": ColorProfile(BytesIO(COLOURS), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))
        }
        return page.render(font_config=workshop.fonts, color_profiles=profiles, stylesheets=sheets)
    except FatalURLFetchingError as refused:
        raise RenderingError(str(refused)) from refused


def written(document: Document) -> bytes:
    """The file with a plain cross-reference table: files without object streams are read and verified twice as fast,
    and older signing programs take them. Page contents stay compressed. (`write_pdf` would write the file a second
    time, compressed: a tenth of the whole rendering.)"""
    target = BytesIO()
    made = generate_pdf(document, None, 1, **OPTIONS)
    tagging.simplify(made)
    made.write(target, version=OPTIONS["pdf_version"], identifier=True, compress=False)
    return target.getvalue()


@without_collecting()
def render(text: OfficialText, *, has_open_lines: bool = False) -> RenderedPdf:
    """The document as a PDF, the same bytes for the same text.

    With `has_open_lines` the lines of number and date are left out of the page: this is the file to sign, and
    `signing.prepare` puts them on it as fields that the clerk fills after the signature. Without, blanks are printed.
    Raises RenderingError when the page asks for a file that it may not open.
    """
    html = printing.html(text, has_open_lines=has_open_lines)
    document = laid_out(html, text.profile)
    data = written(document)
    places = places_of(anchors(document), text.profile)
    return RenderedPdf(data, len(document.pages), places, text, has_open_lines)


def anchors(document: Document) -> dict[str, Place]:
    """Where the elements with an id stand: the two lines and the gap for the signature."""
    found: dict[str, Place] = {}
    for number, page in enumerate(document.pages):
        height = page.height * POINTS_PER_PX
        for name, box in page.anchors.items():
            x1, y1, x2, y2 = (value * POINTS_PER_PX for value in box)
            found.setdefault(name, Place(number, x1, height - y2, x2, height - y1))
    return found


def places_of(found: dict[str, Place], profile: LayoutProfile) -> dict[str, Place]:
    """Places of the two lines, of the signature image and of the seal, which covers a third of it on its left
    (II.8)."""
    missing = {"signature_gap", "number_line", "date_line"} - found.keys()
    if missing:
        raise RenderingError(f"the page has no place for {', '.join(sorted(missing))}")
    gap = found["signature_gap"]
    width, height = (value * POINTS_PER_MM for value in profile.signature_mm)
    seal = profile.seal_mm * POINTS_PER_MM
    centre_x, centre_y = (gap.x1 + gap.x2) / 2, (gap.y1 + gap.y2) / 2
    left = centre_x - width / 2
    seal_right = left + width / 3
    return {
        "number_line": found["number_line"],
        "date_line": found["date_line"],
        "signature": Place(gap.page, left, centre_y - height / 2, left + width, centre_y + height / 2),
        "seal": Place(gap.page, seal_right - seal, centre_y - seal / 2, seal_right, centre_y + seal / 2),
    }


@without_collecting()
def render_line(line: str, *, width: float, height: float, size: float, is_italic: bool) -> bytes:
    """One line, centred on a page of exactly this size in points, in the document's font and on its baseline.

    `signing` puts it into the field of the number (upright) or of the date (italic).
    """
    css = f"@page {{ size: {width:.4f}pt {height:.4f}pt; margin: 0; @top-center {{ content: none; }} }}"
    style = f"font-size: {size:g}pt; line-height: {height:.4f}pt; font-style: {'italic' if is_italic else 'normal'}"
    css += f"p {{ text-align: center; white-space: nowrap; {style}; }}"
    html = f'<html lang="vi"><title>-</title><body><p>{escape(line)}</p></body></html>'
    data: bytes = laid_out(html, ND30_13, css).write_pdf()
    return data
