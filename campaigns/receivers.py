"""What campaigns do when an official file of theirs goes out or is taken back. Runs in the transaction of that step."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from campaigns.workflow import tasks
from documents import signals
from documents.models import Document
from units.models import Appointment

PLAN = "campaigns.plan"


@receiver(signals.document_issued, dispatch_uid="campaigns.assign_tasks")
def assign_tasks(*, document: Document, by: Appointment, at: datetime, **_: Any) -> None:
    """The plan's tasks are given out the moment it is issued."""
    if document.type == PLAN:
        tasks.assign_plan(document=document, by=by, at=at)


@receiver(signals.document_recalled, dispatch_uid="campaigns.withdraw_tasks")
def withdraw_tasks(*, document: Document, by: Appointment, at: datetime, **_: Any) -> None:
    """A plan that no longer holds orders nothing."""
    if document.type == PLAN:
        tasks.withdraw_plan(document=document, by=by, at=at)
