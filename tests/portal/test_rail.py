"""The rail of each role: a page belongs to one of its places, whatever other roles find it under."""

import pytest

from portal.context import PLACES
from units.roles import Role


@pytest.mark.parametrize("role", Role.values)
def test_a_page_lights_one_place_of_the_rail(role: str) -> None:
    seen = [place for place in PLACES if place.is_for(role)]
    for path in {address for place in seen for address in (place.url, *place.below)}:
        lit = [str(place.label) for place in seen if path == place.url or path.startswith(place.below)]
        assert len(lit) == 1, path
