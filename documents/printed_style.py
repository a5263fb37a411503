"""The figures of a layout profile for the style sheet of the printed page."""

from dataclasses import fields
from typing import Any

from documents.layout import CELL_BORDER_PT, CELL_PADDING_PT, TABLE_LINE, LayoutProfile


def css_numbers(profile: LayoutProfile) -> dict[str, Any]:
    """The profile's figures as text, so that no locale can put a comma into them."""
    sizes = profile.sizes
    shown: dict[str, Any] = {each.name: f"{getattr(sizes, each.name):g}" for each in fields(sizes)}
    margins = profile.margins
    shown |= {f"margin_{side}": f"{getattr(margins, side):g}" for side in ("top", "right", "bottom", "left")}
    shown |= {
        "indent": f"{profile.indent_mm:g}",
        "gap": f"{profile.paragraph_gap_pt:g}",
        "line": f"{profile.exact_line_pt:g}pt" if profile.exact_line_pt else f"{profile.line_spacing * 1.15:.4g}",
        "gap_height": f"{signature_gap_mm(profile):g}",
        "is_party": profile.is_party,
        "table_line": f"{TABLE_LINE:g}",
        "cell_padding": " ".join(f"{value:g}pt" for value in CELL_PADDING_PT),
        "cell_border": f"{CELL_BORDER_PT:g}pt",
    }
    return shown


def signature_gap_mm(profile: LayoutProfile) -> float:
    """Room between the position and the name of the signer."""
    return profile.signature_mm[1] + 6
