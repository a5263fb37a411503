"""Pages of a unit's part of a report."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from directives.recognition import recognise
from reports import contributions, filling, queries
from reports.forms import ContributionForms, ReasonForm
from reports.models import Contribution, ContributionState
from reports.views.common import contribution_of, number_in, show_sources
from units.permissions import NotAllowed, has_permission
from units.web import Request


def _may_write(request: Request, found: Contribution) -> bool:
    is_open = found.state != ContributionState.CONFIRMED and found.period.closed_at is None
    return is_open and has_permission(request.post, contributions.WRITE, found.unit)


def contribution(request: Request, pk: int) -> HttpResponse:
    """A unit's part: drafted from progress, edited and saved by its head, who also sends it.

    What was typed stays in sight when it is refused, and is stored when only the sending is.
    """
    found = contribution_of(request, pk)
    if request.method != "POST":
        return _page(request, found, ContributionForms(found))
    forms = ContributionForms(found, request.POST)
    if not forms.is_valid():
        if forms.is_torn:
            words = _("Trang gửi lên không nguyên vẹn. Các ô dưới đây là bản đã lưu.")
            return _page(request, found, ContributionForms(found), words)
        return _page(request, found, forms, _("Có ô chưa đúng, xem chỗ báo lỗi bên dưới."))
    sends = "send" in request.POST
    try:
        version = number_in(request, "version") if sends and forms.is_stored() else _save(request, found, forms)
    except NotAllowed as refusal:
        return _page(request, found, forms, str(refusal))
    if sends:
        _send(request, found, version)
    else:
        messages.success(request, _("Đã lưu phần báo cáo."))
    return redirect("reports:contribution", pk)


def _save(request: Request, found: Contribution, forms: ContributionForms) -> int:
    """Keep what was typed; the version it has then."""
    return contributions.save(
        contribution=found,
        version=number_in(request, "version"),
        lines=forms.line_inputs(),
        figures=forms.figure_inputs(),
        by=request.post,
        at=timezone.now(),
    ).version


def _send(request: Request, found: Contribution, version: int) -> None:
    """Send the part, which is stored as it was typed, and say how that went."""
    try:
        contributions.confirm(contribution=found, version=version, by=request.post, at=timezone.now())
    except NotAllowed as refusal:
        found.refresh_from_db()
        if found.state == ContributionState.CONFIRMED and found.confirmed_by_id == request.post.pk:
            messages.info(request, _("Phần báo cáo đã gửi trước đó."))
        else:
            messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã gửi phần báo cáo cho Văn phòng."))


def _page(request: Request, found: Contribution, forms: ContributionForms, refusal: str = "") -> HttpResponse:
    """What was typed stays in sight, also when the part was sent or its period ended meanwhile."""
    may_write = _may_write(request, found)
    is_sent = found.state == ContributionState.CONFIRMED and found.period.closed_at is None
    lines = [] if may_write or forms.is_bound else queries.lines_of(found)
    context = {
        "contribution": found,
        "forms": forms,
        "refusal": refusal,
        "may_write": may_write,
        "shows_form": may_write or forms.is_bound,
        "has_news": may_write and bool(filling.news(found)),
        "may_return": is_sent and has_permission(request.post, "reports.contribution.return", found.unit),
        "reason_form": ReasonForm(auto_id="return_%s"),
        "lines": lines,
        "citations": recognise([line.text for line in lines], by=request.post),
        "models": queries.models_of(found),
    }
    return render(request, "reports/contribution.html", context)


@require_POST
def refill(request: Request, pk: int) -> HttpResponse:
    """Take over what progress says since the last time."""
    found = contribution_of(request, pk)
    try:
        contributions.fill(contribution=found, by=request.post, at=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã cập nhật từ tiến độ."))
    return redirect("reports:contribution", pk)


@require_POST
def return_contribution(request: Request, pk: int) -> HttpResponse:
    """The office sends the part back."""
    found = contribution_of(request, pk)
    reason = request.POST.get("reason", "").replace("\x00", "")[:1000]
    try:
        contributions.return_for_changes(contribution=found, reason=reason, by=request.post, at=timezone.now())
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Đã trả lại phần báo cáo cho đơn vị."))
    return redirect("reports:contribution", pk)


@require_GET
def contribution_sources(request: Request, pk: int, indicator: int) -> HttpResponse:
    """The entries behind a computed figure of one unit."""
    found = contribution_of(request, pk)
    return show_sources(request, queries.sources_of_contribution(found, indicator))
