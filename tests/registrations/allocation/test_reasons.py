"""Reasons in words: ids become names, and only the organiser reads what a place would have cost whom."""

import pytest

from registrations.allocation.instances import build_instance
from registrations.allocation.names import Names
from registrations.allocation.publishing import outcomes_of
from registrations.allocation.reasons import reason_of
from tests.registrations.allocation.solutions import solution_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def solved(night, one, other, waves):
    """9B has no place: 9A came before it, and would have lost its own."""
    instance = build_instance(night)
    solution = solution_of(instance, {f"c{one.pk}": f"w{waves[0].pk}"})
    cost = {"level": "pupils_placed", "from": 20, "to": 15, "loses": [f"c{one.pk}"]}
    solution["reasons"][f"c{other.pk}"] = {
        "code": "wave_full",
        "numbers": {"free": 5, "wave": f"w{waves[0].pk}", "size": 20, "cost": cost},
    }
    return instance, solution


def test_an_outcome_has_names_for_its_ids_and_none_for_others_classes(night, solved, one, other, waves):
    outcome = outcomes_of(*solved, Names.of(night))[f"c{other.pk}"]

    assert outcome["names"] == {f"w{waves[0].pk}": "Insläpp 1"}
    assert outcome["cost"]["loses"] == [f"c{one.pk}"]
    assert "Insläpp 1" in reason_of(outcome)
    assert f"w{waves[0].pk}" not in reason_of(outcome)
    assert "9A" not in reason_of(outcome)


def test_the_organiser_reads_who_would_have_lost(night, solved, one, other):
    reason = solved[1]["reasons"][f"c{other.pk}"]
    named = {**reason, "names": Names.of(night).of_ids_in(reason["numbers"])}

    assert "9A" in reason_of(named, with_cost=True)
    assert "9A" not in reason_of(named)


def test_large_numbers_are_written_as_people_write_them():
    full = {"code": "larger_than_all_places", "numbers": {"size": 1200, "places": 1000}}

    assert "1\u00a0200" in reason_of(full)


def test_ids_are_named_by_kind(night, one, waves):
    names = Names.of(night)
    station = night.stations.first()

    found = names.of_ids_in([f"c{one.pk}", f"c{one.pk}-2", f"s{station.pk}", "1281", "w999", "any text", 7, None])

    assert found == {
        f"c{one.pk}": f"9A, {one.booking.school}",
        f"c{one.pk}-2": "2",
        f"s{station.pk}": str(station),
        "1281": "Lund",
    }


@pytest.mark.parametrize("outcome", [None, {}, {"code": "placed"}, {"code": "from_the_future", "numbers": {}}])
def test_without_a_known_reason_there_is_a_plain_sentence(outcome):
    assert reason_of(outcome)
