"""The stations on the event's public page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from registrations.exhibitors.states import State
from tests import factories
from tests.night_factories import FieldFactory, StationFactory

pytestmark = pytest.mark.django_db


def test_the_public_page_shows_running_stations_by_field_searchable(night, event, settings):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    el, food = FieldFactory(night=night, name="El", name_en="Electricity"), FieldFactory(night=night, name="Mat")
    StationFactory(night=night, field=food, name="Smaka")
    StationFactory(night=night, field=el, name="Koppla", name_en="Wire a switch", accessible=False)
    StationFactory(night=night, field=el, name="Inställd", cancelled_at=timezone.now())
    waiting = factories.ExhibitorFactory(event=event, state=State.WAITING)
    StationFactory(night=night, field=el, name="På väntelista", host=waiting)
    address = reverse("events:event", args=[event.slug])

    page = client.get(address).text
    found = client.get(address, {"q": "wire"}).text

    assert page.index("Electricity") < page.index("Wire a switch") < page.index("Mat</h3>") < page.index("Smaka")
    assert "Inställd" not in page
    assert "På väntelista" not in page
    assert "Smaka" not in found
    assert "Wire a switch" in found


def test_the_public_page_costs_as_many_queries_for_three_stations_as_for_one(client, night, event):
    address = reverse("events:event", args=[event.slug])

    def counted() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        return len(seen)

    def one_more():
        host = factories.ExhibitorFactory(event=event, state=State.ACCEPTED)
        StationFactory(night=night, host=host)

    one_more()
    one = counted()
    one_more()
    one_more()

    assert counted() == one
