"""Tasks at the browser: the whole way of one, what happens when it is late, and two people on it at once."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
import vobject
from django.core.management import call_command
from django.utils import timezone
from icalendar import Calendar
from playwright.sync_api import Page, expect

from campaigns.models import ExtensionRequest, Plan, Task
from campaigns.workdays import load as working_calendar
from notifications.models import Message
from portal.demo_data.pictures import photo
from tests.e2e.conftest import People
from tests.stages import PASSWORD, Site
from units.models import Appointment

TEXT = "Tổ chức ngày hội lắng nghe ý kiến nhân dân"


@pytest.fixture
def people(demo_site: Site, people_of: Callable[..., People]) -> People:
    return people_of(demo_site)


def post_of(account: str) -> Appointment:
    return Appointment.objects.get(user__username=account)


def the_task() -> Task:
    return Task.objects.get(text=TEXT)


def show(page: Page, task: Task) -> Page:
    page.goto(f"/nhiem-vu/{task.pk}/")
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def in_dialog(page: Page, name: str) -> None:
    page.get_by_role("dialog").get_by_role("button", name=name, exact=True).click()


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def office_gives_it_out(people: People, due_on: date) -> None:
    page, unit = people("vanphong"), post_of("truongphong").unit
    page.goto(f"/nhiem-vu/bo-sung/{Plan.objects.filter(document__state='issued').order_by('id')[0].pk}/")
    page.get_by_label("Nội dung nhiệm vụ").fill(TEXT)
    page.get_by_label("Đơn vị chủ trì").select_option(label=unit.name)
    page.get_by_label("Hạn", exact=True).fill(day(due_on))
    press(page, "Giao nhiệm vụ")
    page.wait_for_url(re.compile(r"/nhiem-vu/\d+/$"))
    expect(page.get_by_text("Giao bổ sung", exact=True).first).to_be_visible()


def head_accepts(people: People) -> None:
    page, officer = show(people("truongphong"), the_task()), post_of("chuyenvien")
    press(page, "Nhận và phân công")
    page.get_by_role("dialog").get_by_label("Người thực hiện").select_option(value=str(officer.pk))
    in_dialog(page, "Phân công")
    expect(page.get_by_text("Đã phân công người thực hiện.").first).to_be_visible()


def officer_reports_with_a_photo(people: People, folder: Path) -> None:
    picture = folder / "ngay-hoi.jpg"
    picture.write_bytes(photo("Ngày hội"))
    page = show(people("chuyenvien"), the_task())
    page.get_by_label("Đã làm được gì").fill("Đã họp với ba xã.")
    page.get_by_label("Tiến độ (%)").fill("40")
    page.set_input_files("input[type=file]", picture)
    press(page, "Gửi tiến độ")
    expect(page.locator("img[src*='anh-nho']").first).to_be_visible()


def extension_is_asked_and_granted(people: People, later: date) -> None:
    head = show(people("truongphong"), the_task())
    press(head, "Xin gia hạn")
    head.get_by_role("dialog").get_by_label("Hạn đề nghị").fill(day(later))
    head.get_by_role("dialog").get_by_label("Lý do").fill("Chờ xã bố trí hội trường")
    in_dialog(head, "Gửi đề nghị")
    expect(head.get_by_text("Đã gửi đề nghị gia hạn.").first).to_be_visible()
    office = show(people("vanphong"), the_task())
    press(office, "Quyết định gia hạn")
    in_dialog(office, "Đồng ý")
    expect(office.get_by_text(re.compile("Hạn ban đầu")).first).to_be_visible()


def officer_finishes_and_head_confirms(people: People) -> None:
    officer = show(people("chuyenvien"), the_task())
    officer.get_by_label("Đã làm được gì").fill("Ngày hội có 210 người dự.")
    press(officer, "Báo cáo hoàn thành")
    expect(officer.get_by_text("Chờ xác nhận").first).to_be_visible()
    head = show(people("truongphong"), the_task())
    press(head, "Xác nhận hoàn thành")
    expect(head.get_by_text("Đã xác nhận hoàn thành.").first).to_be_visible()


def test_a_task_from_order_to_confirmation(people: People, tmp_path: Path) -> None:
    due_on = timezone.localdate() + timedelta(days=20)
    office_gives_it_out(people, due_on)
    head_accepts(people)
    officer_reports_with_a_photo(people, tmp_path)
    extension_is_asked_and_granted(people, due_on + timedelta(days=10))
    officer_finishes_and_head_confirms(people)
    done = the_task()
    assert (done.state, done.original_due_on, done.due_on) == ("done", due_on, due_on + timedelta(days=10))
    assert ExtensionRequest.objects.get(task=done).state == "granted"
    assert done.is_supplementary
    assert done.assigned_by == post_of("vanphong")


def test_a_late_task_climbs_from_the_officer_to_the_director(people: People) -> None:
    """The clock moves: a day late, three, and nine working days late."""
    due_on = working_calendar().next_working(timezone.localdate() + timedelta(days=1))
    office_gives_it_out(people, due_on)
    head_accepts(people)
    for late, account in ((1, "chuyenvien"), (1, "truongphong"), (3, "vanphong"), (9, "giamdoc")):
        call_command("run_deadlines", on=working_calendar().add(due_on, late).isoformat())
        told = Message.objects.filter(user__username=account, reason="overdue").order_by("id").last()
        assert told is not None, account
        page = people(account)
        page.goto("/thong-bao/")
        expect(page.get_by_role("link", name=told.subject).first).to_be_visible()


def test_a_help_that_never_answers_holds_no_form_up(people: People) -> None:
    """What a text cites is looked up while one types; the form is sent all the same, and once."""
    office_gives_it_out(people, timezone.localdate() + timedelta(days=20))
    head_accepts(people)
    page = show(people("chuyenvien"), the_task())
    page.wait_for_load_state("networkidle")
    page.route("**/nhan-dang/*", lambda route: None)
    with page.expect_request("**/nhan-dang/*"):
        page.get_by_label("Đã làm được gì").fill("Đã họp theo Công văn số 365-CV/ĐUK.")
    page.get_by_label("Tiến độ (%)").fill("30")
    press(page, "Gửi tiến độ")
    expect(page.get_by_text("Đã ghi tiến độ.").first).to_be_visible()
    assert the_task().entries.count() == 1


def test_a_form_of_a_lost_session_asks_for_the_password_and_is_sent(people: People) -> None:
    """Given a page that stood open until its session ended, what was typed is sent after the password, and once."""
    office_gives_it_out(people, timezone.localdate() + timedelta(days=20))
    head_accepts(people)
    page = people("chuyenvien")
    page.clock.install()
    show(page, the_task())
    page.get_by_label("Đã làm được gì").fill("Đã họp với ba xã.")
    page.get_by_label("Tiến độ (%)").fill("30")
    page.clock.fast_forward("02:00")
    page.context.clear_cookies(name="sessionid")
    press(page, "Gửi tiến độ")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Mật khẩu").fill(PASSWORD)
    dialog.get_by_role("button", name="Đăng nhập lại").click()
    expect(page.get_by_text("Đã ghi tiến độ.").first).to_be_visible()
    assert [entry.text for entry in the_task().entries.all()] == ["Đã họp với ba xã."]


def test_two_people_on_one_task_at_once(people: People) -> None:
    """Who sends second is shown the first one's entry and keeps what was typed."""
    office_gives_it_out(people, timezone.localdate() + timedelta(days=20))
    head_accepts(people)
    officer, head = show(people("chuyenvien"), the_task()), show(people("truongphong"), the_task())
    for page, words in ((officer, "Đã họp với ba xã."), (head, "Đã họp với sở Nội vụ.")):
        page.get_by_label("Đã làm được gì").fill(words)
        page.get_by_label("Tiến độ (%)").fill("30")
    press(officer, "Gửi tiến độ")
    expect(officer.get_by_text("Đã ghi tiến độ.").first).to_be_visible()
    press(head, "Gửi tiến độ")
    expect(head.get_by_text(re.compile("vừa thay đổi")).first).to_be_visible()
    expect(head.get_by_label("Đã làm được gì")).to_have_value("Đã họp với sở Nội vụ.")
    expect(head.get_by_text("Đã họp với ba xã.").first).to_be_visible()
    assert the_task().entries.count() == 1
    press(head, "Gửi tiến độ")
    expect(head.get_by_text("Đã ghi tiến độ.").first).to_be_visible()
    assert the_task().entries.count() == 2


