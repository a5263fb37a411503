import threading
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from audit import log
from audit.models import Event
from directives import events, notes, register, relations
from directives.citations import Citation, parse
from directives.identity import runs
from directives.models import (
    Directive,
    DirectiveFile,
    DirectiveKind,
    DirectiveNote,
    DirectiveRelation,
    ReceivedSeries,
    Validity,
)
from notifications.models import Message
from tests.factories.directives import PDF, make_directive
from tests.factories.plans import House, make_house
from units.permissions import NotAllowed

AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
DAY = date(2023, 9, 19)
R = DirectiveRelation.Kind
DECREE_30 = {
    "NQ", "QĐ", "CT", "QC", "QyĐ", "TC", "TB", "HD", "CTr", "KH", "PA", "ĐA", "DA", "BC", "BB", "TTr", "HĐ", "CĐ",
    "BGN", "BTT", "GUQ", "GM", "GGT", "GNP", "PG", "PC", "PB",
}  # fmt: skip


def cited(text: str) -> Citation:
    (found,) = parse(text)
    return found


def known(house: House, code: str | None, dated_on: date | None = None, **changes: Any) -> register.Match:
    asked = {"kind": "CV", "subject": None, "issuer": None} | changes
    return register.match(organisation=house.organisation, code=code, dated_on=dated_on, **asked)


# --- identity ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "typed",
    [
        "365-CV/ĐUK",
        "365 - CV/ĐUK",
        "365-CV/ÐUK",  # U+00D0
        unicodedata.normalize("NFD", "365-CV/ĐUK"),
        "365\u2011CV/ĐUK",  # non-breaking hyphen
        "365\u00a0-\u00a0CV/ĐUK",
        "365 – cv/đuk",
        "0365-CV/ĐUK",
    ],
)
def test_match_finds_the_document_however_it_is_typed(house: House, typed: str) -> None:
    directive = make_directive(house.clerk)

    assert known(house, typed, DAY) == register.Match(directive)


@pytest.mark.parametrize("other", ["366-CV/ĐUK", "365-CV/ĐUKDN", "365-KH/ĐUK", "65-CV/ĐUK"])
def test_match_does_not_find_another_code(house: House, other: str) -> None:
    make_directive(house.clerk)

    assert known(house, other, DAY) == register.Match(None)


def test_match_same_code_with_another_date_is_a_doubt(house: House) -> None:
    directive = make_directive(house.clerk)

    assert known(house, "365-CV/ĐUK", date(2023, 9, 20)) == register.Match(None, (directive,))


def test_match_another_year_or_term_is_another_document_without_a_doubt(house: House) -> None:
    make_directive(house.clerk, code="05/KH-UBND", dated_on=date(2023, 9, 19))
    make_directive(house.clerk, code="05-KH/TU", dated_on=date(2023, 9, 19))
    state, party = (
        {day: bool(known(house, code, day).doubts) for day in days}
        for code, days in (
            ("05/KH-UBND", (date(2023, 1, 2), date(2024, 9, 19))),
            ("05-KH/TU", (date(2021, 1, 2), date(2020, 3, 1), date(2025, 8, 1), date(2026, 1, 2))),
        )
    )

    assert list(state.values()) == [True, False]
    assert list(party.values()) == [True, False, True, False]


@pytest.mark.parametrize(
    ("code", "day", "terms"),
    [
        ("66-QĐ/TW", date(2017, 2, 6), {403}),
        ("66-QĐ/TW", date(2021, 1, 20), {403, 404}),
        ("66-QĐ/TW", date(2021, 2, 1), {404}),
        ("365-CV/ĐUK", date(2020, 4, 30), {403}),
        ("365-CV/ĐUK", date(2020, 6, 1), {403, 404}),
        ("33/CT-TTg", date(2021, 11, 26), {2021}),
    ],
)
def test_runs_of_numbers(code: str, day: date, terms: set[int]) -> None:
    assert runs(code, day) == terms


def test_match_without_a_date_means_the_only_one(house: House) -> None:
    first = make_directive(house.clerk)
    assert known(house, "365-CV/ĐUK") == register.Match(first)

    second = make_directive(house.clerk, dated_on=date(2018, 3, 1))
    assert known(house, "365-CV/ĐUK") == register.Match(None, (first, second))


