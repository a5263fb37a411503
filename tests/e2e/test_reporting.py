"""A month's report from the day beat opens its period to the board's acknowledgement, on the demonstration's data."""

import re
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from campaigns.models import Indicator, ProgressEntry, Task
from campaigns.workflow import progress
from documents.models import Document, Recipient
from documents.states import DocumentState
from notifications.models import Message
from reports import contributions, workflow
from reports.contributions import FigureInput
from reports.filling import plain
from reports.models import Contribution, ContributionFigure, Period, Report, ReportProfile
from reports.periods import Span, month_of, month_span, months_before
from reports.tasks import open_periods
from tests.background import running_worker
from tests.e2e.conftest import People, apart
from tests.e2e.test_accessibility import SIZES, reaches_out, violations
from tests.e2e.test_journey import head_of, press, sign
from tests.stages import Site
from units.models import Appointment

FILES = "Hồ sơ thủ tục hành chính đã giải quyết"
SECOND_LOOK = "Đã rà soát 12 hồ sơ tồn từ đầu kỳ."
LATE = "Trung tâm Ứng dụng tiến bộ khoa học và công nghệ"
ADDED = 5


@pytest.fixture
def people(demo_site: Site, people_of: Any) -> People:
    made: People = people_of(demo_site)
    return made


def last_month() -> tuple[int, int, Span]:
    """The reporting month that ended last: the one beat opens when nobody did."""
    running = month_of(timezone.localdate(), 15)
    year, month = months_before(*running, 1)
    return year, month, month_span(year, month, 15)


def period() -> Period:
    year, month, _days = last_month()
    return Period.objects.get(year=year, month=month, profile__is_rollup=False)


def latest() -> Report:
    return Report.objects.select_related("document").order_by("-id")[0]


def post(account: str) -> Appointment:
    return Appointment.objects.get(user__username=account)


def part(unit: str) -> Contribution:
    return Contribution.objects.get(period=period(), unit__name=unit)


def test_a_month_from_the_opened_period_to_the_acknowledged_report(people: People, tmp_path: Path) -> None:
    nobody_opened_the_month()
    unit_did_its_work()
    beat_opens_the_period(people)
    head_corrects_a_figure_and_sends(people)
    late_unit_is_reminded_by_one_press(people)
    with running_worker(tmp_path):
        office_compiles(people)
        two_people_write_two_sections(people)
        office_takes_the_draft_over_again(people)
        changed_entry_shows_beside_the_report(people)
        recompiling_makes_a_second_edition(people)
        report_is_signed_and_issued(people)
    board_acknowledges(people)
    figure_opens_its_entries(people)


@pytest.mark.parametrize("size", SIZES)
def test_pages_of_a_draft_have_no_violation(demo_site: Site, people_of: Any, size: str) -> None:
    """Pages that only a compiled draft has, in both themes; the others stand in tools/screenshots.py."""
    page = people_of(demo_site, viewport=SIZES[size], reduced_motion="reduce")("vanphong")
    report = a_second_draft()
    counted = report.figures["figures"][0]["indicator_id"]
    unit = report.figures["units"][0]["unit_id"]
    found = []
    for place in ("", "so-sanh/", "phan/strengths/", f"nguon/{counted}/", f"nhiem-vu/{unit}/given/"):
        page.goto(f"/bao-cao/{report.pk}/{place}")
        for theme in ("light", "dark"):
            page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
            found += [f"{place} {theme}: {problem}" for problem in violations(page)]
        if reaches_out(page):
            found.append(f"{place}: scrolls sideways")
    assert not found, "\n".join(found)


def a_second_draft() -> Report:
    """The running month compiled twice, with other figures and other words than the first time."""
    running, office = Period.objects.order_by("-id")[0], post("vanphong")
    workflow.compile(period=running, by=office, at=timezone.now())
    late = Contribution.objects.get(period=running, unit__name=LATE)
    contributions.confirm(contribution=late, version=late.version, by=head_of(LATE), at=timezone.now())
    part_of_finance = Contribution.objects.get(period=running, unit__short_name="Phòng KHTC")
    given = FigureInput(Indicator.objects.get(code="tin-bai").pk, Decimal(3), "Đăng trên trang của phòng")
    saved = contributions.save(
        contribution=part_of_finance, version=part_of_finance.version, lines=[], figures=[given],
        by=post("truongphong.khtc"), at=timezone.now(),
    )  # fmt: skip
    contributions.confirm(contribution=saved, version=saved.version, by=post("truongphong.khtc"), at=timezone.now())
    report = workflow.compile(period=running, by=office, at=timezone.now())
    return workflow.edit_section(
        report=report, key="strengths", text="Làm tốt.", before="", by=office, at=timezone.now()
    )


