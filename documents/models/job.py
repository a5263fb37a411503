"""Long work as rows: what a dead worker or an empty queue left is taken up again."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.models import Appointment


class JobState(models.TextChoices):
    QUEUED = "queued", _("Đang chờ")
    RUNNING = "running", _("Đang chạy")
    DONE = "done", _("Xong")
    FAILED = "failed", _("Không thành")
    CANCELLED = "cancelled", _("Đã dừng")


class Job(models.Model):
    """A piece of work of a `kind` that a worker does once for each `key`.

    A worker holds it by `token` until `lease_until` and prolongs that while it works; whoever finds an expired lease
    may take it over. `stage` and `progress` (0-100) are for the page that waits; `error` is a sentence for people.
    `size` (rows, pages) finds like work done before, whose usual time is `expected_seconds`.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=150)
    payload = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.QUEUED)
    stage = models.CharField(max_length=150, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    size = models.PositiveIntegerField(default=0)
    expected_seconds = models.PositiveIntegerField(null=True)
    requested_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("công việc nền")
        verbose_name_plural = _("công việc nền")
        indexes = [
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="job_running"),
            models.Index(fields=["queued_at"], condition=Q(state="queued"), name="job_queued"),
            models.Index(fields=["requested_by", "-id"], name="job_requester"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_once"),
            models.CheckConstraint(condition=Q(progress__lte=100), name="job_progress_percent"),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(token__isnull=False, lease_until__isnull=False),
                name="job_running_is_held",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "failed", "cancelled"]) | Q(finished_at__isnull=False),
                name="job_ended_has_time",
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="job_failed_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state}"

    @property
    def is_over(self) -> bool:
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

    def seconds_left(self, at: datetime) -> int | None:
        """How long it will probably still take; None without like work before, or once that time is over."""
        if self.started_at is None or self.expected_seconds is None or self.state != JobState.RUNNING:
            return None
        left = self.expected_seconds - (at - self.started_at).total_seconds()
        return round(left) if left > 0 else None
