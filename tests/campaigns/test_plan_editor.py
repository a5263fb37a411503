"""Writing a plan in place: saving by itself, two writers, the register, days from wordings, kept recipients."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.forms.plan_tasks import due_of
from campaigns.forms.plans import signers
from campaigns.models import ItemStyle, Plan, RecipientList
from campaigns.views.plans import REMOVED
from campaigns.workflow import plans, recipient_lists
from directives.register import kind_for, record
from documents.models import Document
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_house, make_plan
from tests.factories.units import AppointmentFactory, UnitFactory
from units.models import Appointment
from units.permissions import NotAllowed

HTMX = {"HX-Request": "true"}


@pytest.fixture
def plan(house: House) -> Plan:
    return make_plan(house)


@pytest.fixture
def office(client: Client, house: House) -> Client:
    client.force_login(house.office.user)
    return client


def address(name: str, plan: Plan, *more: Any) -> str:
    return reverse(f"plans:{name}", args=[plan.pk, *more])


def autosave(client: Client, plan: Plan, name: str, **values: Any) -> Any:
    return client.post(address("part", plan, name), values | {"autosave": "1"}, headers=HTMX)


def version(plan: Plan) -> int:
    return Document.objects.get(pk=plan.document_id).version


# --- saving by itself -------------------------------------------------------------------------------------------------
def test_a_part_saves_by_itself_and_answers_with_one_line(office: Client, plan: Plan) -> None:
    item = plan.items.all()[0]

    answer = autosave(office, plan, f"item-{item.pk}", style="section", text="Tự lưu", version=version(plan))

    item.refresh_from_db()
    assert (answer.status_code, item.text) == (200, "Tự lưu")
    assert "Đã lưu" in answer.content.decode()
    assert len(answer.content) < 600
    assert f'"version": {version(plan)}' in answer["HX-Trigger"]


def test_a_new_part_gets_an_address_of_its_own(office: Client, plan: Plan) -> None:
    """The second save of a new item changes it, and makes no second one."""
    count = plan.items.count()
    first = autosave(office, plan, "item-new", style="section", text="Mới")
    made = plan.items.get(text="Mới")

    assert f'"part": "item-{made.pk}"' in first["HX-Trigger"]
    autosave(office, plan, f"item-{made.pk}", style="section", text="Mới hơn", version=version(plan))
    assert plan.items.count() == count + 1


def test_what_is_not_whole_yet_is_said_in_one_line(office: Client, plan: Plan) -> None:
    answer = autosave(office, plan, "task-new", text="Chưa có đơn vị")

    assert answer.status_code == 422
    assert "Đơn vị chủ trì" in answer.content.decode()
    assert "<form" not in answer.content.decode()


def test_saving_by_itself_meets_another_writer(office: Client, plan: Plan, house: House) -> None:
    """Both texts come into the open form, word by word; nothing is stored before the choice."""
    item, seen = plan.items.all()[0], version(plan)
    plans.edit_item(item=item, style=ItemStyle.SECTION, text="Mục đích chung", by=house.chief, at=timezone.now())

    answer = autosave(office, plan, f"item-{item.pk}", style="section", text="Mục đích riêng", version=seen)

    page = answer.content.decode()
    assert (answer.status_code, answer["HX-Retarget"]) == (422, f"#form-item-{item.pk} .part-conflict")
    assert house.chief.person_name in page
    assert "Mục đích chung" in page
    assert "<del>chung</del><ins>riêng</ins>" in page
    assert f'data-keep-mine="{version(plan)}"' in page
    item.refresh_from_db()
    assert item.text == "Mục đích chung"
    kept = autosave(office, plan, f"item-{item.pk}", style="section", text="Mục đích riêng", version=version(plan))
    assert kept.status_code == 200


def test_a_signed_plan_is_not_saved_over(office: Client, plan: Plan, house: House) -> None:
    bring_to(plan, S.SIGNED, house)
    answer = autosave(office, plan, "passages", opening="Lén", closing="")

    assert (answer.status_code, Plan.objects.get(pk=plan.pk).opening) == (422, "Sở ban hành kế hoạch như sau:")


def test_two_open_forms_have_labels_of_their_own(office: Client, plan: Plan) -> None:
    first, second = plan.items.all()[:2]
    pages = [
        office.get(address("part", plan, name) + query, headers=HTMX).content.decode()
        for name, query in (
            (f"item-{first.pk}", ""),
            ("item-new", f"?sau={first.pk}"),
            ("item-new", f"?sau={second.pk}"),
        )
    ]

    assert len({page.split('id="form-')[1].split('"')[0] for page in pages}) == 3
    assert f'id="id_item-new-sau{first.pk}_text"' in pages[1]


def test_the_history_tells_one_go_once(office: Client, plan: Plan, house: House) -> None:
    """Three saves in a row, another person's, and one an hour later: three entries."""
    item, at = plan.items.all()[0], timezone.now()
    for minutes, by in ((1, "office"), (2, "office"), (3, "office"), (4, "chief"), (70, "office")):
        later = at + timedelta(minutes=minutes)
        plans.edit_item(item=item, style=ItemStyle.SECTION, text=f"{minutes}", by=house.posts[by], at=later)

    entries = office.get(address("history", plan)).context["entries"]

    assert [row["who"] for row in entries if "sửa nội dung" in row["what"]] == [
        house.office.person_name, house.chief.person_name, house.office.person_name,
    ]  # fmt: skip


