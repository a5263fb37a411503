"""Official text to a Word file: the same words in the same layout, from a template that the office can edit.

The template (docxtpl) holds words, styles, numbering and places; what cannot stand in a template is set afterwards: the
length of the rules, the widths of long dates, the sections of the appendices. Charts, which are drawings of the portal,
are replaced by their words. Templates are strangers' input: the sandbox they run in calls and counts nothing.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import LxmlError

from documents import printing
from documents import typography as words
from documents.layout import OfficialText, Urgency
from documents.word_context import TemplateRefused, context, standard

FIRST_DAY = (1980, 1, 1, 0, 0, 0)
LIKE_ONE_LINE = 110
URGENCY_MM = {Urgency.URGENT: 20, Urgency.IMMEDIATE: 30, Urgency.VERY_URGENT: 40}


class _Sandbox(ImmutableSandboxedEnvironment):
    """Names, conditions and loops over what is given; no calls, no sums, no functions."""

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(self) -> None:
        """Escapes everything; an unknown name is an error, not a blank."""
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters.clear()

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Nothing is multiplied or added in a template."""
        raise SecurityError(f"{left!s:.20} {operator} {right!s:.20}")

    def is_safe_callable(self, obj: Any) -> bool:
        """Nothing is called in a template."""
        return False


def render_docx(text: OfficialText, template: bytes | None = None) -> bytes:
    """The document as DOCX, the same bytes for the same text. Number and date stand in it as they are now.

    `template` is the organisation's own; TemplateRefused when it cannot be rendered.
    """
    try:
        made = DocxTemplate(BytesIO(template or standard(text.profile.key)))
        made.render(context(text), jinja_env=_Sandbox(), autoescape=True)
        document: Document = made.docx
        _finish(document, text)
    except (TemplateError, LxmlError, KeyError, ValueError, TypeError, RecursionError, zipfile.BadZipFile) as error:
        raise TemplateRefused(_reason(error)) from error
    properties = document.core_properties
    properties.title, properties.author = printing.document_title(text)[:255], words.nfc(text.head.issuing_body)[:255]
    properties.language = "vi-VN"
    target = BytesIO()
    made.save(target)
    return plain_zip(target.getvalue())


UNKNOWN_NAME = re.compile(r"^'(?P<name>[^']+)' is undefined$|has no attribute '(?P<part>[^']+)'$")


def _reason(error: Exception) -> str:
    """In words what a template does wrong; what the library says where there are none."""
    unknown = UNKNOWN_NAME.search(str(error)) if isinstance(error, UndefinedError) else None
    if unknown is not None:
        return _("không có thẻ “%(name)s”") % {"name": unknown["name"] or unknown["part"]}
    if isinstance(error, TemplateSyntaxError):
        return _("thẻ viết sai (%(reason)s)") % {"reason": error.message}
    return str(error)[:300]


def plain_zip(data: bytes) -> bytes:
    """The same parts without the clock: every entry bears one and the same day."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, source.read(name))
    return target.getvalue()


def _finish(document: Document, text: OfficialText) -> None:
    """What the template cannot say."""
    _set_rules(document, text)
    _set_head_columns(document, text)
    for first in list(_styled(document, "Trích yếu công văn"))[:1]:  # 6 pt below the number (II.5.b)
        first.get_or_add_pPr().get_or_add_spacing().before = Pt(6)
    _tie_foot(document)
    _cut_sections(document, text)


def _styled(document: Document, name: str) -> Iterator[Any]:
    """Paragraphs of this style anywhere in the document, tables included."""
    styles = {each.name: each.style_id for each in document.styles}
    wanted = styles.get(name)
    for paragraph in document.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if wanted is not None and style is not None and style.get(qn("w:val")) == wanted:
            yield paragraph


def _set_rules(document: Document, text: OfficialText) -> None:
    """The rules under the agency and under the title have the length that their words ask for; frames of urgency are
    20, 30 or 40 mm wide (II.10.b)."""
    head, title = printing.head_parts(text, is_one_table=True), printing.title_parts(text)
    rooms = {
        "Đường kẻ cơ quan": (float(head["columns"].left), float(head["issuing_rule"])),
        "Đường kẻ trích yếu": (text.profile.text_width_mm, float(title.get("rule", 0))),
        "Độ khẩn": (float(head["columns"].left), URGENCY_MM.get(text.urgency, 0) - 2),
    }
    for style, (room, length) in rooms.items():
        for paragraph in _styled(document, style):
            indent = paragraph.get_or_add_pPr().get_or_add_ind()
            indent.left = indent.right = Mm(max(0.0, (room - length) / 2))


def _set_head_columns(document: Document, text: OfficialText) -> None:
    """A long place name takes room from the number and the agencies beside it."""
    columns = printing.head_parts(text, is_one_table=True)["columns"]
    widths = (float(columns.left), float(columns.right))
    for paragraph in _styled(document, "Địa danh ngày tháng"):
        table = next(paragraph.iterancestors(qn("w:tbl")), None)
        if table is None:
            continue
        for width, column in zip(widths, table.tblGrid.gridCol_lst, strict=False):
            column.w = Mm(width)
        for row in table.iter(qn("w:tr")):
            for width, cell in zip(widths, row.iter(qn("w:tc")), strict=False):
                cell.width = Mm(width)


def _tie_foot(document: Document) -> None:
    """The foot never stands on a page with less than two lines of text: the last paragraphs go with it."""
    foot = next(_styled(document, "Nơi nhận"), None)
    table = next(foot.iterancestors(qn("w:tbl")), None) if foot is not None else None
    above = table.getprevious() if table is not None else None
    for _turn in range(3):
        if above is None or above.tag != qn("w:p"):
            return
        above.get_or_add_pPr().get_or_add_keepNext()
        said = "".join(each.text or "" for each in above.iter(qn("w:t")))
        if len(said) >= LIKE_ONE_LINE:
            return
        above = above.getprevious()


def _cut_sections(document: Document, text: OfficialText) -> None:
    """Each appendix is a section with its own page numbers, turned when it is wide. The breaks are paragraphs of the
    style "Ngắt phần": the one after the foot and the one after each appendix."""
    if not text.appendices:
        return
    body = document.element.body
    breaks = [each for each in _styled(document, "Ngắt phần") if each.getparent() is body][-len(text.appendices) - 1 :]
    if len(breaks) != len(text.appendices) + 1:
        raise ValueError("Ngắt phần")
    last = body.find(qn("w:sectPr"))
    turns = [None, *(each.is_landscape for each in text.appendices)]
    for paragraph, is_landscape in zip(breaks, turns, strict=False):
        if paragraph is breaks[-1]:
            break
        paragraph.get_or_add_pPr().append(_section(last, is_landscape))
    body.replace(last, _section(last, turns[-1]))


def _section(like: Any, is_landscape: bool | None) -> Any:
    """A section as the template's; `None` for the main text, which counts its pages from its own first page."""
    section = deepcopy(like)
    size = section.find(qn("w:pgSz"))
    if is_landscape:
        width, height = size.get(qn("w:w")), size.get(qn("w:h"))
        size.set(qn("w:w"), height)
        size.set(qn("w:h"), width)
        size.set(qn("w:orient"), "landscape")
    if is_landscape is not None:
        for each in section.findall(qn("w:pgNumType")):
            section.remove(each)
        restart = OxmlElement("w:pgNumType")
        restart.set(qn("w:start"), "1")
        section.find(qn("w:pgMar")).addnext(restart)
    return section
