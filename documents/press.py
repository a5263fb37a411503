"""The way to `documents.pdf` and `documents.docx` for whoever prints now and then: WeasyPrint with its fonts and the
libraries for Word are loaded at the first print.

They take a quarter of the portal's start; beat, most commands and most pages never print.
"""

from collections.abc import Callable
from typing import Any

from documents.layout import Family, OfficialText, RenderedPdf, Table

LONG = 300
"""Rows from which a table is printed in stretches, by a worker (docs/performance.md)."""


def rows_of_longest(text: OfficialText) -> int:
    """Rows of the text's longest table."""
    blocks = [*text.blocks, *(block for appendix in text.appendices for block in appendix.blocks)]
    return max((len(block.rows) for block in blocks if isinstance(block, Table)), default=0)


def render(text: OfficialText, *, progress: Callable[[int], None] | None = None, **options: Any) -> RenderedPdf:
    """`documents.pdf.render`; for long tables `documents.long_pdf.render`, which alone tells `progress` per cents."""
    from documents import long_pdf, pdf  # noqa: PLC0415 (loaded at the first print)

    if rows_of_longest(text) > LONG:
        return long_pdf.render(text, progress=progress, **options)
    return pdf.render(text, **options)


def render_line(line: str, **options: Any) -> bytes:
    """`documents.pdf.render_line`."""
    from documents import pdf  # noqa: PLC0415 (loaded at the first print)

    return pdf.render_line(line, **options)


def render_word(text: OfficialText, template: bytes | None = None) -> bytes:
    """`documents.docx.render_docx`."""
    from documents import docx  # noqa: PLC0415 (loaded at the first print)

    return docx.render_docx(text, template)


def try_word_template(content: bytes, family: Family) -> None:
    """`documents.word_trial.check`."""
    from documents import word_trial  # noqa: PLC0415 (loaded at the first upload)

    word_trial.check(content, family)
