"""From an uploaded file to a plan: read in a worker, corrected on the page, one verb."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from campaigns.models import Plan, PlanImport
from campaigns.unit_matching import guess
from directives.models import Directive
from documents.models import Job, JobState
from documents.states import DocumentState as S
from tests.factories.plans import House, make_house
from units.models import Unit

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

Nơi nhận:
- Ban Dân vận Tỉnh ủy;
- Các phòng, đơn vị thuộc Sở;
- Lưu: VT, VP.
GIÁM ĐỐC


Nguyễn Văn A
"""


def upload(client: Client, data: bytes = TEXT.encode(), name: str = "ke-hoach.txt") -> PlanImport:
    client.post(reverse("plans:import"), {"file": SimpleUploadedFile(name, data)})
    return PlanImport.objects.latest("id")


def filled(client: Client, source: PlanImport) -> dict[str, str]:
    """What the browser would send of the page as it stands."""
    forms = client.get(reverse("plans:import_detail", args=[source.pk])).context["forms"]
    data: dict[str, str] = {}
    for form in (forms.head, *forms.bases, *forms.items, *forms.tasks):
        for field in form:
            value = field.value()
            if isinstance(value, bool):
                value = "on" if value else None
            if value not in (None, ""):
                data[field.html_name] = value
    for formset in (forms.bases, forms.items, forms.tasks):
        data |= {field.html_name: field.value() for field in formset.management_form}
    return data


def test_from_file_to_plan(client: Client, house: House, run_jobs: Callable[[], int]) -> None:
    client.force_login(house.office.user)
    source = upload(client)
    assert "0%" in client.get(reverse("plans:import_detail", args=[source.pk])).content.decode()
    run_jobs()
    assert client.get(reverse("plans:import_progress", args=[source.pk]))["HX-Refresh"] == "true"
    data = filled(client, source)

    answer = client.post(reverse("plans:import_detail", args=[source.pk]), data | {"signer": house.director.pk})

    plan = Plan.objects.get()
    assert answer.url == reverse("plans:detail", args=[plan.pk])
    assert plan.document.title == "Thực hiện Tháng cao điểm dân vận năm 2026"
    assert [item.text for item in plan.items.filter(style="section")] == ["MỤC ĐÍCH, YÊU CẦU", "TỔ CHỨC THỰC HIỆN"]
    assert [(t.lead_unit.name, [p.unit.name for p in t.cooperating.all()], t.rhythm) for t in plan.tasks.all()] == [
        ("Phòng Quản lý khoa học", ["Thanh tra Sở"], ""),
        ("Văn phòng Sở", [], "regular"),
    ]
    assert f"{plan.tasks.all()[0].due_on:%d/%m/%Y}" == "19/10/2026"
    assert [base.directive.code for base in plan.bases.all() if base.directive] == ["12-KH/BDVTU"]
    assert [line.unit for line in plan.document.recipients.all()][1] == house.organisation
    assert Directive.objects.count() == 1


def test_page_says_what_is_missing_and_keeps_the_rest(
    client: Client, house: House, run_jobs: Callable[[], int]
) -> None:
    client.force_login(house.office.user)
    source = upload(client)
    run_jobs()
    data = filled(client, source) | {"tasks-0-text": "Chữ tôi sửa", "tasks-0-lead_unit": ""}

    answer = client.post(reverse("plans:import_detail", args=[source.pk]), data)

    assert answer.status_code == 422
    assert "Chữ tôi sửa" in answer.content.decode()
    assert "Chọn đơn vị chủ trì" in answer.content.decode()
    assert Plan.objects.count() == 0


def test_undo_of_the_whole_import(client: Client, house: House, run_jobs: Callable[[], int]) -> None:
    client.force_login(house.office.user)
    source = upload(client)
    run_jobs()
    client.post(reverse("plans:import_detail", args=[source.pk]), filled(client, source))
    same = upload(client)
    run_jobs()
    assert "đã nhập lúc" in client.get(reverse("plans:import_detail", args=[same.pk])).content.decode()

    client.post(reverse("plans:import_undo", args=[source.pk]))

    assert Plan.objects.get().document.state == S.DISCARDED
    assert client.get(reverse("plans:import_detail", args=[source.pk])).context["forms"]


def test_unreadable_file_says_why(client: Client, house: House, run_jobs: Callable[[], int]) -> None:
    client.force_login(house.office.user)
    source = upload(client, b"Dear colleagues, nothing here resembles anything official at all.", "letter.txt")
    run_jobs()

    job = Job.objects.get(pk=source.job_id)
    assert job.state == JobState.FAILED
    assert job.error in client.get(reverse("plans:import_detail", args=[source.pk])).content.decode()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.doc", b"x", "lưu thành .docx"),
        ("a.exe", b"x", "Chỉ nhận tệp"),
        ("a.txt", b"", "rỗng"),
    ],
)
def test_bad_files_are_refused_at_once(client: Client, house: House, name: str, data: bytes, words: str) -> None:
    client.force_login(house.office.user)

    answer = client.post(reverse("plans:import"), {"file": SimpleUploadedFile(name, data), "text": "chữ tôi dán"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "chữ tôi dán" in page
    assert PlanImport.objects.count() == 0


def test_pasted_text_is_read_too(client: Client, house: House, run_jobs: Callable[[], int]) -> None:
    client.force_login(house.office.user)
    client.post(reverse("plans:import"), {"text": TEXT})
    run_jobs()

    assert PlanImport.objects.get().job.state == JobState.DONE


def test_imports_of_another_house_are_not_there(client: Client, house: House) -> None:
    client.force_login(house.office.user)
    source = upload(client)
    client.force_login(make_house("Sở Khác", "SK").office.user)

    assert client.get(reverse("plans:import_detail", args=[source.pk])).status_code == 404


def test_units_are_guessed(house: House) -> None:
    units = list(Unit.objects.inside(house.organisation))

    assert guess("Phòng Quản lý khoa học", units) == guess("phong quan ly khoa hoc", units)
    assert guess("Thanh tra", units).unit == house.other
    assert guess("Các phòng, đơn vị thuộc Sở", units).is_everyone
    assert guess("Bưu điện tỉnh Cao Bằng", units).unit is None


def test_sample_of_the_field(
    client: Client, house: House, run_jobs: Callable[[], int], shared_folder: Path | None
) -> None:
    """Runs where the field's own sample lies beside the project."""
    if shared_folder is None:
        return
    found = list(shared_folder.glob("samples/ke-hoach-dan-van-2023.txt"))
    assert found
    client.force_login(house.office.user)
    source = upload(client, found[0].read_bytes())
    run_jobs()
    data = filled(client, source)
    for index in range(int(data["tasks-TOTAL_FORMS"])):
        data[f"tasks-{index}-lead_unit"] = str(house.department.pk)

    assert client.post(reverse("plans:import_detail", args=[source.pk]), data).status_code == 302

    assert Directive.objects.count() == 8
    assert Plan.objects.get().tasks.count() == 3


def test_rows_that_were_added_and_left_empty_are_left_out(
    client: Client, house: House, run_jobs: Callable[[], int]
) -> None:
    client.force_login(house.office.user)
    source = upload(client)
    run_jobs()
    data = filled(client, source)
    for prefix in ("tasks", "bases"):
        data[f"{prefix}-TOTAL_FORMS"] = str(int(data[f"{prefix}-TOTAL_FORMS"]) + 1)

    client.post(reverse("plans:import_detail", args=[source.pk]), data)

    assert Plan.objects.get().tasks.count() == int(data["tasks-TOTAL_FORMS"]) - 1
