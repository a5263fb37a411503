"""Copy from last year: the list of changes, the decisions, the draft, and the way back."""

from datetime import date
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from campaigns import copying, events
from campaigns.models import Campaign, ItemStyle, Plan, Task, TaskUnit
from campaigns.workdays import WorkingCalendar
from campaigns.workflow import copies, plans
from directives.models import Directive, DirectiveRelation, Validity
from documents import attachments, pdf, workflow
from documents.models import Document
from documents.states import DocumentState as S
from tests.documents import compositions
from tests.factories.plans import House, bring_to, make_house, make_plan
from units import register
from units.models import Succession, Unit
from units.permissions import NotAllowed, Outdated

NOW = timezone.now
TODAY = timezone.localdate
LAST = TODAY().year - 1
SATURDAY = next(date(LAST + 1, 9, day) for day in range(10, 20) if date(LAST + 1, 9, day).weekday() == 5)
BASE = "Căn cứ Chỉ thị số 33/CT-TTg ngày 26/11/2021 của Thủ tướng Chính phủ về dân vận"
NEWER = "Căn cứ Chỉ thị số 12/CT-TTg ngày 10/5/2024 của Thủ tướng Chính phủ về dân vận trong tình hình mới"


def issued(house: House, **changes: Any) -> Plan:
    """A plan of last year, signed and issued."""
    task = plans.TaskText(
        f"Tổ chức hội nghị trong tháng 9/{LAST}", house.department, (house.other,), SATURDAY.replace(year=LAST),
        due_wording=f"trước ngày {SATURDAY.day}/9/{LAST}", expected_product=f"Báo cáo năm {LAST}", item=1,
    )  # fmt: skip
    values: dict[str, Any] = {
        "title": f"Thực hiện Tháng cao điểm dân vận năm {LAST}", "year": LAST,
        "opening": f"Kỷ niệm 95 năm Ngày truyền thống (15/10/1930-15/10/{LAST}).", "bases": (BASE,),
        "items": (
            plans.ItemText(ItemStyle.SECTION, "Nội dung"),
            plans.ItemText(ItemStyle.PARAGRAPH, f"Khai mạc ngày 20/10/{LAST}; so với năm {LAST - 1} tăng 5%.", 1),
        ),
        "tasks": (task,),
    }  # fmt: skip
    plan = make_plan(house, **values | changes)
    TaskUnit.objects.filter(task__plan=plan).update(due_on=SATURDAY.replace(year=LAST))
    bring_to(plan, S.ISSUED, house)
    return plan


def proposal(plan: Plan, year: int = LAST + 1) -> copying.Proposal:
    plan.document.refresh_from_db()
    return copies.propose(source=plan, year=year, today=TODAY())


def copied(plan: Plan, house: House, decisions: dict[str, Any] | None = None) -> Plan:
    seen = proposal(plan).digest
    made = copies.copy(source=plan, year=LAST + 1, seen=seen, decisions=decisions or {}, by=house.office, at=NOW())
    return Plan.objects.with_document().get(pk=made.pk)


def change(found: copying.Proposal, start: str) -> copying.Change:
    return next(row for key, row in found.changes.items() if key.startswith(start))


def test_every_change_is_listed_with_its_reason(house: House) -> None:
    found = proposal(issued(house))

    assert {key.split("-")[0] for key in found.changes} == {
        "title", "opening", "item", "task", "product", "due", "wording", "part",
    }  # fmt: skip
    assert change(found, "title").reasons == (f"năm {LAST} → năm {LAST + 1}",)
    monday = WorkingCalendar().next_working(SATURDAY)
    assert change(found, "due").new == monday
    assert "là ngày nghỉ: chuyển sang" in change(found, "due").reasons[1]
    assert change(found, "wording").new == f"chậm nhất ngày {monday:%d/%m/%Y}"
    assert f"năm {LAST - 1}: có thể là năm trước" in " ".join(change(found, "item").reasons)


def test_the_copy_says_what_was_proposed(house: House) -> None:
    source = issued(house)

    plan = copied(source, house)

    task = plan.tasks.get()
    assert (plan.document.state, plan.document.title, plan.year) == (
        S.DRAFT, f"Thực hiện Tháng cao điểm dân vận năm {LAST + 1}", LAST + 1,
    )  # fmt: skip
    assert plan.copied_from == source
    assert plan.opening == f"Kỷ niệm 96 năm Ngày truyền thống (15/10/1930-15/10/{LAST + 1})."
    assert [row.text for row in plan.items.all()] == [
        "Nội dung", f"Khai mạc ngày 20/10/{LAST + 1}; so với năm {LAST - 1} tăng 5%.",
    ]  # fmt: skip
    assert [row.text for row in plan.bases.all()] == [BASE]
    assert (task.text, task.expected_product) == (
        f"Tổ chức hội nghị trong tháng 9/{LAST + 1}", f"Báo cáo năm {LAST + 1}",
    )  # fmt: skip
    assert task.item == plan.items.all()[1]
    assert (task.due_on, task.cooperating.get().due_on) == (WorkingCalendar().next_working(SATURDAY),) * 2
    assert Event.objects.filter(name=events.PLAN_COPIED).count() == 1


