"""Whose register a page shows: a foreign row is as unknown as no row."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from directives.models import Directive
from units.models import Appointment
from units.permissions import has_permission
from units.web import Request

READ = "directives.directive.read"


def reader(request: Request) -> Appointment:
    """The post, if it may read its organisation's register at all."""
    if not has_permission(request.post, READ):
        raise Http404
    return request.post


def directives_of(request: Request) -> QuerySet[Directive]:
    """What the post may read, with kind and bodies."""
    return Directive.objects.visible_to(reader(request)).select_related("kind", "organisation", "issuer_unit")


def directive_or_404(request: Request, pk: int) -> Directive:
    return get_object_or_404(directives_of(request), pk=pk)


def need(request: Request, permission: str) -> None:
    if not has_permission(reader(request), permission):
        raise PermissionDenied
