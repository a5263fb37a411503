"""Reading a rendered PDF back with a ruler: lines of text with their place, size and style, and the drawn rules."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pdfplumber

MM = 72 / 25.4


@dataclass(frozen=True)
class Line:
    """A line of text; places in millimetres from the upper left corner of the page."""

    page: int
    text: str
    x0: float
    x1: float
    top: float
    baseline: float
    size: float
    font: str

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def style(self) -> str:
        return self.font.partition("+")[2].removeprefix("Tinos").strip("-")


@contextmanager
def opened(data: bytes) -> Iterator[Any]:
    """The file in pdfplumber."""
    with pdfplumber.open(BytesIO(data)) as pdf:
        yield pdf


def lines(data: bytes) -> list[Line]:
    """All lines; two columns on one height are two lines, and so are different sizes or styles."""
    found: list[Line] = []
    with opened(data) as pdf:
        for page in pdf.pages:
            found.extend(_lines_of(page))
    return found


def _lines_of(page: Any) -> Iterator[Line]:
    run: list[dict[str, Any]] = []
    for char in page.chars:
        if run and not _continues(run[-1], char):
            yield from _line(page, run)
            run = []
        run.append(char)
    yield from _line(page, run)


def _continues(last: dict[str, Any], char: dict[str, Any]) -> bool:
    same_line = abs(last["bottom"] - char["bottom"]) < 1
    same_look = last["fontname"] == char["fontname"] and abs(last["size"] - char["size"]) < 0.01
    return same_line and same_look and -2 < char["x0"] - last["x1"] < 30


def _line(page: Any, run: Sequence[dict[str, Any]]) -> Iterator[Line]:
    shown = [char for char in run if char["text"].strip()]
    if not shown:
        return
    text = " ".join("".join(char["text"] for char in run).split())
    first, last = shown[0], shown[-1]
    baseline = page.height - first["matrix"][5]
    size, font = round(first["size"], 2), first["fontname"]
    yield Line(page.page_number, text, first["x0"] / MM, last["x1"] / MM, first["top"] / MM, baseline / MM, size, font)


def starting(found: Sequence[Line], text: str) -> Line:
    """The first line that starts with this text."""
    return next(each for each in found if each.text.startswith(text))


def rules(data: bytes, page: int = 1) -> list[tuple[float, float, float]]:
    """Thin horizontal rules of a page as (x0, x1, y) in millimetres from the upper left corner."""
    with opened(data) as pdf:
        drawn = pdf.pages[page - 1]
        shapes = [*drawn.rects, *drawn.lines, *drawn.curves]
        thin = [(each["x0"] / MM, each["x1"] / MM, each["top"] / MM) for each in shapes if each["height"] < 2]
        return sorted((each for each in thin if each[1] - each[0] > 5), key=lambda each: each[2])
