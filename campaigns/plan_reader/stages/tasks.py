"""Tasks: rows of task tables, items of "Tổ chức thực hiện", and "Giao …" anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext as _

from campaigns.due_wording import NO_DUE, Due, find_due, read_due
from campaigns.plan_reader.blocks import Row, Table
from campaigns.plan_reader.draft import Item, Problem, Section, Task
from campaigns.plan_reader.stages.assignments import Assignment, heading_unit, read_assignment
from campaigns.plan_reader.stages.task_tables import read_table, row_text
from campaigns.plan_reader.unit_names import split_units

ASSIGNS = re.compile(
    r"tổ chức (?:triển khai )?thực hiện|tổ chức triển khai|phân công|trách nhiệm|giao nhiệm vụ|triển khai thực hiện",
    re.I,
)
GIVEN = re.compile(r"giao(?:\s+cho)?\s+(?!lưu|ban|thông|tiếp|dịch)", re.I)
# "- Đơn vị chủ trì: …" below the work it belongs to.
LABEL = re.compile(
    r"(?P<name>(?:(?:các\s+)?(?:đơn vị|cơ quan|bộ phận|phòng|người)\s+)?(?:(?P<lead>chủ trì|thực hiện|"
    r"phụ trách|tham mưu)|(?P<help>phối hợp))(?:\s+(?:thực hiện|chính))?"
    r"|(?P<due>thời gian|thời hạn|hạn|tiến độ)(?:\s+(?:thực hiện|hoàn thành|tổ chức|dự kiến|xong))*|"
    r"(?P<other>địa điểm|sản phẩm|kết quả|thành phần|kinh phí))\s*:\s*(?P<value>.+)\Z",
    re.I | re.S,
)


# "… được phân công tại bảng dưới đây:" announces tasks and is none.
ANNOUNCES = re.compile(
    r":\Z|\b(?:bảng|phụ lục|biểu)\b[^.;]{0,40}(?:sau|dưới đây|kèm theo|đính kèm|trên)(?: đây)?\s*[.:]?\Z", re.I
)


def read_tasks(
    sections: Sequence[Section], tables: Iterable[Table], year: int | None
) -> tuple[tuple[Task, ...], tuple[Problem, ...]]:
    """Reads: sections, task tables, the plan's year. Writes: tasks in reading order and what is doubtful about them."""
    tasks: list[Task] = []
    for section in sections:
        tasks.extend(_section_tasks(section, year))
    unused: list[Row] = []
    for table in tables:
        found, rest = read_table(table, year)
        tasks.extend(found)
        unused.extend(rest)
    tasks.sort(key=lambda task: task.place.first)
    return tuple(tasks), (*map(_unused_row, unused), *_doubts(tasks))


def _unused_row(row: Row) -> Problem:
    return Problem("row_without_task", _("Hàng của bảng không nêu việc nào: “%s”.") % row_text(row), row.place)


def _section_tasks(section: Section, year: int | None) -> Iterator[Task]:
    assigns = bool(ASSIGNS.search(section.heading))
    for item in section.items:
        yield from _item_tasks(item, year, assigns, heading_unit(section.heading))


def _item_tasks(item: Item, year: int | None, assigns: bool, under: str | None) -> Iterator[Task]:
    """The tasks of one item and of what stands below it. `under` is the unit of the nearest heading."""
    labels = dict(_labels(item.items))
    if "lead" in labels:
        yield _labelled_task(item, labels, year)
        return
    if item.items:
        assigns = assigns or (bool(ASSIGNS.search(item.text)) and len(item.text) < 160)
        unit = _unit_above(item, assigns) or under
        if assigns and unit is None and not item.text.endswith(":") and (assignment := read_assignment(item.text)):
            yield _task(item, assignment, year)
            return
        for child in item.items:
            yield from _item_tasks(child, year, assigns, unit)
        return
    if not (assigns or GIVEN.match(item.text)) or ANNOUNCES.search(item.text):
        return
    assignment = read_assignment(item.text, under)
    if assignment and not _is_bare_heading(item):
        yield _task(item, assignment, year)


def _unit_above(item: Item, assigns: bool) -> str | None:
    """The unit an item with children names, as heading or as lead-in ("Văn phòng Sở có trách nhiệm:")."""
    if not assigns and not GIVEN.match(item.text):
        return None
    unit = heading_unit(item.text)
    if unit is None and item.text.endswith(":"):
        unit = read_assignment(item.text).lead
    return unit


def _is_bare_heading(item: Item) -> bool:
    """Only a unit's name and nothing to do: a heading whose list was lost, or a table below it."""
    return heading_unit(item.text) is not None and not item.text.rstrip().endswith((".", ";"))


def _labels(items: Sequence[Item]) -> Iterator[tuple[str, str]]:
    for item in items:
        match = LABEL.match(item.text)
        if match and not match["other"]:
            yield next(kind for kind in ("lead", "help", "due") if match[kind]), match["value"].strip()


def _labelled_task(item: Item, labels: dict[str, str], year: int | None) -> Task:
    due = read_due(labels["due"].rstrip(" .;"), year) if "due" in labels else find_due(item.text, year)
    lead = labels["lead"].strip(" .;")
    return Task(item.marker, item.text, lead, split_units(labels.get("help", "").strip(" .;")), due, item.place)


def _task(item: Item, assignment: Assignment, year: int | None) -> Task:
    text = " ".join(part.text for part in item.walk())
    place = item.place.through(list(item.walk())[-1].place)
    return Task(item.marker, text, assignment.lead, assignment.cooperating, _due(text, year), place)


def _due(text: str, year: int | None) -> Due:
    return find_due(text[-4000:], year) if len(text) > 4000 else find_due(text, year)


def _doubts(tasks: Sequence[Task]) -> Iterator[Problem]:
    for task in tasks:
        if task.lead_unit is None:
            yield Problem(
                "task_without_unit", _("Nhiệm vụ chưa rõ đơn vị chủ trì: “%s”.") % _short(task.text), task.place
            )
        if task.due.date is None and task.due.wording and not task.recurring:
            message = _("Thời hạn không tính được ngày: “%s”.") % task.due.wording
            yield Problem("due_without_date", message, task.place)
        elif task.due == NO_DUE:
            yield Problem("task_without_due", _("Nhiệm vụ chưa có thời hạn: “%s”.") % _short(task.text), task.place)


def _short(text: str) -> str:
    return text if len(text) < 80 else f"{text[:77]}…"
