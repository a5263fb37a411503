"""What pages show of an official file: its steps, its history, what can be done next. Reads only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Event
from documents import events, permissions
from documents.models import Attachment, Credential, Document, Rendition
from documents.states import DocumentMove, DocumentState
from units.models import Appointment
from units.reading import with_columns

S, M = DocumentState, DocumentMove


def holder_of(credential: Credential) -> str:
    """Whose certificate it is, as people say it."""
    if credential.unit is not None:
        return credential.unit.name
    return credential.post.post_title if credential.post is not None else str(credential.user)


STEP_WORDS: tuple[tuple[str, "str | Promise", "str | Promise"], ...] = (
    ("created", gettext_lazy("Soạn thảo"), gettext_lazy("Đang soạn")),
    ("confirmed", gettext_lazy("Xác nhận nội dung"), gettext_lazy("Chờ trưởng đơn vị soạn thảo")),
    ("checked", gettext_lazy("Kiểm tra thể thức"), gettext_lazy("Chờ Văn phòng")),
    ("signed", gettext_lazy("Ký"), gettext_lazy("Chờ người ký")),
    ("numbered", gettext_lazy("Cấp số"), gettext_lazy("Chờ văn thư")),
    ("issued", gettext_lazy("Ban hành"), gettext_lazy("Chờ văn thư")),
)
CURRENT = {
    S.DRAFT: "created",
    S.RETURNED: "created",
    S.PROPOSED: "confirmed",
    S.SUBMITTED: "checked",
    S.CHECKED: "signed",
    S.SIGNED: "numbered",
    S.NUMBERED: "issued",
}
DONE_WORDS = {
    M.PROPOSE: gettext_lazy("Đã trình trưởng đơn vị xác nhận nội dung."),
    M.CONFIRM: gettext_lazy("Đã xác nhận nội dung."),
    M.CHECK: gettext_lazy("Đã xác nhận thể thức, văn bản chờ ký."),
    M.RETURN: gettext_lazy("Đã trả lại."),
    M.SIGN: gettext_lazy("Đã ký."),
    M.NUMBER: gettext_lazy("Đã cấp số."),
    M.ISSUE: gettext_lazy("Đã đóng dấu và ban hành."),
    M.CLOSE: gettext_lazy("Đã kết thúc."),
    M.RECALL: gettext_lazy("Đã thu hồi."),
    M.REPLACE: gettext_lazy("Đã thay thế."),
    M.DISCARD: gettext_lazy("Đã bỏ dự thảo."),
}
PRIMARY = (M.SIGN, M.ISSUE, M.NUMBER, M.CHECK, M.CONFIRM, M.PROPOSE)
"""Moves that lead on, the first that is possible is the filled button."""
ELSEWHERE = (M.EDIT, M.RECALL, M.REPLACE)
"""Moves that have their place on other pages."""
PAUSE = timedelta(minutes=15)
DIRECT = (M.PROPOSE, M.CONFIRM, M.CHECK, M.CLOSE)
"""Moves made by one press; the others open a page that says what will happen."""
ICONS = {
    events.SIGNED: "sign",
    events.ISSUED: "seal",
    events.ATTACHMENT_SEALED: "seal",
    events.NUMBERED: "number",
    events.RETURNED: "returned",
    events.RECALLED: "undo",
    events.EDITED: "edit",
    events.DRAFTED: "edit",
    events.CHECKED: "check",
    events.CONFIRMED: "check",
}


@dataclass(frozen=True)
class Choice:
    """A move that the post can make now, as a button."""

    move: str
    label: str
    url: str
    is_direct: bool
    is_primary: bool = False


def choices(document: Document, by: Appointment, *, at: datetime) -> list[Choice]:
    """What the post can do with the file now: the step that leads on first. No query.

    To take it back or replace it is the business of the page "Sau phát hành".
    """
    possible = [move for move in permissions.moves_of(by, document, at=at) if move not in ELSEWHERE]
    leading = next((move for move in PRIMARY if move in possible), None)
    rest = [move for move in possible if move != leading]
    return [_choice(document, move, move == leading) for move in ([leading] if leading else []) + rest]


def _choice(document: Document, move: DocumentMove, is_primary: bool) -> Choice:
    if move == M.SIGN:
        url = reverse("documents:sign", args=[document.pk])
    elif move == M.NUMBER:
        url = reverse("documents:number", args=[document.pk])
    else:
        url = reverse("documents:step", args=[document.pk, move.value])
    label = _("Xem và ký") if move == M.SIGN else str(move.label)
    return Choice(move.value, label, url, move in DIRECT, is_primary)


def sealing_steps(document: Document, waiting: Attachment | None) -> list[dict[str, Any]]:
    """The files that the seal goes on one after another, the document last; none for a document alone. One query."""
    files = [
        {"label": each.name, "state": "current" if each == waiting else "done" if each.signed_at else "",
         "at": each.signed_at, "note": _("Đang chờ ký") if each == waiting else ""}
        for each in document.attachments.all()
    ]  # fmt: skip
    is_last = waiting is None
    whole = {"label": str(document), "state": "current" if is_last else "", "note": _("Đang chờ ký") if is_last else ""}
    return [*files, whole] if files else []


def steps(document: Document) -> list[dict[str, Any]]:
    """The line of steps with who and when. Needs the `_by` posts loaded (`with_steps`)."""
    current = CURRENT.get(DocumentState(document.state))
    found = []
    for name, label, waiting in STEP_WORDS:
        at, by = getattr(document, f"{name}_at"), getattr(document, f"{name}_by")
        row: dict[str, Any] = {"label": label, "state": "", "at": None, "by": "", "note": ""}
        if name == current:
            is_back = document.state == S.RETURNED
            row |= {"state": "returned" if is_back else "current", "note": waiting}
            if is_back:
                by_whom = document.returned_by.person_name if document.returned_by else ""
                row |= {"at": document.returned_at, "by": by_whom}
                row["note"] = _("Trả lại: %(reason)s") % {"reason": document.return_reason}
        elif at is not None and by is not None:
            row |= {"state": "done", "at": at, "by": f"{by.person_name}, {by.title}"}
        found.append(row)
    return found + _ending(document)


def _ending(document: Document) -> list[dict[str, Any]]:
    if document.state == S.RECALLED and document.recalled_by:
        note = _("Lý do: %(reason)s") % {"reason": document.recall_reason}
        who = document.recalled_by.person_name
        return [{"label": _("Thu hồi"), "state": "returned", "at": document.recalled_at, "by": who, "note": note}]
    if document.state == S.REPLACED and document.replaced_by:
        return [{"label": _("Thay thế"), "state": "done", "note": document.replaced_by.code}]
    if document.state == S.CLOSED:
        return [{"label": _("Kết thúc"), "state": "done"}]
    return []


STEP_COLUMNS = (
    "organisation__name", "organisation__symbol", "organisation__organisation", "drafting_unit__name",
    "drafting_unit__short_name", "drafting_unit__organisation", "signer__title", "signer__authority",
    "signer__stands_for", "signer__role", "signer__starts_on", "signer__ends_on", "signer__unit__name",
    "signer__user__full_name", "replaced_by__code", "recalled_by__user__full_name", "returned_by__user__full_name",
    *(f"{name}_by__{column}" for name, *_words in STEP_WORDS for column in ("title", "user__full_name")),
)  # fmt: skip


def with_steps(documents: "models.QuerySet[Document]", *columns: str) -> "models.QuerySet[Document]":
    """Documents with who made every step, in the same query, and more `columns` of what they point to."""
    return with_columns(documents, *STEP_COLUMNS, *columns)


def with_presentations(documents: "models.QuerySet[Document]") -> "models.QuerySet[Document]":
    """Files that wait for a signature with what a list says of them: how often presented, how many pages now."""
    presented = Rendition.objects.filter(document=OuterRef("pk"), stage=Rendition.Stage.PRESENTED)
    times = presented.order_by().values("document").annotate(times=Count("sha256", distinct=True)).values("times")
    pages = presented.order_by("-id").values("pages")[:1]
    shown = with_columns(documents, "drafting_unit__name", "checked_by__title", "checked_by__user__full_name")
    return shown.annotate(times=Subquery(times), pages=Subquery(pages))


def history(subjects: Iterable[models.Model]) -> list[dict[str, Any]]:
    """What happened to the rows, newest first. One query. Saves of one part in one go are one entry."""
    found = _without_repeats(Event.objects.touching(*subjects).order_by("-id"))
    return [
        {
            "who": event.actor_name or _("Hệ thống"),
            "post": event.post_title,
            "what": event.sentence,
            "at": event.at,
            "icon": ICONS.get(event.name, "comment"),
        }
        for event in found
    ]


def _without_repeats(found: Iterable[Event]) -> Iterator[Event]:
    """The newest of several edits of one part that one person made with short pauses, and everything else."""
    last: dict[tuple[int | None, str, str], Event] = {}
    for event in found:
        key = (event.post_id, str(event.data.get("part", "")), event.sentence)
        later = last.get(key)
        if event.name == events.EDITED:
            last[key] = event
            if later is not None and later.at - event.at <= PAUSE:
                continue
        else:
            last.clear()
        yield event


def changes_since_return(document: Document) -> tuple[str, list[dict[str, Any]]]:
    """The last reason for a return and what was written after it; ("", []) for a file that never came back."""
    rows = list(Event.objects.about(document).filter(name__in=[events.RETURNED, events.EDITED]))
    last = max((index for index, row in enumerate(rows) if row.name == events.RETURNED), default=None)
    if last is None:
        return "", []
    later = dict.fromkeys(f"{row.sentence} ({row.actor_name})" for row in rows[last + 1 :])
    return rows[last].data.get("reason", ""), [{"level": "ok", "text": text} for text in later]
