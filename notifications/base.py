"""What a message is. Each app writes its own in its messages.py; their words lie in templates/messages/."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar

from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

from notifications import registry
from notifications.reasons import Reason
from units.models import Appointment

__all__ = ["Notification", "Outside", "Reason"]


class Told:
    """Something with words: messages/<name>_subject.txt and messages/<name>_body.txt, `name` being unique.

    Its `__init__` keeps plain objects as attributes, which the templates see by their names. Mails leave the house:
    neither subject nor body may say more of a document than its title; the link does the rest.
    """

    name: ClassVar[str] = ""
    reason: ClassVar[Reason | None] = None
    at_once: ClassVar[bool] = False

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "name" in cls.__dict__:
            registry.register(cls)

    def context(self) -> dict[str, Any]:
        """What the templates see: the attributes of the instance."""
        return dict(vars(self))

    def subject(self) -> str:
        """One line of plain text."""
        return " ".join(self._rendered("subject").split())

    def body(self) -> str:
        """Plain text; paragraphs are parted by an empty line."""
        return re.sub(r"\n{3,}", "\n\n", self._rendered("body")).strip()

    def _rendered(self, part: str) -> str:
        template = Engine.get_default().get_template(f"messages/{self.name}_{part}.txt")
        with translation.override(settings.LANGUAGE_CODE):
            return template.render(Context(self.context(), autoescape=False))


class Outside(Told):
    """A mail to somebody without an account (`notifications.letters`); its docstring says who gets it and when."""


class Notification(Told):
    """One thing to tell some people.

    A subclass sets `name` and `reason`, and its docstring says who gets it and when. `at_once` sends an e-mail now
    instead of in the morning's digest, unless the person chose otherwise. Whoever acted (`by`) is not told of the own
    act.
    """

    reason: ClassVar[Reason]

    by: Appointment | None = None

    def audience(self) -> Iterable[Appointment]:
        """The posts to tell: a queryset, or posts with their people loaded. A person in several is told once."""
        raise NotImplementedError

    def url(self) -> str:
        """The path of the page where the person goes on."""
        raise NotImplementedError

    def dedupe_key(self) -> str | None:
        """What is told to a person only once, however often it is sent: "overdue:81:2026-10-20". None: every time."""
        return None
