"""The plan reader on invented plans, on the shared samples, and on awkward Word files."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from campaigns.plan_reader import read
from campaigns.plan_reader.blocks import Place

DATA = Path(__file__).parent / "data"
PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared" / "scoring" / "plans"
sys.path.insert(0, str(DATA))

import plan_files  # noqa: E402
import plan_specs_dev  # noqa: E402
import plan_specs_heldout  # noqa: E402
from plan_specs import truth  # noqa: E402

SPECS = [*plan_specs_dev.SPECS, *plan_specs_heldout.SPECS]


def stated(got, wanted):
    """What the truth speaks of: the answer may hold more (the lines of a signature, a task's product)."""
    return {key: got[key] for key in wanted} if isinstance(wanted, dict) else got


def without_wording(tasks):
    keys = ("marker", "text", "lead_unit", "cooperating_units", "recurring")
    return [{key: task[key] for key in keys} | {"due": task["due"]["date"]} for task in tasks]


@pytest.fixture(scope="module", params=SPECS, ids=lambda spec: spec.name)
def plan(request):
    name, data = plan_files.make(request.param)
    return truth(request.param), read(data, name).as_dict()


@pytest.mark.parametrize("field", ["heading", "opening", "sections", "closing", "recipients", "signer"])
def test_field_is_as_written(plan, field):
    wanted, got = plan
    assert stated(got[field], wanted[field]) == wanted[field]


def test_title_is_as_written(plan):
    assert plan[1]["title"] == plan[0]["title"]


def test_bases_have_their_lead_and_first_reference(plan):
    wanted, got = plan
    assert [(b["lead"], (b["citation"] or {}).get("code")) for b in got["bases"]] == [
        (b["lead"], b["code"]) for b in wanted["bases"]
    ]


def test_tasks_are_as_assigned(plan):
    wanted, got = plan
    assert without_wording(got["tasks"]) == without_wording(wanted["tasks"])


@pytest.mark.parametrize("path", sorted(SHARED.glob("[0-9][0-9]_*")), ids=lambda path: path.name)
def test_shared_sample_is_read(path):
    wanted = json.loads((SHARED / "truth" / f"{path.name[:2]}.json").read_text("utf-8"))
    got = read(path.read_bytes(), path.name).as_dict()
    assert got["heading"] == wanted["heading"]
    assert [(s["marker"], s["heading"], s["items"]) for s in got["sections"]] == [
        (s["marker"], s["heading"], s["items"]) for s in wanted["sections"]
    ]
    assert [(t["lead_unit"], t["cooperating_units"], t["due"]["date"]) for t in got["tasks"]] == [
        (t["lead_unit"], t["cooperating_units"], t["due"]["date"]) for t in wanted["tasks"]
    ]


def small_plan(*paragraphs: str) -> bytes:
    lines = [
        "Số: 01/KH-SNV",
        "Hà Tân, ngày 02 tháng 3 năm 2026",
        "KẾ HOẠCH",
        "Tổ chức hội thi",
        "I. NỘI DUNG",
        *paragraphs,
    ]
    return "\n".join([*lines, "Nơi nhận:", "- Lưu: VT.", "GIÁM ĐỐC", "Mai Văn Tới"]).encode()


def test_places_point_at_the_lines_of_the_source():
    draft = read(small_plan("1. Giao Văn phòng Sở tổ chức hội thi trước ngày 20/3/2026."), "a.txt")
    (task,) = draft.tasks
    assert task.place == Place(5, 5)
    assert draft.source_text.split("\n")[5] == "1. Giao Văn phòng Sở tổ chức hội thi trước ngày 20/3/2026."
    assert (draft.title.place, draft.signer.place) == (Place(3, 3), Place(8, 9))


def test_paragraph_cut_by_a_page_is_joined_and_the_page_number_dropped():
    draft = read(
        small_plan("1. Tuyên truyền về vai trò, tầm quan trọng của công tác dân vận", "2", "trong tình hình mới."),
        "a.txt",
    )
    assert [i.text for i in draft.sections[0].items] == [
        "Tuyên truyền về vai trò, tầm quan trọng của công tác dân vận trong tình hình mới."
    ]


def test_table_that_is_no_task_table_is_kept_and_named():
    draft = read(
        small_plan("Số lượng | Mức thưởng | Cộng", "02 | 500.000 | 1.000.000", "03 | 300.000 | 900.000"), "a.txt"
    )
    assert [i.text for i in draft.sections[0].items] == [
        "Số lượng | Mức thưởng | Cộng", "02 | 500.000 | 1.000.000", "03 | 300.000 | 900.000",
    ]  # fmt: skip
    assert "table_kept_as_text" in [p.code for p in draft.problems]


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("utf-8-sig", "Tổ chức hội thi"),
        ("utf-16", "Tổ chức hội thi"),
        ("utf-16-le", "Tổ chức hội thi"),
        ("utf-16-be", "Tổ chức hội thi"),
    ],
)
def test_text_encodings(encoding, title):
    data = small_plan("1. Việc thứ nhất.").decode().replace("\n", "\r\n").encode(encoding)
    assert read(data, "a.txt").as_dict()["title"] == title


def test_tcvn3_is_converted_and_said():
    text = "KÕ ho¹ch\nTæ chøc héi thi cña Së\nI. Néi dung\n1. V¨n phßng vµ c¸c ®¬n vÞ thùc hiÖn.\nN¬i nhËn:\n- L­u: VT."
    draft = read(text.encode("latin-1"), "a.txt")
    assert draft.as_dict()["title"] == "Tổ chức hội thi của Sở"
    assert "legacy_encoding" in [p.code for p in draft.problems]


def word_plan(change) -> bytes:
    document = docx.Document()
    for line in small_plan("1. Việc thứ nhất.").decode().split("\n"):
        document.add_paragraph(line)
    change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def items(data: bytes) -> list[str]:
    return [item.text for item in read(data, "a.docx").sections[0].items]


def test_tracked_changes_are_taken_as_accepted():
    def change(document):
        paragraph = document.paragraphs[5]._p
        paragraph.append(
            parse_xml(f'<w:ins {nsdecls("w")}><w:r><w:t xml:space="preserve"> Thêm vào.</w:t></w:r></w:ins>')
        )
        paragraph.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText> Bỏ đi.</w:delText></w:r></w:del>"))

    assert items(word_plan(change)) == ["Việc thứ nhất. Thêm vào."]


def test_soft_break_before_a_marker_begins_an_item():
    def change(document):
        run = document.paragraphs[5].add_run()
        run.add_break()
        run.add_text("2. Việc thứ hai.")

    assert items(word_plan(change)) == ["Việc thứ nhất.", "Việc thứ hai."]


def test_text_box_is_read_once():
    def change(document):
        document.paragraphs[5]._p.append(parse_xml(
            f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
            "<mc:Choice Requires='wps'><w:txbxContent><w:p><w:r><w:t>2. Trong "
                "khung.</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
            "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>2. Trong khung.</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
            "</mc:AlternateContent></w:r>"
        ))  # fmt: skip

    assert items(word_plan(change)) == ["Việc thứ nhất.", "Trong khung."]


def test_command_prints_json_and_needs_no_database(tmp_path):
    path = tmp_path / "kế hoạch.txt"
    path.write_bytes(small_plan("1. Việc thứ nhất."))
    done = subprocess.run(
        [sys.executable, "manage.py", "read_plan", str(path)], cwd=PROJECT, capture_output=True, check=False
    )
    assert (done.returncode, json.loads(done.stdout)["title"]) == (0, "Tổ chức hội thi")
    assert "hội thi" in done.stdout.decode()
