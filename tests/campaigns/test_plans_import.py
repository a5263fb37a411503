"""From an uploaded file to a plan: read in a worker, corrected on the page, one verb."""

import hashlib
import re
import subprocess
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from weasyprint import HTML

from audit.models import Event
from campaigns.importing import draft as drafts
from campaigns.importing import sources
from campaigns.importing.review import review
from campaigns.models import Plan, PlanImport, Task
from campaigns.unit_matching import expand, guess
from campaigns.workflow import imports
from campaigns.workflow.imports import Conflict
from directives.models import Directive, Validity
from documents import jobs
from documents.models import Document, Job, JobState
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_house, make_plan
from units.models import Unit
from units.permissions import NotAllowed

TEXT = """UBND TỈNH THỬ NGHIỆM
SỞ KHOA HỌC THỬ NGHIỆM
Số:     /KH-SKHTN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Thử Nghiệm, ngày     tháng 9 năm 2026

KẾ HOẠCH
Thực hiện Tháng cao điểm dân vận năm 2026

Thực hiện Kế hoạch số 12-KH/BDVTU ngày 05/9/2026 của Ban Dân vận Tỉnh ủy về Tháng cao điểm dân vận.
Sở ban hành kế hoạch như sau:

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Nâng cao nhận thức của công chức.
2. Yêu cầu
- Thiết thực, hiệu quả.
II. TỔ CHỨC THỰC HIỆN
1. Phòng Quản lý khoa học chủ trì, phối hợp với Thanh tra Sở tổ chức hội nghị quán triệt trước ngày 20/10/2026.
2. Văn phòng Sở thường xuyên cập nhật tin, bài trên trang thông tin điện tử.
3. Tổ Công nghệ số chủ trì, phối hợp với các phòng chuyên môn xây dựng phần mềm xong trước ngày 10/11/2026.
4. Tổ Công nghệ số quay phim tư liệu xong trước ngày 15/11/2026.

Nơi nhận:
- Ban Dân vận Tỉnh ủy;
- Các phòng, đơn vị thuộc Sở;
- Lưu: VT, VP.
GIÁM ĐỐC


Nguyễn Văn A
"""
GROUP = "Tổ Công nghệ số"


def upload(client: Client, data: bytes = TEXT.encode(), name: str = "ke-hoach.txt") -> PlanImport:
    client.post(reverse("plans:import"), {"file": SimpleUploadedFile(name, data)})
    return PlanImport.objects.latest("id")


def page(client: Client, source: PlanImport) -> str:
    return str(client.get(reverse("plans:import_detail", args=[source.pk])).content.decode())


@pytest.fixture
def source(client: Client, house: House, run_jobs: Callable[[], int]) -> PlanImport:
    """TEXT, read; the office is signed in."""
    client.force_login(house.office.user)
    made = upload(client)
    run_jobs()
    made.refresh_from_db()
    return made


def who(house: House) -> dict[str, Any]:
    return {"by": house.office, "at": timezone.now()}


def key_of(source: PlanImport, words: str, part: str = "tasks") -> str:
    source.refresh_from_db()
    return str(next(row["key"] for row in source.draft[part] if words in row["text"]))


def row(source: PlanImport, key: str) -> dict[str, Any]:
    source.refresh_from_db()
    return drafts.find(source.draft, key)[1]


def post(client: Client, source: PlanImport, name: str, data: dict[str, Any], key: str = "") -> Any:
    """What the page's script sends."""
    address = reverse(f"plans:{name}", args=[source.pk, *([key] if key else [])])
    return client.post(address, data, headers={"HX-Request": "true"})


def typed(source: PlanImport, key: str, **changes: Any) -> dict[str, Any]:
    """The fields of a row as its form sends them, some of them changed."""
    part, found = drafts.find(source.draft, key)
    fields = {name: found[name] for name in drafts.FIELDS[part] if found[name] is not None} | changes
    return fields | {"v": found["v"]} | ({} if fields.get("prints_tasks", True) else {"prints_tasks": ""})


