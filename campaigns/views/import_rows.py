"""Corrections on the import page: each answers with the parts of the page that changed."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from campaigns.forms.imports import chosen_units, plain, row_values
from campaigns.forms.plans import signers
from campaigns.importing import draft as drafts
from campaigns.importing.page import Shown, between, shown_rows, source_lines, source_pages, stretches, sureness
from campaigns.importing.review import Review, due_errors, review, row_notes
from campaigns.importing.sources import PERMISSION
from campaigns.models import Campaign, ItemStyle, PlanImport
from campaigns.states import ExtensionDecider, Rhythm
from campaigns.workflow import imports
from campaigns.workflow.imports import Conflict
from directives.register import RECORD, folded
from units.models import Unit
from units.permissions import NotAllowed, has_permission
from units.web import Request


def writer(request: Request) -> Any:
    if not has_permission(request.post, PERMISSION):
        raise Http404
    return request.post


def source_of(request: Request, pk: int) -> PlanImport:
    rows = PlanImport.objects.select_related("job", "plan__document", "organisation", "created_by__user")
    return get_object_or_404(rows, pk=pk, organisation_id=writer(request).organisation_id)


# --- what the page shows ----------------------------------------------------------------------------------------------
def recognised(request: Request, source: PlanImport, wanted: str = "") -> dict[str, Any]:
    """The context of the page and of its right side; the row `wanted` is drawn however far down it stands."""
    found, units = review(source), units_of(source)
    organisations = Unit.objects.organisations().working().order_by("id")
    everyone = {unit.pk: unit.name for unit in (*organisations, *units)}
    rows = shown_rows(source.draft, row_notes(found.questions), due_errors(found.questions), everyone)
    return asked(request, source, found, units) | {
        "rows": rows,
        "items": stretches(rows["items"], wanted),
        "table_tasks": stretches(rows["tasks"], wanted),
        "lines": [] if source.pages else source_lines(source),
        "pages": source_pages(source),
        "units": [(unit.pk, unit.name, folded(f"{unit.name} {unit.short_name} {unit.symbol}")) for unit in units],
        "everyone": everyone.items(),
        "signers": signers(source.organisation),
        "campaigns": Campaign.objects.filter(organisation=source.organisation),
        "styles": ItemStyle.choices,
        "rhythms": Rhythm.choices,
        "deciders": ExtensionDecider.choices,
        "can_create_unit": has_permission(request.post, imports.CREATE_UNIT),
    }


def units_of(source: PlanImport) -> list[Unit]:
    """The working units of the import's organisation, in their order."""
    return list(Unit.objects.inside(source.organisation).working().order_by("position", "id"))


def asked(request: Request, source: PlanImport, found: Review, units: list[Unit]) -> dict[str, Any]:
    """What is left to look at, the names of units and the documents cited: they follow every change."""
    names = sorted(source.draft["names"], key=lambda row: (bool(row["units"]) or row["chosen"], row["confidence"] == 1))
    known = {unit.pk: unit.name for unit in units}
    return {
        "source": source,
        "review": found,
        "names": [_name(row, known) for row in names],
        "unknown_names": sum(1 for row in names if not row["units"] and not row["chosen"]),
        "can_record": has_permission(request.post, RECORD),
    }


def _name(row: dict[str, Any], units: dict[int, str]) -> dict[str, Any]:
    tone, words = sureness(row)
    meant = [units[pk] for pk in row["units"] if pk in units]
    return row | {"tone": tone, "words": words, "meant": meant, "key": f"name:{row['name']}"}


@require_GET
def stretch(request: Request, pk: int, first: str, last: str) -> HttpResponse:
    """The rows from `first` to `last`, which the page left out until somebody came near them."""
    source = source_of(request, pk)
    if not source.draft:
        raise Http404
    page = recognised(request, source)
    rows = between(page["rows"]["items"], first, last) or between(page["rows"]["tasks"], first, last)
    if not rows:  # moved or joined by somebody else: the page is another by now
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    return render(request, "campaigns/_import_rows.html", page | {"drawn": rows})


