"""Everything that can be said has words, in any language."""

from registrations.placement.differences import BREAKING, Difference
from registrations.placement.measures import LEVELS
from registrations.placement.words import AIMS, DIFFERENCES, WORDS, difference_in_words, level_line, reason_in_words

MEASURES = {"values": {"1": [80, 2], "2": [0, 0]}, "near": [1, 4]}
VALUES = {
    "placed_by_priority": [1, 1, 0],
    "competitor_conflicts": 1,
    "position_value_by_package": [80, 0],
    "near_wishes_met": 1,
    "same_municipality_pairs": 1200,
}


def test_every_level_and_every_difference_has_words():
    assert set(AIMS) == set(WORDS) == set(VALUES) == set(LEVELS)
    assert set(DIFFERENCES) == BREAKING | {"exhibitor_new"}
    for code in DIFFERENCES:
        text = difference_in_words(Difference(code, "e1", "s1"), lambda ident: "Alfa AB", lambda ident: "A1")
        assert "Alfa AB" in text


def test_a_level_says_its_value_and_its_bound_only_where_that_is_open():
    for name, value in VALUES.items():
        proven, open_ = (level_line(name, value, value, proven, MEASURES) for proven in (True, False))
        assert proven.value == open_.value != ""
        assert (proven.bound, open_.bound != "") == ("", True)
        assert level_line(name, None, None, False, {}).value == ""
        assert level_line(name, value, None, False, {}).bound == ""


def test_positions_are_shown_as_averages():
    shown = level_line("position_value_by_package", [80, 0], None, False, MEASURES).value
    assert "40 · –" in shown


def test_a_reason_is_words_and_no_reason_is_none():
    assert reason_in_words(None) == ""
    assert reason_in_words({"code": "by_hand"}) != ""
    assert "36" in reason_in_words({"code": "no_stand_large_enough", "numbers": {"min_size": 36, "largest": 9}})
