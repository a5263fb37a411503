"""A frozen report as official text to be printed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.formats import number_format

from documents.heading import head_of, profile_of, signer_of
from documents.layout import (
    Align,
    Appendix,
    Block,
    Column,
    Heading,
    Kind,
    OfficialText,
    Paragraph,
    Table,
)
from documents.models import Document
from reports import outline
from reports.drafting import totals
from reports.figures import percent
from reports.models import Report

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def number(value: str | Decimal | int | None) -> str:
    """A figure as Vietnamese offices write it, whoever reads the page: 1.234,5; a dash where there is none."""
    if value is None:
        return "-"
    plain = Decimal(value).normalize()
    places = max(0, -int(plain.as_tuple().exponent))
    with translation.override("vi"):
        return str(number_format(plain, decimal_pos=places, use_l10n=True, force_grouping=True))


def compose(document: Document) -> OfficialText:
    """The report of `document` as it is to be printed. Three queries beside the document's own."""
    report = Report.objects.select_related("period__profile").get(document=document)
    settings = report.period.profile
    return OfficialText(
        kind=Kind.REPORT,
        profile=profile_of(document),
        head=head_of(document),
        title=document.title,
        addressees=(settings.addressee,) if settings.addressee else (),
        opening=opening(report),
        blocks=tuple(_blocks(report)),
        closing="",
        recipients=tuple(document.recipients.values_list("text", flat=True)),
        signer=signer_of(document),
        appendices=tuple(_appendices(report)),
    )


def opening(report: Report) -> str:
    """ "Thực hiện …, … báo cáo kết quả … như sau:" """
    period, body = report.period, report.document.organisation.name
    span = f"từ ngày {period.starts_on:%d/%m/%Y} đến ngày {period.ends_on:%d/%m/%Y}"
    basis = f"{period.profile.legal_basis.rstrip(' .;,')}, " if period.profile.legal_basis else ""
    return f"{basis}{body} báo cáo kết quả tháng {period.month} năm {period.year} (số liệu {span}) như sau:"


def marked(sections: list[dict[str, str]]) -> list[tuple[str, dict[str, str]]]:
    """Each section with its marker: I., II. on top, 1., 2. below (NĐ 30/2020, Phụ lục I, II.6)."""
    found, top, below = [], 0, 0
    for section in sections:
        if section["level"] == "1":
            top, below = top + 1, 0
            found.append((f"{ROMAN[top - 1]}.", section))
        else:
            below += 1
            found.append((f"{below}.", section))
    return found


def _blocks(report: Report) -> list[Block]:
    blocks: list[Block] = []
    for marker, section in marked(report.sections):
        blocks.append(Heading(int(section["level"]), marker, section["heading"]))
        if section["source"] != outline.GROUP:
            blocks += _words(section["text"])
        if section["source"] == outline.TASKS and report.figures["units"]:
            blocks.append(tasks_table(report.figures))
    return blocks


def _words(text: str) -> list[Block]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return [Paragraph("Không phát sinh.")]
    return [Paragraph(line[1:].strip(), marker="-") if line.startswith("-") else Paragraph(line) for line in lines]


def tasks_table(figures: dict[str, Any]) -> Table:
    """Tasks by unit: given, done in time, after an extension, late, running, overdue, rate (DOMAIN 4.1)."""
    columns = (
        Column(6, Align.CENTRE),
        Column(34),
        *(Column(10, Align.CENTRE) for _ in range(6)),
        Column(12, Align.CENTRE),
    )
    header = (
        "TT",
        "Đơn vị",
        "Được giao",
        "Đúng hạn",
        "Đúng hạn sau gia hạn",
        "Hoàn thành quá hạn",
        "Đang thực hiện",
        "Quá hạn",
        "Tỷ lệ (%)",
    )
    rows = [_task_row(str(index), row["unit"], row) for index, row in enumerate(figures["units"], start=1)]
    total = {name: [None] * count for name, count in totals(figures).items()}
    rows.append(_task_row("", "Tổng số", total))
    return Table(columns=columns, header=header, rows=tuple(rows), bold_rows=frozenset({len(rows) - 1}))


def _task_row(place: str, name: str, row: dict[str, Any]) -> tuple[str, ...]:
    classes = ("given", "done_in_time", "done_extended", "done_late", "running", "overdue")
    counts = [len(row[each]) for each in classes]
    done = sum(counts[1:4])
    return (place, name, *(str(count) for count in counts), number(percent(done, done + counts[5])))


def _appendices(report: Report) -> list[Appendix]:
    appendices = []
    if report.figures["figures"]:
        appendices.append(Appendix("Số liệu thực hiện trong kỳ", (_figures_table(report.figures),), is_landscape=True))
    if report.figures["overdue"]:
        appendices.append(
            Appendix("Nhiệm vụ quá hạn chưa hoàn thành", (_overdue_table(report.figures),), is_landscape=True)
        )
    return appendices


def _figures_table(figures: dict[str, Any]) -> Table:
    columns = (
        Column(6, Align.CENTRE),
        Column(22),
        Column(40),
        Column(14, Align.CENTRE),
        Column(14, Align.RIGHT),
        Column(14, Align.RIGHT),
        Column(14, Align.RIGHT),
        Column(14, Align.CENTRE),
    )
    header = ("TT", "Nhóm", "Chỉ tiêu", "Đơn vị tính", "Trong kỳ", "Kỳ trước", "Cùng kỳ năm trước", "Số mục nguồn")
    rows = tuple(
        (
            str(index),
            each["group"],
            each["name"],
            each["measure"],
            number(each["value"]),
            number(each["previous"]),
            number(each["last_year"]),
            str(len(each["sources"])),
        )
        for index, each in enumerate(figures["figures"], start=1)
    )
    return Table(columns=columns, header=header, rows=rows)


def _overdue_table(figures: dict[str, Any]) -> Table:
    columns = (Column(6, Align.CENTRE), Column(60), Column(30), Column(16, Align.CENTRE), Column(30))
    rows = tuple(
        (str(index), each["text"], each["unit"], f"{date.fromisoformat(each['due_on']):%d/%m/%Y}", each["reason"])
        for index, each in enumerate(figures["overdue"], start=1)
    )
    return Table(columns=columns, header=("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Hạn", "Lý do"), rows=rows)
