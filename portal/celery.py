"""Background work: the Celery application, its queues and the sign of life of each worker."""

import os
from typing import Any

from celery import Celery
from celery.signals import heartbeat_sent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@app.on_after_finalize.connect
def plan_the_day(sender: Celery, **_: Any) -> None:
    """Beat's schedule: what each app wants to be woken for."""
    from campaigns.tasks import BEAT as campaigns  # noqa: PLC0415 (models are loaded only now)
    from documents.tasks import BEAT as documents  # noqa: PLC0415
    from notifications.tasks import BEAT as notifications  # noqa: PLC0415
    from reports.tasks import BEAT as reports  # noqa: PLC0415

    sender.conf.beat_schedule = {**documents, **notifications, **campaigns, **reports}


@heartbeat_sent.connect
def note_heartbeat(sender: Any, **_: Any) -> None:
    """Every few seconds in each worker: tell `health` that the worker named after its queue lives."""
    from portal.health import note_worker  # noqa: PLC0415 (Django is set up by now, not when this module loads)

    note_worker(sender.eventer.hostname)
