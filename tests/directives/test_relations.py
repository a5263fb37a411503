from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone

from directives import queries, relations
from directives.models import Directive, DirectiveRelation, Validity
from tests.factories.directives import make_directive
from tests.factories.plans import House
from units.permissions import NotAllowed

AT = timezone.now()
R = DirectiveRelation.Kind
TODAY = date(2026, 11, 27)


def chain(house: House, count: int) -> list[Directive]:
    """`count` documents, each replaced by the next."""
    rows = [make_directive(house.clerk, code=f"{n}-CV/ĐUK", dated_on=date(2020 + n, 1, 5)) for n in range(count)]
    for older, newer in pairwise(rows):
        relations.relate(source=newer, kind=R.REPLACES, target=older, by=house.clerk, at=AT)
    return [Directive.objects.select_related("kind").get(pk=row.pk) for row in rows]


def test_standings_name_the_last_successor(house: House) -> None:
    first, second, last = chain(house, 3)

    found = queries.standings([first, second, last], TODAY)

    assert [(row.directive, row.fault, row.newer) for row in found] == [
        (first, queries.Fault.REPLACED, (last,)),
        (second, queries.Fault.REPLACED, (last,)),
    ]
    assert queries.standings([first], date(2020, 6, 1)) == []  # it held then


def test_standings_expired_later_amended_and_not_yet(house: House) -> None:
    expired = make_directive(house.clerk, code="1/KH-UBND", validity=Validity.EXPIRED, valid_until=date(2026, 1, 1))
    later = make_directive(house.clerk, code="2/KH-UBND", dated_on=date(2027, 1, 1))
    not_yet = make_directive(house.clerk, code="3/KH-UBND", valid_from=date(2027, 1, 1))
    amended, amendment = make_directive(house.clerk, code="4/KH-UBND"), make_directive(house.clerk, code="5/KH-UBND")
    relations.relate(source=amendment, kind=R.AMENDS, target=amended, by=house.clerk, at=AT)
    amended.refresh_from_db()

    found = queries.standings([expired, later, not_yet, amended, amendment], TODAY)

    assert [(row.directive, str(row.fault), row.newer) for row in found] == [
        (expired, "expired", ()),
        (later, "later", ()),
        (not_yet, "not_yet", ()),
        (amended, "amended", (amendment,)),
    ]


def test_querysets_say_the_same(house: House) -> None:
    first, second, last = chain(house, 3)

    assert set(Directive.objects.not_in_force_on(TODAY)) == {first, second}
    assert set(Directive.objects.dated_after(date(2021, 6, 1))) == {last}


def test_relate_refuses_a_circle_through_others(house: House) -> None:
    rows = [make_directive(house.clerk, code=f"{n}-CV/ĐUK", dated_on=date(2023, 1, 5)) for n in range(3)]
    for older, newer in pairwise(rows):
        relations.relate(source=newer, kind=R.IMPLEMENTS, target=older, by=house.clerk, at=AT)

    with pytest.raises(NotAllowed, match="vòng"):
        relations.relate(source=rows[0], kind=R.IMPLEMENTS, target=rows[2], by=house.clerk, at=AT)


def test_relate_an_older_document_replaces_nothing_newer(house: House) -> None:
    older, newer = make_directive(house.clerk), make_directive(house.clerk, code="9-CV/ĐUK", dated_on=date(2024, 1, 1))

    with pytest.raises(NotAllowed, match="ban hành sau"):
        relations.relate(source=older, kind=R.REPLACES, target=newer, by=house.clerk, at=AT)


@pytest.mark.parametrize(("kind", "validity"), [(R.REPLACES, "in_force"), (R.AMENDS, "in_force")])
def test_unrelate_takes_the_validity_back(house: House, kind: Any, validity: str) -> None:
    older, newer = make_directive(house.clerk), make_directive(house.clerk, code="9-CV/ĐUK")
    relation = relations.relate(source=newer, kind=kind, target=older, by=house.clerk, at=AT)
    older.refresh_from_db()
    assert older.validity != validity

    relations.unrelate(relation=relation, by=house.clerk, at=AT)

    older.refresh_from_db()
    assert (older.validity, older.valid_until, DirectiveRelation.objects.count()) == (validity, None, 0)


def test_circles_that_were_made_before_end(house: House) -> None:
    first, second = chain(house, 2)
    DirectiveRelation.objects.create(source=first, kind=R.REPLACES, target=second)

    assert DirectiveRelation.objects.last_successors([first.pk, second.pk]) == {}
