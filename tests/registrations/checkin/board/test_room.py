import pytest

from registrations.checkin.board.room import Room, width_of


@pytest.mark.parametrize(
    ("inside", "limit", "level", "left", "over", "bar"),
    [
        (860, 1200, "room", 340, 0, "71.67%"),
        (1079, 1200, "room", 121, 0, "89.92%"),
        (1080, 1200, "nearly", 120, 0, "90.00%"),
        (1199, 1200, "nearly", 1, 0, "99.92%"),
        (1200, 1200, "full", 0, 0, "100.00%"),
        (1212, 1200, "over", 0, 12, "100.00%"),
        (0, 1, "room", 1, 0, "0.00%"),
        (412, None, "open", 0, 0, "0.00%"),
    ],
)
def test_room_is_told_in_a_word_a_number_and_a_bar(inside, limit, level, left, over, bar):
    room = Room(inside, limit)

    assert (room.level, room.left, room.over, room.bar) == (level, left, over, bar)


def test_bar_of_more_than_all_stops_at_the_end():
    assert (width_of(0.7606), width_of(1.04)) == ("76.06%", "100.00%")
