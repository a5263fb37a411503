"""Fields that look and work the same on every page."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import People
from tests.e2e.test_accessibility import reaches_out, violations
from tests.stages import Site

LONG = "biên-bản-hội-nghị-" * 12 + ".txt"
SAFE = "xin chào".encode()


@pytest.fixture
def people(demo_site: Site, people_of: Any) -> People:
    made: People = people_of(demo_site, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    return made


def face(page: Page) -> Any:
    return page.locator(".file-field").first


def test_a_file_field_speaks_our_words_and_names_what_was_chosen(people: People) -> None:
    page = people("vanphong")
    page.goto("/ke-hoach/nhap/")
    field = page.get_by_label("Tệp kế hoạch")
    expect(face(page)).to_have_text(re.compile(r"Chọn tệp\s*Chưa chọn tệp"))

    field.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(field).to_be_focused()
    outline = "getComputedStyle(document.querySelector('.file-face')).outlineStyle"
    assert page.evaluate(outline) == "solid"
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Space")
    chosen.value.set_files({"name": LONG, "mimeType": "text/plain", "buffer": SAFE * 190_000})
    expect(face(page)).to_contain_text(f"{LONG} · 1,6 MB")
    for theme in ("dark", "light"):
        page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
        assert violations(page) == []
    assert not reaches_out(page)

    field.set_input_files({"name": "kế hoạch.txt", "mimeType": "text/plain", "buffer": SAFE})
    expect(face(page)).to_contain_text("kế hoạch.txt · 1 KB")
    field.set_input_files([])
    expect(face(page)).to_contain_text("Chưa chọn tệp")


def test_a_refused_file_is_told_at_its_field(people: People) -> None:
    page = people("vanphong")
    page.goto("/ke-hoach/nhap/")
    page.get_by_label("Tệp kế hoạch").set_input_files({"name": "a.exe", "mimeType": "text/plain", "buffer": SAFE})
    page.get_by_role("button", name="Đọc kế hoạch").click()
    field = page.get_by_label("Tệp kế hoạch")
    expect(field).to_have_accessible_description(re.compile("Chỉ nhận tệp"))
    expect(page.locator(".invalid-feedback", has_text="Chỉ nhận tệp")).to_be_visible()
    assert violations(page) == []


def test_an_empty_field_of_a_dialog_is_asked_for_in_our_words_and_then_goes_through(people: People) -> None:
    page = people("truongphong")
    page.goto("/nhiem-vu/")
    page.locator("main th a", has_text="Lập danh sách mô hình").click()
    page.get_by_role("button", name="Xin gia hạn").click()
    dialog = page.get_by_role("dialog", name=re.compile("gia hạn"))
    reason = dialog.get_by_label("Lý do")
    send = dialog.locator("button[type=submit]")
    dialog.get_by_label("Hạn đề nghị").fill("20/12/2026")
    reason.fill("")
    send.click()
    assert reason.evaluate("field => field.validationMessage") == "Hãy điền mục này."
    expect(dialog).to_be_visible()
    reason.fill("Chờ số liệu của xã")
    send.click()
    expect(dialog).to_be_hidden()
