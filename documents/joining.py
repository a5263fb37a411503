"""Parts of one document, each a PDF of its own, joined to one file that keeps claim, title, language and tags.

The first part is the file; pages of the others are put behind its own. Tags are joined to one tree; identifiers come
from the content, so that the same parts give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import pikepdf
from pikepdf import Object, Pdf


def joined(parts: Sequence[bytes]) -> bytes:
    """One PDF/A file of all parts in their order."""
    with Pdf.open(BytesIO(parts[0])) as target:
        tree = target.Root.StructTreeRoot
        document, numbers = tree.K[0], tree.ParentTree.Nums
        for data in parts[1:]:
            with Pdf.open(BytesIO(data)) as part:
                _add(target, part, document, numbers)
        tree.ParentTreeNextKey = len(target.pages)
        target_bytes = BytesIO()
        target.save(
            target_bytes,
            deterministic_id=True,
            fix_metadata_version=False,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            compress_streams=True,
        )
        return target_bytes.getvalue()


def _add(target: Pdf, part: Pdf, document: Object, numbers: Object) -> None:
    """The part's pages and the tags of their content behind those that are there."""
    first = len(target.pages)
    for number, page in enumerate(part.pages):
        page.obj.StructParents = first + number
    target.pages.extend(part.pages)
    tree = target.copy_foreign(part.Root.StructTreeRoot)
    for element in tree.K[0].K:
        element.P = document
        document.K.append(element)
    nums = tree.ParentTree.Nums
    for index in range(0, len(nums), 2):
        numbers.append(first + int(nums[index]))
        numbers.append(nums[index + 1])
