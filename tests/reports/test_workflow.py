"""Periods open and close, reports are compiled, edited and frozen."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import Event
from documents import workflow as official
from documents.models import Document
from documents.states import DocumentState
from notifications.models import Message
from reports import queries, workflow
from reports.models import Contribution, Period, Report
from tests.factories.plans import bring_to
from tests.factories.reports import indicator, moment
from units.permissions import NotAllowed, Outdated

pytestmark = pytest.mark.django_db
S = DocumentState
AT = moment(date(2024, 3, 18))


@pytest.fixture
def meetings(reporting):
    """Two meetings of the department in the month, confirmed and sent."""
    counted = indicator("Hội nghị")
    task = reporting.task(reporting.house.department, given=date(2024, 1, 10), due=date(2024, 3, 1))
    reporting.made = reporting.entry(task, date(2024, 3, 1), {counted: 2})
    reporting.task_row = task
    return counted


@pytest.fixture
def report(reporting, meetings) -> Report:
    period = reporting.open(2024, 3, at=AT)
    reporting.send(period, at=AT)
    return reporting.compile(period, at=AT)


class ReportPlan:
    """What `bring_to` asks of a plan."""

    def __init__(self, document: Document) -> None:
        self.document = document


def bring(report: Report, state: DocumentState, reporting) -> Document:
    house = reporting.house
    house.posts = house.posts | {"head": house.chief}  # the office drafts reports, its head confirms them
    return bring_to(ReportPlan(report.document), state, house)


# --- periods ----------------------------------------------------------------------------------------------------------
def test_open_period_fills_every_unit_with_a_head_and_tells_it(reporting, meetings):
    house = reporting.house
    period = reporting.open(2024, 3, at=AT)
    assert (period.starts_on, period.ends_on, period.due_on) == (
        date(2024, 2, 15), date(2024, 3, 14), date(2024, 3, 18),
    )  # fmt: skip
    parts = Contribution.objects.filter(period=period)
    assert {part.unit for part in parts} == {house.office_unit, house.department, house.other}
    assert [figure.value for part in parts for figure in part.figures.all()] == [Decimal(2)]
    told = Message.objects.filter(name="reports_period_opened").values_list("user", flat=True)
    assert sorted(told) == sorted(post.user_id for post in (house.chief, house.head, house.other_head))


def test_open_period_twice_is_one_period_told_once(reporting):
    first, second = reporting.open(2024, 3, at=AT), reporting.open(2024, 3, at=AT)
    assert first == second
    assert Contribution.objects.count() == Message.objects.filter(name="reports_period_opened").count() == 3
    assert Event.objects.filter(name="reports.period.opened").count() == 1


@pytest.mark.parametrize("month", [0, 13, -1])
def test_open_period_refuses_a_month_that_does_not_exist(reporting, month):
    with pytest.raises(NotAllowed, match="không có kỳ kết thúc vào tháng đó"):
        reporting.open(2024, month)


def test_only_the_office_opens_and_compiles(reporting):
    house, period = reporting.house, reporting.open(2024, 3, at=AT)
    for by in (house.head, house.officer, house.clerk, house.director, house.admin, reporting.board):
        with pytest.raises(NotAllowed):
            workflow.open_period(profile=reporting.profile, year=2024, month=4, by=by, at=AT)
        with pytest.raises(NotAllowed):
            workflow.compile(period=period, by=by, at=AT)
    assert (Period.objects.count(), Report.objects.count()) == (1, 0)


# --- compiling --------------------------------------------------------------------------------------------------------
def test_compile_makes_a_draft_that_says_everything(reporting, report):
    document = report.document
    assert document.title == (
        "Kết quả công tác dân vận tháng 3 năm 2024, phương hướng, nhiệm vụ trọng tâm tháng 4 năm 2024"
    )
    assert (document.kind, document.symbol, document.signer) == ("BC", "BC-SKHTN", reporting.house.director)
    assert document.recipients.values_list("text", "unit").first() == ("Như trên", reporting.board.unit_id)
    texts = {section["key"]: section["text"] for section in report.sections}
    assert texts["leadership"] == "- Phòng Quản lý khoa học: Việc ngày 01/03"
    assert texts["tasks"].startswith("Trong kỳ có 1 nhiệm vụ được theo dõi")
    assert texts["weaknesses"].startswith("Còn 1 nhiệm vụ quá hạn chưa hoàn thành:")


def test_december_looks_to_january_of_the_next_year(reporting):
    report = reporting.compile(reporting.open(2025, 12))
    assert report.document.title.endswith("tháng 12 năm 2025, phương hướng, nhiệm vụ trọng tâm tháng 1 năm 2026")


def test_frozen_figures_stay_when_an_entry_is_withdrawn(reporting, report):
    kept = report.figures
    reporting.withdraw(reporting.made, date(2024, 3, 19))
    other = indicator("Khác")
    added = reporting.entry(reporting.task_row, date(2024, 3, 2), {other: 1})
    report.refresh_from_db()
    assert report.figures == kept
    assert workflow.changed_since(report) == {
        "added": [added.pk], "removed": [reporting.made.pk],
        "indicators": [kept["figures"][0]["indicator_id"], other.pk],
    }  # fmt: skip
    sources = queries.sources_of_report(report, kept["figures"][0]["indicator_id"])
    assert (sources.value, [value for _entry, value in sources.entries]) == (Decimal(2), [Decimal(2)])


def test_recompiling_makes_the_next_edition_and_puts_the_draft_away(reporting, report):
    second = reporting.compile(report.period, at=AT)
    report.document.refresh_from_db()
    assert (second.edition, report.document.state, second.document.state) == (2, S.DISCARDED, S.DRAFT)
    assert list(Report.objects.visible_to(reporting.house.office)) == [second]


def test_compile_of_an_edition_that_is_there_is_outdated(reporting, report):
    with pytest.raises(Outdated, match="vừa tổng hợp"):
        workflow.compile(period=report.period, by=reporting.house.office, at=AT, edition=1)
    report.document.refresh_from_db()
    assert (report.document.state, Report.objects.count()) == (S.DRAFT, 1)


@pytest.mark.parametrize(
    ("state", "words"),
    [(S.PROPOSED, "đang được trình"), (S.CHECKED, "đang được trình"), (S.SIGNED, "đã ký"), (S.ISSUED, "đã ký")],
)
def test_compile_is_refused_while_a_report_is_on_its_way(signing, report, state, words):
    bring(report, state, signing)
    with pytest.raises(NotAllowed, match=words):
        signing.compile(report.period, at=AT)


def test_unconfirmed_units_are_missing_from_figures_and_words(reporting, meetings):
    period = reporting.open(2024, 3, at=AT)
    reporting.send(period, reporting.house.other, at=AT)
    report = reporting.compile(period, at=AT)
    assert (report.figures["figures"], report.figures["lines"]) == ([], [])
    found = {problem.code: problem.message for problem in report.document.definition.problems(report.document)}
    assert found["late_units"] == "Còn 2 đơn vị chưa gửi phần báo cáo."


def test_without_a_director_the_report_cannot_be_proposed(reporting):
    house = reporting.house
    house.director.ends_on = date(2024, 3, 1)
    house.director.save()
    report = reporting.compile(reporting.open(2024, 3, at=AT), at=AT)
    with pytest.raises(NotAllowed, match="Chưa chọn người ký"):
        official.propose(document=report.document, by=house.office, at=AT)


# --- editing ----------------------------------------------------------------------------------------------------------
def edit(reporting, report, key, text, before, by=None):
    return workflow.edit_section(
        report=report, key=key, text=text, before=before, by=by or reporting.house.office, at=AT
    )


def words(report, key):
    return next(section["text"] for section in Report.objects.get(pk=report.pk).sections if section["key"] == key)


def test_two_editors_on_two_sections_do_not_meet(reporting, report):
    edit(reporting, report, "strengths", "Tốt", "")
    edit(reporting, report, "causes", "Thiếu người", "", by=reporting.house.chief)
    assert (words(report, "strengths"), words(report, "causes")) == ("Tốt", "Thiếu người")


def test_two_editors_on_one_section_see_each_other(reporting, report):
    edit(reporting, report, "strengths", "Của người thứ nhất", "")
    with pytest.raises(Outdated, match="Người khác vừa sửa phần này"):
        edit(reporting, report, "strengths", "Của người thứ hai", "", by=reporting.house.chief)
    assert words(report, "strengths") == "Của người thứ nhất"
    edit(reporting, report, "strengths", "Cả hai", "Của người thứ nhất", by=reporting.house.chief)
    assert words(report, "strengths") == "Cả hai"


def test_editing_a_submitted_report_takes_it_back_to_draft(reporting, report):
    official.propose(document=report.document, by=reporting.house.office, at=AT)
    edit(reporting, report, "strengths", "Tốt", "")
    report.document.refresh_from_db()
    assert (report.document.state, report.document.proposed_at) == (S.DRAFT, None)


def test_unknown_section_signed_report_and_wrong_post_are_refused(signing, report):
    with pytest.raises(NotAllowed, match="không có phần này"):
        edit(signing, report, "khong-co", "x", "")
    for by in (signing.house.officer, signing.house.director, signing.house.admin):
        with pytest.raises(NotAllowed):
            edit(signing, report, "strengths", "x", "", by=by)
    bring(report, S.SIGNED, signing)
    with pytest.raises(NotAllowed, match="đã ký"):
        edit(signing, report, "strengths", "x", "")


# --- the end of a period ----------------------------------------------------------------------------------------------
def test_issue_closes_the_period_and_recall_opens_it_again(signing, report):
    from reports import contributions

    house, period = signing.house, report.period
    document = bring(report, S.ISSUED, signing)
    period.refresh_from_db()
    assert period.closed_at is not None
    part = signing.part(period, house.department)
    with pytest.raises(NotAllowed, match="Kỳ báo cáo đã kết thúc"):
        contributions.return_for_changes(contribution=part, reason="x", by=house.office, at=AT)
    with pytest.raises(NotAllowed, match="đã kết thúc"):
        signing.open(2024, 3, at=AT)
    with pytest.raises(NotAllowed, match="đã kết thúc"):
        contributions.remind(period=period, by=house.office, at=AT)
    official.recall(document=document, reason="Sai số liệu", by=house.director, at=document.issued_at)
    period.refresh_from_db()
    assert period.closed_at is None
    assert signing.compile(period, at=AT).edition == 2
    assert list(Event.objects.about(period).order_by("id").values_list("name", flat=True)) == [
        "reports.period.opened", "reports.period.closed", "reports.period.reopened",
    ]  # fmt: skip


@pytest.mark.parametrize("verb", ["open", "compile", "edit"])
def test_failing_history_undoes_the_change(reporting, report, verb, monkeypatch):
    from audit import log

    def state():
        return (
            Period.objects.count(), Contribution.objects.count(), Message.objects.count(), Event.objects.count(),
            list(Report.objects.order_by("id").values_list("edition", "sections", "document__state")),
        )  # fmt: skip

    def broken(*args, **kwargs):
        raise RuntimeError("no history")

    before = state()
    monkeypatch.setattr(log, "record", broken)
    acts = {
        "open": lambda: reporting.open(2024, 4, at=AT),
        "compile": lambda: reporting.compile(report.period, at=AT),
        "edit": lambda: edit(reporting, report, "strengths", "Tốt", ""),
    }
    with pytest.raises(RuntimeError, match="no history"):
        acts[verb]()
    assert state() == before


FROZEN = {
    "figures": """'{"units": [], "figures": []}'""", "edition": "9", "frozen_at": "'2020-01-01'",
    "drafted": "'[]'", "sections": "'[]'",
}  # fmt: skip


@pytest.mark.parametrize(
    ("state", "kept"),
    [(S.DRAFT, {"figures", "edition", "frozen_at", "drafted"}), (S.SIGNED, set(FROZEN)), (S.ISSUED, set(FROZEN))],
)
def test_database_keeps_figures_from_the_compilation_and_words_from_the_signature(signing, report, state, kept):
    bring(report, state, signing)

    def is_refused(column: str) -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"UPDATE reports_report SET {column} = {FROZEN[column]} WHERE id = %s", [report.pk])
        except DatabaseError:
            return True
        return False

    assert {column for column in FROZEN if is_refused(column)} == kept


@pytest.mark.parametrize("state", [S.DRAFT, S.SIGNED])
def test_the_database_keeps_the_figures_that_are_added_up(reporting, report, signing, meetings, state):
    bring(report, state, reporting)
    refused = []
    for statement, values in (
        ("UPDATE reports_frozenfigure SET value = 9 WHERE report_id = %s", [report.pk]),
        ("DELETE FROM reports_frozenfigure WHERE report_id = %s", [report.pk]),
        ("INSERT INTO reports_frozenfigure (report_id, indicator_id, value) VALUES (%s, %s, 1)",
         [report.pk, indicator("Thêm sau").pk]),
    ):  # fmt: skip
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, values)
        except DatabaseError:
            refused.append(statement.split()[0])
    assert refused == (["UPDATE", "DELETE"] if state == S.DRAFT else ["UPDATE", "DELETE", "INSERT"])
