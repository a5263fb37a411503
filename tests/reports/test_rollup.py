"""Many organisations' frozen figures as one: sums added, ratios recomputed, in a constant number of queries."""

from datetime import date
from decimal import Decimal
from time import perf_counter

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Rollup
from documents.models import Document, Recipient
from documents.states import DocumentState
from reports import outline, queries, rollup, workflow
from reports.compose import compose
from reports.models import FrozenFigure, Period, Report, ReportProfile
from reports.rollup import Term
from tests.factories.reports import indicator, moment
from tests.factories.units import AppointmentFactory, UnitFactory
from units.roles import Role

pytestmark = pytest.mark.django_db
TERM = Term("month", 2024, 3)
"""One term of everybody."""


def issue(board, bodies, figures, by):
    """An issued report of each organisation to the board, with figures {indicator: value}; rows alone, for speed."""
    at = moment(date(2024, 3, 18))
    profiles = ReportProfile.objects.bulk_create(
        ReportProfile(organisation=body, name="Báo cáo tháng", subject="x", recipient=board) for body in bodies
    )
    periods = Period.objects.bulk_create(
        Period(profile=profile, year=2024, month=3, starts_on=date(2024, 2, 15), ends_on=date(2024, 3, 14),
               due_on=date(2024, 3, 18), opened_at=at) for profile in profiles
    )  # fmt: skip
    documents = Document.objects.bulk_create(
        Document(type="reports.report", organisation=body, drafting_unit=body, title="Báo cáo", symbol="BC-X",
                 created_by=by, created_at=at) for body in bodies
    )  # fmt: skip
    reports = Report.objects.bulk_create(
        Report(document=document, period=period, figures={"figures": []}, sections=[], drafted=[], frozen_at=at,
               frozen_by=by) for document, period in zip(documents, periods, strict=True)
    )  # fmt: skip
    FrozenFigure.objects.bulk_create(
        [FrozenFigure(report=report, indicator=each, value=value) for report in reports for each, value in figures],
        batch_size=5000,
    )
    Recipient.objects.bulk_create(
        Recipient(document=document, position=1, text="Như trên", unit=board) for document in documents
    )
    return documents


@pytest.fixture
def force_issued(monkeypatch):
    """The life cycle is tested elsewhere; here every state counts as issued."""
    monkeypatch.setattr("reports.models.report.IN_FORCE", tuple(DocumentState))


def test_sums_are_added_and_ratios_recomputed(reporting, force_issued):
    good, all_ = indicator("Đúng hạn"), indicator("Tất cả")
    share = indicator("Tỷ lệ", Rollup.RATIO, (good, all_))
    board, by = reporting.board.unit.organisation, reporting.house.office
    first, second = UnitFactory(), UnitFactory()
    issue(board, [first], [(good, 1), (all_, 2), (share, 50)], by)
    issue(board, [second], [(good, 90), (all_, 100), (share, 90)], by)
    assert {each.indicator: each.value for each in rollup.totals(board, TERM)} == {
        good: Decimal(91), all_: Decimal(102), share: Decimal("89.22"),
    }  # fmt: skip
    for each in (good, all_):
        rows = rollup.by_body(board, TERM, each)
        assert sum(row.value for row in rows) == next(
            total.value for total in rollup.totals(board, TERM) if total.indicator == each
        )


def test_who_is_missing(reporting, force_issued):
    board, by = reporting.board.unit.organisation, reporting.house.office
    sent = UnitFactory()
    issue(board, [sent], [], by)
    assert {body.organisation_id: body.state for body in rollup.bodies(board, TERM)} == {
        reporting.house.organisation.pk: "missing", sent.pk: "arrived",
    }  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_one_organisation_costs_as_many_queries_as_three(reporting, force_issued, django_assert_num_queries, count):
    board, by = reporting.board.unit.organisation, reporting.house.office
    figure = indicator("Tất cả")
    issue(board, [UnitFactory() for _ in range(count)], [(figure, 1)], by)
    with django_assert_num_queries(6):
        rollup.bodies(board, TERM)
        rollup.totals(board, TERM)


