"""The board of an evening that is worked out by hand (``evening.py``), and of a fair."""

from datetime import timedelta

import pytest

from registrations.checkin.board.queries import Group, board_of, recent_board
from registrations.exhibitors.states import State
from registrations.tickets.models import Ticket, TicketState
from tests import factories, night_factories
from tests.door_factories import DeviceFactory, let_in, record_of, send
from tests.registrations.checkin.board.evening import evening

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    night = evening()
    return board_of(night.event, night.now)


def numbers(groups: tuple[Group, ...]) -> dict[str, tuple[int, int, int]]:
    """Expected, came and inside by name."""
    return {group.name: (group.expected, group.came, group.inside) for group in groups}


def labels(rows) -> list[tuple[str, int]]:
    return [(row.label, row.left) for row in rows]


def test_people_in_and_room_left(board):
    assert (board.room.inside, board.came, board.expected) == (90, 96, 150)
    assert (board.room.level, board.room.left) == ("nearly", 10)
    assert board.share == 0.64


def test_admissions_in_their_order(board):
    assert numbers(board.waves) == {"Insläpp 1": (88, 71, 66), "Insläpp 2": (46, 24, 24), "Insläpp 3": (15, 0, 0)}
    assert [group.name for group in board.waves] == ["Insläpp 1", "Insläpp 2", "Insläpp 3"]


def test_municipalities_the_largest_first_and_kinds_of_tickets(board):
    assert list(numbers(board.towns).items()) == [("Malmö", (76, 74, 68)), ("Lund", (74, 22, 22))]
    assert numbers(board.kinds) == {"exhibitor": (1, 1, 0), "class": (149, 95, 90)}


def test_expected_are_those_still_to_come_with_the_admission_that_begins(board):
    assert labels(board.due) == [("9F", 21), ("9E", 1)]
    assert board.pupils_due == 22


def test_late_is_whom_nobody_has_come_of(board):
    assert labels(board.late) == [("9D", 18)]
    assert (board.late[0].school, board.late[0].phone) == ("Lundaskolan", "070-123 45 67")


@pytest.mark.parametrize(
    ("minute", "expected", "late"),
    [
        (0, ["9D", "9B"], []),  # two of 9B's are still missing, and nobody has late minutes yet
        (30, ["9D", "9B", "9F", "9E"], []),
        (31, ["9F", "9E"], ["9D"]),
        (75, ["9G", "9F", "9E"], ["9D"]),
        (76, ["9G"], ["9D", "9F"]),
        (120, ["9G"], ["9D", "9F"]),
        (121, [], ["9D", "9F", "9G"]),
    ],
)
def test_a_quarter_ahead_and_half_an_hour_after_are_the_borders(minute, expected, late):
    night = evening()
    at = night.now + timedelta(minutes=minute - 40)

    board = board_of(night.event, at)

    assert sorted(row.label for row in board.due) == sorted(expected)
    assert [row.label for row in board.late] == late


def test_gates_tell_people_a_minute_without_what_was_undone(board):
    north, south = board.gates

    assert [(gate.name, gate.lately, gate.longer) for gate in board.gates] == [("Norra", 0, 0), ("Södra", 5.4, 1.8)]
    assert (board.passed, board.pace) == (27, 1.8)
    assert {place: heads for place, heads in enumerate(north.minutes) if heads} == {9: 1}
    assert {place: heads for place, heads in enumerate(south.minutes) if heads} == {25: 3, 27: 24}
    assert (south.most, south.bars[-1].height) == (24, 24)


def test_troubled_phones_and_conflicts_are_counted():
    night = evening()
    DeviceFactory(gate=night.event.gates.first(), contact_at=night.now, ends_at=night.now + timedelta(hours=1))
    send(night.event, record_of(night.tickets["9G"], at=night.now, headcount=17), at=night.now)

    board = board_of(night.event, night.now)

    assert (board.conflicts, board.troubled) == (2, 1)  # more than the class is for, and than the house is for


def test_a_class_that_gave_its_place_back_is_not_expected(board):
    night = evening()
    Ticket.objects.filter(pk=night.tickets["9D"].pk).update(state=TicketState.CANCELLED)

    board = board_of(night.event, night.now)

    assert (board.expected, labels(board.late)) == (132, [])


def test_fair_has_kinds_and_the_exhibitors_municipalities(now):
    event = factories.EventFactory()
    visitors = factories.TicketFactory.create_batch(3, visitor__event=event)
    staff = factories.StandStaffFactory(exhibitor__event=event, exhibitor__state=State.ACCEPTED)
    badge = factories.TicketFactory(visitor=None, staff=staff, event=event, kind=Ticket.Kind.EXHIBITOR)
    let_in(visitors[0], at=now - timedelta(minutes=14))
    let_in(badge, at=now - timedelta(minutes=16))

    board = board_of(event, now)

    assert numbers(board.kinds) == {"exhibitor": (1, 1, 1), "visitor": (3, 1, 1)}
    assert numbers(board.towns) == {"Lund": (1, 1, 1)}
    assert (board.passed, board.waves, board.due, board.late) == (1, (), (), ())
    assert board.room.level == "open"


def test_event_without_anything_has_a_board(now):
    board = board_of(factories.EventFactory(), now)

    assert (board.expected, board.share, board.gates, board.kinds) == (0, None, (), ())


@pytest.mark.parametrize("more", [0, 3])
def test_board_takes_as_many_queries_for_many_as_for_few(more, django_assert_num_queries):
    night = evening()
    for number in range(more):
        let_in(factories.TicketFactory(visitor__event=night.event), at=night.now)
        DeviceFactory(gate=night.event.gates.first(), ends_at=night.now + timedelta(hours=1), name=f"T{number}")
        night_factories.WaveFactory(night=night.night, name=f"Extra {number}", starts_at=night.now)
    event = type(night.event).objects.get(pk=night.event.pk)

    with django_assert_num_queries(8):
        board_of(event, night.now)


def test_fair_takes_six_queries(now, django_assert_num_queries):
    event = factories.EventFactory()

    with django_assert_num_queries(6):
        board_of(event, now)


def test_boards_side_by_side_cost_one(now, django_assert_num_queries):
    event = factories.EventFactory()
    first = recent_board(event, now)

    with django_assert_num_queries(0):
        assert recent_board(event, now + timedelta(milliseconds=500)) is first
