"""Eight companies press the same stand at once: shown on PostgreSQL, and shown to break without the lock."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from events.errors import Refusal
from events.programme.models import EventQuerySet
from registrations.stands import placing
from registrations.stands.models import StandHold, StandSettings
from tests import factories
from tests.registrations.stands.make import a_company, a_row
from tests.stand_factories import HallFactory

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 8


def press_all_at_once(now) -> list[str]:
    """What each company was told when all pressed A1 at the same moment."""
    hall = HallFactory()
    StandSettings.objects.create(event=hall.event, choice_open_until_at=hall.event.starts_at)
    stand = a_row(hall)[0]
    by = factories.UserFactory()
    companies = [a_company(hall.event, f"Företag {place} AB") for place in range(AT_ONCE)]
    start = Barrier(AT_ONCE)

    def press(exhibitor) -> str:
        try:
            start.wait(timeout=20)
            placing.hold(stand=stand, exhibitor=exhibitor, by=by, at=now)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return "held"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(press, companies))


def test_one_holds_the_stand_and_the_others_are_told(now):
    told = press_all_at_once(now)

    assert sorted(told) == ["held"] + ["stand_taken"] * (AT_ONCE - 1)
    assert StandHold.objects.count() == 1


def test_without_the_lock_several_believe_that_they_hold_it(now, monkeypatch):
    """The test above can fail: with the event's row unlocked, one takes the stand out of another's hands."""
    monkeypatch.setattr(EventQuerySet, "locked", lambda self, pk: self.get(pk=pk))
    looked = Barrier(AT_ONCE)
    refuse = placing._refuse_unless_free

    def look_then_wait(*args, **kwargs):
        refuse(*args, **kwargs)
        looked.wait(timeout=20)

    monkeypatch.setattr(placing, "_refuse_unless_free", look_then_wait)

    assert press_all_at_once(now).count("held") > 1
