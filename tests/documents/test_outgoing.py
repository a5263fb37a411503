"""The outgoing register: its lines, its filters, its sheet and its workbook."""

from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents import numbering, outgoing_views
from documents.models import NumberEntry, NumberUse
from documents.numbering import PaperFile
from documents.states import DocumentState as S
from tests.factories.plans import House, bring_to, make_house, make_plan
from units.models import Appointment

NOW, TODAY = timezone.now, timezone.localdate
REGISTER = "documents:register"


def as_(client: Client, post: Appointment) -> Client:
    client.force_login(post.user)
    return client


def kept(house: House, count: int = 1, **words: Any) -> list[NumberEntry]:
    paper = PaperFile(**({"kind": "KH", "symbol": "KH-SKHTN", "reason": "Văn bản mật"} | words))
    return numbering.reserve(
        organisation=house.organisation, paper=paper, on=TODAY(), count=count, by=house.clerk, at=NOW()
    )


def codes(client: Client, **query: Any) -> list[str]:
    return [line.code for line in client.get(reverse(REGISTER), query).context["lines"]]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("page", ["register", "register_sheet", "register_workbook"])
def test_register_asks_the_same_whatever_its_length(
    client: Client, house: House, count: int, page: str, django_assert_num_queries: Any
) -> None:
    for _index in range(count):
        bring_to(make_plan(house), S.NUMBERED, house)
    kept(house, count)
    as_(client, house.clerk)
    expected = {"register": 9, "register_sheet": 6, "register_workbook": 5}[page]

    with django_assert_num_queries(expected):
        assert client.get(reverse(f"documents:{page}")).status_code == 200


def test_every_number_has_its_line_in_order(client: Client, house: House) -> None:
    bring_to(make_plan(house), S.ISSUED, house)
    paper, unused = kept(house, 2)
    numbering.release(entry=unused, reason="Không ban hành", by=house.clerk, at=NOW())
    bring_to(make_plan(house), S.NUMBERED, house)
    other = make_house("Sở Khác", "SK")
    kept(other)

    lines = as_(client, house.officer).get(reverse(REGISTER)).context["lines"]

    assert [line.code for line in lines] == [f"{n:02d}/KH-SKHTN" for n in (1, 2, 3, 4)]
    assert [line.entry.use for line in lines] == ["document", "paper", "unused", "document"]
    assert lines[2].note == "số không dùng: Không ban hành"
    assert lines[0].sent_to == "Các phòng, đơn vị thuộc Sở"
    unit = lines[0].entry.document.drafting_unit
    assert lines[0].kept_by == f"Lưu: VT, {unit.symbol or unit.label}"  # as it is printed (Phụ lục I, II.9.b)
    assert lines[1].entry == paper


def test_filters_cut_by_kind_use_unit_and_words(client: Client, house: House) -> None:
    bring_to(make_plan(house, title="Cải cách hành chính"), S.NUMBERED, house)
    kept(house, title="Công tác cán bộ")
    kept(house, kind="BC", symbol="BC-SKHTN")
    as_(client, house.clerk)

    assert codes(client, loai="BC") == ["01/BC-SKHTN"]
    assert codes(client, dung="paper", loai="KH") == ["02/KH-SKHTN"]
    assert codes(client, q="cai cach") == ["01/KH-SKHTN"]
    assert codes(client, q="can bo") == ["02/KH-SKHTN"]
    assert codes(client, **{"don-vi": house.department.pk}) == ["01/KH-SKHTN"]
    assert codes(client, nam="2019") == []


@pytest.mark.parametrize("cursor", ["x", "2026-13-01.1.1", "2026-01-01.1", "2026-01-01.a.b", "'"])
def test_a_foreign_cursor_shows_the_first_page(client: Client, house: House, cursor: str) -> None:
    kept(house)

    assert codes(as_(client, house.clerk), after=cursor) == ["01/KH-SKHTN"]


def test_pages_follow_one_another_without_a_gap(client: Client, house: House, monkeypatch: Any) -> None:
    monkeypatch.setattr(outgoing_views, "ROWS", 2)
    kept(house, 5)
    as_(client, house.clerk)
    seen, cursor = [], ""
    for _page in range(3):
        page = client.get(reverse(REGISTER), {"after": cursor}).context
        seen += [line.code for line in page["lines"]]
        cursor = page["cursor"]

    assert seen == [f"{n:02d}/KH-SKHTN" for n in range(1, 6)]
    assert cursor == ""


