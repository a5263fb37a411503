"""Who is told what along a reporting period."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from campaigns.deadlines import Stage
from notifications.base import Notification, Reason
from reports.models import Contribution, Period, Remark
from units.models import Appointment
from units.roles import Role


class ContributionMessage(Notification):
    """A message about one unit's part; it links to that part."""

    def __init__(self, contribution: Contribution, by: Appointment | None = None) -> None:
        self.contribution = contribution
        self.by = by

    def url(self) -> str:
        return reverse("reports:contribution", args=[self.contribution.pk])

    def context(self) -> dict[str, Any]:
        return {"contribution": self.contribution, "period": self.contribution.period, "by": self.by}

    def audience(self) -> QuerySet[Appointment]:
        heads = Appointment.objects.current(timezone.localdate()).filter(unit=self.contribution.unit)
        return heads.filter(role__in=[Role.UNIT_HEAD, Role.CHIEF])


class PeriodOpened(ContributionMessage):
    """The heads of the units: a period is open, the part is filled and waits for them."""

    name = "reports_period_opened"
    reason = Reason.REPORT_OPEN
    at_once = False


class ContributionLate(ContributionMessage):
    """The heads of units that have not sent their part: the office reminds them, or the calendar does, once a stage."""

    name = "reports_contribution_late"
    reason = Reason.REPORT_LATE
    at_once = True

    def __init__(
        self, contribution: Contribution, by: Appointment | None = None, *, stage: Stage | None = None
    ) -> None:
        super().__init__(contribution, by)
        self.stage = stage

    def dedupe_key(self) -> str | None:
        return f"report:{self.contribution.pk}:{self.stage.kind}:{self.stage.began_on}" if self.stage else None


class PeriodLate(Notification):
    """The office from the third, the director from the seventh working day: which units have not sent their part."""

    name = "reports_period_late"
    reason = Reason.REPORT_LATE
    at_once = True

    def __init__(self, period: Period, parts: list[Contribution], stage: Stage) -> None:
        self.period = period
        self.units = [part.unit.label for part in parts]
        self.stage = stage

    def url(self) -> str:
        return reverse("reports:period", args=[self.period.pk])

    def audience(self) -> QuerySet[Appointment]:
        roles = [Role.OFFICE, Role.CHIEF] if self.stage.level == 2 else [Role.OFFICE, Role.CHIEF, Role.DIRECTOR]
        posts = Appointment.objects.current(timezone.localdate()).filter(role__in=roles)
        return posts.filter(unit__organisation_id=self.period.profile.organisation_id)

    def dedupe_key(self) -> str | None:
        return f"period:{self.period.pk}:{self.stage.kind}:{self.stage.began_on}"


class ContributionReturned(ContributionMessage):
    """The heads of the unit: the office sent the part back, with the reason on its page."""

    name = "reports_contribution_returned"
    reason = Reason.RETURNED
    at_once = True


class ContributionSent(ContributionMessage):
    """The office: a unit has sent its part."""

    name = "reports_contribution_sent"
    reason = Reason.RECEIVED
    at_once = False

    def audience(self) -> QuerySet[Appointment]:
        inside = Appointment.objects.current(timezone.localdate()).filter(role__in=[Role.OFFICE])
        return inside.filter(unit__organisation_id=self.contribution.period.profile.organisation_id)


class ReportRemark(Notification):
    """The other side of a report sent upwards: the office that compiled it, or whoever asked about it."""

    name = "reports_report_remark"
    reason = Reason.RETURNED
    at_once = True

    def __init__(self, remark: Remark, by: Appointment) -> None:
        self.remark = remark
        self.report = remark.report
        self.document = remark.report.document
        self.by = by

    def url(self) -> str:
        return reverse("reports:thread", args=[self.report.pk])

    def audience(self) -> QuerySet[Appointment]:
        posts = Appointment.objects.current(timezone.localdate())
        if self.remark.kind == Remark.Kind.QUESTION:
            inside = posts.filter(unit__organisation_id=self.document.organisation_id)
            return inside.filter(role__in=[Role.OFFICE, Role.CHIEF])
        asked = self.report.remarks.filter(kind=Remark.Kind.QUESTION).values("by_id")
        return posts.filter(pk__in=asked)
