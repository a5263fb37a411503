"""What people say about a task or a paragraph of a plan, and the list of people they can name."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from campaigns import comments
from campaigns.models import Comment, Plan, PlanItem, Task
from campaigns.workflow import comments as verbs
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request, whole_number


def _reader(request: Request) -> Appointment:
    if not has_permission(request.post, comments.READ):
        raise Http404
    return request.post


def _chosen(request: Request) -> set[int]:
    """The posts picked from the list; the rest of what was sent means nobody."""
    return {pk for pk in map(whole_number, request.POST.getlist("mention")) if pk is not None}


@require_safe
def people(request: Request) -> HttpResponse:
    """Those whose name goes on as typed, for the list below the text."""
    by = _reader(request)
    text = request.GET.get("q", "").strip()[:60]
    found = comments.offered(by.organisation, text, timezone.localdate())
    return render(request, "campaigns/_comment_people.html", {"people": found})


def task(request: Request, pk: int) -> HttpResponse:
    """Say something about a task; reading is the task's own page."""
    rows = Task.objects.visible_to(_reader(request)).select_related("plan__document__organisation")
    about = get_object_or_404(rows, pk=pk)
    back_url = reverse("tasks:detail", args=[pk])
    failed = _write(request, about) if request.method == "POST" else ""
    if not request.htmx and not failed:
        return redirect(f"{back_url}#trao-doi")
    thread = comments.of_task(request.post, about, at=timezone.now())
    page = {"thread": thread, "title": about.text, "back_url": back_url}
    return _answer(request, page, failed)


def item(request: Request, pk: int) -> HttpResponse:
    """What was said about a paragraph of a plan: in the side panel, or as a page of its own."""
    plans = Plan.objects.visible_to(_reader(request))
    rows = PlanItem.objects.filter(plan__in=plans).select_related("plan__document__organisation")
    about = get_object_or_404(rows, pk=pk)
    failed = _write(request, about) if request.method == "POST" else ""
    if request.method == "POST" and not request.htmx and not failed:
        return redirect("comments:item", pk)
    thread = comments.of_item(request.post, about, at=timezone.now())
    back_url = f"{reverse('plans:detail', args=[about.plan_id])}#part-item-{pk}"
    return _answer(request, {"thread": thread, "title": about.text, "back_url": back_url}, failed)


def _write(request: Request, about: Task | PlanItem) -> str:
    """Why it was not written; nothing when it was."""
    words: dict[str, Any] = {"text": request.POST.get("text", ""), "chosen": _chosen(request)}
    try:
        verbs.write(about=about, **words, by=request.post, at=timezone.now())
    except NotAllowed as error:
        return str(error)
    return ""


def _answer(request: Request, page: dict[str, Any], failed: str) -> HttpResponse:
    """The thread; what was typed and not taken stays in its field."""
    page |= {"failed": failed, "typed": request.POST.get("text", "") if failed else ""}
    template = "campaigns/_comments.html" if request.htmx else "campaigns/comments.html"
    return render(request, template, page, status=422 if failed else 200)


def _comment(request: Request, pk: int) -> Comment:
    rows = Comment.objects.filter(plan__in=Plan.objects.visible_to(_reader(request)))
    return get_object_or_404(rows.select_related("written_by"), pk=pk)


def edit(request: Request, pk: int) -> HttpResponse:
    """Change one's own words: a page of its own, since it is rare."""
    comment, now = _comment(request, pk), timezone.now()
    failed, typed = "", comment.text
    if request.method == "POST":
        typed = request.POST.get("text", "")
        try:
            verbs.edit(comment=comment, text=typed, chosen=_chosen(request), by=request.post, at=now)
        except NotAllowed as error:
            failed = str(error)
        else:
            return redirect(comment.url)
    elif not comment.is_editable(request.post, now):
        messages.info(request, _("Chỉ sửa được ý kiến của mình trong 10 phút sau khi gửi."))
        return redirect(comment.url)
    page = {"comment": comment, "typed": typed, "failed": failed}
    return render(request, "campaigns/comment_edit.html", page, status=422 if failed else 200)


@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    comment = _comment(request, pk)
    try:
        verbs.remove(comment=comment, by=request.post, at=timezone.now())
    except NotAllowed as error:
        messages.error(request, str(error))
    return redirect(comment.url)
