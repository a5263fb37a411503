"""One file read in a process of its own with little memory and time, so that no file can hurt a worker.

`read_apart` and `draw_apart` are for the worker; `main` is what runs in the other process: it knows no database, and
answers in JSON. A file that makes it crash or run away is refused with a sentence, at once and for good.
"""

import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from campaigns.plan_reader import Unreadable, read
from campaigns.plan_reader.draft import Item, PlanDraft, Section

MEMORY = 1024 * 1024 * 1024
OFFICE_MEMORY = 4 * MEMORY
"""What LibreOffice may take to convert a .doc."""
PROCESSOR_SECONDS = 60
SECONDS = 90
DOTS_PER_INCH = 120
COLOURS = 32
ROOT = Path(__file__).resolve().parents[2]


class Unfit(Exception):
    """The file cannot be read as a plan; the text is what people read."""


# --- the worker's side ------------------------------------------------------------------------------------------------
def read_apart(path: Path, name: str) -> dict[str, Any]:
    """What the reader recognises in a file (`laid_out`). Raises Unfit with one sentence."""
    return _ask("read", str(path), name)


def draw_apart(path: Path, folder: Path) -> list[dict[str, Any]]:
    """Pictures of a PDF's pages, written to `folder` as 1.png, 2.png …; their sizes in points."""
    pages: list[dict[str, Any]] = _ask("draw", str(path), str(folder))["pages"]
    return pages


def _ask(*task: str) -> dict[str, Any]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}
    env = kept | {"DJANGO_SETTINGS_MODULE": "portal.settings_readers", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "campaigns.importing.reading", *task]
    try:
        done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, timeout=SECONDS, check=False)
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise Unfit(_("Tệp quá phức tạp, đọc quá lâu; hãy dùng tệp .docx hoặc dán nội dung.")) from error
    except ValueError as error:  # it ended without an answer: out of memory, out of time, or a crash
        raise Unfit(
            _("Tệp làm bộ đọc dừng giữa chừng (quá lớn hoặc bị hỏng); hãy dán nội dung thay cho tệp.")
        ) from error
    if "refused" in answer:
        raise Unfit(answer["refused"])
    return answer


# --- the other process ------------------------------------------------------------------------------------------------
def main(task: str, path: str, more: str) -> None:
    """Do one task within the limits and print its answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, OFFICE_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import django  # noqa: PLC0415 (only this process sets it up by itself)

    django.setup()
    try:
        answer = laid_out(read(Path(path).read_bytes(), more)) if task == "read" else _draw(Path(path), Path(more))
    except Unreadable as error:
        answer = {"refused": str(error)}
    except (MemoryError, RecursionError):
        answer = {"refused": _("Tệp cần quá nhiều bộ nhớ để đọc; hãy dùng tệp nhỏ hơn hoặc dán nội dung.")}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _draw(path: Path, folder: Path) -> dict[str, Any]:
    import pypdfium2  # noqa: PLC0415 (not needed to read a text)

    pdf = pypdfium2.PdfDocument(path)
    pages = []
    for number, page in enumerate(pdf, start=1):
        out = io.BytesIO()
        page.render(scale=DOTS_PER_INCH / 72).to_pil().quantize(COLOURS).save(out, "PNG")
        (folder / f"{number}.png").write_bytes(out.getvalue())
        width, height = page.get_size()
        pages.append({"width": round(width, 1), "height": round(height, 1)})
    return {"pages": pages}


def laid_out(draft: PlanDraft) -> dict[str, Any]:
    """The draft as plain values, each part with the lines `first` to `last` that it was read from."""
    return {
        "heading": draft.heading.as_dict() | _lines(draft.heading.source),
        "title": _passage(draft.title),
        "bases": [{"text": base.text, **_lines(base.place)} for base in draft.bases],
        "opening": _passage(draft.opening),
        "items": list(_items(draft.sections)),
        "tasks": [
            {
                "text": task.text, "lead_name": task.lead_unit or "", "cooperating_names": list(task.cooperating_units),
                "last_day": (day.isoformat() if (day := task.due.last_day or task.due.date) else ""),
                "due_wording": task.due.wording or "", "product": task.product or "", "recurring": task.recurring,
                **_lines(task.place),
            }
            for task in draft.tasks
        ],
        "closing": _passage(draft.closing),
        "recipients": [{"text": line.text, **_lines(line.place)} for line in draft.recipients],
        "signer": draft.signer.as_dict() | _lines(draft.signer.place),
        "problems": [{"code": row.code, "message": row.message, **_lines(row.place)} for row in draft.problems],
        "source_text": draft.source_text,
        "boxes": [
            [line, box.page, *(round(value, 1) for value in (box.x0, box.top, box.x1, box.bottom))]
            for line, boxes in draft.boxes
            for box in boxes
        ],
    }  # fmt: skip


def _lines(place: Any) -> dict[str, int]:
    return {"first": place.first, "last": place.last}


def _passage(passage: Any) -> dict[str, Any]:
    return {"text": passage.text, **_lines(passage.place)} if passage else {"text": "", "first": -1, "last": -1}


def _items(sections: Iterable[Section]) -> Iterator[dict[str, Any]]:
    for section in sections:
        depth = 0
        if section.heading:
            yield {"marker": section.marker, "heading": True, "depth": 0, "text": section.heading,
                   **_lines(section.place)}  # fmt: skip
            depth = 1
        for item in section.items:
            yield from _below(item, depth)


def _below(item: Item, depth: int) -> Iterator[dict[str, Any]]:
    yield {"marker": item.marker, "heading": False, "depth": depth, "text": item.text, **_lines(item.place)}
    for child in item.items:
        yield from _below(child, depth + 1)


if __name__ == "__main__":
    main(*sys.argv[1:])
