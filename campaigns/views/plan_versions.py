"""Versions of a plan: the list, what changed between two of them, and the way back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from audit.models import Event
from campaigns.comparison import compare
from campaigns.models import Plan, PlanVersion
from campaigns.views.plans import own_plan, tabs_of
from campaigns.workflow import plan_versions, plans
from documents import permissions
from documents.events import CHECKED, CONFIRMED, ISSUED, PROPOSED, RETURNED, SIGNED
from documents.states import DocumentMove
from units.permissions import NotAllowed
from units.web import Request, whole_number

STEPS = (PROPOSED, CONFIRMED, CHECKED, RETURNED, SIGNED, ISSUED)
"""What happened to the plan after a version."""


def _page(request: Request, plan: Plan) -> dict[str, Any]:
    can_edit = permissions.can_move(request.post, plan.document, DocumentMove.EDIT, at=timezone.now())
    tabs = tabs_of(plan.pk, "versions")
    return {"plan": plan, "document": plan.document, "tabs": tabs, "can_edit": can_edit}


@require_GET
def version_list(request: Request, pk: int) -> HttpResponse:
    """Who wrote when, newest first, with the steps that followed each version."""
    plan = own_plan(request, pk)
    rows = list(plan.versions.defer("content").order_by("-number"))
    steps = list(Event.objects.about(plan.document).filter(name__in=STEPS))
    ends = [row.started_at for row in rows]
    versions = [
        {
            "version": row,
            "is_current": index == 0,
            "steps": [step for step in steps if row.saved_at <= step.at and (index == 0 or step.at < ends[index - 1])],
        }
        for index, row in enumerate(rows)
    ]
    return render(request, "campaigns/plan_versions.html", _page(request, plan) | {"versions": versions})


@require_GET
def version_detail(request: Request, pk: int, number: int) -> HttpResponse:
    """What a version says against the one before it, or against another one (`?voi=`)."""
    plan = own_plan(request, pk)
    rows = list(plan.versions.defer("content").order_by("-number"))
    shown = _version(plan, number)
    numbers = [row.number for row in rows]
    later = min((each for each in numbers if each > number), default=number)
    earlier = max((each for each in numbers if each < number), default=later)
    asked = whole_number(request.GET.get("voi", ""))
    other = _version(plan, earlier if asked is None else asked)
    old, new = sorted((shown, other), key=lambda row: row.number)
    groups = compare(plan_versions.content_of(old), plan_versions.content_of(new))
    page = {
        "version": shown, "old": old, "new": new, "groups": groups, "numbers": numbers,
        "changed": sum(group.changed for group in groups), "is_current": shown.content is None,
        "current": rows[0].number if rows else number,
        "consequences": [
            _("Kế hoạch trở lại đúng như phiên bản này, cả nhiệm vụ và nơi nhận."),
            _("Bản đang soạn được giữ thành một phiên bản, lấy lại được."),
        ],
    }  # fmt: skip
    return render(request, "campaigns/plan_version.html", _page(request, plan) | page)


def _version(plan: Plan, number: int) -> PlanVersion:
    found = get_object_or_404(plan.versions.all(), number=number)
    found.plan = plan
    return found


@require_POST
def restore(request: Request, pk: int, number: int) -> HttpResponse:
    """Take an old version back as a new one."""
    plan = own_plan(request, pk)
    version = _version(plan, number)
    seen = whole_number(request.POST.get("version", ""))
    try:
        plans.restore(version=version, by=request.post, at=timezone.now(), seen=seen)
    except NotAllowed as error:
        messages.error(request, str(error))
        return redirect("plans:version", pk, number)
    messages.success(request, _("Đã lấy lại phiên bản %(number)s thành bản đang soạn.") % {"number": number})
    return redirect("plans:detail", pk)
