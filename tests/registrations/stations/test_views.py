"""The company's stations and the organiser's page, page by page."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from events.access.models import Role
from events.programme.models import Event
from registrations.exhibitors.states import State
from registrations.stations.models import Station
from tests import factories
from tests.night_factories import (
    BookingFactory,
    FieldFactory,
    NightFactory,
    SchoolClassFactory,
    StationFactory,
    WaveFactory,
    ZoneFactory,
)

pytestmark = pytest.mark.django_db


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


def typed(**fields) -> dict:
    return {
        "name": "Svetsa en nyckelring",
        "name_en": "",
        "kind": "try_out",
        "text": "Du svetsar.",
        "capacity": 8,
        "duration": 1,
        "accessible": "yes",
        "version": 1,
        **fields,
    }


def at(name: str, *args) -> str:
    return reverse(f"registrations:{name}", args=args)


# --- The company -----------------------------------------------------------------------------------------------------


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


# --- The organiser ---------------------------------------------------------------------------------------------------


def row(station, **fields) -> dict:
    values = {"number": station.number or "", "zone": station.zone_id or "", "capacity": station.capacity, "version": 1}
    return {f"s{station.pk}-{name}": value for name, value in {**values, **fields}.items()}


def test_station_list_shows_those_in_hand_and_no_drafts(desk, night, event):
    for state in State:
        host = factories.ExhibitorFactory(event=event, state=state)
        StationFactory(night=night, host=host, name=f"Station {state.value}")
    StationFactory(night=night, name="Vår egen")

    page = desk.get(at("station-list", event.slug))

    names = {station.station.name for _zone, rows in page.context["groups"] for station in rows}
    assert names == {"Station applied", "Station waiting", "Station accepted", "Vår egen"}
    assert {station.name for station in page.context["running"]} == {"Station accepted", "Vår egen"}


def test_station_list_is_asked_of_a_night_only(organiser_client):
    fair = factories.EventFactory()
    client = organiser_client(fair)

    assert client.get(at("station-list", fair.slug)).status_code == 404


def test_station_list_of_an_unplanned_evening_leads_to_the_programme(desk, event):
    page = desk.get(at("station-list", event.slug))

    assert reverse("events:night-edit", args=[event.slug]) in page.text


def test_station_list_saves_all_rows_and_numbers_those_without(desk, night, event):
    hall = ZoneFactory(night=night, name="Hall A")
    one, other = StationFactory(night=night, zone=None), StationFactory(night=night, zone=None)

    answer = desk.post(
        at("station-list", event.slug),
        {**row(one, zone=hall.pk, number=2), **row(other, zone=hall.pk, capacity=5), "then": "number"},
    )

    assert answer.status_code == 302
    stored = {s.pk: (s.zone, s.number, s.capacity) for s in night.stations.all()}
    assert stored == {one.pk: (hall, 2, 20), other.pk: (hall, 1, 5)}


def test_station_list_with_a_faulty_row_saves_nothing_and_says_where(desk, night, event):
    good, bad = StationFactory(night=night), StationFactory(night=night, name="Fel")

    answer = desk.post(at("station-list", event.slug), {**row(good, number=1), **row(bad, capacity=0, number=99)})

    assert answer.status_code == 422
    assert [faulty.station for faulty in answer.context["form"].faulty] == [bad]
    assert 'value="99"' in answer.text
    assert Station.objects.filter(number__isnull=False).count() == 0


def test_station_list_with_a_taken_number_says_whose_it_is(desk, night, event):
    StationFactory(night=night, number=4, name="Fyran")
    station = StationFactory(night=night)

    answer = desk.post(at("station-list", event.slug), row(station, number=4))

    assert answer.status_code == 409
    assert "Fyran" in answer.text
    assert 'id="error-summary"' in answer.text


def test_station_list_filters_by_words_zone_power_and_wheelchair(desk, night, event):
    StationFactory(night=night, name="Svetsa", power="Trefas", zone=None)
    StationFactory(night=night, name="Löda", accessible=False)

    def names(**query) -> list[str]:
        page = desk.get(at("station-list", event.slug), query)
        return sorted(r.station.name for _zone, rows in page.context["groups"] for r in rows)

    assert names() == ["Löda", "Svetsa"]
    assert names(q="svet") == ["Svetsa"]
    assert names(show="no_zone") == names(show="power") == ["Svetsa"]
    assert names(show="not_accessible") == ["Löda"]
    assert names(show="cancelled", q="x\0") == []
    assert names(show="nonsense") == ["Löda", "Svetsa"]


def test_station_list_counts_wishes_of_sent_bookings(desk, night, event):
    station = StationFactory(night=night)
    for state in ("sent", "draft"):
        booking = BookingFactory(night=night, state=state)
        SchoolClassFactory(booking=booking).wishes.create(rank=1, station=station)

    page = desk.get(at("station-list", event.slug))

    assert page.context["form"].rows[0].station.wish_count == 1


def test_station_list_costs_as_many_queries_for_three_rows_as_for_one(desk, night, event):
    def counted() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert desk.get(at("station-list", event.slug)).status_code == 200
        return len(seen)

    def one_more():
        host = factories.ExhibitorFactory(event=event, state=State.ACCEPTED)
        station = StationFactory(night=night, host=host)
        station.closed_rounds.create(wave=night.waves.get(), round=1)

    one_more()
    one = counted()
    one_more()
    one_more()

    assert counted() == one


def test_station_export_holds_what_the_page_shows(desk, night, event):
    StationFactory(night=night, name="Svetsa", number=3, power="Trefas")
    StationFactory(night=night, name="Löda")

    xlsx = desk.get(at("station-export", event.slug, "xlsx"), {"show": "power"})
    csv = desk.get(at("station-export", event.slug, "csv"))

    rows = list(load_workbook(io.BytesIO(xlsx.content)).active.values)
    assert [r[:2] for r in rows[1:]] == [(3, "Svetsa")]
    assert csv.content.decode("utf-8-sig").count("\r\n") == 3
    assert desk.get(at("station-export", event.slug, "pdf")).status_code == 404


def test_the_organiser_adds_changes_cancels_and_restores_a_station(desk, night, event):
    hall = ZoneFactory(night=night)

    desk.post(at("station-add", event.slug), typed(text="", zone=hall.pk, number=3))
    station = Station.objects.get()
    assert (station.host, station.zone, station.number) == (None, hall, 3)
    desk.post(at("station-edit", event.slug, station.pk), typed(name="Nytt namn", zone="", number=""))
    station.refresh_from_db()
    assert (station.name, station.zone, station.number) == ("Nytt namn", None, None)
    assert desk.get(at("station-cancel", event.slug, station.pk)).status_code == 200
    desk.post(at("station-cancel", event.slug, station.pk))
    assert Station.objects.get().cancelled_at
    assert desk.get(at("station-edit", event.slug, station.pk)).status_code == 200
    desk.post(at("station-restore", event.slug, station.pk))
    assert Station.objects.get().cancelled_at is None


def test_station_edit_with_a_taken_number_says_so_at_the_field(desk, night, event):
    StationFactory(night=night, number=4)
    station = StationFactory(night=night)

    answer = desk.post(at("station-edit", event.slug, station.pk), typed(number=4))

    assert answer.status_code == 409
    assert list(answer.context["form"].errors) == ["number"]


def test_station_edit_of_a_draft_is_the_companys_own(desk, night, event):
    draft = factories.ExhibitorFactory(event=event, state=State.DRAFT, applied_at=None)
    station = StationFactory(night=night, host=draft)

    assert desk.get(at("station-edit", event.slug, station.pk)).status_code == 404


def test_station_rounds_close_in_the_row_or_on_a_page_of_their_own(desk, night, event):
    station = StationFactory(night=night)
    wave = night.waves.get()
    address = at("station-rounds", event.slug, station.pk)

    opened = desk.get(address, headers={"HX-Request": "true"})
    saved = desk.post(address, {"version": 1, "closed": [f"{wave.pk}-1"]}, headers={"HX-Request": "true"})
    page = desk.get(address)
    shut = desk.get(f"{address}?close", headers={"HX-Request": "true"})
    stale = desk.post(address, {"version": 1, "closed": []})
    plain = desk.post(address, {"version": 2, "closed": []})

    assert opened.text.strip().startswith("<tr")
    assert f'id="id_s{station.pk}-version" value="2"' in saved.text
    assert "checked" in page.text
    assert "2 av 3" in shut.text or "2 of 3" in shut.text
    assert (stale.status_code, plain.status_code) == (409, 302)
    assert station.closed_rounds.count() == 0


# --- The public page -------------------------------------------------------------------------------------------------


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
