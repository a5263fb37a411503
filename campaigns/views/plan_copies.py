"""Last year's plan as a draft: choose the plan, look at every change, make the draft."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaigns.copying import Proposal
from campaigns.forms.plan_copies import ChangeForm
from campaigns.models import Plan
from campaigns.workflow import copies
from campaigns.workflow.plans import EDIT
from documents.states import IN_FORCE
from units.permissions import NotAllowed, Outdated, has_permission
from units.web import Request, whole_number

LATEST = 50


def _sources(request: Request) -> Any:
    """Issued plans that the post may copy; 404 for who does not draft."""
    if not has_permission(request.post, EDIT):
        raise Http404
    own = Plan.objects.visible_to(request.post).filter(document__organisation_id=request.post.organisation_id)
    return own.filter(document__state__in=IN_FORCE)


@require_GET
def choose(request: Request) -> HttpResponse:
    """Issued plans, the latest first."""
    rows = _sources(request).select_related("document__drafting_unit", "campaign").order_by("-year", "-id")
    return render(request, "campaigns/plan_copy_choose.html", {"plans": rows[:LATEST]})


def review(request: Request, pk: int) -> HttpResponse:
    """Every change of one plan for one year, old and new; a POST makes the draft as decided."""
    source = get_object_or_404(_sources(request).with_document(), pk=pk)
    at = timezone.now()
    year = whole_number(request.POST.get("nam") or request.GET.get("nam") or "")
    try:
        proposal = copies.propose(source=source, year=year or _usual_year(source), today=timezone.localdate(at))
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("plans:copy", pk)
    forms = [ChangeForm(request.POST or None, change=change) for change in proposal.changes.values()]
    refused = ""
    for form in forms:
        form.full_clean()  # every form says what is wrong with it, not the first one only
    if request.method == "POST" and all(form.is_valid() for form in forms):
        decisions = {form.change.key: form.decision for form in forms}
        seen = request.POST.get("seen", "")
        words = {"source": source, "year": proposal.year, "seen": seen, "decisions": decisions}
        try:
            plan = copies.copy(**words, by=request.post, at=at)
        except Outdated as error:
            refused = str(error)
        except NotAllowed as error:
            refused = str(error)
        else:
            messages.success(request, _("Đã lập dự thảo từ kế hoạch năm %(year)s.") % {"year": source.year})
            return redirect("plans:detail", plan.pk)
    page = _page(source, proposal, forms) | {"refused": refused}
    failed = bool(refused) or any(form.errors for form in forms)
    return render(request, "campaigns/plan_copy.html", page, status=422 if failed else 200)


def _usual_year(source: Plan) -> int:
    """This year, or the one after the plan's."""
    return max(source.year + 1, min(timezone.localdate().year, source.year + copies.MOST_YEARS))


def _page(source: Plan, proposal: Proposal, forms: list[ChangeForm]) -> dict[str, Any]:
    earlier = source.copies.live().select_related("document").order_by("-id").first()
    return {
        "plan": source,
        "document": source.document,
        "proposal": proposal,
        "rows": forms,
        "doubtful": sum(not form.change.is_taken for form in forms),
        "errors": [form for form in forms if form.errors],
        "earlier": earlier,
        "years": range(source.year + 1, source.year + 4),
    }
