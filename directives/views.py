"""Pages of the register of directives: the list, one directive, its files."""

from functools import partial
from typing import Any

import pypdfium2
from django.http import Http404, HttpResponse
from django.http.request import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from audit.models import Event
from directives import files, graph, notes, queries, recognition, register, vocabulary
from directives.access import directive_or_404, directives_of, reader
from directives.models import Directive, DirectiveFile, DirectiveNote, Urgency, Validity
from documents import archive, pictures
from units.models import Appointment
from units.permissions import has_permission
from units.web import Request

PAGE = 50


# --- list -------------------------------------------------------------------------------------------------------------
def _filters(query: QueryDict) -> queries.Filters:
    """What the address asks for; what it cannot mean is left out."""

    def text(name: str, most: int) -> str:
        return query.get(name, "").replace("\x00", "").strip()[:most]

    def one_of(name: str, values: list[str]) -> str:
        return query.get(name, "") if query.get(name, "") in values else ""

    year = query.get("year", "")
    return queries.Filters(
        text=text("text", 200),
        kind=text("kind", 15),
        issuer=text("issuer", 100),
        validity=one_of("validity", Validity.values),
        urgency=one_of("urgency", Urgency.values),
        work=one_of("work", queries.Work.values),
        year=int(year) if year.isascii() and year.isdigit() and 1900 <= int(year[:5]) <= 2200 else None,
    )


def _filter_row(by: Appointment, chosen: queries.Filters) -> list[dict[str, Any]]:
    kinds = [(kind.abbreviation, kind.name) for kind in queries.kinds_in_use(by)]
    years = [(str(year), str(year)) for year in queries.years_in_use(by)]
    return [
        {"name": "text", "label": _("Tìm"), "value": chosen.text, "kind": "search"},
        {"name": "kind", "label": _("Loại"), "value": chosen.kind, "options": kinds or [("", _("tất cả"))]},
        {"name": "issuer", "label": _("Cơ quan ban hành"), "value": chosen.issuer, "kind": "search"},
        {"name": "year", "label": _("Năm"), "value": str(chosen.year or ""), "options": years or [("", _("tất cả"))]},
        {"name": "urgency", "label": _("Độ khẩn"), "value": chosen.urgency, "options": Urgency.choices},
        {"name": "work", "label": _("Xử lý"), "value": chosen.work, "options": queries.Work.choices},
        {
            "name": "validity", "label": _("Hiệu lực"), "value": chosen.validity, "options": Validity.choices,
            "any": _("mọi văn bản trong sổ"),
        },
    ]  # fmt: skip


@require_safe
def directive_list(request: Request) -> HttpResponse:
    """The register, newest first, page after page."""
    by, on = reader(request), timezone.localdate()
    chosen = _filters(request.GET)
    matching = queries.directives_for(by, chosen, on)
    cursor = request.GET.get("after", "")
    found = list(queries.with_open_notes(queries.after(matching, cursor))[: PAGE + 1])
    context = {
        "rows": found[:PAGE],
        "total": matching.count(),
        "next_after": queries.cursor_of(found[PAGE - 1]) if len(found) > PAGE else "",
        "is_later": bool(cursor),
        "today": on,
        "filters": _filter_row(by, chosen),
        "is_filtered": chosen != queries.Filters(),
        "is_short": 0 < len(chosen.text) < queries.SHORTEST,
        "shortest": queries.SHORTEST,
        "may_record": has_permission(by, register.RECORD),
        "may_manage": has_permission(by, vocabulary.MANAGE),
    }
    return render(request, "directives/list.html", context)


