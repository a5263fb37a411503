"""What recipients do with a file."""

from unittest import mock

import pytest
from django.db import DatabaseError
from django.utils import timezone

from documents import deliveries
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

    with pytest.raises(NotAllowed, match="trước đó"):
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
