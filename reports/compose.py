"""A frozen report as official text to be printed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.formats import number_format

from documents.heading import head_of, lookup_of, profile_of, signer_of
from documents.layout import (
    Align,
    Appendix,
    Block,
    Column,
    Figure,
    Heading,
    Kind,
    OfficialText,
    Paragraph,
    Table,
)
from documents.models import Document
from reports import charts, outline
from reports.drafting import totals
from reports.figures import percent
from reports.models import Report
from reports.periods import MONTHS

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
        lookup=lookup_of(document),
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
    what = f"{period.words} " if period.kind in MONTHS else ""
    basis = f"{period.profile.legal_basis.rstrip(' .;,')}, " if period.profile.legal_basis else ""
    return f"{basis}{body} báo cáo kết quả {what}(số liệu {span}) như sau:"


def marked(sections: list[dict[str, Any]]) -> list[tuple[str, dict[str, Any]]]:
    """Each section with its marker: I., II. on top, 1., 2. below (NĐ 30/2020, Phụ lục I, II.6); level 0 has none."""
    found, top, below = [], 0, 0
    for section in sections:
        if section["level"] == "0":
            found.append(("", section))
        elif section["level"] == "1":
            top, below = top + 1, 0
            found.append((f"{ROMAN[top - 1]}.", section))
        else:
            below += 1
            found.append((f"{below}.", section))
    return found


def _blocks(report: Report) -> list[Block]:
    blocks: list[Block] = []
    for marker, section in marked(report.sections):
        if marker:
            blocks.append(Heading(int(section["level"]), marker, section["heading"]))
        if section["source"] != outline.GROUP:
            blocks += _words(section["text"])
        if shown := figures_of(section, report.figures):
            blocks.append(_section_table(shown))
        if section["source"] == outline.TASKS and report.figures["units"]:
            blocks += _tasks(report.figures)
    return blocks


def figures_of(section: dict[str, Any], figures: dict[str, Any]) -> list[dict[str, Any]]:
    """The frozen figures shown under a section, in the order of its outline."""
    by_code = {figure.get("code"): figure for figure in figures["figures"]}
    return [by_code[code] for code in section.get("indicators", []) if code in by_code]


def _section_table(shown: list[dict[str, Any]]) -> Table:
    """A section's figures against the period before and the same period of the year before."""
    columns = (Column(46), *(Column(18, Align.CENTRE) for _ in range(4)))
    names = ("measure", "value", "previous", "last_year")
    rows = tuple(
        (each["name"], *(each[name] if name == "measure" else number(each[name]) for name in names)) for each in shown
    )
    return Table(
        columns=columns, header=("Chỉ tiêu", "Đơn vị tính", "Trong kỳ", "Kỳ trước", "Cùng kỳ năm trước"), rows=rows
    )


def _tasks(figures: dict[str, Any]) -> list[Block]:
    """The table of tasks by unit and its chart."""
    chart = charts.tasks(figures)
    return [tasks_table(figures), *([Figure(chart, charts.alt(figures))] if chart else [])]


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
    if report.figures.get("models"):
        appendices.append(
            Appendix("Danh sách mô hình “Dân vận khéo”", (models_table(report.figures),), is_landscape=True)
        )
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
            str(_source_count(each)),
        )
        for index, each in enumerate(figures["figures"], start=1)
    )
    return Table(columns=columns, header=header, rows=rows)


def _source_count(figure: dict[str, Any]) -> int:
    """How many progress entries stand behind a figure; of a roll-up, how many reports."""
    return len(figure["sources"]) or sum(share.get("report_id") is not None for share in figure["by_unit"])


def models_table(figures: dict[str, Any]) -> Table:
    """The models kept up in the period, with the columns of their register (DOMAIN 3.5)."""
    columns = (
        Column(6, Align.CENTRE), Column(34), Column(18), Column(14), Column(24), Column(18), Column(16, Align.CENTRE),
        Column(30), Column(14), Column(16),
    )  # fmt: skip
    header = (
        "TT", "Tên mô hình, điển hình", "Lĩnh vực", "Tập thể, cá nhân", "Đơn vị", "Địa bàn", "Từ ngày", "Kết quả",
        "Đăng ký", "Mức công nhận",
    )  # fmt: skip
    names = ("name", "area", "bearer", "unit", "place", "starts_on", "results", "registration", "recognition")
    rows = tuple(
        (str(place), *(_cell(note, name) for name in names)) for place, note in enumerate(figures["models"], start=1)
    )
    return Table(columns=columns, header=header, rows=rows)


def _cell(note: dict[str, Any], name: str) -> str:
    return f"{date.fromisoformat(note[name]):%d/%m/%Y}" if name.endswith("_on") else " ".join(note[name].split())


def _overdue_table(figures: dict[str, Any]) -> Table:
    columns = (Column(6, Align.CENTRE), Column(60), Column(30), Column(16, Align.CENTRE), Column(30))
    rows = tuple(
        (str(place), each["text"], each["unit"], _cell(each, "due_on"), each["reason"] or "Chưa nêu")
        for place, each in enumerate(figures["overdue"], start=1)
    )
    return Table(columns=columns, header=("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Hạn", "Lý do"), rows=rows)
