"""What reports do when an official file is issued."""

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from documents.models import Document
from documents.signals import document_issued
from reports import workflow


@receiver(document_issued)
def end_period(sender: type[Document], document: Document, at: datetime, **_: Any) -> None:
    if document.type == workflow.TYPE:
        workflow.close_period(document=document, at=at)
