"""A letter that puts right errors of wording, form or technique in an issued file (NĐ 30/2020 Điều 18.3)."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document
from documents.states import IN_FORCE

if TYPE_CHECKING:
    from units.models import Appointment


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def visible_to(self, by: "Appointment") -> "CorrectionQuerySet":
        return self.filter(document__in=Document.objects.visible_to(by))

    def in_force(self) -> "CorrectionQuerySet":
        """Those that were issued and not taken back, in the order of their days."""
        return self.filter(document__state__in=IN_FORCE).select_related("document").order_by("document__issued_at")


class Correction(models.Model):
    """What the letter `document` puts right in `corrects`. Changed only by `documents.corrections`.

    `passages` are `{"place", "wrong", "right"}` in the order in which they are printed.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="correction")
    corrects = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="corrections")
    opening = models.TextField(_("đoạn mở đầu"))
    passages = models.JSONField(default=list)
    closing = models.TextField(_("đoạn kết"), blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("công văn đính chính")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(document=F("corrects")), name="correction_of_another_file"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} → {self.corrects_id}"