def test_match_a_date_completes_an_undated_entry_only_when_nothing_else_can_be_meant(house: House) -> None:
    undated = make_directive(house.clerk, dated_on=None)
    assert known(house, "365-CV/ĐUK", DAY) == register.Match(undated)

    other = make_directive(house.clerk, dated_on=date(2022, 3, 1))
    assert known(house, "365-CV/ĐUK", DAY) == register.Match(None, (undated, other))


def test_match_another_issuer_is_a_doubt_for_forms_not_for_running_text(house: House) -> None:
    directive = make_directive(house.clerk, code="12/KH-UBND", issuer="UBND tỉnh Hà Nam")

    def ask(issuer: str, **how: Any) -> register.Match:
        return known(house, "12/KH-UBND", DAY, issuer=issuer, **how)

    assert ask("Ủy ban nhân dân tỉnh", strict_issuer=True) == register.Match(directive)
    assert ask("UBND huyện Bình Lục", strict_issuer=True) == register.Match(None, (directive,))
    assert ask("UBND huyện Bình Lục") == register.Match(directive)


def test_match_a_law_by_its_name(house: House) -> None:
    law = make_directive(house.clerk, code="", kind=register.kind_for("L"), subject="Lưu trữ", dated_on=None)

    assert known(house, None, kind="L", subject="lưu  trữ") == register.Match(law)
    assert known(house, None, kind="L", subject="Đất đai") == register.Match(None)


def test_match_stays_in_the_register_of_the_organisation(house: House) -> None:
    make_directive(make_house("Sở khác", "SK").clerk)

    assert known(house, "365-CV/ĐUK", DAY) == register.Match(None)


def test_same_issuer() -> None:
    assert register.same_issuer("", "bo chinh tri")
    assert register.same_issuer("ubnd tinh", "uy ban nhan dan tinh ha nam")
    assert not register.same_issuer("tinh uy ha nam", "tinh uy nam dinh")


# --- record -----------------------------------------------------------------------------------------------------------
def test_record_keeps_what_was_typed_and_reads_number_and_symbol(house: House) -> None:
    directive = make_directive(house.clerk, code="57 – NQ/ TW", issuer=unicodedata.normalize("NFD", "Bộ  Chính trị"))

    directive.refresh_from_db()
    assert (directive.code, directive.number, directive.symbol) == ("57-NQ/TW", "57", "NQ/TW")
    assert (directive.issuer, directive.issuer_key) == ("Bộ Chính trị", "bo chinh tri")
    assert [event.name for event in Event.objects.about(directive)] == [events.RECORDED]


def test_record_refuses_the_same_document(house: House) -> None:
    make_directive(house.clerk)

    with pytest.raises(NotAllowed, match="Văn bản 365-CV/ĐUK đã có trong sổ"):
        make_directive(house.clerk, code="365 - CV/ÐUK")
    assert Directive.objects.count() == 1


def test_record_the_same_code_of_another_day_is_another_document(house: House) -> None:
    make_directive(house.clerk)
    make_directive(house.clerk, dated_on=date(2018, 9, 19))

    assert Directive.objects.with_code("365-cv-đuk").count() == 2


def test_record_again_after_withdrawal(house: House) -> None:
    first = make_directive(house.clerk)
    relations.set_validity(directive=first, validity=Validity.WITHDRAWN, until=None, by=house.clerk, at=AT)
    make_directive(house.clerk)

    with pytest.raises(NotAllowed, match="Sổ đã có một văn bản khác"):
        relations.set_validity(directive=first, validity=Validity.IN_FORCE, until=None, by=house.clerk, at=AT)
    first.refresh_from_db()
    assert first.validity == Validity.WITHDRAWN


def test_record_needs_a_code_or_a_name(house: House) -> None:
    with pytest.raises(NotAllowed, match="Hãy ghi số và ký hiệu, hoặc tên văn bản"):
        make_directive(house.clerk, code="", subject="")


@pytest.mark.parametrize("post", ["officer", "head", "other_head", "director", "deputy", "admin"])
def test_record_is_for_clerk_and_office(house: House, post: str) -> None:
    with pytest.raises(NotAllowed, match="không có quyền"):
        make_directive(house.posts[post])
    assert Directive.objects.count() == 0


