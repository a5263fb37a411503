"""Waking a worker must never hurt the page: a dead broker costs one short try, then nothing for a while."""

import logging
import time
from typing import Any

from celery import Task
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

QUIET_SECONDS = 5.0
_quiet_until = 0.0


def wake(task: "Task[Any, Any]", **kwargs: Any) -> bool:
    """Queue `task`; False when the broker cannot be reached: the row waits for the beat's next round.

    After a failure no try is made for QUIET_SECONDS, so that a page with several messages waits once at most.
    """
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return False
    try:
        task.apply_async(kwargs=kwargs, retry=False)
    except (OperationalError, OSError) as problem:
        _quiet_until = time.monotonic() + QUIET_SECONDS
        logger.warning("broker not reached, %s waits for the beat: %s", task.name, problem)
        return False
    return True
