"""The report that is compiled from the units' parts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models import Indicator
from documents.models import Document
from documents.states import DocumentState
from reports.models.period import Period
from units.models import Appointment

IN_FORCE = (DocumentState.ISSUED, DocumentState.CLOSED)


class ReportQuerySet(models.QuerySet["Report"]):
    def visible_to(self, by: Appointment) -> "ReportQuerySet":
        return self.filter(document__in=Document.objects.visible_to(by))

    def issued(self) -> "ReportQuerySet":
        """Those in force: issued, neither recalled nor replaced."""
        return self.filter(document__state__in=IN_FORCE)

    def below(self, period: Period) -> "ReportQuerySet":
        """The issued reports of the same kind and month that organisations send to this period's organisation."""
        return self.sent_to(period.profile.organisation_id).filter(
            period__profile__kind=period.profile.kind, period__year=period.year, period__month=period.month
        )

    def sent_to(self, organisation_id: int) -> "ReportQuerySet":
        """Issued reports whose profile names this organisation as the one they go to."""
        return self.issued().filter(period__profile__recipient=organisation_id)

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

    `sections` keep the outline they were made with (`outline_version` of the profile). Recompiling makes a new report
    of the next `edition`; the frozen one stays what it was.
    """

    document = models.OneToOneField(Document, on_delete=models.PROTECT, related_name="report")
    period = models.ForeignKey(Period, on_delete=models.PROTECT, related_name="reports")
    edition = models.PositiveIntegerField(default=1)
    outline_version = models.PositiveIntegerField(default=1)
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


class FrozenFigure(models.Model):
    """One figure of a report as it was frozen, so that the level above adds up many reports in one query."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="frozen_figures")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "indicator"], name="frozen_figure_once")]

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.value}"


class Remark(models.Model):
    """A question of the organisation that a report was sent to, or an answer of the one that sent it."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("hỏi lại")
        ANSWER = "answer", _("trả lời")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Appointment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~models.Q(text=""), name="remark_says_something")]

    def __str__(self) -> str:
        return self.text[:80]
