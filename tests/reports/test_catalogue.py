"""The common catalogue and an organisation's own additions; indicators count while they are in use."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from campaigns.models import Indicator, Rollup
from reports import contributions, filling, profiles, rollup
from reports.collect import collect
from reports.contributions import FigureInput
from reports.models import ReportProfile
from reports.rollup import Term
from tests.factories.plans import make_house
from tests.factories.reports import indicator, moment
from tests.factories.units import AppointmentFactory
from units.permissions import NotAllowed
from units.roles import Role

pytestmark = pytest.mark.django_db
AT = moment(date(2024, 3, 18))
VALUES = {
    "code": "moi", "group": "Thử", "name": "Chỉ tiêu mới", "measure": "cuộc", "rollup": Rollup.SUM, "position": 500,
}  # fmt: skip


def own(organisation, name="Riêng", **changes):
    values = {"code": name.lower(), "group": "Thử", "name": name, "measure": "cuộc"} | changes
    return Indicator.objects.create(organisation=organisation, **values)


# --- who keeps what ---------------------------------------------------------------------------------------------------
def test_the_house_above_keeps_the_common_catalogue_and_others_add_their_own(reporting):
    board = AppointmentFactory(unit=reporting.board.unit, role=Role.OFFICE)
    made = [
        profiles.save_indicator(indicator=None, values=VALUES | {"code": code}, by=by, at=AT)
        for code, by in (("chung", board), ("rieng", reporting.house.office))
    ]
    assert [each.organisation for each in made] == [None, reporting.house.organisation]


def test_a_house_that_reports_to_nobody_keeps_the_catalogue_itself(reporting):
    ReportProfile.objects.update(recipient=None)
    made = profiles.save_indicator(indicator=None, values=VALUES, by=reporting.house.office, at=AT)
    assert made.organisation is None


def test_a_house_outside_the_reporting_keeps_nothing(reporting):
    assert profiles.keeps_catalogue(make_house().organisation) is False


def test_common_and_foreign_indicators_are_not_to_be_changed(reporting):
    for found in (indicator("Chung"), own(make_house().organisation)):
        with pytest.raises(NotAllowed):
            profiles.save_indicator(indicator=found, values=VALUES, by=reporting.house.office, at=AT)
        found.refresh_from_db()
        assert found.code != "moi"


def test_a_code_means_one_thing_to_its_readers(reporting):
    house, other = reporting.house, make_house()
    indicator("Chung").__class__.objects.filter(name="Chung").update(code="moi")
    with pytest.raises(NotAllowed, match="đã có chỉ tiêu khác dùng"):
        profiles.save_indicator(indicator=None, values=VALUES, by=house.office, at=AT)
    own(other.organisation, code="hai")
    assert profiles.save_indicator(indicator=None, values=VALUES | {"code": "hai"}, by=house.office, at=AT).pk
    board = AppointmentFactory(unit=reporting.board.unit, role=Role.OFFICE)
    with pytest.raises(NotAllowed, match="đã có chỉ tiêu khác dùng"):
        profiles.save_indicator(indicator=None, values=VALUES | {"code": "hai"}, by=board, at=AT)


@pytest.mark.parametrize("is_common", [True, False])
def test_the_database_keeps_codes_apart(reporting, is_common):
    organisation = None if is_common else reporting.house.organisation
    own(organisation)
    with pytest.raises(IntegrityError), transaction.atomic():
        own(organisation)


@pytest.mark.parametrize("first_is_common", [True, False])
def test_the_database_keeps_own_codes_apart_from_common_ones(reporting, first_is_common):
    owners = [None, reporting.house.organisation]
    first, second = owners if first_is_common else reversed(owners)
    own(first)
    with pytest.raises(IntegrityError, match="indicator_own_code_not_common"), transaction.atomic():
        own(second)
    own(second, code="khac")
    with pytest.raises(IntegrityError, match="indicator_own_code_not_common"), transaction.atomic():
        Indicator.objects.filter(code="khac").update(code="riêng")


def test_a_common_indicator_does_not_take_an_own_code_when_it_is_changed(reporting):
    own(reporting.house.organisation, code="hai")
    board = AppointmentFactory(unit=reporting.board.unit, role=Role.OFFICE)
    made = profiles.save_indicator(indicator=None, values=VALUES, by=board, at=AT)
    with pytest.raises(NotAllowed, match="đã có chỉ tiêu khác dùng"):
        profiles.save_indicator(indicator=made, values=VALUES | {"code": "hai"}, by=board, at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_a_common_and_an_own_indicator_entered_at_once_one_stands(reporting):
    """The database makes the second insert wait for the first one's end, then refuses it."""
    first_is_in, results = threading.Event(), []

    def second():
        first_is_in.wait(10)
        try:
            own(reporting.house.organisation, code="moi")
        except IntegrityError as error:
            results.append(str(error))
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with transaction.atomic():
        own(None, code="moi")
        first_is_in.set()
        thread.join(1)
        assert thread.is_alive()
    thread.join(10)
    assert ["indicator_own_code_not_common" in each for each in results] == [True]
    assert [each.organisation for each in Indicator.objects.filter(code="moi")] == [None]


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_enter_one_code_at_once_the_second_reads_why_not(reporting):
    board, start, results = AppointmentFactory(unit=reporting.board.unit, role=Role.OFFICE), threading.Barrier(2), []

    def enter(by):
        try:
            start.wait(10)
            results.append(profiles.save_indicator(indicator=None, values=VALUES, by=by, at=AT).code)
        except NotAllowed as refusal:
            results.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=enter, args=(by,)) for by in (board, reporting.house.office)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert sorted(results) == ["Mã này đã có chỉ tiêu khác dùng.", "moi"]


