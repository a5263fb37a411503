"""What the pages of reports share: who reads, and the rows that a post may open."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from reports import queries
from reports.models import Contribution, Period
from reports.queries import Sources
from units.models import Appointment
from units.permissions import has_permission
from units.web import Request


def reader(request: Request) -> Appointment:
    """The post, if it may read its organisation's reports at all; 404 for every other."""
    if not has_permission(request.post, "reports.report.read"):
        raise Http404
    return request.post


def period_of(request: Request, pk: int) -> Period:
    found = Period.objects.visible_to(reader(request)).select_related("profile__organisation", "profile__recipient")
    return get_object_or_404(found, pk=pk)


def contribution_of(request: Request, pk: int) -> Contribution:
    return get_object_or_404(queries.contributions_for(request.post), pk=pk)


def number_in(request: Request, name: str) -> int:
    """A whole number that the page sent along; -1, which nothing has, when it was changed on the way."""
    given = request.POST.get(name) or request.GET.get(name) or ""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else -1


def show_sources(request: Request, sources: Sources | None, **more: object) -> HttpResponse:
    """What a figure is made of: in the side panel, or as a page of its own."""
    if sources is None:
        raise Http404
    template = "reports/_sources.html" if request.htmx else "reports/sources.html"
    return render(request, template, {"sources": sources, **more})
