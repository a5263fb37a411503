"""Chromium for journeys: one browser for the run, a fresh context for each test."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

PATIENCE = 20_000  # milliseconds a page may take on a busy machine; what is right comes sooner, what is wrong never


def find_chromium() -> str | None:
    """The machine's own Chromium or Chrome."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((found for name in names if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The running browser. Without Chromium the test fails and says what to install."""
    program = find_chromium()
    if program is None:
        pytest.fail("Chưa có Chromium: apt-get install chromium (hoặc đặt biến CHROMIUM).", pytrace=False)
    expect.set_options(timeout=PATIENCE)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's loop runs in this thread beside the ORM
        with sync_playwright() as playwright:
            running = playwright.chromium.launch(executable_path=program, args=FLAGS)
            yield running
            running.close()


class Contexts:
    """Browsers of several people on one server; what went wrong on their pages is kept in `problems`."""

    def __init__(self, browser: Browser, base_url: str) -> None:
        self.browser, self.base_url = browser, base_url
        self.made: list[BrowserContext] = []
        self.problems: list[str] = []

    def __call__(self, **options: Any) -> BrowserContext:
        """A fresh browser: nobody is signed in."""
        given = {"base_url": self.base_url, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"} | options
        context = self.browser.new_context(**given)
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: self.problems.append(str(error.error)))
        context.on("console", self._hear)
        self.made.append(context)
        return context

    def _hear(self, message: Any) -> None:
        if message.type == "error" and "status of 422" not in message.text:  # 422: the form again, with its errors
            self.problems.append(f"{message.text} ({message.location.get('url', '')})")

    def close(self) -> None:
        for context in self.made:
            context.close()


@pytest.fixture
def new_context(browser: Browser, live_server: Any) -> Iterator[Contexts]:
    """`new_context(**options)`: a browser of another person; errors on its pages fail the test."""
    contexts = Contexts(browser, live_server.url)
    yield contexts
    contexts.close()
    assert contexts.problems == []


@pytest.fixture
def page(new_context: Contexts) -> Page:
    """A page of a desktop browser on the live server, nobody signed in."""
    return new_context(viewport={"width": 1366, "height": 900}).new_page()
