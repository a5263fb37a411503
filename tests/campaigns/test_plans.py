"""The verbs that make and write a plan."""

from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError
from django.utils import timezone

from audit.models import Event
from campaigns.models import ItemCitation, ItemStyle, Plan, PlanItem, Task
from campaigns.workflow import plans
from directives.models import Directive
from documents.models import Document
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_house, make_plan, plan_text
from units.permissions import NotAllowed, Outdated

NOW = timezone.now
STYLE = ItemStyle


def outline(plan: Plan) -> list[tuple[str, str, int]]:
    """Texts with their parents' texts and positions, in reading order."""
    rows = plan.items.select_related("parent").order_by("parent_id", "position")
    return [(row.text, row.parent.text if row.parent else "", row.position) for row in rows]


def test_create_draft_makes_everything_it_is_given(house: House) -> None:
    plan = make_plan(house)

    assert plan.document.state == S.DRAFT
    assert [base.directive.code for base in plan.bases.all() if base.directive] == ["12-KH/BDVTU"]
    assert [(task.text, task.lead_unit, task.item and task.item.text) for task in plan.tasks.all()] == [
        (
            "Tổ chức hội nghị quán triệt",
            house.department,
            "Phòng Quản lý khoa học chủ trì tổ chức hội nghị quán triệt.",
        ),
        ("Cập nhật tin, bài", house.other, None),
    ]
    assert [line.unit for line in plan.document.recipients.all()] == [house.organisation, None]
    assert {row.parent and row.parent.text for row in plan.items.all() if row.style == "number"} == {
        "Mục đích, yêu cầu", "Tổ chức thực hiện",
    }  # fmt: skip


def test_a_directive_cited_twice_is_registered_once(house: House) -> None:
    text = "Thực hiện Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ"
    plan = make_plan(house, bases=(text, text), items=(plans.ItemText(STYLE.SECTION, f"{text}."),), tasks=())

    assert Directive.objects.filter(code="33/CT-TTg").count() == 1
    assert ItemCitation.objects.filter(plan=plan, directive__code="33/CT-TTg").count() == 3


@pytest.mark.parametrize("role", ["officer", "head", "clerk", "director", "admin"])
def test_only_who_drafts_makes_a_plan(house: House, role: str) -> None:
    with pytest.raises(NotAllowed):
        plans.create_draft(content=plan_text(house), by=house.posts[role], at=NOW())


def test_nobody_writes_another_house_s_plan(house: House) -> None:
    plan = make_plan(house)
    stranger = make_house("Sở Khác", "SK").office

    with pytest.raises(NotAllowed):
        plans.edit_item(item=plan.items.all()[0], style=STYLE.SECTION, text="x", by=stranger, at=NOW())


def test_edit_of_a_submitted_plan_takes_it_back(house: House) -> None:
    plan = make_plan(house)
    bring_to(plan, S.SUBMITTED, house)

    plans.edit_passages(plan=plan, opening="Khác", closing="", by=house.office, at=NOW())

    document = Document.objects.get(pk=plan.document_id)
    assert (document.state, document.confirmed_at) == (S.DRAFT, None)


def test_outdated_only_when_the_same_part_was_written(house: House) -> None:
    plan = make_plan(house)
    first, second = plan.items.all()[:2]
    seen = plan.document.version
    plans.edit_item(item=first, style=STYLE.SECTION, text="Một", by=house.office, at=NOW())

    plans.edit_item(item=second, style=STYLE.NUMBER, text="Hai", by=house.chief, at=NOW(), version=seen)
    with pytest.raises(Outdated, match=house.office.person_name):
        plans.edit_item(item=first, style=STYLE.SECTION, text="Ba", by=house.chief, at=NOW(), version=seen)

    assert PlanItem.objects.get(pk=first.pk).text == "Một"


