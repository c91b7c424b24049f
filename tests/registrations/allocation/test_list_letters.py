"""A host hears in the morning of what is marked on its list, at most once a day and once about each list."""

from datetime import datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.utils.timezone import localtime, make_aware

from events.mail.models import Letter
from events.nights.models import ShareBasis
from events.programme.models import EventState
from registrations.allocation.changes import Slot, StationChange
from registrations.allocation.hosts import tell_hosts
from registrations.allocation.instances import build_instance
from registrations.allocation.list_letters import send_due_lists
from registrations.allocation.models import ProposalState, Visit
from registrations.allocation.reallocations import announced_now
from registrations.allocation.visiting import mark_seen, visiting
from registrations.bookings.places import services
from registrations.bookings.places.needs import change_needs
from registrations.bookings.places.numbers import change_numbers
from registrations.exhibitors.states import State
from tests import factories
from tests import night_factories as nf
from tests.factories import NOW
from tests.registrations.bookings.places.evening import evening, placed

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return factories.UserFactory()


@pytest.fixture
def night():
    """Places are published; the company hosts the first of three stations, where 9A and 9B come."""
    made = evening(share_basis=ShareBasis.EQUAL)
    made.company = factories.ExhibitorFactory(
        event=made.event, state=State.ACCEPTED, contact_email="host@foretag.example"
    )
    made.spots[0].host = made.company
    made.spots[0].save()
    made.classes = [placed(made, label="9A"), placed(made, label="9B", sizes=(7,))]
    nf.ProposalFactory(
        night=made,
        instance=build_instance(made),
        solution=announced_now(made),
        state=ProposalState.DONE,
        published_at=NOW,
    )
    return made


def before(night, *, days: int, clock: time = time(8)) -> datetime:
    """``days`` before the evening, at ``clock`` in Stockholm."""
    return make_aware(datetime.combine(localtime(night.event.starts_at).date() - timedelta(days=days), clock))


def test_nothing_has_changed_and_nobody_is_written_to(night):
    assert send_due_lists(at=before(night, days=3)) == 0


def test_other_numbers_and_needs_are_one_letter_that_names_neither(night, by):
    one, other = night.classes
    change_numbers(school_class=other, pupils=9, adults=2, by=by, at=NOW)
    change_needs(school_class=one, needs={"wheelchair": 1}, diets={}, seen=one.version, by=by, at=NOW)
    Letter.objects.all().delete()

    assert send_due_lists(at=before(night, days=3)) == 1

    letter = Letter.objects.get()
    assert letter.to == "host@foretag.example"
    assert "2 " in letter.text
    assert f"/exhibitors/{night.company.pk}/" in letter.text
    for secret in ("9A", "9B", "rullstol", "wheelchair"):
        assert secret not in letter.text + letter.html


def test_there_is_one_letter_a_day_and_none_about_the_same_list(night, by):
    _one, other = night.classes
    change_numbers(school_class=other, pupils=9, adults=2, by=by, at=NOW)

    assert [send_due_lists(at=before(night, days=days)) for days in (5, 5, 4)] == [1, 0, 0]
    change_numbers(school_class=other, pupils=8, adults=2, by=by, at=NOW)
    assert [send_due_lists(at=before(night, days=days)) for days in (5, 3)] == [0, 1]


def test_what_a_reallocation_has_told_of_the_morning_does_not_tell_again(night, by):
    visit = Visit.objects.get(station=night.spots[0], team__school_class=night.classes[1])
    gone, new = (Slot(f"w{night.first.pk}", number, f"c{night.classes[1].pk}-1") for number in (visit.round, 3))
    Visit.objects.filter(pk=visit.pk).update(round=3)
    change = StationChange(f"s{night.spots[0].pk}", (gone,), (new,))

    at = before(night, days=3, clock=time(6))
    assert tell_hosts(night=night, instance=build_instance(night), changes=[change], at=at) == 1

    assert visiting(night.company).changes == 2
    assert [send_due_lists(at=before(night, days=days)) for days in (3, 2)] == [0, 0]
    change_numbers(school_class=night.classes[1], pupils=9, adults=2, by=by, at=NOW)
    assert send_due_lists(at=before(night, days=1)) == 1


def test_a_class_that_gives_back_its_place_is_told_of(night, by):
    for one in night.classes:
        services.give_back(school_class=one, by=by, at=NOW)

    assert send_due_lists(at=before(night, days=2)) == 1


def test_what_the_company_has_seen_is_not_written_about(night, by):
    change_numbers(school_class=night.classes[1], pupils=9, adults=2, by=by, at=NOW)
    mark_seen(host=night.company, shown=visiting(night.company).shown, by=by, at=NOW)

    assert send_due_lists(at=before(night, days=2)) == 0


@pytest.mark.parametrize("what", ["withdrawn", "cancelled", "begun", "early"])
def test_nobody_is_written_to_who_has_no_use_for_it(night, by, what):
    change_numbers(school_class=night.classes[1], pupils=9, adults=2, by=by, at=NOW)
    at = before(night, days=2)
    if what == "withdrawn":
        night.company.state = State.WITHDRAWN
        night.company.save()
    elif what == "cancelled":
        night.event.state = EventState.CANCELLED
        night.event.save()
    elif what == "begun":
        at = night.event.starts_at
    else:
        at = before(night, days=2, clock=time(6, 59))

    assert send_due_lists(at=at) == 0


def test_housekeeping_writes_them(night, by, monkeypatch):
    change_numbers(school_class=night.classes[1], pupils=9, adults=2, by=by, at=NOW)
    monkeypatch.setattr("django.utils.timezone.now", lambda: before(night, days=2))

    call_command("tend", verbosity=0)

    assert Letter.objects.filter(to="host@foretag.example").count() == 1
