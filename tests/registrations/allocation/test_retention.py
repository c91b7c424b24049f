"""How long it is known which team had a wheelchair, and why something was decided by hand."""

import json
from datetime import timedelta

import pytest

from events.nights.models import ShareBasis
from registrations.allocation.instances import build_instance
from registrations.allocation.models import HandPlacing, Proposal, ProposalState, Team
from registrations.allocation.retention import HAND_NOTES, WHEELCHAIRS, erase_wheelchairs, without_wheelchairs
from registrations.bookings.models import SchoolClass
from tests import night_factories as nf
from tests.registrations.bookings.places.evening import evening, placed

pytestmark = pytest.mark.django_db
REASON = {"code": "no_timetable", "numbers": {"team": "c1-1", "team_size": 8, "wheelchair": True, "stations": []}}


@pytest.fixture
def night():
    made = evening(share_basis=ShareBasis.EQUAL)
    one = placed(made, needs={"wheelchair": 1})
    Team.objects.filter(school_class=one, number=1).update(wheelchairs=1)
    SchoolClass.objects.filter(pk=one.pk).update(outcome=REASON)
    solution = {"assignments": [], "reasons": {f"c{one.pk}": REASON}}
    for number in range(1, 8):
        nf.ProposalFactory(
            night=made,
            number=number,
            instance=build_instance(made),
            solution=solution if number % 2 else None,
            baselines={"first_come": solution},
            state=ProposalState.DONE,
        )
    return made


def told() -> str:
    rows = [*Proposal.objects.values_list("instance", "solution", "baselines")]
    return json.dumps([rows, *SchoolClass.objects.values_list("outcome", flat=True)])


def test_what_is_not_due_is_kept(night):
    before = told()

    assert erase_wheelchairs(night.event.ends_at, 100) == 0
    assert told() == before
    assert Team.objects.filter(wheelchairs=1).count() == 1


def test_no_wheelchair_is_left_anywhere_after_a_month(night):
    assert '"wheelchair": true' in told()
    due = night.event.ends_at + timedelta(seconds=1)

    erased = []
    while count := erase_wheelchairs(due, 100):
        erased.append(count)

    assert erased == [1 + 1 + 5, 2]
    assert '"wheelchair": true' not in told()
    assert '"wheelchair": false' in told()
    assert not Team.objects.filter(wheelchairs__gt=0).exists()
    assert (Team.objects.count(), WHEELCHAIRS.keep) == (2, timedelta(days=30))


def test_why_something_was_decided_by_hand_is_forgotten_and_that_it_was_is_not(night):
    one = SchoolClass.objects.get()
    HandPlacing.objects.create(school_class=one, gets_a_place=True, note="Lena ringde")

    assert HAND_NOTES.erase(night.event.ends_at, 100) == 0
    assert HAND_NOTES.erase(night.event.ends_at + timedelta(seconds=1), 100) == 1
    assert HAND_NOTES.erase(night.event.ends_at + timedelta(seconds=1), 100) == 0
    assert HandPlacing.objects.get().note == ""


def test_without_wheelchairs_touches_nothing_else():
    said = {"teams": [{"id": "c1-1", "wheelchair": True}, {"id": "c1-2", "wheelchair": False}], "accessible": True}

    assert without_wheelchairs(said) == {
        "teams": [{"id": "c1-1", "wheelchair": False}, {"id": "c1-2", "wheelchair": False}],
        "accessible": True,
    }
    assert without_wheelchairs(None) is None
