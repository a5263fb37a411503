"""Writing a plan: it saves by itself, loses nothing, is ordered by keyboard, and goes back to an old version."""

import re
import unicodedata
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from campaigns import plan_content
from campaigns.models import ItemStyle, Plan, PlanItem, PlanVersion
from campaigns.workflow import plans
from directives.models import Directive
from documents.models import Document
from documents.states import DocumentState
from tests.e2e.conftest import People, apart
from tests.e2e.test_accessibility import violations
from tests.stages import PASSWORD, Site
from units.models import Appointment

SAVED = re.compile(r"Đã lưu \d\d:\d\d")


@pytest.fixture
def people(demo_site: Site, people_of: Any) -> People:
    made: People = people_of(demo_site)
    return made


@pytest.fixture
def plan(demo_site: Site) -> Plan:
    draft = Document.objects.filter(type="campaigns.plan", state=DocumentState.DRAFT).order_by("-id")[0]
    return Plan.objects.get(document=draft)


def post_of(account: str) -> Appointment:
    return Appointment.objects.get(user__username=account)


def items(plan: Plan) -> list[PlanItem]:
    return list(plan.items.order_by("parent_id", "position"))


def section(page: Page, item: PlanItem) -> Locator:
    return page.locator(f"#part-item-{item.pk}")


def open_item(page: Page, item: PlanItem) -> Locator:
    """The open form of an item."""
    section(page, item).hover()
    section(page, item).get_by_role("link", name="Sửa nội dung").click()
    form = page.locator(f"#form-item-{item.pk}")
    expect(form).to_be_visible()
    return form


def stored(item: PlanItem) -> str:
    return str(apart(lambda: PlanItem.objects.get(pk=item.pk).text))


def test_a_part_saves_by_itself_and_leaves_the_others_open(people: People, plan: Plan) -> None:
    """Given two open parts, one saves after a pause and is closed; what is typed into the other stays."""
    page, (first, second) = people("vanphong"), plan.items.filter(style="number").order_by("id")[:2]
    page.goto(f"/ke-hoach/{plan.pk}/")
    one, other = open_item(page, first), open_item(page, second)
    other.get_by_label("Nội dung").fill("Chữ của mục thứ hai")
    one.get_by_label("Nội dung").fill("Chữ của mục thứ nhất")

    expect(one.locator(".autosave")).to_have_text(SAVED)
    expect(other.locator(".autosave")).to_have_text(SAVED)
    one.get_by_label("Nội dung").fill("Chữ của mục thứ nhất, đã sửa")
    other.get_by_label("Nội dung").fill("Đang gõ dở")
    one.get_by_role("button", name="Lưu", exact=True).click()

    expect(one).to_have_count(0)
    expect(section(page, first)).to_contain_text("Chữ của mục thứ nhất, đã sửa")
    expect(other.get_by_label("Nội dung")).to_have_value("Đang gõ dở")
    assert stored(first) == "Chữ của mục thứ nhất, đã sửa"


def test_two_editors_of_one_part_lose_nothing(people: People, plan: Plan) -> None:
    """The second writer sees both texts, keeps the own one; the first one's text is in a version."""
    first, second, item = people("vanphong"), people("chanhvanphong"), items(plan)[0]
    for page in (first, second):
        page.goto(f"/ke-hoach/{plan.pk}/")
    mine, theirs = open_item(second, item), open_item(first, item)
    theirs.get_by_label("Nội dung").fill("Bản của Văn phòng")
    expect(theirs.locator(".autosave")).to_have_text(SAVED)

    mine.get_by_label("Nội dung").fill("Bản của Chánh Văn phòng")
    expect(mine.get_by_text(re.compile("Nguyễn Thu Hằng đã sửa phần này"))).to_be_visible()
    expect(mine.get_by_text("Bản của Văn phòng").first).to_be_visible()
    assert stored(item) == "Bản của Văn phòng"
    mine.get_by_role("button", name="Giữ chữ của tôi").click()

    expect(mine.locator(".autosave")).to_have_text(SAVED)
    assert stored(item) == "Bản của Chánh Văn phòng"
    kept = PlanVersion.objects.filter(plan=plan, content__isnull=False)[0]
    assert "Bản của Văn phòng" in [row["text"] for row in kept.content["items"]]


