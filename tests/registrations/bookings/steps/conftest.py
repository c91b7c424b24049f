"""A teacher who is signed in, and her draft."""

import pytest
from django.test import Client

from registrations.bookings.models import Booking
from registrations.bookings.states import BookingState
from tests import night_factories as nf
from tests.factories import UserFactory
from tests.registrations.bookings.real_clock import evening


@pytest.fixture
def teacher():
    return UserFactory(name="Lena Lärare", email="lena@skola.example")


@pytest.fixture
def client(client_for, teacher) -> Client:
    return client_for(teacher)


@pytest.fixture
def draft(teacher) -> Booking:
    return nf.BookingFactory(night=evening(), state=BookingState.DRAFT, sent_at=None, owner=teacher)