def test_a_foreign_part_is_refused(reporting):
    ReportProfile.objects.update(recipient=None)
    foreign = own(make_house().organisation)
    values = VALUES | {"rollup": Rollup.RATIO, "numerator": foreign, "denominator": indicator("Tất cả")}
    with pytest.raises(NotAllowed, match="không dùng được làm thành phần"):
        profiles.save_indicator(indicator=None, values=values, by=reporting.house.office, at=AT)


# --- what a period asks for -------------------------------------------------------------------------------------------
def test_a_period_asks_for_indicators_in_use_on_any_of_its_days(reporting):
    organisation = reporting.house.organisation
    wanted = [
        indicator("Luôn"), own(organisation, "Riêng"), own(None, "Cuoi", valid_until=date(2024, 2, 15)),
        own(None, "Dau", valid_from=date(2024, 3, 14)),
    ]  # fmt: skip
    own(None, "Truoc", valid_until=date(2024, 2, 14))
    own(None, "Sau", valid_from=date(2024, 3, 15))
    own(make_house().organisation, "La")
    period = reporting.open(2024, 3, at=AT)
    part = reporting.part(period, reporting.house.department)
    shipped = Indicator.objects.filter(group="Thử") | Indicator.objects.filter(group="Thử nghiệm")
    assert set(filling.asked_of(part) & shipped) == set(wanted)


def test_an_indicator_out_of_use_counts_no_more(reporting):
    kept, gone = indicator("Còn dùng"), indicator("Hết dùng")
    Indicator.objects.filter(pk=gone.pk).update(valid_until=date(2024, 2, 14))
    task = reporting.task(reporting.house.department, given=date(2024, 1, 10), due=date(2024, 3, 20))
    reporting.entry(task, date(2024, 3, 1), {kept: 4, gone: 9})
    period = reporting.open(2024, 3, at=AT)
    reporting.send(period, reporting.house.department, at=AT)
    assert [(each.name, each.value) for each in collect(period, on=date(2024, 3, 18)).figures] == [
        ("Còn dùng", Decimal(4))
    ]


@pytest.mark.parametrize("which", ["foreign", "out of use"])
def test_a_figure_of_an_indicator_that_is_not_asked_is_refused(reporting, which):
    organisation = make_house().organisation if which == "foreign" else None
    wrong = own(organisation, valid_until=None if organisation else date(2024, 2, 14))
    part = reporting.part(reporting.open(2024, 3, at=AT), reporting.house.department)
    with pytest.raises(NotAllowed, match="Không có chỉ tiêu này"):
        contributions.save(
            contribution=part, version=part.version, lines=[], figures=[FigureInput(wrong.pk, Decimal(1), "Vì")],
            by=reporting.house.head, at=AT,
        )  # fmt: skip


def test_a_foreign_ratio_does_not_follow_from_common_figures(reporting):
    part_of, whole = indicator("Đúng hạn"), indicator("Tất cả")
    own(make_house().organisation, rollup=Rollup.RATIO, numerator=part_of, denominator=whole)
    mine = own(reporting.house.organisation, "Mình", rollup=Rollup.RATIO, numerator=part_of, denominator=whole)
    task = reporting.task(reporting.house.department, given=date(2024, 1, 10), due=date(2024, 3, 20))
    reporting.entry(task, date(2024, 3, 1), {part_of: 1, whole: 4})
    period = reporting.open(2024, 3, at=AT)
    figures = reporting.part(period, reporting.house.department).figures
    assert list(figures.filter(indicator__rollup=Rollup.RATIO).values_list("indicator", "value")) == [
        (mine.pk, Decimal(25))
    ]


def test_the_level_above_adds_up_common_indicators_alone(reporting, monkeypatch):
    from documents.states import DocumentState

    monkeypatch.setattr("reports.models.report.IN_FORCE", tuple(DocumentState))
    common, mine = indicator("Chung"), own(reporting.house.organisation)
    task = reporting.task(reporting.house.department, given=date(2024, 1, 10), due=date(2024, 3, 20))
    reporting.entry(task, date(2024, 3, 1), {common: 3, mine: 5})
    period = reporting.open(2024, 3, at=AT)
    reporting.send(period, reporting.house.department, at=AT)
    reporting.compile(period, at=AT)
    totals = rollup.totals(reporting.board.unit, Term("month", 2024, 3))
    assert [(each.indicator, each.value) for each in totals] == [(common, Decimal(3))]


# --- the page ---------------------------------------------------------------------------------------------------------
def test_the_page_shows_common_and_own_and_leads_to_own(client, reporting):
    mine, foreign = own(reporting.house.organisation), own(make_house().organisation, "Khác nhà")
    common = indicator("Chung")
    client.force_login(reporting.house.office.user)
    page = client.get(reverse("reports:indicators")).content.decode()
    links = [reverse("reports:indicator_edit", args=[each.pk]) in page for each in (mine, common, foreign)]
    assert links == [True, False, False]
    assert ("Chung" in page, "Khác nhà" in page) == (True, False)
    answers = [client.get(reverse("reports:indicator_edit", args=[each.pk])).status_code for each in (common, foreign)]
    assert answers == [404, 404]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(client, reporting, count, django_assert_num_queries):
    parts = indicator("Một"), indicator("Hai")
    for number in range(count):
        own(reporting.house.organisation, f"r{number}", rollup=Rollup.RATIO, numerator=parts[0], denominator=parts[1])
    client.force_login(reporting.house.office.user)
    client.get("/")
    with django_assert_num_queries(5):
        assert client.get(reverse("reports:indicators")).status_code == 200