def test_items_move_nest_and_leave(house: House) -> None:
    texts = (plans.ItemText(STYLE.NUMBER, "a"), plans.ItemText(STYLE.NUMBER, "b"), plans.ItemText(STYLE.NUMBER, "c"))
    plan = make_plan(house, items=texts, tasks=())
    a, _b, c = plan.items.all()
    who: dict[str, Any] = {"by": house.office, "at": NOW()}

    plans.move_item(item=c, up=True, **who)
    assert outline(plan) == [("a", "", 1), ("c", "", 2), ("b", "", 3)]
    plans.nest_item(item=PlanItem.objects.get(pk=c.pk), deeper=True, **who)
    assert outline(plan) == [("c", "a", 1), ("a", "", 1), ("b", "", 3)]
    plans.nest_item(item=PlanItem.objects.get(pk=c.pk), deeper=False, **who)
    assert outline(plan) == [("a", "", 1), ("c", "", 2), ("b", "", 3)]
    plans.add_item(plan=plan, style=STYLE.NUMBER, text="n", after=a, **who)
    assert outline(plan) == [("a", "", 1), ("n", "", 2), ("c", "", 3), ("b", "", 4)]
    plans.remove_item(item=a, **who)
    assert [row[0] for row in outline(plan)] == ["n", "c", "b"]


def test_a_section_stays_on_top(house: House) -> None:
    plan = make_plan(house)
    section, number = plan.items.filter(style="section")[1], plan.items.filter(style="number")[0]

    with pytest.raises(NotAllowed, match="ngoài cùng"):
        plans.nest_item(item=section, deeper=True, by=house.office, at=NOW())
    with pytest.raises(NotAllowed, match="ngoài cùng"):
        plans.edit_item(item=number, style=STYLE.SECTION, text="x", by=house.office, at=NOW())


def test_planned_task_is_changed_and_removed(house: House) -> None:
    plan = make_plan(house)
    task = plan.tasks.all()[0]
    content = plans.TaskText("Mới", house.other, (house.department, house.other), rhythm="monthly")

    plans.edit_task(task=task, content=content, by=house.office, at=NOW())
    assert [part.unit for part in task.cooperating.all()] == [house.department]
    assert (task.due_on, task.original_due_on, task.rhythm) == (None, None, "monthly")
    plans.remove_task(task=task, by=house.office, at=NOW())
    assert plan.tasks.count() == 1


def test_a_rhythm_has_no_day(house: House) -> None:
    content = plans.TaskText("x", house.other, (), timezone.localdate(), rhythm="weekly")

    with pytest.raises(NotAllowed, match="thường xuyên"):
        plans.add_task(plan=make_plan(house), content=content, by=house.office, at=NOW())


@pytest.mark.parametrize(
    "act",
    [
        lambda p, h: plans.create_draft(content=plan_text(h), by=h.office, at=NOW()),
        lambda p, h: plans.edit_passages(plan=p, opening="x", closing="", by=h.office, at=NOW()),
        lambda p, h: plans.set_recipients(plan=p, lines=[("x", None)], by=h.office, at=NOW()),
        lambda p, h: plans.add_base(plan=p, text="x", by=h.office, at=NOW()),
        lambda p, h: plans.edit_base(base=p.bases.all()[0], text="x", by=h.office, at=NOW()),
        lambda p, h: plans.remove_base(base=p.bases.all()[0], by=h.office, at=NOW()),
        lambda p, h: plans.add_item(plan=p, style=STYLE.SECTION, text="x", by=h.office, at=NOW()),
        lambda p, h: plans.edit_item(item=p.items.all()[0], style=STYLE.SECTION, text="x", by=h.office, at=NOW()),
        lambda p, h: plans.move_item(item=p.items.all()[0], up=False, by=h.office, at=NOW()),
        lambda p, h: plans.remove_item(item=p.items.all()[0], by=h.office, at=NOW()),
        lambda p, h: plans.add_task(plan=p, content=plans.TaskText("x", h.other), by=h.office, at=NOW()),
        lambda p, h: plans.remove_task(task=p.tasks.all()[0], by=h.office, at=NOW()),
    ],
)
def test_a_failing_history_undoes_the_verb(house: House, act: Any) -> None:
    plan = make_plan(house)

    def everything() -> list[Any]:
        tables = (Document, Plan, PlanItem, Task, Event, Directive, plan.bases.model, ItemCitation)
        rows = [list(table.objects.order_by("pk").values()) for table in tables]
        return [*rows, list(plan.document.recipients.values())]

    before = everything()
    with mock.patch("audit.log.Event.objects.create", side_effect=DatabaseError("full")):
        with pytest.raises(DatabaseError, match="full"):
            act(plan, house)

    assert everything() == before
