"""Who asks, with and without a proxy in front, and how fast anybody may ask for what needs no log-in."""

from typing import Any

import pytest
from axes.helpers import get_client_ip_address
from django.test import Client, RequestFactory
from django.urls import reverse

from documents import lookup, lookup_views, outside_views
from units.web import address_of

PROXY = "10.0.0.1"


@pytest.mark.parametrize(
    ("is_behind", "forwarded", "expected"),
    [
        (False, "", PROXY),
        (False, "203.0.113.7", PROXY),  # nobody vouches for what the visitor wrote
        (True, "203.0.113.7", "203.0.113.7"),
        (True, "198.51.100.1, 203.0.113.7", "203.0.113.7"),  # the proxy puts its own behind what it was told
        (True, "2001:db8::7", "2001:db8::7"),
        (True, "", PROXY),
        (True, "203.0.113.7, ", PROXY),
        (True, "chỗ nào đó", PROXY),
    ],
)
def test_address_of_believes_only_the_proxy(settings: Any, is_behind: bool, forwarded: str, expected: str) -> None:
    settings.BEHIND_PROXY = is_behind
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, headers=headers)

    assert (address_of(request), get_client_ip_address(request)) == (expected, expected)


def missed(client: Client, visitor: str, *, many: int) -> int:
    """The last answer to somebody who guesses codes and links."""
    for _turn in range(many):
        headers = {"X-Forwarded-For": visitor}
        code = client.get(reverse("lookup:document", args=[lookup.new_code()]), headers=headers).status_code
        link = client.get(reverse("documents:outside", args=["0" * 64]), headers=headers).status_code
        assert code == link
    return code


@pytest.mark.django_db
@pytest.mark.parametrize(("is_behind", "other"), [(True, 404), (False, 429)])
def test_behind_a_proxy_each_visitor_has_a_pace_of_their_own(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch, is_behind: bool, other: int
) -> None:
    settings.BEHIND_PROXY = is_behind
    monkeypatch.setattr(lookup_views, "MISSES", 2)
    monkeypatch.setattr(outside_views, "MOST_MISSES", 2)

    assert missed(client, "203.0.113.7", many=3) == 429
    assert missed(client, "203.0.113.8", many=1) == other
