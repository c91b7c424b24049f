"""Who sees what on the plan, and how it is drawn and said."""

from datetime import timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from registrations.stands import floor, layout, placing
from registrations.stands.floor import SpotState
from registrations.stands.words import said_in_public, said_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def mixed(row, companies, choosing, organiser, now):
    """A1 blocked; A2 given and told (Anka); A3 given in silence (Bofink); A4 held by Duva; A5 and A6 free."""
    layout.block(stand=row[0], reason="Nödutgång", by=organiser, at=now)
    placing.place(stand=row[1], exhibitor=companies[0], by=organiser, at=now)
    placing.tell_companies(event=companies[0].event, by=organiser, at=now)
    choosing.refresh_from_db()
    choosing.told_at = None
    choosing.save()
    placing.place(stand=row[2], exhibitor=companies[1], by=organiser, at=now)
    placing.hold(stand=row[3], exhibitor=companies[2], by=organiser, at=now)
    return companies[0].event


def seen(one: floor.Floor) -> list[tuple[str, str]]:
    return [(spot.state.value, spot.name) for spot in one.spots]


def test_organiser_sees_everything(mixed, now):
    assert seen(floor.for_organiser(floor.halls_of(mixed)[0], now)) == [
        ("blocked", ""),
        ("offered", "Anka AB"),
        ("offered", "Bofink AB"),
        ("held", "Duva AB"),
        ("free", ""),
        ("free", ""),
    ]


def test_hold_that_is_over_is_a_free_stand(mixed, now):
    later = floor.for_organiser(floor.halls_of(mixed)[0], now + timedelta(minutes=10))

    assert later.spots[3].state == SpotState.FREE


def test_company_sees_its_own_and_nothing_that_nobody_was_told(mixed, companies, now):
    hall = floor.halls_of(mixed)[0]

    assert seen(floor.for_company(hall, companies[2], 9, now)) == [
        ("taken", ""),
        ("taken", "Anka AB"),
        ("taken", ""),
        ("held", "Duva AB"),
        ("free", ""),
        ("free", ""),
    ]
    assert seen(floor.for_company(hall, companies[0], 18, now))[1:5] == [
        ("mine", "Anka AB"),
        ("taken", ""),
        ("taken", ""),
        ("unfit", ""),
    ]
    assert seen(floor.for_company(hall, companies[1], 9, now))[2] == ("taken", "")  # not told of its stand yet


def test_everybody_sees_only_whom_was_told(mixed):
    assert seen(floor.for_everybody(floor.halls_of(mixed)[0])) == [
        ("free", ""),
        ("confirmed", "Anka AB"),
        ("free", ""),
        ("free", ""),
        ("free", ""),
        ("free", ""),
    ]


def test_number_of_questions_is_the_same_for_ten_halls(mixed, now, django_assert_num_queries, organiser):
    for place in range(3):
        hall = layout.add_hall(event=mixed, name=f"Hall {place}", width_cm=1000, depth_cm=1000, by=organiser, at=now)
        layout.add_stand(
            hall=hall, number=f"X{place}", x_cm=0, y_cm=0, width_cm=300, depth_cm=300, by=organiser, at=now
        )

    with django_assert_num_queries(4):
        for hall in floor.halls_of(mixed):
            floor.for_organiser(hall, now)


def test_what_follows_from_the_drawing(row, now):
    spots = floor.for_organiser(floor.halls_of(row[0].event)[0], now).spots

    assert [spot.is_corner for spot in spots] == [True, False, False, False, False, True]
    assert spots[1].beside == ["A1", "A3"]
    assert spots[0].value > spots[1].value  # a corner is worth more than what is beside it


def test_stand_is_said_with_its_size_state_and_company(mixed, now):
    spots = floor.for_organiser(floor.halls_of(mixed)[0], now).spots

    with override("en"):
        assert said_of(spots[1]) == "A2, 9 m², offered, Anka AB"
        assert said_of(spots[5]) == "A6, 9 m², free, corner"
        assert said_in_public(spots[1]) == "A2: Anka AB"


@pytest.mark.parametrize(
    ("words", "numbers"), [("anka", ["A2"]), ("A6", ["A6"]), ("maskiner anka", ["A2"]), ("zzz", [])]
)
def test_list_is_searched(words, numbers, mixed, now):
    spots = floor.for_organiser(floor.halls_of(mixed)[0], now).spots

    assert [spot.stand.number for spot in floor.matching(spots, words)] == numbers


@given(st.text(alphabet="abcå -", min_size=1, max_size=60), st.integers(3, 20))
def test_long_words_are_cut_and_nothing_is_lost(name, letters):
    cut = floor._hyphened(name, letters)

    assert all(len(word) <= letters for word in cut.split())
    assert cut.replace("-", "").replace(" ", "") == name.replace("-", "").replace(" ", "")


def test_name_is_drawn_inside_its_stand(mixed, now):
    for spot in floor.for_organiser(floor.halls_of(mixed)[0], now).spots:
        assert all(spot.box.x < x and spot.box.y < y < spot.box.bottom for x, y, _words in spot.lines)
