"""Pages of reports: who sees what, what is asked of the database, and every bad input with its sentence."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from documents.models import Job, JobState
from documents.states import DocumentState
from reports import contributions, queries
from reports.models import Period, Report
from tests.factories.directives import make_directive
from tests.factories.plans import bring_to
from tests.factories.reports import indicator, moment
from tests.reports.test_workflow import ReportPlan

pytestmark = pytest.mark.django_db
AT = moment(date(2024, 3, 18))


def urls(shown) -> dict[str, str]:
    part, report = shown.part(shown.period, shown.house.department), shown.report
    return {
        "list": reverse("reports:list"),
        "period": reverse("reports:period", args=[shown.period.pk]),
        "contribution": reverse("reports:contribution", args=[part.pk]),
        "contribution_sources": reverse("reports:contribution_sources", args=[part.pk, shown.meetings.pk]),
        "detail": reverse("reports:detail", args=[report.pk]),
        "section": reverse("reports:section", args=[report.pk, "strengths"]),
        "figure_sources": reverse("reports:figure_sources", args=[report.pk, shown.meetings.pk]),
        "task_sources": reverse("reports:task_sources", args=[report.pk, shown.house.department.pk, "overdue"]),
        "open_period": reverse("reports:open_period"),
    }


READS = {"list": 200, "period": 200, "detail": 200, "figure_sources": 200, "task_sources": 200}
READER = READS | {"contribution": 404, "contribution_sources": 404, "section": 302, "open_period": 404}
OWN = READER | {"contribution": 200, "contribution_sources": 200}
OFFICE = OWN | {"section": 200, "open_period": 200}
NOTHING = dict.fromkeys(READER, 404)
SEEN = {
    "office": OFFICE, "chief": OFFICE, "head": OWN, "officer": OWN, "other_head": READER, "clerk": READER,
    "director": OWN, "deputy": OWN, "admin": NOTHING,
}  # fmt: skip


@pytest.mark.parametrize("role", SEEN)
def test_every_page_for_every_role(client, shown, role):
    client.force_login(shown.house.posts[role].user)
    assert {name: client.get(url).status_code for name, url in urls(shown).items()} == SEEN[role]


def test_other_houses_and_recipients_see_nothing_of_a_draft(client, shown):
    client.force_login(shown.board.user)
    assert {name: client.get(url).status_code for name, url in urls(shown).items()} == NOTHING


def test_recipient_is_led_from_an_issued_report_to_what_was_received(client, signing):
    period = signing.open(2024, 3, at=AT)
    signing.send(period, at=AT)
    report = signing.compile(period, at=AT)
    signing.house.posts = signing.house.posts | {"head": signing.house.chief}
    bring_to(ReportPlan(report.document), DocumentState.ISSUED, signing.house)
    client.force_login(signing.board.user)
    answer = client.get(reverse("reports:detail", args=[report.pk]))
    assert answer.url == reverse("documents:received_detail", args=[report.document_id])
    assert client.get(answer.url).status_code == 200
    assert client.get(reverse("reports:section", args=[report.pk, "strengths"])).status_code == 404


def test_unknown_rows_are_404(client, shown):
    client.force_login(shown.house.office.user)
    report = shown.report
    missing = [
        reverse("reports:period", args=[10**6]), reverse("reports:detail", args=[10**6]),
        reverse("reports:contribution", args=[10**6]), reverse("reports:job", args=[10**6]),
        reverse("reports:section", args=[report.pk, "khong-co"]),
        reverse("reports:section", args=[report.pk, "results"]),
        reverse("reports:figure_sources", args=[report.pk, 10**6]),
        reverse("reports:task_sources", args=[report.pk, 10**6, "overdue"]),
        reverse("reports:task_sources", args=[report.pk, shown.house.department.pk, "khac"]),
    ]  # fmt: skip
    assert {url: client.get(url).status_code for url in missing} == dict.fromkeys(missing, 404)


def test_detail_shows_figures_that_open(client, shown):
    client.force_login(shown.house.office.user)
    page = client.get(urls(shown)["detail"]).content.decode()
    assert "1.234" in page
    assert urls(shown)["figure_sources"] in page
    assert urls(shown)["task_sources"] in page


def test_sources_open_in_the_side_panel(client, shown):
    client.force_login(shown.house.office.user)
    answer = client.get(urls(shown)["figure_sources"], headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert answer.context["sources"].value == 1234
    ratio = client.get(reverse("reports:figure_sources", args=[shown.report.pk, shown.share.pk])).context["sources"]
    assert (ratio.value, [part.value for part in ratio.parts]) == (75, [3, 4])


# --- queries ----------------------------------------------------------------------------------------------------------
FRAME = 8
"""Queries of the frame at most: session, user, post, messages, its navigation."""


@pytest.mark.parametrize("name", ["list", "period", "contribution", "detail"])
def test_pages_ask_as_much_for_one_unit_as_for_three(client, shown, name):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    house, counts = shown.house, []
    client.force_login((house.head if name == "contribution" else house.office).user)
    client.get(urls(shown)[name])
    with CaptureQueriesContext(connection) as one:
        client.get(urls(shown)[name])
    counts.append(len(one))
    for unit in (house.other, house.office_unit):
        task = shown.task(unit, given=date(2024, 1, 10), due=date(2024, 3, 1))
        for day in (1, 2, 3):
            shown.entry(task, date(2024, 3, day), {shown.meetings: day})
        shown.send(shown.period, unit, at=AT)
    shown.report = shown.compile(shown.period, at=AT)
    shown.open(2024, 4, at=AT)
    with CaptureQueriesContext(connection) as three:
        client.get(urls(shown)[name])
    counts.append(len(three))
    assert counts[0] == counts[1]
    assert counts[0] <= 10 + FRAME


# --- opening ----------------------------------------------------------------------------------------------------------
def test_open_a_period(client, reporting):
    client.force_login(reporting.house.office.user)
    answer = client.post(reverse("reports:open_period"), {"profile": reporting.profile.pk, "month": 3, "year": 2024})
    assert answer.url == reverse("reports:period", args=[Period.objects.get().pk])


@pytest.mark.parametrize(("month", "year"), [("13", "2024"), ("0", "2024"), ("ba", "2024"), ("3", "1999"), ("", "")])
def test_a_month_that_does_not_exist_is_refused_in_place(client, reporting, month, year):
    client.force_login(reporting.house.office.user)
    data = {"profile": reporting.profile.pk, "month": month, "year": year}
    answer = client.post(reverse("reports:open_period"), data)
    assert (answer.status_code, bool(answer.context["form"].errors), Period.objects.count()) == (200, True, 0)


def test_a_foreign_profile_is_refused(client, reporting):
    from reports.defaults import ensure_profile
    from tests.factories.plans import make_house

    foreign = ensure_profile(make_house("Sở khác", "SK").organisation, recipient=None)
    client.force_login(reporting.house.office.user)
    answer = client.post(reverse("reports:open_period"), {"profile": foreign.pk, "month": 3, "year": 2024})
    assert (list(answer.context["form"].errors), Period.objects.count()) == (["profile"], 0)


# --- contributing -----------------------------------------------------------------------------------------------------
def typed(part, **changes: str) -> dict[str, str]:
    """The page's fields as a browser sends them."""
    figures = list(part.figures.exclude(indicator__rollup="ratio").order_by("indicator__position"))
    data = {
        "version": str(part.version), "line-TOTAL_FORMS": "1", "line-INITIAL_FORMS": "1",
        "line-0-section": "leadership", "line-0-text": "Đã tổ chức hội nghị", "line-0-entry": "",
        "figure-TOTAL_FORMS": str(len(figures)), "figure-INITIAL_FORMS": str(len(figures)),
        "added-indicator": "", "added-value": "", "added-reason": "",
    }  # fmt: skip
    for place, figure in enumerate(figures):
        data |= {
            f"figure-{place}-indicator": str(figure.indicator_id), f"figure-{place}-reason": figure.reason,
            f"figure-{place}-value": f"{figure.value:f}".replace(".", ","),
        }  # fmt: skip
    return data | changes