def test_thirty_four_provinces_of_150_organisations_within_two_seconds(reporting, force_issued, capsys):
    from units.models import Unit

    board, by = reporting.board.unit.organisation, reporting.house.office
    counted = [(indicator(f"Chỉ tiêu {number}"), number) for number in range(24)]
    bodies = Unit.objects.bulk_create(
        Unit(kind="organisation", name=f"Cơ quan {number}", position=number) for number in range(34 * 150)
    )
    issue(board, bodies, counted, by)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # what autovacuum does in a running database
    started = perf_counter()
    totals, shown = rollup.totals(board, TERM), rollup.bodies(board, TERM)
    seconds = perf_counter() - started
    with capsys.disabled():
        print(f"\nroll-up of {len(bodies)} reports: {seconds:.2f} s")  # noqa: T201 (a measurement)
    assert len(shown) == len(bodies) + 1
    assert [total.value for total in totals] == [Decimal(value * len(bodies)) for _each, value in counted]
    assert seconds < 2


@pytest.fixture
def rolled_up(reporting, force_issued):
    """The board's own report of two organisations that have reported and one that has not."""
    good, all_ = indicator("Đúng hạn"), indicator("Tất cả")
    share = indicator("Tỷ lệ", Rollup.RATIO, (good, all_))
    office = AppointmentFactory(unit=reporting.board.unit, role=Role.OFFICE)
    board = reporting.board.unit.organisation
    issue(board, [UnitFactory(name="Sở Một")], [(good, 1), (all_, 2), (share, 50)], reporting.house.office)
    issue(board, [UnitFactory(name="Sở Hai")], [(good, 90), (all_, 100), (share, 90)], reporting.house.office)
    profile = ReportProfile.objects.create(
        organisation=board, name="Tổng hợp", subject="Kết quả {period}", is_rollup=True, outline=outline.MONTHLY
    )
    at = moment(date(2024, 3, 20))
    period = workflow.open_period(profile=profile, year=2024, month=3, by=office, at=at)
    report = workflow.compile(period=period, by=office, at=at)
    return reporting, office, report, {each.name: each for each in (good, all_, share)}


def test_the_level_above_compiles_from_frozen_figures(rolled_up):
    reporting, _office, report, indicators = rolled_up
    kept = {figure["name"]: figure for figure in report.figures["figures"]}
    assert {name: Decimal(figure["value"]) for name, figure in kept.items()} == {
        "Đúng hạn": Decimal(91), "Tất cả": Decimal(102), "Tỷ lệ": Decimal("89.22"),
    }  # fmt: skip
    sources = queries.sources_of_report(report, indicators["Tất cả"].pk)
    assert [(name, value) for name, value, _report in sources.bodies] == [("Sở Một", 2), ("Sở Hai", 100)]
    ratio = queries.sources_of_report(report, indicators["Tỷ lệ"].pk)
    assert [(part.value, len(part.bodies)) for part in ratio.parts] == [(91, 2), (102, 2)]
    assert report.figures["missing_units"] == [reporting.house.organisation.name]
    assert workflow.changed_since(report) == {"added": [], "removed": [], "indicators": []}


def told(report, key):
    return next(each["text"] for each in report.sections if each["key"] == key)


def part(key, text, source=outline.FIELD):
    return {"key": key, "level": "2", "heading": key, "source": source, "text": text}


def test_what_reports_say_is_drafted_by_organisation_and_opens(client, rolled_up):
    """Words of a section go where its field goes; what an office wrote by itself, under the same key."""
    _reporting, office, report, _indicators = rolled_up
    below = {each.document.organisation.name: each for each in Report.objects.below(report.period)}
    for name, words in (("Sở Một", "- Phòng A: Mở hai lớp.\n- Phòng B: Phát 30 tin."), ("Sở Hai", "Không có gì mới.")):
        Document.objects.filter(report=below[name]).update(issuing_body=name)
        Report.objects.filter(pk=below[name].pk).update(
            sections=[part("leadership", words), part("proposals", f"{name} đề nghị.", outline.TEXT)]
        )
    report = workflow.compile(period=report.period, by=office, at=timezone.now())
    assert told(report, "leadership") == (
        "Sở Một:\n- Phòng A: Mở hai lớp.\n- Phòng B: Phát 30 tin.\nSở Hai:\nKhông có gì mới."
    )
    assert "Sở Hai đề nghị." in told(report, "proposals")
    assert told(report, "social") == ""
    client.force_login(office.user)
    page = client.get(reverse("reports:detail", args=[report.pk])).content.decode()
    assert page.count(f'href="{reverse("reports:detail", args=[below["Sở Một"].pk])}"') == 2


