"""What helps the office while it writes a plan: the print beside it, findings kept with a reason, last year's plan."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from campaigns.models import Plan
from documents.states import IN_FORCE, DocumentState
from tests.e2e.conftest import People
from tests.stages import Site

PATIENCE = 15_000


@pytest.fixture
def office(demo_site: Site, people_of: Any) -> Page:
    people: People = people_of(demo_site)
    return people("vanphong")


def draft() -> Plan:
    return Plan.objects.filter(document__state=DocumentState.DRAFT).order_by("-id")[0]


def shown(page: Page) -> str:
    return page.locator("#plan-preview").get_attribute("data-shown") or ""


def test_the_print_follows_each_save_and_keeps_its_place(office: Page) -> None:
    office.goto(f"/ke-hoach/{draft().pk}/")
    switch = office.get_by_role("button", name="Xem trước", exact=True)
    switch.click()
    expect(office.locator(".preview-page img").first).to_be_visible(timeout=PATIENCE)
    first = shown(office)
    pages = office.locator("[data-preview-pages]")
    pages.evaluate("each => { each.scrollTop = 300; }")

    office.locator("#part-passages").get_by_role("link", name="Sửa").click()
    office.get_by_role("textbox", name="Đoạn mở đầu", exact=True).fill(
        "Sở ban hành kế hoạch với những nội dung sau đây:"
    )
    office.get_by_role("button", name="Lưu").click()
    expect(office.locator("#plan-preview")).not_to_have_attribute("data-shown", first, timeout=PATIENCE)

    assert pages.evaluate("each => each.scrollTop") == 300
    office.get_by_role("button", name="Đóng xem trước").click()
    expect(office.locator("#plan-preview")).to_be_hidden()
    expect(switch).to_be_focused()


def test_on_a_phone_the_print_takes_the_editors_place(demo_site: Site, people_of: Any) -> None:
    page = people_of(demo_site, viewport={"width": 390, "height": 844})("vanphong")
    page.goto(f"/ke-hoach/{draft().pk}/")

    page.get_by_role("button", name="Xem trước", exact=True).click()

    expect(page.locator(".preview-page img").first).to_be_visible(timeout=PATIENCE)
    expect(page.locator("#plan-body")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_finding_is_reached_and_kept_with_a_reason(office: Page) -> None:
    plan = draft()
    Plan.objects.filter(pk=plan.pk).update(opening="Hai  dấu cách, đúng như bản gốc.")
    office.goto(f"/ke-hoach/{plan.pk}/")
    row = office.locator(".check", has_text="hai dấu cách")

    row.get_by_role("link", name="Tới chỗ này").click()
    expect(office.locator("#part-passages")).to_be_in_viewport()
    row.get_by_text("Giữ nguyên", exact=True).click()
    row.get_by_label("Lý do giữ nguyên").fill("Trích nguyên văn")
    row.get_by_role("button", name="Đã xem, giữ nguyên").click()

    office.get_by_text("1 chỗ đã xem, giữ nguyên").click()
    expect(office.get_by_text("Giữ nguyên: Trích nguyên văn")).to_be_visible()


def test_last_years_plan_is_looked_through_and_copied(office: Page) -> None:
    source = Plan.objects.filter(document__state__in=IN_FORCE, tasks__isnull=False).order_by("-id")[0]
    office.goto(f"/ke-hoach/{source.pk}/")
    office.get_by_role("link", name="Chép sang năm sau").click()
    title = office.locator("#change-title")
    expect(title.locator("ins")).to_contain_text(str(source.year + 1))

    title.get_by_text("Sửa", exact=True).click()
    title.get_by_role("textbox").fill("Thực hiện Tháng cao điểm theo tên mới")
    office.get_by_role("button", name="Lập dự thảo").click()

    expect(office.get_by_role("heading", name="Thực hiện Tháng cao điểm theo tên mới").first).to_be_visible()
    office.get_by_role("link", name="Hủy bản chép này").click()
    office.get_by_role("button", name="Bỏ dự thảo").click()
    office.wait_for_url("**/ke-hoach/")
    assert source.copies.live().count() == 0
