"""A year after the event nobody knows who the visitors were; that they came is still counted."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from events.access.models import AuditEntry
from events.retention.services import erase_what_is_due
from registrations.checkin.queries import admitted_count, attended_visitors
from registrations.tickets.badges import badge_tickets
from registrations.visitors.models import Visitor
from registrations.visitors.services import cancel_visit, sign_up_visitor
from tests import factories
from tests.door_factories import let_in

pytestmark = pytest.mark.django_db
PERSON = ("Åsa Öberg", "Bageriet", "asa@bageriet.example")


@pytest.fixture
def event():
    return factories.EventFactory()


def sign_up(event, now, **told) -> Visitor:
    asked = {"name": PERSON[0], "company": PERSON[1], "email": PERSON[2], "language": "sv", "nonce": uuid4()}
    return sign_up_visitor(event=event, at=now, **{**asked, **told}).visitor


def test_trail_of_a_visitor_does_not_say_who(event, organiser, now):
    visitor = sign_up(event, now)
    cancel_visit(visitor=visitor, by=organiser, at=now)

    entries = list(AuditEntry.objects.about(visitor))

    told = str([(entry.object_name, entry.changes) for entry in entries])
    assert [entry.verb for entry in entries] == ["visitor.cancelled", "visitor.signed_up"]
    assert [piece for piece in (*PERSON, str(visitor.nonce)) if piece in told] == []
    assert entries[0].changes["state"] == ["registered", "cancelled"]


def test_visitors_are_erased_a_year_after_the_event_and_stay_a_number(event, now):
    visitors = [sign_up(event, now), sign_up(event, now, email="bo@bageriet.example")]
    for visitor in visitors:
        let_in(visitor.ticket, at=now)
    AuditEntry.objects.update(at=event.ends_at)

    early = erase_what_is_due(at=event.ends_at + timedelta(days=365))
    erased = erase_what_is_due(at=event.ends_at + timedelta(days=365, seconds=1))
    again = erase_what_is_due(at=event.ends_at + timedelta(days=366))

    assert ("visitors" in early, erased["visitors"], "visitors" in again) == (False, 2, False)
    left = list(Visitor.objects.values_list("name", "company"))
    assert left == [("", "")] * 2
    assert [email.endswith("@erased.invalid") for email in Visitor.objects.values_list("email", flat=True)] == [
        True
    ] * 2
    assert (admitted_count(event), attended_visitors(event).count()) == (2, 2)
    assert not AuditEntry.objects.about(*visitors).exists()
    assert not badge_tickets(event).exists()


def test_list_says_erased_instead_of_an_invented_address(event, organiser_client, now):
    client = organiser_client(event)
    sign_up(event, now)
    erase_what_is_due(at=event.ends_at + timedelta(days=366))

    page = client.get(reverse("registrations:visitor-list", args=[event.slug])).content.decode()
    file = client.get(reverse("registrations:visitor-export", args=[event.slug, "csv"])).content.decode()

    assert ("Raderad" in page, "erased.invalid" in page, "erased.invalid" in file) == (True, False, False)


def test_ticket_of_an_erased_visitor_still_has_a_page(event, client, now):
    visitor = sign_up(event, now)
    erase_what_is_due(at=event.ends_at + timedelta(days=366))

    page = client.get(reverse("registrations:ticket", args=[visitor.ticket.code]))

    assert (page.status_code, b"erased.invalid" in page.content, PERSON[0] in page.content.decode()) == (
        200,
        False,
        False,
    )
