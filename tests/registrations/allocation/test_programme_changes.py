"""What the organiser or a host changes after publishing: a reallocation leaves nobody with what no longer is."""

from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from datetime import timedelta

import pytest

from events.nights.models import Night, ShareBasis, Walk
from registrations.allocation import running
from registrations.allocation.following import Follower
from registrations.allocation.models import Proposal, ProposalState, Team, Visit
from registrations.allocation.publishing import publish
from registrations.allocation.reallocations import ask_for_reallocation
from registrations.allocation.tasks import work
from registrations.bookings.models import SchoolClass
from registrations.stations.models import Station
from registrations.tickets.models import Ticket, TicketState
from tests import night_factories as nf
from tests.factories import NOW, UserFactory

pytestmark = pytest.mark.django_db
GRADE = 9


@contextmanager
def in_silence(pk: int):
    yield Follower()


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture
def night(by) -> Night:
    """Four classes with a place in two admissions of 32 pupils; six stations in two zones, two visits each."""
    made = nf.NightFactory(places=60, team_size=8, visits_per_team=2, share_basis=ShareBasis.EQUAL)
    first = nf.WaveFactory(night=made, capacity=32, rounds=4)
    nf.WaveFactory(night=made, capacity=32, rounds=4, starts_at=first.starts_at + timedelta(hours=2))
    zones = [nf.ZoneFactory(night=made), nf.ZoneFactory(night=made)]
    for number in range(6):
        nf.StationFactory(night=made, zone=zones[number % 2], capacity=10)
    for pupils in (14, 16, 12, 13):
        booking = nf.BookingFactory(night=made, owner=by)
        nf.SchoolClassFactory(booking=booking, pupils=pupils, grade=GRADE, needs={"wheelchair": 1})
    give(running.ask_for_proposal(night=fresh(made), seconds=1, seed=1, note="", by=by, at=NOW), by)
    assert SchoolClass.objects.holding().count() == 4
    return made


def fresh(night: Night) -> Night:
    return Night.objects.select_related("event").get(pk=night.pk)


def give(proposal: Proposal, by) -> None:
    work(proposal.pk, in_silence)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.DONE
    publish(proposal=proposal, answer_by=NOW + timedelta(days=7), by=by, at=proposal.asked_at + timedelta(minutes=1))


def visited(number: int = 1):
    """The first stations that somebody was sent to."""
    keys = list(dict.fromkeys(Visit.objects.order_by("pk").values_list("station", flat=True)))
    return Station.objects.filter(pk__in=keys[:number])


def walk_far(night: Night) -> None:
    one, other = night.zones.order_by("pk")
    Walk.objects.create(one=one, other=other, minutes=30)


CHANGES: dict[str, Callable[[Night], object]] = {
    "fewer places": lambda night: Night.objects.filter(pk=night.pk).update(places=30),
    "smaller admissions": lambda night: night.waves.update(capacity=20),
    "fewer rounds": lambda night: night.waves.update(rounds=2),
    "one more visit": lambda night: Night.objects.filter(pk=night.pk).update(visits_per_team=3),
    "a long walk": walk_far,
    "a smaller station": lambda night: visited().update(capacity=5),
    "longer visits": lambda night: night.stations.update(duration=2),
    "not for wheelchairs": lambda night: visited(2).update(accessible=False),
    "for older pupils": lambda night: visited().update(youngest_grade=GRADE + 1),
    "no zone": lambda night: visited().update(zone=None),
    "no station left": lambda night: night.stations.update(cancelled_at=NOW),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_reallocation_mends_whatever_was_changed(night, by, name):
    CHANGES[name](night)

    give(ask_for_reallocation(night=fresh(night), seconds=1, seed=1, note="", by=by, at=NOW + timedelta(hours=1)), by)

    everything_holds(fresh(night))


def everything_holds(night: Night) -> None:
    held = list(SchoolClass.objects.holding())
    load: Counter = Counter()
    for one in held:
        load[one.wave_id] += one.pupils
    assert sum(load.values()) <= night.places
    assert all(load[wave.pk] <= wave.capacity for wave in night.waves.all())
    valid = Ticket.objects.filter(state=TicketState.VALID).values_list("school_class", "headcount")
    assert dict(valid) == {one.pk: one.pupils for one in held}
    seats: Counter = Counter()
    for team in Team.objects.select_related("school_class__wave").prefetch_related("visits__station"):
        assert team.visits.count() == night.visits_per_team
        for visit in team.visits.all():
            station, wave = visit.station, team.school_class.wave
            last = visit.round + station.duration - 1
            assert last <= wave.rounds
            assert station.cancelled_at is None
            assert station.zone_id
            assert (station.youngest_grade or 0) <= GRADE
            assert station.accessible or not team.wheelchairs
            seats.update({(station, wave.pk, number): team.size for number in range(visit.round, last + 1)})
    assert all(pupils <= station.capacity for (station, _wave, _number), pupils in seats.items())
    assert set(Team.objects.values_list("school_class", flat=True)) == {one.pk for one in held}