def settled(client: Client, source: PlanImport, house: House) -> PlanImport:
    """The unknown name chosen: nothing keeps the plan from being made."""
    post(client, source, "import_units", {"name": GROUP, "units": [house.department.pk]})
    source.refresh_from_db()
    return source


# --- from file to plan ------------------------------------------------------------------------------------------------
def test_from_file_to_plan(client: Client, house: House, run_jobs: Callable[[], int]) -> None:
    client.force_login(house.office.user)
    source = upload(client)
    assert "0%" in page(client, source)
    run_jobs()
    assert client.get(reverse("plans:import_progress", args=[source.pk]))["HX-Refresh"] == "true"
    settled(client, source, house)

    answer = client.post(reverse("plans:import_detail", args=[source.pk]))

    plan = Plan.objects.get()
    assert answer.url == reverse("plans:detail", args=[plan.pk])
    assert plan.document.title == "Thực hiện Tháng cao điểm dân vận năm 2026"
    assert [item.text for item in plan.items.filter(style="section")] == ["MỤC ĐÍCH, YÊU CẦU", "TỔ CHỨC THỰC HIỆN"]
    assert [(t.lead_unit.name, [p.unit.name for p in t.cooperating.all()], t.rhythm) for t in plan.tasks.all()] == [
        ("Phòng Quản lý khoa học", ["Thanh tra Sở"], ""),
        ("Văn phòng Sở", [], "regular"),
        ("Phòng Quản lý khoa học", [], ""),
        ("Phòng Quản lý khoa học", [], ""),
    ]
    assert f"{plan.tasks.all()[0].due_on:%d/%m/%Y}" == "19/10/2026"
    assert [task.item.text[:5] for task in plan.tasks.all() if task.item] == ["Phòng", "Văn p", "Tổ Cô", "Tổ Cô"]
    assert [base.directive.code for base in plan.bases.all() if base.directive] == ["12-KH/BDVTU"]
    assert [line.unit for line in plan.document.recipients.all()][1] == house.organisation
    assert plan.document.signer == house.director
    assert Directive.objects.count() == 1


def test_what_is_missing_is_said_and_no_plan_is_made(client: Client, source: PlanImport) -> None:
    answer = client.post(reverse("plans:import_detail", args=[source.pk]))

    assert (answer.status_code, Plan.objects.count()) == (422, 0)
    words = answer.content.decode()
    assert f"Chưa tạo được kế hoạch: “{GROUP}” là đơn vị nào? Chủ trì 2 nhiệm vụ." in words


def test_unknown_things_come_first_and_a_warning_can_be_put_away(
    client: Client, house: House, run_jobs: Callable[[], int]
) -> None:
    client.force_login(house.office.user)
    source = upload(client, TEXT.replace(" xong trước ngày 15/11/2026", "").encode())
    run_jobs()
    source.refresh_from_db()
    questions = review(source).questions
    assert [question.level for question in questions] == ["error", *["warning"] * (len(questions) - 1)]
    warning = questions[-1]

    post(client, source, "import_seen", {"question": warning.id})

    source.refresh_from_db()
    assert warning not in review(source).questions
    assert len(review(source).questions) == len(questions) - 1


def test_the_verb_is_all_or_nothing(client: Client, source: PlanImport, house: House) -> None:
    settled(client, source, house)
    rows = [Document, Plan, Task, Directive, Event]
    before = [model.objects.count() for model in rows]

    with mock.patch("audit.log.Event.objects.create", side_effect=DatabaseError("full")):
        with pytest.raises(DatabaseError, match="full"):
            imports.from_import(source=source, **who(house))

    assert [model.objects.count() for model in rows] == before
    assert PlanImport.objects.get().plan is None


