from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from audit.models import Event
from directives import doubts, events, notes, queries, register, relations
from directives.citations import parse
from directives.models import Directive, DirectiveRelation, Validity
from tests.factories.directives import PDF, make_directive
from tests.factories.plans import House, make_house
from units.permissions import NotAllowed

AT = timezone.now()
WRONG_DAY = date(2023, 9, 20)


def pair(house: House) -> tuple[Directive, Directive]:
    return make_directive(house.clerk), make_directive(house.clerk, dated_on=WRONG_DAY)


def test_distinguish_ends_the_doubt_on_both_pages(house: House) -> None:
    one, other = pair(house)
    assert (queries.doubts_of(one), queries.doubts_of(other)) == ([other], [one])

    for _again in range(2):
        doubts.distinguish(directive=other, other=one, by=house.clerk, at=AT)

    assert (queries.doubts_of(one), queries.doubts_of(other)) == ([], [])
    assert Event.objects.filter(name=events.DISTINGUISHED).count() == 2


def test_merge_moves_what_hangs_on_the_dropped_one(house: House) -> None:
    kept, dropped = pair(house)
    third = make_directive(house.clerk, code="9-CV/ĐUK")
    who: dict[str, Any] = {"by": house.clerk, "at": AT}
    register.receive(directive=dropped, on=date(2023, 9, 21), **who)
    for directive in (kept, dropped):
        register.add_file(directive=directive, name="a.pdf", data=PDF, **who)
        relations.relate(source=third, kind=DirectiveRelation.Kind.MENTIONS, target=directive, **who)
    register.add_file(directive=dropped, name="b.pdf", data=PDF + b"\n", **who)
    notes.note(
        directive=dropped, text="Giao", lead_unit=house.department, cooperating_units=[], due_on=None,
        by=house.director, at=AT,
    )  # fmt: skip

    doubts.merge(kept=kept, dropped=dropped, **who)

    kept.refresh_from_db()
    dropped.refresh_from_db()
    assert (dropped.validity, dropped.same_as, dropped.received_number) == (Validity.WITHDRAWN, kept, None)
    assert (kept.received_number, kept.received_on) == (1, date(2023, 9, 21))
    assert [file.name for file in kept.files.all()] == ["a.pdf", "b.pdf"]
    assert [(row.source, row.kind) for row in kept.pointed_at_by.all()] == [(third, "mentions")]
    assert [note.text for note in kept.notes.all()] == ["Giao"]


def test_merge_keeps_both_numbers_of_the_book(house: House) -> None:
    kept, dropped = pair(house)
    for directive in (kept, dropped):
        register.receive(directive=directive, on=date(2023, 9, 21), by=house.clerk, at=AT)

    doubts.merge(kept=kept, dropped=dropped, by=house.clerk, at=AT)

    numbers = Directive.objects.incoming(house.organisation, 2023).values_list("received_number", flat=True)
    assert list(numbers) == [1, 2]


def test_merge_a_text_with_the_wrong_day_means_the_kept_one_from_then_on(house: House) -> None:
    kept, dropped = pair(house)
    doubts.merge(kept=kept, dropped=dropped, by=house.clerk, at=AT)

    (citation,) = parse("Công văn số 365-CV/ĐUK ngày 20/9/2023 của Đảng ủy Khối các cơ quan tỉnh")
    cited = register.record_citation(citation, organisation=house.organisation, by=house.clerk, at=AT)

    assert (cited, Directive.objects.count()) == (kept, 2)


def test_merge_refuses_other_codes_withdrawn_rows_foreign_ones_and_readers(house: House) -> None:
    kept, dropped = pair(house)
    other = make_directive(house.clerk, code="9-CV/ĐUK")
    foreign = make_directive(make_house("Sở khác", "SK").clerk)
    for wrong in (other, foreign, kept):
        with pytest.raises(NotAllowed):
            doubts.merge(kept=kept, dropped=wrong, by=house.clerk, at=AT)
    with pytest.raises(NotAllowed):
        doubts.merge(kept=kept, dropped=dropped, by=house.officer, at=AT)
    relations.set_validity(directive=dropped, validity=Validity.WITHDRAWN, until=None, by=house.clerk, at=AT)
    with pytest.raises(NotAllowed, match="đã rút khỏi sổ"):
        doubts.merge(kept=kept, dropped=dropped, by=house.clerk, at=AT)
