"""A plan of thousands of tasks: the page opens at once, the rest is drawn when it is scrolled to."""

import re
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.models import ImportChange, PlanImport
from campaigns.workflow import imports
from tests.factories.plans import House, make_house

pytestmark = pytest.mark.django_db
HEAD = "KẾ HOẠCH\nThực hiện Tháng cao điểm dân vận năm 2026\n\nI. TỔ CHỨC THỰC HIỆN\n"
TASK = (
    "{}. Phòng Quản lý khoa học chủ trì, phối hợp với Thanh tra Sở rà soát lĩnh vực {} xong trước ngày {:02}/10/2026."
)


@pytest.fixture
def house() -> House:
    return make_house()


def read(client: Client, house: House, run_jobs: Callable[[], int], count: int) -> PlanImport:
    lines = "\n".join(TASK.format(n, n, n % 28 + 1) for n in range(1, count + 1))
    client.force_login(house.office.user)
    client.post(reverse("plans:import"), {"file": SimpleUploadedFile("lớn.txt", (HEAD + lines).encode())})
    run_jobs()
    return PlanImport.objects.latest("id")


def processor_seconds(act: Callable[[], Any]) -> float:
    start = time.process_time()
    act()
    return time.process_time() - start


def test_five_thousand_tasks_open_in_two_seconds_and_stay_editable(
    client: Client, house: House, run_jobs: Callable[[], int]
) -> None:
    source = read(client, house, run_jobs, 5000)
    assert len(source.draft["tasks"]) == 5000
    address = reverse("plans:import_detail", args=[source.pk])

    first = processor_seconds(lambda: client.get(address))
    again = processor_seconds(lambda: client.get(address))
    page = client.get(address).content.decode()
    later = re.findall(r'data-later="([^"]+)" data-link="([^"]+)"', page)
    last_address, last_keys = later[-1]
    rest = client.get(last_address, headers={"HX-Request": "true"}).content.decode()
    key = next(row["key"] for row in reversed(source.draft["tasks"]))
    typed = {"v": "0", "text": "Việc đã sửa", "due": "20/10/2026"}
    edit = processor_seconds(
        lambda: client.post(reverse("plans:import_edit", args=[source.pk, key]), typed, headers={"HX-Request": "true"})
    )

    sys.stderr.write(f"open {first:.2f} s, again {again:.2f} s, edit {edit:.2f} s, page {len(page) / 1e6:.1f} MB\n")
    assert first < 2
    assert again < 2
    assert edit < 2
    keys = {key for _address, found in later for key in found.split()}
    drawn = set(re.findall(r'data-key="([it]\d+)"', page))
    assert keys | drawn == {row["key"] for part in ("items", "tasks") for row in source.draft[part]}
    assert not keys & drawn
    assert set(re.findall(r'data-key="([it]\d+)"', rest)) == set(last_keys.split())
    assert f'data-link="{key}"' in rest
    source.refresh_from_db()
    assert source.draft["tasks"][-1]["text"] == "Việc đã sửa"


def test_a_change_draws_the_row_it_was_made_at(client: Client, house: House, run_jobs: Callable[[], int]) -> None:
    source = read(client, house, run_jobs, 100)
    far = source.draft["items"][-1]["key"]
    data = {"move": "up", "key": far}

    answer = client.post(reverse("plans:import_arrange", args=[source.pk]), data, headers={"HX-Request": "true"})

    words = answer.content.decode()
    assert f'id="row-{far}"' in words
    assert "data-later" in words


def test_a_stretch_whose_ends_are_gone_reloads_the_page(
    client: Client, house: House, run_jobs: Callable[[], int]
) -> None:
    source = read(client, house, run_jobs, 3)

    answer = client.get(reverse("plans:import_stretch", args=[source.pk, "i1", "i999"]))

    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")


# --- what was corrected -----------------------------------------------------------------------------------------------
def changes(source: PlanImport) -> list[tuple[str, str, str]]:
    return [(row.field, row.before, row.after) for row in ImportChange.objects.filter(source=source).order_by("id")]


def test_corrections_say_who_changed_which_field_from_what_to_what(
    client: Client, house: House, run_jobs: Callable[[], int]
) -> None:
    source = read(client, house, run_jobs, 2)
    task = source.draft["tasks"][0]
    values = {"text": task["text"], "lead_unit": house.department.pk, "cooperating": [], "due_wording": ""}
    address = reverse("plans:import_edit", args=[source.pk, task["key"]])
    values["due_wording"] = task["due_wording"]
    for version, due in enumerate(("2", "20", "20/10/2026")):
        client.post(address, values | {"v": version, "due": due}, headers={"HX-Request": "true"})

    assert changes(source) == [
        ("cooperating", house.other.name, ""),
        ("due", task["due"], "20/10/2026"),  # typed in three goes, one change
    ]
    panel = client.get(
        reverse("plans:import_changes", args=[source.pk]), headers={"HX-Request": "true"}
    ).content.decode()
    assert f"{house.office.person_name}, " in panel
    assert "<del>Thanh tra Sở</del> → <ins>—</ins>" in panel
    assert f"<del>{task['due']}</del> → <ins>20/10/2026</ins>" in panel


def test_a_change_taken_back_at_once_leaves_no_trace_and_a_second_person_a_row_of_his_own(
    client: Client, house: House, run_jobs: Callable[[], int]
) -> None:
    source = read(client, house, run_jobs, 2)
    title = source.draft["head"][0]["title"]
    who = {"by": house.office, "at": timezone.now()}
    for text in ("Tên khác", title):
        imports.edit(source=source, key="head", values={"title": text}, seen=_version(source), **who)
    assert changes(source) == []

    imports.edit(source=source, key="head", values={"title": "Một"}, seen=_version(source), **who)
    imports.edit(
        source=source, key="head", values={"title": "Hai"}, seen=_version(source), by=house.chief, at=who["at"]
    )
    assert changes(source) == [("title", title, "Một"), ("title", "Một", "Hai")]


def test_moving_leaving_out_and_naming_are_in_the_history(
    client: Client, house: House, run_jobs: Callable[[], int]
) -> None:
    source = read(client, house, run_jobs, 2)
    who = {"by": house.office, "at": timezone.now()}
    imports.arrange(source=source, move="remove", key=source.draft["items"][1]["key"], **who)
    imports.choose_units(source=source, name="Thanh tra Sở", units=[house.department], **who)

    assert changes(source) == [("remove", "", ""), ("meaning", house.other.name, house.department.name)]


def _version(source: PlanImport) -> int:
    source.refresh_from_db()
    return int(source.draft["head"][0]["v"])
