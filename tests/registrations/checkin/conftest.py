"""What the door's tests share."""

import json

import pytest
from django.test import Client

from registrations.bookings.states import ClassState
from registrations.checkin.devices.tokens import hash_of
from registrations.tickets.services import issue_class_ticket
from tests import factories
from tests import night_factories as nf
from tests.door_factories import DeviceFactory, open_door
from tests.factories import NOW


class Phone:
    """A paired phone that talks to the API."""

    def __init__(self, device, token: str):
        self.device, self.client = device, Client()
        self.headers = {"Authorization": f"Bearer {token}"}

    def post(self, path: str, body: object = None, **also):
        return self.client.post(
            f"/api/door/{path}", json.dumps(body), content_type="application/json", headers=self.headers | also
        )

    def get(self, path: str, **also):
        return self.client.get(f"/api/door/{path}", headers=self.headers | also)

    def send(self, *records: object) -> dict:
        response = self.post("scans", {"scans": records})
        assert response.status_code == 200, response.content
        return response.json()


@pytest.fixture
def phone_at(db):
    """``phone_at(gate, role=…)``: a phone that is paired with the gate."""

    def make(gate, **also) -> Phone:
        token = f"{gate.pk}-{DeviceFactory._meta.model.objects.count()}-".ljust(43, "x")
        return Phone(DeviceFactory(gate=gate, event=gate.event, token_hash=hash_of(token), **also), token)

    return make


@pytest.fixture
def gate(db):
    """A gate of a fair whose door is open."""
    gate = factories.GateFactory()
    open_door(gate.event)
    return gate


@pytest.fixture
def event(gate):
    return gate.event


@pytest.fixture
def ticket(event):
    return factories.TicketFactory(visitor__event=event)


@pytest.fixture
def class_ticket(event):
    """9C with 27 pupils, whose admission is at NOW."""
    night = nf.NightFactory(event=event)
    wave = nf.WaveFactory(night=night, starts_at=NOW)
    one = nf.SchoolClassFactory(booking__night=night, state=ClassState.CONFIRMED, wave=wave, pupils=27, label="9C")
    return issue_class_ticket(school_class=one, at=NOW)
