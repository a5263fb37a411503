"""Order among the register's writers."""

from django.db import connection

from directives.models import Directive


def take_turn() -> None:
    """Be the only writer of the register until the transaction ends.

    A plan enters many directives in the order of its text; two such writers, or one and a clerk, would otherwise wait
    for each other's unique rows and counters in a circle.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('directives_register'))")


def locked(directive: Directive) -> Directive:
    """The row, locked until the transaction ends."""
    take_turn()
    return Directive.objects.select_for_update(of=("self",)).select_related("kind").get(pk=directive.pk)
