"""Stations are described, changed, cancelled; what schools were told is watched over."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from events.access.models import AuditEntry
from events.errors import Stale
from events.mail.models import Letter
from events.nights.queries import warnings_about
from events.programme.models import EventState
from registrations.allocation.models import ProposalState
from registrations.exhibitors.decisions import decide
from registrations.exhibitors.services import EventOver, Incomplete, WrongState, missing_steps, send_application
from registrations.exhibitors.states import State
from registrations.stations import services
from registrations.stations.models import Station
from registrations.stations.pieces import waiting_decisions
from registrations.stations.queries import fallen_visits, running, seats_of
from registrations.stations.services import Spot, StationDetails
from tests import factories
from tests.night_factories import (
    BookingFactory,
    NightFactory,
    ProposalFactory,
    SchoolClassFactory,
    StationFactory,
    TeamFactory,
    VisitFactory,
    WaveFactory,
    ZoneFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return factories.UserFactory(name="Vera Värd")


@pytest.fixture
def night():
    return NightFactory()


@pytest.fixture
def host(night):
    return factories.ExhibitorFactory(event=night.event, state=State.ACCEPTED)


def hosted(night, host, **fields) -> Station:
    return StationFactory(night=night, host=host, **fields)


def details_of(station: Station, **other) -> StationDetails:
    values = {name: getattr(station, name) for name in StationDetails.__dataclass_fields__ if name != "closed"}
    closed = frozenset(station.closed_rounds.values_list("wave", "round"))
    return StationDetails(**{**values, "closed": closed, **other})


def told(station: Station, wave, sizes=(10,), number=1) -> None:
    """Places are published: teams of ``sizes`` come to ``station`` in round ``number``."""
    ProposalFactory(night=station.night, state=ProposalState.DONE, published_at=timezone.now())
    placed = SchoolClassFactory(booking=BookingFactory(night=station.night), state="confirmed", wave=wave)
    for size in sizes:
        VisitFactory(team=TeamFactory(school_class=placed, size=size), station=station, round=number)


def test_add_station_keeps_what_the_host_says_and_its_closed_rounds(night, host, user, now):
    wave = WaveFactory(night=night, rounds=3)
    elsewhere = WaveFactory()
    closed = frozenset([(wave.pk, 2), (wave.pk, 4), (elsewhere.pk, 1)])

    station = services.add_station(
        night=night, host=host, details=StationDetails("Svetsa", capacity=8, closed=closed), by=user, at=now
    )

    assert (station.host, station.capacity, station.zone, station.number) == (host, 8, None, None)
    assert list(station.closed_rounds.values_list("wave", "round")) == [(wave.pk, 2)]
    assert AuditEntry.objects.about(station).get().verb == services.ADDED


def test_add_station_refuses_the_thirteenth(night, host, user, now):
    for _n in range(services.MOST):
        hosted(night, host)

    with pytest.raises(services.TooManyStations):
        services.add_station(night=night, host=host, details=StationDetails("Svetsa"), by=user, at=now)


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN])
def test_a_host_without_an_application_in_hand_changes_nothing(night, user, now, state):
    host = factories.ExhibitorFactory(event=night.event, state=state)
    station = hosted(night, host)

    with pytest.raises(WrongState):
        services.add_station(night=night, host=host, details=StationDetails("Svetsa"), by=user, at=now)
    with pytest.raises(WrongState):
        services.cancel_station(station=station, by=user, at=now, by_host=True)


def test_a_host_changes_nothing_at_a_cancelled_or_past_event(night, host, user, now):
    station = hosted(night, host)
    with pytest.raises(EventOver):
        services.change_station(
            station=station, details=details_of(station), seen=1, by=user, at=now + timedelta(days=400), by_host=True
        )
    night.event.state = EventState.CANCELLED
    night.event.save()
    with pytest.raises(WrongState):
        services.change_station(station=station, details=details_of(station), seen=1, by=user, at=now, by_host=True)


def test_change_station_tells_the_trail_what_changed_with_the_rounds(night, host, user, now):
    wave = WaveFactory(night=night, name="Första")
    station = hosted(night, host, name="Svetsa")
    details = details_of(station, name="Löda", closed=frozenset([(wave.pk, 1)]))

    services.change_station(station=station, details=details, seen=1, by=user, at=now, by_host=True)

    assert AuditEntry.objects.about(station).get().changes == {
        "name": ["Svetsa", "Löda"],
        "closed rounds": [[], ["Första: 1"]],
    }


def test_change_station_by_two_colleagues_tells_the_second(night, host, user, now):
    station = hosted(night, host)
    services.change_station(station=station, details=details_of(station, name="Ett"), seen=1, by=user, at=now)

    with pytest.raises(Stale):
        services.change_station(station=station, details=details_of(station, name="Två"), seen=1, by=user, at=now)

    assert Station.objects.get(pk=station.pk).name == "Ett"


def test_change_station_refuses_a_number_that_another_has(night, user, now):
    StationFactory(night=night, number=7, name="Sju")
    station = StationFactory(night=night)

    with pytest.raises(services.NumberTaken) as refused:
        services.change_station(
            station=station, details=details_of(station), seen=1, by=user, at=now, spot=Spot(station.zone, 7)
        )

    assert "Sju" in str(refused.value)


# --- What schools were told ------------------------------------------------------------------------------------------


def test_before_places_are_published_a_host_changes_everything_and_nobody_is_written_to(night, host, user, now):
    station = hosted(night, host)

    changed = services.change_station(
        station=station, details=details_of(station, capacity=1, duration=2), seen=1, by=user, at=now, by_host=True
    )

    assert (changed.capacity, changed.duration) == (1, 2)
    assert Letter.objects.count() == 0


def test_after_publishing_fewer_pupils_go_through_and_the_organiser_hears_of_it(night, host, user, now):
    station = hosted(night, host, capacity=20)
    told(station, WaveFactory(night=night), sizes=(10, 8))

    services.change_station(
        station=station, details=details_of(station, capacity=12), seen=1, by=user, at=now, by_host=True
    )

    assert fallen_visits(night) == {station.pk: 1}
    letter = Letter.objects.get()
    assert (letter.to, "1 " in letter.text) == (night.event.contact_email, True)
    assert any("1" in text for text in warnings_about(night))


def test_after_publishing_a_change_that_breaks_nothing_is_quiet(night, host, user, now):
    station = hosted(night, host, capacity=20)
    wave = WaveFactory(night=night)
    told(station, wave, sizes=(10, 8))

    services.change_station(
        station=station,
        details=details_of(station, capacity=18, text="Ny text", closed=frozenset([(wave.pk, 2)])),
        seen=1,
        by=user,
        at=now,
        by_host=True,
    )

    assert (fallen_visits(night), Letter.objects.count()) == ({}, 0)


@pytest.mark.parametrize("change", [{"duration": 2}, {"youngest_grade": 10}, {"accessible": False}, {"field": None}])
def test_after_publishing_a_host_can_not_change_what_the_classes_were_chosen_by(night, host, user, now, change):
    station = hosted(night, host)
    told(station, WaveFactory(night=night))

    with pytest.raises(services.AlreadyTold):
        services.change_station(
            station=station, details=details_of(station, **change), seen=1, by=user, at=now, by_host=True
        )


def test_cancel_station_after_publishing_waits_among_the_organisers_decisions(night, host, user, now, organiser):
    factories.grant(organiser, "organiser", event=night.event)
    station = hosted(night, host)
    told(station, WaveFactory(night=night), sizes=(5, 5))

    services.cancel_station(station=station, by=user, at=now, by_host=True)
    services.cancel_station(station=station, by=user, at=now, by_host=True)

    assert fallen_visits(night) == {station.pk: 2}
    assert [(d.count, "falling" in d.url) for d in waiting_decisions(night.event, organiser)] == [(1, True)]
    assert Letter.objects.count() == 1
    services.restore_station(station=station, by=user, at=now, by_host=True)
    assert fallen_visits(night) == {}


def test_a_host_that_loses_its_place_breaks_what_was_told(night, host):
    station = hosted(night, host)
    told(station, WaveFactory(night=night))
    assert fallen_visits(night) == {}

    host.state = State.WITHDRAWN
    host.save()

    assert fallen_visits(night) == {station.pk: 1}


def test_close_rounds_and_lost_rounds_break_what_was_told(night, user, now):
    station = StationFactory(night=night)
    wave = WaveFactory(night=night, rounds=2)
    told(station, wave, number=2)

    services.close_rounds(station=station, closed=frozenset([(wave.pk, 1)]), seen=1, by=user, at=now)
    assert fallen_visits(night) == {}
    services.close_rounds(station=station, closed=frozenset([(wave.pk, 2)]), seen=2, by=user, at=now)
    assert fallen_visits(night) == {station.pk: 1}
    services.close_rounds(station=station, closed=frozenset(), seen=3, by=user, at=now)
    wave.rounds = 1
    wave.save()
    assert fallen_visits(night) == {station.pk: 1}


# --- As a step of the application ---------------------------------------------------------------------------------


def test_a_draft_without_a_station_can_not_be_sent(night, user, now):
    draft = factories.ExhibitorFactory(event=night.event, state=State.DRAFT, applied_at=None)
    factories.StandStaffFactory(exhibitor=draft)

    assert missing_steps(draft) == ["stations"]
    with pytest.raises(Incomplete):
        send_application(exhibitor=draft, by=user, at=now)

    hosted(night, draft)
    assert send_application(exhibitor=draft, by=user, at=now).state == State.APPLIED


def test_a_fair_needs_no_station(user):
    draft = factories.ExhibitorFactory(state=State.DRAFT, applied_at=None)
    factories.StandStaffFactory(exhibitor=draft)

    assert missing_steps(draft) == []


def test_a_station_of_a_draft_goes_away_altogether_a_sent_one_is_cancelled(night, user, now):
    draft = factories.ExhibitorFactory(event=night.event, state=State.DRAFT, applied_at=None)
    sent = factories.ExhibitorFactory(event=night.event, state=State.APPLIED)
    early, late = hosted(night, draft), hosted(night, sent)

    assert services.cancel_station(station=early, by=user, at=now, by_host=True) is None
    assert services.cancel_station(station=late, by=user, at=now, by_host=True).cancelled_at == now

    assert list(night.stations.all()) == [late]


# --- Seats ------------------------------------------------------------------------------------------------------------


def test_seats_count_running_stations_against_the_pupils_of_each_admission(night):
    WaveFactory(night=night, capacity=30, rounds=2)
    StationFactory(night=night, capacity=20)
    StationFactory(night=night, capacity=5, duration=2)
    StationFactory(night=night, capacity=50, cancelled_at=timezone.now())
    StationFactory(night=night, capacity=50, host=factories.ExhibitorFactory(event=night.event, state=State.APPLIED))

    (seats,) = seats_of(night, running(night))

    assert (seats.by_round, seats.visits, seats.needed, seats.is_short) == ([25, 25], 45, 60, True)
    assert any("45" in text and "60" in text for text in warnings_about(night))


def test_stations_without_a_zone_wait_for_the_organiser(night, organiser):
    factories.grant(organiser, "editor", event=night.event)
    StationFactory(night=night, zone=None)
    StationFactory(night=night, zone=ZoneFactory(night=night))
    StationFactory(night=night, zone=None, cancelled_at=timezone.now())

    assert [decision.count for decision in waiting_decisions(night.event, organiser)] == [1]
    assert waiting_decisions(night.event, factories.UserFactory()) == []


@pytest.mark.parametrize("letter", ["received", "accepted"])
def test_letters_about_an_evening_speak_of_pupils_and_stations_not_of_stands(night, user, now, letter):
    draft = factories.ExhibitorFactory(event=night.event, state=State.DRAFT, applied_at=None)
    factories.StandStaffFactory(exhibitor=draft)
    hosted(night, draft)
    with translation.override("en"):
        user.language = "en"
        draft.started_by = user
        draft.save()
        user.save()
        send_application(exhibitor=draft, by=user, at=now)
        if letter == "accepted":
            decide(exhibitor=draft, state=State.ACCEPTED, by=user, at=now)

    written = Letter.objects.order_by("pk").last()
    assert "stations" in written.text
    assert "stand" not in written.text
