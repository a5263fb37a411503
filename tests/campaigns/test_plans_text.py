"""A plan as official text: markers, layout blocks, appendix; and the checks before it is proposed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import checks, compose, outline
from campaigns.models import ItemStyle, Plan
from campaigns.workflow.plans import ItemText, TaskText
from directives.models import Directive, Validity
from documents import layout
from tests.factories.plans import House, make_plan, plan_text

S = ItemStyle
DEEP = (
    ItemText(S.SECTION, "Một"),
    ItemText(S.NUMBER, "Khoản có tiêu đề", 1),
    ItemText(S.DECIMAL, "Khoản nhỏ;", 2),
    ItemText(S.DECIMAL, "Khoản nhỏ nữa;", 2),
    ItemText(S.LETTER, "Điểm", 3),
    ItemText(S.DASH, "Gạch", 4),
    ItemText(S.PARAGRAPH, "Đoạn", 1),
    ItemText(S.NUMBER, "Khoản hai.", 1),
    ItemText(S.SECTION, "Hai"),
)


def markers(plan: Plan) -> list[str]:
    return [node.marker for node in outline.flat(plan.items.all())]


def test_markers_follow_the_tree(house: House) -> None:
    plan = make_plan(house, items=DEEP, tasks=())

    assert markers(plan) == ["I.", "1.", "1.1.", "1.2.", "a)", "-", "", "2.", "II."]


def test_vietnamese_letters_and_roman_numbers() -> None:
    assert [outline.letter(n) for n in (1, 4, 5, 6, 7, 23, 24)] == ["a", "d", "đ", "e", "g", "y", "aa"]
    assert [outline.roman(n) for n in (1, 4, 9, 14, 40)] == ["I", "IV", "IX", "XIV", "XL"]


def test_composed_blocks(house: House) -> None:
    text = compose.compose(make_plan(house, items=DEEP, tasks=()).document)

    assert text.kind == layout.Kind.PLAN
    assert text.blocks[:3] == (
        layout.Heading(1, "I.", "Một"),
        layout.Heading(2, "1.", "Khoản có tiêu đề"),
        layout.Paragraph("Khoản nhỏ;", "1.1.", 2),
    )
    assert text.appendices == ()
    assert text.head.symbol == "KH-SKHTN"
    assert text.signer.position == "GIÁM ĐỐC"


def test_appendix_lists_the_tasks(house: House) -> None:
    plan = make_plan(house)
    due = timezone.localdate() + timedelta(days=30)

    table = compose.compose(plan.document).appendices[0].blocks[0]

    assert isinstance(table, layout.Table)
    assert table.rows == (
        ("1", "Tổ chức hội nghị quán triệt", house.department.name, house.other.name, f"{due:%d/%m/%Y}", ""),
        ("2", "Cập nhật tin, bài", house.other.name, "", "Thường xuyên", ""),
    )


@pytest.mark.parametrize("factor", [1, 3])
def test_compose_asks_the_same_whatever_the_length(house: House, factor: int, django_assert_num_queries: Any) -> None:
    text = plan_text(house)
    plan = make_plan(house, items=text.items * factor, tasks=text.tasks * factor, bases=text.bases * factor)

    with django_assert_num_queries(7):
        compose.compose(plan.document)


def codes(plan: Plan) -> set[str]:
    return {problem.code for problem in checks.problems(plan.document)}


def test_a_whole_plan_has_no_problem(house: House) -> None:
    assert checks.problems(make_plan(house).document) == []


DAY = timezone.localdate


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("no_title", lambda h: {"title": " "}),
        ("long_title", lambda h: {"title": "chữ " * 80}),
        ("title_kind", lambda h: {"title": "Kế hoạch dân vận"}),
        ("symbol", lambda h: {"symbol": "KHX"}),
        ("no_base", lambda h: {"bases": ()}),
        ("base_unknown", lambda h: {"bases": ("Căn cứ công văn số không rõ",)}),
        ("base_later", lambda h: {"bases": ("Căn cứ Chỉ thị số 33/CT-TTg ngày 26/11/2099 của Thủ tướng Chính phủ",)}),
        ("base_twice", lambda h: {"bases": plan_text(h).bases * 2}),
        ("no_content", lambda h: {"items": (), "tasks": ()}),
        ("empty_section", lambda h: {"items": (*plan_text(h).items, ItemText(S.SECTION, "Trống"))}),
        ("empty_item", lambda h: {"items": (*plan_text(h).items, ItemText(S.DASH, " ", 1))}),
        ("no_task", lambda h: {"tasks": ()}),
        ("no_deadline", lambda h: {"tasks": (TaskText("x", h.department),)}),
        ("deadline_past", lambda h: {"tasks": (TaskText("x", h.department, (), DAY() - timedelta(days=1)),)}),
        ("unit_without_head", lambda h: {"tasks": (TaskText("x", h.organisation, rhythm="weekly"),)}),
        ("tasks_not_printed", lambda h: {"prints_tasks": False}),
        ("no_recipients", lambda h: {"recipients": (("Lưu: VT", None),)}),
        ("recipients_outside", lambda h: {"recipients": (("Báo tỉnh", None),)}),
        ("no_signer", lambda h: {"signer": None}),
        ("unpadded", lambda h: {"opening": "Trước ngày 5 tháng 2 năm 2026."}),
        ("spelling", lambda h: {"opening": "Kỷ niệm và kỉ niệm."}),
        ("secret", lambda h: {"opening": "TUYỆT MẬT"}),
        ("spaces", lambda h: {"opening": "Dấu cách , thừa."}),
    ],
)
def test_each_rule_finds_its_case(house: House, code: str, changes: Callable[[House], dict[str, Any]]) -> None:
    assert code in codes(make_plan(house, **changes(house)))


def test_a_base_that_no_longer_holds(house: House) -> None:
    plan = make_plan(house)
    for validity, code in ((Validity.EXPIRED, "base_expired"), (Validity.AMENDED, "base_amended")):
        Directive.objects.update(validity=validity)
        assert code in codes(plan)


def test_units_that_cannot_take_a_task(house: House) -> None:
    plan = make_plan(house)
    part = plan.tasks.all()[0].cooperating.all()[0]
    part.due_on = timezone.localdate() + timedelta(days=90)
    part.save()
    house.department.dissolved_on = timezone.localdate()
    house.department.save()

    assert {"part_later", "unit_dissolved"} <= codes(plan)


def test_a_signer_who_left(house: House) -> None:
    plan = make_plan(house)
    house.director.ends_on = timezone.localdate()
    house.director.save()

    assert "signer_gone" in codes(plan)
