"""axe finds nothing on any page, in both themes, on a desktop and on a phone; and signing works by keyboard alone."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from documents import corrections
from documents.models import Document, OutsideLink
from documents.states import DocumentState
from tests.e2e.conftest import sign_in
from tests.stages import PASSWORD, Site, apart
from tools.screenshots import PAGES, show
from units.models import Appointment

AXE = (Path(__file__).parent.parent / "vendor/axe.min.js").read_text()
RUN = """async (only) => (await axe.run(document, {resultTypes: ["violations"], ...only})).violations.map(
    (rule) => rule.id + " " + rule.nodes.map((node) => node.target.join(" ")).join(" | ").slice(0, 200))"""
# A theme changes colours and nothing else: the dark one is looked through for what concerns them.
THEMES: dict[str, dict[str, Any]] = {"light": {}, "dark": {"runOnly": ["color-contrast", "link-in-text-block"]}}
SIZES = {"desktop": {"width": 1366, "height": 768}, "phone": {"width": 390, "height": 844}}
ACCOUNTS = sorted({account for account, _way in PAGES.values()})


def violations(page: Page, only: dict[str, Any] | None = None) -> list[str]:
    """What axe objects to on the page as it stands; `only` names the rules, as axe takes them."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)  # a policy that forbids inline scripts does not reach the debugger
    return list(page.evaluate(RUN, only or {}))


def reaches_out(page: Page) -> bool:
    """Does the page scroll sideways?"""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


@pytest.mark.parametrize("size", SIZES)
def test_no_page_has_a_violation(demo_site: Site, people_of: Any, size: str) -> None:
    people = people_of(demo_site, viewport=SIZES[size], reduced_motion="reduce")
    found: dict[str, list[str]] = {}
    for account in ACCOUNTS:
        page = people(account) if account else people.contexts(viewport=SIZES[size]).new_page()
        for name, (owner, way) in PAGES.items():
            if owner != account:
                continue
            show(page, way)
            if name == "lookup-wrong":
                people.contexts.problems.clear()  # the browser notes the 404, which is right
            for theme, only in THEMES.items():
                page.evaluate("theme => { document.documentElement.dataset.bsTheme = theme }", theme)
                if problems := violations(page, only):
                    found[f"{name} {theme}"] = problems
            if reaches_out(page):
                found[f"{name} wide"] = ["scrolls sideways"]
        page.close()
    told = [f"{name}: {problem}" for name, problems in found.items() for problem in problems]
    assert not told, "\n".join(told)


@pytest.mark.parametrize("size", SIZES)
def test_pages_that_no_menu_leads_to_have_no_violation(demo_site: Site, people_of: Any, size: str) -> None:
    """The page behind a recipient's link, and a letter of correction while it is written."""
    people = people_of(demo_site, viewport=SIZES[size], reduced_motion="reduce")

    def prepare() -> tuple[str, int]:
        office = Appointment.objects.get(user__username="vanphong")
        issued = Document.objects.filter(type="campaigns.plan", state=DocumentState.ISSUED).order_by("-id")[0]
        letter = corrections.draft(corrects=issued, by=office, at=timezone.now())
        return OutsideLink.objects.get(openings=0, recipient__document=issued).secret, letter.document_id

    secret, letter = apart(prepare)
    ways = {
        "": (f"/van-ban/nhan/{secret}/",),
        "vanphong": (f"/van-ban/{letter}/dinh-chinh/", f"/van-ban/{letter}/dinh-chinh/sua/"),
    }
    found = {}
    for account, addresses in ways.items():
        page = people(account) if account else people.contexts(viewport=SIZES[size]).new_page()
        for address in addresses:
            show(page, (address,))
            found[address] = violations(page) + (["scrolls sideways"] if reaches_out(page) else [])
        page.close()
    assert {address: problems for address, problems in found.items() if problems} == {}


def focused(page: Page) -> str:
    """The words of what has the focus."""
    return str(page.evaluate("document.activeElement.innerText || document.activeElement.name || ''")).strip()


def tab_to(page: Page, words: str) -> None:
    """Press Tab until something with these words has the focus."""
    for _press in range(60):
        page.keyboard.press("Tab")
        if re.match(words, focused(page)):
            return
    pytest.fail(f"the keyboard does not reach “{words}”")


def test_a_plan_is_signed_by_keyboard_alone(demo_site: Site, people_of: Any) -> None:
    page = people_of(demo_site).contexts().new_page()
    page.goto("/dang-nhap/")
    page.keyboard.type("giamdoc")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r":\d+/$"))
    page.keyboard.press("Tab")
    assert focused(page) == "Tới nội dung chính"
    page.keyboard.press("Enter")
    tab_to(page, "Xem và ký")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/ky/$"))
    tab_to(page, "Ký$")
    page.keyboard.press("Enter")
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("Đã ký lúc"))).to_be_visible(timeout=20_000)
    assert Document.objects.filter(title__startswith="Tổng kết phong trào", state=DocumentState.SIGNED).count() == 1


def test_a_recent_page_keeps_the_focus_visible(demo_site: Site, people_of: Any) -> None:
    """What has the focus is outlined."""
    page = people_of(demo_site).contexts().new_page()
    sign_in(page, "vanphong")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    shadow = page.evaluate("getComputedStyle(document.activeElement).boxShadow")
    assert (outline, shadow) != ("none", "none")