def test_a_source_makes_one_plan(client: Client, source: PlanImport, house: House) -> None:
    settled(client, source, house)
    imports.from_import(source=source, **who(house))

    with pytest.raises(NotAllowed, match="Đã lập"):
        imports.from_import(source=source, **who(house))
    with pytest.raises(NotAllowed, match="Đã lập"):
        imports.edit(source=source, key="head", values={"title": "x"}, seen=0, **who(house))


def test_only_who_may_write_plans_may_import(client: Client, source: PlanImport, house: House) -> None:
    with pytest.raises(NotAllowed):
        imports.from_import(source=source, by=house.officer, at=timezone.now())
    with pytest.raises(NotAllowed):
        imports.edit(source=source, key="head", values={}, seen=0, by=house.clerk, at=timezone.now())


def test_a_unit_that_closed_meanwhile_is_asked_for_again(client: Client, source: PlanImport, house: House) -> None:
    settled(client, source, house)
    Unit.objects.filter(pk=house.other.pk).update(dissolved_on=timezone.localdate())

    with pytest.raises(NotAllowed, match="thôi hoạt động"):
        imports.from_import(source=source, **who(house))


# --- taking it back ---------------------------------------------------------------------------------------------------
def test_undo_of_the_whole_import(client: Client, source: PlanImport, house: House) -> None:
    settled(client, source, house)
    post(client, source, "import_register", {})
    client.post(reverse("plans:import_detail", args=[source.pk]))
    known = Directive.objects.get()

    client.post(reverse("plans:import_undo", args=[source.pk]))

    known.refresh_from_db()
    assert known.validity == Validity.WITHDRAWN
    assert Plan.objects.get().document.state == S.DISCARDED
    assert Plan.objects.visible_to(house.office).live().count() == 0
    assert client.get(reverse("plans:import_detail", args=[source.pk])).context["rows"]
    again = imports.from_import(source=source, **who(house))
    assert [base.directive.validity for base in again.bases.all() if base.directive] == [Validity.IN_FORCE]


def test_undo_leaves_what_others_use(client: Client, source: PlanImport, house: House) -> None:
    settled(client, source, house)
    client.post(reverse("plans:import_detail", args=[source.pk]))
    text = "Căn cứ Kế hoạch số 12-KH/BDVTU ngày 05/9/2026 của Ban Dân vận Tỉnh ủy"
    make_plan(house, bases=(text,))

    client.post(reverse("plans:import_undo", args=[source.pk]))

    assert Directive.objects.get(code="12-KH/BDVTU").validity == Validity.IN_FORCE


def test_a_proposed_import_is_not_undone(client: Client, source: PlanImport, house: House) -> None:
    settled(client, source, house)
    plan = imports.from_import(source=source, **who(house))
    bring_to(plan, S.PROPOSED, house)
    source.refresh_from_db()

    with pytest.raises(NotAllowed):
        imports.undo_import(source=source, **who(house))


# --- corrections ------------------------------------------------------------------------------------------------------
def test_what_is_typed_is_kept(client: Client, source: PlanImport) -> None:
    key = key_of(source, "hội nghị quán triệt")

    answer = post(client, source, "import_edit", typed(source, key, text="Chữ tôi sửa\0", due="32/13"), key)

    assert answer.status_code == 200
    assert f'"key": "{key}", "v": 1, "dueIsWrong": true' in answer["HX-Trigger"]
    assert f'id="due-{key}-error" hx-swap-oob="true">Hạn chưa đúng mẫu 20/10/2026.<' in answer.content.decode()
    assert (row(source, key)["text"], row(source, key)["due"]) == ("Chữ tôi sửa", "32/13")
    words = page(client, source)
    assert "Chữ tôi sửa" in words
    assert "Hạn chưa đúng mẫu" in words


