"""What recipients do with a file."""

from unittest import mock

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents import deliveries, workflow
from documents.models import Document, Recipient
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_plan, make_recipient
from units.models import Appointment
from units.permissions import NotAllowed

NOW = timezone.now


@pytest.fixture
def reader(house: House) -> Appointment:
    return make_recipient()


@pytest.fixture
def issued(house: House, reader: Appointment) -> Document:
    return bring_to(make_plan(house, recipients=(("Ban Dân vận", reader.unit_id),)), S.ISSUED, house)


def test_issue_delivers_to_units_of_the_portal(issued: Document) -> None:
    assert issued.recipients.get().delivered_at is not None


def test_acknowledging_twice_is_refused(issued: Document, reader: Appointment) -> None:
    deliveries.acknowledge(document=issued, by=reader, at=NOW())

    with pytest.raises(NotAllowed, match="đã xác nhận lúc"):
        deliveries.acknowledge(document=issued, by=reader, at=NOW())


def test_others_cannot_acknowledge(issued: Document, house: House) -> None:
    for post in (make_recipient("Ban Khác"), house.office):
        with pytest.raises(NotAllowed):
            deliveries.acknowledge(document=issued, by=post, at=NOW())


def test_a_failing_history_undoes_the_receipt(issued: Document, reader: Appointment) -> None:
    before = list(Recipient.objects.values())
    with mock.patch("audit.log.Event.objects.create", side_effect=DatabaseError("full")):
        for act in (deliveries.acknowledge, deliveries.note_opening):
            with pytest.raises(DatabaseError, match="full"):
                act(document=issued, by=reader, at=NOW())

    assert list(Recipient.objects.values()) == before


def test_the_recipient_of_a_recalled_file_confirms_once_that_it_is_deleted(
    issued: Document, house: House, reader: Appointment
) -> None:
    with pytest.raises(NotAllowed, match="không bị thu hồi"):
        deliveries.confirm_deletion(document=issued, by=reader, at=NOW())
    workflow.recall(document=issued, reason="Ban hành nhầm", by=house.director, at=NOW())

    with mock.patch("audit.log.Event.objects.create", side_effect=DatabaseError("full")):
        with pytest.raises(DatabaseError, match="full"):
            deliveries.confirm_deletion(document=issued, by=reader, at=NOW())
    assert issued.recipients.get().deleted_at is None
    deliveries.confirm_deletion(document=issued, by=reader, at=NOW())

    assert issued.recipients.get().deleted_by == reader
    with pytest.raises(NotAllowed, match="đã xác nhận lúc"):
        deliveries.confirm_deletion(document=issued, by=reader, at=NOW())
    with pytest.raises(NotAllowed):
        deliveries.confirm_deletion(document=issued, by=make_recipient("Ban Khác"), at=NOW())


def test_the_page_of_a_recalled_file_asks_for_the_confirmation(
    client: Client, issued: Document, house: House, reader: Appointment
) -> None:
    workflow.recall(document=issued, reason="Ban hành nhầm", by=house.director, at=NOW())
    client.force_login(reader.user)
    address = reverse("documents:received_detail", args=[issued.pk])

    assert "Xác nhận đã xóa" in client.get(address).content.decode()
    client.post(address, {"deleted": "1"})

    assert issued.recipients.get().deleted_at is not None
    assert "Xác nhận đã xóa" not in client.get(address).content.decode()
