"""The report as official text, as PDF, as Word file, and the command that writes them."""

import subprocess
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.utils import translation

from documents import pdf
from documents.layout import Heading, Kind, Paragraph, Table
from reports import workflow
from reports.compose import compose, number
from reports.models import Report
from tests.factories.reports import indicator, moment

pytestmark = pytest.mark.django_db
AT = moment(date(2024, 3, 18))


@pytest.fixture
def report(reporting) -> Report:
    house, meetings = reporting.house, indicator("Hội nghị quán triệt")
    task = reporting.task(house.department, given=date(2024, 1, 10), due=date(2024, 3, 1), text="Tổ chức hội nghị")
    reporting.task(house.other, given=date(2024, 1, 10), due=date(2024, 3, 20), text="Đối thoại\nvới hợp tác xã.")
    reporting.entry(task, date(2024, 3, 1), {meetings: 1234}, text="Đã họp.\nCó biên bản.")
    period = reporting.open(2024, 3, at=AT)
    reporting.send(period, at=AT)
    return reporting.compile(period, at=AT)


@pytest.mark.parametrize(
    ("value", "words"),
    [("1234567.50", "1.234.567,5"), ("100.00", "100"), ("0.00", "0"), ("81.67", "81,67"), (None, "-"), (12, "12")],
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_numbers_are_vietnamese_whoever_reads(value, words, language):
    with translation.override(language):
        assert number(value) == words


def test_the_text_of_a_report(reporting, report):
    text = compose(report.document)
    assert (text.kind, text.addressees, text.recipients[0]) == (Kind.REPORT, (reporting.board.unit.name,), "Như trên")
    assert text.opening == (
        "Thực hiện chế độ báo cáo định kỳ, Sở Khoa học Thử nghiệm báo cáo kết quả tháng 3 năm 2024 "
        "(số liệu từ ngày 15/02/2024 đến ngày 14/03/2024) như sau:"
    )
    top = [block for block in text.blocks if isinstance(block, Heading) and block.level == 1]
    assert [f"{block.marker} {block.text}" for block in top] == [
        "I. Tình hình, kết quả", "II. Đánh giá chung", "III. Phương hướng, nhiệm vụ trọng tâm tháng tới",
        "IV. Kiến nghị, đề xuất",
    ]  # fmt: skip
    paragraphs = [block for block in text.blocks if isinstance(block, Paragraph)]
    assert Paragraph("Phòng Quản lý khoa học: Đã họp. Có biên bản.", marker="-") in paragraphs
    assert Paragraph("Thanh tra Sở: Đối thoại với hợp tác xã (hạn 20/03/2024).", marker="-") in paragraphs
    table = next(block for block in text.blocks if isinstance(block, Table))
    assert table.rows == (
        ("1", "Phòng Quản lý khoa học", "1", "0", "0", "0", "0", "1", "0"),
        ("2", "Thanh tra Sở", "1", "0", "0", "0", "1", "0", "-"),
        ("", "Tổng số", "2", "0", "0", "0", "1", "1", "0"),
    )
    figures, overdue = (appendix.blocks[0] for appendix in text.appendices)
    assert figures.rows == (("1", "Thử nghiệm", "Hội nghị quán triệt", "cuộc", "1.234", "-", "-", "1"),)
    assert overdue.rows == (("1", "Tổ chức hội nghị", "Phòng Quản lý khoa học", "01/03/2024", "Chưa nêu"),)


def test_same_report_same_bytes_after_the_work_went_on(reporting, report):
    before = pdf.render(compose(report.document)).bytes
    reporting.withdraw(reporting.plan.tasks.first().entries.get(), date(2024, 3, 19))
    assert pdf.render(compose(Report.objects.with_document().get(pk=report.pk).document)).bytes == before


def test_empty_month_is_a_report_too(reporting):
    text = compose(reporting.compile(reporting.open(2024, 3, at=AT), at=AT).document)
    assert (text.appendices, [block for block in text.blocks if isinstance(block, Table)]) == ((), [])
    assert Paragraph("Không phát sinh.") in text.blocks
    assert pdf.render(text).pages >= 1


def test_an_edited_section_is_what_is_printed(reporting, report):
    workflow.edit_section(
        report=report, key="strengths", text="Mở đầu\n- Ý một\n\n- Ý hai", before="", by=reporting.house.office, at=AT
    )
    blocks = compose(report.document).blocks
    place = blocks.index(Heading(2, "1.", "Ưu điểm"))
    assert blocks[place + 1 : place + 4] == (
        Paragraph("Mở đầu"), Paragraph("Ý một", marker="-"), Paragraph("Ý hai", marker="-"),
    )  # fmt: skip


# --- the command ------------------------------------------------------------------------------------------------------
def test_command_writes_pdf_and_word(report, tmp_path):
    for name in ("bao-cao.pdf", "bao-cao.DOCX"):
        call_command("render_report", str(report.pk), output=str(tmp_path / name))
    assert (tmp_path / "bao-cao.pdf").read_bytes() == pdf.render(compose(report.document)).bytes
    read = subprocess.run(["pdftotext", "-layout", tmp_path / "bao-cao.pdf", "-"], capture_output=True, check=True)
    assert "Kính gửi: Ban Dân vận Thử nghiệm" in read.stdout.decode()
    with ZipFile(BytesIO((tmp_path / "bao-cao.DOCX").read_bytes())) as word:
        assert "Hội nghị quán triệt" in word.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("pk", "name", "words"),
    [
        ("999999", "a.pdf", "Không có báo cáo số 999999.\n"),
        ("abc", "a.pdf", "Không có báo cáo số abc.\n"),
        ("9" * 30, "a.pdf", f"Không có báo cáo số {'9' * 30}.\n"),
        ("1", "a.txt", "Hãy ghi tệp ra: --output TÊN.pdf hoặc --output TÊN.docx, .xlsx, .json, .xml.\n"),
        ("1", "", "Hãy ghi tệp ra: --output TÊN.pdf hoặc --output TÊN.docx, .xlsx, .json, .xml.\n"),
    ],
)
def test_command_refuses_with_one_line_and_no_file(pk, name, words, tmp_path, capfd):
    output = str(tmp_path / name) if name else ""
    with pytest.raises(SystemExit) as end:
        call_command("render_report", pk, output=output)
    assert (end.value.code, capfd.readouterr().err, list(tmp_path.glob("*.*"))) == (2, words, [])


def test_command_refuses_a_folder_that_is_not_there(report, tmp_path, capfd):
    output = tmp_path / "khong" / "a.pdf"
    with pytest.raises(SystemExit) as end:
        call_command("render_report", str(report.pk), output=str(output))
    assert (end.value.code, capfd.readouterr().err) == (2, f"Không ghi được tệp {output}.\n")