# --- given ------------------------------------------------------------------------------------------------------------
def nobody_opened_the_month() -> None:
    """The demonstration's own period of that month goes; its profile is as old as its reports, and is due at once."""
    year, month, _days = last_month()
    for each in Contribution.objects.filter(period__year=year, period__month=month):
        each.delete()
    Period.objects.filter(year=year, month=month).delete()
    ReportProfile.objects.update(created_at=timezone.now() - timedelta(days=400), due_working_days=0)


def unit_did_its_work() -> None:
    """On the month's last day the unit looked through files; its head confirmed the entry."""
    task = Task.objects.get(text__startswith="Giải quyết hồ sơ thủ tục hành chính")
    counted = Indicator.objects.get(code="ho-so")
    entry = progress.report(
        task=task, text=SECOND_LOOK, percent=70, figures={counted: Decimal(12)}, by=post("chuyenvien.cds"),
        at=timezone.now(), happened_on=last_month()[2].ends_on,
    )  # fmt: skip
    progress.confirm_entry(entry=entry, by=post("truongphong.cds"), at=timezone.now())


# --- the units --------------------------------------------------------------------------------------------------------
def beat_opens_the_period(people: People) -> None:
    """The hourly pass opens the month once and tells the heads; the unit's part stands on the head's home page."""
    apart(open_periods)
    assert period().contributions.count() == 6
    count = Message.objects.count()
    apart(open_periods)
    assert Message.objects.count() == count
    page = people("truongphong.cds")
    page.goto("/")
    item = page.locator(".todo-item").filter(has_text="Phần báo cáo").filter(has_text=period().label)
    item.get_by_role("link").last.click()
    expect(page.locator("h1")).to_contain_text("Phòng Chuyển đổi số")


def figure() -> ContributionFigure:
    return part("Phòng Chuyển đổi số").figures.get(indicator__code="ho-so")


def head_corrects_a_figure_and_sends(people: People) -> None:
    """The figure is filled from entries; another one is refused without a reason and nothing typed is lost.

    Enter in a field saves and does not send; one press, here a key, sends what stands on the page.
    """
    page, counted = people("truongphong.cds"), figure().computed
    row = page.get_by_role("row").filter(has_text=FILES)
    value, reason = row.get_by_role("textbox").first, row.get_by_role("textbox").last
    expect(value).to_have_value(plain(counted))
    value.fill(plain(counted + ADDED))
    press(page, "Lưu và gửi")
    expect(page.get_by_text(re.compile("Hãy ghi lý do"))).to_be_visible()
    expect(value).to_have_value(plain(counted + ADDED))
    reason.fill("Tính thêm hồ sơ")
    reason.press("Enter")
    expect(page.get_by_text("Đã lưu phần báo cáo.").first).to_be_visible()
    reason.fill("Tính thêm 5 hồ sơ nộp trực tiếp")
    send(page)
    assert (figure().value, figure().computed) == (counted + ADDED, counted)
    assert figure().reason == "Tính thêm 5 hồ sơ nộp trực tiếp"


def send(page: Page) -> None:
    page.get_by_role("button", name="Lưu và gửi").press("Enter")
    expect(page.get_by_text("Đã gửi phần báo cáo cho Văn phòng.").first).to_be_visible()


def late_unit_is_reminded_by_one_press(people: People) -> None:
    """All but one have sent; the office presses the red cell of the matrix, and the unit's head is told."""
    for each in Contribution.objects.filter(period=period()).missing().exclude(unit__name=LATE).select_related("unit"):
        contributions.confirm(contribution=each, version=each.version, by=head_of(each.unit.name), at=timezone.now())
    page = people("vanphong")
    told = Message.objects.filter(user__username="giamdoc.ttud", name="reports_contribution_late")
    before = told.count()
    page.goto("/bao-cao/")
    page.get_by_role("button", name=re.compile("bấm để nhắc")).last.click()
    expect(page.get_by_text("Đã nhắc 1 đơn vị.").first).to_be_visible()
    assert told.count() == before + 1


# --- the office -------------------------------------------------------------------------------------------------------
def compile_on(page: Page, button: str, earlier: int) -> None:
    """Press, confirm, see the job, land on the new report."""
    page.goto(f"/bao-cao/ky/{period().pk}/")
    press(page, button)
    page.get_by_role("dialog").get_by_role("button", name="Tổng hợp", exact=True).click()
    page.wait_for_url(lambda url: bool(re.search(r"/bao-cao/\d+/$", url)) and f"/{earlier}/" not in url, timeout=60_000)


def office_compiles(people: People) -> None:
    page = people("vanphong")
    compile_on(page, "Tổng hợp báo cáo", latest().pk)
    expect(page.get_by_text(SECOND_LOOK).first).to_be_visible()


def write(page: Page, report: Report, key: str, text: str) -> None:
    page.goto(f"/bao-cao/{report.pk}/phan/{key}/")
    page.get_by_label("Nội dung").fill(text)