def test_record_in_a_foreign_register_is_refused(house: House) -> None:
    with pytest.raises(NotAllowed):
        register.record(
            organisation=make_house("Sở khác", "SK").organisation, kind=register.kind_for("CV"), code="1/A-B",
            dated_on=None, issuer="", subject="", by=house.clerk, at=AT,
        )  # fmt: skip


def test_enter_is_whole_or_not_at_all(house: House) -> None:
    content = {
        "kind": register.kind_for("CV"), "code": "1-CV/TU", "dated_on": DAY, "issuer": "Tỉnh ủy", "subject": "x",
    }  # fmt: skip

    with pytest.raises(NotAllowed, match="không phải PDF"):
        register.enter(content=content, received_on=DAY, file=("a.pdf", b"hello"), by=house.clerk, at=AT)
    assert (Directive.objects.count(), ReceivedSeries.objects.count(), Event.objects.count()) == (0, 0, 0)

    made = register.enter(content=content, received_on=DAY, file=("a.pdf", PDF), by=house.clerk, at=AT)
    assert (made.received_number, made.received_on, made.files.count()) == (1, DAY, 1)


# --- citations --------------------------------------------------------------------------------------------------------
def test_record_citation_enters_completes_and_never_overwrites(house: House) -> None:
    def note(text: str) -> Directive:
        return register.record_citation(cited(text), organisation=house.organisation, by=house.office, at=AT)

    first = note("Công văn số 365-CV/ĐUK")
    fuller = note("Công văn số 365 - CV/ÐUK ngày 19/9/2023 của Đảng ủy Khối về việc tổ chức hội nghị")
    again = note("Công văn số 365-CV/ĐUK ngày 19/9/2023 của Tỉnh ủy về việc khác")

    assert first.pk == fuller.pk == again.pk
    again.refresh_from_db()
    assert (again.dated_on, again.issuer, again.subject) == (DAY, "Đảng ủy Khối", "tổ chức hội nghị")
    assert [event.name for event in Event.objects.about(again)] == [events.RECORDED, events.CORRECTED]


def test_record_citation_another_date_is_another_row(house: House) -> None:
    first = make_directive(house.clerk)
    other = register.record_citation(
        cited("Công văn số 365-CV/ĐUK ngày 20/9/2023"), organisation=house.organisation, by=house.office, at=AT
    )

    assert other.pk != first.pk
    first.refresh_from_db()
    assert first.dated_on == DAY


def test_record_citation_learns_kinds_and_takes_overlong_text(house: House) -> None:
    long = Citation(
        "x", 0, 1, "XYZ", "1/" + "A" * 200, "1", "A" * 200, None, "b" * 900, "c" * 3000
    )  # fmt: skip
    made = register.record_citation(long, organisation=house.organisation, by=house.office, at=AT)

    made.refresh_from_db()
    assert (len(made.code), len(made.symbol), len(made.issuer), len(made.subject)) == (80, 60, 300, 3000)
    assert DirectiveKind.objects.get(abbreviation="XYZ").name == "XYZ"
    assert register.record_citation(long, organisation=house.organisation, by=house.office, at=AT).pk == made.pk


def test_kinds_are_known_from_the_beginning(db: None) -> None:
    names = dict(DirectiveKind.objects.values_list("abbreviation", "name"))

    assert DECREE_30 | {"KL", "TT", "CV", "L", "NĐ"} <= set(names)
    assert (names["KH"], names["CTr"]) == ("Kế hoạch", "Chương trình")


# --- correct ----------------------------------------------------------------------------------------------------------
def test_correct_moves_the_identity_and_names_old_values(house: House) -> None:
    directive = make_directive(house.clerk)
    register.correct(directive=directive, by=house.clerk, at=AT, code="356-CV/ĐUK", dated_on=date(2023, 9, 20))

    assert known(house, "356-CV/ĐUK", date(2023, 9, 20)).directive == directive
    assert known(house, "365-CV/ĐUK") == register.Match(None)
    event = Event.objects.about(directive).last()
    assert event is not None
    assert event.sentence == "sửa thông tin: số và ký hiệu, ngày ban hành"
    assert event.data["before"] == {"code": "365-CV/ĐUK", "dated_on": "2023-09-19"}
    directive.refresh_from_db()
    assert (directive.number, directive.symbol) == ("356", "CV/ĐUK")


