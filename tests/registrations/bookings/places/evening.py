"""A small evening with published places, for the tests of what comes afterwards."""

from datetime import timedelta

from registrations.allocation.models import Team
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState
from registrations.tickets.services import issue_class_ticket
from tests import night_factories as nf
from tests.factories import NOW

ANSWER_BY = NOW + timedelta(days=7)


def evening(*, stations: int = 3, capacity: int = 20, places: int = 100, wave_capacity: int = 60, **night):
    """A night with one admission of four rounds (``night.first``) and ``stations`` in one zone (``night.spots``)."""
    made = nf.NightFactory(places=places, **night)
    made.first = nf.WaveFactory(night=made, capacity=wave_capacity)
    zone, field = nf.ZoneFactory(night=made), nf.FieldFactory(night=made)
    made.spots = [nf.StationFactory(night=made, zone=zone, field=field, capacity=capacity) for _ in range(stations)]
    return made


def placed(night, *, sizes=(10, 10), state=ClassState.OFFERED, wave=None, visits=None, **fields) -> SchoolClass:
    """A class with a place: a team of each of ``sizes``; ``visits`` has for each team its (station, round) pairs.

    Without ``visits`` team n goes to stations n and n + 1 in rounds 1 and 2, round the circle.
    """
    if "booking" not in fields:
        fields["booking"] = nf.BookingFactory(night=night)
    made = nf.SchoolClassFactory(
        pupils=sum(sizes),
        state=state,
        wave=wave or night.first,
        told_at=NOW - timedelta(days=1),
        answer_by_at=ANSWER_BY,
        **fields,
    )
    for index, size in enumerate(sizes):
        team = Team.objects.create(school_class=made, number=index + 1, size=size)
        around = len(night.spots)
        pairs = visits[index] if visits else [(night.spots[(index + n) % around], n + 1) for n in range(2)]
        for station, number in pairs:
            nf.VisitFactory(team=team, station=station, round=number)
    issue_class_ticket(school_class=made, at=NOW)
    return made
