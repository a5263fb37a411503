# ruff: noqa: E501 (sentences of plans and lines of XML stay whole)
"""Specs of plans → files: text, Word (numbers typed or made by Word), PDF. `python plan_files.py FOLDER` writes them all."""

from __future__ import annotations

import html
import io
import json
import sys
import textwrap
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

sys.path.insert(0, str(Path(__file__).parent))

from plan_specs import Item, Spec, truth

ENDINGS = {"docx": "docx", "docx-auto": "docx", "pdf": "pdf", "txt": "txt", "utf16": "txt", "wrapped": "txt"}


def make(spec: Spec) -> tuple[str, bytes]:
    """The file's name and bytes."""
    name = f"{spec.name}.{ENDINGS[spec.kind]}"
    if spec.kind.startswith("docx"):
        return name, _docx(spec)
    if spec.kind == "pdf":
        return name, _pdf(spec)
    text = _text(spec)
    if spec.kind == "utf16":
        return name, text.encode("utf-16")
    return name, (text.replace("\n", "\r\n") if "crlf" in spec.options else text).encode()


def _marked(spec: Spec, marker: str | None, text: str) -> str:
    if marker is None:
        return text
    if marker.startswith("Chương"):
        return f"{marker}\n{text}"
    sign = "-" if "dash-markers" in spec.options and marker[0] in "IVX123456789" else "."
    return f"{marker} {text}" if marker[-1] in ")-+" else f"{marker}{sign} {text}"


def _walk(items: list[Item], depth: int = 0) -> Iterator[tuple[int, str | None, str]]:
    for item in items:
        marker, text, *below = (None, item) if isinstance(item, str) else item
        yield depth, marker, text
        if below:
            yield from _walk(below[0], depth + 1)


def _base(spec: Spec, text: str) -> str:
    return f"- {text}" if "dashed-bases" in spec.options else text


def _recipients(spec: Spec) -> list[str]:
    last = len(spec.recipients) - 1
    return [f"- {text}{'.' if number == last else ';'}" for number, text in enumerate(spec.recipients)]


# --- text ------------------------------------------------------------------------------------------------------------


def _text(spec: Spec) -> str:
    wrapped = spec.kind == "wrapped"
    out: list[str] = []
    left, right = spec.head
    if wrapped:
        rows = zip(left + [""] * len(right), right + [""] * len(left), strict=False)
        out += [f"{a:<32}{b}".rstrip() for a, b in rows if a or b]
    else:
        out += [*left[:-1], right[0], *right[1:-1], left[-1], right[-1]]
    out += ["", "KẾ HOẠCH", *(textwrap.wrap(spec.title, 60) if wrapped else [spec.title])]
    out += ["-----"] if "title-rule" in spec.options else []
    for paragraph in _paragraphs(spec):
        out += ["", *(textwrap.wrap(paragraph, 76) if wrapped else [paragraph])]
    out += ["", "Nơi nhận:", *_recipients(spec), "", *(line for line in spec.signature if line)]
    return "\n".join(out) + "\n"


def _paragraphs(spec: Spec) -> Iterator[str]:
    yield from (_base(spec, text) for _lead, text, _code in spec.bases)
    yield spec.opening
    for marker, heading, items in spec.sections:
        yield _marked(spec, marker, heading)
        yield from (_marked(spec, m, text) for _depth, m, text in _walk(items))
    yield spec.closing


# --- Word ------------------------------------------------------------------------------------------------------------

_LEVELS = [("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-")]