def two_people_write_two_sections(people: People) -> None:
    """Both have their section open at the same time; both texts stand in the report."""
    report, office, chief = latest(), people("vanphong"), people("chanhvanphong")
    write(office, report, "strengths", "Các đơn vị làm tốt việc trực tuyến.")
    write(chief, report, "weaknesses", "Còn ít điển hình mới.")
    press(office, "Lưu phần này")
    expect(office.get_by_text("Các đơn vị làm tốt việc trực tuyến.").first).to_be_visible()
    press(chief, "Lưu phần này")
    for words in ("Các đơn vị làm tốt việc trực tuyến.", "Còn ít điển hình mới."):
        expect(chief.get_by_text(words).first).to_be_visible()


def office_takes_the_draft_over_again(people: People) -> None:
    page, report = people("vanphong"), latest()
    page.goto(f"/bao-cao/{report.pk}/phan/weaknesses/")
    expect(page.locator("del, ins").first).to_be_visible()
    press(page, "Lấy lại bản soạn sẵn")
    expect(page.get_by_text("Còn ít điển hình mới.")).to_have_count(0)


def shown_figure(page: Page) -> Any:
    return page.get_by_role("row").filter(has_text=FILES).last


def changed_entry_shows_beside_the_report(people: People) -> None:
    """An entry is withdrawn after the freeze: the page says so, the report keeps its figure."""
    entry = ProgressEntry.objects.get(text=SECOND_LOOK)
    progress.withdraw_entry(entry=entry, reason="Tính trùng", by=post("truongphong.cds"), at=timezone.now())
    page, kept = people("vanphong"), figure().value
    page.goto(f"/bao-cao/{latest().pk}/")
    expect(page.get_by_text(re.compile("1 mục đã chốt nay không còn tính"))).to_be_visible()
    expect(shown_figure(page)).to_contain_text("Đổi sau khi chốt")
    expect(shown_figure(page).get_by_role("link", name=plain(kept), exact=True)).to_be_visible()


def recompiling_makes_a_second_edition(people: People) -> None:
    """The part goes back, is filled again and sent; the second edition says what differs from the first."""
    office, head, first, old = people("vanphong"), people("truongphong.cds"), latest(), figure().value
    office.goto(f"/bao-cao/phan-don-vi/{figure().contribution_id}/")
    press(office, "Trả lại")
    office.get_by_role("dialog").get_by_label("Lý do").fill("Bỏ 12 hồ sơ tính trùng")
    office.get_by_role("dialog").get_by_role("button", name="Trả lại", exact=True).click()
    expect(office.get_by_text("Đã trả lại phần báo cáo cho đơn vị.").first).to_be_visible()
    head.goto(f"/bao-cao/phan-don-vi/{figure().contribution_id}/")
    press(head, "Cập nhật từ tiến độ")
    counted = figure().computed
    row = head.get_by_role("row").filter(has_text=FILES)
    row.get_by_role("textbox").first.fill(plain(counted))
    send(head)
    compile_on(office, "Tổng hợp lại", first.pk)
    office.get_by_role("link", name="So với lần trước").click()
    row = office.get_by_role("row").filter(has_text=FILES)
    expect(row).to_contain_text(plain(old))
    expect(row).to_contain_text(plain(counted))
    assert latest().edition == 2


# --- the file ---------------------------------------------------------------------------------------------------------
def report_is_signed_and_issued(people: People) -> None:
    document = latest().document
    office, chief, director, clerk = (people(each) for each in ("vanphong", "chanhvanphong", "giamdoc", "vanthu"))
    office.goto(f"/bao-cao/{latest().pk}/")
    press(office, "Trình trưởng đơn vị")
    chief.goto(f"/van-ban/{document.pk}/")
    press(chief, "Xác nhận nội dung")
    press(chief, "Xác nhận thể thức")
    director.goto(f"/van-ban/{document.pk}/ky/")
    sign(director)
    clerk.goto(f"/van-ban/{document.pk}/")
    for words in ("Cấp số", "Đóng dấu và ban hành"):
        clerk.get_by_role("link", name=words).click()
        press(clerk, words)
    expect(clerk.get_by_text("Đã ban hành").first).to_be_visible()
    assert Document.objects.get(pk=document.pk).state == DocumentState.ISSUED


def board_acknowledges(people: People) -> None:
    page, document = people("bandanvan"), latest().document
    page.goto(f"/van-ban/den/{document.pk}/")
    press(page, "Xác nhận đã nhận")
    expect(page.get_by_text(re.compile("Đã nhận lúc"))).to_be_visible()
    line = Recipient.objects.get(document=document, unit__name="Ban Dân vận Tỉnh ủy")
    assert line.acknowledged_by == post("bandanvan")


def figure_opens_its_entries(people: People) -> None:
    page, kept = people("vanphong"), figure().value
    page.goto(f"/bao-cao/{latest().pk}/")
    shown_figure(page).get_by_role("link", name=plain(kept), exact=True).click()
    entries = ProgressEntry.objects.filter(pk__in=figure().sources)
    for entry in entries:
        expect(page.locator("#side-panel").get_by_text(entry.text)).to_be_visible()
    assert entries.exists()
