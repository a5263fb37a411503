"""What goes wrong on purpose, as people meet it: each answer says what happened, and nothing half done stays."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from audit.models import Event
from campaigns.models import Plan, PlanImport
from campaigns.workflow import plans
from documents import workflow
from documents.models import Document
from documents.states import DocumentState
from tests.background import drain
from tests.e2e.conftest import People, apart, sign_in
from tests.stages import PASSWORD, Site
from units import appointments
from units.models import Appointment


@pytest.fixture
def people(demo_site: Site, people_of: Any) -> People:
    made: People = people_of(demo_site)
    return made


def document(state: DocumentState) -> Document:
    return Document.objects.filter(type="campaigns.plan", state=state).order_by("-id")[0]


def post_of(account: str) -> Appointment:
    return Appointment.objects.get(user__username=account)


def refusal(people: People, account: str, password: str) -> str:
    """What the log-in page says."""
    page = people.contexts().new_page()
    page.goto("/dang-nhap/")
    page.get_by_label("Tên đăng nhập").fill(account)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("button", name="Đăng nhập").click()
    return page.get_by_role("alert").inner_text()


def test_a_wrong_password_and_an_unknown_name_read_the_same(people: People) -> None:
    assert refusal(people, "giamdoc", "sai-mat-khau-roi") == refusal(people, "khong-ai-ca", "sai-mat-khau-roi") != ""


def test_without_a_post_one_page_says_so(people: People) -> None:
    """Given an appointment that ended yesterday, its person sees nothing but the way out."""
    today = timezone.localdate()
    admin = post_of("quantri")
    appointments.relieve(post=post_of("chuyenvien2"), ends_on=today, by=admin, at=timezone.now())
    page = people.contexts().new_page()
    sign_in(page, "chuyenvien2")
    for path in ("/", "/ke-hoach/", "/nhiem-vu/"):
        answer = page.request.get(path)
        assert (answer.status, '<nav class="rail' in answer.text()) == (403, False)
    people.contexts.problems.clear()  # the browser notes the 403


def test_a_post_that_ends_while_the_page_is_open_signs_nothing(people: People) -> None:
    page, waiting = people("giamdoc"), document(DocumentState.CHECKED)
    page.goto(f"/van-ban/{waiting.pk}/ky/")
    director, admin = post_of("giamdoc"), post_of("quantri")
    appointments.relieve(post=director, ends_on=timezone.localdate(), by=admin, at=timezone.now())
    answer = page.request.post(f"/van-ban/{waiting.pk}/ky/", form=form_of(page, password=PASSWORD))
    assert answer.status == 403
    waiting.refresh_from_db()
    assert waiting.state == DocumentState.CHECKED


def form_of(page: Any, **fields: str) -> dict[str, str]:
    """The hidden fields of the page's form, with others."""
    names = ("csrfmiddlewaretoken", "shown", "version", "seen")
    hidden = {name: page.locator(f"main input[name={name}], dialog input[name={name}]") for name in names}
    return {name: found.first.input_value() for name, found in hidden.items() if found.count()} | fields


def test_a_second_press_changes_nothing_and_says_so(people: People) -> None:
    page, proposed = people("truongphong"), document(DocumentState.PROPOSED)
    page.goto(f"/van-ban/{proposed.pk}/")
    form = form_of(page) | {"csrfmiddlewaretoken": page.locator("[name=csrfmiddlewaretoken]").first.input_value()}
    answers = [page.request.post(f"/van-ban/{proposed.pk}/buoc/confirm/", form=form) for _press in range(2)]
    assert [answer.status for answer in answers] == [200, 200]
    assert Event.objects.about(proposed).filter(name="documents.confirmed").count() == 1
    assert "Đã xác nhận nội dung." in answers[1].text()


