"""What progress entries add up to, by kind of roll-up: sums, the last value of a stock, ratios from their parts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import QuerySet

from campaigns.models import Indicator, ProgressFigure, Rollup
from reports.periods import Span

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Computed:
    """A figure and the progress entries it was made of: their sum, or the last one's value alone for a stock."""

    value: Decimal
    sources: tuple[int, ...]


def percent(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """`part` of `whole` in per cent with two decimals, halves up; None for an empty whole."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(CENT, ROUND_HALF_UP) if whole else None


def counting(span: Span) -> QuerySet[ProgressFigure]:
    """Figures of the confirmed entries of these days, oldest first, of indicators in use on any of them; what was
    withdrawn counts no more."""
    return (
        ProgressFigure.objects.filter(
            entry__happened_on__range=(span.starts_on, span.ends_on),
            entry__confirmed_at__isnull=False,
            entry__withdrawn_at__isnull=True,
            indicator__in=Indicator.objects.valid_in(span.starts_on, span.ends_on),
        )
        .select_related("indicator", "entry")
        .order_by("entry__happened_on", "entry_id", "indicator_id")
    )


def of_units(rows: Iterable[ProgressFigure]) -> dict[int, dict[int, Computed]]:
    """Unit id → indicator id → figure. `rows` come oldest first. Ratios typed into entries are left out."""
    units: dict[int, dict[int, Computed]] = {}
    for row in rows:
        found = units.setdefault(row.entry.unit_id, {})
        before = found.get(row.indicator_id, Computed(Decimal(0), ()))
        if row.indicator.rollup == Rollup.LAST:
            found[row.indicator_id] = Computed(row.value, (row.entry_id,))
        elif row.indicator.rollup == Rollup.SUM:
            found[row.indicator_id] = Computed(before.value + row.value, (*before.sources, row.entry_id))
    return units


def of_unit(units: Iterable[int], span: Span) -> dict[int, Computed]:
    """Indicator id → figure of a unit and of those that ended in it (ids): of a stock, each one's last. One query."""
    found: dict[int, Computed] = {}
    for figures in of_units(counting(span).filter(entry__unit__in=units)).values():
        for key, each in figures.items():
            before = found.get(key, Computed(Decimal(0), ()))
            found[key] = Computed(before.value + each.value, tuple(sorted({*before.sources, *each.sources})))
    return found


def sources_by_indicator(organisation_id: int, span: Span) -> dict[int, set[int]]:
    """Indicator id → the entries that the organisation's units' figures are made of now. One query."""
    found: dict[int, set[int]] = {}
    for unit in of_units(counting(span).filter(entry__unit__organisation=organisation_id)).values():
        for key, each in unit.items():
            found.setdefault(key, set()).update(each.sources)
    return found


def ratios(values: Mapping[int, Decimal], indicators: Iterable[Indicator]) -> dict[Indicator, Decimal]:
    """The ratios among these that follow from the values: recomputed from their parts, never averaged.

    A part without a value counts as 0; without a whole there is no ratio.
    """
    found = {}
    for ratio in indicators:
        if ratio.denominator_id not in values:
            continue
        share = percent(values.get(ratio.numerator_id or 0, Decimal(0)), values[ratio.denominator_id or 0])
        if share is not None:
            found[ratio] = share
    return found


def balances(
    openings: Mapping[int, Decimal], values: Mapping[int, Decimal], indicators: Iterable[Indicator]
) -> dict[Indicator, Decimal]:
    """What is left at the end: opening + in − out, of each balance that has an opening or moved; never below zero."""
    found = {}
    for each in indicators:
        flows = (each.incoming_id or 0, each.outgoing_id or 0)
        if each.pk in openings or any(key in values for key in flows):
            came, went = (values.get(key, Decimal(0)) for key in flows)
            found[each] = max(Decimal(0), openings.get(each.pk, Decimal(0)) + came - went)
    return found
