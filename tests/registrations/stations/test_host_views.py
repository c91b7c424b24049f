"""A company's stations at an evening, page by page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registrations.exhibitors.states import State
from registrations.stations.models import Station
from tests import factories
from tests.night_factories import StationFactory
from tests.registrations.stations.pages import at, typed

pytestmark = pytest.mark.django_db


def test_the_step_shows_the_form_until_there_is_a_station_then_the_list(client, own, night):
    first = client.get(at("exhibitor-stations", own.pk))
    StationFactory(night=night, host=own, name="Löda en lysdiod")
    then = client.get(at("exhibitor-stations", own.pk))

    assert first.context["form"] is not None
    assert (first.context["current"], len(first.context["steps"])) == (3, 6)
    assert then.context["form"] is None
    assert "Löda en lysdiod" in then.text


def test_add_saves_the_station_with_its_closed_rounds_and_leads_back_to_the_list(client, own, night):
    wave = night.waves.get()

    answer = client.post(at("exhibitor-station-add", own.pk), typed(closed=[f"{wave.pk}-2"]))

    station = own.stations.get()
    assert answer.url == at("exhibitor-stations", own.pk)
    assert (station.capacity, station.accessible) == (8, True)
    assert list(station.closed_rounds.values_list("wave", "round")) == [(wave.pk, 2)]


def test_add_before_the_evening_is_planned_makes_it_with_the_usual_settings(client, own, event):
    client.post(at("exhibitor-station-add", own.pk), typed())

    assert own.stations.get().night == event.night


def test_add_twice_with_the_same_token_is_one_station(client, own, night):
    data = typed(once="5f0c8f3e-58a4-4a1c-a4f0-8a1a31c9ad5e")

    client.post(at("exhibitor-station-add", own.pk), data)
    client.post(at("exhibitor-station-add", own.pk), data)

    assert own.stations.count() == 1


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"name": ""}, "name"),
        ({"text": ""}, "text"),
        ({"accessible": ""}, "accessible"),
        ({"capacity": "0"}, "capacity"),
        ({"capacity": "många"}, "capacity"),
        ({"duration": "9"}, "duration"),
        ({"closed": ["1-x"]}, "closed"),
    ],
)
def test_add_tells_what_is_wrong_and_keeps_what_was_typed(client, own, night, fault, field):
    answer = client.post(at("exhibitor-station-add", own.pk), typed(power="Trefas", **fault))

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Trefas" in answer.text
    assert own.stations.count() == 0


def test_edit_by_two_colleagues_shows_both_texts(client, own, night):
    station = StationFactory(night=night, host=own, name="Som det var")
    Station.objects.update(version=2, name="Kollegans namn")

    answer = client.post(at("exhibitor-station", own.pk, station.pk), typed(name="Mitt namn"))

    assert answer.status_code == 409
    assert "Kollegans namn" in answer.text
    assert "Mitt namn" in answer.text


def test_another_companys_station_is_not_there(client, own, night):
    theirs = StationFactory(night=night, host=factories.ExhibitorFactory(event=own.event))

    for name in ("exhibitor-station", "exhibitor-station-cancel"):
        assert client.get(at(name, theirs.host.pk, theirs.pk)).status_code == 404
        assert client.get(at(name, own.pk, theirs.pk)).status_code == 404


def test_a_fair_has_no_stations(client, user):
    fair = factories.ExhibitorFactory(state=State.DRAFT, applied_at=None)
    factories.MembershipFactory(organisation=fair.organisation, user=user)

    assert client.get(at("exhibitor-stations", fair.pk)).status_code == 404
    assert len(client.get(at("exhibitor-profile", fair.pk)).context["steps"]) == 5


def test_cancel_asks_first_then_takes_the_station_away(client, own, night):
    own.state, own.applied_at = State.ACCEPTED, timezone.now()
    own.save()
    station = StationFactory(night=night, host=own)
    address = at("exhibitor-station-cancel", own.pk, station.pk)

    assert client.get(address).status_code == 200
    client.post(address)
    assert Station.objects.get().cancelled_at is not None
    client.post(at("exhibitor-station-restore", own.pk, station.pk))
    assert Station.objects.get().cancelled_at is None


def test_the_whole_way_of_a_company_to_an_evening(client, own, night):
    factories.StandStaffFactory(exhibitor=own)

    first = client.get(at("own-exhibitor", own.pk))
    client.post(at("exhibitor-station-add", own.pk), typed())
    then = client.get(at("own-exhibitor", own.pk))
    sent = client.post(at("exhibitor-send", own.pk))

    assert (first.url, then.url) == (at("exhibitor-stations", own.pk), at("exhibitor-send", own.pk))
    assert sent.status_code == 302
    assert "Svetsa en nyckelring" in client.get(at("own-exhibitor", own.pk)).text


def test_the_companys_pages_cost_as_many_queries_for_three_stations_as_for_one(client, own, night):
    own.state, own.applied_at = State.ACCEPTED, timezone.now()
    own.save()

    def counted(name: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(at(name, own.pk)).status_code == 200
        return len(seen)

    for name in ("exhibitor-stations", "own-exhibitor"):
        Station.objects.all().delete()
        StationFactory(night=night, host=own)
        counted(name)  # content types are read once
        one = counted(name)
        for _n in range(2):
            StationFactory(night=night, host=own)
        assert counted(name) == one
