"""Every address × every role, on rows of one's own house; a foreign house's rows are as unknown as no row at all."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse

from audit.models import Event
from tests.consistency.addresses import ACCOUNTS, ROLES, TABLE, Address, own_names
from tests.factories.plans import make_house
from tests.factories.units import AppointmentFactory
from units.models import User

SignIn = Callable[[User | str], Any]
UNKNOWN = 2_000_000_000
# Addresses that name no row of a house, or where the own and the foreign row are told apart by other means.
# Kinds of documents and their letters are one list for all houses, and so is the working calendar.
WITHOUT_ROWS = {
    "units:choose_password", "documents:agent_fetch", "documents:agent_deliver", "lookup:document", "directives:kind",
    "directives:forget_symbol", "feeds:calendar", "tasks:calendar_remove", "reports:below_figure",
    "documents:outside", "documents:outside_file", "documents:outside_attachment",
}  # fmt: skip


EMPTY_CHOICE = b">---------<"
"""What Django says for a choice that may stay empty."""


class Undo(Exception):
    """Ends a block so that nothing of it stays."""


def title(address: Address) -> str:
    return " ".join(filter(None, (address.method, address.name, address.where)))


def ask(client: Any, address: Address, path: str) -> Any:
    if address.data is None:
        return client.get(path + address.query)
    return client.post(path, address.data())


def read(answer: Any) -> bytes:
    """The whole answer; a streamed file is closed by it."""
    return b"".join(answer) if answer.streaming else bytes(answer.content)


def outcome(client: Any, address: Address) -> str:
    """The status, with "+" when history was written; nothing stays."""
    found = ""
    try:
        with transaction.atomic():
            path = reverse(address.name, kwargs=address.arguments())
            before = Event.objects.count()
            answer = ask(client, address, path)
            page = read(answer)
            assert EMPTY_CHOICE not in page
            found = f"{answer.status_code}{'+' if Event.objects.count() > before else ''}"
            raise Undo
    except Undo:
        return found


def test_every_address_stands_in_the_table() -> None:
    assert {address.name for address in TABLE} == own_names()


@pytest.mark.parametrize("address", TABLE, ids=title)
def test_each_role_gets_what_the_table_says(address: Address, sign_in: SignIn) -> None:
    assert {role: outcome(sign_in(ACCOUNTS[role]), address) for role in ROLES} == address.by_role()


def foreign_person(role: str) -> User:
    """Somebody of another house in the same kind of post."""
    house = make_house("Sở Xa lạ", "SXL")
    posts = house.posts | {"unit_head": house.head, "recipient": AppointmentFactory(recipient=True, unit=house.other)}
    return posts[role].user


def who_may(address: Address) -> str:
    """The role that gets furthest: one for which something happens, else one that sees the page."""
    by_role = address.by_role()
    acts = [role for role in ROLES if by_role[role].endswith("+")]
    sees = [role for role in ROLES[1:] if by_role[role][0] in "23"]
    return [*acts, *sees, "office"][0]


@pytest.mark.parametrize(
    "address", [each for each in TABLE if each.arguments != {} and (each.where or each.more is not dict)], ids=title
)
def test_a_foreign_row_is_as_unknown_as_none(address: Address, sign_in: SignIn) -> None:
    if address.name in WITHOUT_ROWS:
        return
    arguments = address.arguments()
    first = next(name for name in arguments if name in ("pk", "plan_pk"))
    client = sign_in(foreign_person(who_may(address)))
    answers = [
        ask(client, address, reverse(address.name, kwargs=arguments | {first: pk}))
        for pk in (arguments[first], UNKNOWN)
    ]
    shown = [re.sub(rb"\d{6,}|token[^>]*", b"", read(answer)).replace(b"/", b"") for answer in answers]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert len(shown[0]) == pytest.approx(len(shown[1]), abs=200)
