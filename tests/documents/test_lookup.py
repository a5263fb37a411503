"""The code at the foot of a document: made, printed, scanned, typed, looked up by anybody."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
import segno
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from documents import archive, lookup, lookup_views, pdf, printing, workflow
from documents.layout import HD05, ND30_13, ND30_14
from documents.models import Document, HouseRules, Rendition
from documents.states import DocumentState as S
from tests.documents import compositions as c
from tests.documents.measuring import MM, lines, opened
from tests.factories.plans import House, bring_to, make_plan

CODE = "7K3MQ9XZ2F"
FOOT = lookup.at_foot(CODE, site="https://cao-diem.example.vn", path="/tra-cuu/")


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


# --- the code ---------------------------------------------------------------------------------------------------------
def test_a_code_is_read_however_it_is_typed() -> None:
    code = lookup.new_code()
    typed = [code, lookup.printed(code), code.lower(), f" {code[:3]} {code[3:]} ", code.replace("1", "l")]

    assert {lookup.read_code(each) for each in typed} == {code}


def test_one_wrong_or_two_swapped_characters_are_no_code() -> None:
    code = lookup.new_code()
    wrong = [
        code[:place] + other + code[place + 1 :]
        for place in range(len(code))
        for other in lookup.ALPHABET
        if other != code[place]
    ]
    wrong += [
        code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        for place in range(len(code) - 2)
        if code[place] != code[place + 1]
    ]

    assert [each for each in wrong if lookup.read_code(each) is not None] == []


@pytest.mark.parametrize("typed", ["", "7K3MQ", "7K3MQ9XZ2F7", "0K3MQ9XZ2F", "7K3MQ9XZ2Ệ", "../../etc", "٧K3MQ9XZ2F"])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert lookup.read_code(typed) is None


# --- the page ---------------------------------------------------------------------------------------------------------
TEXTS = {
    "plan 13": c.plan(profile=ND30_13),
    "plan 14": c.plan(profile=ND30_14),
    "report with appendices": c.report(),
    "letter": c.letter(),
    "letter with an address line": replace(c.letter(), contact="Số 1 đường Lê Lợi; điện thoại 0226.3.123.456"),
    "extreme": c.extreme(c.plan()),
    "party": c.of_party(c.plan(profile=HD05), HD05),
}


@pytest.mark.parametrize("name", TEXTS)
def test_the_code_stands_at_the_foot_and_touches_nothing(name: str) -> None:
    """Below the text of the main part's last page, 4 mm from the edge at least; nothing else moves."""
    plain, coded = pdf.render(TEXTS[name]), pdf.render(replace(TEXTS[name], lookup=FOOT))
    before, after = lines(plain.bytes), lines(coded.bytes)
    printed = [each for each in after if each not in before]
    squares, page, height = _squares(coded.bytes)

    assert [each.text for each in printed] == [f"Mã tra cứu: {FOOT.code}", "https://cao-diem.example.vn/tra-cuu/"]
    assert [each for each in after if each not in printed] == before
    assert {each.page for each in printed} == {page}
    assert page - 1 == coded.places["signature"].page + (2 if name == "extreme" else 0)  # more recipients follow there
    assert squares[0] == pytest.approx(30, abs=0.2)
    assert 12.5 < squares[2] - squares[0] < 13.5
    beside = [each for each in before if each.page == page and each.baseline > squares[1] and each.top < squares[3]]
    assert [each for each in beside if each.x0 < squares[2] + 60] == []
    if not TEXTS[name].contact:
        assert height - 20 <= squares[1]
    assert squares[3] <= height - 4


def _squares(data: bytes) -> tuple[tuple[float, float, float, float], int, float]:
    """The frame of the drawn code in mm from the upper left corner, its page, that page's height."""
    with opened(data) as file:
        for page in file.pages:
            drawn = [each for each in page.curves + page.rects if each["height"] < 1.3 and each["width"] < 12]
            low = [each for each in drawn if each["x1"] < 45 * MM and each["top"] > 100 * MM]
            if len(low) > 100:
                frame = (
                    min(each["x0"] for each in low), min(each["top"] for each in low),
                    max(each["x1"] for each in low), max(each["bottom"] for each in low),
                )  # fmt: skip
                left, top, right, bottom = (value / MM for value in frame)
                return (left, top, right, bottom), page.page_number, page.height / MM
    raise AssertionError("no code is drawn")


def test_the_drawn_squares_are_those_of_the_address() -> None:
    data = pdf.render(replace(c.plan(), lookup=FOOT)).bytes
    (left, top, right, bottom), number, _height = _squares(data)
    wanted = segno.make(FOOT.address, error="m", micro=False).matrix
    scale = 300 / 25.4
    file = pypdfium2.PdfDocument(BytesIO(data))
    picture = file[number - 1].render(scale=300 / 72).to_pil().convert("L")
    file.close()

    def is_dark(row: int, column: int) -> bool:
        x = left + (column + 0.5) * (right - left) / len(wanted)
        y = top + (row + 0.5) * (bottom - top) / len(wanted)
        return bool(picture.getpixel((round(x * scale), round(y * scale))) < 128)

    read = [[int(is_dark(row, column)) for column in range(len(wanted))] for row in range(len(wanted))]
    assert read == [list(row) for row in wanted]


