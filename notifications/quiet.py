"""When mails may leave: never on days off; the digest at half past seven."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

DIGEST_TIME = time(7, 30)

IsWorking = Callable[[date], bool]


def working_days() -> IsWorking:
    """Is a day worked? Asks the calendar of a higher app, which settings.WORKING_CALENDAR names. Its queries count."""
    is_working: IsWorking = import_string(settings.WORKING_CALENDAR)().is_working
    return is_working


def next_digest(after: datetime, is_working: IsWorking) -> datetime:
    """The first 07:30 of a working day that is later than `after`."""
    day = timezone.localdate(after)
    while True:
        moment = timezone.make_aware(datetime.combine(day, DIGEST_TIME))
        if moment > after and is_working(day):
            return moment
        day += timedelta(days=1)


def mail_moment(at: datetime, is_working: IsWorking) -> datetime:
    """When a mail of `at` may leave: now on a working day, else with the next morning's digest."""
    return at if is_working(timezone.localdate(at)) else next_digest(at, is_working)
