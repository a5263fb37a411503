"""Letters of correction: made from an issued file, a document of their own, named wherever that file is shown."""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from unittest import mock

import pdfplumber
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from documents import addresses, archive, corrections, outgoing, verification, workflow
from documents.correction_text import Passage
from documents.models import Correction, Document, HouseRules, NumberEntry, OutsideLink, Rendition
from documents.states import DocumentState as S
from tests.documents.test_outside import text
from tests.factories.plans import ROAD, House, bring_to, make_house, make_plan, make_recipient
from units.models import Appointment
from units.permissions import NotAllowed, Outdated

NOW = timezone.now
MISTAKE = Passage("mục II.1, trang 1", "trước ngày 20/10/2062", "trước ngày 20/10/2026")


@pytest.fixture
def reader(house: House) -> Appointment:
    return make_recipient()


@pytest.fixture
def issued(house: House, reader: Appointment) -> Document:
    addresses.keep(
        organisation=house.organisation, name="Báo Sông Mai", email="a@bao.example", kind="state", by=house.clerk,
        at=NOW(),
    )  # fmt: skip
    lines = (("Ban Dân vận", reader.unit_id), ("Báo Sông Mai", None), ("Lưu: VT", None))
    return bring_to(make_plan(house, recipients=lines), S.ISSUED, house)


def draft(document: Document, house: House) -> Correction:
    return corrections.draft(corrects=document, by=house.office, at=NOW())


def write(correction: Correction, house: House, *passages: Passage, **changes: Any) -> Correction:
    values: dict[str, Any] = {
        "opening": correction.opening, "closing": correction.closing, "signer": correction.document.signer,
    }  # fmt: skip
    return corrections.edit(
        correction=correction, passages=list(passages), by=house.office, at=NOW(), **values | changes
    )  # fmt: skip


def send_out(correction: Correction, house: House) -> Document:
    """The letter through every step. The office's own head confirms what the office drafted."""
    document = correction.document
    workflow.propose(document=document, by=house.office, at=NOW())
    workflow.confirm(document=document, by=house.chief, at=NOW())
    document.refresh_from_db()
    while document.state != S.ISSUED:
        document = ROAD[S(document.state)](document, house)
    return document


@pytest.fixture
def letter(issued: Document, house: House) -> Document:
    return send_out(write(draft(issued, house), house, MISTAKE), house)


# --- drafting ---------------------------------------------------------------------------------------------------------
def test_a_draft_is_prefilled_and_goes_to_the_same_recipients(issued: Document, house: House) -> None:
    made = draft(issued, house)

    document = made.document
    about = f"Kế hoạch số {issued.code} ngày {issued.issued_on:%d/%m/%Y}"
    assert (document.kind, document.type, document.title) == ("CV", corrections.TYPE, f"đính chính {about}")
    assert about in made.opening
    assert about in made.closing
    assert document.signer == house.director
    columns = ("text", "unit_id", "outside_id")
    assert list(document.recipients.values_list(*columns)) == list(issued.recipients.values_list(*columns))


@pytest.mark.parametrize(
    ("layout", "unit_symbol", "symbol"),
    [("state", "VP", "SKHTN-VP"), ("state", "", "SKHTN"), ("party", "VP", "CV/SKHTN")],
)
def test_the_symbol_of_a_letter_names_house_and_drafting_unit(
    issued: Document, house: House, layout: str, unit_symbol: str, symbol: str
) -> None:
    HouseRules.objects.create(organisation=house.organisation, layout=layout)
    house.office.unit.symbol = unit_symbol

    assert draft(issued, house).document.symbol == symbol


@pytest.mark.parametrize("role", ["clerk", "director", "head", "officer", "admin"])
def test_only_who_drafts_may_begin(issued: Document, house: House, role: str) -> None:
    with pytest.raises(NotAllowed):
        corrections.draft(corrects=issued, by=house.posts[role], at=NOW())


def test_one_letter_at_a_time(issued: Document, house: House) -> None:
    draft(issued, house)

    with pytest.raises(NotAllowed, match="đang soạn"):
        draft(issued, house)


@pytest.mark.parametrize("state", [S.DRAFT, S.SIGNED, S.RECALLED, S.REPLACED])
def test_only_a_file_in_force_is_corrected(house: House, state: S) -> None:
    with pytest.raises(NotAllowed, match="có hiệu lực"):
        draft(bring_to(make_plan(house), state, house), house)


def test_a_letter_without_passages_or_signer_is_not_proposed(issued: Document, house: House) -> None:
    made = write(draft(issued, house), house, signer=None)

    assert {problem.code for problem in corrections.problems(made.document)} == {"signer", "passages"}
    with pytest.raises(NotAllowed, match="chỗ nào"):
        workflow.propose(document=made.document, by=house.office, at=NOW())


def test_a_file_recalled_meanwhile_stops_the_letter(issued: Document, house: House) -> None:
    made = write(draft(issued, house), house, MISTAKE)
    workflow.recall(document=issued, reason="Nhầm", by=house.director, at=NOW())

    assert [problem.code for problem in corrections.problems(made.document)] == ["corrects"]


