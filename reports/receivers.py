"""What reports do when an official file is issued or taken back."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from documents.models import Document
from documents.signals import document_issued, document_recalled
from documents.states import DocumentState
from reports import workflow
from units.models import Appointment


@receiver(document_issued)
def end_period(sender: type[Document], document: Document, by: Appointment, at: datetime, **_: Any) -> None:
    if document.type == workflow.TYPE:
        workflow.close_period(document=document, by=by, at=at)


@receiver(document_recalled)
def begin_again(sender: type[Document], document: Document, by: Appointment, at: datetime, **_: Any) -> None:
    """A replaced report has its successor; only a recalled one leaves a gap."""
    if document.type == workflow.TYPE and document.state == DocumentState.RECALLED:
        workflow.reopen_period(document=document, by=by, at=at)
