"""A plan that goes out as a Word file and comes back through the plan reader is the same plan."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from campaigns import compose
from campaigns.models import ItemStyle, Plan
from campaigns.plan_reader.read import read
from campaigns.states import Rhythm
from campaigns.workflow.plans import ItemText, TaskText
from documents import word_templates
from documents.docx import render_docx
from documents.layout import HD05, ND30_14, Heading, OfficialText, Paragraph
from tests.documents import compositions
from tests.factories.plans import House, make_house, make_plan

S = ItemStyle
DEEP = (
    ItemText(S.SECTION, "Mục đích, yêu cầu"),
    ItemText(S.NUMBER, "Mục đích", 1),
    ItemText(S.LETTER, "Nâng cao nhận thức của công chức, viên chức.", 2),
    *(ItemText(S.LETTER, f"Mục đích thứ {number} của kế hoạch này.", 2) for number in range(2, 8)),
    ItemText(S.NUMBER, "Yêu cầu", 1),
    ItemText(S.DASH, "Thiết thực, hiệu quả.", 2),
    ItemText(S.DASH, "Không phô trương, hình thức.", 2),
    ItemText(S.SECTION, "Nội dung"),
    ItemText(S.NUMBER, "Tuyên truyền", 1),
    ItemText(S.DECIMAL, "Tuyên truyền trên Trang thông tin điện tử.", 2),
    ItemText(S.DECIMAL, "Tuyên truyền tại hội nghị giao ban.", 2),
    ItemText(
        S.NUMBER, "Thi đua “Dân vận khéo” (15/10/1930-15/10/2026) theo Kế hoạch số 12-KH/BDVTU ngày 05/9/2023.", 1
    ),
    ItemText(S.SECTION, "Tổ chức thực hiện"),
    ItemText(S.NUMBER, "Phòng Quản lý khoa học chủ trì tổ chức hội nghị quán triệt.", 1),
)


@pytest.fixture
def house(db: None) -> House:
    made = make_house()
    made.director.user.full_name = "Phạm Quang Hưng"
    made.director.user.save()
    return made


def flat(items: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Marker (bare, as the reader gives it) and text of every item in reading order."""
    for item in items:
        yield bare(item.marker), item.text
        yield from flat(item.items)


def bare(marker: str | None) -> str:
    return (marker or "").rstrip(".)-") or ("-" if marker == "-" else "")


def written(text: OfficialText) -> list[tuple[str, str]]:
    """What the plan says below its sections."""
    return [
        (bare(block.marker), block.text)
        for block in text.blocks
        if isinstance(block, Paragraph) or (isinstance(block, Heading) and block.level > 1)
    ]


def nesting(items: Iterable[Any], depth: int = 0) -> Iterator[int]:
    for item in items:
        yield depth
        yield from nesting(item.items, depth + 1)


def assert_same(text: OfficialText, data: bytes) -> Any:
    """Everything of the text is in what the reader makes of the Word file, and nothing else."""
    back = read(data, "ke-hoach.docx")
    assert back.title is not None
    assert back.title.text == text.title
    assert [base.text.rstrip(";.").removeprefix("- ") for base in back.bases] == [
        each.rstrip(";.") for each in text.bases
    ]
    assert back.opening is not None
    assert back.opening.text == text.opening
    sections = [block for block in text.blocks if isinstance(block, Heading) and block.level == 1]
    assert [(each.marker, each.heading) for each in back.sections] == [
        (bare(each.marker), each.text.upper()) for each in sections
    ]
    assert [item for each in back.sections for item in flat(each.items)] == written(text)
    assert back.closing is not None
    assert back.closing.text.rstrip("./") == text.closing.rstrip("./")
    assert back.heading.symbol == text.head.symbol
    assert back.heading.issuing_body == text.head.issuing_body.upper()
    assert back.signer is not None
    assert (back.signer.position, back.signer.name) == (text.signer.position.upper(), text.signer.name)
    return back


def test_the_departments_plan() -> None:
    text = compositions.plan(number="5", day=compositions.DAY)
    back = assert_same(text, render_docx(text))
    assert (back.heading.number, back.heading.day, back.heading.month, back.heading.year) == ("05", 12, 10, 2023)
    assert [each.text for each in back.recipients] == [
        "Ban Dân vận Tỉnh uỷ", "Ban Tuyên giáo Đảng uỷ khối", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, VP"
    ]  # fmt: skip
    assert [each.due.date if each.due else None for each in back.tasks] == [
        date(2023, 10, 31),
        None,
        date(2023, 10, 20),
    ]
    assert back.problems == ()


@pytest.mark.parametrize("number", [None, "128"])
def test_the_same_in_other_layouts(number: str | None) -> None:
    day = compositions.DAY if number else None
    text = compositions.plan(number=number, day=day, profile=ND30_14)
    assert_same(text, render_docx(text))
    party = compositions.of_party(compositions.plan(number=number, day=day), HD05)
    back = assert_same(party, render_docx(party))
    assert back.signer.authority == "T/M"


def test_a_deep_plan_keeps_its_nesting(house: House) -> None:
    plan = make_plan(house, items=DEEP, tasks=())
    text = compose.compose(plan.document)
    back = assert_same(text, word_templates.render(plan.document))
    assert [list(nesting(each.items)) for each in back.sections] == [
        [0, *[1] * 7, 0, 1, 1], [0, 1, 1, 0], [0]
    ]  # fmt: skip


def test_tasks_come_back_with_units_and_days(house: House) -> None:
    plan = make_plan(
        house,
        items=DEEP,
        tasks=(
            TaskText(
                "Tổ chức hội nghị quán triệt", house.department, (house.other, house.office_unit), date(2026, 10, 20)
            ),
            TaskText("Cập nhật tin, bài trên Trang thông tin điện tử", house.other, rhythm=Rhythm.REGULAR),
            *(
                TaskText(f"Công việc thứ {index} của kế hoạch", house.department, (), date(2026, 10, index))
                for index in range(3, 9)
            ),
        ),
    )
    text = compose.compose(plan.document)
    back = assert_same(text, word_templates.render(plan.document))
    listed = [each for each in back.tasks if each.text in {task.text for task in plan.tasks.all()}]
    assert [(each.text, each.lead_unit, tuple(each.cooperating_units)) for each in listed] == [
        (task.text, task.lead_unit.name, tuple(part.unit.name for part in task.cooperating.all()))
        for task in plan.tasks.all()
    ]
    assert [each.due.date if each.due else None for each in listed] == [task.due_on for task in plan.tasks.all()]
    assert listed[1].recurring


def test_a_plan_read_again_and_again_stays_the_same(house: House) -> None:
    plan: Plan = make_plan(house, items=DEEP, tasks=())
    once = compose.compose(plan.document)
    data = render_docx(once)
    assert read(data, "a.docx").sections == read(render_docx(replace(once)), "a.docx").sections