# --- taking out and putting back --------------------------------------------------------------------------------------
def test_a_removal_is_undone_with_and_without_scripts(office: Client, plan: Plan) -> None:
    first, second = plan.items.filter(parent=None)
    answer = office.post(address("remove", plan, "muc", first.pk), headers=HTMX)
    office.post(address("put_back", plan), {"token": answer.context["undo"]["token"]}, headers=HTMX)
    assert list(plan.items.filter(parent=None)) == [first, second]

    page = office.post(address("remove", plan, "muc", first.pk), follow=True)
    assert "Hoàn tác" in page.content.decode()
    office.post(address("put_back", plan), {"token": page.context["undo"]["token"]})
    assert list(plan.items.filter(parent=None)) == [first, second]
    assert "Hoàn tác" not in office.get(address("detail", plan)).content.decode()


def test_a_forged_or_foreign_removal_is_refused(office: Client, plan: Plan, house: House) -> None:
    other = make_plan(house, title="Kế hoạch khác")
    count = plan.items.count()
    token = signing.dumps({"plan": other.pk, "removed": {}}, salt=REMOVED)

    assert office.post(address("put_back", plan), {"token": "x:y:z"}).status_code == 302
    assert office.post(address("put_back", plan), {"token": token}).status_code == 404
    assert plan.items.count() == count


@pytest.mark.parametrize("values", [{"trong": "2000000000"}, {"truoc": "2000000000"}])
def test_an_item_is_not_put_into_another_plan(office: Client, plan: Plan, house: House, values: dict[str, str]) -> None:
    item = plan.items.all()[0]
    foreign = make_plan(make_house("Sở Khác", "SK")).items.all()[0]

    assert office.post(address("place", plan, item.pk), values).status_code == 404
    assert office.post(address("place", plan, item.pk), dict.fromkeys(values, foreign.pk)).status_code == 404
    assert office.post(address("place", plan, foreign.pk), {}).status_code == 404
    assert office.post(address("arrange_base", plan, plan.bases.all()[0].pk, "vao"), {}).status_code == 404


