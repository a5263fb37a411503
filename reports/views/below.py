"""Pages of the organisation that others report to: what has arrived, what is missing, their figures added up."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from campaigns.models import Indicator
from reports import rollup
from reports.forms import RemarkForm
from reports.models import Period, Remark, Report
from reports.periods import Kind
from reports.rollup import Term
from units.models import Appointment
from units.permissions import NotAllowed, has_permission
from units.web import Request, whole_number


def _reader(request: Request) -> Appointment:
    """The post, if it may read what other organisations report to its own; 404 for every other."""
    if not has_permission(request.post, rollup.READ):
        raise Http404
    return request.post


def _term(request: Request, known: list[Period]) -> Term | None:
    """The term that the address names, else the newest one; None while nobody reports here."""
    kind, year, month = (request.GET.get(name, "") for name in ("kind", "year", "month"))
    if kind in Kind.values and (number := whole_number(year)) and (place := whole_number(month)):
        return Term(kind, number, place)
    return Term(known[0].profile.kind, known[0].year, known[0].month) if known else None


def _address(term: Term) -> str:
    return f"?kind={term.kind}&year={term.year}&month={term.month}"


@require_GET
def below(request: Request) -> HttpResponse:
    """Who has reported for a term and who has not, and what their figures add up to."""
    by = _reader(request)
    known = rollup.terms(by.organisation)
    term = _term(request, known)
    context: dict[str, Any] = {"term": term, "terms": [], "bodies": [], "totals": []}
    if term is not None:
        bodies = rollup.bodies(by.organisation, term)
        context |= {
            "terms": [_choice(each, term) for each in known],
            "bodies": bodies,
            "missing": [body for body in bodies if body.report_id is None],
            "arrived": sum(body.report_id is not None for body in bodies),
            "totals": rollup.totals(by.organisation, term),
            "query": _address(term),
        }
    return render(request, "reports/below.html", context)


def _choice(period: Period, term: Term) -> dict[str, Any]:
    own = Term(period.profile.kind, period.year, period.month)
    return {"label": period.label, "url": reverse("reports:below") + _address(own), "active": own == term}


@require_GET
def by_body(request: Request, indicator: int) -> HttpResponse:
    """What each organisation's report says of one indicator: the entries of a total."""
    by = _reader(request)
    term = _term(request, [])
    found = get_object_or_404(Indicator.objects.common(), pk=indicator)
    if term is None:
        raise Http404
    context = {
        "indicator": found,
        "rows": rollup.by_body(by.organisation, term, found),
        "parts": [each for each in (found.numerator, found.denominator) if each],
        "query": _address(term),
    }
    template = "reports/_below_figure.html" if request.htmx else "reports/below_figure.html"
    return render(request, template, context)


def thread(request: Request, pk: int) -> HttpResponse:
    """Questions of the organisation a report was sent to, and the answers of the one that sent it."""
    by = request.post
    report = get_object_or_404(
        Report.objects.issued().select_related("document__organisation", "period__profile").filter(_either_side(by)),
        pk=pk,
    )
    is_sender = report.document.organisation_id == by.organisation_id
    if not has_permission(by, "reports.report.read" if is_sender else rollup.READ):
        raise Http404
    remarks = list(report.remarks.select_related("by__user", "by__unit"))
    form = RemarkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        verb = rollup.answer if is_sender else rollup.ask
        try:
            verb(report=report, text=form.cleaned_data["text"], by=by, at=timezone.now())
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Đã gửi. Bên kia đã được báo."))
            return redirect("reports:thread", pk)
    is_asked = bool(remarks) and remarks[-1].kind == Remark.Kind.QUESTION
    may_write = (
        has_permission(by, "reports.report.compile") and is_asked
        if is_sender
        else has_permission(by, "documents.receive", by.unit)
    )
    context = {"report": report, "remarks": remarks, "form": form, "is_sender": is_sender}
    context["may_write"] = may_write or form.is_bound  # what was typed stays in sight when it came too late
    return render(request, "reports/thread.html", context)


def _either_side(by: Appointment) -> Q:
    return Q(document__organisation=by.organisation_id) | Q(period__profile__recipient=by.organisation_id)
