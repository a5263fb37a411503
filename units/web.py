"""The request as the pages get it: with a person and the post the person acts in. Who asks without a log-in, and what
such an answer says to caches and search engines."""

from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from units.models import Appointment, User

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails


class Request(HttpRequest):
    """What the middleware has made of a request of somebody who is logged in and holds a post.

    Pages without login see Django's own request; this class only names the attributes for readers and type checks.
    """

    user: User
    post: Appointment
    htmx: "HtmxDetails"


def address_of(request: HttpRequest) -> str:
    """The visitor's address on the network. Behind a proxy (settings.BEHIND_PROXY) the last one in X-Forwarded-For: the
    one the proxy itself saw, whatever the visitor wrote before it."""
    peer = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY:
        return peer
    told = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ip_address(told))
    except ValueError:
        return peer


def unlisted(answer: HttpResponse) -> HttpResponse:
    """A page for whoever has its address: no cache keeps it, no search engine shows it."""
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


LARGEST_NUMBER = 2**31 - 1  # what a whole-number column of the database holds


def whole_number(text: str) -> int | None:
    """The number that an address or a hidden field names, in ASCII digits; None for anything else or too much."""
    if not (text.isascii() and text.isdigit()) or len(text) > 10 or int(text) > LARGEST_NUMBER:
        return None
    return int(text)