def test_correct_nothing_writes_nothing(house: House) -> None:
    directive = make_directive(house.clerk)
    register.correct(directive=directive, by=house.clerk, at=AT, code="365 - CV/ĐUK", subject=directive.subject)

    assert Event.objects.about(directive).count() == 1


def test_correct_into_another_document_is_refused(house: House) -> None:
    make_directive(house.clerk)
    other = make_directive(house.clerk, code="366-CV/ĐUK")

    with pytest.raises(NotAllowed, match="Sổ đã có một văn bản khác"):
        register.correct(directive=other, by=house.clerk, at=AT, code="365-CV/ĐUK")
    other.refresh_from_db()
    assert other.code == "366-CV/ĐUK"


def test_every_change_is_refused_to_who_may_only_read(house: House) -> None:
    directive = make_directive(house.clerk)
    other = make_directive(house.clerk, code="1-KH/TU")
    acts = [
        partial(register.correct, directive=directive, subject="x"),
        partial(register.receive, directive=directive, on=DAY),
        partial(relations.relate, source=directive, kind=R.REPLACES, target=other),
        partial(relations.set_validity, directive=directive, validity=Validity.EXPIRED, until=DAY),
        partial(register.add_file, directive=directive, name="a.pdf", data=PDF),
        partial(notes.note, directive=directive, text="x", lead_unit=None, cooperating_units=[], due_on=None),
    ]
    written = Event.objects.count()
    foreign = make_house("Sở khác", "SK")
    for act in acts:
        for by in (house.officer, house.admin, foreign.clerk, foreign.director):
            with pytest.raises(NotAllowed):
                act(by=by, at=AT)
    assert Event.objects.count() == written


# --- receive ----------------------------------------------------------------------------------------------------------
def test_receive_counts_per_organisation_and_year(house: House) -> None:
    foreign = make_house("Sở khác", "SK")

    def number(by: Any, code: str, on: date) -> int | None:
        return register.receive(directive=make_directive(by, code=code), on=on, by=by, at=AT).received_number

    given = [
        number(house.clerk, "1-A/B", date(2025, 12, 31)),
        number(house.clerk, "2-A/B", date(2026, 1, 2)),
        number(foreign.clerk, "2-A/B", date(2026, 1, 2)),
        number(house.clerk, "3-A/B", date(2026, 1, 3)),
        number(house.clerk, "4-A/B", date(2025, 12, 31)),
    ]
    assert given == [1, 1, 1, 2, 2]


@pytest.mark.parametrize(
    ("on", "words"),
    [(date(2026, 11, 21), "Ngày đến không được ở tương lai"), (date(2023, 9, 18), "trước ngày ban hành 19/09/2023")],
)
def test_receive_refuses_an_impossible_day(house: House, on: date, words: str) -> None:
    directive = make_directive(house.clerk)

    with pytest.raises(NotAllowed, match=words):
        register.receive(directive=directive, on=on, by=house.clerk, at=AT)
    assert ReceivedSeries.objects.count() == 0


def test_receive_twice_or_withdrawn_is_refused(house: House) -> None:
    directive = make_directive(house.clerk)
    register.receive(directive=directive, on=DAY, by=house.clerk, at=AT)
    with pytest.raises(NotAllowed, match="đã có số đến 1"):
        register.receive(directive=directive, on=DAY, by=house.clerk, at=AT)

    gone = make_directive(house.clerk, code="2-A/B")
    relations.set_validity(directive=gone, validity=Validity.WITHDRAWN, until=None, by=house.clerk, at=AT)
    with pytest.raises(NotAllowed, match="đã rút khỏi sổ"):
        register.receive(directive=gone, on=DAY, by=house.clerk, at=AT)
    assert ReceivedSeries.objects.get().last_number == 1


# --- relations, validity ----------------------------------------------------------------------------------------------
def test_relate_replacement_ends_the_older_on_the_day_of_the_newer(house: House) -> None:
    older = make_directive(house.clerk)
    newer = make_directive(house.clerk, code="9-CV/ĐUK", dated_on=date(2025, 1, 5), valid_from=date(2025, 2, 1))
    for _twice in range(2):
        relations.relate(source=newer, kind=R.REPLACES, target=older, by=house.clerk, at=AT)

    older.refresh_from_db()
    assert (older.validity, older.valid_until) == (Validity.REPLACED, date(2025, 2, 1))
    assert older.is_valid_on(date(2025, 1, 31))
    assert not older.is_valid_on(date(2025, 2, 1))
    assert DirectiveRelation.objects.count() == 1
    assert Event.objects.filter(name=events.VALIDITY_CHANGED).count() == 1


