"""Deadlines as a calendar that Google Calendar, Outlook and Thunderbird subscribe to (RFC 5545).

An event is an all-day one on the due date. It says what a mail says, the task's first words and the plan's title;
results, reasons and comments stay in the portal. Its sequence is the number of entries in the task's history, so every
change of a day raises it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Max, Prefetch, Q
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from audit.models import Event as Entry
from campaigns.models import CalendarFeed, FeedScope, Task, TaskUnit
from campaigns.models.task import TaskQuerySet
from campaigns.states import TaskState
from campaigns.workflow.feeds import READ, hash_of
from units.permissions import has_permission

LOOK_BACK = timedelta(days=365)
MOST = 5000
REMINDERS = (timedelta(hours=-16), timedelta(hours=8))
"""08:00 on the day before, 08:00 on the day, counted from the day's midnight."""


@dataclass(frozen=True)
class Line:
    """A task on the day that concerns the feed: its own, or that of a cooperating unit's part."""

    task: Task
    on: date
    part: TaskUnit | None = None

    @property
    def is_done(self) -> bool:
        return self.task.state == TaskState.DONE or bool(self.part and self.part.done_at)


def find(secret: str, on: date) -> CalendarFeed | None:
    """The feed of a secret address; None once it is revoked, or its owner has left the post or the portal."""
    rows = CalendarFeed.objects.select_related("post__user", "post__unit", "plan__document")
    feed = rows.filter(secret_hash=hash_of(secret), revoked_at=None).first()
    if feed is None or not feed.post.user.is_active or not feed.post.holds_on(on):
        return None
    return feed if has_permission(feed.post, READ) else None


def lines(feed: CalendarFeed, on: date) -> list[Line]:
    """What the feed shows, withdrawn tasks too. Two queries."""
    tasks = Task.objects.visible_to(feed.post).exclude(state=TaskState.PLANNED).exclude(assigned_at=None)
    mine = _of_scope(tasks, feed).select_related("plan__document", "lead_unit")
    parts = Prefetch("cooperating", TaskUnit.objects.filter(unit=feed.post.unit_id), to_attr="own_parts")
    since = on - LOOK_BACK
    found = mine.filter(due_on__gte=since).prefetch_related(parts).order_by("due_on", "id").distinct()[:MOST]
    return [_line(task, feed) for task in found]


def _of_scope(tasks: TaskQuerySet, feed: CalendarFeed) -> TaskQuerySet:
    if feed.scope == FeedScope.MINE:
        return tasks.filter(officer__user=feed.post.user_id)
    if feed.scope == FeedScope.PLAN:
        return tasks.filter(plan=feed.plan_id)
    return tasks.filter(Q(lead_unit=feed.post.unit_id) | Q(cooperating__unit=feed.post.unit_id))


def _line(task: Task, feed: CalendarFeed) -> Line:
    parts: list[TaskUnit] = task.own_parts  # type: ignore[attr-defined]
    due = task.due_on or date.min
    if feed.scope == FeedScope.UNIT and parts and task.lead_unit_id != feed.post.unit_id:
        return Line(task, parts[0].due_on or due, parts[0])
    return Line(task, due)


def render(feed: CalendarFeed, on: date) -> tuple[bytes, datetime]:
    """The calendar and when something in it changed last. Three queries, whatever its length."""
    shown = lines(feed, on)
    changes = _changes(line.task.pk for line in shown)
    calendar = Calendar()
    calendar.add("prodid", "-//Cao Diem//Calendar//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title_of(feed))
    calendar.add("x-wr-timezone", settings.TIME_ZONE)
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("refresh-interval;value=duration", "PT1H")
    for line in shown:
        calendar.add_component(_event(line, *changes.get(line.task.pk, (0, line.task.assigned_at or feed.created_at))))
    return calendar.to_ical(), max((at for _n, at in changes.values()), default=feed.created_at)


def title_of(feed: CalendarFeed) -> str:
    """What a calendar program calls it."""
    if feed.plan:
        return Truncator(feed.plan.document.title).chars(80)
    whose = feed.post.person_name if feed.scope == FeedScope.MINE else feed.post.unit.name
    return _("Cao Điểm: %(whose)s") % {"whose": whose}


def _changes(tasks: Iterable[int]) -> dict[int, tuple[int, datetime]]:
    """Task → how many entries its history has, and when the last was written. One query."""
    rows = Entry.objects.filter(subject_label=Task._meta.label_lower, subject_id__in=list(tasks))
    counted = rows.order_by().values_list("subject_id").annotate(Count("id"), Max("at"))
    return {pk: (number, at) for pk, number, at in counted}


def _event(line: Line, sequence: int, changed: datetime) -> Event:
    task, site = line.task, urlsplit(settings.SITE_URL).hostname
    words = Truncator(task.text).chars(90)
    part = f"-phoi-hop-{line.part.unit_id}" if line.part else ""
    event = Event()
    event.add("uid", f"nhiem-vu-{task.pk}{part}@{site}")
    event.add("sequence", sequence)
    event.add("dtstamp", changed.astimezone(UTC))
    event.add("last-modified", changed.astimezone(UTC))
    event.add("dtstart", line.on)
    event.add("dtend", line.on + timedelta(days=1))
    event.add("summary", _summary(line, words))
    link = f"{settings.SITE_URL.rstrip('/')}{reverse('tasks:detail', args=[task.pk])}"
    event.add("description", f"{task.plan.document.title}\n{task.lead_unit.name}\n{link}")
    event.add("url", link)
    event.add("transp", "TRANSPARENT")
    event.add("status", "CANCELLED" if task.state == TaskState.WITHDRAWN else "CONFIRMED")
    if task.is_open and not line.is_done:
        for trigger in REMINDERS:
            event.add_component(_alarm(words, trigger))
    return event


def _summary(line: Line, words: str) -> str:
    if line.task.state == TaskState.WITHDRAWN:
        return _("Đã thu hồi: %(task)s") % {"task": words}
    if line.is_done:
        return _("Xong: %(task)s") % {"task": words}
    return (_("Hạn phối hợp: %(task)s") if line.part else _("Hạn: %(task)s")) % {"task": words}


def _alarm(words: str, trigger: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words)
    alarm.add("trigger", trigger)
    return alarm