def test_two_browsers_on_one_plan_lose_nothing(people: People) -> None:
    """Given two people with the same part open, the second to save is told and sees both texts."""
    plan = Plan.objects.get(document=document(DocumentState.DRAFT))
    first, second = people("vanphong"), people("chanhvanphong")
    for page in (first, second):
        page.goto(f"/ke-hoach/{plan.pk}/phan/head/")
    first.get_by_label("Trích yếu").fill("Công tác dân vận, bản của Văn phòng")
    first.get_by_role("button", name="Lưu", exact=True).click()
    expect(first.locator("h1")).to_contain_text("bản của Văn phòng")
    second.get_by_label("Trích yếu").fill("Công tác dân vận, bản của Chánh Văn phòng")
    second.get_by_role("button", name="Lưu", exact=True).click()
    expect(second.get_by_text(re.compile("Nguyễn Thu Hằng đã sửa phần này"))).to_be_visible()
    expect(second.get_by_text("bản của Văn phòng").first).to_be_visible()
    expect(second.get_by_label("Trích yếu")).to_have_value("Công tác dân vận, bản của Chánh Văn phòng")
    plan.document.refresh_from_db()
    assert plan.document.title == "Công tác dân vận, bản của Văn phòng"


def test_a_changed_version_is_not_signed(people: People) -> None:
    """Given a page that shows one version, when another one is presented, then signing shows the new one first."""
    page, waiting = people("giamdoc"), document(DocumentState.CHECKED)
    page.goto(f"/van-ban/{waiting.pk}/ky/")
    apart(lambda: again(waiting))
    page.get_by_role("button", name="Ký", exact=True).click()
    page.get_by_role("dialog").get_by_label(re.compile("Mật khẩu")).fill(PASSWORD)
    page.get_by_role("dialog").get_by_role("button", name="Ký", exact=True).click()
    expect(page.get_by_text(re.compile("Văn bản đã thay đổi sau khi bạn mở"))).to_be_visible()
    waiting.refresh_from_db()
    assert waiting.state == DocumentState.CHECKED


def again(waiting: Document) -> None:
    """Write, confirm and check the file once more: another version stands for signature."""
    at = timezone.now()
    office, head, chief = post_of("vanphong"), post_of("truongphong"), post_of("chanhvanphong")
    plan = Plan.objects.get(document=waiting)
    plans.edit_passages(plan=plan, opening="Sở sửa lại đoạn mở đầu như sau:", closing=plan.closing, by=office, at=at)
    waiting.refresh_from_db()
    workflow.propose(document=waiting, by=office, at=at)
    workflow.confirm(document=waiting, by=head, at=at)
    workflow.check(document=waiting, by=chief, at=at)


@pytest.mark.parametrize("days", [-400, 1], ids=["before the last number", "tomorrow"])
def test_a_number_gets_no_impossible_date(people: People, days: int) -> None:
    page, signed = people("vanthu"), document(DocumentState.SIGNED)
    page.goto(f"/van-ban/{signed.pk}/cap-so/")
    page.get_by_label("Ngày ban hành").fill(f"{timezone.localdate() + timedelta(days=days):%d/%m/%Y}")
    page.get_by_role("button", name="Cấp số").click()
    expect(page.get_by_label("Ngày ban hành")).to_be_visible()
    expect(page.get_by_role("alert").first).to_be_visible()
    signed.refresh_from_db()
    assert (signed.state, signed.code) == (DocumentState.SIGNED, "")


@pytest.mark.parametrize(
    ("name", "content"),
    [("rong.txt", b""), ("anh.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64), ("hong.docx", b"PK\x03\x04 hong")],
)
def test_an_empty_or_wrong_upload_says_what_is_wrong(people: People, name: str, content: bytes, tmp_path: Path) -> None:
    """No plan comes of it, no error page is shown, and the sentence names the way out."""
    plans, page = Plan.objects.count(), people("vanphong")
    page.goto("/ke-hoach/nhap/")
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/plain", "buffer": content})
    page.get_by_role("button", name="Đọc kế hoạch").click()
    page.wait_for_load_state()
    if PlanImport.objects.filter(name=name).exists():
        drain()
        page.reload()
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.get_by_role("button", name="Đọc kế hoạch")).to_be_visible()
    assert Plan.objects.count() == plans
