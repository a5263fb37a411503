"""Pages of plans: who sees what, what is written in place, two writers at once."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Plan
from campaigns.workflow import plans
from campaigns.workflow.plans import TaskText
from documents.models import Document
from documents.states import DocumentState as S
from tests.factories.directives import make_directive
from tests.factories.plans import House, bring_to, make_house, make_plan, make_recipient, plan_text
from tests.factories.units import AppointmentFactory
from units.models import Appointment


def as_(client: Client, post: Appointment) -> Client:
    client.force_login(post.user)
    return client


def part(plan: Plan, name: str) -> str:
    return reverse("plans:part", args=[plan.pk, name])


@pytest.mark.parametrize("name", ["detail", "pdf", "history"])
@pytest.mark.parametrize("role", ["office", "chief", "clerk", "director", "head", "officer"])
def test_pages_open_for_the_own_house(client: Client, house: House, name: str, role: str) -> None:
    plan = make_plan(house)

    assert as_(client, house.posts[role]).get(reverse(f"plans:{name}", args=[plan.pk])).status_code == 200


@pytest.mark.parametrize("name", ["detail", "pdf", "history"])
def test_pages_of_another_house_are_not_there(client: Client, house: House, name: str) -> None:
    plan = make_plan(house)
    others = make_house("Sở Khác", "SK")

    for post in (others.office, others.director, make_recipient(), house.admin):
        assert as_(client, post).get(reverse(f"plans:{name}", args=[plan.pk])).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_whatever_its_length(
    client: Client, house: House, count: int, django_assert_num_queries: Any
) -> None:
    for _index in range(count):
        make_plan(house)
    as_(client, house.office)

    with django_assert_num_queries(7):
        answer = client.get(reverse("plans:list"))

    assert len(answer.context["page"].object_list) == count


@pytest.mark.parametrize("factor", [1, 3])
def test_plan_asks_the_same_whatever_its_length(
    client: Client, house: House, factor: int, django_assert_num_queries: Any
) -> None:
    text = plan_text(house)
    plan = make_plan(house, items=text.items * factor, tasks=text.tasks * factor, bases=text.bases * factor)
    as_(client, house.office)

    with django_assert_num_queries(11):
        client.get(reverse("plans:detail", args=[plan.pk]))


@pytest.mark.parametrize("factor", [1, 3])
def test_a_plan_that_is_written_no_more_asks_the_same_whatever_its_length(
    client: Client, house: House, factor: int, django_assert_num_queries: Any
) -> None:
    text = plan_text(house)
    plan = make_plan(house, items=text.items * factor, tasks=text.tasks * factor, bases=text.bases * factor)
    Document.objects.filter(plan=plan).update(state=S.SIGNED, signed_at=timezone.now(), signed_by=house.director)
    as_(client, house.office)

    with django_assert_num_queries(10):
        page = client.get(reverse("plans:detail", args=[plan.pk]))

    assert [row["task"].text for row in page.context["tasks"]] == [task.text for task in text.tasks * factor]
    assert len(page.context["nodes"]) == len(text.items) * factor


def test_the_year_that_the_filter_offers_can_be_chosen(client: Client, house: House) -> None:
    plan = make_plan(house)
    page = as_(client, house.office).get(reverse("plans:list")).content.decode()

    assert f'<option value="{plan.year}">{plan.year}</option>' in page


def test_search_ignores_marks_and_short_words(client: Client, house: House) -> None:
    make_plan(house, title="Chuyển đổi số cơ quan")
    make_plan(house, title="Tháng cao điểm dân vận")
    as_(client, house.office)

    found = client.get(reverse("plans:list"), {"q": "chuyen doi"}).context["page"].object_list
    everything = client.get(reverse("plans:list"), {"q": "ch"}).context["page"].object_list

    assert [row.document.title for row in found] == ["Chuyển đổi số cơ quan"]
    assert len(everything) == 2


def test_new_makes_a_draft(client: Client, house: House) -> None:
    as_(client, house.office)
    given = {
        "title": "Kế hoạch thử", "drafting_unit": house.department.pk, "signer": house.director.pk,
        "symbol": "KH-SKHTN", "year": 2026,
    }  # fmt: skip

    answer = client.post(reverse("plans:new"), given)

    plan = Plan.objects.get()
    assert answer.url == reverse("plans:detail", args=[plan.pk])
    assert (plan.document.title, plan.document.state) == ("Kế hoạch thử", S.DRAFT)


def test_new_keeps_what_was_typed(client: Client, house: House) -> None:
    answer = as_(client, house.office).post(reverse("plans:new"), {"title": "Chữ tôi gõ", "year": 2026})

    assert answer.status_code == 422
    assert "Chữ tôi gõ" in answer.content.decode()
    assert Plan.objects.count() == 0


@pytest.mark.parametrize("name", ["head", "passages", "recipients", "base-new", "item-new", "task-new"])
def test_each_part_shows_its_form(client: Client, house: House, name: str) -> None:
    plan = make_plan(house)
    as_(client, house.office)

    assert client.get(part(plan, name)).status_code == 200
    assert "<html" not in client.get(part(plan, name), headers={"HX-Request": "true"}).content.decode()


def test_item_is_written_in_place(client: Client, house: House) -> None:
    plan = make_plan(house)
    item = plan.items.first()

    answer = as_(client, house.office).post(
        part(plan, f"item-{item.pk}"),
        {"style": "section", "text": "Mục đích mới", "version": plan.document.version},
        headers={"HX-Request": "true"},
    )

    item.refresh_from_db()
    assert item.text == "Mục đích mới"
    assert answer["HX-Retarget"] == "#plan-left"
    assert "Mục đích mới" in answer.content.decode()


def test_second_writer_of_a_part_sees_the_first_ones_words(client: Client, house: House) -> None:
    plan = make_plan(house)
    item = plan.items.first()
    seen = plan.document.version
    colleague = AppointmentFactory(office=True, unit=house.office_unit)
    plans.edit_item(item=item, style=item.style, text="Chữ của người kia", by=colleague, at=timezone.now())
    url = part(plan, f"item-{item.pk}")
    as_(client, house.office)

    refused = client.post(url, {"style": "section", "text": "Chữ của tôi", "version": seen})

    page = refused.content.decode()
    assert refused.status_code == 422
    assert "Chữ của người kia" in page
    assert "Chữ của tôi" in page
    assert colleague.person_name in page
    again = client.post(url, {"style": "section", "text": "Chữ của tôi", "version": refused.context["version"]})
    item.refresh_from_db()
    assert (again.status_code, item.text) == (302, "Chữ của tôi")


def test_writers_of_different_parts_do_not_disturb_each_other(client: Client, house: House) -> None:
    plan = make_plan(house)
    first, second = plan.items.all()[:2]
    seen = plan.document.version
    plans.edit_item(item=first, style=first.style, text="Người kia", by=house.chief, at=timezone.now())

    as_(client, house.office).post(part(plan, f"item-{second.pk}"), {"style": "number", "text": "Tôi", "version": seen})

    assert [row.text for row in plan.items.all() if row.pk in (first.pk, second.pk)] == ["Người kia", "Tôi"]


def test_task_needs_a_day_or_a_rhythm_not_both(client: Client, house: House) -> None:
    plan = make_plan(house)
    given = {
        "text": "Việc mới", "lead_unit": house.other.pk, "due_on": "20/10/2099", "rhythm": "monthly",
        "version": plan.document.version,
    }  # fmt: skip
    as_(client, house.office)

    assert client.post(part(plan, "task-new"), given).status_code == 422
    assert client.post(part(plan, "task-new"), given | {"rhythm": ""}).status_code == 302
    task = plan.tasks.order_by("-id")[0]
    assert (task.text, f"{task.due_on:%d/%m/%Y}", task.original_due_on) == ("Việc mới", "20/10/2099", task.due_on)


def test_arranging_and_removing(client: Client, house: House) -> None:
    plan = make_plan(house)
    first, second = plan.items.filter(parent=None)
    as_(client, house.office)

    client.post(reverse("plans:arrange", args=[plan.pk, second.pk, "len"]))
    assert list(plan.items.filter(parent=None)) == [second, first]
    client.post(reverse("plans:remove", args=[plan.pk, "muc", first.pk]))
    assert list(plan.items.filter(parent=None)) == [second]


def test_nobody_writes_a_signed_plan(client: Client, house: House) -> None:
    plan = make_plan(house)
    bring_to(plan, S.SIGNED, house)
    item = plan.items.first()
    as_(client, house.office)

    answer = client.post(part(plan, f"item-{item.pk}"), {"style": "section", "text": "Lén sửa"}, follow=True)

    item.refresh_from_db()
    assert item.text == "Mục đích, yêu cầu"
    assert "không sửa được" in answer.content.decode()


def test_who_may_not_draft_gets_no_tools(client: Client, house: House) -> None:
    plan = make_plan(house)

    page = as_(client, house.officer).get(reverse("plans:detail", args=[plan.pk])).content.decode()

    assert "paper-edit" not in page
    assert client.get(reverse("plans:new")).status_code == 404
    assert client.get(reverse("plans:import")).status_code == 404


def test_what_tasks_cite_are_links_while_the_plan_is_written(client: Client, house: House) -> None:
    """Known documents lead to their page, unknown ones to a form filled with what the text says."""
    known = make_directive(house.clerk)
    words = "Quán triệt Công văn số 365-CV/ĐUK; rà soát theo Kế hoạch số 48/KH-UBND ngày 05/02/2026 của UBND tỉnh"
    plan = make_plan(house, tasks=(TaskText(words, house.department),))
    client.force_login(house.office.user)

    page = client.get(reverse("plans:detail", args=[plan.pk])).content.decode()

    assert f'href="{reverse("directives:detail", args=[known.pk])}"' in page
    query = "kind=KH&amp;code=48%2FKH-UBND&amp;dated_on=05%2F02%2F2026&amp;issuer=UBND+t%E1%BB%89nh"
    assert f'href="{reverse("directives:create")}?{query}"' in page