def test_a_second_writer_is_told(issued: Document, house: House) -> None:
    made = draft(issued, house)
    seen = made.document.version
    write(made, house, MISTAKE)

    with pytest.raises(Outdated):
        write(made, house, Passage("trang 2", "a", "b"), version=seen)
    assert Correction.objects.get().passages[0]["right"] == MISTAKE.right


def test_a_failing_history_undoes_the_draft_and_the_edit(issued: Document, house: House) -> None:
    made = draft(issued, house)
    with mock.patch("audit.log.Event.objects.create", side_effect=DatabaseError("full")):
        with pytest.raises(DatabaseError, match="full"):
            write(made, house, MISTAKE)
    assert Correction.objects.get().passages == []


# --- the letter -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("place", "lead"),
    [("mục II.1", "Tại mục II.1: "), ("Tại trang 2.", "Tại trang 2: "), ("tại tiêu đề;", "Tại tiêu đề: ")],
)
def test_the_sentence_of_a_passage(place: str, lead: str) -> None:
    assert Passage(place, "a", "b").sentence == f"{lead}đã in là “a”, nay sửa là “b”."


def test_the_letter_says_what_is_put_right_in_the_form_of_a_cong_van(letter: Document, issued: Document) -> None:
    kept = archive.latest(letter, Rendition.Stage.ISSUED)
    assert kept is not None
    data = archive.read(kept)
    with pdfplumber.open(BytesIO(data)) as pdf:
        words = " ".join((pdf.pages[0].extract_text() or "").split())

    assert letter.code == "01/SKHTN-VP"
    assert verification.examine(data).number_line == f"Số: {letter.code}"
    assert f"V/v đính chính Kế hoạch số {issued.code}" in words.replace("\u00a0", " ")
    assert "Kính gửi" in words
    assert "Như trên" in words
    assert MISTAKE.wrong in words
    assert MISTAKE.right in words
    assert "CÔNG VĂN" not in words


def test_the_letter_has_its_own_life_and_the_file_stays_in_force(
    letter: Document, issued: Document, house: House
) -> None:
    issued.refresh_from_db()

    assert (letter.state, issued.state) == (S.ISSUED, S.ISSUED)
    assert Event.objects.about(issued).filter(name="documents.corrected").get().data["code"] == letter.code
    assert set(OutsideLink.objects.values_list("recipient__document_id", flat=True)) == {letter.pk, issued.pk}


def test_the_database_keeps_what_a_signed_letter_says(letter: Document) -> None:
    for change in ({"passages": []}, {"opening": "x"}):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            Correction.objects.update(**change)


# --- where it is shown ------------------------------------------------------------------------------------------------
def test_every_page_of_the_file_names_the_letter(
    client: Client, letter: Document, issued: Document, house: House, reader: Appointment
) -> None:
    words = f"Đã đính chính bởi công văn số {letter.code}"
    outside = OutsideLink.objects.get(recipient__document=issued)
    of_letter = OutsideLink.objects.get(recipient__document=letter)
    shown = text(client.get(reverse("documents:outside", args=[outside.secret])))
    assert words in shown
    assert reverse("documents:outside", args=[of_letter.secret]) in shown

    client.force_login(reader.user)
    assert words in text(client.get(reverse("documents:received_detail", args=[issued.pk])))
    client.force_login(house.office.user)
    assert words in text(client.get(reverse("plans:detail", args=[issued.plan.pk])))
    register = text(client.get(reverse("documents:register")))
    assert f'<a href="{reverse("documents:detail", args=[letter.pk])}">Đã đính chính bởi {letter.code}</a>' in register
    assert letter.code in text(client.get(reverse("documents:after_issue", args=[issued.pk])))


def test_the_register_notes_the_letter(letter: Document, issued: Document, house: House) -> None:
    lines = {line.document: line for line in outgoing.lines(outgoing.entries(house.organisation, NOW().year))}

    assert f"đính chính bằng {letter.code}" in lines[issued.pk].note
    assert lines[letter.pk].title.startswith("đính chính Kế hoạch")
    assert NumberEntry.objects.get(document=letter).kind == "CV"


def test_a_letter_that_was_taken_back_corrects_nothing(
    client: Client, letter: Document, issued: Document, house: House
) -> None:
    workflow.recall(document=letter, reason="Nhầm", by=house.director, at=NOW())
    client.force_login(house.office.user)

    assert "Đã đính chính bởi" not in text(client.get(reverse("plans:detail", args=[issued.plan.pk])))


# --- pages ------------------------------------------------------------------------------------------------------------
def entered(correction: Correction, *rows: tuple[str, str, str], **changes: str) -> dict[str, str]:
    """What the page sends."""
    found = {
        "opening": "Sở đã ban hành", "closing": "", "signer": str(correction.document.signer_id),
        "version": str(correction.document.version), "passages-TOTAL_FORMS": str(len(rows)),
        "passages-INITIAL_FORMS": str(len(correction.passages)),
    }  # fmt: skip
    for index, row in enumerate(rows):
        found |= {f"passages-{index}-{name}": word for name, word in zip(("place", "wrong", "right"), row, strict=True)}
    return found | changes


