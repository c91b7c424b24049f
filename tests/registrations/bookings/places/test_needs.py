"""Needs and diets said anew when booking has closed: the service, its page, and who gets to know."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from events.access.models import AuditEntry
from events.errors import Stale
from registrations.allocation.models import Team
from registrations.bookings.places.needs import change_needs
from registrations.bookings.places.refusals import EveningOver, TooLateForNeeds, WrongState
from registrations.bookings.refusals import NeedsOverPupils
from registrations.bookings.states import ClassState
from registrations.stations.queries import fallen_visits
from tests import factories
from tests import night_factories as nf
from tests.registrations.bookings.places.evening import evening, placed

pytestmark = pytest.mark.django_db


@pytest.fixture
def teacher():
    return factories.UserFactory()


def change(school_class, *, at, by=None, needs=(), diets=(), seen=1):
    return change_needs(
        school_class=school_class,
        needs=dict(needs),
        diets=dict(diets),
        seen=seen,
        by=by or factories.UserFactory(),
        at=at,
    )


def chairs(school_class) -> list[int]:
    rows = Team.objects.filter(school_class=school_class).order_by("number")
    return list(rows.values_list("wheelchairs", flat=True))


def test_needs_reach_the_teams_and_the_trail_says_no_numbers(now, teacher):
    school_class = placed(evening(), sizes=(10, 10))

    change(school_class, needs={"wheelchair": 1, "quiet": 0}, diets={"nuts": 2}, by=teacher, at=now)

    school_class.refresh_from_db()
    assert (school_class.needs, school_class.diets) == ({"wheelchair": 1}, {"nuts": 2})
    assert (chairs(school_class), school_class.needs_changed_at) == ([1, 0], now)
    entry = AuditEntry.objects.about(school_class).get()
    assert (entry.verb, entry.actor, entry.changes) == ("booking.needs_changed", teacher, {})


def test_a_diet_alone_is_nothing_that_hosts_prepare_for(now):
    school_class = placed(evening())

    change(school_class, diets={"vegan": 1}, at=now)

    school_class.refresh_from_db()
    assert (school_class.diets, school_class.needs_changed_at) == ({"vegan": 1}, None)


def test_a_wheelchair_goes_to_the_team_whose_stations_suit(now):
    """Team 1 visits stations 1 and 2, team 2 stations 2 and 3: station 1 has stairs."""
    night = evening()
    stairs = night.spots[0]
    stairs.accessible = False
    stairs.save()
    school_class = placed(night, sizes=(10, 10))

    change(school_class, needs={"wheelchair": 1}, at=now)

    assert (chairs(school_class), fallen_visits(night)) == ([0, 1], {})


def test_where_no_team_suits_the_visit_is_one_to_reallocate(now):
    night = evening()
    for spot in night.spots:
        spot.accessible = False
        spot.save()
    school_class = placed(night, sizes=(10,))

    change(school_class, needs={"wheelchair": 1}, at=now)

    assert (chairs(school_class), sum(fallen_visits(night).values())) == ([1], 2)


def test_the_same_once_more_changes_nothing(now):
    school_class = placed(evening(), needs={"quiet": 1})

    change(school_class, needs={"quiet": 1}, seen=99, at=now)  # a double click, or a tab from before

    school_class.refresh_from_db()
    assert (school_class.version, AuditEntry.objects.about(school_class).count()) == (1, 0)


def test_a_colleague_who_was_first_is_not_overwritten(now):
    school_class = placed(evening())
    change(school_class, needs={"quiet": 1}, at=now)

    with pytest.raises(Stale):
        change(school_class, needs={"hearing": 1}, seen=1, at=now)

    school_class.refresh_from_db()
    assert school_class.needs == {"quiet": 1}


@pytest.mark.parametrize("state", [ClassState.APPLIED, ClassState.WAITING])
def test_a_class_without_a_place_says_its_needs_too(now, state):
    school_class = nf.SchoolClassFactory(booking=nf.BookingFactory(night=evening()), state=state)

    change(school_class, needs={"wheelchair": 2}, at=now)

    school_class.refresh_from_db()
    assert (school_class.wheelchairs, school_class.needs_changed_at) == (2, None)


def test_more_needs_than_pupils_are_refused(now):
    with pytest.raises(NeedsOverPupils):
        change(placed(evening(), sizes=(10,)), needs={"wheelchair": 11}, at=now)


def test_it_is_too_late_when_the_admission_has_begun(now):
    school_class = placed(evening())

    with pytest.raises(TooLateForNeeds):
        change(school_class, needs={"quiet": 1}, at=school_class.wave.starts_at)
    with pytest.raises(EveningOver):
        change(school_class, needs={"quiet": 1}, at=school_class.booking.night.event.ends_at + timedelta(days=1))


def test_a_class_that_does_not_come_needs_nothing(now):
    school_class = nf.SchoolClassFactory(booking=nf.BookingFactory(night=evening()), state=ClassState.CANCELLED)

    with pytest.raises(WrongState):
        change(school_class, needs={"quiet": 1}, at=now)


# --- The page -------------------------------------------------------------------------------------------------------


@pytest.fixture
def mine(teacher):
    """The teacher's class with a place, at an evening ten days from the real now."""
    at = timezone.now()
    days = {"registration_opens_at": -40, "registration_closes_at": -20, "starts_at": 10, "ends_at": 10.2}
    night = evening(**{f"event__{name}": at + timedelta(days=number) for name, number in days.items()})
    night.first.starts_at = night.event.starts_at
    night.first.save()
    return placed(night, booking=nf.BookingFactory(night=night, owner=teacher), label="9A", needs={"quiet": 1})


