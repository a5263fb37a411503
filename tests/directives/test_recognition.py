"""Documents cited in texts: what the register knows of them, below a field and as links."""

import unicodedata
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from audit.models import Event
from directives import recognition, register
from directives.citations import parse
from directives.models import Directive, Validity
from directives.templatetags.citations import cited, register_url
from tests.factories.directives import make_directive
from tests.factories.plans import House

KNOWN = "Thực hiện Công văn số 365 - CV/ÐUK ngày 19/9/2023 của Đảng ủy Khối về việc tổ chức Tháng cao điểm"
OTHER_DAY = "Công văn số 365-CV/ĐUK ngày 26/9/2023 của Đảng ủy Khối"
UNKNOWN = "Căn cứ Kế hoạch số 48/KH-UBND ngày 05/02/2026 của UBND tỉnh về chuyển đổi số; hoàn thành trước 20/10/2026"


@pytest.fixture
def letter(house: House) -> Directive:
    return make_directive(house.clerk)


def law(house: House, name: str, code: str, **changes: Any) -> Directive:
    values = {"kind": register.kind_for("L"), "subject": name, "issuer": "Quốc hội", "dated_on": date(2024, 1, 18)}
    return make_directive(house.clerk, code, **(values | changes))


def found(house: House, text: str) -> list[tuple[Directive | None, tuple[Directive, ...]]]:
    return [(row.directive, row.doubts) for row in recognition.recognise([text], by=house.office).of(text)]


# --- what the register knows ------------------------------------------------------------------------------------------
def test_recognise_finds_the_document_however_it_is_typed(house: House, letter: Directive) -> None:
    assert found(house, KNOWN) == [(letter, ())]


def test_recognise_the_same_code_with_another_day_is_a_doubt(house: House, letter: Directive) -> None:
    assert found(house, OTHER_DAY) == [(None, (letter,))]


def test_forms_of_a_mention_come_from_the_record(house: House, letter: Directive) -> None:
    def forms(text: str) -> tuple[str, str]:
        (row,) = recognition.recognise([text], by=house.office).of(text)
        return row.full_form, row.short_form

    full = (
        "Công văn số 365-CV/ĐUK ngày 19 tháng 9 năm 2023 của Đảng ủy Khối các cơ quan tỉnh về tổ chức Tháng cao điểm "
        "dân vận năm 2023"
    )
    assert letter.first_mention == full
    assert forms("theo CV 365-CV/ĐUK") == (full, "Công văn số 365-CV/ĐUK")
    assert forms("theo Công văn số 365-CV/ĐUK") == (full, "")
    assert forms(KNOWN)[0] == ""  # day and issuer stand there
    assert forms(full) == ("", "")


def test_recognise_what_the_register_lacks(house: House, letter: Directive) -> None:
    assert found(house, UNKNOWN) == [(None, ())]


def test_recognise_a_law_by_its_name_though_the_register_has_its_number(house: House) -> None:
    land = law(house, "Luật Đất đai", "31/2024/QH15")
    code = law(house, "Lao động", "45/2019/QH14")

    assert found(house, "Căn cứ Luật Đất đai và Bộ luật Lao động; Luật Nhà ở") == [
        (land, ()), (code, ()), (None, ()),
    ]  # fmt: skip


def test_recognise_of_two_laws_of_one_name_the_one_in_force(house: House) -> None:
    law(house, "Đất đai", "45/2013/QH13", dated_on=date(2013, 11, 29), validity=Validity.REPLACED)
    land = law(house, "Đất đai", "31/2024/QH15")

    assert found(house, "theo Luật Đất đai") == [(land, ())]


def test_recognise_sees_the_register_of_the_own_organisation_only(house: House, other_house: House) -> None:
    make_directive(other_house.clerk)

    assert found(house, KNOWN) == [(None, ())]


def test_recognise_gives_nothing_to_who_may_not_read_the_register(house: House, letter: Directive) -> None:
    assert recognition.recognise([KNOWN], by=house.posts["admin"]).of(KNOWN) == []