def test_every_field_can_be_changed(client: Client, source: PlanImport, house: House) -> None:
    settled(client, source, house)
    changes: dict[str, dict[str, Any]] = {
        "head": {"title": "Tên mới", "symbol": "KH-MOI", "year": "2027", "drafting_unit": house.department.pk,
                 "signer": house.deputy.pk, "prints_tasks": "", "extension_decider": "director"},
        "opening": {"text": "Mở đầu mới:"},
        "closing": {"text": "Đoạn kết mới./."},
        key_of(source, "12-KH/BDVTU", "bases"): {"text": "Căn cứ mới"},
        key_of(source, "Nâng cao", "items"): {"text": "Đoạn mới", "style": "letter"},
        key_of(source, "hội nghị"): {
            "text": "Việc mới", "lead_unit": house.office_unit.pk, "cooperating": [house.department.pk], "due": "",
            "rhythm": "weekly", "due_wording": "hằng tuần", "expected_product": "Báo cáo",
        },
        key_of(source, "Các phòng", "recipients"): {"text": "Nơi nhận mới", "unit": house.other.pk},
    }  # fmt: skip
    for key, fields in changes.items():
        source.refresh_from_db()
        post(client, source, "import_edit", typed(source, key, **fields), key)

    plan = imports.from_import(source=source, **who(house))

    document = plan.document
    assert (document.title, document.symbol, plan.year, document.drafting_unit, document.signer) == (
        "Tên mới", "KH-MOI", 2027, house.department, house.deputy,
    )  # fmt: skip
    assert (plan.opening, plan.closing, plan.prints_tasks) == ("Mở đầu mới:", "Đoạn kết mới./.", False)
    assert plan.extension_decider == "director"
    assert [base.text for base in plan.bases.all()] == ["Căn cứ mới"]
    assert plan.items.get(text="Đoạn mới").style == "letter"
    task = plan.tasks.get(text="Việc mới")
    assert (task.lead_unit, task.due_on, task.rhythm, task.due_wording, task.expected_product) == (
        house.office_unit, None, "weekly", "hằng tuần", "Báo cáo",
    )  # fmt: skip
    assert [part.unit for part in task.cooperating.all()] == [house.department]
    assert [(line.text, line.unit) for line in document.recipients.all()][1] == ("Nơi nhận mới", house.other)


def test_a_second_writer_is_told_and_loses_nothing(client: Client, source: PlanImport, house: House) -> None:
    key = key_of(source, "Nâng cao", "items")
    mine = typed(source, key, text="Bản của Chánh Văn phòng")
    post(client, source, "import_edit", typed(source, key, text="Bản của Văn phòng"), key)
    client.force_login(house.chief.user)

    answer = post(client, source, "import_edit", mine, key)

    assert "Bản của Văn phòng" in answer.content.decode()
    assert house.office.person_name in answer.content.decode()
    assert row(source, key)["text"] == "Bản của Văn phòng"
    post(client, source, "import_edit", mine | {"v": 1}, key)
    assert row(source, key)["text"] == "Bản của Chánh Văn phòng"


def test_the_same_words_twice_are_no_conflict(source: PlanImport, house: House) -> None:
    key = key_of(source, "Nâng cao", "items")
    imports.edit(source=source, key=key, values={"text": "x"}, seen=0, **who(house))

    imports.edit(source=source, key=key, values={"text": "x"}, seen=0, **who(house))

    with pytest.raises(Conflict):
        imports.edit(source=source, key=key, values={"text": "y"}, seen=0, **who(house))
    assert row(source, key)["v"] == 1


def texts(source: PlanImport, part: str = "items") -> list[tuple[int, str]]:
    source.refresh_from_db()
    return [(found.get("depth", 0), found["text"][:14]) for found in source.draft[part] if not found["gone"]]


def move(client: Client, source: PlanImport, name: str, key: str, **more: Any) -> Any:
    return post(client, source, "import_arrange", {"move": name, "key": key} | more)