def post(client, part, **changes: str):
    return client.post(reverse("reports:contribution", args=[part.pk]), typed(part, **changes))


def stored(part) -> list[str]:
    return [str(value) for value in part.figures.order_by("indicator__position").values_list("value", flat=True)]


def test_save_what_was_typed(client, part):
    answer = post(client, part, **{"figure-0-value": "1.300,5", "figure-0-reason": "Thêm", "line-0-text": "Mới"})
    assert answer.url == reverse("reports:contribution", args=[part.pk])
    assert stored(part) == ["1300.50", "4.00", "3.00", "75.00"]
    assert list(part.lines.values_list("text", flat=True)) == ["Mới"]


def test_save_in_english_reads_english_numbers(client, part):
    client.cookies.load({"django_language": "en"})
    post(client, part, **{f"figure-{place}-value": value for place, value in enumerate(("1,300.5", "4", "3"))},
         **{"figure-0-reason": "Thêm"})  # fmt: skip
    assert stored(part)[0] == "1300.50"


def test_add_an_indicator(client, part):
    gifts = indicator("Suất quà")
    post(client, part, **{"added-indicator": str(gifts.pk), "added-value": "7", "added-reason": "Trao cùng Công đoàn"})
    assert stored(part)[-1] == "7.00"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"figure-0-value": "nhiều"}, "Hãy ghi một số, ví dụ 12 hoặc 12,5."),
        ({"figure-0-value": ""}, "Hãy ghi số; không có thì ghi 0."),
        ({"figure-0-value": "-1"}, "Số không được âm."),
        ({"figure-0-value": "1,234"}, "Nhiều nhất hai chữ số sau dấu phẩy."),
        ({"figure-0-value": "9" * 20}, "Số quá lớn."),
        ({"figure-0-value": "1e99"}, "Số quá lớn."),
        ({"figure-0-value": "NaN"}, "Hãy ghi một số"),
        ({"figure-0-value": "Infinity"}, "Hãy ghi một số"),
        ({"figure-0-reason": "x" * 501}, "Có ô chưa đúng"),
        ({"line-0-text": "x" * 4001}, "Có ô chưa đúng"),
        ({"figure-0-value": "5", "figure-0-reason": "  "}, "Hãy ghi lý do vì sao"),
        ({"version": "1"}, "đã có bản mới hơn"),
        ({"version": "abc"}, "đã có bản mới hơn"),
        ({"version": ""}, "đã có bản mới hơn"),
        ({"line-TOTAL_FORMS": "abc"}, "không nguyên vẹn"),
        ({"figure-INITIAL_FORMS": ""}, "không nguyên vẹn"),
        ({"line-TOTAL_FORMS": "100000"}, "Có ô chưa đúng"),
        ({"line-0-section": "khong-co"}, "Có ô chưa đúng"),
        ({"line-0-entry": "x"}, "Có ô chưa đúng"),
        ({"figure-0-indicator": "x"}, "Có ô chưa đúng"),
        ({"figure-0-indicator": "999999"}, "Không có chỉ tiêu này."),
        ({"added-value": "7"}, "Chọn chỉ tiêu."),
        ({"added-indicator": "999999", "added-value": "7"}, "Có ô chưa đúng"),
    ],
)
def test_bad_input_is_refused_with_its_sentence_and_kept(client, part, changes, words):
    before = stored(part)
    answer = post(client, part, **changes)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert words in page
    assert stored(part) == before
    torn = words == "không nguyên vẹn"
    assert (changes.get("line-0-text", "Đã tổ chức hội nghị") in page) is not torn