def test_decisions_are_followed(house: House) -> None:
    source = issued(house)
    found = proposal(source)
    keys = {name: change(found, name).key for name in ("title", "item", "due", "wording")}

    decided = {"title": "Tên khác", keys["item"]: "Chữ khác."}
    plan = copied(source, house, decided | {keys["due"]: date(LAST + 1, 9, 9), keys["wording"]: "trong tháng 9"})

    assert plan.document.title == "Tên khác"
    assert plan.items.all()[1].text == "Chữ khác."
    assert (plan.tasks.get().due_on, plan.tasks.get().due_wording) == (date(LAST + 1, 9, 9), "trong tháng 9")


def dissolve(unit: Unit, successors: list[Unit]) -> None:
    register.dissolve(
        unit=unit, successors=successors, kind=Succession.Kind.MERGED, on=TODAY(), legal_basis="QĐ", by=None, at=NOW()
    )


def test_units_become_their_successors(house: House) -> None:
    source = issued(house)
    dissolve(house.other, [house.office_unit])

    plan = copied(source, house)

    assert [part.unit for part in plan.tasks.get().cooperating.all()] == [house.office_unit]


def test_a_lead_without_a_successor_must_be_chosen(house: House) -> None:
    source = issued(house)
    dissolve(house.department, [])
    lead = change(proposal(source), "lead")

    with pytest.raises(NotAllowed, match="Hãy chọn"):
        copied(source, house)
    plan = copied(source, house, {lead.key: house.other.pk, "drafting": house.other.pk})

    assert (plan.tasks.get().lead_unit, plan.document.drafting_unit) == (house.other, house.other)
    assert plan.tasks.get().cooperating.count() == 0


def test_a_replaced_base_becomes_its_successor_and_an_expired_one_is_marked(house: House) -> None:
    source = issued(house, bases=(BASE, NEWER))
    old, new = Directive.objects.order_by("id")
    Directive.objects.filter(pk=old.pk).update(validity=Validity.EXPIRED)
    marked = change(proposal(source), "base")
    DirectiveRelation.objects.create(source=new, kind="replaces", target=old)

    replaced = change(proposal(source), "base")

    assert (marked.is_taken, marked.new, marked.can_drop) == (False, BASE, True)
    assert replaced.new == NEWER.replace("10/5/2024", "10 tháng 5 năm 2024")
    plan = copied(source, house, {replaced.key: None})
    assert [row.text for row in plan.bases.all()] == [NEWER]


def test_names_signer_and_campaign_of_today(house: House) -> None:
    campaign = Campaign.objects.create(
        organisation=house.organisation, name="Đợt cũ", starts_on=date(LAST, 9, 1), ends_on=date(LAST, 10, 1)
    )
    source = issued(house, recipients=(("Thanh tra Sở;", house.other.pk), ("Lưu: VT", None)), campaign=campaign)
    register.rename(unit=house.other, name="Phòng Pháp chế", starts_on=TODAY(), legal_basis="QĐ", by=None, at=NOW())
    house.director.ends_on = TODAY()
    house.director.save()

    found = proposal(source)

    assert change(found, "recipient").new == "Phòng Pháp chế;"
    assert change(found, "signer").must_choose
    plan = copied(source, house, {"signer": house.deputy.pk})
    assert plan.document.signer == house.deputy
    assert plan.campaign is None
    assert [line.text for line in plan.document.recipients.all()] == ["Phòng Pháp chế;", "Lưu: VT"]


def test_a_review_that_is_out_of_date_makes_nothing(house: House) -> None:
    source = issued(house)
    seen = proposal(source).digest
    dissolve(house.other, [])

    with pytest.raises(Outdated):
        copies.copy(source=source, year=LAST + 1, seen=seen, decisions={}, by=house.office, at=NOW())
    assert source.copies.count() == 0


@pytest.mark.parametrize("year", [LAST, LAST - 1, LAST + 11])
def test_only_a_later_year(house: House, year: int) -> None:
    with pytest.raises(NotAllowed, match="Năm của bản chép"):
        proposal(issued(house), year)


def test_only_issued_plans_and_only_by_who_drafts(house: House) -> None:
    with pytest.raises(NotAllowed, match="đã ban hành"):
        proposal(make_plan(house, year=LAST))
    source = issued(house)
    for post in (house.officer, house.director, house.clerk, make_house("Sở Khác", "SK").office):
        with pytest.raises(NotAllowed):
            copies.copy(source=source, year=LAST + 1, seen="", decisions={}, by=post, at=NOW())


def test_a_failing_history_undoes_the_copy(house: House) -> None:
    source = issued(house)
    before = (Document.objects.count(), Plan.objects.count(), Task.objects.count())

    with mock.patch("audit.log.Event.objects.create", side_effect=DatabaseError("full")):
        with pytest.raises(DatabaseError, match="full"):
            copied(source, house)

    assert (Document.objects.count(), Plan.objects.count(), Task.objects.count()) == before


