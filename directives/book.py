"""The register of incoming documents of a year with the rule's fields (NĐ 30/2020, Phụ lục IV): rows and workbook."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import xlsxwriter
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.models import Directive, DirectiveNote, Urgency, Validity
from units.models import Unit

WIDTHS = (11, 7, 30, 18, 11, 60, 30, 11, 26, 24)


@dataclass(frozen=True)
class BookRow:
    """One line of the bound book; `directive` is the entry it comes from."""

    directive: Directive
    received_on: date | None
    number: int | None
    issuer: str
    code: str
    dated_on: date | None
    title: str
    handed_to: str
    handed_on: date | None
    signed_for: str
    remark: str

    @property
    def cells(self) -> tuple[date | int | str | None, ...]:
        """The ten columns in the order of the rule."""
        return (
            self.received_on, self.number, self.issuer, self.code, self.dated_on, self.title, self.handed_to,
            self.handed_on, self.signed_for, self.remark,
        )  # fmt: skip


def heads() -> tuple[str, ...]:
    """The ten columns' names in the order of the rule."""
    return (
        _("Ngày đến"), _("Số đến"), _("Tác giả"), _("Số, ký hiệu"), _("Ngày tháng"),
        _("Tên loại và trích yếu nội dung văn bản"), _("Đơn vị hoặc người nhận"), _("Ngày chuyển"), _("Ký nhận"),
        _("Ghi chú"),
    )  # fmt: skip


def entries(organisation: Unit, year: int) -> QuerySet[Directive]:
    """The entries of a year with all that a line says. Three queries, whatever their number."""
    notes = DirectiveNote.objects.select_related("lead_unit", "accepted_by__user").order_by("id")
    found = Directive.objects.incoming(organisation, year).select_related("kind", "same_as")
    return found.prefetch_related(Prefetch("notes", notes), "notes__cooperating_units")


def line(directive: Directive) -> BookRow:
    notes = [note for note in directive.notes.all() if note.lead_unit_id]
    first = notes[0] if notes else None
    units = dict.fromkeys(
        unit.name for note in notes for unit in (note.lead_unit, *note.cooperating_units.all()) if unit
    )
    return BookRow(
        directive=directive, received_on=directive.received_on, number=directive.received_number,
        issuer=directive.issuer, code=directive.code, dated_on=directive.dated_on,
        title=": ".join(part for part in (directive.kind.name, directive.subject) if part),
        handed_to="; ".join(units), handed_on=timezone.localdate(first.noted_at) if first else None,
        signed_for="; ".join(_signed(note) for note in notes if note.accepted_by), remark=_remark(directive),
    )  # fmt: skip


def _signed(note: DirectiveNote) -> str:
    who = note.accepted_by.user.full_name if note.accepted_by else ""
    return f"{who}, {timezone.localtime(note.accepted_at):%d/%m/%Y}"


def _remark(directive: Directive) -> str:
    parts = []
    if directive.urgency != Urgency.NORMAL:
        parts.append(directive.get_urgency_display())
    if directive.answer_due_on:
        parts.append(_("hạn %(day)s") % {"day": f"{directive.answer_due_on:%d/%m/%Y}"})
    if directive.same_as and directive.same_as.received_number:
        parts.append(_("trùng với số đến %(number)s") % {"number": directive.same_as.received_number})
    elif directive.validity == Validity.WITHDRAWN:
        parts.append(str(Validity.WITHDRAWN.label))
    return "; ".join(parts)


def workbook(rows: Iterable[BookRow], *, organisation: str, year: int) -> bytes:
    """The book as XLSX: real days and numbers, text never a formula, ready to be printed across A4."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(_("Sổ văn bản đến %(year)s") % {"year": year})
        title = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"})
        text = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        day = book.add_format({"border": 1, "num_format": "dd/mm/yyyy", "align": "center", "valign": "top"})
        sheet.write_string(0, 0, organisation)
        sheet.write_string(1, 0, _("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN NĂM %(year)s") % {"year": year}, title)
        for column, (words, width) in enumerate(zip(heads(), WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(3, column, words, head)
        last = 3
        for last, row in enumerate(rows, start=4):
            _write(sheet, last, row, text, day)
        _print_setup(sheet, last)
    return out.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, place: int, row: BookRow, text: object, day: object) -> None:
    for column, value in enumerate(row.cells):
        if isinstance(value, date):
            sheet.write_datetime(place, column, value, day)
        elif isinstance(value, int):
            sheet.write_number(place, column, value, text)
        else:
            sheet.write_string(place, column, value or "", text)


def _print_setup(sheet: xlsxwriter.worksheet.Worksheet, last: int) -> None:
    sheet.freeze_panes(4, 2)
    sheet.autofilter(3, 0, last, len(WIDTHS) - 1)
    sheet.repeat_rows(3)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P/&N")
