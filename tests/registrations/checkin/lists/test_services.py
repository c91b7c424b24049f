"""The list follows the tickets, whoever changed them and however."""

from datetime import timedelta

import pytest

from events.nights.models import Wave
from events.programme.models import Event, EventState
from registrations.bookings.states import ClassState
from registrations.checkin.lists.models import ListEntry
from registrations.checkin.lists.queries import list_answer
from registrations.checkin.lists.services import ensure_door, freshen_list, refresh_list
from registrations.checkin.models import DoorSettings, Gate
from registrations.checkin.occupancy import occupancy_of
from registrations.organisations.models import Organisation
from registrations.schools.models import School
from registrations.tickets.models import Ticket, TicketState
from registrations.tickets.services import issue_class_ticket
from registrations.visitors.models import Visitor
from tests import factories
from tests import night_factories as nf
from tests.door_factories import let_in
from tests.factories import NOW
from tests.registrations.checkin.lists.test_sealing import opened

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def event():
    return factories.EventFactory()


@pytest.fixture
def ticket(event):
    return factories.TicketFactory(visitor__event=event, visitor__name="Åsa Öberg", visitor__company="Bageriet")


@pytest.fixture
def badge(event):
    exhibitor = factories.ExhibitorFactory(event=event, organisation__name="Mekano")
    staff = factories.StandStaffFactory(exhibitor=exhibitor, name="Kim Ek")
    return factories.TicketFactory(visitor=None, staff=staff, event=event, kind=Ticket.Kind.EXHIBITOR)


@pytest.fixture
def class_ticket(event):
    night = nf.NightFactory(event=event)
    wave = nf.WaveFactory(night=night, starts_at=NOW)
    one = nf.SchoolClassFactory(booking__night=night, state=ClassState.CONFIRMED, wave=wave, pupils=27, label="9C")
    return issue_class_ticket(school_class=one, at=NOW)


def refreshed(event) -> DoorSettings:
    return refresh_list(door=ensure_door(event=event), at=NOW)


def line(ticket: Ticket) -> list:
    return opened(ticket.code, ListEntry.objects.get(handle=ticket.handle).seal)


def test_lines_say_what_a_guard_must_see(event, ticket, badge, class_ticket):
    refreshed(event)

    one = class_ticket.school_class
    assert line(ticket) == ["v", "ok", "Åsa Öberg", "Bageriet"]
    assert line(badge) == ["e", "ok", "Kim Ek", "Mekano"]
    assert line(class_ticket) == ["c", "ok", "9C", one.booking.school.name, 27, one.wave_id]


def test_nothing_changed_is_the_same_version(event, ticket):
    first, again = refreshed(event), refreshed(event)

    assert (first.list_version, again.list_version) == (1, 1)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda: Ticket.objects.update(state=TicketState.BLOCKED), ["v", "b", "Åsa Öberg", "Bageriet"]),
        (lambda: Ticket.objects.update(state=TicketState.CANCELLED), ["v", "x", "Åsa Öberg", "Bageriet"]),
        (lambda: Visitor.objects.update(name="Åsa Ek"), ["v", "ok", "Åsa Ek", "Bageriet"]),
        (lambda: Visitor.objects.update(company=""), ["v", "ok", "Åsa Öberg", ""]),
    ],
)
def test_whatever_changes_a_visitors_ticket_reaches_the_list(event, ticket, change, expected):
    refreshed(event)
    change()

    assert refreshed(event).list_version == 2
    assert line(ticket) == expected


def test_renamed_company_reaches_the_list(event, badge):
    refreshed(event)
    Organisation.objects.update(name="Mekano i Malmö")
    refreshed(event)

    assert line(badge)[3] == "Mekano i Malmö"


def test_class_that_is_moved_grows_or_whose_school_is_renamed_reaches_the_list(event, class_ticket):
    refreshed(event)
    one = class_ticket.school_class
    later = nf.WaveFactory(night=one.booking.night, starts_at=NOW + timedelta(hours=1), name="Later")
    type(one).objects.update(wave=later)
    Ticket.objects.update(headcount=29)
    School.objects.update(name="Nya Österport")

    refreshed(event)

    assert line(class_ticket) == ["c", "ok", "9C", "Nya Österport", 29, later.pk]


