"""Whether the portal lives, can answer, and has all its parts: for load balancers, containers and monitoring.

`live` asks nothing. `ready` asks what a page cannot do without: the database. `parts` asks for everything, Redis and
the workers too; without those, pages still answer and jobs wait in their rows.
"""

import logging
from collections.abc import Callable

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

log = logging.getLogger(__name__)

WORKERS = ("default", "pdf")
WORKER_SILENCE = 30  # seconds without a heartbeat after which a worker counts as gone
PATIENCE = 2.0  # seconds to wait for Redis


def note_worker(node: str) -> None:
    """Remember for WORKER_SILENCE seconds that the worker `queue@machine` lives; a Redis that is down is logged."""
    try:
        _redis().set(f"worker:{node.split('@', maxsplit=1)[0]}", node, ex=WORKER_SILENCE)
    except redis.RedisError as error:
        log.warning("heartbeat of %s not noted: %s", node, error)


def _redis() -> redis.Redis:
    return redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)


def is_database_up() -> bool:
    """Whether the database answers a trivial query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone() == (1,))
    except DatabaseError as error:
        log.error("database: %s", error)
        return False


def redis_parts() -> dict[str, bool]:
    """Whether Redis answers within PATIENCE seconds and which workers gave a sign of life lately: one question."""
    names = ["redis", *(f"worker-{queue}" for queue in WORKERS)]
    try:
        signs = _redis().mget([f"worker:{queue}" for queue in WORKERS])
    except redis.RedisError as error:
        log.error("redis: %s", error)
        return dict.fromkeys(names, False)
    return dict(zip(names, [True, *(sign is not None for sign in signs)], strict=True))


def parts() -> dict[str, bool]:
    """Every part of the running portal, and whether it works."""
    return {"database": is_database_up()} | redis_parts()


def _answer(check: Callable[[], dict[str, bool]]) -> Callable[[HttpRequest], JsonResponse]:
    @never_cache
    @require_safe
    @login_not_required
    def view(request: HttpRequest) -> JsonResponse:
        found = check()
        return JsonResponse(found, status=200 if all(found.values()) else 503)

    return view


urlpatterns = [
    path("live/", _answer(dict), name="health_live"),
    path("ready/", _answer(lambda: {"database": is_database_up()}), name="health_ready"),
    path("parts/", _answer(parts), name="health_parts"),
]
