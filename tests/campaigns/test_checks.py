"""The rules that a plan is checked by: each finds its case and leaves the right one alone."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns import checks
from campaigns.checks import mending
from campaigns.models import CalendarDay, Campaign, ItemStyle, Plan
from campaigns.workdays import WorkingCalendar
from campaigns.workflow.plans import ItemText, PlanText, TaskText
from directives import relations
from directives.models import Directive, DirectiveRelation, Validity
from tests.factories.directives import make_directive
from tests.factories.plans import House, make_house, make_plan, plan_text
from tests.factories.units import AppointmentFactory, UnitFactory
from units import register
from units.models import Succession, Unit, UnitKind

S = ItemStyle
TODAY = timezone.localdate
NOW = timezone.now
NEVER: Callable[[House], dict[str, Any]] = lambda house: {}  # noqa: E731 (the plan that nothing is wrong with)


def working_day(days: int = 30) -> date:
    return WorkingCalendar().next_working(TODAY() + timedelta(days=days))


def day_off() -> date:
    day = TODAY() + timedelta(days=30)
    return day + timedelta(days=5 - day.weekday()) if day.weekday() < 5 else day


def whole(house: House, **changes: Any) -> PlanText:
    """A plan that nothing is wrong with."""
    first = TaskText(
        "Tổ chức hội nghị quán triệt", house.department, (house.other,), working_day(), item=6,
        expected_product="Hội nghị",
    )  # fmt: skip
    return replace(plan_text(house), **{"tasks": (first, plan_text(house).tasks[1])} | changes)


def made(house: House, changes: dict[str, Any]) -> Plan:
    return make_plan(house, **vars(whole(house, **changes)))


def codes(plan: Plan) -> set[str]:
    return {finding.code for finding in checks.problems_of(checks.load(plan.document))}


def opening(text: str) -> Callable[[House], dict[str, Any]]:
    return lambda house: {"opening": text}


def extra(*items: ItemText) -> Callable[[House], dict[str, Any]]:
    return lambda house: {"items": (*plan_text(house).items, *items)}


def task(**changes: Any) -> Callable[[House], dict[str, Any]]:
    def given(house: House) -> dict[str, Any]:
        made = {key: value(house) if callable(value) else value for key, value in changes.items()}
        values = {"text": "Việc khác", "lead_unit": house.department, "due_on": working_day(), "expected_product": "x"}
        return {"tasks": (TaskText(**values | made),)}

    return given


def recipients(*lines: str) -> Callable[[House], dict[str, Any]]:
    def given(house: House) -> dict[str, Any]:
        units = [house.organisation.pk, *[None] * len(lines)]
        return {"recipients": tuple(zip(lines, units, strict=False))}

    return given


def signer(**changes: Any) -> Callable[[House], dict[str, Any]]:
    return lambda house: {"signer": AppointmentFactory(deputy=True, unit=house.organisation, **changes)}


def campaign(starts: int, ends: int) -> Callable[[House], dict[str, Any]]:
    def given(house: House) -> dict[str, Any]:
        day = TODAY()
        first, last = day + timedelta(starts), day + timedelta(ends)
        row = Campaign.objects.create(organisation=house.organisation, name="Đợt", starts_on=first, ends_on=last)
        return {"campaign": row}

    return given


YEAR = TODAY().year
MONDAY = next(date(YEAR, 10, day) for day in range(10, 17) if date(YEAR, 10, day).weekday() == 0)
BASE = "Căn cứ Chỉ thị số 33/CT-TTg ngày 26/11/{} của Thủ tướng Chính phủ về dân vận"
FULL = "Thực hiện Công văn số 365-CV/ĐUK ngày 12/9/2025 của Đảng ủy Khối về dân vận."

# code: what is found, what is not
BY_TEXT: list[tuple[str, Callable[[House], dict[str, Any]], Callable[[House], dict[str, Any]]]] = [
    ("no_title", lambda h: {"title": " "}, NEVER),
    ("long_title", lambda h: {"title": "Thực hiện " + "chữ " * 80}, lambda h: {"title": "Thực hiện " + "chữ " * 50}),
    ("title_kind", lambda h: {"title": "Kế hoạch thực hiện"}, lambda h: {"title": "Thực hiện kế hoạch năm"}),
    ("title_verb", lambda h: {"title": "Tháng cao điểm"}, lambda h: {"title": "Hưởng ứng Tháng cao điểm"}),
    ("title_stop", lambda h: {"title": "Thực hiện dân vận."}, NEVER),
    ("symbol", lambda h: {"symbol": "KHX"}, lambda h: {"symbol": "KH-SKH&CN"}),
    ("no_base", lambda h: {"bases": ()}, NEVER),
    (
        "base_unknown",
        lambda h: {"bases": ("Căn cứ công văn số không rõ",)},
        lambda h: {"bases": ("Theo đề nghị của Chánh Văn phòng",)},
    ),
    ("base_later", lambda h: {"bases": (BASE.format(2099),)}, lambda h: {"bases": (BASE.format(2021),)}),
    (
        "base_twice",
        lambda h: {"bases": plan_text(h).bases * 2},
        lambda h: {"bases": (*plan_text(h).bases, BASE.format(2021))},
    ),
    ("cite_first", opening("Thực hiện Công văn số 365-CV/ĐUK."), opening(FULL + " Theo Công văn số 365-CV/ĐUK.")),
    ("cite_again", opening(f"{FULL} {FULL}"), opening(FULL + " Theo Công văn số 365-CV/ĐUK.")),
    (
        "cite_date",
        lambda h: {"bases": (BASE.format(2021), BASE.format(2021).replace("26/11", "25/11"))},
        lambda h: {"bases": (BASE.format(2021), BASE.format(2022))},
    ),
    ("no_content", lambda h: {"items": (), "tasks": ()}, NEVER),
    (
        "empty_section",
        extra(ItemText(S.SECTION, "Trống")),
        extra(ItemText(S.SECTION, "Đủ"), ItemText(S.PARAGRAPH, "Chữ.", 1)),
    ),
    ("empty_item", extra(ItemText(S.DASH, " ", 1)), extra(ItemText(S.DASH, "Chữ.", 1))),
    (
        "heading_stop",
        extra(ItemText(S.SECTION, "Kinh phí."), ItemText(S.PARAGRAPH, "Chữ.", 1)),
        extra(ItemText(S.SECTION, "Kinh phí"), ItemText(S.PARAGRAPH, "Chữ.", 1)),
    ),
    (
        "single_item",
        extra(ItemText(S.SECTION, "Kinh phí"), ItemText(S.NUMBER, "Một mục.", 1)),
        extra(ItemText(S.SECTION, "Kinh phí"), ItemText(S.NUMBER, "Một.", 1), ItemText(S.NUMBER, "Hai.", 1)),
    ),
    ("end_mark", lambda h: {"closing": "", **extra(ItemText(S.SECTION, "Kinh phí"))(h)}, lambda h: {"closing": ""}),
    ("end_mark_inside", opening("Kế hoạch như sau./."), lambda h: {"closing": "Các đơn vị thực hiện./."}),
    ("long_paragraph", opening("chữ " * 260), opening("chữ " * 240)),
    (
        "order_without_task",
        extra(ItemText(S.NUMBER, "Giao Phòng Quản lý khoa học lập danh sách.", 1)),
        extra(ItemText(S.NUMBER, "Phòng họp số 2 dùng cho hội nghị.", 1)),
    ),
    ("no_task", lambda h: {"tasks": ()}, NEVER),
    ("no_deadline", task(due_on=None), task(due_on=None, rhythm="weekly")),
    ("deadline_past", task(due_on=lambda h: TODAY() - timedelta(days=1)), task(due_on=lambda h: TODAY())),
    ("deadline_day_off", task(due_on=lambda h: day_off()), task()),
    ("deadline_far", task(due_on=date(YEAR + 3, 5, 5)), task(due_on=date(YEAR + 1, 5, 5))),
    ("deadline_campaign", lambda h: campaign(0, 5)(h), lambda h: campaign(0, 90)(h)),
    (
        "due_wording",
        task(due_on=date(YEAR, 10, 21), due_wording="trước ngày 20/10"),
        task(due_on=date(YEAR, 10, 19), due_wording="trước ngày 20/10"),
    ),
    (
        "tasks_not_printed",
        lambda h: {"prints_tasks": False},
        lambda h: {"prints_tasks": False, **task(due_wording="trong tháng")(h)},
    ),
    ("no_lead", task(lead_unit=lambda h: h.organisation), task()),
    ("unit_without_head", task(lead_unit=lambda h: UnitFactory(department=True, parent=h.organisation)), task()),
    ("no_product", task(expected_product=""), task(expected_product="", due_on=None, rhythm="monthly")),
    (
        "task_twice",
        lambda h: {"tasks": (*task()(h)["tasks"], *task(text="việc  khác")(h)["tasks"])},
        lambda h: {"tasks": (*task()(h)["tasks"], *task(text="Việc nữa")(h)["tasks"])},
    ),
    ("unpadded", opening("Xong ngày 5 tháng 2 năm 2026."), opening("Xong ngày 05 tháng 02 năm 2026, ngày 15/3/2026.")),
    ("weekday", opening(f"Họp {'thứ Ba'}, ngày {MONDAY:%d/%m/%Y}."), opening(f"Họp thứ Hai, ngày {MONDAY:%d/%m/%Y}.")),
    ("day_impossible", opening("Xong ngày 31/02/2026."), opening("Xong ngày 28/02/2026.")),
    (
        "year_out",
        opening(f"Khai mạc ngày 15/10/{YEAR + 4}."),
        opening(f"Khai mạc ngày 15/10/{YEAR}; truyền thống (15/10/1930-15/10/{YEAR})."),
    ),
    ("spelling", opening("Kỷ niệm và kỉ niệm."), opening("Kỷ niệm và kỷ yếu.")),
    ("spaces", opening("Dấu cách , thừa."), opening("Số 1,5 và 10:30; xong …")),
    ("double_spaces", opening("Hai  cách."), opening("Một cách.")),
    ("quotes", opening("Phong trào “Dân vận khéo."), opening('Phong trào “Dân vận khéo” và "x".')),
    ("brackets", opening("Sở (gọi tắt là Sở ban hành."), opening("a) Sở (gọi tắt là Sở) ban hành; b) hết.")),
    ("abbreviation", opening("Đổi mới CNTT."), opening("Công nghệ thông tin (CNTT) và UBND; CNTT dùng sau.")),
    ("secret", opening("TUYỆT MẬT"), opening("bí mật nhà nước")),
    ("no_recipients", lambda h: {"recipients": (("Lưu: VT", None),)}, NEVER),
    ("no_archive", recipients("Các phòng"), NEVER),
    ("recipient_twice", recipients("Các phòng;", "Các phòng", "Lưu: VT"), NEVER),
    ("recipients_outside", lambda h: {"recipients": (("Báo tỉnh", None), ("Lưu: VT", None))}, NEVER),
    ("no_signer", lambda h: {"signer": None}, NEVER),
    ("signer_elsewhere", lambda h: {"signer": make_house("Sở Khác", "SK").director}, NEVER),
    (
        "signer_other_body",
        lambda h: {"council": UnitFactory(kind=UnitKind.COUNCIL, parent=h.organisation, name="Hội đồng", symbol="HĐ")},
        NEVER,
    ),
    ("signer_authority", signer(authority=""), signer(authority="KT.", stands_for="Giám đốc")),
]
BY_REGISTER = {
    "base_replaced", "base_expired", "base_amended", "base_not_yet", "cite_unknown", "cite_ended", "unit_dissolved",
    "helper_dissolved", "lead_helps", "part_later", "recipient_old_name", "signer_gone",
}  # fmt: skip


def test_every_rule_is_tested_both_ways() -> None:
    assert {code for code, _wrong, _right in BY_TEXT} | BY_REGISTER == set(checks.RULES)
    assert len(checks.RULES) >= 50


def test_a_whole_plan_has_no_problem(house: House) -> None:
    assert checks.problems(made(house, {}).document) == []


@pytest.mark.parametrize(("code", "wrong", "right"), BY_TEXT, ids=[row[0] for row in BY_TEXT])
def test_each_rule_finds_its_case_and_no_other(house: House, code: str, wrong: Any, right: Any) -> None:
    neighbour = make_house("Sở Thử nghiệm bên cạnh", "STNBC")  # a register of its own

    assert code in codes(made(house, wrong(house)))
    assert code not in codes(made(neighbour, right(neighbour)))


def test_every_rule_names_its_article_and_a_place(house: House) -> None:
    articles = [str(each.article) for each in checks.RULES.values()]
    found = checks.problems_of(checks.load(made(house, {"title": "x.", "signer": None, "tasks": ()}).document))

    assert all(re.search(r"Điều|Phụ lục|Luật|Quy tắc", article) for article in articles)
    assert all(finding.place and finding.article for finding in found)
    assert [finding.blocking for finding in found] == sorted((finding.blocking for finding in found), reverse=True)


def test_a_base_that_no_longer_holds(house: House) -> None:
    plan = made(house, {})
    for validity, code in ((Validity.EXPIRED, "base_expired"), (Validity.AMENDED, "base_amended")):
        assert code not in codes(plan)
        Directive.objects.update(validity=validity)
        assert code in codes(plan)


def chain(house: House, *codes: str) -> list[Directive]:
    """Documents of the register, each replaced by the next."""
    rows = [make_directive(house.clerk, code=code, dated_on=date(2020 + n, 1, 5)) for n, code in enumerate(codes)]
    for older, newer in pairwise(rows):
        relations.relate(source=newer, kind=DirectiveRelation.Kind.REPLACES, target=older, by=house.clerk, at=NOW())
    return rows


def messages(plan: Plan, code: str) -> list[tuple[str, str]]:
    found = checks.problems_of(checks.load(plan.document))
    return [(row.place, row.message) for row in found if row.code == code]


def test_a_replaced_base_names_the_last_successor_of_its_chain(house: House) -> None:
    first, second, _last = chain(house, "1-CV/ĐUK", "2-CV/ĐUK", "3-CV/ĐUK")
    plan = made(house, {"bases": ("Thực hiện " + first.first_mention, "Thực hiện " + second.first_mention)})
    places = [f"base-{base.pk}" for base in plan.bases.all()]

    assert messages(plan, "base_replaced") == [
        (places[0], "Công văn số 1-CV/ĐUK đã được thay thế bằng Công văn số 3-CV/ĐUK (05/01/2022)."),
        (places[1], "Công văn số 2-CV/ĐUK đã được thay thế bằng Công văn số 3-CV/ĐUK (05/01/2022)."),
    ]
    assert messages(plan, "base_expired") == []


def test_an_expired_base_with_a_successor_names_it_too(house: House) -> None:
    first, *_newer = chain(house, "1-CV/ĐUK", "2-CV/ĐUK", "3-CV/ĐUK")
    plan = made(house, {"bases": ("Thực hiện " + first.first_mention,)})
    Directive.objects.filter(pk=first.pk).update(validity=Validity.EXPIRED)

    assert [words for _place, words in messages(plan, "base_replaced")] == [
        "Công văn số 1-CV/ĐUK đã được thay thế bằng Công văn số 3-CV/ĐUK (05/01/2022)."
    ]


def test_the_page_and_the_panel_name_the_last_successor(house: House, client: Client) -> None:
    first, second, last = chain(house, "1-CV/ĐUK", "2-CV/ĐUK", "3-CV/ĐUK")
    plan = made(house, {"bases": ("Thực hiện " + first.first_mention,)})
    client.force_login(house.office.user)

    for address in ("plans:detail", "plans:left", "plans:aside"):
        page = client.get(reverse(address, args=[plan.pk])).content.decode()
        if address != "plans:left":
            assert "Công văn số 1-CV/ĐUK đã được thay thế bằng Công văn số 3-CV/ĐUK (05/01/2022)." in page
        if address != "plans:aside":
            assert reverse("directives:detail", args=[last.pk]) in page
        assert reverse("directives:detail", args=[second.pk]) not in page


def test_a_document_mentioned_in_the_text_that_no_longer_holds(house: House) -> None:
    first, _second, last = chain(house, "1-CV/ĐUK", "2-CV/ĐUK", "3-CV/ĐUK")
    item = ItemText(S.NUMBER, f"Tiếp tục thực hiện {first.first_mention}.", 1)
    plan = made(house, {"items": (*plan_text(house).items, item), "opening": f"Theo {last.first_mention}."})
    place = f"item-{plan.items.get(text=item.text).pk}"

    assert messages(plan, "cite_ended") == [
        (place, "Công văn số 1-CV/ĐUK nêu trong văn bản đã được thay thế bằng Công văn số 3-CV/ĐUK (05/01/2022).")
    ]
    Directive.objects.filter(pk=last.pk).update(dated_on=TODAY() + timedelta(days=1))
    assert ("passages", "Công văn số 3-CV/ĐUK nêu trong văn bản ghi ngày sau ngày của kế hoạch.") in messages(
        plan, "cite_ended"
    )


def test_a_base_that_does_not_hold_yet(house: House) -> None:
    plan = made(house, {})
    Directive.objects.update(valid_from=TODAY())
    assert "base_not_yet" not in codes(plan)
    Directive.objects.update(valid_from=TODAY() + timedelta(days=1))
    assert "base_not_yet" in codes(plan)


def test_a_mention_that_the_register_lost(house: House) -> None:
    plan = made(house, extra(ItemText(S.NUMBER, FULL, 1))(house))
    assert "cite_unknown" not in codes(plan)
    Directive.objects.filter(code="365-CV/ĐUK").update(validity=Validity.WITHDRAWN)
    assert "cite_unknown" in codes(plan)


def dissolve(unit: Unit, successors: list[Unit]) -> None:
    register.dissolve(
        unit=unit, successors=successors, kind=Succession.Kind.MERGED, on=TODAY(), legal_basis="QĐ", by=None,
        at=timezone.now(),
    )  # fmt: skip


def test_units_that_cannot_take_a_task(house: House) -> None:
    plan = made(house, {})
    part = plan.tasks.all()[0].cooperating.all()[0]
    assert not {"part_later", "unit_dissolved", "helper_dissolved"} & codes(plan)
    part.due_on = timezone.localdate() + timedelta(days=90)
    part.save()
    dissolve(house.department, [house.other])
    dissolve(house.other, [])

    found = checks.problems_of(checks.load(plan.document))

    assert {"part_later", "unit_dissolved", "helper_dissolved"} <= {row.code for row in found}
    assert [row.message for row in found if row.code == "unit_dissolved"] == [
        "Nhiệm vụ “Tổ chức hội nghị quán triệt”: Phòng Quản lý khoa học đã giải thể (nay là Thanh tra Sở).",
        "Nhiệm vụ “Cập nhật tin, bài”: Thanh tra Sở đã giải thể.",
    ]


def test_a_lead_that_helps_itself(house: House) -> None:
    plan = made(house, {})
    assert "lead_helps" not in codes(plan)
    plan.tasks.all()[0].cooperating.update(unit=house.department)
    assert "lead_helps" in codes(plan)


def test_a_recipient_that_is_called_otherwise_today(house: House) -> None:
    board = UnitFactory(name="Ban Dân vận Tỉnh ủy", symbol="BDVTU")
    plan = made(house, recipients("Ban Dân vận Tỉnh ủy (báo cáo)", "Lưu: VT")(house))
    assert "recipient_old_name" not in codes(plan)
    register.rename(
        unit=board, name="Ban Tuyên giáo và Dân vận Tỉnh ủy", starts_on=TODAY(), legal_basis="QĐ", by=None,
        at=timezone.now(),
    )  # fmt: skip

    found = [row.message for row in checks.problems_of(checks.load(plan.document)) if row.code == "recipient_old_name"]

    assert found == [
        "Nơi nhận “Ban Dân vận Tỉnh ủy (báo cáo)”: tên này không còn dùng, nay là Ban Tuyên giáo và Dân vận Tỉnh ủy."
    ]


def test_a_signer_who_left(house: House) -> None:
    plan = made(house, {})
    assert "signer_gone" not in codes(plan)
    house.director.ends_on = timezone.localdate()
    house.director.save()
    assert "signer_gone" in codes(plan)


def test_the_administrators_calendar_counts(house: House) -> None:
    plan = made(house, {})
    CalendarDay.objects.create(day=working_day(), is_working=False)
    assert "deadline_day_off" in codes(plan)


def test_two_spellings_name_both_places(house: House) -> None:
    plan = made(house, {"opening": "Kỷ niệm ngày. Kỷ niệm tháng.", "closing": "Các đơn vị kỉ niệm nghiêm túc"})

    found = [row.message for row in checks.problems_of(checks.load(plan.document)) if row.code == "spelling"]

    assert found == ["Viết không thống nhất: “Kỷ niệm” (đoạn mở đầu) và “kỉ niệm” (đoạn kết)."]


@pytest.mark.parametrize("factor", [1, 3])
def test_checks_ask_the_same_whatever_the_length(house: House, factor: int, django_assert_num_queries: Any) -> None:
    text = plan_text(house)
    plan = make_plan(house, items=text.items * factor, tasks=text.tasks * factor, bases=text.bases * factor)

    with django_assert_num_queries(7):
        checks.problems(plan.document)


@pytest.mark.parametrize(
    ("typed", "padded"),
    [
        ("ngày 5 tháng 2 năm 2026", "ngày 05 tháng 02 năm 2026"),
        ("ngày 5/9/2026, 5/2/2026", "ngày 05/9/2026, 05/02/2026"),
        ("trước ngày 5/10", "trước ngày 05/10"),
        ("tháng 2/2026 và tháng 1 năm 2026", "tháng 02/2026 và tháng 01 năm 2026"),
        ("Kế hoạch số 5/KH-SKHCN, số 5-KH/TU", "Kế hoạch số 05/KH-SKHCN, số 05-KH/TU"),
    ],
)
def test_padding(typed: str, padded: str) -> None:
    assert mending.pad(typed) == padded
    assert mending.pad(padded) == padded


@pytest.mark.parametrize(
    "text", ["1/2 số đơn vị", "tỷ lệ 5/10", "10/10/2026", "khoản 5 Điều 2", "12 tháng", "5 tháng", "2/3 tháng"]
)
def test_padding_leaves_other_numbers(text: str) -> None:
    assert mending.pad(text) == text


@pytest.mark.parametrize(
    ("one", "other"),
    [("hòa", "hoà"), ("ủy", "uỷ"), ("khóa", "khoá"), ("kỷ", "kỉ"), ("lý", "lí"), ("quy", "qui"), ("hoàn", "hòan")],
)
def test_spellings_of_one_syllable(one: str, other: str) -> None:
    assert mending.syllable_key(one) == mending.syllable_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("ty", "ti"), ("tai", "tay"), ("của", "cua"), ("mía", "mia"), ("vi", "vy"), ("hay", "hai")]
)
def test_two_words_are_not_two_spellings(one: str, other: str) -> None:
    assert mending.syllable_key(one) != mending.syllable_key(other)


def test_respelling_keeps_capitals() -> None:
    assert mending.respell("Uỷ ban, UỶ BAN, uỷ ban", {"uỷ": "ủy"}) == "Ủy ban, ỦY BAN, ủy ban"


def test_people_are_called_as_they_like() -> None:
    assert mending.spellings(["Ông Nguyễn Văn Mỹ dạy mĩ thuật."]) == {}


def test_long_texts_are_read_in_linear_time(house: House) -> None:
    text = "Kỷ niệm ngày 5 tháng 2, hoà bình (2026 “và "
    assert mending.pad(text * 20_000) != ""
    assert set(mending.spellings([text * 20_000])) == set()


def test_the_list_of_rules_in_the_manual_is_the_list_of_rules() -> None:
    page = (Path(__file__).parents[2] / "docs" / "checks.md").read_text()

    assert re.findall(r"^\| `(\w+)`", page, re.MULTILINE) == list(checks.RULES)
