"""Every state × move × role of an official file against the table and the grants, written out once more by hand."""

import pytest
from django.utils import timezone

from documents import permissions
from documents.states import FROZEN, TRANSITIONS
from documents.states import DocumentMove as M
from documents.states import DocumentState as S
from tests.factories.plans import House, make_house, make_plan, make_recipient

# Who may make the move where the table allows it. The plan is drafted in "department" and goes to the director.
WHO = {
    M.EDIT: {"office", "chief"},
    M.PROPOSE: {"office", "chief"},
    M.CONFIRM: {"head"},
    M.CHECK: {"chief"},
    M.SIGN: {"director"},
    M.NUMBER: {"clerk"},
    M.ISSUE: {"clerk"},
    M.CLOSE: {"office", "chief"},
    M.RECALL: {"director"},
    M.REPLACE: {"director"},
    M.DISCARD: {"office", "chief"},
}
RETURNS = {S.PROPOSED: {"head"}, S.SUBMITTED: {"chief"}, S.CHECKED: {"director"}, S.SIGNED: {"clerk"}}


@pytest.fixture
def plain_house(db: None) -> House:
    return make_house()


@pytest.mark.parametrize("state", list(S))
def test_every_move_of_every_role(plain_house: House, state: S) -> None:
    house, document = plain_house, make_plan(plain_house).document
    document.state = state
    posts = house.posts | {"recipient": make_recipient(), "stranger": make_house("Sở Khác", "SK").chief}

    possible = {
        (move, role)
        for move in M
        for role, post in posts.items()
        if permissions.can_move(post, document, move, at=timezone.now())
    }

    expected = {
        (move, role)
        for move in M
        if (state, move) in TRANSITIONS
        for role in (RETURNS[state] if move == M.RETURN else WHO[move])
    }
    assert possible == expected


def test_every_state_can_be_reached_and_every_move_is_used() -> None:
    assert {state for state in S if state != S.DRAFT} == set(TRANSITIONS.values()) - {S.DRAFT}
    assert {move for _state, move in TRANSITIONS} == set(M)


def test_no_edit_of_a_frozen_file() -> None:
    assert {state for state, move in TRANSITIONS if move == M.EDIT} & set(FROZEN) == set()


def test_a_post_that_ended_does_nothing(plain_house: House) -> None:
    document = make_plan(plain_house).document
    plain_house.office.ends_on = timezone.localdate()

    assert permissions.moves_of(plain_house.office, document, at=timezone.now()) == []
