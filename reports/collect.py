"""Everything a report says in figures, read in a constant number of queries into frozen dataclasses."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import cast

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils import translation

from campaigns.models import ExtensionRequest, Indicator, Rollup, Task
from campaigns.states import TaskState
from documents.states import DocumentState
from reports import outline
from reports.collected import Collected, Figure, Line, ModelNote, Share, TaskNote, UnitTasks
from reports.figures import percent
from reports.models import (
    Contribution,
    ContributionFigure,
    ContributionLine,
    ContributionState,
    FrozenFigure,
    Period,
    Report,
    ReportProfile,
    SkilfulModel,
)
from reports.periods import MONTHS, Kind, Span, following_end, months_before
from units.models import Unit

MOST_TOLD = 40_000
"""Letters that the reports below may fill a section with; the office can keep 50,000 in one."""


def concerned(organisation: Unit, span: Span) -> QuerySet[Task]:
    """Tasks given by the end of the period and not finished before it began. A withdrawn task is not counted."""
    return (
        Task.objects.filter(organisation=organisation, assigned_at__date__lte=span.ends_on)
        .exclude(state__in=[TaskState.PLANNED, TaskState.WITHDRAWN])
        .exclude(state=TaskState.DONE, finished_on__lt=span.starts_on)
    )


def task_classes(span: Span, on: date) -> dict[str, Q]:
    """The classes of tasks at the end of the period; every concerned task is in `given` and in exactly one other.

    The day of the report decides whether a result came in time, whoever confirms it and when. A task that is due on the
    last day and not done is overdue once that day is over; nothing is overdue before `on`, the day of asking. While a
    task is paused, or its result came in time and waits for confirmation, its deadline does not count.
    """
    end, over = span.ends_on, min(span.ends_on, on - timedelta(days=1))
    done = Q(state=TaskState.DONE, finished_on__lte=end)
    not_done = ~Q(state=TaskState.DONE) | Q(state=TaskState.DONE, finished_on__gt=end)
    in_time = Q(due_on__isnull=False, finished_on__lte=F("due_on"))
    waiting = Q(state=TaskState.AWAITING)
    return {
        "done_in_time": done & (Q(due_on__isnull=True) | in_time & Q(finished_on__lte=F("original_due_on"))),
        "done_extended": done & in_time & Q(finished_on__gt=F("original_due_on")),
        "done_late": done & Q(due_on__isnull=False, finished_on__gt=F("due_on")),
        "overdue": not_done
        & Q(due_on__lte=over)
        & ~Q(state=TaskState.PAUSED)
        & (~waiting | Q(finished_on__gt=F("due_on"))),
        "running": not_done
        & (Q(due_on__isnull=True) | Q(due_on__gt=over) | Q(state=TaskState.PAUSED) | waiting & in_time),
    }


def tasks_by_unit(organisation: Unit, span: Span, on: date) -> tuple[UnitTasks, ...]:
    """One row a unit that leads a concerned task; one query."""
    classes = task_classes(span, on)
    ids = {name: ArrayAgg("id", filter=which, default=[], order_by="id") for name, which in classes.items()}
    rows = (
        concerned(organisation, span)
        .values("lead_unit_id", "lead_unit__name")
        .annotate(given=ArrayAgg("id", order_by="id"), **ids)
        .order_by("lead_unit__position", "lead_unit_id")
    )
    return tuple(
        UnitTasks(
            unit_id=row["lead_unit_id"],
            unit=row["lead_unit__name"],
            **{name: tuple(cast("dict[str, list[int]]", row)[name]) for name in ("given", *ids)},
        )
        for row in rows
    )


def _before(period: Period) -> int:
    """How many months lie between a period and the one that its figures are first compared with; 0 for none."""
    return 0 if period.kind == Kind.NINE else MONTHS.get(period.kind, 0)


@dataclass(frozen=True)
class Earlier:
    """A report that figures are compared with: its id, and its figures by indicator."""

    report_id: int | None
    values: dict[int, Decimal]


def earlier(period: Period, *, months_back: int) -> Earlier:
    """The report that many months earlier in the same profile; nothing when there was none. One query."""
    if not months_back:
        return Earlier(None, {})
    year, month = months_before(period.year, period.month, months_back)
    reports = Report.objects.filter(
        period__profile=period.profile_id, period__year=year, period__month=month, period__number=period.number
    ).exclude(document__state__in=[DocumentState.DISCARDED, DocumentState.RECALLED])
    kept = list(reports.order_by("-edition").values_list("pk", "frozen_figures__indicator_id", "frozen_figures__value"))
    newest = kept[0][0] if kept else None
    return Earlier(newest, {key: value for pk, key, value in kept if pk == newest and key is not None})


def _shares(period: Period) -> dict[Indicator, tuple[Share, ...]]:
    """What the units that sent their part say of each indicator. One query."""
    rows = (
        ContributionFigure.objects.filter(contribution__period=period, contribution__state=ContributionState.CONFIRMED)
        .select_related("indicator", "contribution__unit")
        .defer("contribution__taken")
        .order_by("indicator__position", "indicator_id", "contribution__unit__position", "contribution_id")
    )
    found: dict[Indicator, list[Share]] = {}
    for row in rows:
        unit = row.contribution.unit
        share = Share(unit.pk, unit.name, row.computed, row.value, row.reason, tuple(row.sources))
        found.setdefault(row.indicator, []).append(share)
    return {indicator: tuple(shares) for indicator, shares in found.items()}


def _value(indicator: Indicator, shares: dict[int, tuple[Share, ...]]) -> Decimal | None:
    """Units' figures as one: a sum, stocks too; a ratio recomputed from the sums of its parts, None without a whole."""

    def total(key: int | None) -> Decimal:
        return sum((share.value for share in shares.get(key or 0, ())), Decimal(0))

    if indicator.rollup == Rollup.RATIO:
        return percent(total(indicator.numerator_id), total(indicator.denominator_id))
    return total(indicator.pk)


