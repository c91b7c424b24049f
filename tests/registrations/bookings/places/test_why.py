"""Why a class has a place or none, in words with numbers."""

import pytest
from django.utils import translation

from registrations.bookings.places.why import Share, why_of
from registrations.bookings.states import ClassState
from tests import night_factories as nf
from tests.registrations.bookings.places.evening import evening, placed

pytestmark = pytest.mark.django_db
LUND = {"name": "Lund", "target": 160, "demand": 212, "placed": 156, "permille": 975}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def waiting(**outcome):
    return nf.SchoolClassFactory(booking__night=evening(), state=ClassState.WAITING, outcome=outcome)


def test_a_class_that_has_not_been_told_has_no_reason():
    assert why_of(nf.SchoolClassFactory(booking__night=evening())) is None


def test_the_numbers_of_the_municipality_stand_beside_the_reason():
    why = why_of(placed(evening(), outcome={"code": "placed", "numbers": {}, "cost": {}, "municipality": LUND}))

    assert why.share == Share("Lund", applied=212, share=160, placed=156)
    assert "Lund" in why.text


def test_everybody_from_a_municipality_who_applied_has_a_place():
    outcome = {"code": "placed", "municipality": {**LUND, "placed": 212}}

    assert why_of(placed(evening(), outcome=outcome)).text == "Everybody from Lund who applied has a place."


def test_the_numbers_are_those_of_the_publishing_that_said_them(now):
    told = waiting(code="no_reason", numbers={}, cost={}, municipality=LUND, at=now.isoformat())

    assert why_of(told).at == now
    assert why_of(waiting(code="no_reason", numbers={}, cost={}, municipality=LUND)).at is None


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (
            {"level": "schools_with_place", "from": 46, "to": 45, "loses": ["c1"], "certain": True},
            "A place for your class would have left 1 school without any place. 1 other class would have lost its place.",
        ),
        (
            {"level": "municipal_fulfilment_sorted", "from": [700, 910], "to": [700, 850], "loses": ["c1", "c2"]},
            "A place for your class would have made it worse for a municipality that is further from its fair share: it "
            "has 91% of it, and would have had 85%. 2 other classes would have lost their places.",
        ),
        (
            {"level": "pupils_placed", "from": 996, "to": 990, "loses": ["c1"]},
            "With your class 6 pupils fewer could have come in all. 1 other class would have lost its place.",
        ),
        (
            {"level": "motivation_points", "from": 70000, "to": 69500, "loses": ["c1"]},
            "With your class the points for the reasons, times the pupils, would have been 69,500 in all instead of "
            "70,000. 1 other class would have lost its place.",
        ),
        ({"level": None, "loses": []}, "By the rules your class stood equal with others that got a place."),
        ({}, ""),
    ],
)
def test_what_a_place_would_have_cost_is_said_without_names(cost, words):
    assert why_of(waiting(code="no_reason", numbers={}, cost=cost, municipality=LUND)).cost == words


def test_a_place_taken_back_says_by_when_an_answer_was_due():
    one = nf.SchoolClassFactory(
        booking__night=evening(),
        state=ClassState.GIVEN_BACK,
        outcome={"code": "no_answer", "numbers": {"answer_by": "2027-04-09T21:59:00+00:00"}},
    )

    assert (
        why_of(one).text
        == "We had no answer from you by Fri\u00a09\u00a0Apr 23:59, so the place went to the waiting list."
    )


def test_a_place_given_back_needs_no_reason():
    one = nf.SchoolClassFactory(booking__night=evening(), state=ClassState.GIVEN_BACK, outcome={"code": "placed"})

    assert why_of(one) is None
