"""An evening with room for one class and a half, and two that want to come."""

from datetime import timedelta

import pytest

from events.nights.models import ShareBasis
from tests import factories
from tests.night_factories import NightFactory, SchoolClassFactory, StationFactory, WaveFactory


@pytest.fixture
def night(db):
    """30 places in two admissions, two stations for everybody; shares are equal."""
    night = NightFactory(places=30, share_basis=ShareBasis.EQUAL, visits_per_team=2, team_size=10)
    start = night.event.starts_at
    WaveFactory(night=night, name="Insläpp 1", starts_at=start, capacity=30, rounds=4)
    WaveFactory(night=night, name="Insläpp 2", starts_at=start + timedelta(hours=2), capacity=30, rounds=4)
    StationFactory.create_batch(3, night=night, capacity=20)
    return night


@pytest.fixture
def waves(night):
    return list(night.waves.in_order())


@pytest.fixture
def one(night):
    return SchoolClassFactory(booking__night=night, label="9A", pupils=20)


@pytest.fixture
def other(night):
    return SchoolClassFactory(booking__night=night, label="9B", pupils=20)


@pytest.fixture
def organiser(night):
    person = factories.UserFactory(name="Olle Organisatör")
    factories.grant(person, "organiser", event=night.event)
    return person
