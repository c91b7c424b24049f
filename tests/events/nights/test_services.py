"""What the organiser decides about an evening is kept whole, or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from events.access.models import AuditEntry
from events.errors import Stale
from events.nights import services
from events.nights.models import Night, Walk
from events.nights.queries import round_times, usual_night, walk_minutes, warnings_about, waves_of
from events.nights.services import ProgrammeDetails, RowDetails
from events.programme.models import Event
from events.programme.services import EventDetails, create_event
from registrations.stations.models import Station
from tests import factories
from tests.night_factories import (
    EVENING,
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
def user():
    return factories.UserFactory(name="Olle Organisatör")


def wave(name="Insläpp 1", minutes=0, pk=None, capacity=50, rounds=4, **other) -> RowDetails:
    values = {"name": name, "starts_at": EVENING + timedelta(minutes=minutes), "capacity": capacity, "rounds": rounds}
    return RowDetails(values, pk, **other)


def zone(name, pk=None, **other) -> RowDetails:
    return RowDetails({"name": name, "directions": ""}, pk, **other)


def field(name, pk=None, **other) -> RowDetails:
    return RowDetails({"name": name, "name_en": ""}, pk, **other)


def save(event, user, now, seen=1, rules=None, **rows) -> Night:
    details = ProgrammeDetails(rules={"places": 100, **(rules or {})}, **rows)
    return services.save_programme(event=event, details=details, seen=seen, by=user, at=now).night


def test_save_programme_plans_an_evening_with_all_its_parts(user, now):
    event = factories.EventFactory(kind=Event.Kind.NIGHT)

    night = save(
        event,
        user,
        now,
        waves=[wave(), wave("Insläpp 2", 90)],
        zones=[zone("Hall A"), zone("Gård")],
        fields=[field("El")],
        walks={(0, 1): 4, (0, 0): None, (1, 1): 1},
    )

    one, other = night.zones.all()
    assert [(w.name, w.rounds) for w in waves_of(night)] == [("Insläpp 1", 4), ("Insläpp 2", 4)]
    assert walk_minutes(night) == {
        (one.pk, one.pk): 0,
        (one.pk, other.pk): 4,
        (other.pk, one.pk): 4,
        (other.pk,) * 2: 1,
    }
    assert [f.name for f in night.fields.all()] == ["El"]
    assert f"{round_times(waves_of(night)[0])[3].ends_at:%H.%M}" == "16.25"
    entry = AuditEntry.objects.about(night).get()
    assert (entry.verb, entry.actor) == (services.PLANNED, user)
    assert entry.changes["walks"] == [None, ["Hall A–Gård: 4 min", "Gård–Gård: 1 min"]]


def test_save_programme_changes_rows_keeps_what_is_not_named_and_tells_what_changed(user, now):
    night = NightFactory(places=100)
    kept, changed = WaveFactory(night=night, name="Kvar"), WaveFactory(night=night, name="Sen")

    save(night.event, user, now, waves=[wave("Senare", 60, pk=changed.pk)])

    assert {w.name for w in night.waves.all()} == {kept.name, "Senare"}
    assert AuditEntry.objects.about(night).get().changes == {
        "admissions": [
            ["Kvar · 17.00 · 60 · 4", "Sen · 17.00 · 60 · 4"],
            ["Kvar · 17.00 · 60 · 4", "Senare · 18.00 · 50 · 4"],
        ]
    }


def test_save_programme_with_nothing_new_leaves_no_trail(user, now):
    night = NightFactory()

    save(night.event, user, now)

    assert AuditEntry.objects.about(night).count() == 0


def test_save_programme_lets_two_rows_swap_names(user, now):
    night = NightFactory()
    one, other = ZoneFactory(night=night, name="A"), ZoneFactory(night=night, name="B")

    save(night.event, user, now, zones=[zone("B", one.pk), zone("A", other.pk)])

    assert {z.pk: z.name for z in night.zones.all()} == {one.pk: "B", other.pk: "A"}


def test_save_programme_refuses_a_name_that_another_row_has(user, now):
    night = NightFactory()
    ZoneFactory(night=night, name="A")

    with pytest.raises(services.NameTaken):
        save(night.event, user, now, rules={"places": 7}, zones=[zone("A")])

    assert Night.objects.get(pk=night.pk).places == 100


@pytest.mark.parametrize("unplanned", [True, False])
def test_save_programme_by_two_editors_tells_the_second(user, now, unplanned):
    event = factories.EventFactory(kind=Event.Kind.NIGHT) if unplanned else NightFactory().event
    save(event, user, now, waves=[wave()])

    with pytest.raises(Stale):
        save(event, user, now, rules={"places": 5})

    assert event.night.places == 100


def test_save_programme_of_another_night_touches_no_row_of_it(user, now):
    theirs = WaveFactory(name="Deras")
    night = NightFactory()

    save(night.event, user, now, waves=[wave("Min", pk=theirs.pk)])

    theirs.refresh_from_db()
    assert (theirs.name, night.waves.get().name) == ("Deras", "Min")


def test_save_programme_removes_rows_that_nothing_uses_and_their_walks(user, now):
    night = NightFactory()
    one, other = ZoneFactory(night=night), ZoneFactory(night=night)
    Walk.objects.create(one=one, other=other, minutes=3)
    late = WaveFactory(night=night)

    save(night.event, user, now, waves=[wave(pk=late.pk, remove=True)], zones=[zone("B", other.pk, remove=True)])

    assert (night.waves.count(), list(night.zones.all()), Walk.objects.count()) == (0, [one], 0)


def placed_class(night, late):
    SchoolClassFactory(booking=BookingFactory(night=night), state="confirmed", wave=late)


def possible_time(night, late):
    SchoolClassFactory(booking=BookingFactory(night=night)).possible_waves.add(late)


@pytest.mark.parametrize("use", [placed_class, possible_time])
def test_save_programme_refuses_to_remove_an_admission_that_classes_count_on(user, now, use):
    night = NightFactory()
    late = WaveFactory(night=night, name="Sen")
    use(night, late)

    with pytest.raises(services.StillUsed) as told:
        save(night.event, user, now, rules={"places": 7}, waves=[wave("Sen", pk=late.pk, remove=True)])

    assert "Sen" in str(told.value)
    assert (night.waves.count(), Night.objects.get(pk=night.pk).places) == (1, 100)


def test_save_programme_refuses_to_remove_the_zone_and_the_field_of_a_station(user, now):
    station = StationFactory()
    night = station.night

    for rows in (
        {"zones": [zone("x", station.zone.pk, remove=True)]},
        {"fields": [field("x", station.field.pk, remove=True)]},
    ):
        with pytest.raises(services.StillUsed):
            save(night.event, user, now, **rows)

    assert Station.objects.filter(zone=station.zone, field=station.field).exists()


def test_save_programme_refuses_to_remove_a_field_that_classes_wish_for(user, now):
    night = NightFactory()
    wanted = FieldFactory(night=night)
    SchoolClassFactory(booking=BookingFactory(night=night)).wishes.create(rank=1, field=wanted)

    with pytest.raises(services.StillUsed):
        save(night.event, user, now, fields=[field("x", wanted.pk, remove=True)])


def test_ensure_night_makes_one_with_the_usual_settings_once(user, now):
    event = factories.EventFactory(kind=Event.Kind.NIGHT)

    first = services.ensure_night(event=event, by=user, at=now)
    second = services.ensure_night(event=event, by=user, at=now)

    assert first == second
    assert first.bookings_close_at == event.registration_closes_at


def test_warnings_tell_what_the_programme_and_the_stations_lack():
    night = NightFactory(places=100, visits_per_team=2)

    assert any("100" in text for text in warnings_about(night)) is False
    assert len(warnings_about(night)) == 1  # no admission

    WaveFactory(night=night, capacity=60)
    assert any("60" in text and "100" in text for text in warnings_about(night))


def test_usual_night_is_not_saved():
    assert usual_night(factories.EventFactory(kind=Event.Kind.NIGHT)).pk is None


def test_a_copied_evening_brings_its_programme_along_moved_by_the_same_weeks(user, now):
    last = NightFactory(co_financing=350000, desk_phone="040-1", team_size=8)
    a, b = ZoneFactory(night=last, name="A", position=1), ZoneFactory(night=last, name="B", position=0)
    Walk.objects.create(one=a, other=b, minutes=6)
    FieldFactory(night=last, name="El", name_en="Electricity")
    WaveFactory(night=last, name="Första", capacity=40, rounds=5)
    StationFactory(night=last, zone=a)
    weeks = timedelta(weeks=28)  # April to November: winter time begins between
    event = last.event
    names = list(EventDetails.__dataclass_fields__)
    details = EventDetails(**{name: getattr(event, name) for name in names})
    local = event.starts_at.astimezone(services.localtime(event.starts_at).tzinfo)
    details = replace(details, slug="ny-natt", starts_at=local + weeks, ends_at=local + weeks + timedelta(hours=5))

    copy = create_event(area=event.area, details=details, by=user, at=now, copied_from=event)

    night = copy.night
    moved = night.waves.get()
    assert f"{services.localtime(moved.starts_at):%Y-%m-%d %H:%M}" == "2027-11-04 17:00"
    assert (moved.name, moved.capacity, moved.rounds) == ("Första", 40, 5)
    assert [z.name for z in night.zones.all()] == ["B", "A"]
    assert sorted(walk_minutes(night).values()) == [0, 0, 6, 6]
    assert ("El", "Electricity") in [(f.name, f.name_en) for f in night.fields.all()]
    assert (night.desk_phone, night.team_size, night.co_financing) == ("040-1", 8, None)
    assert night.answers_on == last.answers_on + weeks
    assert night.stations.count() == 0
