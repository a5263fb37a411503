"""What the page of one task shows: loaded once, with the forms of the post that looks."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from campaigns import deadlines, permissions, workdays
from campaigns.forms.tasks import AcceptForm, AssignForm, DecideForm, ExtensionForm, ReasonForm, ReportForm
from campaigns.models import ExtensionRequest, ProgressEntry, ProgressFigure, Task, TaskIndicator, TaskUnit
from campaigns.states import ExtensionState, TaskMove, TaskState
from campaigns.workflow.tasks import seen_mark
from units.models import Appointment
from units.permissions import has_permission
from units.web import Request

Forms = dict[str, forms.Form]


def load(request: Request, pk: int) -> Task:
    """The task if the post may see it, else 404."""
    found = (
        Task.objects.visible_to(request.post)
        .select_related(
            "lead_unit", "organisation", "plan__document", "item", "directive__kind", "officer__user", "officer__unit",
            "assigned_by__user", "assigned_by__unit",
        )
        .prefetch_related(
            Prefetch("cooperating", TaskUnit.objects.select_related("unit")),
            Prefetch("indicators", TaskIndicator.objects.select_related("indicator")),
            Prefetch("extensions", ExtensionRequest.objects.select_related("asked_by__user", "decided_by__user")),
        )
        .filter(pk=pk)
        .first()
    )  # fmt: skip
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class EntryRow:
    """An entry of the timeline with its files and what the post may do with it."""

    entry: ProgressEntry
    files: list[dict[str, str]]
    can_confirm: bool
    can_withdraw: bool


def _entries(request: Request, task: Task) -> list[EntryRow]:
    """Newest first; three queries whatever their number."""
    at, post = timezone.now(), request.post
    entries = (
        task.entries.select_related(
            "unit", "reported_by__user", "reported_by__unit", "confirmed_by__user", "withdrawn_by__user"
        )
        .prefetch_related("evidence", Prefetch("figures", ProgressFigure.objects.select_related("indicator")))
        .order_by("-id")
    )  # fmt: skip
    rows = []
    for entry in entries:
        entry.task = task
        files = [
            {
                "name": file.name,
                "url": reverse("tasks:evidence", args=[file.pk]),
                "thumbnail_url": reverse("tasks:thumbnail", args=[file.pk]) if file.thumbnail else "",
            }
            for file in entry.evidence.all()
        ]
        can_confirm = permissions.can_confirm_entry(post, entry, at=at)
        rows.append(EntryRow(entry, files, can_confirm, permissions.can_withdraw_entry(post, entry, at=at)))
    return rows


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
    if any(row.state == ExtensionState.ASKED for row in task.extensions.all()) and has_permission(
        post, "campaigns.extension.decide", task.organisation
    ):
        found["decide"] = DecideForm()
    return found


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
        "parts": [{"row": part, "can_close": permissions.can_close_part(post, part, at=now)} for part in _parts(task)],
        "entries": entries,
        "extensions": list(task.extensions.all()),
        "waiting_request": next((row for row in task.extensions.all() if row.state == ExtensionState.ASKED), None),
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
