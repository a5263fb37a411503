"""Tasks that are reported on in a rhythm: which days a period covers, and which periods passed without an entry.

Pure but for `load`, `states` and `missing`. A rhythm task has no due date and is never overdue; what it owes is one
entry a period. A period that ends on a day off ends on the next working day (BLDS 2015 Điều 148).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Expression, OuterRef, Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.models import ProgressEntry, Task
from campaigns.models.task import TaskQuerySet
from campaigns.states import Rhythm
from campaigns.workdays import WorkingCalendar

ONE_DAY = timedelta(days=1)
LOOK_BACK = 12
"""So many periods are looked at; what is older is not called missed any more."""

DAY_OF_MONTH = re.compile(r"(?P<before>trước)?\s*ngày\s+(?:mùng\s+)?(?P<day>\d{1,2})(?![\d/])", re.I)


@dataclass(frozen=True)
class Span:
    """Days of a period, both included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class RhythmState:
    """What a rhythm task owes: the running period, whether it has an entry, the closed ones without (oldest first)."""

    current: Span
    is_reported: bool
    missed: tuple[Span, ...]

    @property
    def missed_words(self) -> str:
        """"thiếu 2 kỳ, gần nhất 16/11–22/11"; empty when nothing is missed."""
        if not self.missed:
            return ""
        last = f"{self.missed[-1].starts_on:%d/%m}–{self.missed[-1].ends_on:%d/%m}"
        count = len(self.missed)
        words = ngettext("thiếu %(n)d kỳ, gần nhất %(last)s", "thiếu %(n)d kỳ, gần nhất %(last)s", count)
        return words % {"n": count, "last": last}

    @property
    def current_words(self) -> str:
        """What the running period asks for."""
        span = f"{self.current.starts_on:%d/%m}–{self.current.ends_on:%d/%m}"
        words = _("kỳ %(span)s đã có báo cáo") if self.is_reported else _("kỳ %(span)s chưa có báo cáo")
        return words % {"span": span}


def last_day_of_period(wording: str) -> int | None:
    """"trước ngày 25 hằng tháng" → 24, "chậm nhất ngày 25" → 25; None when no day is named."""
    found = DAY_OF_MONTH.search(wording)
    if found is None or not 1 <= int(found["day"]) <= 31:
        return None
    return (int(found["day"]) - 1 if found["before"] else int(found["day"])) or None


def span(rhythm: str, wording: str, day: date, *, first_day: int) -> Span:
    """The period that `day` belongs to. `first_day` is the day on which the organisation's reporting month begins."""
    if rhythm == Rhythm.WEEKLY:
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=6))
    if rhythm == Rhythm.QUARTERLY:
        first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return Span(first, _month_end(date(first.year, first.month + 2, 1)))
    last = last_day_of_period(wording) if rhythm == Rhythm.MONTHLY else first_day - 1
    return _month(day, last or 31)


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - ONE_DAY


def _clamped(day: date, number: int) -> date:
    """That day of the month of `day`; its last one when the month is shorter."""
    return min(day.replace(day=1) + timedelta(days=number - 1), _month_end(day))


def _month(day: date, last: int) -> Span:
    """The month that ends on day `last`, around `day`."""
    end = _clamped(day, last)
    if day > end:
        end = _clamped(_month_end(day) + ONE_DAY, last)
    before = end.replace(day=1) - ONE_DAY
    return Span(_clamped(before, last) + ONE_DAY, end)


def closed(
    rhythm: str, wording: str, on: date, calendar: WorkingCalendar, *, first_day: int
) -> Iterator[Span]:
    """The periods whose last moment for an entry is over on day `on`, the latest first."""
    period = span(rhythm, wording, on, first_day=first_day)
    while True:
        period = span(rhythm, wording, period.starts_on - ONE_DAY, first_day=first_day)
        if calendar.next_working(period.ends_on) < on:
            yield period


def state_of(
    task: Task, days: Iterable[date], on: date, calendar: WorkingCalendar, *, first_day: int
) -> RhythmState:
    """What `task` owes, given the days of its entries. The first whole period after it was given out counts first."""
    reported = set(days)
    given_on = timezone.localdate(task.assigned_at) if task.assigned_at else on
    current = span(task.rhythm, task.due_wording, on, first_day=first_day)
    missed = []
    for period in islice(closed(task.rhythm, task.due_wording, on, calendar, first_day=first_day), LOOK_BACK):
        if period.starts_on < given_on:
            break
        if not any(period.starts_on <= day <= period.ends_on for day in reported):
            missed.append(period)
    is_reported = any(current.starts_on <= day <= current.ends_on for day in reported)
    return RhythmState(current, is_reported, tuple(reversed(missed)))


def first_day(organisation: OuterRef) -> Expression:
    """The day on which the organisation's reporting month begins, as part of a query (settings.REPORTING_FIRST_DAY)."""
    expression: Callable[[OuterRef], Expression] = import_string(settings.REPORTING_FIRST_DAY)
    return expression(organisation)


def states(tasks: Iterable[Task], on: date, calendar: WorkingCalendar) -> dict[int, RhythmState]:
    """What the open rhythm tasks among `tasks` owe. One query; none when there is no such task."""
    owing = {task.pk: task for task in tasks if task.rhythm and task.is_open}
    if not owing:
        return {}
    standing = ProgressEntry.objects.filter(task=OuterRef("pk"), withdrawn_at__isnull=True).values("happened_on")
    rows = Task.objects.filter(pk__in=owing).order_by().values_list(
        "pk", first_day(OuterRef("organisation_id")), ArraySubquery(standing)
    )  # fmt: skip
    return {pk: state_of(owing[pk], days, on, calendar, first_day=first) for pk, first, days in rows}


def missing(tasks: TaskQuerySet, on: date, calendar: WorkingCalendar) -> TaskQuerySet:
    """The rhythm tasks whose last closed period has no entry. One query for the rhythms there are."""
    return tasks.recurring().filter(is_late(tasks, on, calendar))


def is_late(tasks: TaskQuerySet, on: date, calendar: WorkingCalendar) -> Q:
    """What holds of those of the open `tasks` whose last closed period has no entry. One query."""
    named = tasks.recurring().order_by().values_list(
        "organisation_id", "rhythm", "due_wording", first_day(OuterRef("organisation_id"))
    )  # fmt: skip
    late = Q(pk__in=[])
    for organisation_id, rhythm, wording, first in named.distinct():
        period = next(closed(rhythm, wording, on, calendar, first_day=first))
        began = timezone.make_aware(datetime.combine(period.starts_on + ONE_DAY, time.min))
        entries = ProgressEntry.objects.filter(
            task=OuterRef("pk"), withdrawn_at__isnull=True, happened_on__range=(period.starts_on, period.ends_on)
        )
        alike = Q(organisation_id=organisation_id, rhythm=rhythm, due_wording=wording, assigned_at__lt=began)
        late |= alike & Q(due_on__isnull=True) & Q(~Exists(entries))
    return late
