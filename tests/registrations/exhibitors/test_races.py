"""Many organisers accept at once: shown on PostgreSQL, and shown to break without the lock."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from events.errors import Refusal
from events.programme.models import Event, EventQuerySet
from registrations.exhibitors import decisions
from registrations.exhibitors.states import State
from tests import factories

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8


def accept_all_at_once(event: Event, now) -> list[str]:
    """Everybody accepts one application at the same moment; what each was told."""
    organiser = factories.UserFactory()
    applied = factories.ExhibitorFactory.create_batch(AT_ONCE, event=event)
    start = Barrier(AT_ONCE)

    def accept(exhibitor) -> str:
        try:
            start.wait()
            decisions.decide(exhibitor=exhibitor, state=State.ACCEPTED, by=organiser, at=now)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "accepted"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(accept, applied))


def test_exactly_as_many_as_fit_are_accepted(now):
    event = factories.EventFactory(capacity=3)

    told = accept_all_at_once(event, now)

    assert sorted(told) == ["accepted"] * 3 + ["fair_full"] * (AT_ONCE - 3)
    assert event.exhibitors.holding_a_place().count() == 3


def test_without_the_lock_too_many_are_accepted(now, monkeypatch):
    """The test above can fail: with the event's row unlocked, the same run oversells."""
    monkeypatch.setattr(EventQuerySet, "locked", lambda self, pk: self.get(pk=pk))
    # Everybody counts before anybody writes: what a busy server does by chance is done here on purpose.
    counted = Barrier(AT_ONCE)
    has_room = decisions.has_room

    def count_then_wait(event: Event) -> bool:
        answer = has_room(event)
        counted.wait()
        return answer

    monkeypatch.setattr(decisions, "has_room", count_then_wait)
    event = factories.EventFactory(capacity=3)

    accept_all_at_once(event, now)

    assert event.exhibitors.holding_a_place().count() > 3