def test_workbook_holds_dates_and_runs_no_formulas(client: Client, house: House) -> None:
    bring_to(make_plan(house, title="=1+1"), S.NUMBERED, house)
    kept(house, title="=HYPERLINK(1)", copies=3)

    data = as_(client, house.clerk).get(reverse("documents:register_workbook")).content
    rows = list(openpyxl.load_workbook(BytesIO(data)).active.iter_rows(min_row=3))

    assert [cell.value for cell in rows[0]][:2] == ["Số, ký hiệu văn bản", "Ngày, tháng văn bản"]
    assert rows[1][1].value == datetime.combine(TODAY(), datetime.min.time())
    assert {cell.data_type for row in rows[1:] for cell in row} <= {"s", "d", "n"}
    assert [rows[1][2].value, rows[2][2].value, rows[2][6].value] == [
        "Kế hoạch =1+1", "Kế hoạch =HYPERLINK(1)", 3
    ]  # fmt: skip


def test_the_clerk_keeps_describes_and_releases_numbers(client: Client, house: House) -> None:
    as_(client, house.clerk)
    asked = {"kind": "BC", "symbol": "BC-SKHTN", "on": f"{TODAY():%d/%m/%Y}", "count": "2", "reason": "Văn bản mật"}
    client.post(reverse("documents:reserve"), asked)
    first, second = NumberEntry.objects.order_by("number")

    client.post(reverse("documents:paper", args=[first.pk]), {"title": "Về cán bộ", "copies": "4", "reason": "Mật"})
    client.post(reverse("documents:unused", args=[second.pk]), {"reason": "Không dùng"})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.code, first.title, first.copies) == ("01/BC-SKHTN", "Về cán bộ", 4)
    assert (second.use, second.reason) == (NumberUse.UNUSED, "Không dùng")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "kế hoạch"), ("symbol", "có dấu cách"), ("on", "31/02/2026"), ("count", "0"), ("count", "51"),
        ("reason", ""),
    ],
)  # fmt: skip
def test_what_was_typed_stays_when_it_is_refused(client: Client, house: House, field: str, value: str) -> None:
    asked = {"kind": "BC", "symbol": "BC-SKHTN", "on": f"{TODAY():%d/%m/%Y}", "count": "2", "reason": "Giữ lại"}

    answer = as_(client, house.clerk).post(reverse("documents:reserve"), asked | {field: value})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "BC" in answer.content.decode()
    assert not NumberEntry.objects.exists()


def test_the_list_of_the_register_so_far_is_read_line_by_line(client: Client, house: House) -> None:
    typed = f"1; 05/01/{TODAY().year}; Kế hoạch năm; Nguyễn Văn A; Các phòng\n\n2/KH-SKHTN\t06/01/{TODAY().year}\tKhác"
    asked = {"kind": "KH", "symbol": "KH-SKHTN", "last": "127", "on": f"{TODAY():%d/%m/%Y}", "used": typed}

    answer = as_(client, house.clerk).post(reverse("documents:continue_after"), asked)

    assert answer.status_code == 302
    rows = NumberEntry.objects.order_by("number").values_list("number", "on", "title", "signer_name", "sent_to")
    assert list(rows) == [
        (1, date(TODAY().year, 1, 5), "Kế hoạch năm", "Nguyễn Văn A", "Các phòng"),
        (2, date(TODAY().year, 1, 6), "Khác", "", ""),
    ]


@pytest.mark.parametrize("typed", ["mười hai; 05/01/2026", "1; 31/02/2026", "1", "; 05/01/2026", "²; 05/01/2026"])
def test_a_line_that_cannot_be_read_is_named(client: Client, house: House, typed: str) -> None:
    asked = {"kind": "KH", "symbol": "KH-SKHTN", "last": "127", "on": f"{TODAY():%d/%m/%Y}", "used": f"\n{typed}"}

    answer = as_(client, house.clerk).post(reverse("documents:continue_after"), asked)

    assert "Dòng 2" in answer.content.decode()
    assert not NumberEntry.objects.exists()
