"""Evenings on which something has gone wrong: every page still answers, and nobody does what can no longer be done."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.mail.models import Letter
from events.nights.models import Night
from events.programme import services as event_services
from events.programme.models import Event
from registrations.bookings.models import SchoolClass
from registrations.bookings.states import ClassState
from registrations.schools.models import School, SchoolStatus
from registrations.stations.models import Station
from tests.permissions import allocation, bookings, papers, places, schools, stations
from tests.permissions.row import EVERYONE, ORGANISER, OWNER, Row, World, make_world
from tests.test_permissions import try_as

ROWS = [*bookings.ROWS, *places.ROWS, *stations.ROWS, *papers.ROWS, *schools.ROWS, *allocation.ROWS]
PAGES = ("events:event", "events:event-overview", "events:night-edit", "surveys:event-figures", "surveys:applicants")


def cancel(world: World) -> None:
    event = Event.objects.get(pk=world.night.event_id)
    event_services.cancel_event(event=event, by=world.users[ORGANISER], at=timezone.now())


def end(world: World) -> None:
    past = timezone.now() - timedelta(days=2)
    Event.objects.filter(pk=world.night.event_id).update(starts_at=past, ends_at=past + timedelta(hours=5))
    world.night.waves.update(starts_at=past)


def close_school(world: World) -> None:
    School.objects.filter(pk=world.booking.school_id).update(status=SchoolStatus.CLOSED)


def lose_stations(world: World) -> None:
    Station.objects.filter(night=world.night).update(cancelled_at=timezone.now())


def lose_admissions(world: World) -> None:
    SchoolClass.objects.update(wave=None, state=ClassState.WAITING, told_at=timezone.now())
    world.night.waves.all().delete()


def lose_classes(world: World) -> None:
    SchoolClass.objects.update(state=ClassState.CANCELLED, wave=None)


def take_back_publishing(world: World) -> None:
    Event.objects.filter(pk=world.night.event_id).update(state=Event.State.DRAFT)


def shrink(world: World) -> None:
    """Fewer places and smaller admissions than those who have them already."""
    Night.objects.filter(pk=world.night.pk).update(places=1, visits_per_team=12)
    world.night.waves.update(capacity=1, rounds=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "befall",
    [cancel, end, close_school, lose_stations, lose_admissions, lose_classes, take_back_publishing, shrink],
)
def test_every_page_of_the_evening_still_answers(befall: Callable[[World], None], client_for):
    world = make_world()
    addresses = [(row, row.kwargs(world)) for row in ROWS]
    befall(world)
    rows = [
        Row(row.url, row.allowed, lambda w, kw=kw: kw, row.method, row.data, json=row.json) for row, kw in addresses
    ]
    rows += [Row(name, EVERYONE, lambda w: {"slug": w.night.event.slug}) for name in PAGES]

    answers = {
        (row.method, row.url): try_as(role, row, world, client_for)
        for row in rows
        for role in [ORGANISER if ORGANISER in row.allowed else OWNER]
    }

    assert {key: status for key, status in answers.items() if status >= 500} == {}


@pytest.mark.django_db
def test_a_cancelled_evening_tells_schools_and_hosts_and_takes_no_answers(client_for):
    world = make_world()
    cancel(world)

    teacher = client_for(world.users[OWNER])
    answer = teacher.post(reverse("registrations:place-confirm", args=[world.booking.pk, world.placed_class.pk]))
    page = teacher.get(reverse("registrations:own-booking", args=[world.booking.pk])).content.decode()

    world.placed_class.refresh_from_db()
    assert answer.status_code == 302
    assert world.placed_class.state == ClassState.OFFERED
    assert "Confirm the place" not in page
    assert {world.booking.contact_email, world.host.contact_email} <= set(Letter.objects.values_list("to", flat=True))
