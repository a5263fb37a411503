"""What is to be done about a directive: what it asks for, and what the director noted on it."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.constraints import paired
from units.models import Appointment, Unit


class Requirement(models.Model):
    """One thing that a directive asks for, with its day."""

    directive = models.ForeignKey("directives.Directive", on_delete=models.PROTECT, related_name="requirements")
    text = models.TextField(_("yêu cầu"))
    due_on = models.DateField(_("thời hạn"), null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [paired("done", table="requirement")]

    def __str__(self) -> str:
        return self.text[:80]


class NoteQuerySet(models.QuerySet["DirectiveNote"]):
    def open(self) -> "NoteQuerySet":
        """Given to a unit and not carried out yet."""
        return self.filter(lead_unit__isnull=False, done_at__isnull=True)

    def led_by(self, unit_id: int) -> "NoteQuerySet":
        return self.filter(lead_unit_id=unit_id)

    def late(self, on: date) -> "NoteQuerySet":
        return self.open().filter(due_on__lt=on)


class DirectiveNote(models.Model):
    """The director's note on a directive: who leads, who helps, until when (NĐ 30/2020 Điều 23.2)."""

    directive = models.ForeignKey("directives.Directive", on_delete=models.PROTECT, related_name="notes")
    text = models.TextField(_("ý kiến chỉ đạo"))
    lead_unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị chủ trì")
    )
    cooperating_units = models.ManyToManyField(Unit, blank=True, related_name="+", verbose_name=_("đơn vị phối hợp"))
    due_on = models.DateField(_("thời hạn"), null=True, blank=True)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)  # the lead unit has it: the register's "ký nhận"
    accepted_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    result = models.TextField(_("kết quả"), blank=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [paired("accepted", table="note"), paired("done", table="note")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def is_open(self) -> bool:
        """Given to a unit and not carried out yet."""
        return self.lead_unit_id is not None and self.done_at is None
