"""The outgoing register as people read it: its fields, its lines, its workbook (NĐ 30/2020 Điều 16, Phụ lục IV)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

import xlsxwriter
from django.db.models import F, Func, Prefetch, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from documents import layout
from documents.models import Correction, Document, NumberEntry, NumberUse
from documents.models.numbers import NumberEntryQuerySet
from documents.typography import archive_line
from units.folding import folded
from units.models import Unit

KIND_WORDS = {
    "BC": "Báo cáo", "CT": "Chỉ thị", "CTr": "Chương trình", "CV": "", "HD": "Hướng dẫn", "KH": "Kế hoạch",
    "QĐ": "Quyết định", "TB": "Thông báo", "TTr": "Tờ trình",
}  # fmt: skip
HEADS = (
    lazy("Số, ký hiệu văn bản"),
    lazy("Ngày, tháng văn bản"),
    lazy("Tên loại và trích yếu nội dung văn bản"),
    lazy("Người ký"),
    lazy("Nơi nhận văn bản"),
    lazy("Đơn vị, người nhận bản lưu"),
    lazy("Số lượng bản"),
    lazy("Ghi chú"),
)
WIDTHS = (18, 12, 60, 22, 45, 24, 10, 36)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the register. `document` is the key of a file of the portal, whose `state` it shows."""

    entry: NumberEntry
    code: str
    on: date
    title: str
    signer_name: str
    sent_to: str
    kept_by: str
    copies: int | None
    note: str
    state: str = ""
    document: int | None = None
    corrected_by: tuple[Document, ...] = ()

    @property
    def is_paper(self) -> bool:
        return self.entry.use == NumberUse.PAPER

    @property
    def is_unused(self) -> bool:
        return self.entry.use == NumberUse.UNUSED


def entries(organisation: Unit, year: int) -> NumberEntryQuerySet:
    """The lines of a year with what they show."""
    rows = NumberEntry.objects.register(organisation, year)
    letters = Prefetch("document__corrections", Correction.objects.in_force())
    return rows.select_related("document__drafting_unit").prefetch_related("document__recipients", letters)


def matching(
    rows: NumberEntryQuerySet, *, kind: str = "", use: str = "", unit: int | None = None, council: int | None = None,
    words: str = "",
) -> NumberEntryQuerySet:
    """The lines of one kind, use or drafting unit, or that hold the words (without regard to marks)."""
    if kind:
        rows = rows.filter(kind=kind)
    if use:
        rows = rows.filter(use=use)
    if unit is not None:
        rows = rows.filter(document__drafting_unit_id=unit)
    if council is not None:
        rows = rows.filter(series__council_id=council)
    if len(words) >= 2:
        known = rows.alias(paper=Func(F("title"), function="f_norm"))
        found = folded(words)
        rows = known.filter(Q(document__search__contains=found) | Q(paper__contains=found) | Q(code__icontains=words))
    return rows


def lines(rows: Iterable[NumberEntry]) -> list[Line]:
    return [_line(row) for row in rows]


def _named(kind: str, title: str) -> str:
    """Name of the kind and trích yếu, as the register has them in one field; a letter has no name."""
    return " ".join(part for part in (KIND_WORDS.get(kind, kind), title) if part)


def _line(entry: NumberEntry) -> Line:
    document = entry.document
    if document is None or entry.use == NumberUse.UNUSED:
        note = entry.reason
        if entry.use != NumberUse.BEFORE:
            note = f"{NumberUse(entry.use).label}: {entry.reason}"
        return Line(
            entry, entry.code, entry.on, _named(entry.kind, entry.title), entry.signer_name, entry.sent_to,
            entry.kept_by, entry.copies, note,
        )  # fmt: skip
    sent = [each.text for each in document.recipients.all()]
    kept = [each for each in sent if each.casefold().startswith("lưu")]
    return Line(
        entry, entry.code, entry.on, _named(entry.kind, document.title), document.signer_name,
        "; ".join(each for each in sent if each not in kept), _kept_by(document, kept),
        None, _note(entry), document.state, document.pk, _letters(document),
    )  # fmt: skip


def _kept_by(document: Document, kept: list[str]) -> str:
    """The last line of Nơi nhận as it is printed: with the drafting unit, unless the Party's rules hold."""
    unit = document.drafting_unit
    if layout.profile(document.profile).is_party:
        return "; ".join(kept) or unit.label
    return archive_line(kept[-1] if kept else "", unit.symbol or unit.label)


def _letters(document: Document) -> tuple[Document, ...]:
    """The letters of correction in force; loaded by `entries`."""
    return tuple(each.document for each in document.corrections.all())


def _note(entry: NumberEntry) -> str:
    document = entry.document
    assert document is not None
    words = [str(document.get_state_display())]
    if document.recall_reason:
        words.append(document.recall_reason)
    words += [_("đính chính bằng %(code)s") % {"code": letter.code} for letter in _letters(document)]
    return _("bản điện tử; %(state)s") % {"state": ": ".join(words)}


def workbook(rows: Iterable[NumberEntry], *, organisation: Unit, year: int) -> bytes:
    """The register of a year as XLSX: dates are dates, and no text is ever taken for a formula."""
    target = BytesIO()
    book = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    sheet = book.add_worksheet(_("Sổ văn bản đi"))
    bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter", "align": "center"})
    text = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy", "border": 1, "valign": "top", "align": "center"})
    title = book.add_format({"bold": True, "font_size": 14})
    head = _("SỔ ĐĂNG KÝ VĂN BẢN ĐI NĂM %(year)s") % {"year": year}
    sheet.write_string(0, 0, f"{organisation.name} — {head}", title)
    for column, (words, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, str(words), bold)
    for index, row in enumerate(lines(rows), start=3):
        cells = (row.code, None, row.title, row.signer_name, row.sent_to, row.kept_by, None, row.note)
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write_string(index, column, cell, text)
        sheet.write_datetime(index, 1, datetime.combine(row.on, time()), day)
        if row.copies is None:
            sheet.write_blank(index, 6, None, text)
        else:
            sheet.write_number(index, 6, row.copies, text)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.freeze_panes(3, 1)
    book.close()
    return target.getvalue()
