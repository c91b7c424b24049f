"""Many sign up at once: shown on PostgreSQL, and shown to break without the lock."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection

from events.errors import Refusal
from events.programme.models import EventQuerySet
from registrations.visitors import services
from registrations.visitors.models import Visitor
from tests import factories

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8


def sign_up_at_once(event, now, forms: list[tuple[str, UUID]]) -> list[str]:
    """Everybody sends a form (address, nonce) at the same moment; what each was told."""
    start = Barrier(len(forms))

    def send(form: tuple[str, UUID]) -> str:
        email, nonce = form
        try:
            start.wait()
            done = services.sign_up_visitor(
                event=event, name="Åsa", company="", email=email, language="sv", nonce=nonce, at=now
            )
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "known" if done.known else done.ticket.code

    with ThreadPoolExecutor(len(forms)) as pool:
        return list(pool.map(send, forms))


def different_people() -> list[tuple[str, UUID]]:
    return [(f"besokare{n}@foretaget.example", uuid4()) for n in range(AT_ONCE)]


def test_exactly_as_many_as_fit_get_a_ticket(now):
    event = factories.EventFactory(visitor_capacity=3)

    told = sign_up_at_once(event, now, different_people())

    assert told.count("sign_up_closed") == AT_ONCE - 3
    assert event.visitors.coming().count() == 3


def test_without_the_lock_too_many_get_one(now, monkeypatch):
    """The test above can fail: with the event's row unlocked, the same run oversells."""
    monkeypatch.setattr(EventQuerySet, "locked", lambda self, pk: self.get(pk=pk))
    # Everybody counts before anybody writes: what a busy server does by chance is done here on purpose.
    counted = Barrier(AT_ONCE)
    places_taken = services.places_taken

    def count_then_wait(event) -> int:
        taken = places_taken(event)
        counted.wait()
        return taken

    monkeypatch.setattr(services, "places_taken", count_then_wait)
    event = factories.EventFactory(visitor_capacity=3)

    sign_up_at_once(event, now, different_people())

    assert event.visitors.coming().count() > 3


def test_double_click_is_one_sign_up(now):
    event = factories.EventFactory()
    form = ("asa@foretaget.example", uuid4())

    told = sign_up_at_once(event, now, [form] * AT_ONCE)

    assert len(set(told)) == 1
    assert Visitor.objects.count() == 1


def test_two_tabs_with_the_same_address_are_one_ticket(now):
    event = factories.EventFactory()

    told = sign_up_at_once(event, now, [("asa@foretaget.example", uuid4()) for _ in range(2)])

    assert sorted(told)[1] == "known"
    assert Visitor.objects.count() == 1
