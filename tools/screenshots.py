"""Pictures of every page of a running portal with the demonstration's data.

    python3 manage.py demo &                                   # prints the password
    DEMO_PASSWORD=… .venv/bin/python tools/screenshots.py pictures/ [--url http://127.0.0.1:8000] [--only plan] [--dark]

Writes FOLDER/<page>-<width>x<height>.png, at 1366×768 and 390×844 unless --size says otherwise.
"""

import argparse
import os
import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.browser import FLAGS, find_chromium  # noqa: E402 (the project is not installed)

# Letters and pictures are there, nothing is being fetched or moves, and what came last is painted.
STILL = """async () => {
    const has_come = (image) => image.complete || image.loading === "lazy";
    const settled = () => !document.querySelector(".htmx-request") && [...document.images].every(has_come);
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    await document.fonts.ready;
    for (let tries = 0; tries < 300 && !settled(); tries += 1) await frame();
    const ending = document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime !== Infinity);
    await Promise.all(ending.map((each) => each.finished.catch(() => null)));
    await frame();
    await frame();
}"""
SIZES = ("1366x768", "390x844")
TODAY = datetime.now(ZoneInfo("Asia/Ho_Chi_Minh"))
LAST_MONTH = f"{TODAY.replace(day=1) - timedelta(days=1):Tháng %-m/%Y}"  # the newest with a report
# name → account and the way there: an address, and the texts of the links or buttons to follow from it
PAGES: dict[str, tuple[str, tuple[str, ...]]] = {
    "login": ("", ("/dang-nhap/",)),
    "home-director": ("giamdoc", ("/",)),
    "home-office": ("vanphong", ("/",)),
    "home-head": ("truongphong", ("/",)),
    "home-officer": ("chuyenvien", ("/",)),
    "home-clerk": ("vanthu", ("/",)),
    "home-recipient": ("bandanvan", ("/",)),
    "home-admin": ("quantri", ("/",)),
    "search": ("vanphong", ("/tim/?q=dan+van",)),
    "plans": ("vanphong", ("/ke-hoach/",)),
    "plan": ("vanphong", ("/ke-hoach/", "Tổ chức Tháng cao điểm thực hiện")),
    "plan-draft": ("vanphong", ("/ke-hoach/", "Công tác dân vận năm")),
    "plan-council": ("truongban", ("/", "Xem và ký")),
    "plan-pdf": ("vanphong", ("/ke-hoach/", "Tổ chức Tháng cao điểm thực hiện", "PDF")),
    "plan-versions": ("vanphong", ("/ke-hoach/", "Công tác dân vận năm", "Phiên bản")),
    "plan-history": ("vanphong", ("/ke-hoach/", "Tổ chức Tháng cao điểm thực hiện", "Lịch sử")),
    "plan-attachments": ("vanphong", ("/ke-hoach/", "Công tác dân vận năm", "Tệp kèm theo")),
    "plan-new": ("vanphong", ("/ke-hoach/moi/",)),
    "plan-preview": ("vanphong", ("/ke-hoach/", "Công tác dân vận năm", "Xem trước")),
    "plan-copy-choose": ("vanphong", ("/ke-hoach/chep/",)),
    "plan-copy": ("vanphong", ("/ke-hoach/", "Tổ chức Tháng cao điểm thực hiện", "Chép sang năm sau")),
    "import": ("vanphong", ("/ke-hoach/nhap/",)),
    "to-sign": ("giamdoc", ("/van-ban/cho-ky/",)),
    "sign": ("giamdoc", ("/", "Xem và ký")),
    "tasks": ("vanphong", ("/nhiem-vu/",)),
    "tasks-board": ("truongphong", ("/nhiem-vu/?as=board",)),
    "tasks-month": ("vanphong", ("/nhiem-vu/?as=calendar",)),
    "tasks-timeline": ("vanphong", ("/nhiem-vu/?as=timeline",)),
    "tasks-load": ("vanphong", ("/nhiem-vu/?as=load&state=all",)),
    "task": ("chuyenvien.cds", ("/nhiem-vu/", "Xây dựng tuyến bài")),
    "task-head": ("giamdoc.ttud", ("/nhiem-vu/", "Chuyển giao mô hình tưới")),
    "directives": ("vanthu", ("/van-ban-chi-dao/",)),
    "directive": ("vanthu", ("/van-ban-chi-dao/", "23-QĐ/TW")),
    "directive-new": ("vanthu", ("/van-ban-chi-dao/moi/",)),
    "directive-kinds": ("vanphong", ("/van-ban-chi-dao/loai/",)),
    "reports": ("vanphong", ("/bao-cao/",)),
    "period": ("vanphong", ("/", "Xem và nhắc")),
    "period-open": ("vanphong", ("/bao-cao/mo-ky/",)),
    "contribution": ("giamdoc.ttud", ("/", "Xem và gửi")),
    "contribution-sent": ("vanphong", ("/", "Xem và nhắc", "Phòng Chuyển đổi số")),
    "report": ("vanphong", ("/bao-cao/", "Tháng 11/2023", "BC-SKHCN")),
    "report-changed": ("vanphong", ("/bao-cao/", "BC-SKHCN")),
    "report-thread": ("vanphong", ("/bao-cao/", "BC-SKHCN", "Trao đổi với nơi nhận")),
    "report-profiles": ("vanphong", ("/bao-cao/mau/",)),
    "report-profile": ("vanphong", ("/bao-cao/mau/", "Báo cáo tháng")),
    "report-outline": ("vanphong", ("/bao-cao/mau/", "bản 1")),
    "indicators": ("vanphong", ("/bao-cao/chi-tieu/",)),
    "indicator": ("vanphong", ("/bao-cao/chi-tieu/them/",)),
    "models": ("vanphong", ("/bao-cao/mo-hinh/",)),
    "model": ("vanphong", ("/bao-cao/mo-hinh/", "Đối thoại trước khi")),
    "below": ("bandanvan", ("/bao-cao/cap-duoi/",)),
    "indicators-above": ("vanphong.bdv", ("/bao-cao/chi-tieu/",)),
    "period-above": ("vanphong.bdv", ("/bao-cao/", "Tháng")),
    "report-above": ("vanphong.bdv", ("/bao-cao/", "Bản thảo")),
    "below-thread": ("bandanvan", ("/bao-cao/cap-duoi/", LAST_MONTH, "Hỏi lại")),
    "register": ("vanthu", ("/van-ban/",)),
    "register-2023": ("vanthu", ("/van-ban/?nam=2023",)),
    "after-issue": ("vanthu", ("/ke-hoach/?trang-thai=issued", "Tổ chức Tháng cao điểm thực hiện", "Sau phát hành")),
    "after-issue-2023": ("giamdoc", ("/ke-hoach/?nam=2023", "93 năm Ngày truyền thống", "Sau phát hành")),
    "correction": ("vanphong", ("/ke-hoach/?nam=2023", "93 năm Ngày truyền thống", "Xem công văn")),
    "addresses": ("vanthu", ("/van-ban/dia-chi/",)),
    "address-new": ("vanthu", ("/van-ban/dia-chi/moi/",)),
    "received": ("bandanvan", ("/van-ban/den/",)),
    "verify": ("vanthu", ("/van-ban/kiem-tra/",)),
    "lookup": ("", ("/tra-cuu/",)),
    "lookup-wrong": ("", ("/tra-cuu/7K3MQ9XZ2F/",)),
    "notifications": ("vanphong", ("/thong-bao/",)),
    "preferences": ("vanphong", ("/thong-bao/lua-chon/",)),
    "calendar": ("vanphong", ("/lich/",)),
    "systems": ("quantri", ("/thong-bao/he-thong/",)),
    "system-new": ("quantri", ("/thong-bao/he-thong/moi/",)),
    "people": ("quantri", ("/co-quan/nguoi/",)),
    "person-new": ("quantri", ("/co-quan/nguoi/them/",)),
    "units": ("quantri", ("/co-quan/don-vi/",)),
}


