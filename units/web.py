"""The request as the pages get it, with a person and the post the person acts in; and what forms choose from."""

from typing import TYPE_CHECKING, Any, cast

from django.db.models import QuerySet
from django.forms import BaseForm, ModelChoiceField
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


def offer(form: BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let a field of the form choose among these rows only."""
    cast(ModelChoiceField, form.fields[name]).queryset = rows
