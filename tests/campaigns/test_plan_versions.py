"""Versions of a plan: when one begins, what is kept, how two compare, and the way back."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns import plan_content
from campaigns.comparison import Group, Piece, compare, words
from campaigns.models import ItemStyle, Plan, PlanItem, Task
from campaigns.plan_content import ItemContent, LineContent, PlanContent
from campaigns.workflow import plan_versions, plans
from documents.models import Document
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_house, make_plan
from units.models import Appointment
from units.permissions import NotAllowed


def write(plan: Plan, text: str, by: Appointment, at: datetime, item: int = 0) -> None:
    """Write into the item-th item."""
    row = plan.items.order_by("id")[item]
    plans.edit_item(item=row, style=ItemStyle(row.style), text=text, by=by, at=at)


def begun(plan: Plan) -> datetime:
    """The moment the plan was made."""
    return plan.versions.get(number=1).started_at


def acting(house: House) -> dict[str, Any]:
    return {"by": house.office, "at": timezone.now()}


def stretches(plan: Plan) -> list[tuple[int, list[str], bool]]:
    """Number, people and whether it is closed, of each version."""
    rows = plan.versions.order_by("number")
    return [(row.number, [name.split(",")[0] for name in row.writers], row.content is not None) for row in rows]


def first_item(plan: Plan, number: int) -> str:
    content = plan_versions.content_of(plan.versions.get(number=number))
    pk = plan.items.order_by("id")[0].pk
    return next(row.text for row in content.items if row.pk == pk)


# --- when a version begins --------------------------------------------------------------------------------------------
def test_writing_goes_on_in_one_version(house: House) -> None:
    plan = make_plan(house)
    for minutes in (1, 10, 20):
        write(plan, f"Sau {minutes} phút", house.office, begun(plan) + timedelta(minutes=minutes))

    assert stretches(plan) == [(1, [house.office.person_name], False)]


@pytest.mark.parametrize(("minutes", "count"), [([16], 2), ([14, 28, 42, 56], 1), ([14, 28, 42, 56, 61], 2)])
def test_a_pause_or_an_hour_ends_a_version(house: House, minutes: list[int], count: int) -> None:
    plan = make_plan(house)
    for after in minutes:
        write(plan, f"Sau {after} phút", house.office, begun(plan) + timedelta(minutes=after))

    assert plan.versions.count() == count


def test_two_who_write_different_parts_share_a_version(house: House) -> None:
    plan = make_plan(house)
    write(plan, "Một", house.office, timezone.now(), item=0)
    write(plan, "Hai", house.chief, timezone.now(), item=1)

    assert stretches(plan) == [(1, [house.office.person_name, house.chief.person_name], False)]


def test_what_is_written_over_is_kept_first(house: House) -> None:
    plan = make_plan(house)
    write(plan, "Của Văn phòng", house.office, timezone.now())
    write(plan, "Của Chánh Văn phòng", house.chief, timezone.now())

    assert [done for _number, _who, done in stretches(plan)] == [True, False]
    assert (first_item(plan, 1), first_item(plan, 2)) == ("Của Văn phòng", "Của Chánh Văn phòng")


def test_what_another_wrote_is_kept_before_it_is_taken_out(house: House) -> None:
    plan = make_plan(house)
    write(plan, "Của Văn phòng", house.office, timezone.now())
    plans.remove_item(item=plan.items.order_by("id")[0], by=house.chief, at=timezone.now())

    kept = plan_versions.content_of(plan.versions.get(number=1))
    assert "Của Văn phòng" in [row.text for row in kept.items]


@pytest.mark.parametrize("state", [S.PROPOSED, S.SUBMITTED, S.RETURNED])
def test_what_was_submitted_stays_as_a_version(house: House, state: S) -> None:
    plan = make_plan(house)
    write(plan, "Bản trình", house.office, timezone.now())
    bring_to(plan, state, house)
    plan = Plan.objects.get(pk=plan.pk)
    write(plan, "Sửa sau khi trình", house.office, timezone.now())

    presented = plan.versions.get(number=1)
    assert (presented.was_presented, first_item(plan, 1)) == (True, "Bản trình")
    assert [done for _number, _who, done in stretches(plan)] == [True, False]


def test_a_plan_older_than_its_versions_gets_a_first_one(house: House) -> None:
    plan = make_plan(house)
    plan.versions.all().delete()
    write(plan, "Sửa", house.office, timezone.now() + timedelta(hours=1))

    assert first_item(plan, 1) == "Mục đích, yêu cầu"
    assert stretches(plan)[0][1] == [house.office.person_name]


def test_old_versions_go_but_not_what_was_submitted(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_versions, "MOST", 3)
    plan = make_plan(house)
    bring_to(plan, S.PROPOSED, house)
    plan = Plan.objects.get(pk=plan.pk)
    for hours in range(1, 8):
        write(plan, f"Lần {hours}", house.office, timezone.now() + timedelta(hours=2 * hours))

    assert [number for number, _who, _done in stretches(plan)] == [1, 5, 6, 7, 8]


def test_bytes_are_limited_too(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_versions, "MOST_BYTES", 1)
    monkeypatch.setattr(plan_versions, "ALWAYS_KEPT", 2)
    plan = make_plan(house)
    for hours in range(1, 6):
        write(plan, f"Lần {hours}", house.office, timezone.now() + timedelta(hours=2 * hours))

    assert [number for number, _who, _done in stretches(plan)] == [4, 5, 6]


@pytest.mark.parametrize("factor", [1, 3])
def test_reading_a_plan_asks_the_same_whatever_its_length(house: House, factor: int) -> None:
    plan = make_plan(house)
    for _each in range(factor):
        plans.add_base(plan=plan, text="Căn cứ", by=house.office, at=timezone.now())
        plans.add_task(
            plan=plan, content=plans.TaskText("x", house.other, (house.department,)), by=house.office, at=timezone.now()
        )

    with CaptureQueriesContext(connection) as asked:
        plan_content.read(plan)

    assert len(asked) == 7


def test_content_survives_json(house: House) -> None:
    content = plan_content.read(make_plan(house))

    assert plan_content.from_dict(content.as_dict()) == content


# --- comparison -------------------------------------------------------------------------------------------------------
def test_words_are_marked_one_by_one() -> None:
    assert words("Tổ chức hội nghị quán triệt.", "Tổ chức 02 hội nghị quán triệt, sơ kết.") == (
        Piece("same", "Tổ chức"), Piece("added", " 02"), Piece("same", " hội nghị quán triệt"),
        Piece("added", ", sơ kết"), Piece("same", "."),
    )  # fmt: skip


def test_another_text_is_no_changed_one() -> None:
    old, new = "Đánh giá đúng kết quả, biểu dương tập thể.", "Họp báo mỗi quý"

    assert words(old, new) == (Piece("removed", old), Piece("added", new))


def test_a_long_text_is_compared_as_a_whole() -> None:
    old, new = "a " * 2000, "b " * 2000

    assert words(old, new) == (Piece("removed", old), Piece("added", new))


def content_of(*items: tuple[int, int | None, str], **changes: Any) -> PlanContent:
    rows = tuple(ItemContent(pk, parent, "number", text) for pk, parent, text in items)
    empty = PlanContent("Kế hoạch", "KH-S", plan_content.Named(1, "Phòng"), None, None, 2026, True, "", "")
    return replace(empty, items=rows, **changes)


def kinds(groups: list[Group], title: str) -> list[tuple[str, str]]:
    group = next(group for group in groups if group.title == title)
    return [(line.kind, "".join(piece.text for piece in line.pieces)) for line in group.lines]


def test_items_are_followed_by_their_rows() -> None:
    """Added, removed, changed and moved, each once and in the order of the new plan."""
    before = content_of((1, None, "một"), (2, None, "hai"), (3, None, "ba"), (4, None, "bốn"))
    after = content_of((1, None, "một"), (4, None, "bốn"), (5, None, "năm"), (3, None, "ba bốn"))

    assert kinds(compare(before, after), "Nội dung") == [
        ("same", "một"), ("removed", "hai"), ("moved", "bốn"), ("added", "năm"), ("changed", "ba bốn"),
    ]  # fmt: skip


def test_an_item_that_goes_in_a_level_has_moved() -> None:
    before, after = content_of((1, None, "một"), (2, None, "hai")), content_of((1, None, "một"), (2, 1, "hai"))

    assert kinds(compare(before, after), "Nội dung") == [("same", "một"), ("moved", "hai")]


def test_recipients_and_head_are_compared() -> None:
    before = content_of(recipients=(LineContent("Ban Dân vận"), LineContent("Lưu: VT")))
    after = content_of(recipients=(LineContent("Ban Tuyên giáo"), LineContent("Lưu: VT")), title="Kế hoạch mới")
    groups = compare(before, after)

    assert kinds(groups, "Nơi nhận") == [("removed", "Ban Dân vận"), ("added", "Ban Tuyên giáo"), ("same", "Lưu: VT")]
    assert kinds(groups, "Phần đầu")[0] == ("changed", "Kế hoạch mới")


def test_nothing_changed_says_so(house: House) -> None:
    content = plan_content.read(make_plan(house))

    assert [group.changed for group in compare(content, content)] == [0] * len(compare(content, content))


@pytest.mark.parametrize(("number", "pair"), [(1, (1, 2)), (2, (1, 2)), (3, (2, 3))])
def test_a_version_is_shown_against_the_one_before_and_the_first_against_the_next(
    client: Any, house: House, number: int, pair: tuple[int, int]
) -> None:
    plan = make_plan(house)
    for hours in (1, 2):
        write(plan, f"Sau {hours} giờ", house.office, begun(plan) + timedelta(hours=hours))
    client.force_login(house.office.user)

    page = client.get(reverse("plans:version", args=[plan.pk, number])).context

    assert (page["old"].number, page["new"].number, page["changed"]) == (*pair, 1)


def test_the_only_version_is_compared_with_nothing(client: Any, house: House) -> None:
    client.force_login(house.office.user)

    shown = client.get(reverse("plans:version", args=[make_plan(house).pk, 1])).content.decode()

    assert "Chưa có phiên bản nào khác để so sánh." in shown
    assert ("Phiên bản 1 →" in shown, 'name="voi"' in shown) == (False, False)


# --- going back -------------------------------------------------------------------------------------------------------
def test_a_version_comes_back_whole_as_a_new_one(house: House) -> None:
    """Text, order, bases, tasks with days and links, recipients: everything is as it was, and the rest is kept."""
    plan = make_plan(house)
    before = plan_content.read(plan)
    at = timezone.now() + timedelta(hours=1)
    who: dict[str, Any] = {"by": house.office, "at": at}
    write(plan, "Khác", house.office, at)
    plans.edit_head(
        plan=plan, title="Tên khác", symbol="KH-X", drafting_unit=house.other, signer=None, campaign=None, year=2030,
        prints_tasks=False, extension_decider="director", **who,
    )  # fmt: skip
    plans.remove_base(base=plan.bases.all()[0], **who)
    plans.remove_item(item=plan.items.order_by("-id")[0], **who)
    plans.remove_task(task=plan.tasks.all()[1], **who)
    plans.add_task(plan=plan, content=plans.TaskText("Thêm", house.other), **who)
    plans.set_recipients(plan=plan, lines=[("Nơi khác", None)], **who)
    changed = plan_content.read(plan)
    head = next(group for group in compare(before, changed) if group.title == "Phần đầu")
    assert [line.kind for line in head.lines if line.label == "Ai quyết định gia hạn"] == ["changed"]

    made = plans.restore(version=plan.versions.get(number=1), by=house.office, at=at + timedelta(minutes=1))

    assert plan_content.read(plan) == before
    assert (before.extension_decider, changed.extension_decider) == ("office", "director")
    assert (made.number, made.restored_from) == (3, 1)
    assert plan_versions.content_of(plan.versions.get(number=2)) == changed


def test_a_restored_version_reopens_a_submitted_plan(house: House) -> None:
    plan = make_plan(house)
    write(plan, "Khác", house.office, timezone.now() + timedelta(hours=1))
    bring_to(plan, S.SUBMITTED, house)

    plans.restore(version=plan.versions.get(number=1), by=house.office, at=timezone.now() + timedelta(hours=2))

    assert Document.objects.get(pk=plan.document_id).state == S.DRAFT
    assert plan.versions.get(number=2).was_presented


def test_a_restore_is_refused(house: House) -> None:
    """Of the version being written, after somebody wrote since, by who may not write, of a signed plan."""
    plan, at = make_plan(house), timezone.now() + timedelta(hours=1)
    write(plan, "Khác", house.office, at)
    first = plan.versions.get(number=1)
    seen = Document.objects.get(pk=plan.document_id).version
    write(plan, "Khác nữa", house.office, at)

    with pytest.raises(NotAllowed, match="vừa có người sửa"):
        plans.restore(version=first, by=house.office, at=at, seen=seen)
    with pytest.raises(NotAllowed, match="đang soạn"):
        plans.restore(version=plan.versions.get(number=2), by=house.office, at=at)
    for by in (house.officer, make_house("Sở Khác", "SK").office):
        with pytest.raises(NotAllowed):
            plans.restore(version=first, by=by, at=at)
    bring_to(plan, S.SIGNED, house)
    with pytest.raises(NotAllowed):
        plans.restore(version=plan.versions.get(number=1), by=house.office, at=at)


def test_a_version_kept_before_the_decider_was_written_down_leaves_it(house: House) -> None:
    plan, at = make_plan(house, extension_decider="director"), timezone.now() + timedelta(hours=1)
    write(plan, "Khác", house.office, at)
    old = plan.versions.get(number=1)
    assert old.content is not None
    del old.content["extension_decider"]
    old.save()

    plans.restore(version=old, by=house.office, at=at + timedelta(minutes=1))

    assert plan_content.read(plan).extension_decider == "director"


# --- undoing a removal ------------------------------------------------------------------------------------------------
def test_what_was_taken_out_is_put_back_in_its_place(house: House) -> None:
    plan = make_plan(house)
    before = plan_content.read(plan)
    who: dict[str, Any] = {"by": house.office, "at": timezone.now()}
    removed = [
        plans.remove_item(item=PlanItem.objects.get(plan=plan, text="Tổ chức thực hiện"), **who),
        plans.remove_item(item=PlanItem.objects.get(plan=plan, text="Mục đích"), **who),
        plans.remove_base(base=plan.bases.all()[0], **who),
        plans.remove_task(task=Task.objects.get(plan=plan, text="Tổ chức hội nghị quán triệt"), **who),
    ]
    for each in reversed(removed):
        kept = plan_content.removed_from_dict(each.as_dict())
        plans.put_back(plan=plan, removed=kept, **who)

    after = plan_content.read(plan)
    assert replace(after, tasks=()) == replace(before, tasks=())
    assert [(row.pk, row.text) for row in after.tasks] == [(row.pk, row.text) for row in before.tasks]


def test_it_is_put_back_once_and_only_where_it_stood(house: House) -> None:
    plan, who = make_plan(house), acting(house)
    section = PlanItem.objects.get(plan=plan, text="Mục đích, yêu cầu")
    child = plans.remove_item(item=PlanItem.objects.get(plan=plan, text="Mục đích"), **who)
    whole = plans.remove_item(item=section, **who)

    with pytest.raises(NotAllowed, match="không còn"):
        plans.put_back(plan=plan, removed=child, **who)
    plans.put_back(plan=plan, removed=whole, **who)
    with pytest.raises(NotAllowed, match="đã được lấy lại"):
        plans.put_back(plan=plan, removed=whole, **who)


def test_a_task_finds_its_item_again(house: House) -> None:
    plan, who = make_plan(house), acting(house)
    task = Task.objects.get(plan=plan, text="Tổ chức hội nghị quán triệt")
    item = task.item_id

    removed = plans.remove_item(item=PlanItem.objects.get(plan=plan, text="Tổ chức thực hiện"), **who)
    task.refresh_from_db()
    assert task.item_id is None
    plans.put_back(plan=plan, removed=removed, **who)

    task.refresh_from_db()
    assert task.item_id == item
