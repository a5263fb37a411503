"""What the page of one task shows: loaded once, with the forms of the post that looks."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, TextField
from django.db.models.functions import Cast, JSONObject
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from campaigns import comments, deadlines, permissions, rhythm, workdays
from campaigns.forms.tasks import AcceptForm, AssignForm, DecideForm, ExtensionForm, ReasonForm, ReportForm
from campaigns.models import Evidence, ExtensionRequest, ProgressEntry, ProgressFigure, Task, TaskUnit
from campaigns.states import ExtensionState, TaskMove, TaskState
from campaigns.workflow.tasks import seen_mark
from directives.recognition import READ, recognise
from units.models import Appointment
from units.permissions import has_permission
from units.reading import with_columns
from units.web import Request

Forms = dict[str, forms.Form]


def load(request: Request, pk: int) -> Task:
    """The task if the post may see it, else 404."""
    named = with_columns(
        Task.objects.visible_to(request.post),
        "lead_unit__name", "lead_unit__short_name", "lead_unit__organisation", "organisation__organisation",
        "plan__document__title", "plan__document__code", "plan__extension_decider", "item__text",
        "directive__kind__name", "directive__code",
        "directive__subject", "officer__title", "officer__user__full_name", "assigned_by__title",
        "assigned_by__unit__name", "assigned_by__user__full_name",
    )  # fmt: skip
    helping = with_columns(TaskUnit.objects.all(), "unit__name", "unit__organisation")
    requests = with_columns(ExtensionRequest.objects.all(), "asked_by__user__full_name", "decided_by__user__full_name")
    found = named.prefetch_related(Prefetch("cooperating", helping), Prefetch("extensions", requests)).filter(pk=pk)
    task = next(iter(found), None)
    if task is None:
        raise Http404
    return task


@dataclass(frozen=True)
class EntryRow:
    """An entry of the timeline with its files, its figures (name, measure, value) and what the post may do with it."""

    entry: ProgressEntry
    files: list[dict[str, str]]
    figures: list[dict[str, Any]]
    can_confirm: bool
    can_withdraw: bool


FILES = ArraySubquery(
    Evidence.objects.filter(entry=OuterRef("pk"))
    .order_by("pk")
    .values(row=JSONObject(pk="pk", name="name", thumbnail="thumbnail"))
)
FIGURES = ArraySubquery(
    ProgressFigure.objects.filter(entry=OuterRef("pk"))
    .order_by("pk")
    .values(row=JSONObject(name="indicator__name", measure="indicator__measure", value=Cast("value", TextField())))
)


def _entries(request: Request, task: Task) -> list[EntryRow]:
    """Newest first; one query whatever their number."""
    at, post = timezone.now(), request.post
    entries = with_columns(
        task.entries.order_by("-id"),
        "unit__name", "unit__short_name", "unit__organisation", "reported_by__user__full_name",
        "confirmed_by__user__full_name", "withdrawn_by__user__full_name",
    )  # fmt: skip
    rows = []
    for entry in entries.annotate(files=FILES, numbers=FIGURES):
        entry.task = task
        can_confirm = permissions.can_confirm_entry(post, entry, at=at)
        can_withdraw = permissions.can_withdraw_entry(post, entry, at=at)
        figures = [figure | {"value": Decimal(figure["value"])} for figure in entry.numbers]
        rows.append(EntryRow(entry, [_file(file) for file in entry.files], figures, can_confirm, can_withdraw))
    return rows


def _file(file: dict[str, Any]) -> dict[str, str]:
    thumbnail = reverse("tasks:thumbnail", args=[file["pk"]]) if file["thumbnail"] else ""
    return {"name": file["name"], "url": reverse("tasks:evidence", args=[file["pk"]]), "thumbnail_url": thumbnail}


def _forms(request: Request, task: Task, moves: list[TaskMove], seen: str) -> Forms:
    """The empty forms of what the post may do now."""
    now = timezone.now()
    on, post, mark = timezone.localdate(now), request.post, {"seen": seen}
    found: Forms = {}
    if TaskMove.ACCEPT in moves:
        found["accept"] = AcceptForm(unit=task.lead_unit, on=on, initial=mark)
    if TaskMove.ASSIGN in moves and task.state == TaskState.HANDED_BACK:
        found["assign"] = AssignForm(organisation=task.organisation, initial=mark | {"lead_unit": task.lead_unit})
    if TaskMove.REPORT in moves:
        found["report"] = ReportForm(task=task, initial=mark | {"percent": task.percent, "happened_on": on})
    for move in (TaskMove.HAND_BACK, TaskMove.REDO, TaskMove.PAUSE, TaskMove.WITHDRAW):
        if move in moves and task.state != TaskState.PLANNED:
            found[move.value] = ReasonForm(initial=mark)
    if permissions.can_ask_extension(post, task, at=now):
        found["ask"] = ExtensionForm()
    if any(_can_decide(post, row, task, at=now) for row in task.extensions.all()):
        found["decide"] = DecideForm()
    return found


def _can_decide(post: Appointment, row: ExtensionRequest, task: Task, *, at: datetime) -> bool:
    row.task = task
    return permissions.can_decide_extension(post, row, at=at)


NEXT = ("confirm", "accept", "decide", "assign", "report", "resume")
"""Which act is the one filled button, first found first."""


def _next_step(moves: list[TaskMove], found: Forms, task: Task) -> str:
    if TaskMove.ACCEPT in moves and task.state != TaskState.ASSIGNED:
        found = {name: form for name, form in found.items() if name != "accept"}  # another officer is no next step
    possible = {*found, *(move.value for move in moves if move in (TaskMove.CONFIRM, TaskMove.RESUME))}
    return next((act for act in NEXT if act in possible), "")


def show(request: Request, task: Task, *, act: str = "", form: forms.Form | None = None) -> HttpResponse:
    """The page; with `act` and `form`, that act's form as it was sent, with its errors."""
    now = timezone.now()
    post = request.post
    on = timezone.localdate(now)
    calendar = workdays.load()
    moves = permissions.moves_of(post, task, at=now)
    entries = _entries(request, task)
    seen = seen_mark(task, entries[0].entry.pk if entries else 0)
    found = _forms(request, task, moves, seen)
    if form is not None:
        data = cast(QueryDict, form.data).copy()
        data["seen"] = seen  # the page below shows what is new, so the next try is made on it
        form.data = data
        if act in found:
            found[act] = form
    context: dict[str, Any] = {
        "task": task,
        "due": deadlines.due_state(task, on, calendar),
        "parts": [
            {
                "row": part, "due_on": part.due_on or task.due_on, "due": deadlines.part_state(part, on, calendar),
                "can_close": permissions.can_close_part(post, part, at=now),
            }
            for part in _parts(task)
        ],
        "rhythm": rhythm.states([task], on, calendar).get(task.pk),
        "entries": entries,
        "citations": recognise([task.text, *(row.entry.text for row in entries)], by=post),
        "reads_register": has_permission(post, READ),
        "extensions": list(task.extensions.all()),
        "waiting_request": next((row for row in task.extensions.all() if row.state == ExtensionState.ASKED), None),
        "thread": comments.of_task(request.post, task, at=now),
        "history": _history(task),
        "forms": found,
        "moves": [move.value for move in moves],
        "next_step": _next_step(moves, found, task),
        "act": act,
        "refused": form.non_field_errors() if form is not None else [],
        "can_remind": _can_remind(post, task, at=now),
        "seen": seen,
    }
    return render(request, "campaigns/task_detail.html", context)


def _can_remind(post: Appointment, task: Task, *, at: datetime) -> bool:
    """Nobody is offered to remind himself."""
    is_heads_turn = task.officer_id is None or task.state == TaskState.AWAITING
    if post.pk == task.officer_id or (is_heads_turn and post.unit_id == task.lead_unit_id):
        return False
    return permissions.can_remind(post, task, at=at)


def _parts(task: Task) -> list[TaskUnit]:
    parts = list(task.cooperating.all())
    for part in parts:
        part.task = task
    return parts


def _history(task: Task) -> list[dict[str, Any]]:
    """Who did what in which post, newest first. One query."""
    return [
        {"who": event.actor_name, "post": event.post_title, "what": event.sentence, "at": event.at, "icon": "history"}
        for event in reversed(Event.objects.about(task))
    ]
