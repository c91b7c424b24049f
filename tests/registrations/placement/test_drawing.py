"""The floor as numbers for a picture."""

import pytest

from registrations.placement.drawing import drawn_halls, lines_for


@pytest.mark.parametrize(
    ("name", "width", "lines"),
    [
        ("Kuggfro", 300, ["Kuggfro"]),
        ("Kuggfro Automation AB", 300, ["Kuggfro", "Automation…"]),
        ("Kuggfro Automation AB", 600, ["Kuggfro Automation AB"]),
        ("Fasadklättrarna i Limhamn AB", 300, ["Fasadklättr…", "i Limhamn AB"]),
        ("AB", 50, ["AB"]),
        ("", 300, []),
    ],
)
def test_a_name_is_cut_to_the_width_of_its_stand(name, width, lines):
    assert lines_for(name, width) == lines


def test_a_hall_shows_its_stands_and_its_entrance_and_no_empty_corners(event, stands):
    hall = stands[0].hall

    (drawn,) = drawn_halls([hall], stands[:2], {stands[0].pk: "Alfa AB"}, {stands[0].pk: "placed"})

    # A1 and A2 reach from 0 to 6 m, the entrance lies at (6, 10) of a hall that is 12 × 10 m.
    assert drawn.frame == (-100, -100, 900, 1200)
    assert drawn.pixels == 270
    assert [(one.kind, one.lines, one.middle) for one in drawn.stands] == [
        ("placed", ["Alfa AB"], 150),
        ("free", [], 450),
    ]


def test_a_hall_without_stands_is_not_drawn(event, stands):
    assert drawn_halls([stands[0].hall], [], {}, {}) == []