def test_rules_gates_times_and_cancelling_make_a_new_version(event, class_ticket):
    changes = [
        lambda: DoorSettings.objects.update(fire_limit=400),
        lambda: Gate.objects.create(event=event, name="Norra entrén"),
        lambda: Wave.objects.update(starts_at=NOW + timedelta(minutes=5)),
        lambda: Event.objects.update(ends_at=event.ends_at + timedelta(hours=1)),
        lambda: Event.objects.update(state=EventState.CANCELLED),
    ]
    versions = [refreshed(event).list_version]
    for change in changes:
        change()
        versions.append(refreshed(event).list_version)

    assert versions == [1, 2, 3, 4, 5, 6]


def test_ticket_that_is_gone_leaves_its_handle_and_nothing_else(event, ticket):
    refreshed(event)
    handle = ticket.handle
    ticket.delete()

    door = refreshed(event)

    told = list_answer(door, occupancy_of(event.pk), NOW, since=1, cursor=0)
    assert (told["full"], told["entries"], told["gone"], told["version"]) == (False, [], [handle], 2)
    assert refreshed(event).list_version == 2


def test_list_is_compared_with_the_tickets_every_few_seconds_and_not_oftener(event, ticket):
    door = freshen_list(door=ensure_door(event=event), at=NOW)
    Visitor.objects.update(name="Åsa Ek")

    soon = freshen_list(door=door, at=NOW + SECOND)
    later = freshen_list(door=soon, at=NOW + 4 * SECOND)

    assert [door.list_version, soon.list_version, later.list_version] == [1, 1, 2]


def test_refreshing_costs_the_same_for_one_and_three(event, ticket, django_assert_num_queries):
    door = ensure_door(event=event)
    refresh_list(door=door, at=NOW)
    for more in (1, 3):
        factories.TicketFactory.create_batch(more, visitor__event=event)
        with django_assert_num_queries(7 + 2):
            refresh_list(door=door, at=NOW)


def answer(event, **asked) -> dict:
    return list_answer(refreshed(event), occupancy_of(event.pk), NOW, **{"since": 0, "cursor": 0} | asked)


def test_arrivals_are_the_tickets_standing(event, ticket, class_ticket):
    scan = let_in(class_ticket, heads=22)

    told = answer(event)

    at = int(NOW.timestamp() * 1000)
    assert told["arrivals"] == [[class_ticket.handle, 22, 22, at, scan.gate_id]]
    assert (told["inside"], told["came"], told["cursor"]) == (22, 22, at - 20_000)


def test_arrivals_since_a_moment_come_again_for_a_while_and_then_no_more(event, ticket):
    let_in(ticket)
    at = int(NOW.timestamp() * 1000)

    assert [len(answer(event, since=1, cursor=cursor)["arrivals"]) for cursor in (at - 1, at, at + 1)] == [1, 1, 0]


def test_version_from_the_future_gets_the_whole(event, ticket):
    assert [answer(event, since=since)["full"] for since in (0, 1, 2)] == [True, False, True]


def test_other_events_tickets_are_told_by_the_beginning_of_their_handle(event, ticket):
    near = factories.TicketFactory(visitor__event__area=event.area, visitor__event__name="Industrinatten")
    factories.TicketFactory()  # of another area
    far = factories.TicketFactory(visitor__event__area=event.area)
    Event.objects.filter(pk=far.event_id).update(
        starts_at=NOW - timedelta(days=900),
        ends_at=NOW - timedelta(days=899),
        registration_opens_at=NOW - timedelta(1000),
    )

    (told,) = answer(event)["elsewhere"]

    assert (told["title"], told["handles"]) == ("Industrinatten", near.handle[:7])
    assert "elsewhere" not in answer(event, since=1)


@pytest.mark.parametrize("cursor", [0, -1, 1 << 53, 10**18])
def test_any_cursor_is_answered(event, ticket, cursor):
    let_in(ticket)

    assert isinstance(answer(event, since=1, cursor=cursor)["arrivals"], list)
