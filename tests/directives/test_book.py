import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from directives import book, notes, register
from tests.factories.directives import make_directive
from tests.factories.plans import House

AT = timezone.now()


def entered(house: House, count: int) -> None:
    for number in range(1, count + 1):
        directive = make_directive(house.clerk, code=f"{number}-CV/ĐUK", subject="=HYPERLINK(1)")
        register.receive(directive=directive, on=date(2026, 3, number), by=house.clerk, at=AT)
        note = notes.note(
            directive=directive, text="Giao", lead_unit=house.department, cooperating_units=[house.other], due_on=None,
            by=house.director, at=AT,
        )  # fmt: skip
        notes.accept(given=note, by=house.head, at=AT)


def test_a_line_has_the_fields_of_the_rule(house: House) -> None:
    entered(house, 1)
    (row,) = map(book.line, book.entries(house.organisation, 2026))
    today = timezone.localdate(AT)
    assert row.cells == (
        date(2026, 3, 1), 1, "Đảng ủy Khối các cơ quan tỉnh", "1-CV/ĐUK", date(2023, 9, 19), "Công văn: =HYPERLINK(1)",
        f"{house.department.name}; {house.other.name}", today, f"{house.head.person_name}, {today:%d/%m/%Y}", "",
    )  # fmt: skip


def test_the_workbook_holds_days_numbers_and_no_formula(client: Any, house: House) -> None:
    entered(house, 2)
    client.force_login(house.clerk.user)
    answer = client.get(reverse("directives:incoming"), {"nam": "2026", "xlsx": ""})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active

    assert [sheet.cell(4, column).value for column in (1, 2, 10)] == ["Ngày đến", "Số đến", "Ghi chú"]
    assert [sheet.cell(row, 2).value for row in (5, 6)] == [1, 2]
    assert (sheet.cell(5, 1).value.date(), sheet.cell(5, 1).number_format) == (date(2026, 3, 1), "dd/mm/yyyy")
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert sheet.page_setup.orientation == "landscape"


@pytest.mark.parametrize("count", [1, 3])
def test_the_book_asks_the_same_number_of_questions(
    client: Any, house: House, count: int, django_assert_num_queries: Any
) -> None:
    entered(house, count)
    client.force_login(house.officer.user)
    url = reverse("directives:incoming")
    client.get(url)
    with django_assert_num_queries(8):
        assert len(client.get(url, {"nam": "2026"}).context["rows"]) == count


@pytest.mark.parametrize("year", ["abc", "1", "99999999999"])
def test_nonsense_is_this_year(client: Any, house: House, year: str) -> None:
    client.force_login(house.officer.user)
    assert client.get(reverse("directives:incoming"), {"nam": year}).context["year"] == timezone.localdate().year


def test_numbers_follow_without_a_gap(house: House) -> None:
    entered(house, 3)
    assert [row.number for row in map(book.line, book.entries(house.organisation, 2026))] == [1, 2, 3]
