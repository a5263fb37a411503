"""The request as the pages get it: with a person and the post the person acts in."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

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


LARGEST_NUMBER = 2**31 - 1  # what a whole-number column of the database holds


def whole_number(text: str) -> int | None:
    """The number that an address or a hidden field names, in ASCII digits; None for anything else or too much."""
    if not (text.isascii() and text.isdigit()) or len(text) > 10 or int(text) > LARGEST_NUMBER:
        return None
    return int(text)
