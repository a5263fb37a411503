"""The code at the foot of a document as it is printed: in words, and as the squares of a QR code."""

import re
from typing import Any

import segno

from documents.layout import Lookup


def shown_lookup(lookup: Lookup) -> dict[str, Any]:
    """The code, its address and both as the squares of a QR code: one path, rows joined without gaps."""
    rows = segno.make(lookup.address, error="m", micro=False).matrix
    path = "".join(
        f"M{run.start()} {y}h{len(run.group())}v1.02h-{len(run.group())}z"
        for y, row in enumerate(rows)
        for run in re.finditer("1+", "".join(str(cell) for cell in row))
    )
    place = lookup.address.rpartition(lookup.code.replace("-", ""))[0]
    return {"code": lookup.code, "place": place, "size": len(rows), "path": path}