def test_a_copy_is_taken_back_while_it_is_a_draft(house: House) -> None:
    plan = copied(issued(house), house)

    workflow.discard(document=plan.document, by=house.office, at=NOW())

    assert not Plan.objects.live().filter(pk=plan.pk).exists()


# --- pages ------------------------------------------------------------------------------------------------------------
def test_the_review_shows_old_and_new_and_makes_the_draft(client: Client, house: House) -> None:
    source = issued(house)
    client.force_login(house.office.user)
    url = reverse("plans:copy", args=[source.pk])

    page = client.get(url)
    given = {"nam": LAST + 1, "seen": page.context["proposal"].digest}
    for form in page.context["rows"]:
        given |= {f"{form.prefix}-how": form.initial["how"], f"{form.prefix}-own": "x"}
    given |= {"title-how": "own", "title-own": "Tên tự ghi"}
    answer = client.post(url, given)

    text = page.content.decode()
    assert f"<del>Thực hiện Tháng cao điểm dân vận năm {LAST}</del>" in text
    assert f"<ins>Thực hiện Tháng cao điểm dân vận năm {LAST + 1}</ins>" in text
    plan = source.copies.get()
    assert (answer.url, plan.document.title) == (reverse("plans:detail", args=[plan.pk]), "Tên tự ghi")
    again = client.get(url).content.decode()
    assert "Lập nữa sẽ có hai bản" in again
    assert "Hủy bản chép này" in client.get(answer.url).content.decode()


def test_what_was_typed_stays_when_something_is_wrong(client: Client, house: House) -> None:
    source = issued(house)
    client.force_login(house.office.user)
    url = reverse("plans:copy", args=[source.pk])
    page = client.get(url)
    due = change(page.context["proposal"], "due").key
    given = {"nam": LAST + 1, "seen": page.context["proposal"].digest}
    for form in page.context["rows"]:
        given |= {f"{form.prefix}-how": "new"}
    given |= {f"{due}-how": "own", f"{due}-own": "31/02/2026", "title-how": "own", "title-own": "Tên tôi gõ"}

    wrong = client.post(url, given)
    late = client.post(url, given | {f"{due}-own": "20/10/2026", "seen": "cũ"})

    assert (wrong.status_code, late.status_code, source.copies.count()) == (422, 422, 0)
    assert "Tên tôi gõ" in wrong.content.decode()
    assert "Tên tôi gõ" in late.content.decode()
    assert "vừa thay đổi" in late.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_choice_asks_the_same_whatever_its_length(
    client: Client, house: House, count: int, django_assert_num_queries: Any
) -> None:
    for _index in range(count):
        issued(house)
    client.force_login(house.office.user)

    with django_assert_num_queries(4):
        page = client.get(reverse("plans:copy_choose"))

    assert len(page.context["plans"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_review_asks_the_same_whatever_its_length(
    client: Client, house: House, count: int, django_assert_num_queries: Any
) -> None:
    task = plans.TaskText("Việc", house.department, (house.other,), SATURDAY.replace(year=LAST), item=1)
    source = issued(house, tasks=(task,) * count, bases=(BASE, NEWER, BASE)[:count])
    client.force_login(house.office.user)

    with django_assert_num_queries(20):
        page = client.get(reverse("plans:copy", args=[source.pk]))

    assert len([key for key in page.context["proposal"].changes if key.startswith("due-")]) == count


def test_separate_files_are_taken_along_unsigned_or_left_out(house: House) -> None:
    plan = make_plan(house, year=LAST)
    for number, name in enumerate(("Biểu 1.pdf", "Biểu 2.pdf", "Biểu 3.pdf")):
        data = pdf.render(compositions.letter()).bytes + b"\n" * number
        attachments.attach(document=plan.document, name=name, data=data, by=house.office, at=NOW())
    bring_to(plan, S.ISSUED, house)
    first, second, third = plan.document.attachments.all()

    shown = change(proposal(plan), "attachment")
    made = copied(plan, house, {f"attachment-{second.pk}": None, f"attachment-{third.pk}": "Danh sách mới"})

    assert (shown.old, shown.is_taken, shown.can_drop) == ("Biểu 1.pdf", False, True)
    assert f"năm {LAST}" in shown.reasons[0]
    rows = list(made.document.attachments.values_list("name", "sha256", "signed_at"))
    assert rows == [("Biểu 1.pdf", first.sha256, None), ("Danh sách mới.pdf", third.sha256, None)]


def test_who_may_not_draft_and_other_houses_find_nothing(client: Client, house: House) -> None:
    source = issued(house)
    for post in (house.officer, make_house("Sở Khác", "SK").office, house.admin):
        client.force_login(post.user)
        assert client.get(reverse("plans:copy", args=[source.pk])).status_code == 404
    client.force_login(house.office.user)
    assert client.get(reverse("plans:copy", args=[source.pk]), {"nam": LAST}, follow=True).status_code == 200
    assert client.get(reverse("plans:copy", args=[make_plan(house).pk])).status_code == 404
