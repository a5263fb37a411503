"""What a text being typed cites: the answer below a field."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from directives import recognition
from units.permissions import has_permission
from units.web import Request

LONGEST = 20_000
"""Letters of a text that are read as one types; what lies beyond is read when it is saved."""


@require_POST
def recognise(request: Request) -> HttpResponse:
    """The documents that the text of the field `?field=` cites. Changes nothing; POST for the length of the text."""
    if not has_permission(request.post, recognition.READ):
        raise Http404
    text = request.POST.get(request.GET.get("field", "text"), "").replace("\r\n", "\n")[:LONGEST]
    found = recognition.recognise([text], by=request.post)
    context = {"rows": recognition.once_each(text, found.of(text)), "may_record": found.may_record}
    return render(request, "directives/_recognised.html", context)
