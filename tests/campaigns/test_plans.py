"""The verbs that make and write a plan."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError
from django.utils import timezone

from audit.models import Event
from campaigns import outline
from campaigns.models import ItemCitation, ItemStyle, Plan, PlanItem, PlanVersion, Task
from campaigns.workflow import plan_bases, plans
from directives.models import Directive
from directives.register import kind_for, record
from documents.models import Document
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_house, make_plan, plan_text
from tests.factories.reports import indicator
from units.permissions import NotAllowed, Outdated

NOW = timezone.now
STYLE = ItemStyle


def places(plan: Plan) -> list[tuple[str, str, int]]:
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
    assert places(plan) == [("a", "", 1), ("c", "", 2), ("b", "", 3)]
    plans.nest_item(item=PlanItem.objects.get(pk=c.pk), deeper=True, **who)
    assert places(plan) == [("c", "a", 1), ("a", "", 1), ("b", "", 3)]
    plans.nest_item(item=PlanItem.objects.get(pk=c.pk), deeper=False, **who)
    assert places(plan) == [("a", "", 1), ("c", "", 2), ("b", "", 3)]
    plans.add_item(plan=plan, style=STYLE.NUMBER, text="n", after=a, **who)
    assert places(plan) == [("a", "", 1), ("n", "", 2), ("c", "", 3), ("b", "", 4)]
    plans.remove_item(item=a, **who)
    assert [row[0] for row in places(plan)] == ["n", "c", "b"]


def test_a_section_stays_on_top(house: House) -> None:
    plan = make_plan(house)
    number = plan.items.filter(style="number")[0]

    with pytest.raises(NotAllowed, match="ngoài cùng"):
        plans.edit_item(item=number, style=STYLE.SECTION, text="x", by=house.office, at=NOW())


def marked(plan: Plan) -> list[str]:
    """The lines of the plan as they read, indented."""
    return ["  " * node.depth + f"{node.marker} {node.item.text}".strip() for node in outline.flat(plan.items.all())]


def small_tree(house: House) -> tuple[Plan, dict[str, PlanItem]]:
    texts = (
        plans.ItemText(STYLE.SECTION, "A"), plans.ItemText(STYLE.NUMBER, "b", 1), plans.ItemText(STYLE.NUMBER, "c", 1),
        plans.ItemText(STYLE.SECTION, "D"), plans.ItemText(STYLE.NUMBER, "e", 1),
    )  # fmt: skip
    plan = make_plan(house, items=texts, tasks=())
    return plan, {item.text: item for item in plan.items.all()}


def fresh(item: PlanItem) -> PlanItem:
    return PlanItem.objects.get(pk=item.pk)


def test_the_style_follows_the_place(house: House) -> None:
    """Below a section come 1. 2., below those a) b); a section that goes in is a number, and comes out a section."""
    plan, rows = small_tree(house)
    who: dict[str, Any] = {"by": house.office, "at": NOW()}

    plans.nest_item(item=rows["c"], deeper=True, **who)
    assert marked(plan) == ["I. A", "  1. b", "    a) c", "II. D", "  1. e"]
    plans.nest_item(item=rows["D"], deeper=True, **who)
    assert marked(plan) == ["I. A", "  1. b", "    a) c", "  2. D", "    1. e"]
    plans.nest_item(item=fresh(rows["D"]), deeper=False, **who)
    assert marked(plan) == ["I. A", "  1. b", "    a) c", "II. D", "  1. e"]
    plans.nest_item(item=fresh(rows["A"]), deeper=True, **who)  # nothing stands above it
    assert marked(plan) == ["I. A", "  1. b", "    a) c", "II. D", "  1. e"]


def test_an_item_is_put_anywhere_but_into_itself(house: House) -> None:
    plan, rows = small_tree(house)
    who: dict[str, Any] = {"by": house.office, "at": NOW()}

    plans.place_item(item=rows["e"], parent=rows["A"], before=rows["b"], **who)
    assert marked(plan) == ["I. A", "  1. e", "  2. b", "  3. c", "II. D"]
    plans.place_item(item=fresh(rows["A"]), parent=None, before=None, **who)
    assert marked(plan) == ["I. D", "II. A", "  1. e", "  2. b", "  3. c"]
    with pytest.raises(NotAllowed, match="chính nó"):
        plans.place_item(item=fresh(rows["A"]), parent=fresh(rows["b"]), before=None, **who)
    with pytest.raises(NotAllowed, match="vừa được"):
        plans.place_item(item=fresh(rows["D"]), parent=None, before=fresh(rows["b"]), **who)
    assert marked(plan) == ["I. D", "II. A", "  1. e", "  2. b", "  3. c"]


def test_an_item_goes_no_deeper_than_six(house: House) -> None:
    texts = [plans.ItemText(STYLE.DASH, str(depth), depth) for depth in range(7)]
    plan = make_plan(house, items=(*texts, plans.ItemText(STYLE.DASH, "last", 6)), tasks=())
    last = plan.items.get(text="last")

    with pytest.raises(NotAllowed, match="sâu nhất"):
        plans.nest_item(item=last, deeper=True, by=house.office, at=NOW())


@pytest.mark.parametrize(
    ("style", "typed", "kept"),
    [
        (STYLE.SECTION, "II. Nội dung", "Nội dung"), (STYLE.NUMBER, "1. Mục đích", "Mục đích"),
        (STYLE.DECIMAL, "1.2. Yêu cầu", "Yêu cầu"), (STYLE.LETTER, "b) Thiết thực", "Thiết thực"),
        (STYLE.DASH, "- Hiệu quả", "Hiệu quả"), (STYLE.NUMBER, "2.500 người tham gia", "2.500 người tham gia"),
        (STYLE.NUMBER, "1/9 hằng năm", "1/9 hằng năm"), (STYLE.PARAGRAPH, "1. Nguyên văn", "1. Nguyên văn"),
        (STYLE.LETTER, "a ha", "a ha"), (STYLE.SECTION, "Các nội dung", "Các nội dung"),
    ],
)  # fmt: skip
def test_a_marker_is_never_stored(house: House, style: STYLE, typed: str, kept: str) -> None:
    item = plans.add_item(plan=make_plan(house), style=style, text=typed, by=house.office, at=NOW())

    assert item.text == kept


def test_an_item_is_added_before_another(house: House) -> None:
    plan, rows = small_tree(house)

    plans.add_item(plan=plan, style=STYLE.NUMBER, text="n", before=rows["c"], by=house.office, at=NOW())

    assert marked(plan) == ["I. A", "  1. b", "  2. n", "  3. c", "II. D", "  1. e"]


# --- bases ------------------------------------------------------------------------------------------------------------
def register(house: House, **changes: Any) -> Directive:
    values: dict[str, Any] = {
        "organisation": house.organisation, "kind": kind_for("NĐ"), "code": "30/2020/NĐ-CP", "issuer": "Chính phủ",
        "dated_on": date(2020, 3, 5), "subject": "công tác văn thư", "by": house.office, "at": NOW(),
    }  # fmt: skip
    return record(**values | changes)


def test_a_base_is_made_from_the_register_once(house: House) -> None:
    plan, directive = make_plan(house, bases=()), register(house)
    who: dict[str, Any] = {"by": house.office, "at": NOW()}

    base = plans.add_base(plan=plan, directive=directive, **who)
    with pytest.raises(NotAllowed, match="đã là căn cứ"):
        plans.add_base(plan=plan, directive=directive, **who)

    assert (base.text, base.directive) == (
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư", directive,
    )  # fmt: skip


def test_the_sentence_keeps_its_lead_and_its_record(house: House) -> None:
    """An edited sentence that still names the document stays linked; a name of another links that one."""
    plan, directive = make_plan(house, bases=()), register(house)
    who: dict[str, Any] = {"by": house.office, "at": NOW()}
    base = plans.add_base(plan=plan, directive=directive, lead="Thực hiện", **who)

    plans.edit_base(base=base, text="Thực hiện nghiêm quy định tại 30/2020/NĐ-CP", **who)
    assert base.directive == directive
    assert plan_bases.sentence_of(base).startswith("Thực hiện Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3")
    plans.edit_base(base=base, text="Căn cứ Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ", **who)
    assert base.directive is not None
    assert base.directive.code == "33/CT-TTg"


def test_a_base_of_another_house_is_not_taken(house: House) -> None:
    other = make_house("Sở Khác", "SK")
    foreign = register(house, organisation=other.organisation, by=other.office)

    with pytest.raises(NotAllowed, match="không có trong sổ"):
        plans.add_base(plan=make_plan(house), directive=foreign, by=house.office, at=NOW())


def test_bases_change_places(house: House) -> None:
    plan = make_plan(house, bases=("Căn cứ một", "Căn cứ hai", "Căn cứ ba"))
    last = plan.bases.all()[2]

    for _press in range(3):
        plans.move_base(base=last, up=True, by=house.office, at=NOW())

    assert [base.text for base in plan.bases.all()] == ["Căn cứ ba", "Căn cứ một", "Căn cứ hai"]


# --- tasks ------------------------------------------------------------------------------------------------------------
def test_a_helper_has_a_day_and_an_indicator_a_target(house: House) -> None:
    plan, due = make_plan(house), timezone.localdate() + timedelta(days=20)
    figure = indicator("Tin, bài")
    content = plans.TaskText(
        "Mới", house.other, (house.department,), due, indicators=(figure,),
        part_days=((house.department.pk, due - timedelta(days=5)),), targets=((figure.pk, Decimal(12)),),
    )  # fmt: skip

    task = plans.add_task(plan=plan, content=content, by=house.office, at=NOW())

    assert [(row.unit, row.due_on) for row in task.cooperating.all()] == [(house.department, due - timedelta(days=5))]
    assert [(row.indicator, row.target) for row in task.indicators.all()] == [(figure, Decimal(12))]


def test_a_helper_is_not_due_after_the_task(house: House) -> None:
    due = timezone.localdate() + timedelta(days=20)
    content = plans.TaskText(
        "Mới", house.other, (house.department,), due, part_days=((house.department.pk, due + timedelta(days=1)),)
    )

    with pytest.raises(NotAllowed, match="không được sau"):
        plans.add_task(plan=make_plan(house), content=content, by=house.office, at=NOW())


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
        lambda p, h: plans.move_base(base=p.bases.all()[0], up=False, by=h.office, at=NOW()),
        lambda p, h: plans.nest_item(item=p.items.all()[1], deeper=False, by=h.office, at=NOW()),
        lambda p, h: plans.place_item(item=p.items.all()[1], parent=None, before=None, by=h.office, at=NOW()),
        lambda p, h: plans.move_item(item=p.items.all()[0], up=False, by=h.office, at=NOW()),
        lambda p, h: plans.remove_item(item=p.items.all()[0], by=h.office, at=NOW()),
        lambda p, h: plans.add_task(plan=p, content=plans.TaskText("x", h.other), by=h.office, at=NOW()),
        lambda p, h: plans.remove_task(task=p.tasks.all()[0], by=h.office, at=NOW()),
    ],
)
def test_a_failing_history_undoes_the_verb(house: House, act: Any) -> None:
    plan = make_plan(house)

    def everything() -> list[Any]:
        tables = (Document, Plan, PlanItem, PlanVersion, Task, Event, Directive, plan.bases.model, ItemCitation)
        rows = [list(table.objects.order_by("pk").values()) for table in tables]
        return [*rows, list(plan.document.recipients.values())]

    before = everything()
    with mock.patch("audit.log.Event.objects.create", side_effect=DatabaseError("full")):
        with pytest.raises(DatabaseError, match="full"):
            act(plan, house)

    assert everything() == before