def url(one) -> str:
    return reverse("registrations:place-needs", args=[one.booking_id, one.pk])


def test_the_booking_leads_to_the_page_and_the_page_back(client_for, teacher, mine):
    client, own = client_for(teacher), reverse("registrations:own-booking", args=[mine.booking_id])

    assert url(mine) in client.get(own).content.decode()
    assert client.get(url(mine)).context["form"]["need_quiet"].value() == 1
    answer = client.post(url(mine), {"need_quiet": "2", "diet_nuts": "1", f"version-{mine.pk}": "1"})

    assert (answer.status_code, answer["Location"]) == (302, own)
    mine.refresh_from_db()
    assert (mine.needs, mine.diets) == ({"quiet": 2}, {"nuts": 1})


def test_what_can_not_be_is_said_and_what_was_typed_stays(client_for, teacher, mine):
    answer = client_for(teacher).post(url(mine), {"need_quiet": "99", "diet_nuts": "x", f"version-{mine.pk}": "1"})

    assert answer.status_code == 422
    form = answer.context["form"]
    assert (form["need_quiet"].value(), form["diet_nuts"].value()) == ("99", "x")
    assert set(form.errors) == {"need_quiet", "diet_nuts"}


def test_two_tabs_both_are_shown_and_saving_again_overwrites(client_for, teacher, mine):
    client = client_for(teacher)
    client.post(url(mine), {"need_quiet": "3", f"version-{mine.pk}": "1"})
    said = {"need_quiet": "2", f"version-{mine.pk}": "1"}

    answer = client.post(url(mine), said)

    assert (answer.status_code, [text for _label, text in answer.context["stored"]]) == (409, ["3"])
    assert f'name="version-{mine.pk}" value="2"' in answer.content.decode()
    assert client.post(url(mine), said | {f"version-{mine.pk}": "2"}).status_code == 302
    mine.refresh_from_db()
    assert mine.needs == {"quiet": 2}


def test_a_class_that_has_begun_leads_back_to_its_booking(client_for, teacher, mine):
    mine.wave.starts_at = timezone.now() - timedelta(minutes=1)
    mine.wave.save()
    client = client_for(teacher)

    assert client.get(url(mine)).status_code == 302
    assert client.post(url(mine), {"need_quiet": "2", f"version-{mine.pk}": "1"}).status_code == 409
