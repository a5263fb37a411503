"""The one way to write history."""

from datetime import datetime
from typing import Any, Protocol

from django.db import connection, models

from audit import registry
from audit.models import Event
from audit.signals import event_recorded


class Actor(Protocol):
    """Who acts: an appointment. The post is written down as it reads at that moment."""

    pk: Any
    user_id: int

    @property
    def person_name(self) -> str: ...

    @property
    def post_title(self) -> str: ...


def record(name: str, subject: models.Model, /, *, by: Actor | None, at: datetime, **data: Any) -> Event:
    """Write event `name` about `subject` into the running transaction.

    `by` None means the system itself (a beat job). `data` must be JSON: ids, texts, ISO dates.
    Raises ValueError for an undeclared name and RuntimeError outside a transaction: history and change go together.
    """
    if name not in registry.declared():
        raise ValueError(f"event {name} is not declared")
    if not connection.in_atomic_block:
        raise RuntimeError("history is written in the transaction of the change")
    event = Event.objects.create(
        name=name,
        subject_label=subject._meta.label_lower,
        subject_id=subject.pk,
        at=at,
        actor_id=by.user_id if by else None,
        actor_name=by.person_name if by else "",
        post_id=by.pk if by else None,
        post_title=by.post_title if by else "",
        data=data,
    )
    event_recorded.send(Event, event=event, by=by)
    return event
