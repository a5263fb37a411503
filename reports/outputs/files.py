"""Every kind of file that a report can be had as, for the page and for the command."""

from collections.abc import Callable

from documents import edxml, press, word_templates
from documents.layout import OfficialText
from reports.compose import compose
from reports.models import Report
from reports.outputs.data import as_json
from reports.outputs.workbook import workbook

Make = Callable[[Report, OfficialText], bytes]
WORD = "application/vnd.openxmlformats-officedocument"
KINDS: dict[str, tuple[str, Make]] = {
    "pdf": ("application/pdf", lambda report, text: press.render(text).bytes),
    "docx": (f"{WORD}.wordprocessingml.document", lambda report, text: word_templates.render(report.document)),
    "xlsx": (f"{WORD}.spreadsheetml.sheet", lambda report, text: workbook(text)),
    "json": ("application/json", as_json),
    "xml": ("application/xml", lambda report, text: edxml.header(report.document, text)),
}
HEAVY = ("docx", "xlsx")
"""Of a long report a worker makes these, and the PDF."""


def make(report: Report, ending: str) -> bytes:
    """The report as a file of this ending; KeyError for one that there is not."""
    return KINDS[ending][1](report, compose(report.document))
