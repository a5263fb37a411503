"""What this app tells the higher ones. Receivers run in the transaction of the act: an error undoes it."""

from django.dispatch import Signal

password_reset = Signal()
"""Somebody else set a person's password. Arguments: user (User), by (Appointment), at (datetime)."""

post_ended = Signal()
"""A post was given an end. Arguments: post (Appointment, with `ends_on`), by (Appointment or None), at (datetime)."""
