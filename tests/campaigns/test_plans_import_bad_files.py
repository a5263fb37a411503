"""Files that are no plan, handed in on the page: one sentence at the form, what was typed stays."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from campaigns.forms.imports import LOOKED_INTO
from campaigns.models import Plan, PlanImport
from campaigns.plan_reader.sources.ole import MAGIC
from documents.models import JobState
from tests.campaigns.data.old_word import WORD_TEXT, container
from tests.campaigns.test_plan_reader_bad_files import BAD, ENGLISH
from tests.e2e.word_plan import BODY, TABLE, TITLE, word_plan
from tests.factories.plans import House

ADDRESS = "plans:import"
PLAN = "KẾ HOẠCH\nThực hiện việc gì đó\nI. MỤC ĐÍCH\n1. Nâng cao nhận thức.\nII. TỔ CHỨC\n1. Văn phòng thực hiện.\n"


def send(client: Client, **data: Any) -> Any:
    return client.post(reverse(ADDRESS), data)


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_refused_at_the_form(
    client: Client, house: House, run_jobs: Callable[[], int], name: str
) -> None:
    make, words = BAD[name]
    client.force_login(house.office.user)
    answer = send(client, file=SimpleUploadedFile(name.replace(".docm", ".docx"), make()))
    if answer.status_code == 302:  # only its inside tells
        run_jobs()
        assert PlanImport.objects.get().job.state == JobState.FAILED
        answer = client.get(answer.url)

    page = answer.content.decode()
    assert words in page
    assert 'type="file"' in page
    assert Plan.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.doc", b"x", "đuôi .doc nhưng nội dung không phải dạng đó"),
        ("a.exe", b"MZ", "Chỉ nhận tệp"),
        ("a.txt", b"", "Tệp rỗng"),
        ("ke-hoach.docx", b"\x89PNG\r\n\x1a\n", "PNG"),
    ],
)
def test_what_was_typed_stays_beside_a_refused_file(
    client: Client, house: House, name: str, data: bytes, words: str
) -> None:
    client.force_login(house.office.user)

    answer = send(client, file=SimpleUploadedFile(name, data), text="chữ tôi dán")

    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "chữ tôi dán" in page
    assert PlanImport.objects.count() == 0


def test_a_file_and_a_text_are_one_too_many(client: Client, house: House) -> None:
    client.force_login(house.office.user)

    answer = send(client, file=SimpleUploadedFile("a.txt", PLAN.encode()), text=PLAN)

    assert (answer.status_code, PlanImport.objects.count()) == (422, 0)
    assert "Chỉ đọc được một nguồn" in answer.content.decode()


def test_nothing_at_all_says_what_to_do(client: Client, house: House) -> None:
    client.force_login(house.office.user)
    assert "Hãy chọn tệp hoặc dán nội dung" in send(client, text=" \n").content.decode()


def test_pasted_text_that_is_no_plan_comes_back_to_be_corrected(
    client: Client, house: House, run_jobs: Callable[[], int]
) -> None:
    client.force_login(house.office.user)
    answer = send(client, text=ENGLISH.decode())
    run_jobs()

    page = client.get(answer.url).content.decode()

    assert "Không nhận ra kế hoạch" in page
    assert ENGLISH.decode().strip()[:200] in page
    assert f'action="{reverse(ADDRESS)}"' in page


def test_pasted_text_is_read_too(client: Client, house: House, run_jobs: Callable[[], int]) -> None:
    client.force_login(house.office.user)
    send(client, text=PLAN)
    run_jobs()

    assert PlanImport.objects.get().job.state == JobState.DONE


def test_the_web_process_never_looks_into_a_large_file(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    monkeypatch.setattr("campaigns.forms.imports.check", lambda data, name: looked.append(len(data)))
    client.force_login(house.office.user)

    for size in (LOOKED_INTO, LOOKED_INTO + 1):
        send(client, file=SimpleUploadedFile("a.txt", b"a" * size))

    assert looked == [LOOKED_INTO]
    assert PlanImport.objects.count() == 2


# --- .doc: converted where LibreOffice is, else one sentence ----------------------------------------------------------
def test_an_old_word_file_without_libreoffice_is_told_what_to_do(
    client: Client, house: House, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    client.force_login(house.office.user)
    old = container(WordDocument=WORD_TEXT)

    answer = send(client, file=SimpleUploadedFile("ke-hoach.doc", old))

    assert (answer.status_code, PlanImport.objects.count()) == (422, 0)
    assert "Tệp .doc là dạng Word cũ; hãy mở bằng Word, lưu thành .docx rồi tải lại." in answer.content.decode()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_an_old_word_file_is_converted_where_libreoffice_is(
    client: Client, house: House, run_jobs: Callable[[], int], tmp_path: Path
) -> None:
    """Within the reader's limits of memory and time, with Word's own numbers and tables."""
    Path(tmp_path, "plan.docx").write_bytes(word_plan())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "doc", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "plan.docx")], check=True, capture_output=True, timeout=120)
    old = Path(tmp_path, "plan.doc").read_bytes()
    assert old.startswith(MAGIC)
    client.force_login(house.office.user)

    send(client, file=SimpleUploadedFile("ke-hoach.doc", old))
    run_jobs()

    source = PlanImport.objects.get()
    assert source.job is not None
    assert (source.job.state, source.job.error) == (JobState.DONE, "")
    assert source.draft["head"][0]["title"] == TITLE
    assert [row["text"] for row in source.draft["items"] if row["style"] == "section"] == [
        text for depth, text in BODY if depth == 0
    ]
    assert len(source.draft["tasks"]) >= len(TABLE) - 1
