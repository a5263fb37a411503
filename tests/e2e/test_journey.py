"""The main journey: from an uploaded plan to the acknowledged report, each step by the account whose work it is."""

import hashlib
import io
import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from audit.models import Event
from campaigns.models import Plan, ProgressEntry, Task
from campaigns.workdays import load as working_calendar
from directives.models import Directive
from documents import archive, verifying
from documents.models import Document, Rendition
from documents.states import DocumentState
from notifications.models import Message
from portal.demo_data.pictures import photo
from reports import contributions
from reports.models import Contribution, Report
from tests.background import running_worker
from tests.e2e.conftest import People, apart
from tests.stages import PASSWORD, Site
from units.models import Appointment

SAMPLE = Path(__file__).parent.parent / "data/ke-hoach-dan-van-2023.txt"
TITLE = "Tổ chức “Tháng cao điểm” làm công tác dân vận"
DIRECTIVES = {
    "365-CV/ĐUK", "1946/UBND-VXNV", "25-NQ/TW", "19-CT/TU", "23-QĐ/TW", "02-ĐA/TU", "05-QC/TU", "33/CT-TTg",
}  # fmt: skip
MENDED = "những kết quả mà công tác dân vận của tỉnh đã đạt được"
REASON = "Bổ sung minh chứng cho phần căn cứ."


def day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def head_of(unit: str) -> Appointment:
    return Appointment.objects.get(unit__name=unit, role__in=["unit_head", "chief"])


def plan() -> Plan:
    return Plan.objects.select_related("document").get()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def take_up(page: Page, words: str) -> None:
    """From the home page: the button beside the sentence with these words."""
    page.goto("/")
    page.locator(".todo-item").filter(has_text=words).first.get_by_role("link").click()


def check_whole(document: Document, site: Site) -> None:
    """The kept bytes are whole and validate with both signatures."""
    kept = archive.latest(document, Rendition.Stage.ISSUED)
    assert kept is not None
    found, known = apart(lambda: verifying.examine(archive.read(kept)))
    assert (found.is_good, list(found.problems), known) == (True, [], document)
    assert [each.is_good for each in found.signatures] == [True, True]


@pytest.fixture
def people(house_site: Site, people_of: Any) -> People:
    made: People = people_of(house_site)
    return made


def test_from_the_uploaded_plan_to_the_acknowledged_report(house_site: Site, people: People, tmp_path: Path) -> None:
    with running_worker(tmp_path):
        office_imports_the_plan(people)
        plan_is_confirmed_returned_and_checked(people)
        director_signs_the_very_pdf(people)
        clerk_numbers_seals_and_issues(people)
        check_whole(plan().document, house_site)
        recipient_sees(people, plan().document)
        unit_takes_and_does_its_task(people)
        deadlines_remind(people)
        units_report_the_month(people)
        office_compiles_the_report(people)
        report_is_signed_and_issued(people)
        check_whole(Report.objects.get().document, house_site)
        recipient_acknowledges(people)
        figures_open_their_entries(people)
        history_tells_who_did_what(people)
        changed_copies_are_found_out(tmp_path)


# --- the plan ---------------------------------------------------------------------------------------------------------
def office_imports_the_plan(people: People) -> None:
    """Given a typed plan, when the office uploads it, then it is recognised, and its directives are entered once."""
    page = people("vanphong")
    page.goto("/ke-hoach/")
    page.get_by_role("link", name="Nhập từ tệp").click()
    page.set_input_files("input[type=file]", SAMPLE)
    press(page, "Đọc kế hoạch")
    expect(page.get_by_role("heading", name="Xem lại rồi tạo kế hoạch")).to_be_visible(timeout=30_000)
    expect(page.get_by_label("Trích yếu")).to_have_value(re.compile(re.escape(TITLE)))
    bases = [area.input_value()[:9] for area in page.locator("form[data-part=bases] textarea").all()]
    assert bases[:2] == ["Thực hiện", "Căn cứ cô"]
    recognised = [area.input_value() for area in page.locator("form[data-part=items] textarea").all()]
    assert sum(MENDED in text for text in recognised) == 1
    page.get_by_label("Đơn vị soạn thảo").select_option(label="Phòng Quản lý chuyên ngành")
    office_gives_deadlines(page)
    press(page, "Tạo kế hoạch")
    expect(page.locator("h1")).to_contain_text(TITLE)
    assert set(Directive.objects.values_list("code", flat=True)) == DIRECTIVES
    assert Directive.objects.count() == len(DIRECTIVES)
    assert list(plan().document.recipients.order_by("position").values_list("text", flat=True)) == [
        "Ban Dân vận Tỉnh uỷ", "Ban Tuyên giáo Đảng uỷ khối", "Các phòng chuyên môn, đơn vị thuộc Sở", "Lưu: VT",
    ]  # fmt: skip
    assert plan().document.signer.user.username == "giamdoc"
    office_asks_for_a_figure(page)
    press(page, "Trình trưởng đơn vị")
    expect(page.get_by_text("Chờ trưởng đơn vị soạn thảo")).to_be_visible()


