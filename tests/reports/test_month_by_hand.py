"""A month computed by hand: both sides of the 14th/15th, Tết, a leap day, a balance, a unit that ended in another."""

from datetime import date
from decimal import Decimal

import pytest

from campaigns.models import Indicator, Rollup
from reports import contributions, queries, workflow
from reports.collect import collect
from reports.defaults import ensure_indicators
from reports.models import Contribution
from tests.factories.reports import indicator, moment
from units.models import Succession

pytestmark = pytest.mark.django_db
AT = moment(date(2024, 3, 18))


def balance(name: str, incoming: Indicator, outgoing: Indicator) -> Indicator:
    return Indicator.objects.create(
        code="ton-thu", group="Thử", name=name, measure="đơn", rollup=Rollup.BALANCE, incoming=incoming,
        outgoing=outgoing, position=900,
    )  # fmt: skip


def test_every_figure_of_a_month(reporting):
    house = reporting.house
    came, done, models = indicator("Nhận"), indicator("Giải quyết"), indicator("Mô hình", Rollup.LAST)
    share = indicator("Tỷ lệ", Rollup.RATIO, (done, came))
    left = balance("Tồn", came, done)
    one = reporting.task(house.department, given=date(2024, 1, 10), due=date(2024, 3, 20))
    two = reporting.task(house.other, given=date(2024, 1, 10), due=date(2024, 3, 20))
    reporting.entry(one, date(2024, 2, 14), {came: 100})  # the last day of February's period, Tết
    reporting.entry(one, date(2024, 2, 15), {came: 4, done: 1, models: 2})
    reporting.entry(one, date(2024, 2, 29), {came: 3, done: 2, models: 5})
    reporting.entry(two, date(2024, 3, 14), {came: 5, done: 4, models: 1})
    reporting.entry(two, date(2024, 3, 15), {came: 50})
    reporting.entry(two, date(2024, 3, 1), {came: 7}, is_confirmed=False)
    february = reporting.open(2024, 2, at=moment(date(2024, 2, 16)))
    reporting.send(february, at=moment(date(2024, 2, 16)))
    period = reporting.open(2024, 3, at=AT)
    reporting.send(period, at=AT)
    found = {figure.indicator_id: figure for figure in collect(period, on=date(2024, 3, 18)).figures}
    values = {key: figure.value for key, figure in found.items()}
    assert values == {
        came.pk: Decimal(12), done.pk: Decimal(7), models.pk: Decimal(6), share.pk: Decimal("58.33"),
        left.pk: Decimal(105),  # 100 left of February, + 12 − 7
    }  # fmt: skip
    report = reporting.compile(period, at=AT)
    for each in (came, done, models):
        sources = queries.sources_of_report(report, each.pk)
        assert sum(value or 0 for _entry, value in sources.entries) == sources.value
    sources = queries.sources_of_report(report, left.pk)
    assert (sources.opening, [part.value for part in sources.parts]) == (Decimal(100), [Decimal(12), Decimal(7)])


def test_a_unit_that_ended_in_another_is_counted_once(reporting):
    house = reporting.house
    meetings = indicator("Hội nghị")
    task = reporting.task(house.other, given=date(2024, 1, 10), due=date(2024, 3, 20))
    reporting.entry(task, date(2024, 2, 20), {meetings: 3}, text="Việc của đơn vị cũ")
    period = reporting.open(2024, 3, at=moment(date(2024, 2, 28)))
    house.other.dissolved_on = date(2024, 3, 1)
    house.other.save()
    merger = Succession.objects.create(kind=Succession.Kind.MERGED, on=date(2024, 3, 1))
    merger.predecessors.add(house.other)
    merger.successors.add(house.department)
    reporting.send(period, house.department, at=AT)
    assert Contribution.objects.get(period=period, unit=house.other).merged_into == reporting.part(
        period, house.department
    )
    found = collect(period, on=date(2024, 3, 18))
    assert [(figure.name, figure.value) for figure in found.figures] == [("Hội nghị", Decimal(3))]
    assert [line.text for line in found.lines] == ["Việc của đơn vị cũ"]
    assert house.other.name not in found.missing_units


def test_a_balance_typed_with_a_reason_stays(reporting):
    ensure_indicators()
    came, done = indicator("Nhận"), indicator("Giải quyết")
    left = balance("Tồn", came, done)
    task = reporting.task(reporting.house.department, given=date(2024, 1, 10), due=date(2024, 3, 20))
    reporting.entry(task, date(2024, 3, 1), {came: 4, done: 1})
    period = reporting.open(2024, 3, at=AT)
    part = reporting.part(period, reporting.house.department)
    given = contributions.FigureInput(left.pk, Decimal(9), "Tồn 6 đơn từ năm trước.")
    contributions.save(
        contribution=part, version=part.version, lines=[], figures=[given], by=reporting.house.head, at=AT
    )
    figure = part.figures.get(indicator=left)
    assert (figure.computed, figure.value, figure.reason) == (Decimal(3), Decimal(9), "Tồn 6 đơn từ năm trước.")


def test_signer_follows_the_profile(reporting):
    from reports.workflow import _signer

    reporting.profile.signer_rule = "deputy"
    assert _signer(reporting.profile, date(2030, 1, 1)) == reporting.house.deputy
    assert workflow.due_after(reporting.profile, date(2024, 3, 14)) == date(2024, 3, 18)
