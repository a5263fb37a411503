"""What Celery wakes up: periods open on their day."""

from datetime import timedelta
from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from reports import workflow
from reports.models import Period, ReportProfile
from reports.periods import month_of, month_span

DAYS_BEFORE_CUT_OFF = 7
"""A period opens this many days before it ends: units see early what is still missing."""


@shared_task(name="reports.tasks.open_periods")
def open_periods(**_: Any) -> int:
    """Open the month of every profile in use whose day has come; how many were opened. Safe to repeat."""
    today, opened = timezone.localdate(), 0
    for profile in ReportProfile.objects.filter(is_active=True).select_related("organisation", "recipient"):
        year, month = month_of(today, profile.first_day)
        if today < month_span(year, month, profile.first_day).ends_on - timedelta(days=DAYS_BEFORE_CUT_OFF):
            continue
        if not Period.objects.filter(profile=profile, year=year, month=month).exists():
            workflow.open_period(profile=profile, year=year, month=month, by=None, at=timezone.now())
            opened += 1
    return opened


BEAT = {
    "open-periods": {
        "task": "reports.tasks.open_periods",
        "schedule": crontab(minute=20, hour="6-18"),
        "options": {"expires": 1800},
    }
}
