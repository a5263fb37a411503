"""What this app tells the higher ones."""

from django.dispatch import Signal

letter_failed = Signal()
"""A mail to somebody outside was given up. Arguments: letter (Letter), at. In the transaction that notes it."""
