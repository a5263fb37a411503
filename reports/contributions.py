"""What a unit contributes: drafted from its confirmed progress, corrected and confirmed by its head."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from audit import log
from campaigns.models import Indicator, ProgressEntry, ProgressFigure, Rollup
from notifications.send import send
from reports import events, messages
from reports.collect import percent
from reports.models import Contribution, ContributionFigure, ContributionLine, ContributionState, Period
from reports.periods import Span
from units import permissions
from units.models import Appointment, Unit
from units.permissions import NotAllowed, Outdated

WRITE = "reports.contribution.write"


@dataclass(frozen=True)
class FigureInput:
    """A figure as the head typed it, with the reason when it differs from what the entries add up to."""

    indicator_id: int
    value: Decimal
    reason: str = ""


@dataclass(frozen=True)
class LineInput:
    """A sentence as the head left it; `entry_id` stays when it was drafted from an entry."""

    section: str
    text: str
    entry_id: int | None = None


def entries_of(unit: Unit | int, span: Span) -> "list[ProgressEntry]":
    """Confirmed entries of a unit in a period, in the order of their days."""
    return list(
        ProgressEntry.objects.filter(
            unit=unit,
            happened_on__range=(span.starts_on, span.ends_on),
            confirmed_at__isnull=False,
            withdrawn_at__isnull=True,
        )
        .select_related("task")
        .order_by("happened_on", "id")
    )


def computed_figures(entries: list[ProgressEntry]) -> dict[int, Decimal]:
    """Indicator id → what the entries add up to: sums, the last value of a stock, ratios from their parts."""
    rows = (
        ProgressFigure.objects.filter(entry__in=entries)
        .select_related("indicator")
        .order_by("entry__happened_on", "entry_id")
    )
    values: dict[int, Decimal] = {}
    for row in rows:
        if row.indicator.rollup == Rollup.LAST:
            values[row.indicator_id] = row.value
        elif row.indicator.rollup == Rollup.SUM:
            values[row.indicator_id] = values.get(row.indicator_id, Decimal(0)) + row.value
    for ratio in Indicator.objects.filter(rollup=Rollup.RATIO, denominator_id__in=values):
        share = percent(values.get(ratio.numerator_id or 0, Decimal(0)), values[ratio.denominator_id or 0])
        if share is not None:
            values[ratio.pk] = share
    return values


@transaction.atomic
def fill(*, contribution: Contribution, by: Appointment | None, at: datetime) -> Contribution:
    """Take over what progress says since the last time: new sentences, new sums. What a person changed stays.

    Does nothing to a confirmed contribution.
    """
    contribution = (
        Contribution.objects.select_for_update(of=("self",)).select_related("period", "unit").get(pk=contribution.pk)
    )
    if contribution.state == ContributionState.CONFIRMED:
        return contribution
    entries = entries_of(contribution.unit_id, Span(contribution.period.starts_on, contribution.period.ends_on))
    added = _add_lines(contribution, entries)
    changed = _update_figures(contribution, computed_figures(entries))
    if added or changed:
        contribution.filled_at = at
        contribution.version += 1
        contribution.save(update_fields=["filled_at", "version"])
        log.record(events.CONTRIBUTION_FILLED, contribution, by=by, at=at, lines=added, figures=changed)
    return contribution


def _add_lines(contribution: Contribution, entries: list[ProgressEntry]) -> int:
    """Append a sentence for each entry that has none yet; equal sentences of a section stand once."""
    present = list(contribution.lines.values_list("section", "text", "entry_id", "position"))
    known_entries = {entry_id for _section, _text, entry_id, _position in present}
    known_texts = {(section, text) for section, text, _entry, _position in present}
    position = max((row[3] for row in present), default=0)
    lines = []
    for entry in entries:
        if entry.pk in known_entries or (entry.task.field, entry.text) in known_texts:
            continue
        position += 1
        known_texts.add((entry.task.field, entry.text))
        lines.append(
            ContributionLine(
                contribution=contribution, section=entry.task.field, position=position, text=entry.text, entry=entry
            )
        )
    ContributionLine.objects.bulk_create(lines)
    return len(lines)


def _update_figures(contribution: Contribution, computed: dict[int, Decimal]) -> int:
    """Set the computed values; a value that nobody changed by hand follows."""
    present = {figure.indicator_id: figure for figure in contribution.figures.all()}
    changed = 0
    for indicator_id in computed.keys() | present.keys():
        value = computed.get(indicator_id, Decimal(0))
        figure = present.get(indicator_id)
        if figure is None:
            ContributionFigure.objects.create(
                contribution=contribution, indicator_id=indicator_id, computed=value, value=value
            )
            changed += 1
        elif figure.computed != value:
            if not figure.reason:
                figure.value = value
            figure.computed = value
            figure.save(update_fields=["computed", "value"])
            changed += 1
    return changed


def _open_for(contribution: Contribution, version: int, *, by: Appointment, at: datetime) -> Contribution:
    locked = (
        Contribution.objects.select_for_update(of=("self",))
        .select_related("period__profile", "unit")
        .get(pk=contribution.pk)
    )
    permissions.check(by, WRITE, at=at, unit=locked.unit)
    if locked.period.closed_at is not None:
        raise NotAllowed(_("Kỳ báo cáo đã kết thúc."))
    if locked.state == ContributionState.CONFIRMED:
        raise NotAllowed(_("Phần báo cáo đã gửi. Văn phòng trả lại thì mới sửa được."))
    if locked.version != version:
        raise Outdated(_("Người khác vừa sửa phần báo cáo này. Hãy xem lại rồi lưu."))
    return locked


@transaction.atomic
def save(
    *,
    contribution: Contribution,
    version: int,
    lines: list[LineInput],
    figures: list[FigureInput],
    by: Appointment,
    at: datetime,
) -> Contribution:
    """Keep what the head wrote. NotAllowed for a changed figure without a reason; Outdated when someone else saved."""
    contribution = _open_for(contribution, version, by=by, at=at)
    own_entries = set(contribution.lines.filter(entry__isnull=False).values_list("entry_id", flat=True))
    contribution.lines.all().delete()
    ContributionLine.objects.bulk_create(
        ContributionLine(
            contribution=contribution,
            section=line.section,
            position=position,
            text=line.text.strip(),
            entry_id=line.entry_id if line.entry_id in own_entries else None,
        )
        for position, line in enumerate((each for each in lines if each.text.strip()), start=1)
    )
    present = {figure.indicator_id: figure for figure in contribution.figures.select_related("indicator")}
    for given in figures:
        figure = present.get(given.indicator_id)
        if figure is None:
            continue
        figure.value, figure.reason = given.value, given.reason.strip()
        if figure.value == figure.computed:
            figure.reason = ""
        elif not figure.reason:
            raise NotAllowed(
                _("Hãy ghi lý do vì sao “%(name)s” khác số tính từ tiến độ (%(computed)s).")
                % {"name": figure.indicator.name, "computed": figure.computed.normalize()}
            )
        figure.save(update_fields=["value", "reason"])
    contribution.version += 1
    contribution.save(update_fields=["version"])
    log.record(events.CONTRIBUTION_EDITED, contribution, by=by, at=at)
    return contribution


@transaction.atomic
def confirm(*, contribution: Contribution, version: int, by: Appointment, at: datetime) -> Contribution:
    """The unit's head sends the unit's part; the office is told."""
    contribution = _open_for(contribution, version, by=by, at=at)
    contribution.state = ContributionState.CONFIRMED
    contribution.confirmed_at, contribution.confirmed_by = at, by
    contribution.returned_at = contribution.returned_by = None
    contribution.return_reason = ""
    contribution.save()
    log.record(events.CONTRIBUTION_CONFIRMED, contribution, by=by, at=at)
    send(messages.ContributionSent(contribution, by), at=at)
    return contribution


@transaction.atomic
def return_for_changes(*, contribution: Contribution, reason: str, by: Appointment, at: datetime) -> Contribution:
    """The office asks a unit to correct its part, with a reason."""
    contribution = (
        Contribution.objects.select_for_update(of=("self",))
        .select_related("period__profile", "unit")
        .get(pk=contribution.pk)
    )
    permissions.check(by, "reports.contribution.return", at=at, unit=contribution.unit)
    if contribution.state != ContributionState.CONFIRMED:
        raise NotAllowed(_("Đơn vị chưa gửi phần báo cáo nên chưa trả lại được."))
    if not reason.strip():
        raise NotAllowed(_("Hãy ghi lý do trả lại."))
    contribution.state = ContributionState.RETURNED
    contribution.confirmed_at = contribution.confirmed_by = None
    contribution.returned_at, contribution.returned_by, contribution.return_reason = at, by, reason
    contribution.save()
    log.record(events.CONTRIBUTION_RETURNED, contribution, by=by, at=at, reason=reason)
    send(messages.ContributionReturned(contribution, by), at=at)
    return contribution


@transaction.atomic
def remind(*, period: Period, by: Appointment, at: datetime, contribution: Contribution | None = None) -> int:
    """Call the period to the mind of the units that have not sent their part (or of one); how many were reminded."""
    permissions.check(by, "reports.period.open", at=at, unit=period.profile.organisation)
    late = (
        Contribution.objects.filter(period=period)
        .exclude(state=ContributionState.CONFIRMED)
        .select_related("unit", "period")
    )
    if contribution is not None:
        late = late.filter(pk=contribution.pk)
    for each in late:
        log.record(events.CONTRIBUTION_REMINDED, each, by=by, at=at)
        send(messages.ContributionLate(each, by), at=at)
    return len(late)
