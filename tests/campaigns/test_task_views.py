"""Pages of tasks: what they show to whom, what they do, what they refuse."""

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from audit.models import Event
from campaigns.models import Evidence, ExtensionRequest, ProgressEntry, Task
from campaigns.states import TaskState
from campaigns.workflow import progress
from documents.archive import sha256
from tests.factories.directives import make_directive
from tests.factories.plans import House, make_house
from tests.factories.tasks import ask_for, bring_to, help_of, make_issued_plan
from tests.factories.units import AppointmentFactory, UnitFactory
from units.models import Appointment

pytestmark = pytest.mark.django_db
S = TaskState
As = Callable[[Appointment], Client]


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def as_(client: Client) -> As:
    """The client signed in as the person of a post."""

    def sign_in(post: Appointment) -> Client:
        client.force_login(post.user, backend="units.backends.PostBackend")
        return client

    return sign_in


def url(name: str, *args: Any) -> str:
    return reverse(f"tasks:{name}", args=args)


def titles(response: Any) -> list[str]:
    return [row.task.text for row in response.context["rows"]]


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (800, 600), (30, 90, 60)).save(out, "JPEG")
    return SimpleUploadedFile("hội nghị.jpg", out.getvalue(), "image/jpeg")


def download(client: Client, address: str) -> tuple[str, str]:
    """The type and the SHA-256 of a file."""
    response = client.get(address)
    data = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return response["Content-Type"], sha256(data)


# --- lists ------------------------------------------------------------------------------------------------------------


def test_a_list_asks_the_same_queries_for_one_row_and_for_three(
    as_: As, house: House, django_assert_num_queries: Any
) -> None:
    plan = make_issued_plan(house)
    bring_to(S.IN_PROGRESS, house, plan=plan)
    client = as_(house.head)
    with django_assert_num_queries(9):
        client.get(url("list"))
    for _n in range(2):
        bring_to(S.IN_PROGRESS, house, plan=plan, lead_unit=house.department)
    with django_assert_num_queries(9):
        response = client.get(url("list"))
    assert len(response.context["rows"]) == response.context["total"] == 3


def test_a_task_asks_the_same_queries_for_one_entry_and_for_three(
    as_: As, house: House, django_assert_num_queries: Any
) -> None:
    from campaigns.workflow import progress

    task = bring_to(S.IN_PROGRESS, house)
    client = as_(house.officer)
    with django_assert_num_queries(11):
        client.get(url("detail", task.pk))
    for n in range(2):
        progress.report(task=task, text=f"Lần {n}", percent=50, by=house.officer, at=timezone.now())
        help_of(task, UnitFactory(department=True, parent=house.organisation))
    with django_assert_num_queries(11):
        client.get(url("detail", task.pk))


def test_the_list_shows_what_is_not_done_and_filters_by_the_address(as_: As, house: House) -> None:
    plan = make_issued_plan(house)
    today = timezone.localdate()
    bring_to(S.ASSIGNED, house, plan=plan, text="Đăng tin, bài")
    bring_to(S.IN_PROGRESS, house, plan=plan, text="Tặng quà", due_on=today - timedelta(days=9))
    bring_to(S.DONE, house, plan=plan, text="Mở lớp tập huấn")
    bring_to(S.WITHDRAWN, house, plan=plan, text="Thu hồi")
    bring_to(S.PLANNED, house, text="Trong dự thảo")
    client = as_(house.office)
    found = {
        query: titles(client.get(f"{url('list')}?{query}"))
        for query in ("", "state=all", "state=withdrawn", "due=overdue", "q=tang+qua", "q=ĐĂNG", "state=planned",
                      "q=ta",
                      f"officer={house.officer.pk}", "unit=0", "unit=x&due=never&sort=no&after=9_9_9", "sort=-due")
    }  # fmt: skip
    assert found == {
        "": ["Tặng quà", "Đăng tin, bài"],
        "state=all": ["Tặng quà", "Đăng tin, bài", "Mở lớp tập huấn"],
        "state=withdrawn": ["Thu hồi"],
        "due=overdue": ["Tặng quà"],
        "q=tang+qua": ["Tặng quà"],
        "q=ĐĂNG": ["Đăng tin, bài"],
        "state=planned": ["Tặng quà", "Đăng tin, bài"],
        "q=ta": ["Tặng quà", "Đăng tin, bài"],
        f"officer={house.officer.pk}": ["Tặng quà"],
        "unit=0": [],
        "unit=x&due=never&sort=no&after=9_9_9": ["Tặng quà", "Đăng tin, bài"],
        "sort=-due": ["Đăng tin, bài", "Tặng quà"],
    }


