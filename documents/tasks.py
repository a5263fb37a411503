"""What Celery wakes up: ids in, one call each, safe twice."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from documents import jobs


@shared_task(name="documents.tasks.run_job")
def run_job(*, job_id: int, **_: Any) -> None:
    jobs.run(job_id)


@shared_task(name="documents.tasks.sweep_jobs", expires=10)
def sweep_jobs(**_: Any) -> int:
    return jobs.sweep(at=timezone.now())


BEAT = {"sweep-jobs": {"task": "documents.tasks.sweep_jobs", "schedule": 10.0, "options": {"expires": 10}}}