def test_counters_that_hide_rows_leave_those_figures_as_they_are(client, part):
    post(client, part, **{"figure-TOTAL_FORMS": "0", "figure-INITIAL_FORMS": "0"})
    assert stored(part) == ["1234.00", "4.00", "3.00", "75.00"]


def test_refill_takes_over_what_is_new(client, shown, part):
    task = shown.task(shown.house.department, given=date(2024, 1, 10))
    shown.entry(task, date(2024, 3, 5), {shown.meetings: 1})
    url = reverse("reports:contribution", args=[part.pk])
    assert "Cập nhật từ tiến độ" in client.get(url).content.decode()
    client.post(reverse("reports:refill", args=[part.pk]))
    assert stored(part)[0] == "1235.00"
    assert "Cập nhật từ tiến độ" not in client.get(url).content.decode()


def test_reading_the_page_writes_nothing(client, shown, part):
    task = shown.task(shown.house.department, given=date(2024, 1, 10))
    shown.entry(task, date(2024, 3, 5), {shown.meetings: 1})
    client.get(reverse("reports:contribution", args=[part.pk]))
    part.refresh_from_db()
    assert stored(part)[0] == "1234.00"


def test_return_needs_a_reason(client, shown):
    part = shown.part(shown.period, shown.house.department)
    client.force_login(shown.house.office.user)
    url = reverse("reports:return_contribution", args=[part.pk])
    said = []
    for reason in (" ", "Thiếu số liệu"):
        answer = client.post(url, {"reason": reason})
        said.append([str(message) for message in get_messages(answer.wsgi_request)][-1])
    assert said == ["Hãy ghi lý do trả lại.", "Đã trả lại phần báo cáo cho đơn vị."]


