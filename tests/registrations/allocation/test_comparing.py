"""Two proposals side by side."""

from registrations.allocation.comparing import Turn, levels, turns


def solution(places, *objective):
    return {
        "assignments": [{"group": group, "wave": wave} for group, wave in places.items()],
        "objective": [
            {"name": name, "sense": sense, "value": value, "bound": value, "proven": True}
            for name, sense, value in objective
        ],
    }


def test_turns_name_who_wins_loses_and_moves():
    one = solution({"c1": "w1", "c2": "w1", "c10": "w1"})
    other = solution({"c1": "w1", "c3": "w2", "c10": "w2"})

    assert turns(one, other) == [
        Turn("lost", "c2", "w1", None),
        Turn("won", "c3", None, "w2"),
        Turn("moved", "c10", "w1", "w2"),
    ]


def test_levels_say_which_is_better():
    one = solution({}, ("pupils_placed", "max", 90), ("groups_evicted", "min", 2), ("shares", "max", [500, 900]))
    other = solution({}, ("pupils_placed", "max", 80), ("groups_evicted", "min", 1), ("shares", "max", [600, 700]))

    assert [(row.name, row.better) for row in levels(one, other)] == [
        ("pupils_placed", -1),
        ("groups_evicted", 1),
        ("shares", 1),
    ]


def test_levels_that_only_one_has_are_shown_all_the_same():
    one, other = solution({}, ("a", "max", 1)), solution({}, ("b", "max", 1))

    assert [(row.name, row.one is None, row.other is None, row.better) for row in levels(one, other)] == [
        ("a", False, True, 0),
        ("b", True, False, 0),
    ]
