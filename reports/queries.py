"""What the report pages ask of several models at once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from campaigns.models import ProgressEntry, Rollup
from campaigns.states import Field
from reports.figures import percent
from reports.models import (
    Contribution,
    ContributionFigure,
    ContributionLine,
    ContributionState,
    Period,
    Report,
    ReportProfile,
    SkilfulModel,
)
from reports.periods import Span
from units.models import Appointment, Unit
from units.permissions import has_permission
from units.reading import only_columns


@dataclass(frozen=True)
class Cell:
    """One unit in one period, as the matrix shows it."""

    state: str
    contribution_id: int | None


def cell_state(contribution: Contribution | None, period: Period, on: date) -> str:
    """not opened · drafting · confirmed · late (never sent, after its day) · returned."""
    if contribution is None:
        return "missing"
    if contribution.state == ContributionState.DRAFTING and on > period.due_on:
        return "overdue"
    return contribution.state


def matrix(periods: list[Period], on: date) -> list[tuple[Unit, list[Cell]]]:
    """Unit × period, for all units that any of the periods asks. One query."""
    rows: dict[Unit, dict[int, Contribution]] = {}
    asked = Contribution.objects.filter(period__in=periods).asked().order_by("unit__position", "unit_id")
    for each in only_columns(asked, "period_id", "state", "unit__name", "unit__short_name"):
        rows.setdefault(each.unit, {})[each.period_id] = each
    return [
        (unit, [Cell(cell_state(found.get(period.pk), period, on), _pk(found.get(period.pk))) for period in periods])
        for unit, found in rows.items()
    ]


@dataclass(frozen=True)
class Rates:
    """Of the parts that were due: how many were sent at all, and by their day, in per cent."""

    sent: Decimal
    in_time: Decimal


def rates(periods: list[Period], on: date) -> Rates | None:
    """Over the periods whose day has passed; None while there is none. One query."""
    due = {period.pk: period.due_on for period in periods if period.due_on < on}
    rows = list(
        Contribution.objects.filter(period__in=due).asked().values_list("period_id", "state", "confirmed_at")
    )
    sent = [(pk, at) for pk, state, at in rows if state == ContributionState.CONFIRMED and at is not None]
    in_time = sum(timezone.localdate(at) <= due[pk] for pk, at in sent)
    shares = percent(len(sent), len(rows)), percent(in_time, len(rows))
    return Rates(shares[0], shares[1]) if shares[0] is not None and shares[1] is not None else None


def _pk(contribution: Contribution | None) -> int | None:
    return contribution.pk if contribution else None


def contributions_for(by: Appointment) -> QuerySet[Contribution]:
    """Contributions the post may open: its own unit's; all of the organisation for who compiles and who leads it."""
    inside = Contribution.objects.filter(period__profile__organisation_id=by.organisation_id)
    if not has_permission(by, "reports.report.read"):
        return inside.none()
    if not has_permission(by, "reports.report.compile") and by.unit_id != by.organisation_id:
        inside = inside.filter(unit_id=by.unit_id)
    return inside.select_related("period__profile", "unit", "confirmed_by__user", "returned_by__user")


def lines_of(contribution: Contribution) -> list[ContributionLine]:
    """The sentences in the order of the report's sections. One query."""
    lines = contribution.lines.select_related("entry")
    return sorted(lines, key=lambda line: (Field.values.index(line.section), line.position, line.pk))


def models_of(contribution: Contribution) -> list[SkilfulModel]:
    """The unit's models that are kept up in the period: they go into the report from their register. One query."""
    period = contribution.period
    return list(
        SkilfulModel.objects.filter(unit=contribution.unit_id).alive(Span(period.starts_on, period.ends_on))
    )


def frozen_figure(report: Report, indicator_id: int) -> dict[str, Any] | None:
    """The figure of an indicator as the report keeps it; None when the report has none."""
    return next((each for each in report.figures["figures"] if each["indicator_id"] == indicator_id), None)


def entries(ids: list[int]) -> list[ProgressEntry]:
    """Progress entries with what a side panel shows of them, oldest first. Two queries."""
    return list(
        ProgressEntry.objects.filter(pk__in=ids)
        .select_related("task", "unit", "reported_by__user")
        .prefetch_related("figures")
        .order_by("happened_on", "id")
    )


