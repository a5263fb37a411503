"""Order among the register's writers."""

from audit import turns
from directives.models import Directive


def take_turn() -> None:
    """Be the only writer of the register until the transaction ends.

    A plan enters many directives in the order of its text; two such writers, or one and a clerk, would otherwise wait
    for each other's unique rows and counters in a circle.
    """
    turns.take("directives_register")


def locked(directive: Directive) -> Directive:
    """The row, locked until the transaction ends."""
    take_turn()
    return Directive.objects.select_for_update(of=("self",)).select_related("kind").get(pk=directive.pk)
