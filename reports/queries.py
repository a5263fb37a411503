"""What the report pages ask of several models at once."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from campaigns.models import ProgressEntry
from reports.models import Contribution, ContributionState, Period, Report
from units.models import Appointment, Unit
from units.permissions import has_permission


@dataclass(frozen=True)
class Cell:
    """One unit in one period, as the matrix shows it."""

    state: str
    contribution_id: int | None


def cell_state(contribution: Contribution | None, period: Period, on: date) -> str:
    """not opened · drafting · confirmed · late (still missing after its day) · returned."""
    if contribution is None:
        return "missing"
    if contribution.state != ContributionState.CONFIRMED and on > period.due_on:
        return "overdue"
    return contribution.state


def matrix(periods: list[Period], on: date) -> list[tuple[Unit, list[Cell]]]:
    """Unit × period, for all units that any of the periods asks. One query."""
    rows: dict[Unit, dict[int, Contribution]] = {}
    for each in (
        Contribution.objects.filter(period__in=periods).select_related("unit").order_by("unit__position", "unit_id")
    ):
        rows.setdefault(each.unit, {})[each.period_id] = each
    return [
        (unit, [Cell(cell_state(found.get(period.pk), period, on), _pk(found.get(period.pk))) for period in periods])
        for unit, found in rows.items()
    ]


def _pk(contribution: Contribution | None) -> int | None:
    return contribution.pk if contribution else None


def contributions_for(by: Appointment) -> QuerySet[Contribution]:
    """Contributions the post may open: its own unit's, or all of its organisation for who compiles."""
    inside = Contribution.objects.filter(period__profile__organisation_id=by.organisation_id)
    if not has_permission(by, "reports.report.read"):
        return inside.none()
    if not has_permission(by, "reports.report.compile"):
        inside = inside.filter(unit_id=by.unit_id)
    return inside.select_related("period__profile", "unit", "confirmed_by__user", "returned_by__user")


def frozen_figure(report: Report, indicator_id: int) -> dict[str, Any] | None:
    """The figure of an indicator as the report keeps it; None when the report has none."""
    return next((each for each in report.figures["figures"] if each["indicator_id"] == indicator_id), None)


def entries(ids: list[int]) -> list[ProgressEntry]:
    """Progress entries with what a side panel shows of them. Two queries."""
    return list(
        ProgressEntry.objects.filter(pk__in=ids)
        .select_related("task", "unit", "reported_by__user")
        .prefetch_related("figures__indicator", "evidence")
        .order_by("happened_on", "id")
    )
