"""Tables of tasks: "TT | Nội dung | Chủ trì | Phối hợp | Thời gian | Sản phẩm", columns in any order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from campaigns.due_wording import read_due
from campaigns.plan_reader.blocks import Cell, Row, Table
from campaigns.plan_reader.draft import Task
from campaigns.plan_reader.stages.assignments import read_assignment
from campaigns.plan_reader.unit_names import split_units, starts_with_unit, strip_label
from campaigns.plan_reader.wording import fold, one_line, roman_value

# Columns that are kept with their heads; what begins like work or time is none of these.
NOTE = re.compile(
    r"(?!(?:nội dung|nhiệm vụ|công việc|tên|thời gian|thời hạn|tiến độ|ngày)\b)"
    r".*(?:ghi chú|kinh phí|sản phẩm|kết quả|địa điểm|thành phần|đối tượng|số lượng|chỉ tiêu|căn cứ|hình thức|chỉ đạo|"
    r"đơn vị tính|đvt|lãnh đạo)"
)
PRODUCT = re.compile(r".*(?:sản phẩm|kết quả)")
# Each kind of column with the words of its head, the surest first; the heads are text folded by `fold`.
HEADS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?:tt|stt|số tt|số thứ tự|số)\Z")),
    ("both", re.compile(r".*(?:chủ trì|thực hiện|phụ trách).*phối hợp")),
    ("help", re.compile(r".*(?:phối hợp|phối, kết hợp|tham gia)")),
    ("due", re.compile(r".*(?:thời gian|thời hạn|ngày|hạn|thời điểm).*(?:hoàn thành|kết thúc|xong)")),
    ("due", re.compile(r".*(?:thời gian|thời hạn|tiến độ|\bhạn\b|ngày|thời điểm|lộ trình|hoàn thành)")),
    ("due", re.compile(r"(?:kết thúc|đến)\Z")),  # below "Thời gian", beside "Bắt đầu"
    (
        "content",
        re.compile(
            r"(?!.*(?:đơn vị|người|bộ phận|cơ quan)).*(?:nội dung|nhiệm vụ|công việc|hoạt động|tên việc|việc|"
            r"mục tiêu|giải pháp)"
        ),
    ),
    ("lead", re.compile(r".*(?:chủ trì|đầu mối)")),
    ("lead", re.compile(r".*(?:đơn vị|cơ quan|bộ phận|người|tổ chức|cá nhân).*(?:thực hiện|chịu trách nhiệm|làm)")),
    ("lead", re.compile(r".*(?:thực hiện|phụ trách|phân công|đơn vị|cơ quan|bộ phận|trách nhiệm)")),
    ("content", re.compile(r".*(?:nội dung|nhiệm vụ)")),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column holds what, the first row of the head and the first below it, and the heads as typed."""

    at: dict[str, int] = field(default_factory=dict)
    first: int = 0
    rows: int = 0
    heads: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return "content" in self.at and bool({"lead", "both", "due"} & self.at.keys())


def find_columns(table: Table) -> Columns:
    """The columns of a task table; empty (false) for a table of another kind. The head may take two rows."""
    for start in range(min(3, len(table.rows))):
        grids = [_grid(row) for row in table.rows[start : start + 2]]
        joined = (
            [_heads(grids[:1]), _heads(grids)] if len(grids) > 1 and _is_second_head(*grids) else [_heads(grids[:1])]
        )
        for rows, heads in reversed(list(enumerate(joined, 1))):
            columns = Columns(_name_columns([fold(head) for head in heads]), start, start + rows, tuple(heads))
            if columns:
                return columns
    return Columns()


def _grid(row: Row) -> list[Cell]:
    """One cell for every column of the grid: a cell that spans several is repeated."""
    return [cell for cell in row.cells for _ in range(cell.span)]


def _is_second_head(first: list[Cell], second: list[Cell]) -> bool:
    """The lower half of a head divides a spanning cell ("Phân công" → "Chủ trì | Phối hợp") or continues cells."""
    if len(first) != len(second):
        return False
    spanned = [b for a, b in zip(first, second, strict=True) if a.span > 1]
    return bool(spanned) and all(b.span == 1 for b in spanned) and any(b.continued or not b.text for b in second)


def _heads(grids: list[list[Cell]]) -> list[str]:
    width = max(len(grid) for grid in grids)
    heads = []
    for column in range(width):
        cells = [grid[column] for grid in grids if column < len(grid)]
        texts = [cell.text for cell in cells if not cell.continued]
        heads.append(one_line(texts[-1] or texts[0]) if texts else "")
    return heads


def _name_columns(heads: list[str]) -> dict[str, int]:
    at: dict[str, int] = {}
    notes = {column for column, head in enumerate(heads) if NOTE.match(head)}
    for kind, pattern in HEADS:
        for column, head in enumerate(heads):
            taken = column in at.values() or column in notes or kind in at
            if not taken and len(head) < 80 and pattern.match(head):
                at[kind] = column
    return at


