"""Home by post and search on the demonstration: what waits is there, and nobody finds what the post may not see."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from campaigns.models import Plan, Task
from documents.models import Document
from reports.models import Contribution, Report, SkilfulModel
from tests.factories.units import UserFactory
from units.models import Appointment, User

SignIn = Callable[[User | str], Any]
WAITING = {
    "giamdoc": ["Tổng kết phong trào thi đua", "xin gia hạn"],
    "vanphong": ["Hưởng ứng Ngày Chuyển đổi số", "Đơn vị trả lại nhiệm vụ", "còn thiếu phần của 2 đơn vị"],
    "chanhvanphong": ["Tiếp công dân, giải quyết đơn thư"],
    "vanthu": ["Đối thoại với hợp tác xã"],
    "truongphong": ["Kiểm tra thực hiện dân chủ ở cơ sở"],
    "chuyenvien": ["Phải làm lại"],
    "bandanvan": ["Sở Khoa học và Công nghệ gửi"],
    "giamdoc.ttud": ["Chờ bạn xác nhận kết quả", "chưa gửi"],
}


@pytest.mark.parametrize("account", WAITING)
def test_home_says_what_waits_for_the_post(account: str, sign_in: SignIn) -> None:
    page = sign_in(account).get("/").content.decode()
    assert [words for words in WAITING[account] if words not in page] == []


def test_home_shows_an_administrator_the_house_and_no_documents(sign_in: SignIn) -> None:
    answer = sign_in("quantri").get("/")
    people = Appointment.objects.filter(unit__organisation=Appointment.objects.get(user__username="quantri").unit)
    assert answer.context["waiting"].todos == []
    assert answer.context["accounts"].people == people.count()


def numbers(page: Any) -> dict[str, int]:
    """Every number of a home page that says how many tasks there are: its link → the number."""
    deadlines = page.context["deadlines"]
    found = {spot.url: spot.count for spot in page.context["spots"]}
    found |= {row["url"]: row["count"] for row in deadlines.segments}
    found |= {row["url"]: row["value"] for row in deadlines.numbers}
    return found


@pytest.mark.parametrize(
    "account",
    ["giamdoc", "phogiamdoc", "vanphong", "chanhvanphong", "vanthu", "truongphong", "chuyenvien", "giamdoc.ttud"],
)
def test_every_number_of_every_home_is_the_length_of_the_list_it_links_to(account: str, sign_in: SignIn) -> None:
    client = sign_in(account)
    page = client.get("/")
    said = numbers(page)
    text = page.content.decode().replace("&amp;", "&")
    assert [url for url in said if f'href="{url}"' not in text] == []
    assert {url: client.get(url).context["total"] for url in said} == said
    assert len(said) >= 3


def test_what_waits_is_counted_beyond_the_sentences_shown(sign_in: SignIn) -> None:
    """More tasks than sentences: one more sentence stands for the rest and leads to their list."""
    head = Appointment.objects.get(user__username="truongphong")
    tasks = [
        Task(
            organisation_id=head.organisation_id, plan=Plan.objects.filter(tasks__isnull=False)[0], lead_unit=head.unit,
            text=f"Việc thêm {n}", state="assigned", assigned_at=timezone.now(), assigned_by=head,
        )
        for n in range(9)
    ]  # fmt: skip
    Task.objects.bulk_create(tasks)
    client = sign_in("truongphong")
    waiting = client.get("/").context["waiting"]
    last = next(todo for todo in waiting.todos if todo.stands_for > 1)
    assert (last.url, waiting.tasks) == ("/nhiem-vu/?state=waiting", client.get(last.url).context["total"])
    assert waiting.count >= waiting.tasks >= 9


@pytest.mark.parametrize("words", ["dân vận", "dan van", "DÂN VẬN", "  dan   van "])
def test_search_needs_no_marks(words: str, sign_in: SignIn) -> None:
    groups = sign_in("vanphong").get("/tim/", {"q": words}).context["groups"]
    assert "Kế hoạch" in {str(group.label) for group in groups}


def test_search_of_two_letters_says_so(sign_in: SignIn) -> None:
    answer = sign_in("vanphong").get("/tim/", {"q": "kh"})
    assert (answer.context["query"].is_too_short, answer.context["groups"]) == (True, [])


@pytest.mark.parametrize("account", ["bandanvan", "quantri"])
def test_search_finds_no_plans_for_who_may_read_none(account: str, sign_in: SignIn) -> None:
    groups = sign_in(account).get("/tim/", {"q": "dân vận"}).context["groups"]
    assert {str(group.label) for group in groups} & {"Kế hoạch", "Nhiệm vụ", "Báo cáo", "Văn bản chỉ đạo"} == set()


def test_every_message_on_home_opens(sign_in: SignIn) -> None:
    """The links of “Mới, chưa đọc” lead on."""
    client = sign_in("vanphong")
    page = client.get("/")
    links = re.findall(r'<a class="news-open" href="([^"]+)"', page.content.decode())
    assert len(links) == len(page.context["news"]) > 0
    assert {client.get(link).status_code for link in links} == {302}


def counts() -> list[int]:
    return [
        model.objects.count() for model in (User, Appointment, Plan, Task, Document, Report, Contribution, SkilfulModel)
    ]


def test_the_demonstration_is_loaded_once(sign_in: SignIn) -> None:
    before = counts()
    call_command("load_demo", stdout=io.StringIO())
    assert counts() == before


def test_the_demonstration_refuses_real_accounts(sign_in: SignIn) -> None:
    UserFactory(username="that")
    with pytest.raises(CommandError) as refused:
        call_command("load_demo", stdout=io.StringIO())
    assert refused.value.returncode == 2


@pytest.mark.parametrize(
    "account", ["giamdoc", "vanphong", "truongphong", "chuyenvien", "vanthu", "bandanvan", "quantri"]
)
def test_a_home_asks_ten_times_at_most(account: str, sign_in: SignIn, django_assert_max_num_queries: Any) -> None:
    client = sign_in(account)
    client.get("/")
    with django_assert_max_num_queries(10):
        client.get("/")
