"""Health pages: open to everybody, quick, and true."""

import pytest
import redis
from django.conf import settings as django_settings
from django.db import DatabaseError, connection

from portal import health, probe


def test_live_asks_nothing(client):
    assert (client.get("/healthz/live/").status_code, client.get("/healthz/live/").json()) == (200, {})


@pytest.mark.django_db
def test_ready_needs_the_database_alone(client, settings):
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    answer = client.get("/healthz/ready/")
    assert (answer.status_code, answer.json()) == (200, {"database": True})


def test_ready_refuses_without_the_database(client, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", fail)
    answer = client.get("/healthz/ready/")
    assert (answer.status_code, answer.json()) == (503, {"database": False})


@pytest.mark.django_db
def test_parts_tells_each_worker_by_its_sign_of_life(client):
    store = redis.Redis.from_url(django_settings.REDIS_URL)
    store.delete("worker:default", "worker:pdf")
    health.note_worker("pdf@host")
    answer = client.get("/healthz/parts/")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "redis": True, "worker-default": False, "worker-pdf": True}
    assert 0 < store.ttl("worker:pdf") <= health.WORKER_SILENCE
    health.note_worker("default@host")
    assert client.get("/healthz/parts/").status_code == 200
    store.delete("worker:default", "worker:pdf")


@pytest.mark.django_db
def test_parts_answers_without_redis(client, settings):
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    answer = client.get("/healthz/parts/")
    assert (answer.status_code, answer.json()) == (
        503,
        {"database": True, "redis": False, "worker-default": False, "worker-pdf": False},
    )


def test_a_heartbeat_without_redis_is_logged_and_goes_on(settings, caplog):
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    health.note_worker("pdf@host")
    assert "heartbeat of pdf@host not noted" in caplog.text


def test_only_reading_is_allowed(client):
    assert client.post("/healthz/live/").status_code == 405


def test_probe_follows_the_health_page(live_server):
    assert probe.main([f"{live_server.url}/healthz/ready/"]) == 0
    assert probe.main([f"{live_server.url}/healthz/parts/", "redis"]) == 0
    assert probe.main([f"{live_server.url}/healthz/parts/", "worker-none"]) == 1
    assert probe.main([f"{live_server.url}/nothing/"]) == 1
    assert probe.main(["http://127.0.0.1:9/healthz/ready/"]) == 1