def test_taking_the_stored_text_keeps_one_s_own_at_hand(people: People, plan: Plan) -> None:
    page, item = people("vanphong"), items(plan)[0]
    page.goto(f"/ke-hoach/{plan.pk}/")
    form = open_item(page, item)
    write(item, "Bản của người kia", "chanhvanphong")
    form.get_by_label("Nội dung").fill("Bản của tôi")
    form.get_by_role("button", name="Lấy bản đã lưu").click()

    expect(form.get_by_label("Nội dung")).to_have_value("Bản của người kia")
    form.get_by_role("button", name="Lấy lại").click()
    expect(form.get_by_label("Nội dung")).to_have_value("Bản của tôi")


def write(item: PlanItem, text: str, account: str) -> None:
    style, by = ItemStyle(item.style), post_of(account)
    apart(lambda: plans.edit_item(item=item, style=style, text=text, by=by, at=timezone.now()))


def test_a_lost_session_asks_for_the_password_and_goes_on(people: People, plan: Plan) -> None:
    page, item = people("vanphong"), items(plan)[0]
    page.goto(f"/ke-hoach/{plan.pk}/")
    form = open_item(page, item)
    page.context.clear_cookies(name="sessionid")
    form.get_by_label("Nội dung").fill("Viết khi phiên đã hết")

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Phiên làm việc đã hết")).to_be_visible()
    dialog.get_by_label("Mật khẩu").fill(PASSWORD)
    dialog.get_by_role("button", name="Đăng nhập lại").click()

    expect(form.locator(".autosave")).to_have_text(SAVED)
    expect(form.get_by_label("Nội dung")).to_have_value("Viết khi phiên đã hết")
    assert stored(item) == "Viết khi phiên đã hết"


def test_text_that_never_reached_the_server_is_offered_again(people: People, plan: Plan) -> None:
    """Given the network fails and the tab is closed, the next visit offers the text and takes it back."""
    page, item = people("vanphong"), items(plan)[0]
    page.goto(f"/ke-hoach/{plan.pk}/")
    form = open_item(page, item)
    page.context.set_offline(True)
    form.get_by_label("Nội dung").fill("Chữ chưa kịp lưu")
    expect(form.locator(".autosave")).to_contain_text("Chưa lưu được")
    expect(page.locator("[data-transient]")).to_have_count(0)
    context = page.context
    page.close(run_before_unload=False)
    context.set_offline(False)
    later = context.new_page()
    later.goto(f"/ke-hoach/{plan.pk}/")
    expect(later.get_by_text(re.compile("Phần viết dở chưa lưu: Nội dung"))).to_be_visible()
    later.get_by_role("button", name="Mở lại").click()
    later.get_by_role("button", name="Lấy lại").click()

    expect(later.locator(".autosave").first).to_have_text(SAVED)
    assert stored(item) == "Chữ chưa kịp lưu"
    later.reload()
    expect(later.get_by_text(re.compile("Phần viết dở chưa lưu"))).to_have_count(0)
    people.contexts.problems.clear()  # the browser notes the failed requests


def test_the_tree_is_ordered_by_keyboard_alone(people: People, plan: Plan) -> None:
    """Alt and arrows, and the moving mode with Tab; each move is said, and the focus stays with the item."""
    page = people("vanphong")
    for row in items(plan):
        row.delete()
    by, at = post_of("vanphong"), timezone.now()
    rows = [
        plans.add_item(plan=plan, style=ItemStyle.SECTION, text=text, by=by, at=at) for text in ("Một", "Hai", "Ba")
    ]
    page.goto(f"/ke-hoach/{plan.pk}/")
    handle = section(page, rows[2]).locator("> [data-handle]")
    handle.focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#plan-says")).to_have_text("Bây giờ là II. Ba, ở cấp ngoài cùng.")
    expect(handle).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#plan-says")).to_have_text("Bây giờ là 1. Ba, trong I. Một.")
    expect(handle).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator("#plan-says")).to_have_text("Bây giờ là II. Ba, ở cấp ngoài cùng.")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#plan-says")).to_have_text("Bây giờ là III. Ba, ở cấp ngoài cùng.")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(handle).not_to_be_focused()

    assert apart(lambda: [(row.text, row.parent_id) for row in items(plan)]) == [
        ("Một", None), ("Hai", None), ("Ba", None),
    ]  # fmt: skip


