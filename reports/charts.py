"""Charts of a report as SVG: the same picture on the screen and in the PDF. Pure; no style, only attributes."""

from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

MOST_UNITS = 24
LONGEST_NAME = 38
WIDTH, NAME, BAR_HEIGHT, ROW, HEAD = 640, 220, 14, 24, 30

SEGMENTS = (
    ("Hoàn thành đúng hạn", ("done_in_time", "done_extended"), "#2f7d4f"),
    ("Hoàn thành quá hạn", ("done_late",), "#d9a21b"),
    ("Đang thực hiện", ("running",), "#9fb4c7"),
    ("Quá hạn", ("overdue",), "#b3261e"),
)
"""Words, the classes of tasks that they count, colour: dark enough apart to tell on a black and white print."""


def alt(figures: dict[str, Any]) -> str:
    """The picture in words."""
    parts = (
        f"{words.lower()} {sum(_count(row, names) for row in figures['units'])}" for words, names, _colour in SEGMENTS
    )
    return "Biểu đồ nhiệm vụ theo đơn vị: " + ", ".join(parts) + "."


def tasks(figures: dict[str, Any]) -> SafeString | None:
    """Bars of tasks by unit, parted by how they stand; None without tasks or with more units than a page holds."""
    rows = [row for row in figures["units"] if row["given"]]
    if not 0 < len(rows) <= MOST_UNITS:
        return None
    most = max(len(row["given"]) for row in rows)
    height = HEAD + ROW * len(rows) + 6
    bars = format_html_join("", "{}", ((_bar(row, HEAD + ROW * place, most),) for place, row in enumerate(rows)))
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" role="img" '
        'aria-label="{}" font-family="Tinos, serif" font-size="12" fill="currentColor" class="chart">{}{}</svg>',
        WIDTH, height, WIDTH, height, alt(figures), _legend(), bars,
    )  # fmt: skip


def _count(row: dict[str, Any], names: tuple[str, ...]) -> int:
    return sum(len(row[name]) for name in names)


def _legend() -> SafeString:
    step = WIDTH // len(SEGMENTS)
    return format_html_join(
        "",
        '<rect x="{}" y="4" width="10" height="10" fill="{}"/><text x="{}" y="13">{}</text>',
        ((step * place, colour, step * place + 15, words) for place, (words, _n, colour) in enumerate(SEGMENTS)),
    )


def _bar(row: dict[str, Any], top: int, most: int) -> SafeString:
    """One unit: its name, the segments, the number of tasks behind them."""
    unit = (WIDTH - NAME - 40) / most
    name = row["unit"] if len(row["unit"]) <= LONGEST_NAME else row["unit"][: LONGEST_NAME - 1] + "…"
    left, parts = float(NAME), []
    for _words, names, colour in SEGMENTS:
        width = _count(row, names) * unit
        if width:
            parts.append((f"{left:.1f}", top, f"{width:.1f}", BAR_HEIGHT, colour))
        left += width
    bars = format_html_join("", '<rect x="{}" y="{}" width="{}" height="{}" fill="{}"/>', parts)
    return format_html(
        '<text x="{}" y="{}" text-anchor="end">{}</text>{}<text x="{}" y="{}">{}</text>',
        NAME - 8, top + 11, name, bars, f"{left + 6:.1f}", top + 11, len(row["given"]),
    )  # fmt: skip