def _reported(period: Period) -> dict[Indicator, tuple[Share, ...]]:
    """What the organisations below say of each common indicator in their issued reports of the same days. One query."""
    rows = (
        FrozenFigure.objects.filter(report__in=Report.objects.below(period), indicator__in=Indicator.objects.common())
        .select_related("indicator", "report__document__organisation")
        .defer("report__figures", "report__sections", "report__drafted")
        .order_by("indicator__position", "indicator_id", "report__document__organisation__position", "report_id")
    )
    found: dict[Indicator, list[Share]] = {}
    for row in rows:
        body = row.report.document.organisation
        share = Share(body.pk, body.name, row.value, row.value, "", (), row.report_id)
        found.setdefault(row.indicator, []).append(share)
    return {indicator: tuple(shares) for indicator, shares in found.items()}


def _figures(period: Period, before: Earlier, year_before: Earlier) -> tuple[Figure, ...]:
    shares = _reported(period) if period.profile.is_rollup else _shares(period)
    by_id = {indicator.pk: rows for indicator, rows in shares.items()}
    found = []
    for indicator, rows in shares.items():
        value = _value(indicator, by_id)
        if value is None:
            continue
        whole, part = indicator.denominator_id, indicator.numerator_id
        found.append(
            Figure(
                indicator_id=indicator.pk,
                code=indicator.code,
                rollup=indicator.rollup,
                group=indicator.group,
                name=indicator.name,
                measure=indicator.measure,
                value=value,
                previous=before.values.get(indicator.pk),
                last_year=year_before.values.get(indicator.pk),
                by_unit=rows,
                parts=(part, whole) if part and whole else None,
                flows=_flows(indicator),
            )
        )
    return tuple(found)


def _flows(indicator: Indicator) -> tuple[int, int] | None:
    came, went = indicator.incoming_id, indicator.outgoing_id
    return (came, went) if came and went else None


def _lines(period: Period) -> tuple[Line, ...]:
    rows = (
        ContributionLine.objects.filter(contribution__period=period, contribution__state=ContributionState.CONFIRMED)
        .order_by("section", "contribution__unit__position", "contribution_id", "position", "id")
        .values_list("section", "contribution__unit_id", "contribution__unit__name", "text", "entry_id")
    )
    return tuple(Line(*row) for row in rows)


def _told(period: Period) -> tuple[list[int], tuple[Line, ...]]:
    """The reports below and what they say in words. One query.

    Each organisation has an equal share of what a section holds: of long texts the first whole lines that fit.
    """
    rows = list(
        Report.objects.below(period)
        .order_by("document__organisation__position", "document__organisation_id", "pk")
        .select_related("document")
        .only("sections", "document__organisation_id", "document__issuing_body", "document__code")
    )
    share = MOST_TOLD // max(1, len(rows))
    lines = []
    for report in rows:
        body = report.document
        for part in report.sections:
            text = _first_lines(part["text"], share) if part["source"] in (outline.FIELD, outline.TEXT) else ""
            section = next(iter(outline.fields_of(part)), part["key"])
            if text:
                lines.append(Line(section, body.organisation_id, body.issuing_body, text, None, report.pk, body.code))
    return [report.pk for report in rows], tuple(lines)


