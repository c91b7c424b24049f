"""All stations of an evening, as its organiser lists, numbers, closes and changes them."""

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from registrations.exhibitors.states import State
from registrations.stations.models import Station
from tests import factories
from tests.night_factories import BookingFactory, SchoolClassFactory, StationFactory, ZoneFactory
from tests.registrations.stations.pages import at, typed

pytestmark = pytest.mark.django_db


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
