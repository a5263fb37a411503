"""docker-compose.yml: its structure, and that it runs what the portal has."""

import re
import shlex
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

ROOT = Path(__file__).parent.parent.parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
DURATION = {"type": "string", "pattern": r"^\d+(s|m)$"}
HEALTH = {
    "type": "object",
    "required": ["test", "interval", "timeout", "retries"],
    "properties": {
        "test": {
            "type": "array",
            "minItems": 2,
            "prefixItems": [{"enum": ["CMD", "CMD-SHELL"]}],
            "items": {"type": "string"},
        },
        "interval": DURATION,
        "timeout": DURATION,
        "start_period": DURATION,
        "retries": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}
SERVICE = {
    "type": "object",
    "anyOf": [{"required": ["image"]}, {"required": ["build"]}],
    "required": ["restart"],
    "properties": {
        "image": {"type": "string"},
        "build": {"type": "string"},
        "command": {"type": "string"},
        "restart": {"enum": ["no", "always", "on-failure", "unless-stopped"]},
        "environment": {"type": "object", "additionalProperties": {"type": ["string", "integer"]}},
        "ports": {"type": "array", "items": {"type": "string", "pattern": r"^([\d.]+:)?\d+:\d+$"}},
        "volumes": {"type": "array", "items": {"type": "string", "pattern": r"^[a-z]+:/[\w/.-]+$"}},
        "stop_grace_period": DURATION,
        "depends_on": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "required": ["condition"],
                "properties": {
                    "condition": {"enum": ["service_started", "service_healthy", "service_completed_successfully"]}
                },
                "additionalProperties": False,
            },
        },
        "healthcheck": HEALTH,
    },
    "additionalProperties": False,
}
SCHEMA = {
    "type": "object",
    "required": ["services", "volumes"],
    "properties": {
        "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]*$"},
        "services": {"type": "object", "additionalProperties": SERVICE},
        "volumes": {"type": "object", "additionalProperties": {"type": ["object", "null"]}},
    },
    "patternProperties": {"^x-": {}},
    "additionalProperties": False,
}


def test_structure():
    jsonschema.validate(COMPOSE, SCHEMA)


def test_services_are_those_of_the_demo():
    assert set(COMPOSE["services"]) == {"migrate", "web", "worker", "worker-pdf", "beat", "postgres", "redis"}


def test_every_lasting_service_has_a_health_check():
    assert [name for name, it in COMPOSE["services"].items() if "healthcheck" not in it] == ["migrate"]


def test_used_services_and_volumes_exist():
    services = COMPOSE["services"]
    used = {name for it in services.values() for name in it.get("depends_on", {})}
    mounted = {volume.split(":")[0] for it in services.values() for volume in it.get("volumes", [])}
    assert used - set(services) == set()
    assert mounted == set(COMPOSE["volumes"])


def test_only_the_web_server_has_a_port_and_only_for_this_machine():
    assert {name: it["ports"] for name, it in COMPOSE["services"].items() if "ports" in it} == {
        "web": ["127.0.0.1:8000:8000"]
    }


def test_no_secret_is_written_down():
    text = (ROOT / "docker-compose.yml").read_text()
    named = re.findall(r"^\s+(?:SECRET_KEY|POSTGRES_PASSWORD): (.*)$", text, re.MULTILINE)
    assert [value for value in named if not value.startswith("${")] == []


@pytest.mark.parametrize("name", ["worker", "worker-pdf"])
def test_workers_serve_the_queues_of_the_settings(name, settings):
    command = shlex.split(COMPOSE["services"][name]["command"])
    queue = command[command.index("--queues") + 1]
    assert queue in {settings.CELERY_TASK_DEFAULT_QUEUE, *(it["queue"] for it in settings.CELERY_TASK_ROUTES.values())}
    assert command[command.index("--hostname") + 1] == f"{queue}@%h"
    assert COMPOSE["services"][name]["healthcheck"]["test"][-1] == f"worker-{queue}"


def test_image_installs_only_what_is_locked():
    text = (ROOT / "Dockerfile").read_text()
    assert "pip install --no-cache-dir --require-hashes -r requirements-demo.lock" in text
    assert "\nUSER portal\n" in text
