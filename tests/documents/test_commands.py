"""The commands that scripts rely on: JSON or a file, and their exit codes."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from pypdf import PdfReader

from documents import archive
from documents.management.commands.write_states import PLACE, page
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_plan


def run(capfdbinary: Any, *args: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command."""
    capfdbinary.readouterr()
    code = 0
    try:
        call_command(*args)
    except SystemExit as end:
        code = int(end.code or 0)
    out, err = capfdbinary.readouterr()
    return code, out.decode(), err.decode()


def test_verify_says_genuine_then_what_was_changed(house: House, tmp_path: Path, capfdbinary: Any) -> None:
    document = bring_to(make_plan(house), S.ISSUED, house)
    data = archive.read(document.renditions.get(stage="issued"))
    good, changed, no_pdf = tmp_path / "good.pdf", tmp_path / "changed.pdf", tmp_path / "none.pdf"
    good.write_bytes(data)
    changed.write_bytes(data[:2000] + b"X" + data[2001:])
    no_pdf.write_bytes(b"hello")

    code, out, _err = run(capfdbinary, "verify_document", str(good))
    answer = json.loads(out)
    assert (code, answer["verdict"], answer["known"], answer["document"]["pk"]) == (0, "genuine", True, document.pk)
    assert [(s["intact"], s["trusted"]) for s in answer["signatures"]] == [(True, True), (True, True)]
    assert run(capfdbinary, "verify_document", str(changed))[0] == 1
    for bad in (no_pdf, tmp_path / "missing.pdf", tmp_path):
        code, out, err = run(capfdbinary, "verify_document", str(bad))
        assert (code, out, err.count("\n")) == (2, "", 1)


def test_signed_but_not_issued_is_not_genuine(house: House, tmp_path: Path, capfdbinary: Any) -> None:
    document = bring_to(make_plan(house), S.SIGNED, house)
    file = tmp_path / "signed.pdf"
    file.write_bytes(archive.read(document.renditions.get(stage="signed")))

    assert run(capfdbinary, "verify_document", str(file))[0] == 1


def test_register_lists_what_was_issued(house: House, capfdbinary: Any) -> None:
    issued = bring_to(make_plan(house), S.ISSUED, house)
    bring_to(make_plan(house), S.NUMBERED, house)
    kept = issued.renditions.get(stage="issued")

    code, out, _err = run(capfdbinary, "outgoing_register", "--year", str(timezone.localdate().year))

    assert code == 0
    assert json.loads(out) == [
        {
            "pk": issued.pk, "kind": "KH", "number": "01", "symbol": "KH-SKHTN", "title": issued.title,
            "date": timezone.localdate().isoformat(), "signer": house.director.person_name, "state": "issued",
            "sha256": kept.sha256, "file": str(archive.path_of(kept).resolve()),
        }
    ]  # fmt: skip
    assert run(capfdbinary, "outgoing_register", "--year", "không")[0] == 2


def test_render_plan_writes_pdf_and_word(house: House, tmp_path: Path, capfdbinary: Any) -> None:
    plan = make_plan(house)

    assert run(capfdbinary, "render_plan", str(plan.pk), "--output", str(tmp_path / "a.pdf"))[0] == 0
    assert run(capfdbinary, "render_plan", str(plan.pk), "--output", str(tmp_path / "a.docx"))[0] == 0

    text = PdfReader(BytesIO((tmp_path / "a.pdf").read_bytes())).pages[0].extract_text()
    assert "Tháng cao điểm dân vận năm 2026" in " ".join(text.split())
    assert (tmp_path / "a.docx").read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("args", [("999999", "a.pdf"), ("x", "a.pdf"), ("1", "a.txt"), ("1", "khong/co/a.pdf")])
def test_render_plan_refuses_with_one_line(
    house: House, tmp_path: Path, capfdbinary: Any, args: tuple[str, str]
) -> None:
    plan = make_plan(house)
    pk = str(plan.pk) if args[0] == "1" else args[0]

    code, out, err = run(capfdbinary, "render_plan", pk, "--output", str(tmp_path / args[1]))

    assert (code, out, err.count("\n")) == (2, "", 1)


def test_page_of_states_is_up_to_date(settings: Any) -> None:
    assert (Path(settings.BASE_DIR) / PLACE).read_text("utf-8") == page()
