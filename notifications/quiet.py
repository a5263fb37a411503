"""When mails may be sent: never on days off; the digest at half past seven."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

DIGEST_TIME = time(7, 30)


def is_working_day(day: date) -> bool:
    """Asks the calendar that settings.WORKING_DAY names (a function of a day); without one, Monday to Friday."""
    path = getattr(settings, "WORKING_DAY", "")
    if not path:
        return day.weekday() < 5
    calendar: Callable[[date], bool] = import_string(path)
    return calendar(day)


def next_digest(after: datetime) -> datetime:
    """The first 07:30 of a working day that is later than `after`."""
    day = timezone.localdate(after)
    while True:
        moment = timezone.make_aware(datetime.combine(day, DIGEST_TIME))
        if moment > after and is_working_day(day):
            return moment
        day += timedelta(days=1)


def mail_moment(at: datetime) -> datetime:
    """When a mail of `at` may leave: now on a working day, else with the next morning's digest."""
    return at if is_working_day(timezone.localdate(at)) else next_digest(at)
