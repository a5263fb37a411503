"""How higher apps learn of what was written down, in the transaction of the change."""

from django.dispatch import Signal

event_recorded = Signal()
"""`event`: the row; `by`: the post that acted, or None for the system itself."""
