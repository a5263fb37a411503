"""What Celery wakes up: periods open on their day, units that are late are reminded."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab

from reports import schedule


@shared_task(name="reports.tasks.open_periods")
def open_periods(**_: Any) -> int:
    """Open the period of every profile in use whose day has come; how many were opened. Safe to repeat."""
    return schedule.open_today()


@shared_task(name="reports.tasks.remind_late")
def remind_late(**_: Any) -> int:
    """Remind the units that have not sent their part; how many messages' worth. Safe to repeat, silent on days off."""
    return schedule.remind_today()


BEAT = {
    "open-periods": {
        "task": "reports.tasks.open_periods",
        "schedule": crontab(minute=20, hour="6-18"),
        "options": {"expires": 1800},
    },
    "remind-late-units": {
        "task": "reports.tasks.remind_late",
        "schedule": crontab(minute=25, hour="7-17"),
        "options": {"expires": 1800},
    },
}
"""Each hour of the day: what was missed is made up at the next, and repeats add nothing."""
