"""The data that official documents are made of."""

from datetime import date

import pytest

from documents import layout


def test_profiles_have_the_sizes_that_move_together() -> None:
    shown = {each.key: (each.sizes.national_name, each.sizes.motto, each.sizes.place_date) for each in layout.PROFILES}
    assert shown == {"nd30-13": (12, 13, 13), "nd30-14": (13, 14, 14), "hd36": (15, 13, 14), "hd05": (15, 13, 14)}


@pytest.mark.parametrize("profile", layout.PROFILES)
def test_profiles_keep_within_the_rule(profile: layout.LayoutProfile) -> None:
    margins = profile.margins
    assert 20 <= margins.top <= 25
    assert 20 <= margins.bottom <= 25
    assert 30 <= margins.left <= 35
    assert 15 <= margins.right <= 20
    assert profile.indent_mm in (10, 12.7)
    assert profile.paragraph_gap_pt >= 6
    assert 1 <= profile.line_spacing <= 1.5
    assert 13 <= profile.sizes.body <= 14
    assert profile.sizes.recipients == (12 if profile.is_party else 11)
    assert profile.sizes.recipients_head == (14 if profile.is_party else 12)


def test_profile_for_chooses_by_day_and_size() -> None:
    assert layout.profile_for(date(2026, 11, 25)).key == "nd30-13"
    assert layout.profile_for(date(2026, 11, 25), size=14).key == "nd30-14"


@pytest.mark.parametrize(
    ("day", "key"),
    [(date(2026, 5, 26), "hd36"), (date(2026, 5, 27), "hd05"), (date(2018, 4, 3), "hd36"), (date(2030, 1, 1), "hd05")],
)
@pytest.mark.parametrize("size", [13, 14])
def test_the_party_changes_its_rule_on_a_day(day: date, key: str, size: int) -> None:
    assert layout.profile_for(day, family=layout.Family.PARTY, size=size).key == key


def test_at_most_one_rule_of_a_family_and_size_holds_on_a_day() -> None:
    for day in (date(2018, 4, 3), date(2020, 3, 5), date(2026, 5, 26), date(2026, 5, 27), date(2040, 1, 1)):
        for family in layout.Family:
            for size in (13, 14):
                each = [
                    p for p in layout.PROFILES if p.family is family and p.holds_on(day) and p.preset in (None, size)
                ]
                assert len(each) <= 1


def test_profile_for_a_day_before_the_rule_finds_none() -> None:
    with pytest.raises(LookupError):
        layout.profile_for(date(2020, 3, 4))


def test_profile_by_key() -> None:
    assert layout.profile("nd30-14") is layout.ND30_14
    with pytest.raises(KeyError):
        layout.profile("none")


def test_profile_ends_before_its_last_day() -> None:
    ended = layout.LayoutProfile("x", "x", date(2020, 1, 1), date(2021, 1, 1), layout.ND30_13.sizes)
    assert [ended.holds_on(date(2020, 12, 31)), ended.holds_on(date(2021, 1, 1))] == [True, False]


def test_table_refuses_rows_that_do_not_fit() -> None:
    columns = (layout.Column(1), layout.Column(1))
    with pytest.raises(ValueError, match="heads"):
        layout.Table(columns, ("a",), ())
    with pytest.raises(ValueError, match="row 1"):
        layout.Table(columns, ("a", "b"), (("1", "2"), ("1", "2", "3")))
    assert layout.Table(columns, ("a", "b"), (("group",), ("1", "2"))).rows[0] == ("group",)


def test_kind_is_its_printed_word() -> None:
    assert [str(kind) for kind in layout.Kind] == ["KẾ HOẠCH", "BÁO CÁO", "CÔNG VĂN"]
