"""Tables as they are printed: widths of columns that no word is torn by, cells line by line."""

from typing import Any

from documents import typography as words
from documents.layout import Table


def _needed_mm(block: Table, column: int, size: float) -> float:
    """Width of the longest word in a column with its padding: no word of a table is torn apart."""
    heads = [word for line in words.lines_nfc(block.header[column]) for word in line.split(" ")]
    cells = {word for row in block.rows if len(row) > 1 for word in row[column].split()}
    widest = sorted(cells, key=len)[-3:]
    return max(words.width_mm(word, size, "Bold") for word in [*heads, *widest, ""]) + 3.5


def column_widths(block: Table, room: float, size: float) -> list[float]:
    """The columns' widths in mm: their shares of `room`, but none narrower than its longest word."""
    total = sum(column.width for column in block.columns)
    needed = [_needed_mm(block, index, size) for index in range(len(block.columns))]
    widths = [column.width / total * room for column in block.columns]
    for _ in range(len(widths)):
        narrow = {index for index, width in enumerate(widths) if width <= needed[index]}
        rest = sum(column.width for index, column in enumerate(block.columns) if index not in narrow)
        left = room - sum(needed[index] for index in narrow)
        if not rest or left <= 0:
            break
        shares = [column.width / rest * left for column in block.columns]
        widths = [needed[index] if index in narrow else share for index, share in enumerate(shares)]
    return widths


def shown_table(block: Table, room: float, size: float) -> dict[str, Any]:
    """The table for the template; `room` is the width of the text in mm."""
    widths = column_widths(block, room, size)
    aligns = [str(column.align) for column in block.columns]
    rows = []
    for index, row in enumerate(block.rows):
        cells = [{"lines": words.lines_nfc(cell), "align": align} for cell, align in zip(row, aligns, strict=False)]
        rows.append({"cells": cells, "is_bold": index in block.bold_rows, "is_group": len(row) < len(aligns)})
    return {
        "type": "table",
        "caption": words.nfc(block.caption),
        "widths": [f"{width / sum(widths) * 100:.3f}" for width in widths],
        "header": [words.lines_nfc(cell) for cell in block.header],
        "rows": rows,
        "span": len(aligns),
    }
