"""What progress says that a contribution does not say yet, and taking it over. Called under the contribution's lock."""

from dataclasses import dataclass
from decimal import Decimal

from campaigns.models import Indicator, ProgressEntry, Rollup
from reports import figures
from reports.figures import Computed
from reports.models import Contribution, ContributionFigure, ContributionLine
from reports.periods import Span

FOLLOWS = "Tính lại theo các số đã điều chỉnh."
"""The reason of a ratio whose parts were changed by hand: it is kept with the report, so it is not translated."""


@dataclass(frozen=True)
class News:
    """Entries whose sentence was not offered yet, sentences of withdrawn entries, figures that add up otherwise."""

    entries: tuple[ProgressEntry, ...]
    withdrawn: tuple[int, ...]
    figures: dict[int, Computed]

    def __bool__(self) -> bool:
        return bool(self.entries or self.withdrawn or self.figures)


def plain(value: Decimal, mark: str = ",") -> str:
    """A decimal without needless zeros or exponent, as a person types it."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", mark)


def entries_of(contribution: Contribution) -> list[ProgressEntry]:
    """Confirmed entries of the unit in the period, in the order of their days. One query."""
    period = contribution.period
    return list(
        ProgressEntry.objects.filter(
            unit=contribution.unit_id,
            happened_on__range=(period.starts_on, period.ends_on),
            confirmed_at__isnull=False,
            withdrawn_at__isnull=True,
        )
        .select_related("task")
        .order_by("happened_on", "id")
    )


def news(contribution: Contribution) -> News:
    """What is new since the contribution was filled. Four queries; changes nothing."""
    period = contribution.period
    taken = set(contribution.taken)
    entries = tuple(entry for entry in entries_of(contribution) if entry.pk not in taken)
    sentences = contribution.lines.filter(entry__withdrawn_at__isnull=False).select_related("entry")
    withdrawn = tuple(line.pk for line in sentences if line.entry is not None and line.text == line.entry.text)
    computed = figures.of_unit(contribution.unit_id, Span(period.starts_on, period.ends_on))
    stored = {
        figure.indicator_id: Computed(figure.computed, tuple(figure.sources))
        for figure in contribution.figures.exclude(indicator__rollup=Rollup.RATIO)
    }
    nothing = Computed(Decimal(0), ())
    changed = {
        key: computed.get(key, nothing)
        for key in sorted(computed.keys() | stored.keys())
        if computed.get(key, nothing) != stored.get(key, nothing)
    }
    return News(entries, withdrawn, changed)


def take_over(contribution: Contribution, found: News) -> None:
    """Write the news into lines and figures; the caller saves `taken` with the contribution."""
    contribution.lines.filter(pk__in=found.withdrawn).delete()
    _add_lines(contribution, found.entries)
    contribution.taken = [*contribution.taken, *(entry.pk for entry in found.entries)]
    present = {figure.indicator_id: figure for figure in contribution.figures.all()}
    for indicator_id, computed in found.figures.items():
        _renew(contribution, present.get(indicator_id), indicator_id, computed)
    renew_ratios(contribution)


def _add_lines(contribution: Contribution, entries: tuple[ProgressEntry, ...]) -> None:
    """A sentence for each entry; equal sentences of a section stand once."""
    present = list(contribution.lines.values_list("section", "text", "position"))
    known = {(section, text) for section, text, _position in present}
    position = max((row[2] for row in present), default=0)
    lines = []
    for entry in entries:
        if (entry.task.field, entry.text) in known:
            continue
        position += 1
        known.add((entry.task.field, entry.text))
        lines.append(
            ContributionLine(
                contribution=contribution, section=entry.task.field, position=position, text=entry.text, entry=entry
            )
        )
    ContributionLine.objects.bulk_create(lines)


def _renew(
    contribution: Contribution, figure: ContributionFigure | None, indicator_id: int, computed: Computed
) -> None:
    """Set what the entries add up to; a value that nobody changed by hand follows, one without entries goes."""
    if figure is None:
        figure = ContributionFigure(contribution=contribution, indicator_id=indicator_id)
    if not figure.reason:
        figure.value = computed.value
    figure.computed, figure.sources = computed.value, list(computed.sources)
    if figure.value == figure.computed:
        figure.reason = ""
    if figure.sources or figure.reason:
        figure.save()
    else:
        figure.delete()


def renew_ratios(contribution: Contribution) -> None:
    """Ratios follow from the parts as they are reported; what the entries give stands beside it."""
    rows = list(contribution.figures.select_related("indicator"))
    parts = {row.indicator_id: row for row in rows if row.indicator.rollup != Rollup.RATIO}
    computed = figures.ratios({key: row.computed for key, row in parts.items()})
    reported = figures.ratios({key: row.value for key, row in parts.items()})
    kept = []
    for indicator in computed.keys() | reported.keys():
        kept.append(_ratio(contribution, indicator, parts, computed.get(indicator), reported.get(indicator)).pk)
    contribution.figures.filter(indicator__rollup=Rollup.RATIO).exclude(pk__in=kept).delete()


def _ratio(
    contribution: Contribution,
    indicator: Indicator,
    parts: dict[int, ContributionFigure],
    computed: Decimal | None,
    reported: Decimal | None,
) -> ContributionFigure:
    both = [parts[key] for key in (indicator.numerator_id, indicator.denominator_id) if key in parts]
    first, second = computed or Decimal(0), reported or Decimal(0)
    figure, _is_new = ContributionFigure.objects.update_or_create(
        contribution=contribution,
        indicator=indicator,
        defaults={
            "computed": first,
            "value": second,
            "reason": "" if first == second else FOLLOWS,
            "sources": sorted({source for part in both for source in part.sources}),
        },
    )
    return figure
