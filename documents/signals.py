"""What this app tells the higher ones. Receivers run in the transaction of the step: an error undoes the step."""

from django.dispatch import Signal

document_issued = Signal()
"""Sent by workflow.issue. Arguments: document (Document), by (Appointment), at (datetime)."""

document_recalled = Signal()
"""Sent by workflow.recall and workflow.replace. Arguments: document, by, at."""

document_returned_to_draft = Signal()
"""Sent when an edit takes a submitted file back to draft. Arguments: document, by, at."""