def read_table(table: Table, year: int | None) -> tuple[list[Task], list[Row]]:
    """Reads: a task table. Writes: a task for each row that is no group row, and the rows that no task holds.

    Merged cells hold for all their rows; group rows one after the other are one group.
    """
    columns = find_columns(table)
    tasks: list[Task] = []
    unused: list[Row] = list(table.rows[: columns.first])
    groups: list[Row] = []
    unit: str | None = None
    above: list[Cell] = []
    is_open = False  # whether the group rows so far have no task yet
    for row in table.rows[columns.rows :]:
        cells = above = _filled(_grid(row), above)
        if _is_repeated_head(cells, columns) or not any(cell.text for cell in row.cells):
            continue
        if _is_group(row, cells, columns):
            groups = [*groups, row] if is_open else [row]
            unit = _group_unit(cells, columns)
            is_open = True
        elif not _text(cells, columns, "content").strip():
            unused.append(row)
        else:
            group = " – ".join(map(row_text, groups)) or None
            tasks.append(replace(_task(row, cells, columns, year, unit), group=group))
            is_open = False
    return tasks, [*unused, *(groups if is_open else ())]


def row_text(row: Row) -> str:
    """The words of a row, each cell once."""
    return " | ".join(one_line(cell.text) for cell in row.cells if cell.text.strip() and not cell.continued)


def _filled(cells: list[Cell], above: list[Cell]) -> list[Cell]:
    return [above[i] if cell.continued and i < len(above) else cell for i, cell in enumerate(cells)]


def _text(cells: list[Cell], columns: Columns, kind: str) -> str:
    column = columns.at.get(kind)
    return cells[column].text if column is not None and column < len(cells) else ""


def _is_repeated_head(cells: list[Cell], columns: Columns) -> bool:
    """The head repeated on another page, or the row of column numbers "(1) (2) (3)"."""
    texts = [cell.text.strip() for cell in cells]
    if all(re.fullmatch(r"\(?[\dA-E]\)?", text) for text in texts if text):
        return True
    return all(_name_columns([fold(t) for t in texts]).get(kind) == at for kind, at in columns.at.items())


def _is_group(row: Row, cells: list[Cell], columns: Columns) -> bool:
    """A row that names a group: merged across, or nobody and no time in it and numbered I, A or set in bold."""
    texts = {one_line(cell.text) for cell in row.cells if cell.text.strip()}
    if any(cell.span > 1 and cell.text.strip() for cell in row.cells) and len(texts) <= 2:
        return True
    others = ("lead", "both", "help", "due")
    if any(_text(cells, columns, kind).strip() for kind in others):
        return False
    number = _text(cells, columns, "number").strip(" .)")
    content = columns.at["content"]
    if roman_value(number) or re.fullmatch(r"[A-HĐ]", number) or cells[min(content, len(cells) - 1)].bold:
        return True
    return not number or len(texts) <= 2


def _group_unit(cells: list[Cell], columns: Columns) -> str | None:
    """The unit a group row names, for tables without a column for it."""
    if {"lead", "both"} & columns.at.keys():
        return None
    text = re.sub(r"\A\s*(?:[IVX]+|[A-H]|\d+)[.)\s]+", "", one_line(_text(cells, columns, "content") or cells[0].text))
    return text if starts_with_unit(text) else None


def _task(row: Row, cells: list[Cell], columns: Columns, year: int | None, group_unit: str | None) -> Task:
    number = one_line(_text(cells, columns, "number")).strip(" .")
    lead, cooperating = _units(cells, columns)
    notes = list(_notes(cells, columns))
    return Task(
        marker=number or None,
        text=one_line(_text(cells, columns, "content")),
        lead_unit=lead or group_unit,
        cooperating_units=cooperating,
        due=read_due(_text(cells, columns, "due"), year),
        place=row.place,
        product=next((text for head, text in notes if PRODUCT.match(fold(head))), None),
        notes=tuple((head, text) for head, text in notes if not PRODUCT.match(fold(head))),
    )


def _notes(cells: list[Cell], columns: Columns) -> Iterator[tuple[str, str]]:
    """The cells of columns that are none of a task's own, with their heads."""
    for column, cell in enumerate(cells):
        if column not in columns.at.values() and cell.text.strip(" -–"):
            yield columns.heads[column] if column < len(columns.heads) else "", one_line(cell.text)


def _units(cells: list[Cell], columns: Columns) -> tuple[str | None, tuple[str, ...]]:
    lead_cell = _text(cells, columns, "both") or _text(cells, columns, "lead")
    helping = split_units(strip_label(_text(cells, columns, "help")))
    assignment = read_assignment(lead_cell.replace("\n", "; "))
    if re.search(r"phối\s+hợp|chủ\s+trì\s*:", lead_cell, re.I) and assignment:
        return assignment.lead, assignment.cooperating or helping
    if columns.at.get("both") is not None:
        first, *others = split_units(lead_cell) or ("",)
        return first or None, helping or tuple(others)
    lead = one_line(strip_label(re.sub(r"\A\s*[-–+]\s*", "", lead_cell))).strip(" ;.,")
    return (lead if lead.strip("-–—. ") else None), helping