@pytest.mark.parametrize("name", TEXTS)
def test_without_a_code_nothing_of_it_is_in_the_page(name: str) -> None:
    assert "lookup" not in printing.html(TEXTS[name])


# --- the verb ---------------------------------------------------------------------------------------------------------
def with_codes(house: House) -> House:
    HouseRules.objects.create(organisation=house.organisation, shows_code=True)
    return house


def presented(document: Document) -> str:
    kept = archive.latest(document, Rendition.Stage.PRESENTED)
    assert kept is not None
    return " ".join(each.text for each in lines(archive.read(kept)))


def test_no_code_unless_the_organisation_wants_it(house: House) -> None:
    document = bring_to(make_plan(house), S.CHECKED, house)

    assert (document.lookup_code, "Mã tra cứu" in presented(document)) == ("", False)


def test_the_code_is_in_the_file_before_the_first_signature_and_stays(house: House) -> None:
    plan = make_plan(with_codes(house))
    document = bring_to(plan, S.CHECKED, house)
    code = document.lookup_code
    workflow.return_for_changes(document=document, reason="Thiếu căn cứ", by=house.director, at=timezone.now())
    workflow.edit(document=document, what="trích yếu", by=house.office, at=timezone.now())
    again = bring_to(plan, S.CHECKED, house)

    assert lookup.read_code(code) == code
    assert again.lookup_code == code
    assert lookup.printed(code) in presented(again)


# --- the public page --------------------------------------------------------------------------------------------------
def url(code: str) -> str:
    return reverse("lookup:document", args=[code])


def issued(house: House, title: str = "Tháng cao điểm dân vận", state: S = S.ISSUED) -> Document:
    return bring_to(make_plan(house, title=title), state, house)


def bytes_of(document: Document) -> bytes:
    kept = archive.latest(document, Rendition.Stage.ISSUED)
    assert kept is not None
    return archive.read(kept)


def test_anybody_sees_what_is_printed_on_an_issued_document(client: Client, house: House) -> None:
    document = issued(with_codes(house))

    answer = client.get(url(document.lookup_code))

    page = answer.content.decode()
    kept = archive.latest(document, Rendition.Stage.ISSUED)
    assert kept is not None
    shown = [document.code, document.issuing_body, document.title, f"{document.issued_on:%d/%m/%Y}", kept.sha256]
    assert [each for each in shown if each not in page] == []
    assert "chưa bị thu hồi" in page
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private, no-store", "noindex, nofollow")


@pytest.mark.parametrize(
    ("state", "words"), [(S.RECALLED, "đã bị thu hồi ngày"), (S.REPLACED, "đã được thay thế bằng văn bản số")]
)
def test_the_page_says_what_became_of_the_document(client: Client, house: House, state: S, words: str) -> None:
    document = issued(with_codes(house), state=state)

    assert words in client.get(url(document.lookup_code)).content.decode()


def test_a_typed_code_leads_to_its_page(client: Client, house: House) -> None:
    document = issued(with_codes(house))
    typed = lookup.printed(document.lookup_code).lower()

    assert client.get(reverse("lookup:search"), {"ma": typed}).headers["Location"] == url(document.lookup_code)
    assert client.get(url(typed)).headers["Location"] == url(document.lookup_code)


def test_a_wrong_code_and_one_of_an_unissued_document_look_the_same(client: Client, house: House) -> None:
    unissued = bring_to(make_plan(with_codes(house)), S.CHECKED, house)

    answers = [client.get(url(code)) for code in (unissued.lookup_code, lookup.new_code(), "linh-tinh", "-")]
    typed = client.get(reverse("lookup:search"), {"ma": "7K3MQ-9XZ2A"})

    assert [answer.status_code for answer in (*answers, typed)] == [404] * 5
    assert unissued.title not in answers[0].content.decode()


def test_guessing_is_slowed_down(client: Client, house: House) -> None:
    answers = [client.get(url(lookup.new_code())).status_code for _try in range(lookup_views.MISSES + 2)]

    assert (set(answers[: lookup_views.MISSES]), answers[-1]) == ({404}, 429)


def test_the_file_in_hand_is_held_against_the_document(client: Client, house: House) -> None:
    document = issued(with_codes(house))
    other = issued(house, title="Một kế hoạch khác chưa ai được biết")
    good = bytes_of(document)
    changed = bytearray(good)
    changed[len(good) // 3] ^= 1
    draft = archive.latest(document, Rendition.Stage.PRESENTED)
    assert draft is not None

    def held(data: bytes) -> tuple[bool, str]:
        answer = client.post(url(document.lookup_code), {"file": SimpleUploadedFile("a.pdf", data)})
        return answer.context["found"].is_good, answer.content.decode()

    assert held(good)[0] is True
    assert [held(each)[0] for each in (bytes(changed), archive.read(draft), bytes_of(other))] == [False] * 3
    assert "không phải tệp đã ban hành" in held(bytes_of(other))[1]
    assert other.title not in held(bytes_of(other))[1]


def test_no_file_and_a_huge_number_of_files_are_refused(client: Client, house: House) -> None:
    document = issued(with_codes(house))

    answers = [client.post(url(document.lookup_code)).status_code for _try in range(lookup_views.FILES + 1)]

    assert (answers[0], answers[-1]) == (422, 429)
