"""How long an editor waits for the printed page beside the text: Chromium on a running portal.

    python3 manage.py demo            # in another window; its password goes to --password
    .venv/bin/python -m benchmarks.preview_page --password … [--at http://127.0.0.1:8000] [--runs 12]

Types into an item of a plan in draft whose preview is open and pauses. Milliseconds from the last key to the save, and
from the save to the new pages; the same from a press on “Lưu”. For a trial portal: the plan keeps what is typed.
"""

from __future__ import annotations

import argparse
import os
import statistics

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import FLAGS, find_chromium
from tests.e2e.conftest import sign_in

WATCH = """
() => {
  const pane = document.querySelector("#plan-preview");
  window.times = {};
  document.addEventListener("input", () => { window.times.typed = performance.now(); });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.requestConfig.verb === "post" && !("quiet" in event.detail.elt.dataset))
      window.times.saved = performance.now();
  });
  new MutationObserver(() => { window.times.shown = performance.now(); })
    .observe(pane, { attributes: true, attributeFilter: ["data-shown"] });
}
"""


def signed_in(browser: Browser, options: argparse.Namespace) -> Page:
    page = browser.new_page(base_url=options.at, locale="vi-VN", viewport={"width": 1366, "height": 900})
    sign_in(page, options.account, options.password)
    return page


def waits(page: Page, act: str, words: str) -> tuple[float, float]:
    """Milliseconds from the last key to the save, and from there to the new pages."""
    page.evaluate("() => { window.times = {}; }")
    field = page.locator("form[id^=form-item] textarea[name=text]").first
    if field.count() == 0:
        page.locator("[id^=part-item]").first.hover()
        page.get_by_role("link", name="Sửa nội dung").first.click()
    field.fill(words)
    if act == "press":
        page.get_by_role("button", name="Lưu", exact=True).first.click()
    page.wait_for_function("() => window.times.shown > window.times.saved", timeout=60_000)
    times = page.evaluate("() => window.times")
    return times["saved"] - times["typed"], times["shown"] - times["saved"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--at", default="http://127.0.0.1:8000")
    parser.add_argument("--account", default="vanphong")
    parser.add_argument("--password", required=True)
    parser.add_argument("--runs", type=int, default=12)
    options = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = signed_in(browser, options)
        page.goto("/ke-hoach/?state=draft")
        page.locator("main table a[href^='/ke-hoach/']").first.click()
        page.get_by_role("button", name="Xem trước", exact=True).click()
        page.locator(".preview-page img").first.wait_for()
        pages = page.locator(".preview-page").count()
        page.evaluate(WATCH)
        print(
            f"{pages} pages, load {os.getloadavg()[0]:.1f}\n{'':14}{'key to save':>14}{'save to pages':>16}{'most':>8}"
        )
        for act in ("pause", "press"):
            found = [waits(page, act, f"Tổ chức thực hiện nội dung thứ {run} ({act})") for run in range(options.runs)]
            first, second = ([row[column] for row in found] for column in (0, 1))
            print(
                f"{act:14}{statistics.median(first):>14.0f}{statistics.median(second):>16.0f}{max(second):>8.0f}",
                flush=True,
            )
        browser.close()


if __name__ == "__main__":
    main()
