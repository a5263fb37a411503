"""The append-only history: who did what, in which post, when."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class EventQuerySet(models.QuerySet["Event"]):
    def about(self, subject: models.Model) -> "EventQuerySet":
        """Events of one row, oldest first."""
        return self.filter(subject_label=subject._meta.label_lower, subject_id=subject.pk).order_by("id")

    def touching(self, *subjects: models.Model) -> "EventQuerySet":
        """Events of several rows together, oldest first: a plan with its document."""
        mine = Q(pk__in=[])
        for subject in subjects:
            mine |= Q(subject_label=subject._meta.label_lower, subject_id=subject.pk)
        return self.filter(mine).order_by("id")


class Event(models.Model):
    """One thing that happened. Written only by `audit.log.record`; the database refuses update and delete.

    It keeps no foreign keys: it must outlive what it tells of. `number` is its place in the chain, `hash` covers the
    row and `previous_hash`; a deferred trigger (migration 0001) fills them in when the transaction commits, so that the
    lock that orders all writers is held for that moment only and is the last one a transaction takes.
    """

    name = models.CharField(max_length=80)
    subject_label = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150, blank=True)
    post_id = models.BigIntegerField(null=True)
    post_title = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict)
    number = models.BigIntegerField(null=True, unique=True)
    previous_hash = models.CharField(max_length=64, db_default="")
    hash = models.CharField(max_length=64, db_default="")

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["subject_label", "subject_id", "id"], name="audit_event_subject"),
            models.Index(fields=["actor_id", "-id"], name="audit_event_actor"),
            GinIndex(fields=["data"], name="audit_event_data", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.subject_label}:{self.subject_id}"

    @property
    def sentence(self) -> str:
        """What happened, in the reader's language, as declared with the event's name."""
        from audit.registry import sentence_for  # noqa: PLC0415 (the registry is filled while apps load)

        return sentence_for(self.name, self.data)