def test_split_and_merge(client: Client, source: PlanImport) -> None:
    key = key_of(source, "Nâng cao", "items")
    post(client, source, "import_edit", typed(source, key, text="Một hai. b) Ba bốn."), key)

    move(client, source, "split", key, cursor=len("Một hai. "))

    assert (2, "Một hai.") in texts(source)
    second = key_of(source, "Ba bốn", "items")
    assert (row(source, second)["style"], row(source, second)["text"]) == ("letter", "Ba bốn.")
    move(client, source, "merge", second)
    assert row(source, key)["text"] == "Một hai. Ba bốn."


def test_levels_and_places(client: Client, source: PlanImport) -> None:
    first = texts(source)
    assert first[:5] == [
        (0, "MỤC ĐÍCH, YÊU "), (1, "Mục đích"), (2, "Nâng cao nhận "), (1, "Yêu cầu"), (2, "Thiết thực, hi"),
    ]  # fmt: skip
    move(client, source, "up", key_of(source, "Yêu cầu", "items"))
    assert texts(source)[1:5] == [first[3], first[4], first[1], first[2]]
    move(client, source, "down", key_of(source, "Yêu cầu", "items"))
    assert texts(source) == first
    move(client, source, "indent", key_of(source, "Yêu cầu", "items"))
    assert texts(source)[3:5] == [(2, "Yêu cầu"), (3, "Thiết thực, hi")]
    move(client, source, "outdent", key_of(source, "Yêu cầu", "items"))
    assert texts(source) == first


def test_an_item_becomes_a_task_and_stops_being_one(client: Client, source: PlanImport, house: House) -> None:
    key = key_of(source, "Nâng cao", "items")
    words = "Giao Thanh tra Sở chủ trì, phối hợp với Văn phòng Sở kiểm tra nội vụ xong trước ngày 01/12/2026."
    post(client, source, "import_edit", typed(source, key, text=words), key)

    move(client, source, "task", key)

    task = row(source, key_of(source, "kiểm tra nội vụ"))
    assert (task["lead_unit"], task["cooperating"], task["due"], task["item"]) == (
        house.other.pk, [house.office_unit.pk], "30/11/2026", key,
    )  # fmt: skip
    move(client, source, "remove", task["key"])
    assert row(source, task["key"])["gone"]
    assert not row(source, key)["gone"]


def test_a_row_left_out_can_be_taken_back_with_its_tasks(client: Client, source: PlanImport) -> None:
    key = key_of(source, "hội nghị quán triệt", "items")
    task = key_of(source, "hội nghị quán triệt")

    move(client, source, "remove", key)
    assert (row(source, key)["gone"], row(source, task)["gone"]) == (True, True)
    move(client, source, "restore", key)

    assert (row(source, key)["gone"], row(source, task)["gone"]) == (False, False)


@pytest.mark.parametrize("part", ["bases", "items", "tasks", "recipients"])
def test_a_new_row_is_empty_and_left_empty_it_is_no_part_of_the_plan(
    client: Client, source: PlanImport, house: House, part: str
) -> None:
    settled(client, source, house)
    before = len(texts(source, part))

    move(client, source, "add", part)

    assert len(texts(source, part)) == before + 1
    if part == "tasks":
        assert any("chưa có nội dung" in question.text for question in review(source).errors)
        move(client, source, "remove", source.draft["tasks"][-1]["key"])
    plan = imports.from_import(source=source, **who(house))
    assert [plan.bases.count(), plan.items.count(), plan.tasks.count(), plan.document.recipients.count()] == [
        1, 10, 4, 3,
    ]  # fmt: skip


# --- units ------------------------------------------------------------------------------------------------------------
def test_a_choice_is_for_all_places_of_the_name(client: Client, source: PlanImport, house: House) -> None:
    mine = [found["key"] for found in source.draft["tasks"] if found["lead_name"] == GROUP]
    assert [row(source, key)["lead_unit"] for key in mine] == [None, None]

    settled(client, source, house)

    assert [row(source, key)["lead_unit"] for key in mine] == [house.department.pk] * 2


