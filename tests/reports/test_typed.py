"""What people type and how it can be wrong: each one sentence in Vietnamese, and nothing typed is lost."""

from datetime import date

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from audit.models import Event
from documents import workflow as official
from documents.states import DocumentState
from notifications.models import Message
from reports import contributions
from reports.models import ContributionState, Period, Remark, Report
from tests.factories.plans import bring_to
from tests.factories.reports import moment
from tests.reports.test_pages import post, stored
from tests.reports.test_workflow import ReportPlan
from units.permissions import NotAllowed

pytestmark = pytest.mark.django_db
AT = moment(date(2024, 3, 18))
TYPED = "Đã tổ chức hội nghị toàn đơn vị"


# --- figures ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1.234,5", "1234.50"), ("1234,5", "1234.50"), ("1.234.567", "1234567.00"), ("1.234", "1234.00"),
        ("12.5", "12.50"), ("0,25", "0.25"), (" 7 ", "7.00"), ("0012", "12.00"),
        ("99.999.999.999.999,99", "99999999999999.99"),
    ],
)  # fmt: skip
def test_numbers_as_vietnamese_offices_type_them(client, part, typed, kept):
    post(client, part, **{"figure-0-value": typed, "figure-0-reason": "Đếm lại"})
    assert stored(part)[0] == kept
    page = client.get(reverse("reports:contribution", args=[part.pk])).content.decode()
    shown = kept.rstrip("0").rstrip(".") if "." in kept else kept
    whole, _mark, cents = shown.partition(".")
    assert f'value="{int(whole):,}'.replace(",", ".") + (f",{cents}" if cents else "") + '"' in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1.234,5,6", "Hãy ghi một số"), ("12 cuộc", "Hãy ghi một số"), ("1 234", "Hãy ghi một số"),
        ("1,234,567", "Hãy ghi một số"), ("-3", "Số không được âm."), ("−3", "Hãy ghi một số"),
        ("100.000.000.000.000", "Số quá lớn."), ("0,125", "Nhiều nhất hai chữ số sau dấu phẩy."),
        ("sNaN", "Hãy ghi một số"), ("=1+1", "Hãy ghi một số"), ("1\x002", "Hãy ghi một số"),
    ],
)  # fmt: skip
def test_a_wrong_number_is_refused_beside_its_field_and_stays_there(client, part, typed, words):
    answer = post(client, part, **{"figure-0-value": typed, "figure-0-reason": "Đếm lại", "line-0-text": TYPED})
    page = answer.content.decode()
    assert (answer.status_code, stored(part)[0]) == (200, "1234.00")
    assert (words in page, "Đếm lại" in page, TYPED in page) == (True, True, True)
    assert answer.context["forms"].figures.forms[0]["value"].value() == typed


# --- a part that can no longer be written -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("closed", "Kỳ báo cáo đã kết thúc."),
        ("sent", "Phần báo cáo đã gửi. Văn phòng trả lại thì mới sửa được."),
        ("newer", "Phần báo cáo đã có bản mới hơn sau khi bạn mở trang."),
    ],
)
def test_what_comes_too_late_is_refused_and_stays_in_sight(client, shown, part, what, words):
    if what == "closed":
        Period.objects.filter(pk=part.period_id).update(closed_at=AT)
    elif what == "sent":
        contributions.confirm(contribution=part, version=part.version, by=shown.house.head, at=AT)
    else:
        contributions.save(
            contribution=part, version=part.version, lines=[], figures=[], by=shown.house.head, at=AT
        )  # fmt: skip
    answer = post(client, part, **{"figure-0-value": "1.300", "figure-0-reason": "Đếm lại", "line-0-text": TYPED})
    page = answer.content.decode()
    assert (answer.status_code, stored(part)[0]) == (200, "1234.00")
    assert (words in page, TYPED in page, 'value="1.300"' in page, "Đếm lại" in page) == (True, True, True, True)
    assert ("Nội dung trên chưa lưu và không lưu được nữa" in page) is (what != "newer")


def test_a_part_of_a_closed_period_is_not_filled(client, part):
    Period.objects.filter(pk=part.period_id).update(closed_at=AT)
    answer = client.post(reverse("reports:refill", args=[part.pk]), follow=True)
    part.refresh_from_db()
    assert part.state == ContributionState.RETURNED
    assert "Kỳ báo cáo đã kết thúc." in answer.content.decode()


# --- sending ----------------------------------------------------------------------------------------------------------
def send(client, part, **changes):
    return post(client, part, send="1", **changes)


