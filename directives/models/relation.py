"""How one directive rests on another."""

from collections.abc import Iterable

from django.db import connection, models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directives.models.directive import Directive


class RelationQuerySet(models.QuerySet["DirectiveRelation"]):
    def between(self, one: Directive, other: Directive) -> "RelationQuerySet":
        """Both ways."""
        return self.filter(Q(source=one, target=other) | Q(source=other, target=one))

    def reached_from(self, pk: int, kind: str) -> set[int]:
        """What a directive replaces (amends, …) directly or through others. One query; circles end."""
        with connection.cursor() as cursor:
            cursor.execute(REACHED, {"pk": pk, "kind": kind})
            return {row[0] for row in cursor.fetchall()}

    def last_successors(self, pks: Iterable[int]) -> dict[int, list[int]]:
        """For each directive that was replaced: the ids at the end of its chain of replacements. One query."""
        ends: dict[int, list[int]] = {}
        with connection.cursor() as cursor:
            cursor.execute(SUCCESSORS, {"pks": list(pks)})
            for origin, end in cursor.fetchall():
                ends.setdefault(origin, []).append(end)
        return ends


REACHED = """
WITH RECURSIVE reached(id) AS (
    SELECT target_id FROM directives_directiverelation WHERE source_id = %(pk)s AND kind = %(kind)s
    UNION
    SELECT r.target_id FROM directives_directiverelation r JOIN reached ON r.source_id = reached.id
    WHERE r.kind = %(kind)s
) SELECT id FROM reached
"""
SUCCESSORS = """
WITH RECURSIVE newer(source_id, target_id) AS (
    SELECT r.source_id, r.target_id FROM directives_directiverelation r
    JOIN directives_directive d ON d.id = r.source_id WHERE r.kind = 'replaces' AND d.validity <> 'withdrawn'
), chain(origin, id) AS (
    SELECT target_id, source_id FROM newer WHERE target_id = ANY(%(pks)s)
    UNION
    SELECT chain.origin, newer.source_id FROM chain JOIN newer ON newer.target_id = chain.id
) SELECT origin, id FROM chain
WHERE NOT EXISTS (SELECT 1 FROM newer WHERE newer.target_id = chain.id) ORDER BY origin, id
"""


class DirectiveRelation(models.Model):
    """`source` implements, amends, replaces or mentions `target`."""

    class Kind(models.TextChoices):
        IMPLEMENTS = "implements", _("thực hiện")
        AMENDS = "amends", _("sửa đổi, bổ sung")
        REPLACES = "replaces", _("thay thế")
        MENTIONS = "mentions", _("nhắc đến")

    source = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="points_to")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    target = models.ForeignKey(Directive, on_delete=models.PROTECT, related_name="pointed_at_by")

    objects = RelationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "target"], name="directive_relation_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="directive_relation_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.kind} {self.target_id}"