def test_relate_amendment_does_not_bring_a_replaced_one_back(house: House) -> None:
    older, newer = make_directive(house.clerk), make_directive(house.clerk, code="9-CV/ĐUK")
    relations.relate(source=newer, kind=R.REPLACES, target=older, by=house.clerk, at=AT)
    relations.relate(source=newer, kind=R.AMENDS, target=older, by=house.clerk, at=AT)
    older.refresh_from_db()
    assert older.validity == Validity.REPLACED

    third = make_directive(house.clerk, code="8-CV/ĐUK")
    relations.relate(source=newer, kind=R.AMENDS, target=third, by=house.clerk, at=AT)
    third.refresh_from_db()
    assert third.validity == Validity.AMENDED
    assert third.is_valid_on(date(2026, 1, 1))


def test_relate_refuses_itself_a_foreign_one_and_both_ways(house: House) -> None:
    one, two = make_directive(house.clerk), make_directive(house.clerk, code="9-CV/ĐUK")
    foreign = make_directive(make_house("Sở khác", "SK").clerk)
    for target in (one, foreign):
        with pytest.raises(NotAllowed, match="một văn bản khác trong cùng sổ"):
            relations.relate(source=one, kind=R.IMPLEMENTS, target=target, by=house.clerk, at=AT)
    relations.relate(source=one, kind=R.REPLACES, target=two, by=house.clerk, at=AT)
    with pytest.raises(NotAllowed, match="chiều ngược lại"):
        relations.relate(source=two, kind=R.REPLACES, target=one, by=house.clerk, at=AT)
    one.refresh_from_db()
    assert one.validity == Validity.IN_FORCE


def test_set_validity(house: House) -> None:
    directive = make_directive(house.clerk)

    def say(validity: Validity, until: date | None) -> Directive:
        return relations.set_validity(directive=directive, validity=validity, until=until, by=house.clerk, at=AT)

    with pytest.raises(NotAllowed, match="từ ngày nào"):
        say(Validity.EXPIRED, None)
    with pytest.raises(NotAllowed, match="trước ngày ban hành"):
        say(Validity.EXPIRED, date(2020, 1, 1))
    assert not say(Validity.EXPIRED, date(2024, 1, 1)).is_valid_on(date(2024, 1, 1))
    assert say(Validity.IN_FORCE, None).is_valid_on(date(2030, 1, 1))
    say(Validity.IN_FORCE, None)
    sentences = [event.sentence for event in Event.objects.about(directive).filter(name=events.VALIDITY_CHANGED)]
    assert sentences == ["hiệu lực: Hết hiệu lực (01/01/2024)", "hiệu lực: Còn hiệu lực"]


# --- notes ------------------------------------------------------------------------------------------------------------
def test_note_names_lead_cooperating_units_and_day(house: House) -> None:
    directive = make_directive(house.clerk)
    note = notes.note(
        directive=directive, text="Giao phòng tham mưu kế hoạch", lead_unit=house.department,
        cooperating_units=[house.other], due_on=date(2026, 12, 1), by=house.director, at=AT,
    )  # fmt: skip

    assert (note.lead_unit, list(note.cooperating_units.all()), note.noted_by) == (
        house.department, [house.other], house.director,
    )  # fmt: skip


def test_note_tells_the_heads_of_the_named_units(house: House) -> None:
    directive = make_directive(house.clerk)
    notes.note(
        directive=directive, text="Nội dung nội bộ", lead_unit=house.department, cooperating_units=[house.other],
        due_on=date(2026, 12, 1), by=house.director, at=AT,
    )  # fmt: skip

    told = {message.user: (message.subject, message.body, message.url) for message in Message.objects.all()}
    assert set(told) == {house.head.user, house.other_head.user}
    subject, body, url = told[house.head.user]
    assert subject == "Lãnh đạo có ý kiến chỉ đạo về Công văn số 365-CV/ĐUK"
    assert "Thời hạn: 01/12/2026." in body
    assert "Nội dung nội bộ" not in body
    assert url == reverse("directives:detail", args=[directive.pk])