# --- the register -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_sources_are_found_without_marks(
    office: Client, plan: Plan, house: House, count: int, django_assert_num_queries: Any
) -> None:
    who: dict[str, Any] = {"organisation": house.organisation, "by": house.office, "at": timezone.now()}
    for number in range(count):
        record(
            kind=kind_for("CT"), code=f"{33 + number}/CT-TTg", dated_on=date(2021, 11, 26),
            issuer="Thủ tướng Chính phủ", subject="đẩy mạnh dân vận", **who,
        )  # fmt: skip
    office.get(address("sources", plan))

    with django_assert_num_queries(4):
        found = office.get(address("sources", plan), {"q": "thu tuong day manh"})
    nothing = office.get(address("sources", plan), {"q": "khong co chu nay"})

    assert len(found.context["directives"]) == count
    assert [nothing.context["directives"], "Không có văn bản nào" in nothing.content.decode()] == [[], True]


def test_a_base_s_own_directive_is_not_offered_again(office: Client, plan: Plan) -> None:
    taken = plan.bases.all()[0].directive

    assert taken not in office.get(address("sources", plan)).context["directives"]


def test_a_directive_of_another_house_is_not_picked(office: Client, plan: Plan) -> None:
    other = make_house("Sở Khác", "SK")
    foreign = record(
        organisation=other.organisation, kind=kind_for("CT"), code="1/CT-X", dated_on=None, issuer="X", subject="y",
        by=other.office, at=timezone.now(),
    )  # fmt: skip
    count = plan.bases.count()

    office.post(address("pick_base", plan), {"directive": foreign.pk, "lead": "Căn cứ"})

    assert plan.bases.count() == count


# --- tasks ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("wording", "day", "rhythm"),
    [
        ("trước ngày 20/10", date(2026, 10, 19), ""), ("trong quý IV/2026", date(2026, 12, 31), ""),
        ("hằng tháng, trước ngày 25", None, "monthly"), ("hằng tuần", None, "weekly"), ("hằng quý", None, "quarterly"),
        ("thường xuyên", None, "regular"), ("sau khi có hướng dẫn", None, ""),
    ],
)  # fmt: skip
def test_a_wording_gives_its_day_or_rhythm(wording: str, day: date | None, rhythm: str) -> None:
    assert due_of(wording, 2026) == (day, rhythm)


def test_the_day_of_the_wording_is_shown_and_stored(office: Client, plan: Plan, house: House) -> None:
    shown = office.get(address("due", plan), {"due_wording": "trước ngày 20/10/2099", "due_on": "25/10/2099"})
    autosave(office, plan, "task-new", text="Việc", lead_unit=house.other.pk, due_wording="trước ngày 20/10/2099")

    assert "19/10/2099" in shown.content.decode()
    assert "25/10/2099" in shown.content.decode()
    assert plan.tasks.get(text="Việc").due_on == date(2099, 10, 19)


def test_a_task_keeps_days_of_its_helpers(office: Client, plan: Plan, house: House) -> None:
    given = {
        "text": "Việc", "lead_unit": house.other.pk, "cooperating": [house.department.pk], "due_on": "20/10/2099",
        f"part_day_{house.department.pk}": "10/10/2099",
    }  # fmt: skip
    autosave(office, plan, "task-new", **given)
    task = plan.tasks.get(text="Việc")
    late = given | {f"part_day_{house.department.pk}": "21/10/2099", "version": version(plan)}

    assert [part.due_on for part in task.cooperating.all()] == [date(2099, 10, 10)]
    refused = autosave(office, plan, f"task-{task.pk}", **late)
    assert (refused.status_code, "không được sau" in refused.content.decode()) == (422, True)
    form = office.get(address("part", plan, f"task-{task.pk}")).content.decode()
    assert 'value="10/10/2099"' in form