def test_an_item_is_dragged_into_another(people: People, plan: Plan) -> None:
    page = people("vanphong")
    first, second = plan.items.filter(parent=None).order_by("position")[:2]
    page.goto(f"/ke-hoach/{plan.pk}/")
    section(page, second).hover()
    box = section(page, first).bounding_box()
    assert box is not None
    section(page, second).locator("> [data-handle]").drag_to(
        section(page, first), target_position={"x": box["width"] * 0.8, "y": box["height"] * 0.8}
    )

    expect(page.locator("#plan-says")).to_contain_text("trong I.")
    assert apart(lambda: PlanItem.objects.get(pk=second.pk).parent_id) == first.pk


def test_a_removed_section_comes_back(people: People, plan: Plan) -> None:
    page, item = people("vanphong"), plan.items.filter(parent=None).order_by("position")[0]
    before = apart(lambda: plan_content.read(plan))
    page.goto(f"/ke-hoach/{plan.pk}/")
    section(page, item).hover()
    section(page, item).get_by_role("button", name="Bỏ").click()
    expect(section(page, item)).to_have_count(0)
    page.get_by_role("button", name="Hoàn tác").click()

    expect(section(page, item)).to_be_visible()
    assert apart(lambda: plan_content.read(plan)) == before


def test_an_item_saved_in_its_form_is_removed_at_once(people: People, plan: Plan) -> None:
    """One's own save is no other writer: the button of the part knows the version it made."""
    page, item = people("vanphong"), plan.items.filter(style="number").order_by("id")[0]
    page.goto(f"/ke-hoach/{plan.pk}/")
    form = open_item(page, item)
    form.get_by_label("Nội dung").fill("Sửa rồi bỏ")
    expect(form.locator(".autosave")).to_have_text(SAVED)
    section(page, item).get_by_role("button", name="Bỏ").click()

    expect(section(page, item)).to_have_count(0)
    expect(form).to_have_count(0)


def test_a_base_is_picked_from_the_register_by_keyboard(people: People, plan: Plan) -> None:
    """Words without marks find the directive; its first full mention becomes the base."""
    page = people("vanphong")
    page.goto(f"/ke-hoach/{plan.pk}/")
    page.get_by_role("link", name="Thêm căn cứ").click()
    box = page.get_by_role("combobox", name="Tìm trong sổ văn bản chỉ đạo")
    expect(box).to_be_focused()
    page.keyboard.type("thu tuong 33")
    expect(page.locator("#source-list [role=option]")).to_have_count(1)
    page.keyboard.press("Enter")

    expect(page.locator("#plan-left [data-base]").last).to_contain_text(
        re.compile("Căn cứ Chỉ thị số 33/CT-TTg ngày 26 tháng 11 năm 2021 của Thủ tướng Chính phủ")
    )


def test_a_task_gets_days_for_its_helpers(people: People, plan: Plan) -> None:
    """The day comes from the wording; a helper has an own day; both are stored without pressing anything."""
    page = people("vanphong")
    page.goto(f"/ke-hoach/{plan.pk}/")
    page.get_by_role("link", name="Thêm nhiệm vụ").click()
    form = page.locator("#form-task-new")
    form.get_by_label("Nội dung nhiệm vụ").fill("Tổ chức hội thi")
    expect(form.locator(".autosave")).to_contain_text("Đơn vị chủ trì")
    form.get_by_label("Đơn vị chủ trì").select_option(label="Thanh tra Sở")
    form.get_by_role("checkbox", name="Văn phòng Sở").check()
    form.get_by_label("Hạn của Văn phòng Sở").fill(f"10/10/{plan.year}")
    form.get_by_label("Hạn như ghi trong văn bản").fill("trước ngày 20/10")
    expect(form.get_by_text(f"19/10/{plan.year}")).to_be_visible()
    expect(form.locator(".autosave")).to_have_text(SAVED)

    task = apart(lambda: plan.tasks.prefetch_related("cooperating").get(text="Tổ chức hội thi"))
    expect(page.locator("#form-task-new")).to_have_attribute("action", f"/ke-hoach/{plan.pk}/phan/task-{task.pk}/")
    page.wait_for_timeout(2500)
    task.refresh_from_db()
    assert f"{task.due_on:%d/%m/%Y}" == f"19/10/{plan.year}"
    assert [f"{part.due_on:%d/%m/%Y}" for part in task.cooperating.all()] == [f"10/10/{plan.year}"]


