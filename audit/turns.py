"""Order among writers whose rows and counters would otherwise wait for each other in a circle."""

from django.db import connection


def take(name: str) -> None:
    """Be the only one who writes what `name` stands for until the transaction ends. One query; waits for its turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [name])