def office_gives_deadlines(page: Page) -> None:
    """The first task gets a day and helpers, the second is regular, the third a leading unit."""
    today, tasks = timezone.localdate(), page.locator("form[data-part=tasks]")
    tasks.nth(0).get_by_label("Hạn", exact=True).fill(day(today + timedelta(days=20)))
    tasks.nth(0).get_by_label("Hạn như ghi").fill(f"trước ngày {today + timedelta(days=21):%d/%m}")
    pick(page, tasks.nth(0).locator("[data-pick=cooperating]"), "Phòng Quản lý chuyên ngành")
    expect(tasks.nth(1).locator("[name=rhythm]")).to_have_value("regular")
    tasks.nth(2).get_by_label("Hạn", exact=True).fill(day(today + timedelta(days=10)))
    pick(page, tasks.nth(2).locator("[data-pick=lead_unit]"), "Phòng Kế hoạch - Tài chính")
    expect(page.locator("[data-import-status]")).to_contain_text("Đã lưu")


def pick(page: Page, button: Locator, unit: str) -> None:
    """From the list of units."""
    button.click()
    page.get_by_label("Tìm đơn vị").fill(unit)
    page.get_by_label("Tìm đơn vị").press("Enter")
    expect(page.locator("#unit-picker")).to_be_hidden()


def office_asks_for_a_figure(page: Page) -> None:
    """The third task shall report how many articles were written."""
    row = page.get_by_role("row").filter(has_text="phối hợp với Văn phòng Sở phổ biến")
    row.get_by_role("link", name="Sửa").click()
    page.get_by_text("Số liệu phải báo cáo").click()
    page.get_by_role("checkbox", name=re.compile("Tin, bài")).check()
    press(page, "Lưu")
    expect(page.get_by_role("button", name="Lưu", exact=True)).to_have_count(0)


def plan_is_confirmed_returned_and_checked(people: People) -> None:
    """Given a proposed plan, the head confirms, the chief returns it once with a reason, then checks it."""
    document, head, chief, office = plan().document, people("truongphong"), people("chanhvanphong"), people("vanphong")
    take_up(head, TITLE)
    press(head, "Xác nhận nội dung")
    chief.goto(f"/van-ban/{document.pk}/")
    chief.get_by_role("link", name="Trả lại").click()
    chief.get_by_label("Lý do").fill(REASON)
    press(chief, "Trả lại")
    expect(chief.get_by_text(REASON).first).to_be_visible()
    office.goto("/")
    expect(office.get_by_text(REASON).first).to_be_visible()
    office.goto(f"/van-ban/{document.pk}/")
    press(office, "Trình trưởng đơn vị")
    head.goto(f"/van-ban/{document.pk}/")
    press(head, "Xác nhận nội dung")
    chief.goto(f"/van-ban/{document.pk}/")
    press(chief, "Xác nhận thể thức")
    expect(chief.get_by_text("Chờ người ký")).to_be_visible()


def director_signs_the_very_pdf(people: People) -> None:
    """What the page shows, what can be fetched and what is signed are the same bytes."""
    page, document = people("giamdoc"), plan().document
    take_up(page, TITLE)
    shown = page.get_by_label("Ký văn bản này?").locator("input[name=shown]").input_value()
    fetched = page.request.get(f"/van-ban/{document.pk}/pdf/{shown}/").body()
    assert hashlib.sha256(fetched).hexdigest() == shown
    sign(page)
    signed = archive.latest(document, Rendition.Stage.SIGNED)
    assert signed is not None
    assert archive.read(signed).startswith(fetched)