class _Word:
    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.document = docx.Document()
        self.automatic = spec.kind == "docx-auto"
        if self.automatic:
            self._define_numbers()

    def _define_numbers(self) -> None:
        numbering = self.document.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/><w:lvlText w:val="{text}"/></w:lvl>'
            for i, (fmt, text) in enumerate(_LEVELS)
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        numbering.insert(0, abstract)
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))

    def add(
        self, text: str, *, bold: bool = False, centred: bool = False, to=None, marker: str | None = None
    ) -> Paragraph:
        level = self._level(marker)
        shown = text if level is not None or marker is None else _marked(self.spec, marker, text)
        paragraph = (to or self.document).add_paragraph()
        pieces = (shown[: len(shown) // 2], shown[len(shown) // 2 :])  # Word cuts runs anywhere
        for piece in pieces:
            for number, line in enumerate(piece.split("\n")):
                run = paragraph.add_run()
                if number:
                    run.add_break()
                run.add_text(unicodedata.normalize("NFD", line) if "nfd" in self.spec.options else line)
                run.bold = bold or None
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if level is not None:
            properties = paragraph._p.get_or_add_pPr()
            properties.append(
                parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>')
            )
        return paragraph

    def _level(self, marker: str | None) -> int | None:
        if not self.automatic or marker is None:
            return None
        return (
            0
            if marker[0] in "IVX"
            else 1
            if marker.isdigit()
            else 2
            if marker.endswith(")")
            else 3
            if marker == "-"
            else None
        )

    def columns(self, left: list[str], right: list[str], bold_left: int) -> None:
        table = self.document.add_table(1, 2)
        for cell, lines, boldest in ((table.cell(0, 0), left, bold_left), (table.cell(0, 1), right, 0)):
            cell._tc.remove(cell.paragraphs[0]._p)
            for number, line in enumerate(lines):
                self.add(line, bold=number >= boldest and number < len(lines) - 1, centred=True, to=cell)

    def table(self, rows: list[list[str]]) -> None:
        width = max(len(row) for row in rows)
        table = self.document.add_table(len(rows), width, style="Table Grid")
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if text == "<":
                    table.cell(r, c - 1).merge(table.cell(r, c))
                elif text == "^":
                    table.cell(r - 1, c).merge(table.cell(r, c))
                elif text:
                    table.cell(r, c).paragraphs[0].add_run(text).bold = r == 0 or row[0] in ("I", "II") or None


def _docx(spec: Spec) -> bytes:
    word = _Word(spec)
    left, right = spec.head
    first_bold = 1 if spec.parent and not spec.parent.startswith("ỦY BAN") else 2 if spec.parent else 0
    word.columns(left, right, first_bold)
    word.add("KẾ HOẠCH", bold=True, centred=True)
    title = spec.title
    if "soft-breaks" in spec.options:
        middle = title.rfind(" ", 0, len(title) // 2 + 8)
        title = f"{title[:middle]}\n{title[middle + 1 :]}"
    word.add(title, bold=True, centred=True)
    word.add("________", centred=True)
    for _lead, text, _code in spec.bases:
        word.add(_base(spec, text))
    word.add(spec.opening)
    for number, (marker, heading, items) in enumerate(spec.sections):
        word.add(heading, bold=True, marker=marker)
        for depth, item_marker, text in _walk(items):
            paragraph = word.add(
                text, marker=item_marker, bold=depth == 0 and len(text) < 60 and not text.endswith(".")
            )
            if "tracked" in spec.options:
                _track(paragraph)
        if number in spec.tables:
            word.table(spec.tables[number])
    word.add(spec.closing)
    word.columns(["Nơi nhận:", *_recipients(spec)], spec.signature, 99)
    stream = io.BytesIO()
    word.document.save(stream)
    return stream.getvalue()


def _track(paragraph: Paragraph) -> None:
    """The paragraph's last run as an insertion, with deleted words in front of it."""
    run = paragraph._p.findall(qn("w:r"))[-1]
    inserted = OxmlElement("w:ins")
    run.addprevious(inserted)
    inserted.append(run)
    deleted = parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>chữ đã bỏ</w:delText></w:r></w:del>")
    inserted.addprevious(deleted)


# --- PDF -------------------------------------------------------------------------------------------------------------

_CSS = """
@page { size: A4; margin: 20mm 18mm 20mm 32mm; @top-center { content: counter(page); font-size: 13pt } }
@page :first { @top-center { content: none } }
body { font: 14pt "Liberation Serif", "DejaVu Serif", serif; line-height: 1.35 } p { margin: 4pt 0; text-align: justify; text-indent: 1cm }
.c, .c p { text-align: center; text-indent: 0 } b p { font-weight: bold } .cols { display: flex; gap: 8mm } .cols > div { flex: 1 }
.cols p { text-indent: 0; text-align: inherit; margin: 1pt 0; font-size: 11pt } .cols > .c { flex: 1.25 }
table { border-collapse: collapse; width: 100% } td { border: 0.6pt solid black; padding: 3pt; font-size: 12pt }
"""


def _p(text: str, kind: str = "") -> str:
    return f'<p class="{kind}">{html.escape(text)}</p>'


def _html_table(rows: list[list[str]]) -> str:
    """With merged cells: "<" belongs to the cell on its left, "^" to the one above."""
    cells = []
    for r, row in enumerate(rows):
        cells.append("<tr>")
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            wide = next((n for n, t in enumerate(row[c + 1 :], 1) if t != "<"), len(row) - c)
            high = next((n for n, below in enumerate(rows[r + 1 :], 1) if below[c] != "^"), len(rows) - r)
            cells.append(f'<td colspan="{wide}" rowspan="{high}">{html.escape(text)}</td>')
        cells.append("</tr>")
    return f"<table>{''.join(cells)}</table>"


def _pdf(spec: Spec) -> bytes:
    from weasyprint import HTML

    left, right = spec.head
    parts = [
        f'<div class="cols"><div class="c">{"".join(map(_p, left))}</div><div class="c">{"".join(map(_p, right))}</div></div>'
    ]
    parts += ["<b>", _p("KẾ HOẠCH", "c"), _p(spec.title, "c"), "</b>", _p("_______", "c")]
    parts += [_p(_base(spec, text)) for _lead, text, _code in spec.bases] + [_p(spec.opening)]
    for number, (marker, heading, items) in enumerate(spec.sections):
        parts.append(f"<b>{_p(_marked(spec, marker, heading))}</b>")
        parts += [_p(_marked(spec, m, text)) for _depth, m, text in _walk(items)]
        if number in spec.tables:
            parts.append(_html_table(spec.tables[number]))
    parts.append(_p(spec.closing))
    signature = "".join(_p(line or "\u00a0") for line in spec.signature)
    parts.append(
        f'<div class="cols"><div>{_p("Nơi nhận:")}{"".join(map(_p, _recipients(spec)))}</div><div class="c">{signature}</div></div>'
    )
    return HTML(string=f"<style>{_CSS}</style>{''.join(parts)}").write_pdf()


def main(folder: Path) -> None:
    """Write every file and its truth, for looking at them or scoring them from outside."""
    import plan_specs_dev
    import plan_specs_heldout

    folder.mkdir(parents=True, exist_ok=True)
    for spec in (*plan_specs_dev.SPECS, *plan_specs_heldout.SPECS):
        name, data = make(spec)
        (folder / name).write_bytes(data)
        (folder / f"{spec.name}.json").write_text(json.dumps(truth(spec), ensure_ascii=False, indent=1), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
