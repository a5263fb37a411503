"""Messages for these tests. They bring their own words, so that no template of the product is only for tests."""

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from notifications.base import Notification, Reason
from units.models import Appointment


class Weekdays:
    """A calendar without holidays."""

    def is_working(self, day: date) -> bool:
        return day.weekday() < 5


class Sample(Notification):
    """The given posts, when a test says so."""

    reason: ClassVar[Reason] = Reason.DUE_SOON

    def __init__(self, posts: Iterable[Appointment], title: str = "Một việc", key: str | None = None) -> None:
        self.posts, self.title, self.key = posts, title, key

    def audience(self) -> Iterable[Appointment]:
        return self.posts

    def url(self) -> str:
        return "/"

    def dedupe_key(self) -> str | None:
        return self.key

    def subject(self) -> str:
        return self.title

    def body(self) -> str:
        return f"Nội dung: {self.title}"


class Urgent(Sample):
    """The same, by e-mail now."""

    reason = Reason.ASSIGNED
    at_once = True