def state_of(part):
    part.refresh_from_db()
    return part.state


def unchanged(part):
    """The page's fields as they are stored."""
    line = part.lines.get()
    return {"line-0-section": line.section, "line-0-text": line.text, "line-0-entry": str(line.entry_id)}


def test_one_press_keeps_what_was_typed_and_sends_it(client, part):
    answer = send(
        client, part, **{"figure-0-value": "1.300", "figure-0-reason": "Đếm lại", "line-0-text": TYPED}
    )
    assert answer.url == reverse("reports:contribution", args=[part.pk])
    assert (state_of(part), stored(part)[0]) == (ContributionState.CONFIRMED, "1300.00")
    assert list(part.lines.values_list("text", flat=True)) == [TYPED]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"figure-0-value": "nhiều"}, "Hãy ghi một số"), ({"figure-0-value": "5"}, "Hãy ghi lý do vì sao"),
        ({"version": "1"}, "đã có bản mới hơn"), ({"line-0-section": ""}, "Chọn phần của báo cáo."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_neither_kept_nor_sent_and_stays_in_sight(client, part, changes, words):
    answer = send(client, part, **{"line-0-text": TYPED} | changes)
    page = answer.content.decode()
    assert (answer.status_code, words in page, TYPED in page) == (200, True, True)
    assert (state_of(part), stored(part)[0]) == (ContributionState.RETURNED, "1234.00")


def test_progress_that_came_meanwhile_stops_the_sending_and_what_was_typed_is_kept(client, shown, part):
    task = shown.task(shown.house.department, given=date(2024, 1, 10))
    shown.entry(task, date(2024, 3, 5), {shown.meetings: 1})
    answer = send(client, part, **{"line-0-text": TYPED})
    page = client.get(answer.url).content.decode()
    assert ("Bấm “Cập nhật từ tiến độ”, xem lại rồi gửi." in page, TYPED in page) == (True, True)
    assert state_of(part) == ContributionState.RETURNED
    assert list(part.lines.values_list("text", flat=True)) == [TYPED]


def test_history_tells_of_no_edit_when_the_part_is_sent_as_it_was_filled(client, part):
    edits = Event.objects.filter(name="reports.contribution.edited")
    send(client, part, **unchanged(part))
    assert (state_of(part), edits.count()) == (ContributionState.CONFIRMED, 0)


def test_sent_twice_is_sent_once(client, part):
    said = []
    for _time in range(2):
        answer = send(client, part, **unchanged(part))
        said.append([str(message) for message in get_messages(answer.wsgi_request)][-1])
    assert said == ["Đã gửi phần báo cáo cho Văn phòng.", "Phần báo cáo đã gửi trước đó."]
    assert (state_of(part), Message.objects.filter(name="reports_contribution_sent").count()) == ("confirmed", 2)


def test_who_is_not_the_head_sends_nothing(client, shown, part):
    for by in (shown.house.officer, shown.house.office, shown.house.director):
        client.force_login(by.user)
        answer = send(client, part, **{"line-0-text": TYPED})
        assert (answer.status_code, TYPED in answer.content.decode()) == (200, True)
    assert (state_of(part), stored(part)[0]) == (ContributionState.RETURNED, "1234.00")


def test_a_part_of_a_closed_period_is_not_returned(client, shown):
    sent = shown.part(shown.period, shown.house.department)
    Period.objects.filter(pk=sent.period_id).update(closed_at=AT)
    with pytest.raises(NotAllowed, match="Kỳ báo cáo đã kết thúc"):
        contributions.return_for_changes(contribution=sent, reason="Thiếu", by=shown.house.office, at=AT)


# --- a section of the report ------------------------------------------------------------------------------------------
@pytest.fixture
def section(client, shown):
    """What the office's page of a section sends, with changes."""
    client.force_login(shown.house.office.user)
    url = reverse("reports:section", args=[shown.report.pk, "strengths"])

    def send(**changes):
        return client.post(url, {"text": TYPED, "before": "", "page": "p"} | changes)

    return send


def words_of(report):
    return next(each["text"] for each in Report.objects.get(pk=report.pk).sections if each["key"] == "strengths")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "x" * 50_001}, "50"), ({"text": "x\x00y"}, "ký tự"), ({"page": "x" * 41}, "40"),
        ({"before": "Bản cũ"}, "Người khác vừa sửa phần này."),
    ],
)  # fmt: skip
def test_a_wrong_section_is_refused_and_kept(shown, section, changes, words):
    answer = section(**changes)
    assert (answer.status_code, words_of(shown.report)) == (200, "")
    assert words in " ".join(str(each) for errors in answer.context["form"].errors.values() for each in errors)
    assert answer.context["form"]["text"].value() == changes.get("text", TYPED)


