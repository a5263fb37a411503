"""Three months of the demonstration's reporting: two are told to their end, the third is in the middle."""

import re
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Indicator
from documents.models import Recipient
from documents.states import DocumentState
from reports import queries, workflow
from reports.figures import percent
from reports.models import Contribution, ContributionState, Period, Report
from reports.queries import Sources
from tests.stages import Stage

pytestmark = pytest.mark.django_db
OFFICES = {"Sở KH&CN": "vanphong", "Ban Dân vận": "vanphong.bdv"}
FIGURE_LINK = re.compile(r'<a href="([^"]+)" hx-get="[^"]+"[^>]* class="figure-link">([\d.,]+)</a>')
"""A number that opens: its address and what it says."""


def stated(sources: Sources) -> Decimal | None:
    """What the entries, adjustments and parts that a figure opens add up to."""
    if sources.bodies:
        return sum((value for _name, value, _report in sources.bodies), Decimal(0))
    parts = [stated(part) for part in sources.parts]
    if sources.opening is not None:
        came, went = (part or Decimal(0) for part in parts)
        return sources.opening + came - went
    if parts:
        return percent(*(part or Decimal(0) for part in parts))
    told = sum((value or Decimal(0) for _entry, value in sources.entries), Decimal(0))
    return told + sum((difference for _unit, difference, _why in sources.adjustments), Decimal(0))


def months() -> list[Report]:
    own = Report.objects.filter(period__profile__is_rollup=False).select_related("document", "period")
    return list(own.order_by("period__ends_on"))[-2:]


def rolled_up() -> Report:
    return Report.objects.get(period__profile__is_rollup=True)


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
                figure["name"], Decimal(figure["value"]), not sources_are_reports(figure),
            )  # fmt: skip
    assert [len(report.figures["figures"]) for report in (*months(), rolled_up())] == [15, 15, 15]


def sources_are_reports(figure: dict[str, Any]) -> bool:
    return any(share["report_id"] for share in figure["by_unit"])


def test_every_number_on_every_report_page_opens_what_it_counts(demo: Stage, sign_in: Any) -> None:
    """All dotted numbers of all reports as the office sees them: figures, compared figures, cells of the task table."""
    opened = 0
    for report in Report.objects.select_related("document"):
        client = sign_in(OFFICES[report.document.organisation.short_name])
        page = client.get(reverse("reports:detail", args=[report.pk])).content.decode()
        for url, shown in FIGURE_LINK.findall(page):
            answer = client.get(url, headers={"HX-Request": "true"})
            assert (url, answer.status_code, counted(answer)) == (url, 200, number_of(shown))
            opened += 1
    assert opened > 150


def counted(answer: Any) -> Decimal | None:
    """What an opened number lists: tasks one by one, entries, parts or reports by their values."""
    if "sources" in answer.context:
        return stated(answer.context["sources"])
    return Decimal(len(answer.context["tasks"]))


def number_of(shown: str) -> Decimal:
    return Decimal(shown.replace(".", "").replace(",", "."))


def test_every_total_of_the_level_above_is_what_its_reports_say(demo: Stage, sign_in: Any) -> None:
    """Every term of the board's page: each total opens the reports that it is added up from."""
    client, opened = sign_in("bandanvan"), 0
    terms = client.get(reverse("reports:below")).context["terms"]
    for term in terms:
        page = client.get(term["url"])
        for url, shown in FIGURE_LINK.findall(page.content.decode()):
            answer = client.get(url.replace("&amp;", "&"), headers={"HX-Request": "true"})
            rows, parts = answer.context["rows"], answer.context["parts"]
            listed = sum((row.value for row in rows), Decimal(0))
            assert (url, len(rows) > 0) == (url, True)
            assert parts or listed == number_of(shown)
            opened += 1
    assert (len(terms), opened) == (4, 33)


@pytest.mark.parametrize(
    ("account", "place"),
    [("bandanvan", "below"), ("vanphong", "list"), ("giamdoc", "list")],
)
def test_every_post_finds_its_reports_in_the_rail(demo: Stage, sign_in: Any, account: str, place: str) -> None:
    rail = sign_in(account).get("/").context["navigation"]
    assert [link.url for link in rail if link.url.startswith("/bao-cao/")] == [reverse(f"reports:{place}")]


def test_the_office_above_alone_changes_the_common_catalogue(demo: Stage, sign_in: Any) -> None:
    common = reverse("reports:indicator_edit", args=[Indicator.objects.common()[0].pk])
    answers = {}
    for account in ("vanphong.bdv", "vanphong", "quantri", "bandanvan"):
        client = sign_in(account)
        page = client.get(reverse("reports:indicators"))
        answers[account] = (page.status_code, common in page.content.decode(), client.get(common).status_code)
    assert answers == {
        "vanphong.bdv": (200, True, 200), "vanphong": (200, False, 404), "quantri": (200, False, 404),
        "bandanvan": (404, False, 404),
    }  # fmt: skip


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