def sign(page: Page) -> None:
    """A wrong password signs nothing; the right one does."""
    press(page, "Ký")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(re.compile("Mật khẩu")).fill("sai-mat-khau-roi")
    dialog.get_by_role("button", name="Ký", exact=True).click()
    expect(page.get_by_role("dialog").get_by_label(re.compile("Mật khẩu"))).to_be_visible()
    page.get_by_role("dialog").get_by_label(re.compile("Mật khẩu")).fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Ký", exact=True).click()
    expect(page.get_by_text(re.compile("Đã ký lúc"))).to_be_visible(timeout=20_000)


def clerk_numbers_seals_and_issues(people: People) -> None:
    """Given a signed file on the clerk's desk, when it is numbered and sealed, then it stands in the register."""
    page = people("vanthu")
    take_up(page, "đã ký, chờ cấp số")
    page.get_by_role("link", name="Cấp số").click()
    press(page, "Cấp số")
    page.get_by_role("link", name="Đóng dấu và ban hành").click()
    press(page, "Đóng dấu và ban hành")
    expect(page.locator("h1 ~ *, .page-header, main").first).to_contain_text("Đã ban hành")
    page.goto("/van-ban/")
    expect(page.get_by_role("row").filter(has_text="01/")).to_have_count(1 if Report.objects.count() == 0 else 2)


def recipient_sees(people: People, document: Document) -> None:
    page = people("bandanvan")
    take_up(page, document.code)
    expect(page.locator("h1")).to_contain_text(TITLE)


# --- a task -----------------------------------------------------------------------------------------------------------
def third_task() -> Task:
    return Task.objects.get(lead_unit__name="Phòng Kế hoạch - Tài chính")


def unit_takes_and_does_its_task(people: People) -> None:
    """The head names an officer, who reports with text, a figure and a photo; the head confirms."""
    head, officer = people("truongphong.khtc"), people("chuyenvien.khtc")
    take_up(head, "Nhiệm vụ mới giao")
    press(head, "Nhận và phân công")
    dialog = head.get_by_role("dialog")
    dialog.get_by_label("Người thực hiện").select_option(label="Tạ Đức Anh — Chuyên viên")
    dialog.get_by_role("button").last.click()
    expect(head.get_by_text("Đã phân công người thực hiện.").first).to_be_visible()
    take_up(officer, "Bạn được phân công")
    officer.get_by_label("Đã làm được gì").fill("Đã phổ biến kế hoạch và đăng bài trên bản tin.")
    officer.get_by_label("Tiến độ (%)").fill("60")
    officer.get_by_label(re.compile("Tin, bài")).fill("4")
    picture = {"name": "hoi-nghi.jpg", "mimeType": "image/jpeg", "buffer": photo("hội nghị")}
    officer.get_by_label("Minh chứng").set_input_files(picture)
    press(officer, "Gửi tiến độ")
    expect(officer.locator(".timeline-entry img, .thumbs img").first).to_be_visible()
    head.goto(f"/nhiem-vu/{third_task().pk}/")
    press(head, "Xác nhận mục này")
    expect(head.get_by_text("được tính vào báo cáo").first).to_be_visible()


def deadlines_remind(people: People) -> None:
    """Given a day after the first task's due day, when the pass runs, its unit is told once; and once more nothing."""
    on = working_calendar().next_working(Task.objects.get(lead_unit__name="Văn phòng Sở").due_on + timedelta(days=1))
    chief = Message.objects.filter(user__username="chanhvanphong")
    before = chief.count()
    call_command("run_deadlines", on=on.isoformat())
    told = chief.count()
    call_command("run_deadlines", on=on.isoformat())
    assert (told > before, chief.count()) == (True, told)
    page = people("chanhvanphong")
    page.goto("/thong-bao/")
    expect(page.get_by_role("link", name=re.compile(r"^(Quá hạn \d|\d+ nhiệm vụ quá hạn)"))).to_have_count(1)


# --- the report -------------------------------------------------------------------------------------------------------
def units_report_the_month(people: People) -> None:
    """The office opens the month; the unit's part holds its figure already; all heads confirm."""
    office = people("vanphong")
    office.goto("/bao-cao/")
    office.get_by_role("link", name="Mở kỳ").click()
    press(office, "Mở kỳ")
    expect(office.locator("h1")).to_contain_text("Kỳ báo cáo: Tháng")
    head = people("truongphong.khtc")
    take_up(head, "Phần báo cáo")
    expect(head.get_by_role("row").filter(has_text="Tin, bài").get_by_role("textbox").first).to_have_value("4")
    press(head, "Lưu và gửi")
    expect(head.get_by_text("Đã gửi").first).to_be_visible()
    for part in Contribution.objects.exclude(state="confirmed").select_related("unit"):
        by = head_of(part.unit.name)
        contributions.confirm(contribution=part, version=part.version, by=by, at=timezone.now())