@pytest.mark.parametrize("times", [1, 3])
def test_recognise_asks_once_for_all_texts(
    house: House, letter: Directive, times: int, django_assert_num_queries: Any
) -> None:
    texts = [f"{KNOWN} {number}; {UNKNOWN}; Luật Đất đai" for number in range(times)]

    with django_assert_num_queries(1):
        recognition.recognise(texts, by=house.office)


def test_recognise_asks_nothing_where_nothing_is_cited(house: House, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        recognition.recognise(["Các phòng phối hợp thực hiện", "xong trước ngày 20/10/2026", ""], by=house.office)


def listed(house: House, text: str) -> list[recognition.Listed]:
    return recognition.once_each(text, recognition.recognise([text], by=house.office).of(text))


def test_once_each_keeps_the_first_mention(house: House, letter: Directive) -> None:
    rows = listed(house, f"{KNOWN}; Công văn số 365-CV/ĐUK; Kế hoạch số 48/KH-UBND; Kế hoạch 48/KH-UBND")

    assert [row.first.citation.code for row in rows] == ["365-CV/ĐUK", "48/KH-UBND"]


def offered(house: House, text: str) -> tuple[tuple[str, int] | None, tuple[str, int] | None]:
    """Words and place of the mention that is offered in full, and of the one offered briefly."""
    (row,) = listed(house, text)
    return tuple((offer.words, offer.start) if offer else None for offer in (row.in_full, row.briefly))  # type: ignore[return-value]


def test_first_mention_is_offered_in_full_and_later_ones_briefly(house: House, letter: Directive) -> None:
    bare, short = "CV 365-CV/ĐUK", "Công văn số 365-CV/ĐUK"
    assert offered(house, f"Theo {bare}") == ((bare, 5), (bare, 5))
    assert offered(house, f"Theo {short}") == ((short, 5), None)
    assert offered(house, f"{KNOWN}; theo {bare}") == (None, (bare, len(KNOWN) + 7))
    assert offered(house, f"{bare} và {bare}") == ((bare, 0), (bare, 17))
    assert offered(house, f"{KNOWN}; theo {short} và {bare}") == (None, (bare, len(KNOWN) + 7 + len(short) + 4))
    assert offered(house, f"Theo {short} về tổ chức Tháng cao điểm") == (None, None)  # a subject stands there


def test_an_offer_names_the_words_as_they_stand(house: House, letter: Directive) -> None:
    """Spaces, line breaks and letters typed in two parts do not move it."""
    text = unicodedata.normalize("NFD", "Đề nghị 🌾 theo Công  văn\nsố 365 - CV/ĐUK")
    (row,) = listed(house, text)

    assert row.in_full is not None
    whole = unicodedata.normalize("NFC", text)
    assert whole[row.in_full.start :] == row.in_full.words == "Công  văn\nsố 365 - CV/ĐUK"


# --- links ------------------------------------------------------------------------------------------------------------
def linked(text: str, post: Any) -> str:
    return cited(text, recognition.recognise([text], by=post))


def test_cited_links_the_words_that_name_the_document(house: House, letter: Directive) -> None:
    url = reverse("directives:detail", args=[letter.pk])
    label = letter.label

    assert linked("Theo Công văn 365-CV/ĐUK.", house.officer) == (
        f'Theo <a class="cite" href="{url}" title="{label}">Công văn 365-CV/ĐUK</a>.'
    )


def test_cited_marks_a_doubt(house: House, letter: Directive) -> None:
    assert f'class="cite cite-doubt" href="{reverse("directives:detail", args=[letter.pk])}"' in linked(
        OTHER_DAY, house.officer
    )


def test_cited_offers_the_form_to_who_may_record_and_plain_words_to_others(house: House) -> None:
    assert 'class="cite cite-unknown" href="/van-ban-chi-dao/moi/?kind=KH' in linked(UNKNOWN, house.clerk)
    assert linked(UNKNOWN, house.officer) == UNKNOWN


def test_cited_escapes_the_text_and_the_title(house: House) -> None:
    make_directive(house.clerk, "7-CV/TU", issuer='<b>"Tỉnh ủy"</b>')
    text = '<script>alert("1")</script> Công văn số 7-CV/TU & <img src=x onerror=alert(1)>'

    html = linked(text, house.officer)

    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert html.count("<a ") == 1


def test_cited_without_recognition_is_the_escaped_text() -> None:
    assert (cited("a < b", None), cited("", None)) == ("a &lt; b", "")


# --- below a field ----------------------------------------------------------------------------------------------------
def ask(client: Any, text: str, field: str = "text") -> Any:
    return client.post(f"{reverse('directives:recognise')}?field={field}", {field: text})


def test_page_below_a_field_says_what_is_known_doubtful_and_unknown(
    client: Any, house: House, letter: Directive
) -> None:
    client.force_login(house.office.user)
    before = Event.objects.count(), Directive.objects.count()

    answer = ask(client, f"{KNOWN}; {OTHER_DAY}\n{UNKNOWN}", "opening")

    rows = answer.context["rows"]
    assert [(row.first.citation.code, row.first.directive, row.first.doubts) for row in rows] == [
        ("365-CV/ĐUK", letter, ()), ("365-CV/ĐUK", None, (letter,)), ("48/KH-UBND", None, ()),
    ]  # fmt: skip
    assert "Đăng ký văn bản này" in answer.text
    assert (Event.objects.count(), Directive.objects.count()) == before


def test_page_below_a_field_offers_no_entry_to_who_may_not_record(client: Any, house: House) -> None:
    client.force_login(house.officer.user)

    answer = ask(client, UNKNOWN)

    assert "chưa có trong sổ" in answer.text
    assert "Đăng ký" not in answer.text


@pytest.mark.parametrize("text", ["", " ", "\x00", "không dẫn gì", "x" * 2_000_000, "25-NQ/TW về " * 100_000])
def test_page_below_a_field_takes_any_text(client: Any, house: House, text: str) -> None:
    client.force_login(house.office.user)

    assert ask(client, text).status_code == 200


def test_page_below_a_field_is_asked_by_post_and_by_who_reads_the_register(client: Any, house: House) -> None:
    client.force_login(house.office.user)
    assert client.get(reverse("directives:recognise")).status_code == 405
    client.force_login(house.posts["admin"].user)
    assert ask(client, KNOWN).status_code == 404


def test_unknown_opens_the_form_of_a_new_entry_filled_in(client: Any, house: House) -> None:
    client.force_login(house.clerk.user)
    row = recognition.recognise([UNKNOWN], by=house.clerk).of(UNKNOWN)[0]

    form = client.get(register_url(row)).context["form"]

    assert {name: form[name].value() for name in ("kind", "code", "dated_on", "issuer", "subject", "received_on")} == {
        "kind": "KH", "code": "48/KH-UBND", "dated_on": "05/02/2026", "issuer": "UBND tỉnh", "subject": "chuyển đổi số",
        "received_on": None,
    }  # fmt: skip


def test_every_field_of_a_citation_reaches_the_form(house: House) -> None:
    text = "Chương trình phối hợp số 02/CTPH-A-B ngày 1/2/2026 giữa Sở A & B với Sở C về “X = Y?”; # 50%"
    row = recognition.recognise([text], by=house.clerk).of(text)[0]

    query = {name: values[0] for name, values in parse_qs(urlsplit(register_url(row)).query).items()}

    first = parse(text)[0]
    assert query == {
        "kind": "CTr", "code": first.code, "dated_on": "01/02/2026", "issuer": first.issuer, "subject": first.subject,
    }  # fmt: skip


def test_form_shows_where_the_answer_goes(client: Any, house: House) -> None:
    client.force_login(house.clerk.user)
    page = client.get(reverse("directives:create")).text

    assert 'hx-post="/van-ban-chi-dao/nhan-dang/?field=subject"' in page
    assert 'id="id_subject-citations"' in page