# --- one directive ----------------------------------------------------------------------------------------------------
@require_safe
def detail(request: Request, pk: int) -> HttpResponse:
    """What it asks for, what rests on it, how it stands to others, its files and history."""
    directive = get_object_or_404(queries.whole(directives_of(request)), pk=pk)
    if directive.same_as_id:
        return redirect("directives:detail", directive.same_as_id)
    on = timezone.localdate()
    relations = queries.relations_of(directive)
    entries, asked = queries.notes_of(directive), queries.requirements_of(directive)
    texts = [directive.subject, *(row.text for row in asked)]
    texts += [text for note in entries for text in (note.text, note.result)]
    context = {
        "directive": directive,
        "lead": directive.subject if directive.code else "",
        "first_mention": directive.first_mention,
        "citations": recognition.recognise(texts, by=request.post),
        "today": on,
        "notes": [_note_row(request.post, note) for note in entries],
        "requirements": asked,
        "groups": queries.dependents_of(directive, request.post, on),
        "relations": relations,
        "graph": graph.draw(directive, relations),
        "standing": next(iter(queries.standings([directive], on)), None),
        "doubts": queries.doubts_of(directive),
        "files": queries.files_of(directive),
        "history": _history(directive),
        "may_record": has_permission(request.post, register.RECORD, directive.organisation),
        "may_note": has_permission(request.post, notes.NOTE, directive.organisation),
        "is_withdrawn": directive.validity == Validity.WITHDRAWN,
    }
    return render(request, "directives/detail.html", context)


def _history(directive: Directive) -> list[dict[str, Any]]:
    return [
        {"who": event.actor_name or _("Hệ thống"), "post": event.post_title, "what": event.sentence, "at": event.at,
         "icon": "history"}
        for event in Event.objects.about(directive).order_by("-id")
    ]  # fmt: skip


def _note_row(by: Appointment, note: DirectiveNote) -> dict[str, Any]:
    """A note with what the post may do about it."""
    mine = note.is_open and notes.may_carry_out(by, note)
    return {"note": note, "may_accept": mine and note.accepted_at is None, "may_finish": mine}


# --- files ------------------------------------------------------------------------------------------------------------
def _file(request: Request, pk: int, file_pk: int) -> DirectiveFile:
    return get_object_or_404(DirectiveFile, pk=file_pk, directive=directive_or_404(request, pk))


@require_safe
def file(request: Request, pk: int, file_pk: int) -> HttpResponse:
    """The kept bytes: downloaded, or with ?xem shown by the browser where it can."""
    kept = _file(request, pk, file_pk)
    is_shown = "xem" in request.GET and kept.media_type in files.SHOWN
    headers = {
        "Content-Disposition": content_disposition_header(not is_shown, kept.name) or "attachment",
        "Cache-Control": "private, no-transform",
        "ETag": f'"{kept.sha256}"',
    }
    return HttpResponse(archive.read(kept), content_type=kept.media_type, headers=headers)


@require_safe
@xframe_options_sameorigin
def file_pages(request: Request, pk: int, file_pk: int) -> HttpResponse:
    """A PDF page by page as pictures, for a frame inside the directive's page; a phone shows no PDF in a page."""
    kept = _file(request, pk, file_pk)
    count = _pages(kept)
    context = {"file": kept, "pk": pk, "count": count, "numbers": range(1, count + 1),
               "pdf_url": f"{reverse('directives:file', args=[pk, file_pk])}?xem"}  # fmt: skip
    return render(request, "directives/file_pages.html", context)


def _pages(kept: DirectiveFile) -> int:
    """How many pages; 0 for a PDF that cannot be opened (a password, damage). 404 for what is no PDF."""
    if kept.media_type != files.PDF:
        raise Http404
    try:
        return len(pictures.page_sizes(archive.read(kept)))
    except pypdfium2.PdfiumError:
        return 0


@require_safe
def file_picture(request: Request, pk: int, file_pk: int, number: int) -> HttpResponse:
    """One page of a PDF as a picture."""
    kept = _file(request, pk, file_pk)
    if not 1 <= number <= _pages(kept):
        raise Http404
    headers = {"Cache-Control": "private, max-age=3600"}
    drawn = pictures.page_of(partial(archive.read, kept), kept.sha256, number)
    return HttpResponse(drawn, "image/png", headers=headers)
