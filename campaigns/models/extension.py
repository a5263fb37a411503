"""Extensions, reminders and the working calendar."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.constraints import paired
from campaigns.models.task import Task, TaskUnit
from campaigns.states import ExtensionState
from units.models import Appointment


class ExtensionRequest(models.Model):
    """Asked before the due date, with a reason and a proposed day; decided by the assigner."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="extensions")
    state = models.CharField(max_length=10, choices=ExtensionState.choices, default=ExtensionState.ASKED)
    due_before = models.DateField(_("hạn khi xin"))
    proposed_on = models.DateField(_("hạn đề nghị"))
    granted_on = models.DateField(_("hạn được duyệt"), null=True)
    reason = models.TextField(_("lý do"))
    answer = models.TextField(_("ý kiến"), blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("đề nghị gia hạn")
        verbose_name_plural = _("đề nghị gia hạn")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=Q(state="asked"), name="extension_one_open",
                violation_error_message=_("Nhiệm vụ đang có một đề nghị gia hạn chờ quyết định."),
            ),
            models.CheckConstraint(condition=Q(proposed_on__gt=F("due_before")), name="extension_is_later"),
            models.CheckConstraint(
                condition=Q(state="asked", decided_at__isnull=True) | ~Q(state="asked") & Q(decided_at__isnull=False),
                name="extension_decided_has_time",
            ),
            models.CheckConstraint(
                condition=Q(state="granted", granted_on__isnull=False)
                | ~Q(state="granted") & Q(granted_on__isnull=True),
                name="extension_granted_has_day",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_says_why"),
            paired("decided", table="extension"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.task_id}: {self.proposed_on:%d/%m/%Y}"


class Reminder(models.Model):
    """A task was called to mind for a reason on a day: the row is unique, so nobody hears it twice.

    `part` names the cooperating unit whose own part it is; without it the task is meant.
    """

    class Kind(models.TextChoices):
        DUE_SOON = "due_soon", _("sắp đến hạn")
        DUE_TODAY = "due_today", _("đến hạn hôm nay")
        OVERDUE = "overdue", _("quá hạn")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reminders")
    part = models.ForeignKey(TaskUnit, on_delete=models.CASCADE, null=True, related_name="reminders")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    level = models.PositiveSmallIntegerField(default=0)  # 0 officer, 1 unit head, 2 office, 3 director
    created_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["on"], condition=Q(told_at__isnull=True), name="reminder_untold")]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "kind", "on"], condition=Q(part__isnull=True), name="reminder_once"
            ),
            models.UniqueConstraint(
                fields=["part", "kind", "on"], condition=Q(part__isnull=False), name="reminder_part_once"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.task_id} {self.kind} {self.on:%d/%m/%Y}"


class CalendarDay(models.Model):
    """An administrator's word on one day: off, or a working Saturday; with the decision it rests on."""

    day = models.DateField(_("ngày"), unique=True)
    is_working = models.BooleanField(_("là ngày làm việc"))
    note = models.CharField(_("ghi chú"), max_length=200)
    decision = models.CharField(_("căn cứ"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("ngày đặc biệt")
        verbose_name_plural = _("lịch làm việc")
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.note}"
