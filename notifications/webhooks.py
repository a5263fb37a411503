"""Tell other systems: stored in the transaction of the change, sent by the worker, switched off when nobody answers."""

import json
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import log
from audit.models import Event
from audit.signals import event_recorded
from notifications import events as names
from notifications import offers, posting
from notifications.messages import WebhookOff
from notifications.models import Delivery, DeliveryState, Webhook
from notifications.queueing import wake
from notifications.send import send
from units import permissions
from units.models import Appointment
from units.permissions import NotAllowed

PERMISSION = "units.settings.manage"
MOST_FAILURES = 20
PING = "notifications.webhook.ping"


@transaction.atomic
def create(*, name: str, url: str, events: Sequence[str], by: Appointment, at: datetime) -> tuple[Webhook, str]:
    """Connect a system of the post's organisation; returns it with the secret that signs, to be shown once."""
    permissions.check(by, PERMISSION, at=at)
    posting.check_address(url)
    unknown = set(events) - set(offers.offered())
    if unknown or not events:
        raise NotAllowed(_("Hãy chọn ít nhất một sự kiện trong danh sách."))
    webhook = Webhook.objects.create(
        organisation=by.organisation, name=name, url=url, events=list(events), salt=secrets.token_hex(16), created_at=at
    )
    log.record(names.WEBHOOK_CREATED, webhook, by=by, at=at, system=name)
    return webhook, webhook.secret


@transaction.atomic
def switch(*, webhook: Webhook, on: bool, by: Appointment, at: datetime) -> Webhook:
    """Start or stop sending. What waits is kept, and leaves when it is switched on again."""
    webhook = Webhook.objects.select_for_update().get(pk=webhook.pk)
    permissions.check(by, PERMISSION, at=at, unit=webhook.organisation)
    if webhook.is_active == on:
        return webhook
    webhook.is_active, webhook.failures = on, 0
    webhook.save(update_fields=["is_active", "failures"])
    if on:
        webhook.deliveries.filter(state=DeliveryState.WAITING).update(next_try_at=at)
        _wake_after_commit()
        log.record(names.WEBHOOK_SWITCHED_ON, webhook, by=by, at=at, system=webhook.name)
    else:
        log.record(names.WEBHOOK_SWITCHED_OFF, webhook, by=by, at=at, system=webhook.name)
    return webhook


@transaction.atomic
def ping(*, webhook: Webhook, by: Appointment, at: datetime) -> Delivery:
    """Queue a trial message."""
    permissions.check(by, PERMISSION, at=at, unit=webhook.organisation)
    body = _body({"event": PING, "at": at.isoformat(), "organisation": by.organisation.symbol})
    _wake_after_commit()
    return Delivery.objects.create(webhook=webhook, event=PING, body=body, created_at=at, next_try_at=at)


@transaction.atomic
def send_again(*, delivery: Delivery, by: Appointment, at: datetime) -> Delivery:
    """Queue the same message anew, with the same id, whatever became of it."""
    delivery = Delivery.objects.select_for_update(of=("self",)).select_related("webhook__organisation").get(
        pk=delivery.pk
    )  # fmt: skip
    permissions.check(by, PERMISSION, at=at, unit=delivery.webhook.organisation)
    delivery.state, delivery.attempts, delivery.next_try_at, delivery.sent_at = DeliveryState.WAITING, 0, at, None
    delivery.save(update_fields=["state", "attempts", "next_try_at", "sent_at"])
    _wake_after_commit()
    return delivery


@receiver(event_recorded, dispatch_uid="notifications.webhooks")
def store(*, event: Event, by: Appointment | None, **_: Any) -> None:
    """One delivery for each system of the organisation that chose the event. One query more where there is none."""
    if by is None or event.name not in offers.offered():
        return
    found = Webhook.objects.filter(organisation=by.organisation_id, events__contains=[event.name], is_active=True)
    body = _body(_words(event, by))
    rows = [
        Delivery(webhook=each, event=event.name, body=body, created_at=event.at, next_try_at=event.at) for each in found
    ]
    if rows:
        Delivery.objects.bulk_create(rows)
        _wake_after_commit()


def _words(event: Event, by: Appointment) -> dict[str, Any]:
    """What leaves the house: what happened to which row and when; never texts, reasons or names of people."""
    page = offers.page_of(event.name)
    link = f"{settings.SITE_URL.rstrip('/')}{reverse(page, args=[event.subject_id])}" if page else ""
    subject = {"type": event.subject_label, "id": event.subject_id}
    organisation = by.organisation.symbol
    return {
        "event": event.name, "at": event.at.isoformat(), "organisation": organisation, "subject": subject, "link": link,
    }  # fmt: skip


def _body(words: dict[str, Any]) -> str:
    return json.dumps(words, ensure_ascii=False, separators=(",", ":"))


def note_sent(delivery: Delivery, status: int, at: datetime) -> None:
    """The system took it."""
    delivery.state, delivery.sent_at, delivery.status, delivery.problem = DeliveryState.SENT, at, status, ""
    delivery.attempts += 1
    delivery.save(update_fields=["state", "sent_at", "status", "problem", "attempts"])
    Webhook.objects.filter(pk=delivery.webhook_id).update(failures=0)


@transaction.atomic
def note_problem(delivery: Delivery, status: int | None, problem: str, at: datetime) -> None:
    """Try again later, or end it; after too many failures in a row the system is switched off and people are told."""
    delivery.attempts += 1
    delivery.status, delivery.problem = status, problem[:300]
    delivery.next_try_at = at + posting.pause_after(delivery.attempts)
    if delivery.attempts >= posting.MOST_ATTEMPTS:
        delivery.state = DeliveryState.FAILED
    delivery.save(update_fields=["state", "status", "problem", "attempts", "next_try_at"])
    webhook = Webhook.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=delivery.webhook_id)
    webhook.failures += 1
    if webhook.is_active and webhook.failures >= MOST_FAILURES:
        webhook.is_active = False
        log.record(names.WEBHOOK_SWITCHED_OFF, webhook, by=None, at=at, system=webhook.name)
        send(WebhookOff(webhook, at=at), at=at)
    webhook.save(update_fields=["failures", "is_active"])


def _wake_after_commit() -> None:
    """One wake-up a transaction."""
    if not any(_deliver in entry for entry in connection.run_on_commit):
        transaction.on_commit(_deliver, robust=True)


def _deliver() -> None:
    from notifications.tasks import post_to_systems  # noqa: PLC0415 (tasks stand above)

    wake(post_to_systems)
