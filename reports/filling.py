"""What progress says that a contribution does not say yet, and taking it over. Called under the contribution's lock."""

from dataclasses import dataclass
from decimal import Decimal

from campaigns.models import DERIVED, Indicator, ProgressEntry, Rollup
from campaigns.models.progress import IndicatorQuerySet
from documents.typography import nfc
from reports import figures
from reports.figures import Computed
from reports.models import Contribution, ContributionFigure, ContributionLine, ContributionState
from reports.periods import Span
from units.models import Succession

FOLLOWS = "Tính lại theo các số đã điều chỉnh."
"""The reason of a figure that follows from changed ones: it is kept with the report, so it is not translated."""


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


def units_of(contribution: Contribution) -> list[int]:
    """The unit and those that ended in it during the period, whose entries nobody else can send. Two queries.

    Of a unit that was split the first successor speaks; a part that its unit has sent itself stays where it is.
    """
    period = contribution.period
    ended = Succession.objects.filter(on__range=(period.starts_on, period.ends_on)).prefetch_related("successors")
    heirs: dict[int, int] = {}
    for each in ended.prefetch_related("predecessors"):
        heir = next(iter(sorted(each.successors.all(), key=lambda unit: (unit.position, unit.pk))), None)
        if heir is not None:
            heirs |= {unit.pk: heir.pk for unit in each.predecessors.all() if unit.pk != heir.pk and unit.dissolved_on}
    sent = (
        set(
            Contribution.objects.filter(period=period, unit__in=heirs, state=ContributionState.CONFIRMED).values_list(
                "unit_id", flat=True
            )
        )
        if heirs
        else set()
    )
    found = [contribution.unit_id]
    while added := [unit for unit, heir in heirs.items() if heir in found and unit not in found and unit not in sent]:
        found += added
    return found


def entries_of(contribution: Contribution, units: list[int]) -> list[ProgressEntry]:
    """Confirmed entries of these units in the period, in the order of their days. One query."""
    period = contribution.period
    return list(
        ProgressEntry.objects.filter(
            unit__in=units,
            happened_on__range=(period.starts_on, period.ends_on),
            confirmed_at__isnull=False,
            withdrawn_at__isnull=True,
        )
        .select_related("task")
        .order_by("happened_on", "id")
    )


def news(contribution: Contribution) -> News:
    """What is new since the contribution was filled. Seven queries at most; changes nothing."""
    period, units = contribution.period, units_of(contribution)
    taken = set(contribution.taken)
    entries = tuple(entry for entry in entries_of(contribution, units) if entry.pk not in taken)
    sentences = contribution.lines.filter(entry__withdrawn_at__isnull=False).select_related("entry")
    withdrawn = tuple(line.pk for line in sentences if line.entry and nfc(line.text) == nfc(line.entry.text))
    computed = figures.of_unit(units, Span(period.starts_on, period.ends_on))
    stored = {
        figure.indicator_id: Computed(figure.computed, tuple(figure.sources))
        for figure in contribution.figures.exclude(indicator__rollup__in=DERIVED)
    }
    nothing = Computed(Decimal(0), ())
    changed = {
        key: computed.get(key, nothing)
        for key in sorted(computed.keys() | stored.keys())
        if computed.get(key, nothing) != stored.get(key, nothing)
    }
    return News(entries, withdrawn, changed)


def absorb(contribution: Contribution) -> None:
    """Take over what the heads of units that ended in this one had written; their parts are asked of nobody."""
    ended = [unit for unit in units_of(contribution) if unit != contribution.unit_id]
    if not ended:
        return
    for other in Contribution.objects.filter(period=contribution.period_id, unit__in=ended).missing():
        other.lines.filter(entry__isnull=True).update(contribution=contribution)
        other.merged_into = contribution
        other.save(update_fields=["merged_into"])


def take_over(contribution: Contribution, found: News) -> None:
    """Write the news into lines and figures; the caller saves `taken` with the contribution."""
    contribution.lines.filter(pk__in=found.withdrawn).delete()
    _add_lines(contribution, found.entries)
    contribution.taken = [*contribution.taken, *(entry.pk for entry in found.entries)]
    present = {figure.indicator_id: figure for figure in contribution.figures.all()}
    for indicator_id, computed in found.figures.items():
        _renew(contribution, present.get(indicator_id), indicator_id, computed)
    renew_derived(contribution)


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


def renew_derived(contribution: Contribution) -> None:
    """Ratios and balances follow from the figures as they are reported; what the entries give stands beside it."""
    rows = list(contribution.figures.select_related("indicator"))
    parts = {row.indicator_id: row for row in rows if row.indicator.rollup not in DERIVED}
    openings, wanted = openings_of(contribution), list(asked_of(contribution).filter(rollup__in=DERIVED))
    computed = _derived(openings, {key: row.computed for key, row in parts.items()}, wanted)
    reported = _derived(openings, {key: row.value for key, row in parts.items()}, wanted)
    present = {row.indicator_id: row for row in rows if row.indicator.rollup in DERIVED}
    kept = []
    for indicator in computed.keys() | reported.keys():
        figure = present.get(indicator.pk) or ContributionFigure(contribution=contribution, indicator=indicator)
        _follow(figure, parts, computed.get(indicator, Decimal(0)), reported.get(indicator, Decimal(0)))
        kept.append(figure.pk)
    contribution.figures.filter(indicator__rollup__in=DERIVED, reason__in=["", FOLLOWS]).exclude(pk__in=kept).delete()


def openings_of(contribution: Contribution) -> dict[int, Decimal]:
    """What the unit reported as left at the end of its period before, by balance. One query."""
    before = (
        ContributionFigure.objects.filter(
            contribution__unit=contribution.unit_id,
            contribution__period__profile=contribution.period.profile_id,
            contribution__period__ends_on__lt=contribution.period.starts_on,
            indicator__rollup=Rollup.BALANCE,
        )
        .order_by("indicator_id", "-contribution__period__ends_on", "-contribution_id")
        .distinct("indicator_id")
    )
    return dict(before.values_list("indicator_id", "value"))


def asked_of(contribution: Contribution) -> IndicatorQuerySet:
    """The indicators that the unit may report of: the common ones and its organisation's own, in use in the period."""
    period = contribution.period
    offered = Indicator.objects.offered_to(period.profile.organisation_id)
    return offered.valid_in(period.starts_on, period.ends_on)


def _derived(
    openings: dict[int, Decimal], values: dict[int, Decimal], wanted: list[Indicator]
) -> dict[Indicator, Decimal]:
    ratios = figures.ratios(values, (each for each in wanted if each.rollup == Rollup.RATIO))
    return ratios | figures.balances(openings, values, (each for each in wanted if each.rollup == Rollup.BALANCE))


def _follow(
    figure: ContributionFigure, parts: dict[int, ContributionFigure], computed: Decimal, reported: Decimal
) -> None:
    """Set a figure that follows from others; a balance that the head typed with a reason stays as typed."""
    indicator = figure.indicator
    keys = (indicator.numerator_id, indicator.denominator_id, indicator.incoming_id, indicator.outgoing_id)
    figure.sources = sorted({source for key in keys if key in parts for source in parts[key].sources})
    figure.computed = computed
    if figure.reason in ("", FOLLOWS):
        figure.value, figure.reason = reported, "" if computed == reported else FOLLOWS
    elif figure.value == computed:
        figure.reason = ""
    figure.save()
