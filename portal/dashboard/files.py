"""Official files on a home page: those whose next step is the post's, and those sent to it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from documents.models import Document, Recipient
from documents.states import PUBLISHED, DocumentState
from portal.dashboard.todo import MOST, Todo
from units.models import Appointment
from units.permissions import has_permission
from units.reading import only_columns

MOST_DOCUMENTS = 30  # each is signed, numbered or checked one by one


@dataclass(frozen=True)
class DocumentStep:
    """What a home page says of an official file in a state: what it waits for, the button's verb, the icon."""

    words: "str | Promise"
    action: "str | Promise"
    icon: str


DOCUMENT_STEPS = {
    DocumentState.PROPOSED: DocumentStep(lazy("Chờ xác nhận nội dung"), lazy("Xem và xác nhận"), "check"),
    DocumentState.SUBMITTED: DocumentStep(lazy("Chờ kiểm tra thể thức"), lazy("Kiểm tra"), "check"),
    DocumentState.CHECKED: DocumentStep(lazy("Chờ ký"), lazy("Xem và ký"), "sign"),
    DocumentState.SIGNED: DocumentStep(lazy("Đã ký, chờ cấp số"), lazy("Cấp số"), "number"),
    DocumentState.NUMBERED: DocumentStep(lazy("Đã cấp số, chờ ban hành"), lazy("Đóng dấu và ban hành"), "seal"),
    DocumentState.RETURNED: DocumentStep(lazy("Bị trả lại"), lazy("Xem và sửa"), "returned"),
}


def documents_waiting(by: Appointment) -> list[Todo]:
    """Official files whose next step is the post's own. One query, none for posts without such steps."""
    waiting = Document.objects.waiting_for(by)
    if waiting.query.is_empty():  # a post without such steps
        return []
    shown = only_columns(
        waiting, "type", "title", "state", "return_reason", "drafting_unit__name", "plan__id", "report__id"
    )
    return [_document_todo(document) for document in shown.order_by("id")[:MOST_DOCUMENTS]]


def _document_todo(document: Document) -> Todo:
    step = DOCUMENT_STEPS[DocumentState(document.state)]
    signs = document.state == DocumentState.CHECKED
    return Todo(
        text=f"{step.words}: {document.definition.label} {document.title}",
        url=reverse("documents:sign", args=[document.pk]) if signs else _page_of(document),
        action=str(step.action),
        tone="overdue" if document.state == DocumentState.RETURNED else "soon",
        icon=step.icon,
        note=document.return_reason or document.drafting_unit.name,
    )


def _page_of(document: Document) -> str:
    """Where the file is worked on; what it points to is loaded."""
    if document.type == "reports.report":
        return reverse("reports:detail", args=[document.report.pk])
    return document.definition.url(document)


def received_waiting(by: Appointment) -> list[Todo]:
    """Files sent to the unit that nobody there has acknowledged. One query, none for posts that receive nothing."""
    if not has_permission(by, "documents.receive"):
        return []
    lines = Recipient.objects.filter(
        unit_id__in={by.unit_id, by.organisation_id}, acknowledged_at__isnull=True, document__state__in=PUBLISHED
    )
    return [
        Todo(
            text=_("%(body)s gửi %(code)s: %(title)s")
            % {"body": line.document.issuing_body, "code": line.document.code, "title": line.document.title},
            url=reverse("documents:received_detail", args=[line.document_id]),
            action=_("Đọc và xác nhận"),
            icon="mail",
        )
        for line in only_columns(lines, "document__issuing_body", "document__code", "document__title").order_by(
            "-document__issued_at"
        )[:MOST]
    ]
