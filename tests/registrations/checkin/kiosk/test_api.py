"""The screen on which visitors let themselves in."""

import pytest
from django.utils import timezone

from registrations.checkin.desk.services import block_ticket
from registrations.checkin.devices.models import DeviceRole
from registrations.checkin.models import Presence
from registrations.tickets.models import Ticket, TicketState
from tests import factories
from tests.door_factories import open_door, record_of

pytestmark = pytest.mark.django_db
NOBODY = {"match": "none", "handle": None, "name": "", "company": ""}
SEVERAL = NOBODY | {"match": "several"}


@pytest.fixture
def gate():
    gate = factories.GateFactory()
    open_door(gate.event)
    return gate


@pytest.fixture
def kiosk(gate, phone_at):
    return phone_at(gate, role=DeviceRole.KIOSK)


def visitor(gate, name="Åsa Öberg", company="Bageriet AB", **also) -> Ticket:
    return factories.TicketFactory(visitor__event=gate.event, visitor__name=name, visitor__company=company, **also)


def ask(kiosk, name: str, company: str = "") -> dict:
    response = kiosk.post("kiosk", {"name": name, "company": company})
    assert response.status_code == 200, response.content
    return response.json()


def test_visitor_types_the_name_and_gets_in(kiosk, gate):
    ticket = visitor(gate)

    answer = ask(kiosk, " oberg  ASA")
    (result,) = kiosk.send(record_of(at=timezone.now(), handle=answer["handle"]))["results"]

    assert answer == {"match": "one", "handle": ticket.handle, "name": "Åsa Öberg", "company": "Bageriet AB"}
    assert result["outcome"] == "admitted"
    assert Presence.objects.get().inside == 1


def test_exhibitor_gets_in_by_name_too(kiosk, gate):
    staff = factories.StandStaffFactory(exhibitor__event=gate.event, name="Bo Ek")
    ticket = factories.TicketFactory(visitor=None, staff=staff, kind=Ticket.Kind.EXHIBITOR)

    assert ask(kiosk, "Bo Ek")["handle"] == ticket.handle


def test_of_two_with_one_name_the_company_tells(kiosk, gate):
    visitor(gate, "Anna Ek", "Bageriet AB")
    other = visitor(gate, "Anna Ek", "Verkstan")

    assert ask(kiosk, "Anna Ek") == SEVERAL
    assert ask(kiosk, "Anna Ek", "verkstan ab")["handle"] == other.handle
    assert ask(kiosk, "Anna Ek", "Kvarnen") == SEVERAL


@pytest.mark.parametrize("typed", ["Åsa", "Öberg", "Åsa Ö", "Åsa Öberg Ek", "", " ", "%", "Åsa Öberg\0\0x", "🎉"])
def test_less_than_a_whole_name_tells_nothing(typed, kiosk, gate):
    visitor(gate)

    assert ask(kiosk, typed) == NOBODY


@pytest.mark.parametrize("state", [TicketState.CANCELLED, TicketState.BLOCKED])
def test_ticket_that_lets_nobody_in_is_not_found(state, kiosk, gate):
    visitor(gate, state=state)

    assert ask(kiosk, "Åsa Öberg") == NOBODY


def test_ticket_that_was_blocked_a_moment_ago_is_not_found(kiosk, gate):
    ticket = visitor(gate)
    assert ask(kiosk, "Åsa Öberg")["match"] == "one"

    block_ticket(ticket=ticket, reason="Borttappad", by=None, at=timezone.now())

    assert ask(kiosk, "Åsa Öberg") == NOBODY


def test_who_is_at_another_event_is_not_found_here(kiosk):
    factories.TicketFactory(visitor__name="Åsa Öberg")

    assert ask(kiosk, "Åsa Öberg") == NOBODY


@pytest.mark.parametrize("role", [DeviceRole.DOOR, DeviceRole.DESK])
def test_other_phones_are_no_kiosk(role, gate, phone_at):
    response = phone_at(gate, role=role).post("kiosk", {"name": "Åsa Öberg"})

    assert (response.status_code, response.json()) == (403, {"code": "role"})


def test_who_guesses_is_slowed_down_and_who_is_found_is_not(kiosk, gate, phone_at, limits):
    visitor(gate)
    other = phone_at(gate, role=DeviceRole.KIOSK)

    found = [kiosk.post("kiosk", {"name": "Åsa Öberg"}).status_code for _ in range(15)]
    guesses = [kiosk.post("kiosk", {"name": f"Anna Gissning{n}"}) for n in range(12)]

    assert found == [200] * 15
    assert [guess.status_code for guess in guesses] == [200] * 11 + [429]
    assert (guesses[-1].json(), guesses[-1]["Retry-After"]) == ({"code": "too_many"}, "60")
    assert kiosk.post("kiosk", {"name": "Åsa Öberg"}).status_code == 429  # or a hit would tell where to go on
    assert other.post("kiosk", {"name": "Åsa Öberg"}).status_code == 200


def test_nobody_types_faster_than_people_do(kiosk, gate, limits):
    visitor(gate)

    answers = [kiosk.post("kiosk", {"name": "Åsa Öberg"}).status_code for _ in range(42)]

    assert answers == [200] * 40 + [429] * 2


@pytest.mark.parametrize("body", [{}, [], {"name": 7}, {"name": "x" * 201}, {"name": "Åsa", "company": "x" * 201}])
def test_rubbish_is_refused(body, kiosk):
    assert kiosk.post("kiosk", body).status_code == 422