def office_compiles_the_report(people: People) -> None:
    """A job with progress on the page; the worker makes the report."""
    page = people("vanphong")
    page.reload()
    press(page, "Tổng hợp báo cáo")
    page.get_by_role("dialog").get_by_role("button", name="Tổng hợp", exact=True).click()
    page.wait_for_url(re.compile(r"/bao-cao/\d+/$"), timeout=30_000)
    expect(page.get_by_text("Đã phổ biến kế hoạch và đăng bài trên bản tin.").first).to_be_visible()
    press(page, "Trình trưởng đơn vị")


def report_is_signed_and_issued(people: People) -> None:
    document, chief = Report.objects.get().document, people("chanhvanphong")
    chief.goto(f"/van-ban/{document.pk}/")
    press(chief, "Xác nhận nội dung")
    press(chief, "Xác nhận thể thức")
    expect(chief.get_by_text("Chờ người ký")).to_be_visible()
    director = people("giamdoc")
    director.goto(f"/van-ban/{document.pk}/ky/")
    sign(director)
    clerk_numbers_seals_and_issues(people)
    assert Document.objects.get(pk=document.pk).state == DocumentState.ISSUED


def recipient_acknowledges(people: People) -> None:
    page, document = people("bandanvan"), Report.objects.get().document
    take_up(page, document.title)
    press(page, "Xác nhận đã nhận")
    expect(page.get_by_text(re.compile("Đã nhận lúc"))).to_be_visible()


# --- looking back -----------------------------------------------------------------------------------------------------
def figures_open_their_entries(people: People) -> None:
    """A figure of the issued report opens the entry it came from."""
    page = people("vanphong")
    page.goto(f"/bao-cao/{Report.objects.get().pk}/")
    figures = page.get_by_role("region", name="Số liệu đã chốt")
    figures.get_by_role("row").filter(has_text="Tin, bài").get_by_role("link", name="4", exact=True).click()
    panel = page.locator("#side-panel")
    expect(panel.get_by_text(ProgressEntry.objects.get(figures__value=4).text)).to_be_visible()


def history_tells_who_did_what(people: People) -> None:
    """Of plan, task and report: each actor in the post held at the time."""
    page = people("vanphong")
    page.goto(f"/ke-hoach/{plan().pk}/lich-su/")
    for words in ("Phan Văn Thuận", REASON, "Đặng Quốc Việt", "Bùi Thị Ngân", "Chánh Văn phòng — Văn phòng Sở"):
        expect(page.get_by_text(words).first).to_be_visible()
    page.goto(f"/nhiem-vu/{third_task().pk}/")
    expect(page.get_by_text("phân công Tạ Đức Anh").first).to_be_visible()
    assert Event.objects.about(Report.objects.get().document).filter(actor_name="", post_id=None).count() == 0


def changed_copies_are_found_out(folder: Path) -> None:
    """`verify_document` on the issued file says genuine, on a changed copy what was changed."""
    kept = archive.latest(plan().document, Rendition.Stage.ISSUED)
    assert kept is not None
    genuine, changed = folder / "ban-chinh.pdf", folder / "ban-sua.pdf"
    genuine.write_bytes(archive.read(kept))
    data = bytearray(archive.read(kept))
    place = data.index(b"stream", 2000) + 20
    data[place] ^= 1
    changed.write_bytes(data)
    assert verdict(genuine) == (0, True, [])
    code, is_genuine, problems = verdict(changed)
    assert (code, is_genuine, problems != []) == (1, False, True)


def verdict(path: Path) -> tuple[int, bool, list[str]]:
    """Exit code, verdict and problems of the command, as a script would see them."""
    out = io.TextIOWrapper(io.BytesIO(), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        with pytest.raises(SystemExit) as ended:
            apart(lambda: call_command("verify_document", str(path)))
    answer = json.loads(out.buffer.getvalue())  # type: ignore[attr-defined]
    problems = [*answer["problems"], *(each for row in answer["signatures"] for each in row["problems"])]
    return ended.value.code, answer["is_genuine"], problems