def test_collective_units_are_the_ones_they_mean(client: Client, source: PlanImport, house: House) -> None:
    key = key_of(source, "xây dựng phần mềm")
    assert row(source, key)["cooperating"] == [house.department.pk]
    name = row(source, key)["cooperating_names"][0]

    post(client, source, "import_units", {"name": name, "units": [house.department.pk, house.other.pk]})

    assert row(source, key)["cooperating"] == [house.department.pk, house.other.pk]


def test_each_unit_of_a_collective_gets_its_task(client: Client, source: PlanImport, house: House) -> None:
    post(client, source, "import_units", {"name": GROUP, "units": [house.department.pk, house.other.pk]})
    key = key_of(source, "quay phim")

    move(client, source, "spread", key)

    source.refresh_from_db()
    made = [found["lead_unit"] for found in source.draft["tasks"] if "quay phim" in found["text"]]
    assert made == [house.department.pk, house.other.pk]


def test_a_missing_unit_is_made_by_who_may(client: Client, source: PlanImport, house: House) -> None:
    post(client, source, "import_units", {"name": GROUP, "create": "1"})
    assert not Unit.objects.filter(name=GROUP).exists()
    client.force_login(house.chief.user)

    post(client, source, "import_units", {"name": GROUP, "create": "1"})

    made = Unit.objects.get(name=GROUP)
    assert (made.organisation, made.parent) == (house.organisation, house.organisation)
    assert row(source, key_of(source, "quay phim"))["lead_unit"] == made.pk


def test_foreign_rows_are_not_there(client: Client, source: PlanImport, house: House) -> None:
    foreign = make_house("Sở Khác", "SK")
    task = key_of(source, "hội nghị")
    refused = [
        post(client, source, "import_edit", typed(source, task, lead_unit=foreign.department.pk), task),
        post(client, source, "import_edit", typed(source, "head", signer=foreign.director.pk), "head"),
        post(client, source, "import_edit", {"v": 0}, "t999"),
        post(client, source, "import_units", {"name": GROUP, "units": [foreign.department.pk]}),
        post(client, source, "import_units", {"name": "Ai đó", "units": [house.department.pk]}),
        post(client, source, "import_arrange", {"move": "explode", "key": task}),
        post(client, source, "import_arrange", {"move": "remove", "key": "t999"}),
        client.get(reverse("plans:import_page", args=[source.pk, 1])),
    ]
    assert [answer.status_code for answer in refused] == [404] * len(refused)
    client.force_login(foreign.office.user)
    assert client.get(reverse("plans:import_detail", args=[source.pk])).status_code == 404


def test_units_are_guessed(house: House) -> None:
    units = list(Unit.objects.inside(house.organisation))

    assert guess("Phòng Quản lý khoa học", units) == guess("phong quan ly khoa hoc", units)
    assert guess("Phòng QLKH", units).unit == house.department
    assert guess("Chánh Văn phòng Sở", units).unit == house.office_unit
    assert guess("Thanh tra", units).unit == house.other
    assert guess("Các phòng, đơn vị thuộc Sở", units).is_everyone
    assert guess("Thủ trưởng các phòng, đơn vị", units).is_everyone
    assert guess("Bưu điện tỉnh Cao Bằng", units).unit is None
    assert expand("các phòng chuyên môn", units) == [house.department]
    assert expand("Các phòng chuyên môn, đơn vị thuộc Sở", units) == units


