"""The filtered list as board, month, timeline and load, and as files: the same tasks, the same numbers."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Task
from campaigns.states import TaskState
from tests.factories.plans import House, make_house
from tests.factories.tasks import bring_to, make_issued_plan
from units.models import Appointment

pytestmark = pytest.mark.django_db
S = TaskState
As = Callable[[Appointment], Client]
LIST, EXPORT = reverse("tasks:list"), reverse("tasks:export")


@pytest.fixture
def house() -> House:
    return make_house()


@pytest.fixture
def as_(client: Client) -> As:
    def sign_in(post: Appointment) -> Client:
        client.force_login(post.user, backend="units.backends.PostBackend")
        return client

    return sign_in


@pytest.mark.parametrize(
    ("picture", "queries"), [("board", 10), ("calendar", 10), ("timeline", 10), ("load", 10)]
)
def test_a_picture_asks_the_same_queries_for_one_task_and_for_three(
    picture: str, queries: int, as_: As, house: House, django_assert_num_queries: Any
) -> None:
    plan = make_issued_plan(house)
    bring_to(S.IN_PROGRESS, house, plan=plan)
    client = as_(house.head)
    with django_assert_num_queries(queries):
        client.get(f"{LIST}?as={picture}")
    for _n in range(2):
        bring_to(S.IN_PROGRESS, house, plan=plan)
    with django_assert_num_queries(queries):
        assert client.get(f"{LIST}?as={picture}").context["total"] == 3


def test_the_board_shows_first_cards_and_counts_all(
    as_: As, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaigns.pictures.MOST_CARDS", 2)
    plan = make_issued_plan(house)
    for _n in range(3):
        bring_to(S.ASSIGNED, house, plan=plan)
    bring_to(S.AWAITING, house, plan=plan)
    page = as_(house.head).get(f"{LIST}?as=board")
    lanes = {lane.state: (lane.total, len(lane.cards), lane.rest) for lane, _url in page.context["lanes"] if lane.total}
    assert lanes == {S.ASSIGNED: (3, 2, 1), S.AWAITING: (1, 1, 0)}
    lane, lane_url = page.context["lanes"][0]
    assert as_(house.head).get(f"{LIST}{lane_url}").context["total"] == lane.total
    waiting = next(lane for lane, _url in page.context["lanes"] if lane.state == S.AWAITING)
    assert waiting.cards[0].targets == [S.REDO, S.DONE]


def move(client: Client, task: Task, to: str) -> Any:
    return client.post(reverse("tasks:move", args=[task.pk]), {"to": to, "query": "as=board"}, follow=True)


def test_a_card_moves_by_the_verb(as_: As, house: House) -> None:
    task = bring_to(S.AWAITING, house)
    page = move(as_(house.head), task, "done")
    assert Task.objects.get(pk=task.pk).state == S.DONE
    assert page.request["QUERY_STRING"] == "as=board"


@pytest.mark.parametrize(
    ("to", "words"),
    [("assigned", "không chuyển thẳng sang “Mới giao”"), ("nonsense", "không chuyển"), ("", "không chuyển")],
)
def test_a_move_that_the_table_does_not_know_says_why(to: str, words: str, as_: As, house: House) -> None:
    task = bring_to(S.AWAITING, house)
    assert words in move(as_(house.head), task, to).content.decode()
    assert Task.objects.get(pk=task.pk).state == S.AWAITING


def test_a_move_of_somebody_else_says_why(as_: As, house: House) -> None:
    task = bring_to(S.AWAITING, house)
    assert "không có quyền" in move(as_(house.officer), task, "done").content.decode()
    assert Task.objects.get(pk=task.pk).state == S.AWAITING


def test_a_move_that_needs_more_opens_the_task(as_: As, house: House) -> None:
    task = bring_to(S.AWAITING, house)
    page = move(as_(house.head), task, "redo")
    assert page.redirect_chain[-1][0] == reverse("tasks:detail", args=[task.pk])
    assert "cần ghi thêm" in page.content.decode()


def test_the_month_counts_each_day(as_: As, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("campaigns.pictures.MOST_A_DAY", 1)
    plan, day = make_issued_plan(house), date(2026, 12, 9)
    for _n in range(3):
        bring_to(S.ASSIGNED, house, plan=plan, due_on=day)
    client = as_(house.office)
    page = client.get(f"{LIST}?as=calendar&month=2026-12")
    month = page.context["month"]
    found = [square for week in month.weeks for square in week if square.total]
    assert [(square.day, square.total, len(square.rows)) for square in found] == [(day, 3, 1)]
    assert (month.weeks[0][0].day, month.weeks[-1][-1].day) == (date(2026, 11, 30), date(2027, 1, 3))
    assert (month.previous, month.following) == ("2026-11", "2027-01")
    assert client.get(f"{LIST}{page.context['day_url']}2026-12-09").context["total"] == 3


@pytest.mark.parametrize("month", ["", "x", "2026", "2026-13", "7d"])
def test_an_unknown_month_is_this_month(month: str, as_: As, house: House) -> None:
    bring_to(S.ASSIGNED, house)
    page = as_(house.office).get(f"{LIST}?as=calendar&month={month}")
    assert page.context["month"].first == timezone.localdate().replace(day=1)


def test_the_timeline_keeps_bars_inside(as_: As, house: House) -> None:
    plan, today = make_issued_plan(house), timezone.localdate()
    for days in (-900, -3, 0, 40, 3000):
        bring_to(S.ASSIGNED, house, plan=plan, due_on=today + timedelta(days=days))
    bring_to(S.ASSIGNED, house, plan=plan, rhythm="regular")
    drawn = as_(house.office).get(f"{LIST}?as=timeline").context["timeline"]
    assert len(drawn.bars) == 5
    assert [bar for bar in drawn.bars if not drawn.label <= bar.x <= bar.x + bar.width <= drawn.width] == []


def test_the_timeline_shows_what_an_extension_added(as_: As, house: House) -> None:
    plan, today = make_issued_plan(house), timezone.localdate()
    moved = bring_to(S.IN_PROGRESS, house, plan=plan, due_on=today + timedelta(days=20))
    Task.objects.filter(pk=moved.pk).update(original_due_on=today + timedelta(days=10))
    bring_to(S.IN_PROGRESS, house, plan=plan, due_on=today + timedelta(days=20))
    answer = as_(house.office).get(f"{LIST}?as=timeline")
    first, second = answer.context["timeline"].bars
    assert (first.extra > 0, second.extra) == (True, 0)
    assert abs(first.extra_x + first.extra - first.x - first.width) < 0.1
    assert answer.content.decode().count('class="bar-extra"') == 1


def test_the_load_counts_what_its_links_list(as_: As, house: House) -> None:
    plan, today = make_issued_plan(house), timezone.localdate()
    bring_to(S.ASSIGNED, house, plan=plan, due_on=today - timedelta(days=9))
    bring_to(S.DONE, house, plan=plan)
    bring_to(S.ASSIGNED, house, plan=plan, lead_unit=house.other)
    client = as_(house.office)
    page = client.get(f"{LIST}?as=load&state=all")
    said = {part["url"]: part["count"] for load, _url in page.context["loads"] for part in load.parts}
    said |= {url: load.total for load, url in page.context["loads"]}
    assert {url: client.get(f"{LIST}{url}").context["total"] for url in said} == said
    assert len(said) == 5


def workbook(answer: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active


def test_the_workbook_holds_days_and_numbers_and_no_formula(as_: As, house: House) -> None:
    today = timezone.localdate()
    bring_to(S.IN_PROGRESS, house, text="=1+1", due_on=today)
    bring_to(S.ASSIGNED, house, text="http://x & cộng", rhythm="regular")
    sheet = workbook(as_(house.office).get(f"{EXPORT}?format=xlsx&cols=due&cols=percent"))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0] == ["Nhiệm vụ", "Kế hoạch", "Hạn", "Tình trạng hạn", "Tiến độ (%)"]
    assert rows[1][0] == "=1+1"
    assert rows[1][2:] == [datetime(today.year, today.month, today.day), "hôm nay", 40]  # noqa: DTZ001
    assert (sheet["A2"].data_type, sheet["C2"].number_format, sheet["A3"].hyperlink) == ("s", "dd/mm/yyyy", None)
    assert rows[2][2] is None


def test_a_workbook_too_long_is_refused_with_a_way_out(
    as_: As, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("campaigns.exports.MOST_ROWS", 0)
    bring_to(S.ASSIGNED, house)
    page = as_(house.office).get(f"{EXPORT}?format=xlsx&state=all", follow=True)
    assert "tải CSV" in page.content.decode()
    assert page.context["total"] == 1


def test_chosen_columns_are_shown_and_remembered(as_: As, house: House) -> None:
    bring_to(S.ASSIGNED, house)
    client = as_(house.office)
    client.get(f"{LIST}?state=all&cols=product&cols=due&cols=nonsense")
    page = client.get(f"{LIST}?state=all")
    assert list(page.context["shown"]) == ["due", "product"]
    head = b"".join(client.get(EXPORT).streaming_content).decode().splitlines()[0]
    assert head == '\ufeff"Nhiệm vụ","Kế hoạch","Hạn","Tình trạng hạn","Sản phẩm cần có"'


def test_a_period_and_what_waits_are_filters(as_: As, house: House) -> None:
    plan, today = make_issued_plan(house), timezone.localdate()
    bring_to(S.ASSIGNED, house, plan=plan, text="Gần", due_on=today + timedelta(days=7))
    bring_to(S.ACCEPTED, house, plan=plan, text="Xa", due_on=today + timedelta(days=8))
    client = as_(house.head)
    found = {
        query: [row.task.text for row in client.get(f"{LIST}?{query}").context["rows"]]
        for query in ("period=7d", "state=waiting", "state=asking", "period=2026-99")
    }
    assert found == {
        "period=7d": ["Gần"], "state=waiting": ["Gần"], "state=asking": [], "period=2026-99": ["Gần", "Xa"],
    }  # fmt: skip