@pytest.mark.parametrize("sort", ["due", "-due", "unit", "-unit", "percent", "-percent"])
def test_pages_follow_each_other_without_gap_or_repeat(
    sort: str, as_: As, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaigns.views.tasks.PAGE", 3)
    plan = make_issued_plan(house)
    today = timezone.localdate()
    for n in range(4):
        bring_to(S.ASSIGNED, house, plan=plan, due_on=today + timedelta(days=n // 2), percent=n % 2)
        bring_to(S.ASSIGNED, house, plan=plan, rhythm="regular", lead_unit=house.other)
    client = as_(house.office)
    shown, address = [], f"?sort={sort}"
    while address:
        response = client.get(url("list") + address)
        shown += [row.task.pk for row in response.context["rows"]]
        address = response.context["next_url"]
    assert len(shown) == len(set(shown)) == 8
    whole = client.get(f"{url('export')}?sort={sort}")
    assert b"".join(whole.streaming_content).decode().count("\r\n") == 9


def test_other_houses_are_not_there(as_: As, house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    stranger = AppointmentFactory(unit_head=True)
    client = as_(stranger)
    assert titles(client.get(url("list"))) == []
    assert client.get(url("detail", task.pk)).status_code == 404
    for name in ("accept", "hand_back", "report", "confirm", "redo", "pause", "withdraw", "remind", "ask_extension"):
        assert client.post(url(name, task.pk)).status_code == 404


def test_the_file_has_what_the_list_shows_and_no_formula(as_: As, house: House) -> None:
    bring_to(S.IN_PROGRESS, house, text='=HYPERLINK("http://x","Bấm")', due_on=timezone.localdate())
    bring_to(S.DONE, house, text="Xong rồi")
    response = as_(house.office).get(f"{url('export')}?due=due_today")
    lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        f'"\'=HYPERLINK(""http://x"",""Bấm"")","Tháng cao điểm dân vận","Phòng Quản lý khoa học",'
        f'"{house.officer.person_name}","{timezone.localdate():%d/%m/%Y}","hôm nay","Đang thực hiện","40"'
    ]


# --- acts -------------------------------------------------------------------------------------------------------------


def test_from_assignment_to_confirmation_on_the_pages(as_: As, house: House, folders: Any) -> None:
    task = bring_to(S.ASSIGNED, house)
    people = ask_for(task)
    client = as_(house.head)
    assert client.get(url("detail", task.pk)).context["next_step"] == "accept"
    client.post(url("accept", task.pk), {"officer": house.officer.pk})
    client = as_(house.officer)
    page = client.get(url("detail", task.pk))
    assert page.context["next_step"] == "report"
    sent = {
        "seen": page.context["seen"], "text": "Đã mời 120 đại biểu", "percent": "60",
        "happened_on": f"{timezone.localdate():%d/%m/%Y}",
        f"figure_{people.pk}": "1.120,5", "evidence": [photo()], "progress": "",
    }  # fmt: skip
    response = client.post(url("report", task.pk), sent)
    assert response.status_code == 302
    entry = ProgressEntry.objects.get()
    evidence = Evidence.objects.get()
    assert (entry.text, entry.percent, entry.figures.get().value, evidence.name) == (
        "Đã mời 120 đại biểu", 60, 1120.5, "hội nghị.jpg",
    )  # fmt: skip
    assert download(client, url("evidence", evidence.pk)) == ("image/jpeg", evidence.sha256)
    assert download(client, url("thumbnail", evidence.pk))[0] == "image/jpeg"
    page = client.get(url("detail", task.pk))
    client.post(url("report", task.pk), sent | {"seen": page.context["seen"], "finish": "", "evidence": []})
    client = as_(house.head)
    page = client.get(url("detail", task.pk))
    assert page.context["next_step"] == "confirm"
    client.post(url("confirm", task.pk), {"seen": page.context["seen"]})
    assert Task.objects.get(pk=task.pk).state == S.DONE
    assert [event.name for event in Event.objects.about(task)] == [
        "campaigns.task.assigned", "campaigns.task.accepted", "campaigns.progress.reported", "campaigns.task.finished",
        "campaigns.task.confirmed",
    ]  # fmt: skip


def test_two_officers_at_once_nothing_typed_or_sent_is_lost(as_: As, house: House, folders: Any) -> None:
    task = bring_to(S.ACCEPTED, house)
    client = as_(house.officer)
    old = client.get(url("detail", task.pk)).context["seen"]
    day = f"{timezone.localdate():%d/%m/%Y}"
    client.post(url("report", task.pk), {"seen": old, "text": "Người thứ nhất", "percent": "10", "happened_on": day})
    second = {"seen": old, "text": "Người thứ hai", "percent": "20", "happened_on": day, "evidence": [photo()]}
    response = client.post(url("report", task.pk), second)
    form = response.context["forms"]["report"]
    assert response.status_code == 200
    assert "vừa thay đổi" in response.content.decode()
    assert (form["text"].value(), form["percent"].value()) == ("Người thứ hai", "20")
    again = {name: form[name].value() for name in ("seen", "text", "percent", "happened_on", "kept")}
    assert client.post(url("report", task.pk), again).status_code == 302
    last = ProgressEntry.objects.order_by("-id").first()
    assert last is not None
    assert (last.text, [file.name for file in last.evidence.all()]) == ("Người thứ hai", ["hội nghị.jpg"])


def test_a_wrong_file_is_said_and_the_text_stays(as_: As, house: House) -> None:
    task = bring_to(S.ACCEPTED, house)
    wrong = SimpleUploadedFile("anh.jpg", b"MZ\x90\x00" + b"\0" * 100, "image/jpeg")
    response = as_(house.officer).post(
        url("report", task.pk),
        {"text": "Đã làm", "percent": "10", "happened_on": f"{timezone.localdate():%d/%m/%Y}", "evidence": [wrong]},
    )
    assert "không phải PDF, ảnh hay tệp Office" in response.content.decode()
    assert response.context["forms"]["report"]["text"].value() == "Đã làm"
    assert ProgressEntry.objects.count() == 0


def test_a_second_press_says_so_and_changes_nothing(as_: As, house: House) -> None:
    task = bring_to(S.AWAITING, house)
    client = as_(house.head)
    assert client.post(url("confirm", task.pk)).status_code == 302
    response = client.post(url("confirm", task.pk))
    assert "chưa có báo cáo hoàn thành để xác nhận" in response.content.decode()
    assert [event.name for event in Event.objects.about(task)].count("campaigns.task.confirmed") == 1


ACTS: list[tuple[str, TaskState, str, dict[str, Any], TaskState]] = [
    ("hand_back", S.ASSIGNED, "head", {"reason": "Không đúng chức năng"}, S.HANDED_BACK),
    ("redo", S.AWAITING, "head", {"reason": "Thiếu ảnh"}, S.REDO),
    ("pause", S.IN_PROGRESS, "office", {"reason": "Chờ hướng dẫn"}, S.PAUSED),
    ("resume", S.PAUSED, "office", {}, S.IN_PROGRESS),
    ("withdraw", S.IN_PROGRESS, "chief", {"reason": "Không làm nữa"}, S.WITHDRAWN),
]


@pytest.mark.parametrize(("name", "before", "who", "data", "after"), ACTS)
def test_acts_with_one_press(
    name: str, before: TaskState, who: str, data: dict[str, Any], after: TaskState, as_: As, house: House
) -> None:
    task = bring_to(before, house)
    client = as_(house.posts[who])
    if data:
        response = client.post(url(name, task.pk), {"reason": " "})
        assert (response.status_code, response.context["act"]) == (200, name)
    assert client.post(url(name, task.pk), data).status_code == 302
    assert Task.objects.get(pk=task.pk).state == after


def test_a_post_without_the_right_is_refused(as_: As, house: House) -> None:
    task = bring_to(S.AWAITING, house)
    client = as_(house.officer)
    assert {name: client.post(url(name, task.pk)).status_code for name in ("confirm", "redo", "pause", "accept")} == {
        "confirm": 403, "redo": 403, "pause": 403, "accept": 403,
    }  # fmt: skip
    assert client.get(url("confirm", task.pk)).status_code == 405


def test_giving_again_to_another_unit(as_: As, house: House) -> None:
    task = bring_to(S.HANDED_BACK, house)
    as_(house.office).post(url("assign", task.pk), {"lead_unit": house.other.pk})
    found = Task.objects.get(pk=task.pk)
    assert (found.state, found.lead_unit) == (S.ASSIGNED, house.other)


def test_asking_and_deciding_about_a_later_day(as_: As, house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    later = task.due_on + timedelta(days=7)
    as_(house.head).post(url("ask_extension", task.pk), {"proposed_on": f"{later:%d/%m/%Y}", "reason": "Chờ kinh phí"})
    request = ExtensionRequest.objects.get()
    client = as_(house.office)
    page = client.get(url("detail", task.pk))
    assert (page.context["next_step"], page.context["waiting_request"]) == ("decide", request)
    refused = client.post(url("decide_extension", request.pk), {"refuse": "", "answer": ""})
    assert (refused.status_code, refused.context["act"]) == (200, "decide")
    client.post(url("decide_extension", request.pk), {"grant": "", "granted_on": "", "answer": ""})
    page = client.get(url("detail", task.pk)).content.decode()
    assert Task.objects.get(pk=task.pk).due_on == later
    assert f"Hạn ban đầu {task.original_due_on:%d/%m/%Y}, đã gia hạn." in page


def test_entries_and_parts_from_the_page(as_: As, house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    entry, part = task.entries.get(), help_of(task, house.other)
    client = as_(house.head)
    client.post(url("confirm_entry", entry.pk))
    client.post(url("withdraw_entry", entry.pk), {"reason": "Số liệu sai"})
    as_(house.other_head).post(url("part_done", part.pk))
    entry.refresh_from_db()
    part.refresh_from_db()
    assert (entry.confirmed_by, entry.withdrawal_reason, part.done_by) == (house.head, "Số liệu sai", house.other_head)
    page = client.get(url("detail", task.pk)).content.decode()
    assert "Xong phần mình" in page


def test_evidence_is_for_who_sees_the_task(as_: As, house: House) -> None:
    entry = bring_to(S.IN_PROGRESS, house).entries.get()
    file = Evidence.objects.create(
        entry=entry, name="a.docx", media_type="application/msword", size=1, sha256="0" * 64, file="evidence/00/0"
    )
    assert as_(AppointmentFactory(unit_head=True)).get(url("evidence", file.pk)).status_code == 404
    assert as_(house.officer).get(url("evidence", file.pk)).status_code == 404  # the bytes are gone
    assert as_(house.officer).get(url("thumbnail", file.pk)).status_code == 404


# --- several at once --------------------------------------------------------------------------------------------------


def test_reminding_several_shows_first_what_will_happen(as_: As, house: House) -> None:
    open_task, done = bring_to(S.IN_PROGRESS, house), bring_to(S.DONE, house)
    foreign = bring_to(S.IN_PROGRESS, make_house("Sở Khác", "SK"))
    client = as_(house.office)
    chosen = {"act": "remind", "selected": [open_task.pk, done.pk, foreign.pk]}
    preview = client.post(url("bulk"), chosen)
    assert [(row.task.pk, bool(row.refusal)) for row in preview.context["rows"]] == [
        (open_task.pk, False), (done.pk, True),
    ]  # fmt: skip
    assert Event.objects.filter(name="campaigns.task.reminded").count() == 0
    assert client.post(url("bulk"), chosen | {"agreed": "1"}).status_code == 302
    assert list(Event.objects.filter(name="campaigns.task.reminded").values_list("subject_id", flat=True)) == [
        open_task.pk
    ]


def test_accepting_several_names_one_officer(as_: As, house: House) -> None:
    first, second = bring_to(S.ASSIGNED, house), bring_to(S.ASSIGNED, house)
    other = bring_to(S.ASSIGNED, house, lead_unit=house.other)
    client = as_(house.head)
    chosen = {"act": "accept", "selected": [first.pk, second.pk, other.pk]}
    assert client.post(url("bulk"), chosen | {"agreed": "1"}).status_code == 200  # nobody named yet
    client.post(url("bulk"), chosen | {"agreed": "1", "officer": house.officer.pk})
    assert dict(Task.objects.values_list("pk", "state")) == {
        first.pk: S.ACCEPTED,
        second.pk: S.ACCEPTED,
        other.pk: S.ASSIGNED,
    }


def test_bulk_without_a_choice_goes_back(as_: As, house: House) -> None:
    client = as_(house.office)
    for sent in ({}, {"act": "remind"}, {"act": "delete", "selected": ["1"]}, {"act": "remind", "selected": ["x"]}):
        assert client.post(url("bulk"), sent).status_code == 302


# --- supplementary ----------------------------------------------------------------------------------------------------


def test_a_supplementary_task_reads_the_words_of_its_deadline(as_: As, house: House) -> None:
    plan = make_issued_plan(house)
    day = timezone.localdate() + timedelta(days=40)
    client = as_(house.office)
    assert client.get(url("supplementary_new", plan.pk)).status_code == 200
    response = client.post(
        url("supplementary_new", plan.pk),
        {"text": "Rà soát số liệu", "lead_unit": house.department.pk, "cooperating": [house.other.pk], "rhythm": "",
         "due": f"trước ngày {day:%d/%m/%Y}", "field": "other"},
    )  # fmt: skip
    task = Task.objects.get()
    assert response["Location"] == url("detail", task.pk)
    assert (task.due_on, task.due_wording, task.is_supplementary) == (
        day - timedelta(days=1), f"trước ngày {day:%d/%m/%Y}", True,
    )  # fmt: skip


def test_a_deadline_that_nobody_can_read_is_asked_again(as_: As, house: House) -> None:
    plan = make_issued_plan(house)
    response = as_(house.office).post(
        url("supplementary_new", plan.pk),
        {"text": "Rà soát", "lead_unit": house.department.pk, "due": "sớm", "field": "other"},
    )
    assert "due" in response.context["form"].errors
    assert as_(house.officer).get(url("supplementary_new", plan.pk)).status_code == 403
    assert as_(house.office).get(url("supplementary_new", 0)).status_code == 404


def test_who_only_receives_or_administers_sees_no_tasks(as_: As, house: House) -> None:
    task = bring_to(S.IN_PROGRESS, house)
    client = as_(house.admin)
    pages = (url("list"), url("export"), url("detail", task.pk))
    assert [client.get(address).status_code for address in pages] == [404, 404, 404]


def test_what_a_task_and_its_entries_cite_are_links(as_: As, house: House) -> None:
    known = make_directive(house.clerk)
    task = bring_to(S.IN_PROGRESS, house)
    Task.objects.filter(pk=task.pk).update(text="Quán triệt Công văn số 365-CV/ĐUK")
    progress.report(
        task=task, text="Đã triển khai Kế hoạch số 48/KH-UBND", percent=10, happened_on=timezone.localdate(),
        by=house.officer, at=timezone.now(),
    )  # fmt: skip

    page = as_(house.clerk).get(url("detail", task.pk)).content.decode()

    assert f'href="{reverse("directives:detail", args=[known.pk])}"' in page
    assert f'href="{reverse("directives:create")}?kind=KH&amp;code=48%2FKH-UBND"' in page