def test_remind_from_the_page_and_from_the_matrix(client, shown):
    client.force_login(shown.house.office.user)
    unit = shown.part(shown.period, shown.house.other)
    said = []
    for url in (reverse("reports:remind_unit", args=[unit.pk]), reverse("reports:remind", args=[shown.period.pk]),
                reverse("reports:remind", args=[shown.period.pk])):  # fmt: skip
        answer = client.post(url)
        said.append([str(message) for message in get_messages(answer.wsgi_request)][-1])
    assert said == ["Đã nhắc 1 đơn vị.", "Đã nhắc 1 đơn vị.", "Hôm nay đã nhắc các đơn vị chưa gửi."]


def test_the_matrix_offers_one_press_for_all_late_units(client, shown):
    button = f'action="{reverse("reports:remind", args=[shown.period.pk])}"'
    client.force_login(shown.house.office.user)
    assert client.get(reverse("reports:list")).content.decode().count(button) == 1
    client.force_login(shown.house.director.user)
    assert button not in client.get(reverse("reports:list")).content.decode()


def test_a_returned_part_is_shown_as_returned_though_its_day_is_over(shown):
    part = shown.part(shown.period, shown.house.department)
    contributions.return_for_changes(contribution=part, reason="Thiếu", by=shown.house.office, at=AT)
    part.refresh_from_db()
    assert queries.cell_state(part, shown.period, date(2024, 4, 1)) == "returned"


# --- editing ----------------------------------------------------------------------------------------------------------
def test_edit_a_section_and_meet_another_editor(client, shown):
    client.force_login(shown.house.office.user)
    url = urls(shown)["section"]
    assert client.post(url, {"text": "Dòng một\r\n- Dòng hai", "before": ""}).status_code == 302
    again = client.post(url, {"text": "Của tôi", "before": ""})
    page = again.content.decode()
    assert "Người khác vừa sửa phần này" in page
    assert "Của tôi" in page
    saved = client.post(url, {"text": "Cả hai", "before": again.context["form"]["before"].value()})
    assert saved.status_code == 302
    report = Report.objects.get(pk=shown.report.pk)
    assert [each["text"] for each in report.sections if each["key"] == "strengths"] == ["Cả hai"]


