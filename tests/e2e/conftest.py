"""People at their browsers, each signed in to a portal that runs as it would for them."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import Contexts
from tests.stages import PASSWORD, Site, apart

__all__ = ["People", "apart", "sign_in"]
DESKTOP = {"width": 1366, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this folder drives a browser or a whole installation."""
    for item in items:
        if "tests/e2e/" in item.nodeid or item.path.parent.name == "e2e":
            item.add_marker(pytest.mark.browser)


class People:
    """`people("vanthu")`: that account's page, signed in on first use and kept."""

    def __init__(self, contexts: Contexts, **options: Any) -> None:
        self.contexts, self.options = contexts, {"viewport": DESKTOP} | options
        self.pages: dict[str, Page] = {}

    def __call__(self, account: str) -> Page:
        if account not in self.pages:
            self.pages[account] = self.contexts(**self.options).new_page()
            sign_in(self.pages[account], account)
        return self.pages[account]


def sign_in(page: Page, account: str, password: str = PASSWORD) -> None:
    """Through the log-in page to the home page."""
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(account)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    page.wait_for_url(re.compile(r":\d+/$"))


@pytest.fixture
def people_of(browser: Browser) -> Iterator[Callable[..., People]]:
    """`people_of(site)`: its people; an error on any of their pages fails the test."""
    made: list[Contexts] = []

    def people(site: Site, **options: Any) -> People:
        made.append(Contexts(browser, site.url))
        return People(made[-1], **options)

    yield people
    for contexts in made:
        contexts.close()
    assert [problem for contexts in made for problem in contexts.problems] == []
