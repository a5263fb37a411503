"""What a plan said before, and the lists of recipients that an organisation keeps."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.models.plan import Plan
from units.models import Appointment, Unit


class PlanVersion(models.Model):
    """One stretch of writing on a plan: who wrote, from when until when, and what the plan said at its end.

    The stretch that is being written has no `content` yet: the plan itself is its content. It is filled in before the
    next stretch begins (`campaigns.workflow.plan_versions`). `was_presented`: this very text had been submitted.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField(null=True)
    size = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    writers = models.JSONField(default=list)  # posts as they read then: "Nguyễn Thu Hằng, Chuyên viên — Văn phòng Sở"
    restored_from = models.PositiveIntegerField(null=True, blank=True)  # the number of the version that was taken back
    was_presented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once"),
            models.UniqueConstraint(fields=["plan"], condition=Q(content__isnull=True), name="plan_version_one_open"),
            models.CheckConstraint(
                condition=Q(saved_at__gte=models.F("started_at")), name="plan_version_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.number}"


class RecipientList(models.Model):
    """ "Nơi nhận" for one purpose, kept by the organisation and used again. `lines`: [{"text", "unit"}] in order."""

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="recipient_lists")
    name = models.CharField(_("dùng cho"), max_length=120)
    lines = models.JSONField(default=list)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="recipient_list_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
