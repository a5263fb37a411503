"""What Celery wakes up: one call each, safe twice."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab

from campaigns import reminders


@shared_task(name="campaigns.tasks.run_deadlines")
def run_deadlines(**_: Any) -> int:
    """Today's deadline pass; how many reminders it made. Nothing on days off."""
    done = reminders.run_today()
    return done.total if done else 0


BEAT = {
    "run-deadlines": {
        "task": "campaigns.tasks.run_deadlines",
        "schedule": crontab(minute=10, hour="6-18"),
        "options": {"expires": 1800},
    }
}
"""Each hour of the day: a pass that was missed at six is made up at the next, and repeats add nothing."""