# --- directives -------------------------------------------------------------------------------------------------------
def test_cited_directives_are_known_doubtful_or_new(client: Client, source: PlanImport, house: House) -> None:
    assert [cited.state for cited in review(source).cited] == ["unknown"]
    post(client, source, "import_register", {})
    assert [(cited.state, cited.label) for cited in review(source).cited] == [("known", "12-KH/BDVTU, 05/09/2026")]
    key = key_of(source, "12-KH/BDVTU", "bases")
    changed = row(source, key)["text"].replace("05/9", "06/9")
    post(client, source, "import_edit", typed(source, key, text=changed), key)
    source.refresh_from_db()

    doubt = review(source).cited[0]
    assert (doubt.state, [row.code for row in doubt.doubts]) == ("doubt", ["12-KH/BDVTU"])
    assert any("có phải một văn bản" in question.text for question in review(source).questions)
    post(client, source, "import_register", {"only": doubt.id})

    assert Directive.objects.filter(code="12-KH/BDVTU").count() == 2
    assert source.registered.count() == 2


def test_reviewing_asks_the_register_once(client: Client, source: PlanImport, django_assert_num_queries: Any) -> None:
    source.refresh_from_db()
    assert source.organisation
    with django_assert_num_queries(1):
        review(source)
    codes = "; ".join(f"Công văn số {number}/UBND-VX ngày 01/9/2026 của UBND tỉnh" for number in range(1, 4))
    source.draft["bases"][0]["text"] = f"Căn cứ {codes}"
    with django_assert_num_queries(1):
        assert len(review(source).cited) == 3


@pytest.mark.parametrize("tasks", [1, 3])
def test_the_page_costs_the_same_whatever_it_shows(
    client: Client, house: House, run_jobs: Callable[[], int], django_assert_num_queries: Any, tasks: int
) -> None:
    client.force_login(house.office.user)
    lines = "\n".join(f"{n}. Thanh tra Sở kiểm tra đợt {n} xong trước ngày 20/10/2026." for n in range(1, tasks + 1))
    head, foot = TEXT[: TEXT.index("1. Phòng Quản lý")], TEXT[TEXT.index("Nơi nhận") :]
    source = upload(client, f"{head}{lines}\n\n{foot}".encode())
    run_jobs()
    page(client, source)
    with django_assert_num_queries(11):
        page(client, source)


# --- the same again ---------------------------------------------------------------------------------------------------
def test_the_same_file_and_the_same_words_are_noticed(
    client: Client, source: PlanImport, house: House, run_jobs: Callable[[], int]
) -> None:
    same = upload(client)
    told = page(client, same)
    assert f"bởi {house.office.person_name}" in told
    assert reverse("plans:import_detail", args=[source.pk]) in told
    respaced = upload(client, TEXT.replace("\n\n", "\n \n").encode(), "ban-khac.txt")
    run_jobs()
    assert "Tệp này đã nhập lúc" in page(client, respaced)
    plan = imports.from_import(source=settled(client, source, house), **who(house))

    assert reverse("plans:detail", args=[plan.pk]) in page(client, respaced)
    assert "đã nhập lúc" not in page(client, upload(client, b"KE HOACH KHAC", "khac.txt"))


# --- the worker -------------------------------------------------------------------------------------------------------
def test_a_reading_that_was_given_up_overwrites_nobody(client: Client, source: PlanImport, house: House) -> None:
    """Given a worker that hung while another one finished, when it wakes, then corrections stay."""
    key = key_of(source, "Nâng cao", "items")
    imports.edit(source=source, key=key, values={"text": "Đã sửa"}, seen=0, **who(house))
    job = Job.objects.get(pk=source.job_id)
    job.token = "00000000-0000-0000-0000-000000000000"

    with pytest.raises(Exception, match=str(job.pk)):
        sources.work(job, lambda stage, percent: None)

    assert row(source, key)["text"] == "Đã sửa"


def test_a_killed_worker_leaves_the_reading_to_the_next(client: Client, house: House) -> None:
    client.force_login(house.office.user)
    source = upload(client)
    held = jobs.claim(source.job_id, at=timezone.now())
    assert held is not None
    Job.objects.filter(pk=held.pk).update(lease_until=timezone.now() - jobs.LEASE)

    assert jobs.sweep(at=timezone.now()) == 1
    done = jobs.run(source.job_id)

    assert done is not None
    assert (done.state, done.attempts) == (JobState.DONE, 2)


