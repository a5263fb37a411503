"""Files that go with an official file and are not part of it: appendices as separate PDFs."""

from django.db import models
from django.db.models import Q

from documents.models.document import Document
from units.models import Appointment


class Attachment(models.Model):
    """One separate file. Its bytes never change; with the issue it gets the organisation's signature in words, and from
    then on the row stays as it is (migration 0062)."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    file = models.CharField(max_length=200)  # path below MEDIA_ROOT
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    signed_sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    signed_size = models.PositiveIntegerField(null=True)
    signed_file = models.CharField(max_length=200, blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_sha256="", signed_file="", signed_size__isnull=True)
                | Q(signed_at__isnull=False, signed_sha256__gt="", signed_file__gt="", signed_size__isnull=False),
                name="attachment_signed_whole",
            ),
            models.UniqueConstraint(fields=["document", "sha256"], name="attachment_once"),
        ]

    def __str__(self) -> str:
        return self.name
