"""The check panel of a plan: what the rules found, a jump to each place, "put right" and "stays as it is"."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from campaigns import checks
from campaigns.checks.rule import Finding
from campaigns.models import Plan
from campaigns.workflow import findings
from documents import permissions
from documents.states import DocumentMove
from units.permissions import NotAllowed, has_permission
from units.web import Request


@dataclass(frozen=True)
class Panel:
    """The findings of a plan in the order in which they are shown."""

    blocking: list[Finding]
    doubtful: list[Finding]
    kept: list[Finding]

    @property
    def open_count(self) -> int:
        return len(self.blocking) + len(self.doubtful)


def panel(plan: Plan) -> Panel:
    """What the panel shows of a plan that `checks.prepare` loaded. No query."""
    found = checks.problems_of(plan)
    return Panel(
        blocking=[row for row in found if row.blocking],
        doubtful=[row for row in found if not row.blocking and row.kept is None],
        kept=[row for row in found if row.kept is not None],
    )


def _own_plan(request: Request, pk: int) -> Plan:
    """A plan that the post may read; 404 for every other."""
    if not has_permission(request.post, "campaigns.plan.read"):
        raise Http404
    return get_object_or_404(Plan.objects.visible_to(request.post).with_document(), pk=pk)


def _answer(request: Request, plan: Plan) -> HttpResponse:
    """The panel anew, in its place; without htmx the plan's page at the panel."""
    if not request.htmx:
        return redirect(f"{reverse('plans:detail', args=[plan.pk])}#kiem-tra")
    loaded = checks.load(plan.document)
    can_edit = permissions.can_move(request.post, loaded.document, DocumentMove.EDIT, at=timezone.now())
    context = {"plan": loaded, "document": loaded.document, "can_edit": can_edit, "checks": panel(loaded)}
    return render(request, "campaigns/_check_panel.html", context)


@require_POST
def keep(request: Request, pk: int) -> HttpResponse:
    """Mark a finding as seen, with the reason."""
    return _act(request, pk, findings.keep, reason=request.POST.get("reason", ""))


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    return _act(request, pk, findings.reopen)


def _act(request: Request, pk: int, verb: Any, **words: str) -> HttpResponse:
    plan = _own_plan(request, pk)
    key = request.POST.get("key", "")
    try:
        verb(plan=plan, key=key, by=request.post, at=timezone.now(), **words)
    except NotAllowed as error:
        messages.error(request, str(error))
        if request.htmx:
            answer = HttpResponse(status=204)
            answer["HX-Redirect"] = reverse("plans:detail", args=[pk])
            return answer
    return _answer(request, plan)


@require_POST
def fix(request: Request, pk: int) -> HttpResponse:
    """Let the portal put a finding right; the plan is shown at the panel, for the next one."""
    plan = _own_plan(request, pk)
    try:
        count = findings.fix(plan=plan, key=request.POST.get("key", ""), by=request.post, at=timezone.now())
    except NotAllowed as error:
        messages.error(request, str(error))
    else:
        done = ngettext("Đã sửa %(count)s chỗ.", "Đã sửa %(count)s chỗ.", count) % {"count": count}
        messages.success(request, done)
    return redirect(f"{reverse('plans:detail', args=[pk])}#kiem-tra")