@pytest.mark.parametrize(("state", "words"), [("signed", "ký"), ("issued", "ký")])
def test_a_section_of_a_signed_report_is_refused_and_what_was_typed_stays(client, signing, state, words):
    period = signing.open(2024, 3, at=AT)
    signing.send(period, at=AT)
    report = signing.compile(period, at=AT)
    signing.house.posts = signing.house.posts | {"head": signing.house.chief}
    bring_to(ReportPlan(report.document), DocumentState(state), signing.house)
    client.force_login(signing.house.office.user)
    url = reverse("reports:section", args=[report.pk, "strengths"])
    answer = client.post(url, {"text": TYPED, "before": "", "page": "p"})
    assert (answer.status_code, words_of(report), TYPED in answer.content.decode()) == (200, "", True)
    assert words in " ".join(answer.context["form"].non_field_errors())
    saved = client.post(reverse("reports:autosave", args=[report.pk, "strengths"]), {"text": TYPED, "before": ""})
    assert (saved.status_code, words in saved.content.decode()) == (409, True)


def test_two_people_on_one_section_both_keep_their_words(client, shown, section):
    """The second reads what the first one saved, above the own text; a second press is a decision."""
    assert section(text="Của người thứ nhất").status_code == 302
    client.force_login(shown.house.chief.user)
    answer = section(text=TYPED, page="q")
    page = answer.content.decode()
    assert ("Người khác vừa sửa phần này" in page, "Của người thứ nhất" in page, TYPED in page) == (True,) * 3
    assert words_of(shown.report) == "Của người thứ nhất"
    before = answer.context["form"]["before"].value()
    assert section(text=f"{before}\n{TYPED}", before=before, page="q").status_code == 302
    assert words_of(shown.report) == f"Của người thứ nhất\n{TYPED}"


def test_a_section_taken_over_again_after_somebody_changed_it_is_refused(client, shown, section):
    section(text="Mới")
    answer = client.post(reverse("reports:retake", args=[shown.report.pk, "strengths"]), {"before": ""}, follow=True)
    assert "Người khác vừa sửa phần này" in answer.content.decode()
    assert words_of(shown.report) == "Mới"


def test_a_report_that_was_put_away_cannot_be_written(client, shown, section):
    official.discard(document=shown.report.document, by=shown.house.office, at=AT)
    assert section().status_code == 404


# --- a remark on a report ---------------------------------------------------------------------------------------------
@pytest.fixture
def thread(client, shown, monkeypatch):
    """What the page of remarks sends, as the board or as the office that compiled."""
    monkeypatch.setattr("reports.models.report.IN_FORCE", tuple(DocumentState))
    url = reverse("reports:thread", args=[shown.report.pk])

    def send(by, text):
        client.force_login(by.user)
        return client.post(url, {"text": text})

    return send


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Chưa điền"), ("   ", "Chưa điền"), ("x" * 4001, "4"), ("x\x00y", "ký tự"),
    ],
)  # fmt: skip
def test_a_wrong_remark_is_refused_and_kept(shown, thread, text, words):
    answer = thread(shown.board, text)
    assert (answer.status_code, Remark.objects.count()) == (200, 0)
    assert words in " ".join(answer.context["form"].errors["text"])
    assert answer.context["form"]["text"].value() == text


def test_an_answer_without_a_question_is_refused_and_kept(shown, thread):
    """Somebody else of the office has answered meanwhile."""
    answer = thread(shown.house.office, TYPED)
    page = answer.content.decode()
    assert ("Không có câu hỏi nào chờ trả lời." in page, TYPED in page) == (True, True)
    assert Remark.objects.count() == 0


def test_who_may_not_ask_reads_why(shown, thread):
    answer = thread(shown.house.officer, TYPED)
    assert (answer.status_code, TYPED in answer.content.decode(), Remark.objects.count()) == (200, True, 0)
    assert answer.context["form"].non_field_errors()


def test_question_and_answer_reach_the_other_side(shown, thread):
    assert thread(shown.board, "Vì sao tăng?").status_code == 302
    assert thread(shown.house.office, "Có thêm hai hội nghị.").status_code == 302
    assert list(Remark.objects.values_list("kind", "text")) == [
        ("question", "Vì sao tăng?"), ("answer", "Có thêm hai hội nghị."),
    ]  # fmt: skip
