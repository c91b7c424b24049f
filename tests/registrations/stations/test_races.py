"""Two at once: shown on PostgreSQL, and shown to break without the lock."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from events.errors import Refusal
from events.programme.models import EventQuerySet
from registrations.exhibitors.states import State
from registrations.stations import services
from registrations.stations.models import Station
from registrations.stations.services import StationDetails
from tests import factories
from tests.night_factories import NightFactory, StationFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 4


def at_once(act, things) -> list[str]:
    """What each of ``act(thing)`` was told, all at the same moment."""
    start = Barrier(len(things))

    def do(thing) -> str:
        try:
            start.wait()
            act(thing)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(things)) as pool:
        return sorted(pool.map(do, things))


def colleagues_add_the_last_station(now) -> list[str]:
    """A host with room for one more station, and four colleagues who each add one."""
    night = NightFactory()
    host = factories.ExhibitorFactory(event=night.event, state=State.ACCEPTED)
    for _n in range(services.MOST - 1):
        StationFactory(night=night, host=host)
    people = factories.UserFactory.create_batch(AT_ONCE)

    def add(user):
        services.add_station(night=night, host=host, details=StationDetails("Svetsa"), by=user, at=now)

    return at_once(add, people)


def test_exactly_one_of_many_colleagues_adds_the_last_station(now):
    told = colleagues_add_the_last_station(now)

    assert told == ["done"] + ["too_many_stations"] * (AT_ONCE - 1)
    assert Station.objects.count() == services.MOST


def test_without_the_locks_there_are_too_many_stations(now, monkeypatch):
    """The test above can fail: with event and application unlocked, everybody counts before anybody writes."""
    monkeypatch.setattr(EventQuerySet, "locked", lambda self, pk: self.get(pk=pk))
    counted = Barrier(AT_ONCE)

    def unlocked(host):
        counted.wait()
        return host

    monkeypatch.setattr(services, "_locked_host", unlocked)
    after_counting = Barrier(AT_ONCE)
    monkeypatch.setattr(services, "_put", lambda station, spot: after_counting.wait())

    told = colleagues_add_the_last_station(now)

    assert told == ["done"] * AT_ONCE
    assert Station.objects.count() > services.MOST


def test_of_two_organisers_who_give_one_number_one_hears_whose_it_is(now):
    night = NightFactory()
    stations = StationFactory.create_batch(AT_ONCE, night=night)
    user = factories.UserFactory()

    def number(station):
        values = {name: getattr(station, name) for name in StationDetails.__dataclass_fields__ if name != "closed"}
        services.change_station(
            station=station,
            details=StationDetails(**values),
            seen=1,
            by=user,
            at=now,
            spot=services.Spot(zone=station.zone, number=7),
        )

    assert at_once(number, stations) == ["done"] + ["number_taken"] * (AT_ONCE - 1)