def test_an_old_version_is_compared_and_taken_back(people: People, plan: Plan) -> None:
    page, item, at = people("vanphong"), items(plan)[0], timezone.now()
    before = item.text
    by = post_of("vanphong")
    plans.edit_item(
        item=item, style=ItemStyle(item.style), text=f"{before} đã thêm ba chữ", by=by, at=at + timedelta(hours=2)
    )
    page.goto(f"/ke-hoach/{plan.pk}/phien-ban/")
    page.get_by_role("link", name=re.compile("Phiên bản 2")).click()
    expect(page.locator(".comparison ins")).to_have_text("đã thêm ba chữ")
    assert violations(page) == []
    page.goto(f"/ke-hoach/{plan.pk}/phien-ban/1/")
    page.get_by_role("button", name="Lấy lại phiên bản 1").click()
    page.get_by_role("dialog").get_by_role("button", name="Lấy lại").click()

    expect(section(page, item)).to_contain_text(before)
    assert stored(item) == before
    numbers = apart(lambda: list(plan.versions.values_list("number", "restored_from").order_by("number")))
    assert numbers == [(1, None), (2, None), (3, 1)]


@pytest.mark.parametrize("size", [(1366, 900), (390, 844)], ids=["desktop", "phone"])
def test_open_forms_have_no_violation(demo_site: Site, people_of: Any, plan: Plan, size: tuple[int, int]) -> None:
    page = people_of(demo_site, viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")("vanphong")
    page.goto(f"/ke-hoach/{plan.pk}/")
    open_item(page, items(plan)[0])
    for name in ("Thêm căn cứ", "Thêm nhiệm vụ"):
        page.get_by_role("link", name=name).click()
    page.locator("#part-recipients").hover()
    page.get_by_role("link", name="Sửa nơi nhận").click()
    expect(page.locator("#source-list [role=option]").first).to_be_visible()
    expect(page.get_by_label("Thêm nơi nhận có trên hệ thống hoặc trong sổ địa chỉ")).to_be_visible()
    for theme in ("light", "dark"):
        page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
        assert violations(page) == [], theme
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_mention_is_written_in_full_or_briefly_where_it_stands(people: People, plan: Plan) -> None:
    """Of two mentions the first is offered in full, the second briefly; letters typed in two parts move neither."""
    page, first = people("vanphong"), plan.items.filter(style="number").order_by("id")[0]
    known = Directive.objects.get(code="365-CV/ĐUK")
    bare = "CV 365-CV/ĐUK"
    page.goto(f"/ke-hoach/{plan.pk}/")
    form = open_item(page, first)
    field = form.get_by_label("Nội dung")
    field.fill(unicodedata.normalize("NFD", f"Đề nghị thực hiện {bare}; đơn vị rà soát lại {bare}."))

    form.get_by_role("button", name="Ghi gọn").click()
    expect(field).to_have_value(f"Đề nghị thực hiện {bare}; đơn vị rà soát lại {known.mention}.")
    expect(form.get_by_role("button", name="Ghi gọn")).to_have_count(0)
    form.get_by_role("button", name="Ghi đủ").click()
    written = f"Đề nghị thực hiện {known.first_mention}; đơn vị rà soát lại {known.mention}."
    expect(field).to_have_value(written)

    form.get_by_role("button", name="Lưu", exact=True).click()
    expect(form).to_have_count(0)
    assert stored(first) == written


def test_what_is_typed_beside_the_plan_stays_while_that_side_comes_anew(people: People, plan: Plan) -> None:
    page = people("vanphong")
    page.goto(f"/ke-hoach/{plan.pk}/")
    keep = page.locator(".check-keep").first
    keep.locator("summary").click()
    reason = keep.get_by_label("Lý do giữ nguyên")
    reason.fill("Đã thống nhất với lãnh đạo")
    form = open_item(page, plan.items.filter(style="number")[0])
    with page.expect_response(re.compile(rf"/ke-hoach/{plan.pk}/ben-canh/")) as anew:
        form.get_by_label("Nội dung").fill("Nội dung viết thêm trong lúc ghi lý do")
    anew.value.finished()
    page.wait_for_timeout(1000)  # longer than the side waits before it tries again
    expect(reason).to_have_value("Đã thống nhất với lãnh đạo")
    expect(reason).to_be_visible()

    with page.expect_response(re.compile(rf"/ke-hoach/{plan.pk}/ben-canh/")):
        reason.fill("")
        page.locator("#main").focus()  # nothing is held any more: it comes anew
    expect(page.locator(".check-keep[open]")).to_have_count(0)