@dataclass(frozen=True)
class Sources:
    """What one figure is made of: `value` is the sum of the entries' figures and of the adjustments by hand.

    A ratio has `parts` instead, whose values it was computed from; its entries are theirs. A balance has the `opening`
    (with what was changed by hand) beside its two parts, in and out. A roll-up has `bodies`: name, value, report id.
    """

    name: str
    measure: str
    value: Decimal
    entries: tuple[tuple[ProgressEntry, Decimal | None], ...]
    adjustments: tuple[tuple[str, Decimal, str], ...] = ()  # unit, difference, reason
    parts: tuple["Sources", ...] = ()
    opening: Decimal | None = None
    bodies: tuple[tuple[str, Decimal, int], ...] = ()


def sources_of_contribution(contribution: Contribution, indicator_id: int) -> Sources | None:
    """What the computed figure of one unit is made of; None when the unit has no such figure."""
    rows = {row.indicator_id: row for row in contribution.figures.select_related("indicator")}
    row = rows.get(indicator_id)
    if row is None:
        return None
    if row.indicator.rollup == Rollup.RATIO:
        keys = (row.indicator.numerator_id, row.indicator.denominator_id)
        parts = tuple(_computed(rows[key]) for key in keys if key in rows)
        return Sources(row.indicator.name, row.indicator.measure, row.computed, (), parts=parts)
    if row.indicator.rollup == Rollup.BALANCE:
        flows = [rows.get(key or 0) for key in (row.indicator.incoming_id, row.indicator.outgoing_id)]
        came, went = (each.computed if each else Decimal(0) for each in flows)
        parts = tuple(_computed(each) for each in flows if each)
        opening = row.computed - came + went
        return Sources(row.indicator.name, row.indicator.measure, row.computed, (), parts=parts, opening=opening)
    return _computed(row)


def _computed(row: ContributionFigure) -> Sources:
    entries = _listed(row.indicator_id, row.sources)
    return Sources(row.indicator.name, row.indicator.measure, row.computed, entries)


def sources_of_report(report: Report, indicator_id: int) -> Sources | None:
    """What a frozen figure is made of; None when the report has no such figure."""
    figure = frozen_figure(report, indicator_id)
    if figure is None:
        return None
    if figure["parts"]:
        parts = [sources_of_report(report, key) for key in figure["parts"]]
        return Sources(
            figure["name"], figure["measure"], Decimal(figure["value"]), (), parts=tuple(each for each in parts if each)
        )
    value = Decimal(figure["value"])
    if bodies := tuple(
        (share["unit"], Decimal(share["value"]), share["report_id"])
        for share in figure["by_unit"]
        if share.get("report_id")
    ):
        return Sources(figure["name"], figure["measure"], value, (), bodies=bodies)
    if figure.get("flows"):
        came, went = (sources_of_report(report, key) for key in figure["flows"])
        opening = value - (came.value if came else 0) + (went.value if went else 0)
        parts_in_out = tuple(each for each in (came, went) if each)
        return Sources(figure["name"], figure["measure"], value, (), parts=parts_in_out, opening=opening)
    adjustments = tuple(
        (share["unit"], Decimal(share["value"]) - Decimal(share["computed"]), share["reason"])
        for share in figure["by_unit"]
        if share["value"] != share["computed"]
    )
    entries = _listed(indicator_id, figure["sources"])
    return Sources(figure["name"], figure["measure"], Decimal(figure["value"]), entries, adjustments)


def _listed(indicator_id: int, ids: list[int]) -> tuple[tuple[ProgressEntry, Decimal | None], ...]:
    """The entries, each with what it says of the indicator."""
    return tuple(
        (entry, next((each.value for each in entry.figures.all() if each.indicator_id == indicator_id), None))
        for entry in entries(ids)
    )


def first_day(organisation: OuterRef) -> Coalesce:
    """The day on which the organisation's reporting month begins; the law's day without a profile. Part of a query."""
    profiles = ReportProfile.objects.filter(organisation_id=organisation, is_active=True).order_by("id")
    return Coalesce(Subquery(profiles.values("first_day")[:1]), 15)
