"""Three months of the demonstration's reporting: two are told to their end, the third is in the middle."""

from decimal import Decimal

import pytest
from django.utils import timezone

from documents.models import Recipient
from documents.states import DocumentState
from reports import queries, workflow
from reports.figures import percent
from reports.models import Contribution, ContributionState, Period, Report
from reports.queries import Sources
from tests.stages import Stage

pytestmark = pytest.mark.django_db


def stated(sources: Sources) -> Decimal | None:
    """What the entries, adjustments and parts that a figure opens add up to."""
    parts = [stated(part) for part in sources.parts]
    if sources.opening is not None:
        came, went = (part or Decimal(0) for part in parts)
        return sources.opening + came - went
    if parts:
        return percent(*(part or Decimal(0) for part in parts))
    told = sum((value or Decimal(0) for _entry, value in sources.entries), Decimal(0))
    return told + sum((difference for _unit, difference, _why in sources.adjustments), Decimal(0))


def months() -> list[Report]:
    return list(Report.objects.select_related("document", "period").order_by("period__ends_on"))[-2:]


def test_two_months_are_issued_and_acknowledged(demo: Stage) -> None:
    assert [report.document.state for report in months()] == [DocumentState.ISSUED] * 2
    board = Recipient.objects.filter(document__report__in=months(), unit__name="Ban Dân vận Tỉnh ủy")
    assert [line.acknowledged_at is not None for line in board] == [True, True]


def test_the_third_month_waits_for_one_unit_and_one_corrects_its_part(demo: Stage) -> None:
    period = Period.objects.order_by("-id")[0]
    parts = Contribution.objects.filter(period=period)
    assert (period.closed_at, period.due_on < timezone.localdate()) == (None, True)
    assert dict(parts.missing().values_list("unit__short_name", "state")) == {
        "Phòng KHTC": ContributionState.RETURNED, "TT Ứng dụng": ContributionState.DRAFTING,
    }  # fmt: skip
    assert parts.filter(state=ContributionState.CONFIRMED).count() == 4


def test_every_figure_is_what_its_entries_add_up_to(demo: Stage) -> None:
    for report in Report.objects.all():
        for figure in report.figures["figures"]:
            sources = queries.sources_of_report(report, figure["indicator_id"])
            assert sources is not None
            assert (figure["name"], stated(sources), figure["sources"] != []) == (
                figure["name"], Decimal(figure["value"]), True,
            )  # fmt: skip
    assert [len(report.figures["figures"]) for report in months()] == [15, 15]


def test_every_figure_of_a_part_is_what_its_entries_add_up_to(demo: Stage) -> None:
    for part in Contribution.objects.all():
        for figure in part.figures.select_related("indicator"):
            sources = queries.sources_of_contribution(part, figure.indicator_id)
            assert sources is not None
            assert (figure.indicator.name, stated(sources)) == (figure.indicator.name, figure.computed)


def test_a_figure_was_corrected_after_its_report_was_frozen(demo: Stage) -> None:
    earlier, later = months()
    changed = workflow.changed_since(later)
    assert [len(ids) for ids in changed.values()] == [1, 1, 3]
    assert workflow.changed_since(earlier) == {"added": [], "removed": [], "indicators": []}
