"""What was done: entries with text, figures and evidence; and what the figures mean."""

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import BigIntegerField, F, Q
from django.db.models.functions import Coalesce, Sign
from django.utils.translation import gettext_lazy as _

from audit.constraints import paired
from campaigns.models.task import Task
from units.models import Appointment, Unit


class Rollup(models.TextChoices):
    """How figures of several entries or units become one."""

    SUM = "sum", _("cộng dồn")
    LAST = "last", _("số mới nhất")
    RATIO = "ratio", _("tỷ lệ tính lại")
    BALANCE = "balance", _("tồn đầu + vào − ra = tồn cuối")


CODE_TAKEN = _("Mã này đã có chỉ tiêu khác dùng.")
DERIVED = (Rollup.RATIO, Rollup.BALANCE)
"""Kinds that follow from other indicators: no progress entry states them."""


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    def valid_in(self, first: date, last: date) -> "IndicatorQuerySet":
        """Those in use on any of these days."""
        has_begun = Q(valid_from__isnull=True) | Q(valid_from__lte=last)
        return self.filter(has_begun, Q(valid_until__isnull=True) | Q(valid_until__gte=first))

    def common(self) -> "IndicatorQuerySet":
        """The catalogue that all organisations share: what the level above adds up."""
        return self.filter(organisation__isnull=True)

    def offered_to(self, organisation_id: int) -> "IndicatorQuerySet":
        """The common catalogue and the organisation's own additions."""
        return self.filter(Q(organisation__isnull=True) | Q(organisation=organisation_id))

    def stated(self) -> "IndicatorQuerySet":
        """Those that progress entries state; the others are computed from them."""
        return self.exclude(rollup__in=DERIVED)


class Indicator(models.Model):
    """Something that is counted, with its unit of measure and the way it rolls up.

    A ratio is recomputed from `numerator` and `denominator`, never averaged. A balance is what was left of the period
    before, plus `incoming`, less `outgoing`. `valid_from` and `valid_until` are the first and last day of use.
    Without `organisation` it belongs to the catalogue that all share; with one it is that organisation's own.
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    code = models.SlugField(_("mã"), max_length=40)
    group = models.CharField(_("nhóm"), max_length=100)
    name = models.CharField(_("chỉ tiêu"), max_length=300)
    measure = models.CharField(_("đơn vị tính"), max_length=40)
    rollup = models.CharField(_("cách tổng hợp"), max_length=10, choices=Rollup.choices, default=Rollup.SUM)
    numerator = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    denominator = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    incoming = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outgoing = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("dùng từ ngày"), null=True, blank=True)
    valid_until = models.DateField(_("dùng đến hết ngày"), null=True, blank=True)
    position = models.PositiveIntegerField(_("thứ tự"), default=0)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = _("chỉ tiêu")
        verbose_name_plural = _("chỉ tiêu")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(organisation__isnull=True),
                name="indicator_common_code_once",
                violation_error_message=CODE_TAKEN,
            ),
            models.UniqueConstraint(
                fields=["organisation", "code"], name="indicator_own_code_once", violation_error_message=CODE_TAKEN
            ),
            ExclusionConstraint(  # of two rows with one code, both are common or neither is
                expressions=[("code", "="), (Sign(Coalesce("organisation", 0, output_field=BigIntegerField())), "<>")],
                name="indicator_own_code_not_common",
                violation_error_message=CODE_TAKEN,
            ),
            models.CheckConstraint(
                condition=Q(rollup="ratio", numerator__isnull=False, denominator__isnull=False)
                | ~Q(rollup="ratio") & Q(numerator__isnull=True, denominator__isnull=True),
                name="indicator_ratio_has_parts",
            ),
            models.CheckConstraint(
                condition=Q(rollup="balance", incoming__isnull=False, outgoing__isnull=False)
                | ~Q(rollup="balance") & Q(incoming__isnull=True, outgoing__isnull=True),
                name="indicator_balance_has_flows",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_until__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="indicator_valid_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.measure})"

    def is_used(self) -> bool:
        """Does a progress entry state it? One query."""
        return ProgressFigure.objects.filter(indicator=self).exists()


class TaskIndicator(models.Model):
    """A task asks for figures of this indicator, perhaps up to a target."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="indicators")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    target = models.DecimalField(_("chỉ tiêu cần đạt"), max_digits=16, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["task", "indicator"], name="task_indicator_once")]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.indicator_id}"


class ProgressEntry(models.Model):
    """What a unit reports of a task at a moment. Entries are never edited; a wrong one is withdrawn with a reason.

    Only entries confirmed by the unit's head go into reports.
    """

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("Tiến độ")
        RESULT = "result", _("Kết quả")

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="entries")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="progress_entries")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PROGRESS)
    text = models.TextField(_("kết quả, tiến độ"))
    percent = models.PositiveSmallIntegerField(_("tiến độ (%)"))
    happened_on = models.DateField(_("ngày thực hiện"))
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawal_reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("mục tiến độ")
        verbose_name_plural = _("mục tiến độ")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["task", "id"], name="progress_task"),
            models.Index(
                fields=["unit", "happened_on"],
                condition=Q(confirmed_at__isnull=False, withdrawn_at__isnull=True),
                name="progress_unit_confirmed",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="progress_percent"),
            paired("confirmed", table="progress"),
            paired("withdrawn", table="progress"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""), name="progress_withdrawal_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]


class ProgressFigure(models.Model):
    """A figure of one indicator in one entry."""

    entry = models.ForeignKey(ProgressEntry, on_delete=models.CASCADE, related_name="figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(_("số liệu"), max_digits=16, decimal_places=2)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "indicator"], name="progress_figure_once"),
            models.CheckConstraint(condition=Q(value__gte=0), name="progress_figure_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.value}"


class Evidence(models.Model):
    """A file that shows what was done, kept byte for byte; a photo has a small picture for lists."""

    entry = models.ForeignKey(ProgressEntry, on_delete=models.CASCADE, related_name="evidence")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    file = models.CharField(max_length=200)  # path below MEDIA_ROOT
    thumbnail = models.CharField(max_length=200, blank=True)  # path below MEDIA_ROOT

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name
