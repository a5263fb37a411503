"""One act on many tasks, with what they were before, so that it can be taken back at once."""

from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.constraints import paired
from units.models import Appointment, Unit

UNDO_FOR = timedelta(seconds=30)


class TaskBatch(models.Model):
    """`rows` is a list of {"task", "before", "entries", "requests", "parts", "event"}: the fields that changed, what
    was closed along with them, and the task's last event, which tells whether anything happened since."""

    class Act(models.TextChoices):
        ACCEPT = "accept", _("Nhận và phân công")
        ASSIGN = "assign", _("Giao cho đơn vị khác")
        CHANGE_DAY = "change_day", _("Đổi hạn")
        CONFIRM = "confirm", _("Xác nhận hoàn thành")
        REMIND = "remind", _("Nhắc")

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=12, choices=Act.choices)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    rows = models.JSONField(default=list)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [paired("undone", table="task_batch")]

    def __str__(self) -> str:
        return f"{self.act}: {len(self.rows)}"

    def is_open_at(self, at: datetime) -> bool:
        """May it still be taken back? A reminder was heard, it cannot."""
        return self.act != self.Act.REMIND and self.undone_at is None and at <= self.made_at + UNDO_FOR