def test_the_office_writes_a_letter_on_its_pages(client: Client, issued: Document, house: House) -> None:
    client.force_login(house.office.user)
    first = client.post(reverse("documents:correction_create", args=[issued.pk]))
    made = Correction.objects.get()
    assert first.url == reverse("documents:correction_edit", args=[made.document_id])
    again = client.post(reverse("documents:correction_create", args=[issued.pk]))
    assert again.url == reverse("documents:correction", args=[made.document_id])

    client.post(first.url, entered(made, ("trang 1", "a\nb", "c"), ("", " ", ""), opening="Dòng một\r\ndòng hai"))

    made.refresh_from_db()
    assert made.passages == [{"place": "trang 1", "wrong": "a b", "right": "c"}]
    assert made.opening == "Dòng một dòng hai"
    page = text(client.get(again.url))
    assert "Trình trưởng đơn vị" in page
    assert issued.code in page
    assert client.get(reverse("documents:pdf", args=[made.document_id]))["Content-Type"] == "application/pdf"
    client.post(reverse("documents:step", args=[made.document_id, "discard"]))
    assert client.get(again.url).status_code == 404


@pytest.mark.parametrize(
    "rows",
    [
        [("", "a", "b")], [("trang 1", "", "b")], [("trang 1", "a", "")], [("trang 1", "a", " a ")],
        [("trang 1", "x" * 2001, "b")], [("trang 1", "\x00", "b")],
    ],
    ids=["no place", "no wrong", "no right", "the same", "too long", "null"],
)  # fmt: skip
def test_a_bad_passage_is_named_and_what_was_typed_stays(
    client: Client, issued: Document, house: House, rows: list[tuple[str, str, str]]
) -> None:
    made = draft(issued, house)
    client.force_login(house.office.user)

    answer = client.post(
        reverse("documents:correction_edit", args=[made.document_id]), entered(made, *rows, opening="Chữ tôi gõ")
    )

    assert answer.status_code == 422
    assert "Chữ tôi gõ" in answer.content.decode()
    assert Correction.objects.get().passages == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data | {"passages-TOTAL_FORMS": "x"},
        lambda data: data | {"passages-TOTAL_FORMS": "9999"},
        lambda data: data | {"opening": ""},
        lambda data: data | {"signer": "999999"},
        lambda data: data | {"version": ""},
    ],
)
def test_a_spoiled_form_saves_nothing(
    client: Client, issued: Document, house: House, spoil: Callable[[dict[str, str]], dict[str, str]]
) -> None:
    made = draft(issued, house)
    client.force_login(house.office.user)
    data = spoil(entered(made, ("trang 1", "a", "b")))

    assert client.post(reverse("documents:correction_edit", args=[made.document_id]), data).status_code == 422
    assert Correction.objects.get().passages == []


def test_typed_text_survives_a_second_writer(client: Client, issued: Document, house: House) -> None:
    made = draft(issued, house)
    data = entered(made, ("trang 1", "chữ của tôi", "b"))
    write(made, house, MISTAKE)
    client.force_login(house.chief.user)

    answer = client.post(reverse("documents:correction_edit", args=[made.document_id]), data)

    assert answer.status_code == 422
    assert "chữ của tôi" in answer.content.decode()
    assert "đã sửa phần này" in text(answer)


def test_a_foreign_file_and_letter_are_unknown(client: Client, letter: Document, issued: Document) -> None:
    client.force_login(make_house("Sở Xa lạ", "SXL").office.user)

    assert client.post(reverse("documents:correction_create", args=[issued.pk])).status_code == 404
    for name in ("correction", "correction_edit", "after_issue"):
        assert client.get(reverse(f"documents:{name}", args=[letter.pk])).status_code == 404


def test_the_page_after_issue_offers_each_what_is_theirs(client: Client, issued: Document, house: House) -> None:
    shown = {}
    for role in ("office", "director", "clerk"):
        client.force_login(house.posts[role].user)
        page = client.get(reverse("documents:after_issue", args=[issued.pk]))
        names = ("may_correct", "may_replace", "may_recall", "may_send")
        shown[role] = tuple(page.context[name] for name in names)

    assert shown == {
        "office": (True, False, False, False), "director": (False, True, True, False),
        "clerk": (False, False, False, True),
    }  # fmt: skip


def test_a_letter_waits_on_the_right_desks(client: Client, issued: Document, house: House) -> None:
    made = write(draft(issued, house), house, MISTAKE)
    workflow.propose(document=made.document, by=house.office, at=NOW())
    client.force_login(house.chief.user)

    assert reverse("documents:correction", args=[made.document_id]) in text(client.get("/"))
