"""The one way to write to somebody outside: stored in the running transaction, mailed after it, tried again."""

from datetime import datetime

from django.db import connection, transaction

from notifications.base import Outside
from notifications.models import EmailState, Letter
from notifications.queueing import wake


def post(words: Outside, *, email: str, page: str, salt: str, at: datetime) -> Letter:
    """Store a mail to `email`; its page's secret is made of `salt` when it leaves."""
    letter = Letter.objects.create(
        name=words.name, email=email, subject=words.subject()[:500], body=words.body(), page=page, salt=salt,
        created_at=at, next_try_at=at,
    )  # fmt: skip
    _wake_after_commit()
    return letter


def stop(letter: Letter) -> None:
    """A mail that has not left yet will not leave."""
    waiting = Letter.objects.filter(pk=letter.pk, email_state=EmailState.WAITING)
    waiting.update(email_state=EmailState.NONE, next_try_at=None)


def _wake_after_commit() -> None:
    """One wake-up a transaction."""
    if not any(_deliver in entry for entry in connection.run_on_commit):
        transaction.on_commit(_deliver, robust=True)


def _deliver() -> None:
    from notifications.tasks import deliver  # noqa: PLC0415 (tasks stand above)

    wake(deliver)
