"""The data that official documents are made of."""

from datetime import date

import pytest

from documents import layout


def test_profiles_have_the_sizes_that_move_together() -> None:
    shown = {each.key: (each.sizes.national_name, each.sizes.motto, each.sizes.place_date) for each in layout.PROFILES}
    assert shown == {"nd30-13": (12, 13, 13), "nd30-14": (13, 14, 14)}


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
    assert profile.sizes.recipients == 11
    assert profile.sizes.recipients_head == 12


def test_profile_for_chooses_by_day_and_size() -> None:
    assert layout.profile_for(date(2026, 11, 25)).key == "nd30-13"
    assert layout.profile_for(date(2026, 11, 25), size=14).key == "nd30-14"


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