def test_long_words_of_many_reports_leave_each_organisation_its_share(monkeypatch, rolled_up):
    _reporting, office, report, _indicators = rolled_up
    monkeypatch.setattr("reports.collect.MOST_TOLD", 40)
    for each in Report.objects.below(report.period):
        Report.objects.filter(pk=each.pk).update(sections=[part("leadership", "Dòng một\nDòng hai\nDòng ba")])
    report = workflow.compile(period=report.period, by=office, at=timezone.now())
    assert (told(report, "leadership").count("Dòng hai"), "Dòng ba" in told(report, "leadership")) == (2, False)


def test_a_report_that_came_later_or_left_shows_as_changed_since(client, rolled_up):
    reporting, office, report, indicators = rolled_up
    board = reporting.board.unit.organisation
    left = Report.objects.below(report.period).order_by("id")[0]
    ReportProfile.objects.filter(pk=left.period.profile_id).update(recipient=None)
    issue(board, [UnitFactory(name="Sở Ba")], [(indicators["Tất cả"], 5)], reporting.house.office)
    came = Report.objects.below(report.period).order_by("-id")[0]
    Document.objects.filter(report=came).update(issuing_body="Sở Ba")
    assert workflow.changed_since(report) == {
        "added": [came.pk], "removed": [left.pk], "indicators": sorted(each.pk for each in indicators.values()),
    }  # fmt: skip
    client.force_login(office.user)
    page = client.get(reverse("reports:detail", args=[report.pk])).content.decode()
    assert "1 báo cáo của cấp dưới gửi đến thêm và 1 báo cáo đã dùng không còn hiệu lực" in page
    assert ("Sở Ba" in page, "Đổi sau khi chốt" in page) == (True, True)


def test_a_roll_up_says_what_it_lacks_and_counts_reports_as_its_sources(rolled_up):
    _reporting, _office, report, _indicators = rolled_up
    found = {problem.code: problem.message for problem in report.document.definition.problems(report.document)}
    assert found["missing_bodies"] == "Còn 1 cơ quan chưa gửi báo cáo khi chốt số liệu."
    assert "Công tác lãnh đạo, chỉ đạo, quán triệt, tuyên truyền" in found["empty_sections"]
    appendix = compose(report.document).appendices[0].blocks[0]
    assert [row[-1] for row in appendix.rows] == ["2", "2", "2"]
    assert "nhiệm vụ được theo dõi" not in "".join(section["text"] for section in report.sections)


def test_the_page_of_a_roll_up_period_shows_what_came_and_what_is_missing(client, rolled_up):
    reporting, office, report, _indicators = rolled_up
    client.force_login(office.user)
    page = client.get(reverse("reports:period", args=[report.period_id])).content.decode()
    assert [name in page for name in ("Sở Một", "Sở Hai", reporting.house.organisation.name)] == [True] * 3
    assert "Còn 1 cơ quan chưa gửi báo cáo" in page
    assert "Phần báo cáo của các đơn vị" not in page


def test_question_and_answer(reporting, force_issued):
    from units.permissions import NotAllowed

    board, by = reporting.board, reporting.house.office
    period = reporting.open(2024, 3, at=moment(date(2024, 3, 15)))
    report = reporting.compile(period, at=moment(date(2024, 3, 18)))
    with pytest.raises(NotAllowed, match="Không có câu hỏi"):
        rollup.answer(report=report, text="Trả lời", by=by, at=timezone.now())
    rollup.ask(report=report, text="Số này từ đâu?", by=board, at=timezone.now())
    assert [body.state for body in rollup.bodies(board.unit.organisation, TERM)] == ["asked"]
    rollup.answer(report=report, text="Từ phòng A.", by=by, at=timezone.now())
    assert list(report.remarks.values_list("kind", "text")) == [
        ("question", "Số này từ đâu?"), ("answer", "Từ phòng A."),
    ]  # fmt: skip
    with pytest.raises(NotAllowed, match="Hãy ghi nội dung"):
        rollup.ask(report=report, text="  ", by=board, at=timezone.now())
