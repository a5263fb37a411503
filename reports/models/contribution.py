"""What each unit says of a period: sentences and figures."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.constraints import paired
from campaigns.models import Indicator, ProgressEntry
from reports.models.period import Period
from units.models import Appointment, Unit


class ContributionState(models.TextChoices):
    DRAFTING = "drafting", _("Đang soạn")
    CONFIRMED = "confirmed", _("Đã gửi")
    RETURNED = "returned", _("Bị trả lại")


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def asked(self) -> "ContributionQuerySet":
        """Without the parts of units that ended: their successors speak for them."""
        return self.filter(merged_into__isnull=True)

    def missing(self) -> "ContributionQuerySet":
        """Those that the office still waits for."""
        return self.asked().exclude(state=ContributionState.CONFIRMED)


class Contribution(models.Model):
    """What one unit says of one period: lines per section and figures, filled from its confirmed progress.

    `taken` are the progress entries whose sentence was offered once: a sentence that the head struck out stays out.
    The part of a unit that ended before the cut-off is `merged_into` its successor's and is asked of nobody.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="contributions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="contributions")
    state = models.CharField(max_length=10, choices=ContributionState.choices, default=ContributionState.DRAFTING)
    version = models.PositiveIntegerField(default=1)
    taken = ArrayField(models.BigIntegerField(), default=list)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    filled_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    return_reason = models.TextField(blank=True)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("phần báo cáo của đơn vị")
        verbose_name_plural = _("phần báo cáo của đơn vị")
        ordering = ["unit__position", "id"]
        indexes = [models.Index(fields=["unit", "state"], name="contribution_unit")]
        constraints = [
            models.UniqueConstraint(fields=["period", "unit"], name="contribution_once"),
            paired("confirmed", table="contribution"),
            paired("returned", table="contribution"),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_at__isnull=False)
                | ~Q(state="confirmed") & Q(confirmed_at__isnull=True),
                name="contribution_confirmed_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(return_reason=""), name="contribution_return_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.unit}"


class ContributionLine(models.Model):
    """A sentence of a unit's narrative; `entry` is the progress entry it was drafted from."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="lines")
    section = models.CharField(max_length=40)
    position = models.PositiveIntegerField()
    text = models.TextField()
    entry = models.ForeignKey(ProgressEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["section", "position", "id"]
        indexes = [models.Index(fields=["contribution", "section", "position"], name="contribution_line_order")]

    def __str__(self) -> str:
        return self.text[:80]


class ContributionFigure(models.Model):
    """A figure of a unit: what its entries add up to, what the unit says, and why when the two differ.

    `sources` are the progress entries that `computed` was made of.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    computed = models.DecimalField(_("tính từ tiến độ"), max_digits=16, decimal_places=2)
    value = models.DecimalField(_("số báo cáo"), max_digits=16, decimal_places=2)
    reason = models.TextField(_("lý do điều chỉnh"), blank=True)
    sources = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        ordering = ["indicator__position", "indicator_id"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "indicator"], name="contribution_figure_once"),
            models.CheckConstraint(
                condition=Q(value=F("computed")) | ~Q(reason=""), name="contribution_change_says_why"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="contribution_figure_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.value}"