def _first_lines(text: str, most: int) -> str:
    kept: list[str] = []
    for line in filter(None, (each.strip() for each in text.splitlines())):
        most -= len(line) + 1
        if most < 0:
            break
        kept.append(line)
    return "\n".join(kept)


def _models(period: Period) -> tuple[ModelNote, ...]:
    """Models of the register that were kept up in the period. One query."""
    kept = SkilfulModel.objects.filter(organisation=period.profile.organisation_id)
    rows = kept.alive(Span(period.starts_on, period.ends_on)).select_related("unit")
    with translation.override("vi"):  # the words go into the document
        return tuple(
            ModelNote(
                each.pk, each.name, each.get_area_display(), each.get_bearer_display(), each.unit.name, each.place,
                each.starts_on, each.results, each.get_registration_display(), each.get_recognition_display(),
            )
            for each in rows
        )  # fmt: skip


def _bodies(period: Period) -> tuple[list[str], list[str]]:
    """Organisations below whose report has arrived, and those whose report is missing. Two queries."""
    arrived = set(Report.objects.below(period).values_list("document__organisation_id", flat=True))
    asked = ReportProfile.objects.reporting_to(period.profile.organisation, period.kind).select_related("organisation")
    bodies = {each.organisation_id: each.organisation.name for each in asked}
    return (
        [name for pk, name in bodies.items() if pk in arrived],
        [name for pk, name in bodies.items() if pk not in arrived],
    )


def _units(period: Period) -> tuple[list[str], list[str]]:
    """Units that have sent their part, and those that have not. One query."""
    rows = list(
        Contribution.objects.filter(period=period)
        .asked()
        .order_by("unit__position", "id")
        .values_list("unit__name", "state")
    )
    sent = [name for name, state in rows if state == ContributionState.CONFIRMED]
    return sent, [name for name, state in rows if state != ContributionState.CONFIRMED]


def _notes(tasks: QuerySet[Task]) -> tuple[TaskNote, ...]:
    """Each with its reason: what stands at the task, else what the unit said when it last asked for more time."""
    asked = ExtensionRequest.objects.filter(task=OuterRef("pk")).order_by("-id").values("reason")[:1]
    why = Coalesce(NullIf("reason", Value("")), Subquery(asked), Value(""), output_field=TextField())
    rows = tasks.order_by("due_on", "id").values_list("id", "lead_unit__name", "text", "due_on", why)
    return tuple(TaskNote(pk, unit, text, due_on, why) for pk, unit, text, due_on, why in rows if due_on is not None)


def _upcoming(period: Period) -> QuerySet[Task]:
    """What is still to be done and due in the period that follows."""
    until = following_end(period.kind, period.year, period.month, period.profile.first_day)
    return Task.objects.filter(
        organisation=period.profile.organisation, due_on__gt=period.ends_on, due_on__lte=until
    ).open()


def collect(period: Period, *, on: date) -> Collected:
    """Read all figures, lines, models and task lists of `period` on day `on`.

    Nine queries, ten for a roll-up, whatever the size.
    """
    organisation, span = period.profile.organisation, Span(period.starts_on, period.ends_on)
    overdue = concerned(organisation, span).filter(task_classes(span, on)["overdue"])
    before, year_before = earlier(period, months_back=_before(period)), earlier(period, months_back=12)
    is_rollup = period.profile.is_rollup
    sent, missing = _bodies(period) if is_rollup else _units(period)
    reports, lines = _told(period) if is_rollup else ([], _lines(period))
    return Collected(
        span=span,
        units=tasks_by_unit(organisation, span, on),
        figures=_figures(period, before, year_before),
        lines=lines,
        overdue=_notes(overdue),
        upcoming=_notes(_upcoming(period)),
        models=_models(period),
        confirmed_units=tuple(sent),
        missing_units=tuple(missing),
        previous_report=before.report_id,
        last_year_report=year_before.report_id,
        reports=tuple(reports),
    )