def sign_in(context: BrowserContext, account: str, password: str) -> Page:
    """A page of the account's browser, at home."""
    page = context.new_page()
    page.goto("/dang-nhap/")
    if account:
        page.fill("input[name=username]", account)
        page.fill("input[name=password]", password)
        page.click("main button[type=submit]")
        page.wait_for_url(re.compile(r":\d+/$"))
    return page


def show(page: Page, way: tuple[str, ...]) -> None:
    """Go the way to a page and wait until it stands still."""
    page.goto(way[0])
    for link in way[1:]:
        found = page.locator("main a", has_text=link)
        (found if found.count() else page.locator("main button", has_text=link)).first.click()
        page.wait_for_load_state()
    page.evaluate(STILL)


def browser_of(browser: Browser, url: str, size: str, theme: str, language: str) -> BrowserContext:
    width, height = map(int, size.split("x"))
    context = browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.add_init_script(f"localStorage.setItem('theme', '{theme}')")
    context.add_cookies([{"name": "django_language", "value": language, "url": url}])
    return context


def take(options: argparse.Namespace, password: str) -> list[str]:
    """All pictures; the names of the pages that could not be shown."""
    failed = []
    chosen = {name: way for name, way in PAGES.items() if not options.only or options.only in name}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        for size in options.size or SIZES:
            for account in dict.fromkeys(account for account, _way in chosen.values()):
                context = browser_of(browser, options.url, size, options.theme, options.language)
                page = sign_in(context, account, password)
                page.set_default_timeout(8000)
                for name, (_account, way) in chosen.items():
                    if _account != account:
                        continue
                    try:
                        show(page, way)
                    except Exception as problem:  # noqa: BLE001 (the other pictures are wanted all the same)
                        failed.append(f"{name} {size}: {str(problem).splitlines()[0]}")
                    page.screenshot(path=options.folder / f"{name}-{size}.png", full_page=options.whole)
                context.close()
        browser.close()
    return failed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--only", default="", help="pages whose name contains this")
    parser.add_argument("--size", action="append", metavar="WxH")
    parser.add_argument("--theme", choices=["light", "dark"], default="light")
    parser.add_argument("--language", choices=["vi", "en"], default="vi")
    parser.add_argument("--whole", action="store_true", help="the whole page, not the window's part")
    options = parser.parse_args()
    password = os.environ.get("DEMO_PASSWORD", "")
    if not password:
        print("DEMO_PASSWORD is not set: the demo prints it when it starts", file=sys.stderr)
        return 2
    options.folder.mkdir(parents=True, exist_ok=True)
    failed = take(options, password)
    print(*failed, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
