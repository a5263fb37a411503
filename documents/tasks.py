"""What Celery wakes up: ids in, one call each, safe twice."""

from typing import Any

from celery import shared_task
from celery.schedules import crontab
from django.utils import timezone

from documents import jobs, pictures


@shared_task(name="documents.tasks.run_job")
def run_job(*, job_id: int, **_: Any) -> None:
    jobs.run(job_id)


@shared_task(name="documents.tasks.sweep_jobs", expires=10)
def sweep_jobs(**_: Any) -> int:
    return jobs.sweep(at=timezone.now())


@shared_task(name="documents.tasks.clear_pictures")
def clear_pictures(**_: Any) -> int:
    return pictures.clear()


BEAT: dict[str, dict[str, Any]] = {
    "sweep-jobs": {"task": "documents.tasks.sweep_jobs", "schedule": 10.0, "options": {"expires": 10}},
    "clear-pictures": {
        "task": "documents.tasks.clear_pictures",
        "schedule": crontab(minute=40, hour=2),
        "options": {"expires": 3600},
    },
}