# --- compiling --------------------------------------------------------------------------------------------------------
def press(client, period, edition="1"):
    answer = client.post(reverse("reports:compile", args=[period.pk]), {"edition": edition})
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_press_compile_twice_is_one_job_and_one_report(client, reporting, run_jobs):
    period = reporting.open(2024, 3, at=AT)
    reporting.send(period, at=AT)
    client.force_login(reporting.house.office.user)
    press(client, period), press(client, period)
    assert Job.objects.count() == 1
    run_jobs()
    assert press(client, period) == ["Báo cáo lần 1 đã tổng hợp xong."]
    run_jobs()
    report = Report.objects.get()
    job = Job.objects.get()
    assert (report.edition, job.state, job.result["report"]) == (1, JobState.DONE, report.pk)
    line = client.get(reverse("reports:job", args=[job.pk]))
    assert line["HX-Redirect"] == reverse("reports:detail", args=[report.pk])
    press(client, period, "2")
    run_jobs()
    assert list(Report.objects.order_by("id").values_list("edition", flat=True)) == [1, 2]


def test_a_stopped_compilation_leads_back_to_its_period_and_is_begun_again(client, reporting, run_jobs):
    period = reporting.open(2024, 3, at=AT)
    client.force_login(reporting.house.office.user)
    press(client, period)
    page = client.post(reverse("documents:cancel_job", args=[Job.objects.get().pk]), follow=True)
    again = f"{reverse('reports:compile', args=[period.pk])}?edition=1"
    assert page.redirect_chain == [(reverse("reports:period", args=[period.pk]), 302)]
    assert ("Đã dừng công việc." in page.content.decode(), again in page.content.decode()) == (True, True)
    run_jobs()
    assert not Report.objects.exists()
    client.post(again)
    run_jobs()
    assert Report.objects.get().edition == 1


def test_compile_refusals(client, shown):
    house = shown.house
    client.force_login(house.officer.user)
    assert press(client, shown.period, "2") == ["Chức vụ của bạn không tổng hợp báo cáo."]
    client.force_login(house.office.user)
    assert press(client, shown.period, "x")[-1:] == ["Trang đã cũ. Hãy xem lại rồi bấm Tổng hợp."]
    assert press(client, shown.period, "9")[-1] == "Trang đã cũ. Hãy xem lại rồi bấm Tổng hợp."
    Period.objects.update(closed_at=AT)
    assert press(client, shown.period, "2")[-1] == "Kỳ báo cáo đã kết thúc."
    assert Job.objects.count() == 0


def test_failed_job_says_why_and_is_pressed_again(client, shown, run_jobs):
    """The report is on its way by the time the worker comes."""
    from documents import workflow as official

    client.force_login(shown.house.office.user)
    press(client, shown.period, "2")
    official.propose(document=shown.report.document, by=shown.house.office, at=AT)
    run_jobs()
    page = client.get(reverse("reports:period", args=[shown.period.pk])).content.decode()
    assert "đang được trình" in page
    assert f"{reverse('reports:compile', args=[shown.period.pk])}?edition=2" in page
    shown.house.posts["chief"].refresh_from_db()
    official.return_for_changes(document=shown.report.document, reason="x", by=shown.house.chief, at=AT)
    client.post(f"{reverse('reports:compile', args=[shown.period.pk])}?edition=2")
    run_jobs()
    assert Report.objects.order_by("-edition").first().edition == 2


def test_what_a_sent_part_cites_are_links(client, shown):
    known = make_directive(shown.house.clerk)
    part = shown.part(shown.period, shown.house.department)
    part.lines.create(section="other", position=99, text="Quán triệt Công văn số 365-CV/ĐUK")
    client.force_login(shown.house.office.user)

    page = client.get(reverse("reports:contribution", args=[part.pk])).content.decode()

    assert f'href="{reverse("directives:detail", args=[known.pk])}"' in page
