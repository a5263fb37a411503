"""What the register tells higher apps, in the transaction of the change."""

from django.dispatch import Signal

directives_merged = Signal()
"""Two entries were one document. Receivers get `kept`, `dropped`, `by`, `at` and point what they hold at `kept`."""
