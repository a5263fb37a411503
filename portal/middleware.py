"""What no page has to deal with: addresses that no browser makes."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


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
