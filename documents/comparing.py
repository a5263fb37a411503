"""What changed between two versions presented for signature, word by word, from the text of their pages."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

import pypdfium2

from documents import archive
from documents.models import Document, Rendition
from documents.pictures import PDFIUM

CONTEXT = 8
LONGEST = 20_000  # words; a longer file is compared by nobody on this page


@dataclass(frozen=True, slots=True)
class Change:
    """Words taken out and put in, between the words that stand around them."""

    before: str
    removed: str
    added: str
    after: str


def presented_before(document: Document, presented: Rendition) -> Rendition | None:
    """The version that was presented for signature before this one."""
    earlier = document.renditions.filter(stage=Rendition.Stage.PRESENTED, pk__lt=presented.pk)
    return earlier.exclude(sha256=presented.sha256).order_by("-id").first()


def changes(old: Rendition, new: Rendition) -> list[Change] | None:
    """The changes from one kept file to another, in the order of the text; None for files too long to compare."""
    before, after = (_words(archive.read(each)) for each in (old, new))
    if max(len(before), len(after)) > LONGEST:
        return None
    found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        Change(
            " ".join(before[max(0, i1 - CONTEXT) : i1]), " ".join(before[i1:i2]), " ".join(after[j1:j2]),
            " ".join(before[i2 : i2 + CONTEXT]),
        )
        for kind, i1, i2, j1, j2 in found
        if kind != "equal"
    ]  # fmt: skip


def _words(data: bytes) -> list[str]:
    """The words of all pages; what stands on a line of its own as the page number does not count."""
    with PDFIUM:
        file = pypdfium2.PdfDocument(data)
        try:
            texts = [page.get_textpage().get_text_range() for page in file]
        finally:
            file.close()
    lines = [line for text in texts for line in text.splitlines() if not re.fullmatch(r"\s*\d{1,3}\s*", line)]
    return " ".join(lines).split()