def test_note_refuses_impossible_units(house: House) -> None:
    directive = make_directive(house.clerk)
    foreign = make_house("Sở khác", "SK").department

    def note(lead: Any, helping: list[Any]) -> None:
        notes.note(
            directive=directive, text="x", lead_unit=lead, cooperating_units=helping, due_on=None, by=house.director,
            at=AT,
        )  # fmt: skip

    with pytest.raises(NotAllowed, match="không đồng thời"):
        note(house.department, [house.department])
    with pytest.raises(NotAllowed, match="chọn đơn vị chủ trì"):
        note(None, [house.department])
    for lead, helping in ((foreign, []), (house.department, [foreign])):
        with pytest.raises(NotAllowed, match="đơn vị thuộc cơ quan mình"):
            note(lead, helping)
    assert DirectiveNote.objects.count() == 0


# --- a failing history undoes the change ------------------------------------------------------------------------------
def test_nothing_stays_when_history_cannot_be_written(house: House) -> None:
    directive, other = make_directive(house.clerk), make_directive(house.clerk, code="9-CV/ĐUK")
    acts = [
        partial(make_directive, house.clerk, code="10-CV/ĐUK"),
        partial(register.correct, directive=directive, subject="khác", by=house.clerk, at=AT),
        partial(register.receive, directive=directive, on=DAY, by=house.clerk, at=AT),
        partial(relations.relate, source=directive, kind=R.REPLACES, target=other, by=house.clerk, at=AT),
        partial(
            relations.set_validity, directive=directive, validity=Validity.EXPIRED, until=DAY, by=house.clerk, at=AT
        ),
        partial(register.add_file, directive=directive, name="a.pdf", data=PDF, by=house.clerk, at=AT),
        partial(
            notes.note, directive=directive, text="x", lead_unit=None, cooperating_units=[], due_on=None,
            by=house.director, at=AT,
        ),
    ]  # fmt: skip
    models = (Directive, ReceivedSeries, DirectiveRelation, DirectiveFile, DirectiveNote, Event)
    before = [list(model.objects.order_by("pk").values()) for model in models]
    with mock.patch.object(log, "record", side_effect=RuntimeError("history is full")):
        for act in acts:
            with pytest.raises(RuntimeError, match="history is full"):
                act()
    assert [list(model.objects.order_by("pk").values()) for model in models] == before


# --- several at once --------------------------------------------------------------------------------------------------
def together(*acts: Any) -> list[Any]:
    """Run `acts` in threads of their own, started at one moment; their results or errors, in order."""
    results: list[Any] = [None] * len(acts)
    start = threading.Barrier(len(acts))

    def run(place: int, act: Any) -> None:
        try:
            start.wait(10)
            results[place] = act()
        except Exception as error:  # noqa: BLE001 (handed to the test)
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return results


@pytest.mark.django_db(transaction=True)
def test_two_writers_of_one_document_make_one(house: House) -> None:
    results = together(*[partial(make_directive, house.clerk)] * 4)

    assert sorted(type(result).__name__ for result in results) == ["Directive", *["NotAllowed"] * 3]
    assert Directive.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_texts_that_cite_one_document_share_it(house: House) -> None:
    citation = cited("Công văn số 365-CV/ĐUK ngày 19/9/2023 của Đảng ủy Khối")
    note = partial(register.record_citation, citation, organisation=house.organisation, by=house.office, at=AT)

    assert {result.pk for result in together(note, note, note, note)} == {Directive.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_once_leave_no_gap(house: House) -> None:
    rows = [make_directive(house.clerk, code=f"{number}-CV/ĐUK") for number in range(1, 9)]
    at = timezone.now()
    on = timezone.localdate(at) - timedelta(days=1)
    content = {"kind": register.kind_for("CV"), "dated_on": DAY, "issuer": "", "subject": "x"}
    acts = [partial(register.receive, directive=row, on=on, by=house.clerk, at=at) for row in rows] + [
        partial(
            register.enter, content=content | {"code": f"{number}-KH/TU"}, received_on=on, file=None, by=house.clerk,
            at=at,
        )
        for number in range(1, 5)
    ]  # fmt: skip
    results = together(*acts)

    assert sorted(result.received_number for result in results) == list(range(1, 13))
    assert ReceivedSeries.objects.get().last_number == 12