@pytest.mark.parametrize(
    ("limit", "words"), [("MEMORY", "dừng giữa chừng|bộ nhớ"), ("SECONDS", "đọc quá lâu")], ids=["memory", "time"]
)
def test_a_poison_file_ends_as_failed_with_the_reason(
    client: Client, house: House, run_jobs: Callable[[], int], monkeypatch: Any, limit: str, words: str
) -> None:
    """A file that needs too much is given up at once, by limits of the process that reads it."""
    script = {
        "MEMORY": "import resource; resource.setrlimit(resource.RLIMIT_AS, (200 << 20,) * 2); bytearray(1 << 30)",
        "SECONDS": "import time; time.sleep(60)",
    }[limit]
    monkeypatch.setattr("campaigns.importing.reading.SECONDS", 2)
    run = subprocess.run
    monkeypatch.setattr(subprocess, "run", lambda command, **more: run([command[0], "-c", script], **more))
    client.force_login(house.office.user)
    source = upload(client)
    run_jobs()

    job = Job.objects.get(pk=source.job_id)
    assert (job.state, job.attempts) == (JobState.FAILED, 1)
    assert re.search(words, job.error)
    assert job.error in page(client, source)


def test_pages_of_a_pdf_are_kept_as_pictures_with_their_regions(
    client: Client, house: House, run_jobs: Callable[[], int]
) -> None:
    client.force_login(house.office.user)
    paragraphs = "".join(f"<p>{escape(line)}</p>" for line in TEXT.split("\n") if line.strip())
    pdf = HTML(string=f"<style>@page {{size: A4}} p {{font: 13pt serif}}</style>{paragraphs}").write_pdf()
    source = upload(client, pdf, "ke-hoach.pdf")
    run_jobs()
    source.refresh_from_db()
    assert source.pages, Job.objects.get(pk=source.job_id).error

    picture = client.get(reverse("plans:import_page", args=[source.pk, 1]))
    data = b"".join(picture.streaming_content)
    assert data.startswith(b"\x89PNG")
    assert hashlib.sha256(data).hexdigest() == source.pages[0]["sha256"]
    assert hashlib.sha256((Path(settings.MEDIA_ROOT) / source.file).read_bytes()).hexdigest() == source.sha256
    task = row(source, key_of(source, "hội nghị quán triệt"))
    assert [box for box in source.pages[0]["boxes"] if box[0] == task["first"]]
    words = page(client, source)
    assert f'data-link="{task["item"]} {task["key"]}"' in words
    assert client.get(reverse("plans:import_page", args=[source.pk, 9])).status_code == 404


def test_drafts_of_the_older_form_are_read_again(
    client: Client, source: PlanImport, house: House, run_jobs: Callable[[], int]
) -> None:
    """Given imports of before, when the migration runs, then those without a plan are queued, the others stay."""
    migration = import_module("campaigns.migrations.0031_imports_read_again")
    PlanImport.objects.update(draft={"items": [{"style": "section", "depth": 0, "text": "I", "first": 0, "last": 0}]})
    made = upload(client, b"KE HOACH KHAC", "khac.txt")
    PlanImport.objects.filter(pk=made.pk).update(plan=make_plan(house))
    Job.objects.filter(pk=made.job_id).update(state=JobState.DONE, finished_at=timezone.now())

    migration.read_again(apps, None)

    states = dict(Job.objects.values_list("pk", "state"))
    assert (states[source.job_id], states[made.job_id]) == (JobState.QUEUED, JobState.DONE)
    assert jobs.run(source.job_id).state == JobState.DONE  # type: ignore[union-attr]
    source.refresh_from_db()
    assert len(source.draft["tasks"]) == 4
