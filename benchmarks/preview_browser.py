"""How long a writer waits for the preview: from the last key to the page shown, in a real browser.

    DEMO_PASSWORD=… .venv/bin/python -m benchmarks.preview_browser http://127.0.0.1:8000 --plan 3 [--runs 9]

Types into the first paragraph of the draft with the preview open. Prints medians in milliseconds: the whole, the pause
before the text is saved, the save, the answer of the preview (printing and drawing sizes), and the rest (pictures
fetched and shown), with the load of the machine.
"""

import argparse
import os
import statistics
import sys
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser import FLAGS, find_chromium

WATCH = """() => {
  window.marks = {key: 0, shown: 0};
  document.addEventListener("input", () => { window.marks.key = performance.now(); }, true);
  new MutationObserver(() => { window.marks.shown = performance.now(); })
    .observe(document.getElementById("plan-preview"), {attributes: true, attributeFilter: ["data-shown"]});
}"""
TIMES = """() => {
  const entries = performance.getEntriesByType("resource").filter(e => e.startTime >= window.marks.key);
  const of = part => entries.filter(e => e.name.includes(part)).pop() || {startTime: 0, responseEnd: 0};
  const save = of("/phan/"), answer = of("/xem-truoc/");
  return {
    whole: window.marks.shown - window.marks.key, pause: save.startTime - window.marks.key,
    save: save.responseEnd - save.startTime, answer: answer.responseEnd - answer.startTime,
    rest: window.marks.shown - answer.responseEnd,
  };
}"""


def opened(page: Page, plan: int) -> None:
    """The draft with its preview shown and its first paragraph being written."""
    page.goto("/dang-nhap/")
    page.fill("input[name=username]", "vanphong")
    page.fill("input[name=password]", os.environ["DEMO_PASSWORD"])
    page.click("main button[type=submit]")
    page.wait_for_url("**/")
    page.goto(f"/ke-hoach/{plan}/")
    page.evaluate(WATCH)
    if page.locator("#plan-preview").is_hidden():
        page.locator("[data-preview-switch][aria-pressed]").first.click()
    page.wait_for_function("() => document.getElementById('plan-preview').dataset.shown", timeout=30_000)
    edit = page.locator("[data-item] [hx-get*='/phan/item-']").first
    edit.dispatch_event("click")
    page.locator("[data-part-form] textarea").first.wait_for()


def once(page: Page) -> dict[str, Any]:
    """Type a word, wait for the page that shows it."""
    before = page.locator("#plan-preview").get_attribute("data-shown")
    field = page.locator("[data-part-form] textarea").first
    field.focus()
    page.keyboard.press("End")
    page.keyboard.type(" chữ", delay=40)
    page.wait_for_function(
        "before => document.getElementById('plan-preview').dataset.shown !== before", arg=before, timeout=30_000
    )
    page.wait_for_timeout(200)
    times: dict[str, Any] = page.evaluate(TIMES)
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--plan", type=int, required=True)
    parser.add_argument("--runs", type=int, default=9)
    options = parser.parse_args()
    if "DEMO_PASSWORD" not in os.environ:
        sys.exit("DEMO_PASSWORD is not set: the demo prints it when it starts")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_context(base_url=options.url, viewport={"width": 1366, "height": 768}).new_page()
        opened(page, options.plan)
        once(page)
        rows = [once(page) for _ in range(max(7, options.runs))]
        pages = page.locator(".preview-page").count()
        browser.close()
    print(f"{pages} pages, {len(rows)} runs, load {os.getloadavg()[0]:.1f}")
    for name in rows[0]:
        values = sorted(row[name] for row in rows)
        print(f"{name:8}{statistics.median(values):8.0f} ms   {values[0]:.0f}–{values[-1]:.0f}")


if __name__ == "__main__":
    main()
