"""What happens by the calendar: periods open before their cut-off, late units are reminded and told of upwards.

Both passes may be repeated, missed, killed or run side by side: a period stands once in the database, and a message's
key says which stage of which part it is of.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.utils import timezone

from campaigns import deadlines, workdays
from campaigns.workdays import WorkingCalendar
from notifications.send import send
from reports import messages, workflow
from reports.models import Contribution, Period, ReportProfile
from reports.periods import MONTHS, Kind, Span, ending, months_before, span

DAYS_BEFORE_CUT_OFF = 7
"""A period opens this many days before it ends: units see early what is still missing."""


def open_today() -> int:
    """What beat calls: today's openings."""
    now = timezone.now()
    return open_due(timezone.localdate(now), at=now)


def open_due(on: date, *, at: datetime) -> int:
    """Open every period whose day has come and that is not there yet; how many."""
    opened = 0
    for profile in ReportProfile.objects.filter(is_active=True).select_related("organisation", "recipient"):
        if profile.kind == Kind.CAMPAIGN:
            opened += _open_campaign(profile, on, at=at)
        elif profile.kind != Kind.QUICK:
            opened += _open_regular(profile, on, at=at)
    return opened


def _has_come(days: Span, on: date) -> bool:
    return on >= days.ends_on - timedelta(days=DAYS_BEFORE_CUT_OFF)


def _open_regular(profile: ReportProfile, on: date, *, at: datetime) -> int:
    """The running period, and the one before it when nobody was there to open it in time."""
    kind, opened = Kind(profile.kind), 0
    running = ending(kind, on, profile.first_day)
    back = 12 if kind == Kind.NINE else MONTHS[kind]
    for year, month in (months_before(*running, back), running):
        days = span(kind, year, month, profile.first_day)
        is_missed = days.ends_on < on and days.ends_on >= timezone.localdate(profile.created_at)
        is_its_time = days.ends_on >= on and _has_come(days, on)
        if not (is_missed or is_its_time):
            continue
        if not Period.objects.filter(profile=profile, year=year, month=month, number=0).exists():
            workflow.open_period(profile=profile, year=year, month=month, by=None, at=at)
            opened += 1
    return opened


def _open_campaign(profile: ReportProfile, on: date, *, at: datetime) -> int:
    """A campaign's one report."""
    if profile.starts_on is None or profile.ends_on is None:
        return 0
    days = Span(profile.starts_on, profile.ends_on)
    if not _has_come(days, on) or Period.objects.filter(profile=profile).exists():
        return 0
    workflow.open_once(profile=profile, days=days, by=None, at=at)
    return 1


# --- reminders --------------------------------------------------------------------------------------------------------
def remind_today() -> int:
    """What beat calls: today's reminders, on working days."""
    now = timezone.now()
    today, calendar = timezone.localdate(now), workdays.load()
    return remind_late(today, calendar, at=now) if calendar.is_working(today) else 0


def remind_late(on: date, calendar: WorkingCalendar, *, at: datetime) -> int:
    """Tell heads of parts that fall due or are late, the office from the third and the director from the seventh day.

    The stages are those of tasks (campaigns.deadlines). How many parts are in a stage.
    """
    late: dict[Period, list[Contribution]] = defaultdict(list)
    missing = Contribution.objects.missing().filter(period__closed_at__isnull=True)
    for each in missing.select_related("period__profile__organisation", "unit").order_by("period_id", "unit__position"):
        late[each.period].append(each)
    reached = 0
    for period, parts in late.items():
        stage = deadlines.stage(period.due_on, on, calendar)
        if stage is None:
            continue
        reached += len(parts)
        for part in parts:
            send(messages.ContributionLate(part, stage=stage), at=at)
        if stage.level > 1:
            send(messages.PeriodLate(period, parts, stage), at=at)
    return reached
