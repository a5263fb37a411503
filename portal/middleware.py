"""What no page has to deal with: addresses that no browser makes, and those that only take forms."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


class ReadableAddressMiddleware:
    """Answers 400 to an address that holds a NUL character: PostgreSQL and file systems have no such text.

    Forms say it of their fields themselves (ProhibitNullCharactersValidator), so bodies are left to them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path or "\x00" in query or "%00" in query:
            raise BadRequest("NUL in the address")
        return self.get_response(request)


class FormAddressMiddleware:
    """Says on a page that an address only takes a form, where Django answers 405 with nothing.

    People come there by the back button, a reload, or the log-in after a form that met a lost session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or request.method != "GET":
            return response
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = response.headers["Allow"]
        return page