def test_a_calendar_program_reads_the_address_until_it_is_revoked(people: People, demo_site: Site) -> None:
    """The officer makes an address; a program without cookies reads it by two libraries; then the address is void."""
    due_on = timezone.localdate() + timedelta(days=20)
    office_gives_it_out(people, due_on)
    head_accepts(people)
    page = people("chuyenvien")
    page.goto("/lich/")
    press(page, "Tạo địa chỉ lịch")
    shown = page.get_by_role("textbox", name="Địa chỉ lịch").input_value()
    address = demo_site.url + urlsplit(shown).path
    with urlopen(address) as answer:
        text = answer.read().decode()
    found = {str(event["summary"]): event for event in Calendar.from_ical(text).walk("VEVENT")}
    event = found[f"Hạn: {TEXT}"]
    assert (event.decoded("dtstart"), len(event.walk("VALARM"))) == (due_on, 2)
    again = {each.summary.value: each for each in vobject.readOne(text).vevent_list}
    assert (again.keys(), again[f"Hạn: {TEXT}"].dtstart.value) == (found.keys(), due_on)
    page.get_by_role("button", name=re.compile("Thu hồi")).first.click()
    expect(page.get_by_text("Chưa có địa chỉ nào.")).to_be_visible()
    with pytest.raises(HTTPError, match="404"):
        urlopen(address)
