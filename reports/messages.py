"""Who is told what along a reporting period."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from notifications.base import Notification, Reason
from reports.models import Contribution
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
    """The heads of units that have not sent their part: the office reminds them."""

    name = "reports_contribution_late"
    reason = Reason.REPORT_LATE
    at_once = True


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