# --- changes ----------------------------------------------------------------------------------------------------------
@require_POST
def edit(request: Request, pk: int, key: str) -> HttpResponse:
    """Keep what was typed into one row; called while people type."""
    source = source_of(request, pk)
    try:
        part, _row = drafts.find(source.draft, key)
    except (KeyError, TypeError) as error:
        raise Http404 from error
    values = row_values(part, request.POST, source.organisation)
    seen = request.POST.get("v", "")
    try:
        source, row = imports.edit(
            source=source, key=key, values=values, seen=int(seen) if seen.isdecimal() else -1, by=request.post,
            at=timezone.now(),
        )  # fmt: skip
    except Conflict as conflict:
        theirs = conflict.row.get("text", conflict.row.get("title", ""))
        page = {"row": conflict.row, "theirs": theirs, "key": key}
        answer = render(request, "campaigns/_import_conflict.html", page)
        answer["HX-Trigger"] = json.dumps({"importConflict": {"key": key, "v": conflict.row["v"]}})
        return answer
    except NotAllowed as error:
        return _refused(request, pk, error)
    if not request.htmx:
        return redirect("plans:import_detail", pk)
    found = review(source)
    saved = _saved(found, part, row)
    page = asked(request, source, found, units_of(source)) | {"saved": saved, "swap": True}
    answer = render(request, "campaigns/_import_asked.html", page)
    told = {"key": key, "v": row["v"], "dueIsWrong": bool(saved.due_error)}
    answer["HX-Trigger"] = json.dumps({"importSaved": told})
    return answer


def _saved(found: Review, part: str, row: dict[str, Any]) -> Shown:
    """The row with what is asked of it now."""
    mine = [question for question in found.questions if question.key == row["key"]]
    return Shown(
        row, part, notes=row_notes(mine).get(row["key"], []), due_error=due_errors(mine).get(row["key"], "")
    )


@require_POST
def arrange(request: Request, pk: int) -> HttpResponse:
    """Move, split, join, leave out … one row."""
    source, move, key = source_of(request, pk), request.POST.get("move", ""), request.POST.get("key", "")
    cursor = request.POST.get("cursor", "")
    if move not in drafts.MOVES and move != "task":
        raise Http404
    try:
        source, key = imports.arrange(
            source=source, move=move, key=key, cursor=int(cursor[:9]) if cursor.isdecimal() else 0, by=request.post,
            at=timezone.now(),
        )  # fmt: skip
    except (KeyError, TypeError) as error:
        raise Http404 from error
    except NotAllowed as error:
        return _refused(request, pk, error)
    return _changed(request, source, key)


@require_POST
def choose_units(request: Request, pk: int) -> HttpResponse:
    """The units that a name in the text means; or a new unit of that name."""
    source, name = source_of(request, pk), plain(request.POST.get("name", ""))
    by, at = request.post, timezone.now()
    try:
        if drafts.meaning(source.draft, name) is None:
            raise Http404
        if request.POST.get("create"):
            source = imports.create_missing_unit(source=source, name=name, by=by, at=at)
        else:
            units = chosen_units(request.POST, source.organisation)
            source = imports.choose_units(source=source, name=name, units=units, by=by, at=at)
    except KeyError as error:
        raise Http404 from error
    except NotAllowed as error:
        return _refused(request, pk, error)
    return _changed(request, source, f"name:{name}")


@require_POST
def register(request: Request, pk: int) -> HttpResponse:
    """Enter unknown documents of the text into the register: one, or all."""
    source, only = source_of(request, pk), request.POST.get("only") or None
    try:
        source, count = imports.register(source=source, only=only, by=request.post, at=timezone.now())
    except NotAllowed as error:
        return _refused(request, pk, error)
    return _changed(request, source, "", toast=_("Đã đưa %(count)s văn bản vào sổ.") % {"count": count})


@require_POST
def seen(request: Request, pk: int) -> HttpResponse:
    """A warning was looked at."""
    source, question = source_of(request, pk), plain(request.POST.get("question", ""), 500)
    try:
        source = imports.mark_seen(source=source, question=question, by=request.post, at=timezone.now())
    except NotAllowed as error:
        return _refused(request, pk, error)
    return _changed(request, source, "")


def _changed(request: Request, source: PlanImport, key: str, toast: str = "") -> HttpResponse:
    """The right side again, and which row to look at."""
    if not request.htmx:
        return redirect("plans:import_detail", source.pk)
    source = source_of(request, source.pk)
    page = recognised(request, source, key) | {"swap": True}
    answer = render(request, "campaigns/_import_recognised.html", page)
    answer["HX-Trigger-After-Swap"] = json.dumps({"importShow": {"key": key}} | ({"toast": toast} if toast else {}))
    return answer


def _refused(request: Request, pk: int, error: NotAllowed) -> HttpResponse:
    """Said on the page as it is now: for example the plan was made by somebody else meanwhile."""
    messages.error(request, str(error))
    if not request.htmx:
        return redirect("plans:import_detail", pk)
    answer = HttpResponse(status=204)
    answer["HX-Refresh"] = "true"
    return answer
