"""Whom a company's stations receive, and what has changed since it last looked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.access.models import AuditEntry
from events.nights.models import ShareBasis
from registrations.allocation.instances import build_instance
from registrations.allocation.models import ProposalState
from registrations.allocation.reallocations import announced_now
from registrations.allocation.visiting import ListChanged, mark_seen, visiting
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
def night():
    """The company hosts the first of three stations."""
    made = evening(share_basis=ShareBasis.EQUAL)
    made.company = factories.ExhibitorFactory(event=made.event, state=State.ACCEPTED)
    made.spots[0].host = made.company
    made.spots[0].save()
    return made


def publish(night):
    return nf.ProposalFactory(
        night=night,
        instance=build_instance(night),
        solution=announced_now(night),
        state=ProposalState.DONE,
        published_at=timezone.now(),
    )


def groups(night) -> list[tuple]:
    found = visiting(night.company)
    return [
        (group.label, group.team, group.pupils, group.mark)
        for station in found.stations
        for _name, groups in station.admissions
        for group in groups
    ]


def test_before_publishing_there_is_nothing_to_see(night):
    placed(night)

    assert visiting(night.company) is None


def test_the_groups_of_the_own_stations_in_the_order_of_the_evening(night):
    """Team 1 is at station 1 in round 1; team 2 goes to stations 2 and 3."""
    placed(night, label="9A", sizes=(10, 9), needs={"quiet": 2})
    publish(night)

    assert groups(night) == [("9A", 1, 10, "")]
    station = visiting(night.company).stations[0]
    assert (station.teams, station.pupils, station.changes) == (1, 10, 0)
    assert station.admissions[0][1][0].class_needs.startswith("2 × ")


def test_what_is_not_as_first_told_is_marked(night):
    gone, grows = placed(night, label="9A"), placed(night, label="9B", sizes=(7,))
    publish(night)
    by = factories.UserFactory()
    services.give_back(school_class=gone, by=by, at=NOW)
    change_numbers(school_class=grows, pupils=9, adults=2, by=by, at=NOW)
    placed(night, label="9C", sizes=(5,))

    assert sorted(groups(night)) == [("9A", 1, 10, "gone"), ("9B", 1, 9, "size"), ("9C", 1, 5, "new")]
    assert visiting(night.company).changes == 3


def test_once_seen_only_what_changes_afterwards_is_marked(night):
    gone, stays = placed(night, label="9A"), placed(night, label="9B", sizes=(7,))
    publish(night)
    by = factories.UserFactory()
    services.give_back(school_class=gone, by=by, at=NOW)
    shown = visiting(night.company).shown
    mark_seen(host=night.company, shown=shown, by=by, at=NOW)
    mark_seen(host=night.company, shown=shown, by=by, at=NOW)  # a double click

    assert groups(night) == [("9B", 1, 7, "")]
    assert AuditEntry.objects.about(night.company).filter(verb="exhibitor.list_seen").count() == 1
    change_numbers(school_class=stays, pupils=8, adults=2, by=by, at=NOW)
    assert groups(night) == [("9B", 1, 8, "size")]


def test_other_needs_are_marked_until_the_company_has_seen_them(night):
    row, by = placed(night, label="9A", sizes=(10,)), factories.UserFactory()
    publish(night)
    before = visiting(night.company).shown
    mark_seen(host=night.company, shown=before, by=by, at=NOW)
    change_needs(school_class=row, needs={"wheelchair": 1}, diets={}, seen=1, by=by, at=NOW + timedelta(hours=1))

    assert groups(night) == [("9A", 1, 10, "needs")]
    with pytest.raises(ListChanged):
        mark_seen(host=night.company, shown=before, by=by, at=NOW + timedelta(hours=2))
    mark_seen(host=night.company, shown=visiting(night.company).shown, by=by, at=NOW + timedelta(hours=2))
    assert groups(night) == [("9A", 1, 10, "")]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_same_queries_for_one_class_and_three(night, rows, django_assert_num_queries):
    made = [placed(night, sizes=(5,)) for _ in range(rows + 1)]
    publish(night)
    services.give_back(school_class=made[0], by=factories.UserFactory(), at=NOW)

    with django_assert_num_queries(13):
        visiting(night.company)


def test_nobody_has_seen_what_came_after_the_page(night):
    """The page is open while a class gives its place back: that change stays marked."""
    gone, by = placed(night), factories.UserFactory()
    publish(night)
    shown = visiting(night.company).shown
    services.give_back(school_class=gone, by=by, at=NOW)

    with pytest.raises(ListChanged):
        mark_seen(host=night.company, shown=shown, by=by, at=NOW)

    assert visiting(night.company).changes == 1
