"""A plan as official text: markers, layout blocks, appendix."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from campaigns import compose, outline
from campaigns.models import ItemStyle, Plan
from campaigns.workflow.plans import ItemText
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

    with django_assert_num_queries(8):
        compose.compose(plan.document)
