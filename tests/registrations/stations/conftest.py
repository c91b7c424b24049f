"""What the tests of stations' pages share: an evening around the real now, its organiser, and a company with a draft."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.access.models import Role
from events.programme.models import Event
from registrations.exhibitors.states import State
from tests import factories
from tests.night_factories import NightFactory, WaveFactory


@pytest.fixture
def event():
    """An evening whose registration is open at the real now."""
    at = timezone.now()
    return factories.EventFactory(
        kind=Event.Kind.NIGHT,
        slug="natten",
        registration_opens_at=at - timedelta(days=1),
        registration_closes_at=at + timedelta(days=1),
        starts_at=at + timedelta(days=9),
        ends_at=at + timedelta(days=9, hours=6),
    )


@pytest.fixture
def night(event):
    night = NightFactory(event=event)
    WaveFactory(night=night, rounds=3, starts_at=event.starts_at, capacity=30)
    return night


@pytest.fixture
def user():
    return factories.UserFactory(name="Vera Värd")


@pytest.fixture
def client(client_for, user):
    return client_for(user)


@pytest.fixture
def own(event, user):
    """The user's own draft to ``event``."""
    exhibitor = factories.ExhibitorFactory(event=event, state=State.DRAFT, applied_at=None)
    factories.MembershipFactory(organisation=exhibitor.organisation, user=user)
    return exhibitor


@pytest.fixture
def desk(organiser_client, event):
    return organiser_client(event, Role.EDITOR)
