"""Findings put right by the portal or kept as they are; the panel on the plan's page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from campaigns import checks, events
from campaigns.checks.rule import Finding
from campaigns.models import ItemStyle, Plan
from campaigns.workflow import findings, plans
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_house, make_plan
from units.permissions import NotAllowed

NOW = timezone.now


def found(plan: Plan, code: str) -> Finding:
    return next(row for row in checks.problems_of(checks.load(plan.document)) if row.code == code)


def codes(plan: Plan) -> list[str]:
    return [row.code for row in checks.problems_of(checks.load(plan.document)) if row.kept is None]


def test_a_kept_finding_says_who_and_why_until_its_text_changes(house: House) -> None:
    plan = make_plan(house, opening="Hai  cách.")
    key = found(plan, "double_spaces").key

    findings.keep(plan=plan, key=key, reason=" Đúng nguyên\x00 văn ", by=house.office, at=NOW())

    kept = found(plan, "double_spaces").kept or {}
    assert (kept["reason"], kept["by"]) == ("Đúng nguyên văn", f"{house.office.person_name}, {house.office.title}")
    assert "double_spaces" not in {row.code for row in checks.problems(plan.document)}
    assert Event.objects.filter(name=events.FINDING_KEPT).count() == 1
    plan.refresh_from_db()
    plans.edit_passages(plan=plan, opening="Hai  cách khác.", closing="", by=house.office, at=NOW())
    assert found(plan, "double_spaces").kept is None


def test_a_kept_finding_is_opened_again(house: House) -> None:
    plan = make_plan(house, opening="Hai  cách.")
    who: dict[str, Any] = {"key": found(plan, "double_spaces").key, "by": house.office, "at": NOW()}
    findings.keep(plan=plan, reason="Vậy thôi", **who)

    findings.reopen(plan=plan, **who)

    assert found(plan, "double_spaces").kept is None


def test_what_blocks_is_not_kept_and_a_reason_is_needed(house: House) -> None:
    plan = make_plan(house, signer=None, opening="Hai  cách.")

    with pytest.raises(NotAllowed, match="phải sửa"):
        findings.keep(plan=plan, key=found(plan, "no_signer").key, reason="x", by=house.office, at=NOW())
    with pytest.raises(NotAllowed, match="lý do"):
        findings.keep(plan=plan, key=found(plan, "double_spaces").key, reason=" \x00", by=house.office, at=NOW())
    with pytest.raises(NotAllowed, match="không còn"):
        findings.keep(plan=plan, key="double_spaces.passages.0", reason="x", by=house.office, at=NOW())


@pytest.mark.parametrize("role", ["officer", "director", "clerk", "admin"])
def test_only_who_drafts_keeps_and_fixes(house: House, role: str) -> None:
    plan = make_plan(house, opening="Hai  cách.")
    key = found(plan, "double_spaces").key

    with pytest.raises(NotAllowed):
        findings.keep(plan=plan, key=key, reason="x", by=house.posts[role], at=NOW())
    with pytest.raises(NotAllowed):
        findings.fix(plan=plan, key=key, by=house.posts[role], at=NOW())


def test_a_signed_plan_is_left_alone(house: House) -> None:
    plan = make_plan(house, opening="Hai  cách.")
    key = found(plan, "double_spaces").key
    bring_to(plan, S.SIGNED, house)

    for act in (findings.fix, findings.reopen):
        with pytest.raises(NotAllowed, match="đã ký"):
            act(plan=plan, key=key, by=house.office, at=NOW())


@pytest.mark.parametrize(
    ("code", "typed", "mended"),
    [
        ("double_spaces", "Hai  cách.", "Hai cách."),
        ("spaces", "Dấu , thừa.", "Dấu, thừa."),
        ("unpadded", "Xong ngày 5 tháng 2 năm 2026.", "Xong ngày 05 tháng 02 năm 2026."),
    ],
)
def test_each_fix_leaves_nothing_to_find(house: House, code: str, typed: str, mended: str) -> None:
    plan = make_plan(house, opening=typed)

    assert findings.fix(plan=plan, key=found(plan, code).key, by=house.office, at=NOW()) == 1

    plan.refresh_from_db()
    assert plan.opening == mended
    assert code not in codes(plan)


def test_one_spelling_is_written_everywhere(house: House) -> None:
    plan = make_plan(
        house,
        title="Thực hiện quy chế uỷ quyền",
        opening="Ủy ban, uỷ quyền, uỷ nhiệm.",
        items=(plans.ItemText(ItemStyle.PARAGRAPH, "Ủy ban và kỉ niệm, kỷ yếu."),),
        tasks=(plans.TaskText("Họp Ủy ban", house.department, (house.other,), rhythm="weekly"),),
    )
    helper = plan.tasks.all()[0].cooperating.all()[0]
    wrong = next(row for row in checks.problems_of(checks.load(plan.document)) if row.evidence in ("ủy uỷ", "uỷ ủy"))

    findings.fix(plan=plan, key=wrong.key, by=house.office, at=NOW())

    plan = checks.load(plan.document)
    texts = [plan.document.title, plan.opening, plan.items.all()[0].text, plan.tasks.all()[0].text]
    usual = wrong.evidence.split()[0]
    written = {word.lower() for text in texts for word in text.split()}
    assert written & {"ủy", "uỷ"} == {usual}
    assert "kỉ niệm" in texts[2]
    assert list(plan.tasks.all()[0].cooperating.all()) == [helper]


def test_what_needs_a_person_is_not_fixed(house: House) -> None:
    plan = make_plan(house, title="Thực hiện.")

    with pytest.raises(NotAllowed, match="cần người sửa"):
        findings.fix(plan=plan, key=found(plan, "title_stop").key, by=house.office, at=NOW())


# --- the page ---------------------------------------------------------------------------------------------------------
def url(plan: Plan, name: str) -> str:
    return reverse(f"plans:check_{name}", args=[plan.pk])


def test_the_panel_links_each_place_and_offers_what_can_be_done(client: Client, house: House) -> None:
    plan = make_plan(house, opening="Hai  cách.", signer=None)
    client.force_login(house.office.user)

    page = client.get(reverse("plans:detail", args=[plan.pk])).content.decode()

    assert 'href="#part-passages"' in page
    assert 'id="part-passages"' in page
    assert "Phụ lục I, II.5" in page or "Điều 13" in page
    assert page.count(url(plan, "fix")) >= 1


def test_marks_are_made_in_place_and_without_script(client: Client, house: House) -> None:
    plan = make_plan(house, opening="Hai  cách.")
    key = found(plan, "double_spaces").key
    client.force_login(house.office.user)

    kept = client.post(url(plan, "keep"), {"key": key, "reason": "Trích nguyên văn"}, headers={"HX-Request": "true"})
    again = client.post(url(plan, "reopen"), {"key": key})

    assert kept.status_code == 200
    assert "Trích nguyên văn" in kept.content.decode()
    assert "<html" not in kept.content.decode()
    assert again.url == f"{reverse('plans:detail', args=[plan.pk])}#kiem-tra"
    refused = client.post(url(plan, "keep"), {"key": key, "reason": ""}, headers={"HX-Request": "true"})
    assert refused["HX-Redirect"] == reverse("plans:detail", args=[plan.pk])


def test_fix_through_the_page(client: Client, house: House) -> None:
    plan = make_plan(house, opening="Hai  cách.")
    client.force_login(house.office.user)

    answer = client.post(url(plan, "fix"), {"key": found(plan, "double_spaces").key})
    stale = client.post(url(plan, "fix"), {"key": "x"}, follow=True)

    plan.refresh_from_db()
    assert (answer.status_code, plan.opening) == (302, "Hai cách.")
    assert "không còn như lúc bạn xem" in stale.content.decode()


@pytest.mark.parametrize("name", ["keep", "reopen", "fix"])
def test_plans_of_another_house_are_not_there(client: Client, house: House, name: str) -> None:
    plan = make_plan(house)
    client.force_login(make_house("Sở Khác", "SK").office.user)

    assert client.post(url(plan, name), {"key": "x", "reason": "y"}).status_code == 404
    assert client.get(url(plan, name)).status_code == 405
