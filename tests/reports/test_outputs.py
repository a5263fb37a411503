"""A report as workbook, JSON and header data: real values, nothing that a spreadsheet would run."""

import json
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation
from lxml import etree

from documents.layout import Align, Column, Table
from reports import outline, workflow
from reports.compose import compose
from reports.models import Report, ReportProfile
from reports.outputs import files, workbook
from reports.outputs.tables import tables
from reports.periods import Kind, Span
from tests.documents import compositions
from tests.factories.reports import indicator, moment

SCHEMA = Path(__file__).parents[2] / "docs/report.schema.json"
AT = moment(date(2024, 3, 18))


@pytest.fixture
def report(reporting) -> Report:
    house, meetings = reporting.house, indicator("Hội nghị quán triệt")
    task = reporting.task(house.department, given=date(2024, 1, 10), due=date(2024, 3, 1), text="Tổ chức hội nghị")
    reporting.entry(task, date(2024, 3, 1), {meetings: 1234}, text="=1+1")
    period = reporting.open(2024, 3, at=AT)
    reporting.send(period, at=AT)
    return reporting.compile(period, at=AT)


def table_of(*rows: tuple[str, ...], header=("TT", "Việc", "Hạn", "Số", "Mã")) -> Table:
    return Table(tuple(Column(10, Align.LEFT) for _ in header), header, rows)


def sheets(text) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook.workbook(text)))


def text_with(*blocks):
    from dataclasses import replace

    return replace(compositions.plan(), blocks=blocks)


def test_numbers_and_days_are_real_codes_stay_words():
    rows = (("1", "A", "29/02/2024", "1.234,5", "05"), ("2", "B", "", "-", "5"))
    sheet = sheets(text_with(table_of(*rows))).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        [1, "A", datetime(2024, 2, 29), 1234.5, "05"],  # noqa: DTZ001
        [2, "B", None, None, "5"],
    ]
    assert (sheet["C2"].number_format, sheet.freeze_panes) == ("dd/mm/yyyy", "A2")


@pytest.mark.parametrize("words", ["=1+1", "+1+1", "@SUM(A1)", "-2+3", '=HYPERLINK("http://x")', "http://x", "a\x0bb"])
def test_nothing_typed_is_a_formula_or_a_link(words):
    cell = sheets(text_with(table_of(("1", words, "", "", "")))).worksheets[0]["B2"]
    assert (cell.data_type, cell.hyperlink) == ("s", None)


def test_day_that_does_not_exist_stays_as_it_was_printed():
    assert tables(text_with(table_of(("1", "A", "31/02/2024", "", ""))))[0].rows[0][2] == "31/02/2024"


def test_sheets_have_names_that_spreadsheets_take():
    long = table_of(("1", "A", "", "", ""))
    from dataclasses import replace

    captioned = replace(long, caption="Bảng [1]: nhiệm vụ/kết quả của các phòng, đơn vị trực thuộc Sở")
    assert sheets(text_with(captioned, captioned)).sheetnames == [
        "1. Bảng 1 nhiệm vụ kết quả của", "2. Bảng 1 nhiệm vụ kết quả của",
    ]  # fmt: skip
    assert sheets(text_with()).worksheets[0]["A1"].value == "Báo cáo không có bảng số liệu."


def test_a_sheet_prints_on_a4_with_its_name_and_page_numbers_and_sorts_without_its_sum():
    from dataclasses import replace

    summed = replace(table_of(("1", "A", "", "2", ""), ("", "Tổng số", "", "2", "")), bold_rows=frozenset({1}))
    sheet = sheets(text_with(replace(summed, caption="Nhiệm vụ & kết quả"))).worksheets[0]
    setup = sheet.page_setup
    assert (setup.orientation, str(setup.paperSize), str(setup.fitToHeight)) == ("landscape", "9", "0")
    assert (sheet.print_title_rows, sheet.auto_filter.ref) == ("$1:$1", "A1:E2")
    assert (sheet.oddHeader.center.text, sheet.oddFooter.right.text) == ("Nhiệm vụ && kết quả", "&P/&N")


def test_a_group_spans_its_row():
    sheet = sheets(compositions.report(rows=3, appendix_rows=3)).worksheets[0]
    assert (str(sheet.merged_cells), sheet["A2"].value) == ("A2:F2", "A. Nhiệm vụ theo kế hoạch")


@pytest.mark.django_db
def test_the_workbook_says_what_the_print_says(report):
    book = openpyxl.load_workbook(BytesIO(files.make(report, "xlsx")))
    assert len(book.worksheets) == len(tables(compose(report.document))) == 3
    values = [cell.value for row in book.worksheets[1].iter_rows(min_row=2) for cell in row]
    assert 1234 in values


@pytest.mark.django_db
def test_json_keeps_to_the_published_schema(report):
    found = json.loads(files.make(report, "json"))
    jsonschema.validate(found, json.loads(SCHEMA.read_text()))
    assert [(each["name"], float(each["value"])) for each in found["figures"]] == [("Hội nghị quán triệt", 1234)]


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["vi", "en"])
def test_json_of_a_quick_report_keeps_to_the_schema_whoever_asks(reporting, language):
    profile = ReportProfile.objects.create(
        organisation=reporting.house.organisation, name="Báo cáo nhanh", kind=Kind.QUICK, subject="Việc {period}",
        outline=outline.default(Kind.QUICK),
    )  # fmt: skip
    days, by = Span(date(2024, 3, 1), date(2024, 3, 5)), reporting.house.office
    report = workflow.compile(
        period=workflow.open_once(profile=profile, days=days, by=by, at=AT), by=by, at=AT
    )  # fmt: skip
    with translation.override(language):
        found = json.loads(files.make(Report.objects.with_document().get(pk=report.pk), "json"))
    jsonschema.validate(found, json.loads(SCHEMA.read_text()))
    assert found["period"]["name"] == "Báo cáo nhanh đến ngày 05/03/2024"
    assert [section["level"] for section in found["sections"]] == [0, 0, 0]


@pytest.mark.django_db
def test_header_data_stand_in_the_order_of_the_rule(report):
    root = etree.fromstring(files.make(report, "xml"))
    names = [etree.QName(each).localname for each in root]
    assert [name for name in names if name != "To"] == [
        "From", "DocumentId", "Code", "PromulgationInfo", "DocumentType", "Subject", "Content", "SignerInfo",
        "DueDate", "ToPlaces", "OtherInfo", "SteeringType",
    ]  # fmt: skip
    assert root.findtext(".//{*}Subject") == report.document.title
    assert root.findtext(".//{*}TypeName") == "Báo cáo"


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["xlsx", "json", "xml"])
def test_command_writes_what_the_page_gives(report, tmp_path, ending):
    target = tmp_path / f"bao-cao.{ending}"
    call_command("render_report", str(report.pk), output=str(target))
    if ending == "xlsx":
        assert target.read_bytes()[:2] == b"PK"
    else:
        assert target.read_bytes() == files.make(report, ending)


@pytest.mark.django_db
def test_page_gives_files_to_the_house_and_404_to_others(client, reporting, report):
    address = reverse("reports:file", args=[report.pk, "xlsx"])
    client.force_login(reporting.house.office.user)
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, files.KINDS["xlsx"][0])
    assert client.get(reverse("reports:file", args=[report.pk, "exe"])).status_code == 404
    client.force_login(reporting.board.user)
    assert client.get(address).status_code == 404
