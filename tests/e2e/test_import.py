"""An existing plan from Word becomes a draft without retyping, and is submitted; source and rows are joined."""

import os
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from campaigns.models import Plan, PlanImport
from directives.models import Directive
from documents.states import DocumentState
from tests.background import drain
from tests.e2e.conftest import People
from tests.e2e.installation import wait_for
from tests.e2e.test_accessibility import reaches_out, violations
from tests.e2e.word_plan import BASES, TITLE, word_plan
from tests.stages import Site
from units.models import Unit

GROUP = "Tổ Công nghệ số cộng đồng"
LONG_HEAD = ("KẾ HOẠCH", "Rà soát năm 2026", "", "I. TỔ CHỨC THỰC HIỆN")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PICTURES = os.environ.get("IMPORT_PICTURES", "")  # a folder: keep pictures of the steps there


@pytest.fixture
def people(house_site: Site, people_of: Any) -> People:
    made: People = people_of(house_site, reduced_motion="reduce")
    return made


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES, f"{name}.png"))


def check_accessible(page: Page) -> None:
    """axe finds nothing in either theme, and the page does not scroll sideways."""
    for theme in ("dark", "light"):
        page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
        assert violations(page) == []
    assert not reaches_out(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def hand_in(page: Page, data: bytes, name: str) -> PlanImport:
    """Upload, read, and the page with what was recognised."""
    page.goto("/ke-hoach/nhap/")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": WORD, "buffer": data})
    press(page, "Đọc kế hoạch")
    page.wait_for_url(re.compile(r"/nhap/\d+/$"))
    drain()
    expect(page.locator("#recognised")).to_be_visible(timeout=30_000)
    return PlanImport.objects.latest("id")


def row(page: Page, words: str, part: str = "") -> Locator:
    """The row of the right side whose words these are, as soon as it is there."""
    found = page.wait_for_function(
        """([words, part]) => Array.from(document.querySelectorAll("#recognised form[data-key]" + part)).find(
            form => Array.from(form.querySelectorAll("textarea")).some(area => area.value.includes(words)))
            ?.dataset.key""",
        arg=[words, part],
    )
    return page.locator(f'#recognised form[data-key="{found.json_value()}"]')


def task(page: Page, words: str) -> Locator:
    """The task of these words (an item may have the same)."""
    return row(page, words, "[data-part=tasks]")


def saved(page: Page) -> None:
    """Everything typed has reached the server."""
    expect(page.locator("[data-import-status]")).to_contain_text("Đã lưu")


def choose(page: Page, typed: str) -> None:
    """In the list of units: type without marks, Enter takes the first."""
    page.get_by_label("Tìm đơn vị").fill(typed)
    page.get_by_label("Tìm đơn vị").press("Enter")
    expect(page.locator("#unit-picker")).to_be_hidden()


def test_from_a_word_file_to_a_submitted_plan(people: People) -> None:
    page = people("vanphong")
    source = hand_in(page, word_plan(), "ke-hoach-cds.docx")
    picture(page, "recognised")
    check_accessible(page)
    expect(page.get_by_label("Trích yếu")).to_have_value(TITLE)
    markers = page.locator(".import-marker").all_inner_texts()
    assert markers[:7] == ["I.", "1.", "2.", "II.", "1.", "a)", "b)"]
    expect(page.get_by_text(f"“{GROUP}” là đơn vị nào?")).to_be_visible()

    # a name that nobody knows: one choice for all its places
    page.locator(f'[data-pick=name][data-name="{GROUP}"]').click()
    picture(page, "picker")
    choose(page, "quan ly chuyen nganh")
    unit = Unit.objects.get(name="Phòng Quản lý chuyên ngành")
    for words in ("xây dựng chuyên trang", "hội nghị tập huấn"):
        expect(task(page, words).locator("[data-pick=lead_unit]")).to_have_text(unit.name)

    # typed corrections are kept by themselves, over a reload too
    page.get_by_label("Đơn vị soạn thảo").select_option(label=unit.name)
    task(page, "Tổng hợp kết quả").get_by_label("Nội dung nhiệm vụ").fill("Tổng hợp, báo cáo kết quả với tỉnh")
    saved(page)
    page.reload()
    expect(task(page, "báo cáo kết quả với tỉnh").locator("[name=due]")).to_have_value("31/10/2026")

    # all unknown directives in one press
    press(page, "Đưa cả 2 văn bản vào sổ")
    expect(page.get_by_text("2 văn bản, đã có trong sổ")).to_be_visible()
    assert set(Directive.objects.values_list("code", flat=True)) == {"118/KH-UBND", "904/STTTT-CĐS"}

    split_and_join(page)
    item_as_task(page)
    press(page, "Tạo kế hoạch")

    expect(page.locator("h1")).to_contain_text(TITLE)
    plan = Plan.objects.select_related("document").get()
    assert PlanImport.objects.get(pk=source.pk).plan == plan
    assert [base.text for base in plan.bases.all()] == list(BASES)
    found = plan.tasks.values_list("lead_unit__name", "due_on__day", "rhythm")
    assert sorted((name, due or 0, rhythm) for name, due, rhythm in found) == [
        (unit.name, 9, ""), (unit.name, 14, ""), ("Văn phòng Sở", 0, "monthly"), ("Văn phòng Sở", 0, "regular"),
        ("Văn phòng Sở", 31, ""),
    ]  # fmt: skip
    press(page, "Trình trưởng đơn vị")
    expect(page.get_by_text("Chờ trưởng đơn vị soạn thảo")).to_be_visible()
    plan.document.refresh_from_db()
    assert plan.document.state == DocumentState.PROPOSED


def split_and_join(page: Page) -> None:
    """Ctrl+Enter cuts a paragraph where the cursor stands; "Gộp lên" joins it again."""
    count = page.locator("form[data-part=items]").count()
    field = row(page, "Bảo đảm thiết thực").locator("textarea")
    field.focus()
    field.evaluate("(field) => field.setSelectionRange(8, 8)")
    field.press("Control+Enter")
    expect(page.locator("form[data-part=items]")).to_have_count(count + 1)
    picture(page, "split")
    row(page, "thiết thực, tiết kiệm").locator("textarea").focus()
    press(page, "Gộp lên")
    expect(page.locator("form[data-part=items]")).to_have_count(count)
    expect(row(page, "Bảo đảm thiết thực, tiết kiệm.")).to_be_visible()


def item_as_task(page: Page) -> None:
    """A paragraph that was no task becomes one: who leads and how often is given."""
    row(page, "Đăng tin trên trang").locator("textarea").focus()
    press(page, "Là nhiệm vụ")
    made = task(page, "Đăng tin trên trang")
    made.locator("[data-pick=lead_unit]").click()
    choose(page, "van phong")
    made.get_by_label("Nhịp báo cáo").select_option("monthly")
    saved(page)
    expect(page.get_by_text("Phải sửa")).to_have_count(0)


def test_source_and_rows_light_up_together(people: People) -> None:
    """By mouse and by keys, both ways; on a phone through two tabs."""
    page = people("vanphong")
    hand_in(page, word_plan(), "ke-hoach-cds.docx")
    task(page, "hội nghị tập huấn").locator("textarea").click()
    line = page.locator(".source-line .is-linked", has_text="hội nghị tập huấn")
    expect(line).to_be_in_viewport()
    picture(page, "linked")

    page.locator(".source-line [data-link]", has_text="Bảo đảm thiết thực").click()
    expect(row(page, "Bảo đảm thiết thực").locator("textarea")).to_be_focused()

    page.locator("#pane-left").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    here = page.evaluate("document.activeElement.dataset.link")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('[data-key]').dataset.key") in here.split()

    page.get_by_role("link", name="Tới chỗ này").first.click()
    expect(page.locator(":focus")).to_be_in_viewport()


def test_on_a_phone_there_are_two_tabs(house_site: Site, people_of: Any) -> None:
    page = people_of(house_site, viewport={"width": 390, "height": 844}, reduced_motion="reduce")("vanphong")
    hand_in(page, word_plan(), "ke-hoach-cds.docx")
    picture(page, "phone")
    check_accessible(page)
    expect(page.locator("#pane-left")).to_be_hidden()
    page.get_by_role("tab", name="Văn bản gốc").click()
    expect(page.locator("#pane-right")).to_be_hidden()
    picture(page, "phone-source")
    check_accessible(page)
    page.locator(".source-line [data-link]", has_text="Bảo đảm thiết thực").click()
    expect(row(page, "Bảo đảm thiết thực").locator("textarea")).to_be_focused()


def test_two_writers_and_a_lost_session_lose_nothing(people: People) -> None:
    first, second = people("vanphong"), people("chanhvanphong")
    hand_in(first, word_plan(), "ke-hoach-cds.docx")
    second.goto(first.url)
    row(first, "Bảo đảm thiết thực").locator("textarea").fill("Bản của Văn phòng.")
    saved(first)
    mine = row(second, "Bảo đảm thiết thực")
    mine.locator("textarea").fill("Bản của Chánh Văn phòng.")
    expect(mine.get_by_text("Bản của Văn phòng.")).to_be_visible()
    expect(mine.locator("textarea")).to_have_value("Bản của Chánh Văn phòng.")
    picture(second, "conflict")
    mine.get_by_role("button", name="Lưu chữ của tôi").click()
    saved(second)
    assert "Bản của Chánh Văn phòng." in [each["text"] for each in PlanImport.objects.get().draft["items"]]

    second.context.clear_cookies(name="sessionid")
    row(second, "Nâng cao nhận thức").locator("textarea").fill("Viết khi phiên đã hết.")
    expect(second.get_by_role("dialog", name="Phiên làm việc đã hết")).to_be_visible()
    second.get_by_role("dialog").get_by_label("Mật khẩu").fill("mat-khau-dung-thu-2026")
    press(second, "Đăng nhập lại")
    wait_for(lambda: "Viết khi phiên đã hết." in [item["text"] for item in PlanImport.objects.get().draft["items"]], 20)
    saved(second)


def test_a_reload_in_the_middle_of_a_word_keeps_it(people: People) -> None:
    page = people("vanphong")
    hand_in(page, word_plan(), "ke-hoach-cds.docx")
    row(page, "Bảo đảm thiết thực").locator("textarea").fill("Vừa gõ xong thì tải lại.")
    page.reload()
    expect(row(page, "Vừa gõ xong thì tải lại.")).to_be_visible()
    saved(page)
    assert "Vừa gõ xong thì tải lại." in [each["text"] for each in PlanImport.objects.get().draft["items"]]


def test_a_wrong_day_is_told_at_its_field_and_one_typed_short_is_completed(people: People) -> None:
    page = people("vanphong")
    hand_in(page, word_plan(), "ke-hoach-cds.docx")
    due = task(page, "Tổng hợp kết quả").get_by_label("Hạn", exact=True)
    due.fill("31/02/2026")
    expect(due).to_have_accessible_description("Hạn chưa đúng mẫu 20/10/2026.")
    expect(due).to_have_attribute("aria-invalid", "true")
    picture(page, "wrong-day")
    check_accessible(page)
    due.fill("1/11/26")
    due.press("Tab")
    expect(due).to_have_value("01/11/2026")
    expect(due).to_have_attribute("aria-invalid", "false")
    expect(due).to_have_accessible_description("")
    saved(page)
    dues = [each["due"] for each in PlanImport.objects.get().draft["tasks"]]
    assert "01/11/2026" in dues


def test_a_problem_far_below_is_reached_before_its_row_is_drawn(people: People) -> None:
    page = people("vanphong")
    task_line = "{}. Phòng Quản lý chuyên ngành chủ trì rà soát lĩnh vực {} xong trước ngày 20/10/2026."
    lines = [*(task_line.format(n, n) for n in range(1, 120)), "120. Văn phòng Sở chủ trì việc cuối cùng."]
    page.goto("/ke-hoach/nhap/")
    page.get_by_label("Hoặc dán nội dung").fill("\n".join([*LONG_HEAD, *lines]))
    press(page, "Đọc kế hoạch")
    page.wait_for_url(re.compile(r"/nhap/\d+/$"))
    drain()
    asked = page.locator("#import-asked .check", has_text="việc cuối cùng")
    expect(asked).to_be_visible(timeout=30_000)
    last = page.locator('#recognised textarea:has-text("việc cuối cùng")')
    expect(last).to_have_count(0)
    asked.get_by_role("link", name="Tới chỗ này").press("Enter")
    expect(task(page, "việc cuối cùng").get_by_label("Hạn", exact=True)).to_be_focused()
    expect(task(page, "việc cuối cùng")).to_be_in_viewport()
