"""Reporting periods, what each unit contributes, and the report that is compiled from it."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.constraints import paired
from campaigns.models import Indicator, ProgressEntry
from documents.models import Document
from units.models import Appointment, Unit


class ReportProfile(models.Model):
    """How one recipient wants its reports: cut-off rule, due rule, addressee, outline.

    A month M reaches from `first_day` of month M-1 to the day before `first_day` of M (NĐ 09/2019/NĐ-CP Điều 12), or is
    the calendar month when `first_day` is 1. `outline` is a list of {"key", "heading", "source"} (see reports.outline).
    """

    organisation = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="report_profiles")
    name = models.CharField(_("tên mẫu báo cáo"), max_length=200)
    subject = models.CharField(
        _("trích yếu"), max_length=300, help_text=_("{month} và {year} được thay khi lập báo cáo")
    )
    addressee = models.CharField(_("kính gửi"), max_length=300, blank=True)
    recipient = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    first_day = models.PositiveSmallIntegerField(_("ngày đầu kỳ"), default=15)
    due_working_days = models.PositiveSmallIntegerField(_("số ngày làm việc sau khi chốt"), default=2)
    legal_basis = models.TextField(_("căn cứ báo cáo"), blank=True)
    outline = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("mẫu báo cáo")
        verbose_name_plural = _("mẫu báo cáo")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(first_day__gte=1, first_day__lte=28), name="report_profile_first_day"),
            models.UniqueConstraint(fields=["organisation", "name"], name="report_profile_once"),
        ]

    def __str__(self) -> str:
        return self.name


class PeriodQuerySet(models.QuerySet["Period"]):
    def visible_to(self, by: Appointment) -> "PeriodQuerySet":
        return self.filter(profile__organisation_id=by.organisation_id)

    def running(self, on: date) -> "PeriodQuerySet":
        """Periods whose contributions are wanted now: opened, and no report issued of them yet."""
        return self.filter(starts_on__lte=on, closed_at__isnull=True)


class Period(models.Model):
    """One month of one profile: the days it covers (both included) and the day by which units confirm."""

    profile = models.ForeignKey(ReportProfile, on_delete=models.PROTECT, related_name="periods")
    year = models.PositiveIntegerField(_("năm"))
    month = models.PositiveSmallIntegerField(_("tháng"))
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến ngày"))
    due_on = models.DateField(_("hạn gửi"))
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("kỳ báo cáo")
        verbose_name_plural = _("kỳ báo cáo")
        ordering = ["-year", "-month", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "year", "month"], name="period_once"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="period_month"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="period_ends_after_start"),
            models.CheckConstraint(condition=Q(due_on__gte=F("ends_on")), name="period_due_after_end"),
        ]

    def __str__(self) -> str:
        return f"{self.profile.name} {self.month:02d}/{self.year}"


class ContributionState(models.TextChoices):
    DRAFTING = "drafting", _("Đang soạn")
    CONFIRMED = "confirmed", _("Đã gửi")
    RETURNED = "returned", _("Bị trả lại")


class Contribution(models.Model):
    """What one unit says of one period: lines per section and figures, filled from its confirmed progress.

    `taken` are the progress entries whose sentence was offered once: a sentence that the head struck out stays out.
    """

    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="contributions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="contributions")
    state = models.CharField(max_length=10, choices=ContributionState.choices, default=ContributionState.DRAFTING)
    version = models.PositiveIntegerField(default=1)
    taken = ArrayField(models.BigIntegerField(), default=list)
    filled_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, null=True, related_name="+")
    return_reason = models.TextField(blank=True)

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


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, by: Appointment) -> "ReportQuerySet":
        return self.filter(document__in=Document.objects.visible_to(by))

    def with_document(self) -> "ReportQuerySet":
        return self.select_related(
            "document__organisation",
            "document__drafting_unit",
            "document__signer__user",
            "document__signer__unit",
            "document__created_by__user",
            "period__profile",
        )


class Report(models.Model):
    """A compiled report: `figures`, frozen when it is compiled, with the ids they came from; `sections` are the words.

    Recompiling makes a new report of the next `edition`; the frozen one stays what it was.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="report")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reports")
    edition = models.PositiveIntegerField(default=1)
    figures = models.JSONField()
    sections = models.JSONField()
    drafted = models.JSONField()
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("báo cáo")
        verbose_name_plural = _("báo cáo")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["period", "edition"], name="report_edition_once")]

    def __str__(self) -> str:
        return self.document.title