# --- recipients and signer --------------------------------------------------------------------------------------------
def test_recipients_are_kept_and_used_with_valid_names(office: Client, plan: Plan, house: House) -> None:
    """A unit that was renamed comes under its new name, one that is no more is left out and said."""
    renamed, gone = UnitFactory(name="Ban Dân vận Tỉnh ủy"), UnitFactory(name="Đảng ủy Khối")
    lines = [("Ban Dân vận Tỉnh ủy", renamed.pk), ("Đảng ủy Khối", gone.pk), ("Lưu: VT", None)]
    plans.set_recipients(plan=plan, lines=lines, by=house.office, at=timezone.now())
    office.post(address("keep_recipients", plan), {"name": "Kế hoạch dân vận"})
    renamed.name = "Ban Tuyên giáo và Dân vận Tỉnh ủy"
    renamed.save()
    gone.dissolved_on = date(2025, 2, 1)
    gone.save()

    kept = recipient_lists.usable(house.organisation)

    assert kept == [
        recipient_lists.KeptLines(
            "Kế hoạch dân vận", ("Ban Tuyên giáo và Dân vận Tỉnh ủy", "Lưu: VT"), ("Đảng ủy Khối",)
        )
    ]
    form = office.get(address("part", plan, "recipients"), headers=HTMX).content.decode()
    assert "Ban Tuyên giáo và Dân vận Tỉnh ủy" in form


@pytest.mark.parametrize("name", ["", " ", "x" * 121])
def test_a_list_needs_a_purpose(office: Client, plan: Plan, name: str) -> None:
    office.post(address("keep_recipients", plan), {"name": name})

    assert RecipientList.objects.count() == 0


def test_a_list_of_the_same_purpose_is_replaced(plan: Plan, house: House) -> None:
    who: dict[str, Any] = {"by": house.office, "at": timezone.now()}
    recipient_lists.keep(plan=plan, name="Một", **who)
    plans.set_recipients(plan=plan, lines=[("Nơi khác", None)], **who)
    recipient_lists.keep(plan=plan, name="Một", **who)

    assert [row.lines for row in RecipientList.objects.all()] == [[{"text": "Nơi khác", "unit": None}]]
    assert recipient_lists.usable(make_house("Sở Khác", "SK").organisation) == []


def test_nobody_keeps_an_empty_list_or_another_house_s(plan: Plan, house: House) -> None:
    who: dict[str, Any] = {"by": house.office, "at": timezone.now()}
    with pytest.raises(NotAllowed):
        recipient_lists.keep(plan=plan, name="x", by=house.officer, at=timezone.now())
    with pytest.raises(NotAllowed):
        recipient_lists.keep(plan=plan, name="x", by=make_house("Sở Khác", "SK").office, at=timezone.now())
    plans.set_recipients(plan=plan, lines=[], **who)
    with pytest.raises(NotAllowed, match="chưa có nơi nhận"):
        recipient_lists.keep(plan=plan, name="x", **who)


def test_signers_are_those_of_the_day(house: House) -> None:
    """A deputy whose post ended yesterday signs nothing today, but could sign then."""
    today = timezone.localdate()
    old: Appointment = AppointmentFactory(
        deputy=True, unit=house.organisation, starts_on=date(2020, 1, 1), ends_on=today
    )  # fmt: skip

    assert list(signers(house.organisation)) == [house.director, house.deputy]
    assert old in signers(house.organisation, date(2021, 1, 1))


def test_the_choice_says_in_whose_name_one_signs(office: Client, plan: Plan) -> None:
    page = office.get(address("part", plan, "head")).content.decode()

    assert "KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC — " in page


# --- versions ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_versions_asks_the_same(
    office: Client, plan: Plan, house: House, count: int, django_assert_num_queries: Any
) -> None:
    for days in range(1, count):
        at = timezone.now() + timedelta(days=days)
        plans.edit_passages(plan=plan, opening=f"Lần {days}", closing="", by=house.office, at=at)
    office.get(address("versions", plan))

    with django_assert_num_queries(6):
        answer = office.get(address("versions", plan))

    assert len(answer.context["versions"]) == count


def test_a_version_that_is_not_there(office: Client, plan: Plan) -> None:
    assert office.get(address("version", plan, 9)).status_code == 404
    assert office.get(address("version", plan, 1), {"voi": "9"}).status_code == 404
    assert office.get(address("version", plan, 1), {"voi": "x"}).status_code == 200
